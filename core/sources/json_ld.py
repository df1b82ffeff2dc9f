"""JSON-LD: what a page says to search engines, in the vocabulary of schema.org."""

import html
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = (
    "article",
    "blogposting",
    "posting",
    "report",
    "newsarticle",
    "scholarlyarticle",
    "techarticle",
)
_MOST_JSON = 500_000
_MOST_NODES = 2_000


def article_node(tree: "HtmlElement") -> dict[str, Any]:
    """The first schema.org node that is an article; empty if there is none."""
    for script in tree.iter("script"):
        if script.get("type", "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").rstrip(" ;")
        if not source or len(source) > _MOST_JSON:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name.lower().endswith(_ARTICLES) for name in names):
                return node
    return {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in the graph, outer ones first; lists, `@graph` and `mainEntity` are entered."""
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node
            )


def text_of(value: Any) -> str | None:
    """A JSON-LD value that should be a text: of a list the first, of an object its name."""
    if isinstance(value, list):
        return next((text for one in value if (text := text_of(one))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("url"))
    return _unescaped(value) if isinstance(value, str) and value.strip() else None


def _unescaped(text: str) -> str:
    """JSON-LD is not HTML, but many templates escape it as if it were."""
    return html.unescape(text) if "&" in text else text
