"""Small questions about the parts of an address: its parameters, its site."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

from core.sources.urls.addresses import Address


@lru_cache(maxsize=4096)
def registrable(host: str) -> str | None:
    """The part of a host name that somebody registered: "example.com.tw" of "a.example.com.tw".

    Users' hosts on shared platforms ("alice.github.io") count as registered. None for IP addresses
    and for public suffixes themselves.

    Source: the Public Suffix List, as shipped with the package tld; no network.
    """
    if ":" in host or host.rpartition(".")[2].isdigit():
        return None
    from tld import get_fld, is_tld

    if "." not in host or is_tld(host, search_private=True):
        return None
    found = get_fld(f"https://{host}", fail_silently=True, search_private=True)
    if found is not None:
        return str(found)
    return ".".join(host.split(".")[-2:])  # a suffix that the list does not know: a group's own


def bare(host: str) -> str:
    """The host without "www.", unless only a suffix would be left."""
    return host.removeprefix("www.") if host.count(".") > 1 else host


def domains(host: str) -> Iterable[str]:
    """The host and every domain above it."""
    while host:
        yield host
        host = host.partition(".")[2]


def pairs(address: Address) -> list[str]:
    """The parameters in order, each as written ("a=1"), percent-encoded; empty ones left out."""
    return [pair for pair in (address.query or "").split("&") if pair]


def name(pair: str) -> str:
    """A parameter's name, decoded, lower case."""
    return unquoted(pair.partition("=")[0]).lower()


def value(pair: str) -> str:
    """A parameter's value, decoded; "+" stays "+"."""
    return unquoted(pair.partition("=")[2])


def unquoted(text: str) -> str:
    """Percent-decoded."""
    # bytes that are not UTF-8 become lone surrogates, which no address may hold: never mangled
    return unquote(text, errors="surrogateescape")
