"""Decides whether to believe what a page declares to be its own address (`rel=canonical`)."""

import re

from core.sources.urls import parts
from core.sources.urls.addresses import Address

_NOT_A_PAGE = frozenset(
    ("undefined", "null", "none", "nan", "false", "404", "error", "login", "signin", "index.html")
)
_PAGE_PARAMETERS = frozenset(("page", "paged", "pg", "p", "start", "offset", "pn", "part"))
_LANGUAGE_PARAMETERS = frozenset(("lang", "language", "locale", "hl", "lng"))
_LANGUAGE = re.compile(
    r"(?:en|zh|ja|ko|fr|de|es|it|pt|nl|pl|ru|uk|vi|th|ms|ar|hi|tw|cn|hk)"
    r"(?:[-_](?:[a-z]{2}|hans|hant))?",
    re.IGNORECASE,
)
_PAGE_IN_PATH = re.compile(r"/(?:page|p)[/-]?(\d{1,4})(?=/|\.|$)")
_LONG_NUMBER = re.compile(r"\d{5,}")


def distrust(own: Address, theirs: Address) -> str | None:
    """Why a declared canonical address is not believed; None if it is."""
    if own == theirs:
        return None
    site, their_site = parts.registrable(own.host), parts.registrable(theirs.host)
    if (site or own.host) != (their_site or theirs.host) or own.port != theirs.port:
        return "another site"
    if own.target == "/" or theirs.target == "/":
        return "a home page"
    if _last_segment(theirs).lower() in _NOT_A_PAGE:
        return "not a page"
    if not _languages(own) <= _languages(theirs):
        return "another language"
    if _pages(own, theirs):
        return "another page number"
    if names_a_piece(own.target) and not names_a_piece(theirs.target):
        return "a section"
    if _loses_parameters(own, theirs):
        return "a page without its parameters"
    numbers, their_numbers = _long_numbers(own), _long_numbers(theirs)
    if numbers and their_numbers and numbers.isdisjoint(their_numbers):
        return "another piece"
    if own.host != theirs.host and _piece_names(own).isdisjoint(_piece_names(theirs)):
        return "another host without a sign that it is the same piece"
    return None


def names_a_piece(target: str) -> bool:
    """Whether a path (and query) looks like one article's: a number, a slug, words not in ASCII."""
    return re.search(r"\d|-|%[89A-F]|_", target) is not None


def _languages(address: Address) -> set[str]:
    marks = [address.host.partition(".")[0], *address.path.split("/")[1:3]]
    marks += [
        parts.value(pair)
        for pair in parts.pairs(address)
        if parts.name(pair) in _LANGUAGE_PARAMETERS
    ]
    return {mark.lower().replace("_", "-") for mark in marks if _LANGUAGE.fullmatch(mark)}


def _pages(own: Address, theirs: Address) -> bool:
    """Whether the two differ in a page number."""

    def numbers(address: Address) -> set[str]:
        named = {parts.name(pair): parts.value(pair) for pair in parts.pairs(address)}
        if address.path == "/":
            named.pop("p", None)  # WordPress names a post "/?p=123"
        found = {number for name, number in named.items() if name in _PAGE_PARAMETERS}
        found |= set(_PAGE_IN_PATH.findall(address.path))
        return {number for number in found if len(number) <= 4 and number not in ("0", "1")}

    # "/story/2" that declares "/story"
    rest = own.path.removeprefix(theirs.path)
    tail = rest != own.path and re.fullmatch(r"/\d{1,2}", rest) is not None
    return tail or numbers(own) != numbers(theirs)


def _loses_parameters(own: Address, theirs: Address) -> bool:
    mine = {parts.name(pair): parts.value(pair) for pair in parts.pairs(own)}
    kept = {parts.name(pair): parts.value(pair) for pair in parts.pairs(theirs)}
    if any(kept[name] != value for name, value in mine.items() if name in kept):
        return True
    lost = mine.keys() - kept.keys()
    return bool(lost) and own.path == theirs.path and not names_a_piece(_last_segment(own))


def _long_numbers(address: Address) -> set[str]:
    return set(_LONG_NUMBER.findall(address.target))


def _piece_names(address: Address) -> set[str]:
    names = [*address.path.split("/"), *(parts.value(pair) for pair in parts.pairs(address))]
    long = {name for name in names if len(name) >= 5 and names_a_piece(name)}
    return long | _long_numbers(address)


def _last_segment(address: Address) -> str:
    return address.path.rpartition("/")[2]
