"""Lists of items: what a search found and why, what came last, what is alike."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.chat import Line, Reply, Span, Style
from bot.render import cards, labels
from bot.render.spans import EMPTY, faint, joined, line, reply
from bot.texts import Texts
from core.domain import Item
from core.taxonomy import Taxonomy

if TYPE_CHECKING:
    from core.search import Hit, Snippet, Why


def hits(
    found: "Sequence[Hit]",
    *,
    total: int,
    offset: int,
    query: str,
    taxonomy: Taxonomy,
    texts: Texts,
    more: str | None,
) -> Reply:
    """A page of what a search found; `more` is the command for the next page, if there is one."""
    if not found:
        return reply(
            line(texts.say("search-nothing", query=query)),
            line(faint(texts.say("search-nothing-hint"))),
        )
    head = line(faint(_range("search-found-all", "search-found", offset, len(found), total, texts)))
    lines = [each for hit in found for each in (EMPTY, *_hit(hit, taxonomy, texts))]
    return reply(head, lines, buttons=cards.next_page(more, texts))


def alike(item: Item, found: "Sequence[Hit]", *, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """Items like one item."""
    title = cards.shortened(item.title, 60)
    if not found:
        return reply(line(texts.say("similar-nothing", title=title)))
    lines = [each for hit in found for each in (EMPTY, *_hit(hit, taxonomy, texts))]
    return reply(line(faint(texts.say("similar-found", title=title))), lines)


def recent(
    items: Sequence[Item],
    *,
    total: int,
    offset: int,
    taxonomy: Taxonomy,
    texts: Texts,
    more: str | None,
) -> Reply:
    """A page of what came last, newest first."""
    if not items:
        return reply(line(texts.say("recent-nothing")))
    lines = [each for item in items for each in (EMPTY, *brief(item, taxonomy, texts))]
    return reply(
        line(faint(_range("recent-found-all", "recent-found", offset, len(items), total, texts))),
        lines,
        buttons=cards.next_page(more, texts),
    )


def brief(item: Item, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """An item in two lines or three: title, source, labels or what became of it."""
    lines = [cards.heading(item), *cards.source(item, texts)]
    if item.failure is not None:
        lines.append(line(Span(texts.error(item.failure).split("\n")[0], Style.BAD), indent=1))
    elif names := joined(labels.in_brief(item, taxonomy, texts)):
        lines.append(line(*names, indent=1))
    return lines


def _range(whole: str, part: str, offset: int, shown: int, total: int, texts: Texts) -> str:
    """How many there are, and which of them this page shows if it is not all."""
    if shown == total:
        return texts.say(whole, total=total)
    return texts.say(part, first=offset + 1, last=offset + shown, total=total)


def _hit(hit: "Hit", taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """A hit in three lines: the title, where the words stand, and why it is here."""
    lines = [_heading(hit)]
    if hit.snippet.text:
        lines.append(line(*_marked(hit.snippet), indent=1, quote=True))
    reasons = (faint(_reason(each, taxonomy, texts)) for each in hit.why)
    others = texts.say("found-others", n=len(hit.others)) if hit.others else ""
    under = joined(
        (
            *(faint(each) for each in cards.origin(hit.item, texts)),
            *reasons,
            faint(others),
            *labels.in_brief(hit.item, taxonomy, texts),
        )
    )
    return [*lines, line(*under, indent=1)] if under else lines


def _heading(hit: "Hit") -> Line:
    """The number and the title, in which what was searched for stands out."""
    if not hit.title.marks:
        return cards.heading(hit.item)
    link = cards.address(hit.item)
    title = (
        Span(span.text, Style.STRONG if span.style is Style.PLAIN else span.style, link)
        for span in _marked(hit.title)
    )
    return line(*title, lead=cards.number(hit.item.number))


def _reason(why: "Why", taxonomy: Taxonomy, texts: Texts) -> str:
    """Why it was found, in a few words."""
    match why.kind:
        case "meaning":
            return texts.say("found-meaning")
        case "label":
            name = taxonomy.name(why.words, texts.language) if why.words in taxonomy else why.words
            return texts.say("found-label", words=name)
        case kind:
            return texts.say(f"found-{kind}", words=texts.listed(why.found))


def _marked(snippet: "Snippet") -> list[Span]:
    """A piece of text with what was searched for standing out."""
    spans: list[Span] = []
    at = 0
    for start, end in snippet.marks:
        spans += [Span(snippet.text[at:start]), Span(snippet.text[start:end], Style.FOUND)]
        at = end
    spans.append(Span(snippet.text[at:]))
    return [Span(cards.without_breaks(span.text), span.style) for span in spans if span.text]
