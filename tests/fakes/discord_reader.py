"""What a member sees of Discord's markdown: rules of its client, tried in its order.

Source: the rules that Discord's client adds to simple-markdown 0.4 (escape, url, link, strong, em,
u, s, code, spoiler, mentions, emoji, timestamps, headings, lists, quotes), as documented under
"Markdown Text 101" and in its API documentation, reference/message-formatting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_BLOCKS = [
    ("quote", r">>> |> "),
    ("small", r"-# "),
    ("heading", r"#{1,3} "),
    ("list", r"\s*(?:[-*+]|\d+\.) "),
]
_INLINE = [
    ("escape", r"\\([^0-9A-Za-z\s])"),
    ("code-block", r"```[\s\S]*?```"),
    ("code", r"(`+)([\s\S]*?[^`])\1(?!`)"),
    (
        "link",
        r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?\s*\)",
    ),
    ("address", r"<([^: >]+:/[^ >]+)>"),
    ("address", r"(https?://[^\s<]+[^<.,:;\"'\]\s])"),
    ("mention", r"<@[!&]?\d+>|<#\d+>|@everyone|@here"),
    ("emoji", r"<a?:\w+:\d+>|:[^\s:]+?:"),
    ("time", r"<t:-?\d+(?::\w)?>"),
    ("menu", r"</[^>]+:\d+>|<id:\w+>"),
    ("invite", r"discord(?:app)?\.(?:gg|com/invite)/\w+"),
    ("strong", r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    ("underline", r"__((?:\\[\s\S]|[^\\])+?)__(?!_)"),
    ("strike", r"~~([\s\S]+?)~~(?!_)"),
    ("spoiler", r"\|\|([\s\S]+?)\|\|"),
    ("em", r"\*(?=\S)((?:\*\*|\s+(?:[^*\s]|\*\*)|[^\s*])+?)\*(?!\*)"),
    ("em", r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b"),
]
_RULES = [(kind, re.compile(rule)) for kind, rule in _INLINE]
_LOOKS_LIKE_ADDRESS = re.compile(r"https?://|www\.")


@dataclass
class Seen:
    """What is seen: the text, which kinds of markup took effect, and where links lead."""

    text: str = ""
    kinds: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)


def read(markdown: str) -> Seen:
    """Read a message's content or an embed's description."""
    seen = Seen()
    seen.text = "\n".join(_line(line, seen) for line in markdown.split("\n"))
    return seen


def _line(line: str, seen: Seen) -> str:
    for kind, rule in _BLOCKS:
        if found := re.match(rule, line):
            seen.kinds.add(kind)
            return _line(line[found.end() :], seen) if kind != "heading" else line[found.end() :]
    return "".join(_inline(line, seen))


def _inline(text: str, seen: Seen) -> Iterator[str]:
    at = 0
    while at < len(text):
        for kind, rule in _RULES:
            found = rule.match(text, at)
            if found is None or (kind == "link" and _is_masked(found[1])):
                continue
            at = found.end()
            yield _shown(kind, found, seen)
            break
        else:
            yield text[at]
            at += 1


def _shown(kind: str, found: re.Match[str], seen: Seen) -> str:
    if kind == "escape":
        return found[1]
    seen.kinds.add(kind)
    match kind:
        case "code":
            return found[2]
        case "link":
            inner = "".join(_inline(found[1], seen))
            seen.links.append((inner, found[2]))
            return inner
        case "address":
            seen.links.append((found[1], found[1]))
            return found[1]
        case "strong" | "underline" | "em" | "strike" | "spoiler":
            return "".join(_inline(found[1], seen))
    return f"\N{REPLACEMENT CHARACTER}{kind}"


def _is_masked(label: str) -> bool:
    return bool(_LOOKS_LIKE_ADDRESS.search(re.sub(r"\\(.)", r"\1", label)))
