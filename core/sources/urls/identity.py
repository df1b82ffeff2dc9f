"""Gives every page one address, so that the same article is recognised however it was shared.

Two forms, both pure (no network, no page):

- `clean(url)` is the link without what only says who sent it: redirectors unwrapped, trackers
  dropped. It is meant to be opened and shown.
- `canonical(url)` is an identity, to be compared and looked up. On top of `clean` it treats as one
  what serves the same page: http and https, "www.", mobile and AMP variants, the order of
  parameters, a slash at the end, and the many faces of YouTube, X, Wikipedia, PTT and others. Web
  archives look pages up the same way (SURT). An identity need not answer when opened (some hosts
  do not exist without "www."), so link to `clean(document.url)`, not to this.

What may name another page stays: other parameters, case, page numbers, "#!" and "#/" routes.
`canonical` is a fixed point: it changes nothing in its own results.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from core.errors import BadAddress
from core.sources.urls import parts, rules
from core.sources.urls.addresses import DEFAULT_PORTS, Address, join, parse
from core.sources.urls.declared import distrust, names_a_piece

_ROUNDS = 50  # an honest address is stable after two or three; this ends a dishonest one
_AMP_END = re.compile(r"(?P<page>/.*?)(?:(?:/amp)+|\.amp|/amp\.html|\.amp(?P<end>\.html))")
_AMP_BEGIN = re.compile(r"(?:/amp)+(?P<page>/.+?)(?P<end>)")
_ROUTE = re.compile(r"[!/]./?.*")  # "#!/a" and "#/a" choose the page in some sites
_HIGHLIGHT = re.compile(r":~:.*")


# ── the two forms ────────────────────────────────────────────────────────────────────────────────


def clean(url: str) -> str:
    """Strip a link of redirectors and trackers; what is left opens the same page.

    Raises:
        BadAddress: as `addresses.parse` does.

    >>> clean("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Ffbclid%3Dx&h=AT0")
    'https://example.com/a'
    """
    return str(_until_stable(parse(url), _cleaned))


def canonical(url: str) -> str:
    """The one address that all variants of a link share.

    Raises:
        BadAddress: as `addresses.parse` does.

    >>> canonical("http://m.example.com:80/news/7/?utm_source=line&b=2&a=1#top")
    'https://example.com/news/7?a=1&b=2'
    >>> canonical("https://youtu.be/dQw4w9WgXcQ?si=abc&t=42")
    'https://youtube.com/watch?v=dQw4w9WgXcQ'
    """
    return str(_until_stable(parse(url), lambda address: _plain(_cleaned(address))))


def trusted_canonical(fetched: str, declared: str | None) -> str:
    """The canonical address of a page, taking its own word (`rel=canonical`) where that is safe.

    The word of a page is followed to another address of the same site that still names one piece.
    It is not followed to another site (anybody could take over an article's identity), to a home
    page or section, to another language or page number, or to another piece: templates get these
    wrong, and then a whole site would be one article.

    Args:
        fetched: where the page came from, after redirects.
        declared: what it declares, perhaps relative, perhaps nonsense; None if nothing.

    Raises:
        BadAddress: `fetched` is none.
    """
    own = canonical(fetched)
    if declared is None or not declared.strip():
        return own
    try:
        theirs = canonical(str(join(parse(fetched), declared)))
    except BadAddress:
        return own
    return own if distrust(parse(own), parse(theirs)) else theirs


def host_site(url: str) -> str:
    """The host as people call a site: without "www.", in its own script, with an unusual port.

    >>> host_site("https://www.example.com/a")
    'example.com'

    Raises:
        BadAddress: as `addresses.parse` does.
    """
    address = parse(url)
    host = parts.bare(address.host)
    if "xn--" in host:
        try:
            host = ".".join(_label_as_written(label) for label in host.split("."))
        except UnicodeError:  # a label that only looks like punycode
            host = parts.bare(address.host)
    if ":" in host:
        host = f"[{host}]"
    return host if address.has_default_port else f"{host}:{address.port}"


# ── the steps ────────────────────────────────────────────────────────────────────────────────────


def _until_stable(address: Address, step: Callable[[Address], Address]) -> Address:
    """Repeat a step until it changes nothing, which makes its result a fixed point."""
    for _ in range(_ROUNDS):
        before, address = address, step(address)
        if address == before:
            break
    return address


def _cleaned(address: Address) -> Address:
    carried = _carried(address)
    if carried is not None:
        return carried
    fragment = _HIGHLIGHT.sub("", address.fragment or "") or None
    host = parts.bare(address.host)
    kept = [pair for pair in parts.pairs(address) if not _tracks(pair, host=host)]
    return replace(address, query="&".join(kept) or None, fragment=fragment)


def _carried(address: Address) -> Address | None:
    """The address inside a redirector's, an AMP viewer's or a share button's."""
    where = parts.bare(address.host) + address.path
    for carrier in rules.CARRIERS:
        if carrier.where.fullmatch(where):
            for name in carrier.names:
                for pair in parts.pairs(address):
                    value = carrier.appends.sub("", parts.value(pair))
                    if parts.name(pair) == name and (found := _inner(value)):
                        return found
    if address.query and rules.BARE_QUERY_CARRIERS.fullmatch(where):
        return _inner(address.query) or _inner(parts.unquoted(address.query))
    if match := rules.YAHOO_RESULT.fullmatch(where):
        return _inner(parts.unquoted(match[1]))
    if match := rules.AMP_VIEWER.fullmatch(where):
        query = "" if address.query is None else f"?{address.query}"
        return _inner(f"https://{match['rest']}{query}")
    return None


def _inner(text: str) -> Address | None:
    if not text.lower().startswith(("http://", "https://")):
        return None
    try:
        return parse(text)
    except BadAddress:
        return None


def _tracks(pair: str, *, host: str) -> bool:
    name, value = parts.name(pair), parts.value(pair).lower()
    return (
        name in rules.TRACKERS
        or name in rules.SESSION_PARAMETERS
        or rules.TRACKER_FAMILIES.fullmatch(name) is not None
        or (name in rules.SENDER_NAMES and value in rules.SENDERS)
        or (name in rules.SENDER_HOST_NAMES and rules.SENDER_HOST.fullmatch(value) is not None)
        or any(name in rules.SITE_TRACKERS.get(domain, ()) for domain in parts.domains(host))
    )


def _plain(address: Address) -> Address:
    """The forms that serve the same page become one."""
    address = _rewritten(address)
    if address.scheme == "http" and address.has_default_port:
        address = replace(address, scheme="https", port=DEFAULT_PORTS["https"])
    host = _without_variant(address.host)
    path = rules.SESSION_IN_PATH.sub("", address.path)
    path = path.rstrip("/") or "/"
    fragment = address.fragment if _ROUTE.fullmatch(address.fragment or "") else None
    address = replace(address, host=host, path=_without_amp(path), fragment=fragment)
    pairs = [pair for pair in parts.pairs(address) if not _chooses_variant(pair, address)]
    for where, names in rules.ONLY_THESE:
        if where.fullmatch(host + address.path):
            pairs = [pair for pair in pairs if parts.name(pair) in names]
    return replace(address, query="&".join(sorted(pairs, key=parts.name)) or None)


def _without_variant(host: str) -> str:
    """Drop "www.", "m.", "amp." and the like, unless nothing registered would be left."""
    first, _, rest = host.partition(".")
    if first in rules.SAME_SITE_LABELS and parts.registrable(rest) is not None:
        return rest
    return host


def _without_amp(path: str) -> str:
    match = _AMP_END.fullmatch(path) or _AMP_BEGIN.fullmatch(path)
    # "/dictionary/amp" and "/amp/guide" are about amplifiers; "/news/123/amp" is not
    if match and names_a_piece(match["page"]):
        return match["page"] + (match["end"] or "")
    return path


def _chooses_variant(pair: str, address: Address) -> bool:
    name, value = parts.name(pair), parts.value(pair).lower()
    if name == "m" and value in ("0", "1"):
        return rules.BLOGGER_POST.fullmatch(address.path) is not None
    return value in rules.AMP_VALUES.get(name, ())


def _rewritten(address: Address) -> Address:
    if not address.has_default_port:
        return address
    where = parts.bare(address.host) + address.path
    for rule in rules.REWRITES:
        if match := rule.when.fullmatch(where):
            query = f"?{address.query}" if rule.keeps_query and address.query else ""
            rewritten = parse(f"{address.scheme}://{match.expand(rule.to)}{query}")
            return replace(rewritten, fragment=address.fragment if rule.keeps_query else None)
    return address


def _label_as_written(label: str) -> str:
    return label[4:].encode().decode("punycode") if label.startswith("xn--") else label
