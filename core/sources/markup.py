"""HTML bytes to a tree: bounded before parsing, mended after, and looked at for walls.

libxml2 needs quadratic time for an element with very many attributes, and recursion for deep
nesting, so both are bounded by a linear scan of the text before any parser sees it. The scan is
approximate and errs on the side of reading: an element with too many attributes only loses them.
"""

import re
from typing import TYPE_CHECKING

from core.errors import NotAnArticle, TooLarge, Unreadable
from core.sources.pages import Page
from core.sources.reading import ReadLimits
from core.sources.tidy import is_wide, weight

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_RAW_START = re.compile(r"<!--|<(script|style|textarea)\b", re.IGNORECASE)
_RAW_END = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "textarea")
}

_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
# their end tags are often left out, and the parser closes them itself
_SELF_CLOSING = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "colgroup")
)

_CHALLENGE_MARKS = (
    "/cdn-cgi/challenge-platform/",
    "cf-browser-verification",
    "_cf_chl_opt",
    "challenges.cloudflare.com/turnstile",
    "captcha-delivery.com",
    "px-captcha",
    "_incapsula_resource",
    "ddos-guard",
    "awswafcookiedomainlist",
)  # fmt: skip

_INVISIBLE = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "iframe",
        "object",
        "select",
        "textarea",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "button",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
     "form",
     "h1",
     "h2",
     "h3",
     "h4",
     "h5",
     "h6",
     "header",
     "hr",
     "li",
     "main",
     "nav",
     "ol",
     "p",
     "pre",
     "section",
     "table",
     "td", "th", "tr", "ul")
)  # fmt: skip

_MOST_VISIBLE = 40_000
"""Characters of visible text that are looked at for walls."""


def bounded(html: str, limits: ReadLimits, *, where: str) -> str:
    """Check a page's markup against the limits, in linear time.

    Returns:
        The page; elements with more than `max_attributes` attributes have none.

    Raises:
        TooLarge: more elements or deeper nesting than the limits allow; facts `what`, `limit`.
    """
    elements = 0
    depth = deepest = 0
    overloaded: list[tuple[int, int]] = []
    for match in _TAG.finditer(_without_raw_text(html)):
        closing, name, attributes = match.groups()
        name = name.lower()
        if closing:
            depth = max(0, depth - 1) if name not in _SELF_CLOSING else depth
            continue
        elements += 1
        if (
            len(attributes) > 2 * limits.max_attributes
            and _count_attributes(attributes) > limits.max_attributes
        ):
            overloaded.append(match.span(3))
        if name not in _VOID and name not in _SELF_CLOSING and not attributes.endswith("/"):
            depth += 1
            deepest = max(deepest, depth)
    for what, size, limit in (
        ("elements", elements, limits.max_elements),
        ("depth", deepest, limits.max_depth),
    ):
        if size > limit:
            raise TooLarge(
                f"{where} has {what} beyond the limit ({size}; at most {limit}). Send "
                f"the text instead.",
                what=what,
                size=size,
                limit=limit,
            )
    for start, end in reversed(overloaded):
        html = html[:start] + html[end:]
    return html


def _without_raw_text(html: str) -> str:
    """Blank out scripts, styles and comments: nothing in them may be taken for tags.

    Places are kept. What is never closed reaches to the end, which also keeps this linear: a page
    of a million "<!--" is searched once.
    """
    pieces: list[str] = []
    place = 0
    while (start := _RAW_START.search(html, place)) is not None:
        pieces.append(html[place : start.start()])
        if (name := start[1]) is None:
            found = html.find("-->", start.end())
            end = found + 3 if found >= 0 else len(html)
        else:
            closing = _RAW_END[name.lower()].search(html, start.end())
            end = closing.start() if closing else len(html)
        pieces.append(" " * (end - start.start()))
        place = end
    pieces.append(html[place:])
    return "".join(pieces)


def _count_attributes(attributes: str) -> int:
    return len(_QUOTED.sub(" ", attributes).replace("=", " ").split())


def parse(html: str, *, where: str) -> "HtmlElement":
    """Parse a page, as forgivingly as trafilatura does.

    Raises:
        NotAnArticle: there is no element in it ("no-text").
        Unreadable: the parser gives up.
    """
    from trafilatura import load_html

    if not html.strip():
        raise NotAnArticle(f"{where} is empty.", reason="no-text")
    try:
        tree = load_html(html if "html" in html[:50].lower() else f"<html>{html}")
    except (ValueError, AssertionError) as error:
        raise Unreadable(
            f"{where} is no HTML that can be parsed. Send the text instead.", reason="broken"
        ) from error
    if tree is None:
        raise NotAnArticle(
            f"{where} holds no HTML elements. Send the text instead.", reason="no-text"
        )
    return tree


# ── mending ──────────────────────────────────────────────────────────────────────────────────────

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINE = re.compile(r"\n ?(?:\n ?)+")
_WRAP = re.compile(r" ?\n ?")


def mend(tree: "HtmlElement") -> None:
    """Give back to a page the paragraphs that only its source has.

    Bulletin boards and old blog systems keep paragraphs as blank lines in one long text; HTML takes
    these for spaces, and a thousand characters become one paragraph. Each becomes a line break.
    And a line that was wrapped between two Chinese characters gets no space there (as CSS Text
    Module Level 4, 4.1.3, has it).
    """
    for element in list(tree.iter("*")):
        if element.tag in ("pre", "code", "script", "style", "textarea"):
            continue
        if element.text and "\n" in element.text:
            _mend_text(element)
    for element in list(tree.iter("*")):
        parent = element.getparent()
        if parent is None or parent.tag in ("pre", "code"):
            continue
        if element.tail and "\n" in element.tail:
            _mend_tail(element)


def _mend_text(element: "HtmlElement") -> None:
    first, *others = _pieces(element.text)
    element.text = first
    for number, piece in enumerate(others):
        element.insert(number, _line_break(piece))


def _mend_tail(element: "HtmlElement") -> None:
    first, *others = _pieces(element.tail)
    element.tail = first
    if others:
        parent = element.getparent()
        place = parent.index(element) + 1  # not `addnext`: that puts a sibling before our tail
        for number, piece in enumerate(others):
            parent.insert(place + number, _line_break(piece))


def _line_break(tail: str) -> "HtmlElement":
    from lxml.html import Element

    element: HtmlElement = Element("br")
    element.tail = tail
    return element


def _pieces(text: str) -> list[str]:
    """A text cut at its blank lines, where at least two pieces of some length come of it."""
    text = _SPACES.sub(" ", text)  # first, so that no pattern below meets a run of them
    pieces = _BLANK_LINE.split(text)
    if sum(1 for piece in pieces if weight(piece) >= 8) < 2:
        pieces = [text]
    return [_WRAP.sub(_unwrapped, piece) for piece in pieces]


def _unwrapped(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    if start > 0 and end < len(text) and is_wide(text[start - 1]) and is_wide(text[end]):
        return ""
    return match.group()


# ── looking ──────────────────────────────────────────────────────────────────────────────────────


def look(
    tree: "HtmlElement", html: str, *, text: str, url: str | None, is_free: bool | None
) -> Page:
    """Gather what `core.sources.pages` decides on."""
    seen, link_weight = visible(tree)
    title = tree.find(".//title")
    headings = [words(element) for element in tree.iter("h1", "h2")]
    beginning = html[:300_000].lower()
    return Page(
        url=url,
        title=words(title) if title is not None else "",
        headings=tuple(heading for heading in headings if heading)[:4],
        text=text,
        visible=seen,
        noscript=" ".join(words(element) for element in tree.iter("noscript"))[:2000],
        links=sum(1 for _ in tree.iter("a")),
        link_weight=link_weight,
        visible_weight=weight(seen),
        linked_headings=sum(1 for element in tree.iter("h2", "h3", "h4") if _is_linked(element)),
        password_fields=sum(
            1 for element in tree.iter("input") if element.get("type", "").lower() == "password"
        ),
        scripts=sum(1 for _ in tree.iter("script")),
        has_mount=any(
            len(element) == 0 and not (element.text or "").strip()
            for element in tree.iter("div", "main", "app-root")
            if element.get("id", "")
            in ("root", "app", "__next", "__nuxt", "main", "react-root", "svelte", "gatsby")
            or element.tag == "app-root"
        ),
        is_challenged=any(mark in beginning for mark in _CHALLENGE_MARKS),
        is_free=is_free,
    )


def navigation_lines(tree: "HtmlElement") -> frozenset[str]:
    """The texts of links in menus, headers, footers and side columns."""
    found: set[str] = set()
    for place in tree.iter("nav", "header", "footer", "aside", "menu"):
        found.update(words(link) for link in place.iter("a"))
    return frozenset(text for text in found if text)


def visible(tree: "HtmlElement") -> tuple[str, int]:
    """All visible text, a block a line, and how much of it (`tidy.weight`) is in links."""
    pieces: list[str] = []
    size = link_weight = 0
    # An explicit stack: a page decides the depth.
    body = tree.find(".//body")
    stack: list[tuple[HtmlElement | None, str, bool]] = [
        (body if body is not None else tree, "", False)
    ]
    while stack and size < _MOST_VISIBLE:
        element, tail, in_link = stack.pop()
        if element is None:
            pieces.append(tail)
            size += len(tail)
            if in_link:
                link_weight += weight(tail)
            continue
        inside = in_link or element.tag == "a"
        if element.tail:
            stack.append((None, element.tail, in_link))
        if element.tag in _BLOCKS:
            pieces.append("\n")
            stack.append((None, "\n", False))
        if not isinstance(element.tag, str) or element.tag in _INVISIBLE or _is_hidden(element):
            continue
        stack.extend((child, "", inside) for child in reversed(element))
        if element.text:
            stack.append((None, element.text, inside))
    text = "".join(pieces)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line), link_weight


def _is_hidden(element: "HtmlElement") -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _is_linked(element: "HtmlElement") -> bool:
    parent = element.getparent()
    return element.find(".//a") is not None or (parent is not None and parent.tag == "a")


def words(element: "HtmlElement") -> str:
    return " ".join("".join(element.itertext()).split())
