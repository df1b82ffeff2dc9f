"""A dossier as a paper: what is quoted by label and time, voices, numbers, dates, gaps, sources."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.papers.paper import (
    Block,
    Entry,
    Heading,
    Paper,
    Paragraph,
    Quotation,
    Run,
    entry,
    faint,
    paragraph,
    spread,
    strong,
)
from bot.render import brief_gaps, cards, labels
from bot.texts import Texts
from core.archive import address_of, archived
from core.brief import Brief, Group, Told
from core.brief_facts import DayTold, FigureTold
from core.briefs import MOST
from core.dates_said import DateSaid
from core.domain import Community, Item, LabelPath, LabelStatus
from core.draft import Claim, Draft
from core.quantities import Figure
from core.taxonomy import Taxonomy

MAX_TITLE = 120
WHOLE_TITLE = 500
"""Of a source: a reference needs the whole of it; what is longer is no title."""
SPELT_OUT = 1000
"""From here on a number is told in digits, too, if it is written otherwise."""


def paper(brief: Brief, community: Community, taxonomy: Taxonomy, texts: Texts) -> Paper:
    """The whole of it, in the reader's language; quotations stay in theirs."""
    return _Maker(brief, community, taxonomy, texts).paper()


def title(brief: Brief, taxonomy: Taxonomy, texts: Texts) -> str:
    """What it is about."""
    named = [_name(path, taxonomy, texts) for path in brief.asked]
    about = texts.listed((*named, *brief.words)) or brief.query or texts.say("brief-everything")
    return texts.say("brief-title", about=about)


def group_name(group: Group, brief: Brief, taxonomy: Taxonomy, texts: Texts) -> str:
    """What a group is called."""
    if group.path is not None:
        return labels.name(group.path, taxonomy, texts)
    if brief.asked:
        only = _name(brief.asked[0], taxonomy, texts)
        return texts.say("brief-only", label=only)
    return texts.say("brief-other")


def _name(path: LabelPath, taxonomy: Taxonomy, texts: Texts) -> str:
    """What a label or a dimension is called."""
    if any(each.id == path for each in taxonomy.dimensions):
        return labels.dimension_name(path, taxonomy, texts)
    return labels.name(path, taxonomy, texts)


def extent(brief: Brief, texts: Texts) -> str:
    """How much it rests on, and of which days."""
    days = [told.at for group in brief.groups for told in group.told]
    first, last = (texts.date(each(days)) if days else "" for each in (min, max))
    of = first if first == last else texts.say("brief-span", since=first, until=last)
    if brief.stories == len(brief.items):
        return texts.say("brief-items-same", items=len(brief.items), days=of)
    return texts.say("brief-items", items=len(brief.items), stories=brief.stories, days=of)


class _Maker:
    def __init__(
        self, brief: Brief, community: Community, taxonomy: Taxonomy, texts: Texts
    ) -> None:
        self._brief = brief
        self._community = community
        self._taxonomy = taxonomy
        self._texts = texts
        self._items = {each.number: each for each in brief.items}

    def paper(self) -> Paper:
        community = self._community
        return Paper(
            title(self._brief, self._taxonomy, self._texts),
            tuple(self._blocks()),
            self._texts.language,
            community.title or community.name,
            self._brief.at,
        )

    def _blocks(self) -> Iterator[Block]:
        brief, texts = self._brief, self._texts
        yield from self._opening()
        for group in brief.groups:
            yield from self._group(group)
        yield from self._voices()
        yield from self._figures(brief.figures)
        yield from self._days(brief.days)
        yield Heading(texts.say("brief-gaps"))
        missing = brief_gaps.told(brief, self._taxonomy, texts)
        yield from (entry(each) for each in missing or [texts.say("brief-gaps-none")])
        if brief.draft is not None:
            yield from self._draft(brief.draft)
        yield Heading(texts.say("brief-sources"))
        yield from (self._listed(each) for each in brief.items)

    def _opening(self) -> Iterator[Block]:
        brief, texts, community = self._brief, self._texts, self._community
        yield paragraph(extent(brief, texts))
        if brief.left_out:
            yield paragraph(texts.say("brief-left-out", n=brief.left_out, most=MOST))
        yield paragraph(texts.say("brief-how"))
        yield paragraph(texts.say("brief-archive"))
        made = texts.say(
            "brief-made",
            community=community.title or community.name,
            at=texts.moment(brief.at, timezone=community.timezone),
            query=brief.query,
        )
        yield paragraph(faint(made))

    # ── by label and time ────────────────────────────────────────────────────────────────────────

    def _group(self, group: Group) -> Iterator[Block]:
        texts = self._texts
        called = group_name(group, self._brief, self._taxonomy, texts)
        yield Heading(texts.say("brief-group", label=called, n=group.size))
        months = {(each.at.year, each.at.month) for each in group.told}
        last: tuple[int, int] | None = None
        for told in group.told:
            month = (told.at.year, told.at.month)
            if month != last and len(months) > 1:
                yield Heading(texts.say("brief-month", year=str(month[0]), month=month[1]), 2)
            last = month
            yield from self._told(told)
        if group.more:
            rest = brief_gaps.numbers([each.number for each in group.more], texts)
            yield paragraph(faint(texts.say("brief-rest", numbers=rest)))
        if group.also:
            rest = brief_gaps.numbers(group.also, texts)
            yield paragraph(faint(texts.say("brief-elsewhere", numbers=rest)))

    def _told(self, told: Told) -> Iterator[Block]:
        also = self._texts.say(
            "brief-also-told", numbers=brief_gaps.numbers(told.others, self._texts)
        )
        named = self._texts.listed(self._labels(told.item))
        yield Paragraph(
            spread(
                [
                    strong(f"#{told.item.number} {cards.shortened(told.item.title, MAX_TITLE)}"),
                    faint(named),
                    faint(also if told.others else ""),
                ]
            )
        )
        for quote in told.quotes:
            yield Quotation(quote.text, self._source(told.item))

    def _labels(self, item: Item) -> list[str]:
        """The narrowest labels of all dimensions, with how sure they are."""
        told = []
        for each in labels.narrowest(labels.shown(item)):
            called = labels.name(each.path, self._taxonomy, self._texts)
            key = f"brief-label-{each.status.value}"
            is_sure = each.status is LabelStatus.CONFIRMED
            told.append(called if is_sure else self._texts.say(key, label=called))
        return told

    def _source(self, item: Item) -> tuple[Run, ...]:
        """Number, site, author, day, and where to see it now and as it was."""
        document, texts = item.document, self._texts
        author = document.author if document is not None else None
        where = address_of(item)
        return spread(
            [
                Run(f"#{item.number}", "plain", where),
                faint(document.site or "" if document is not None else ""),
                faint(cards.shortened(author, 60) if author else ""),
                faint(self._day(item)),
                faint(texts.say("brief-archive-short"), archived(item)) if where else "",
            ]
        )

    def _day(self, item: Item) -> str:
        if item.document is not None and item.document.published_on is not None:
            return self._texts.date(item.document.published_on)
        kept = self._texts.day(item.received_at, timezone=self._community.timezone)
        return self._texts.say("brief-kept", date=kept)

    # ── voices, numbers, dates ───────────────────────────────────────────────────────────────────

    def _voices(self) -> Iterator[Block]:
        brief, texts = self._brief, self._texts
        if brief.stance is None or not brief.voices:
            return
        yield Heading(texts.say("brief-voices"))
        called = labels.dimension_name(brief.stance, self._taxonomy, texts)
        yield paragraph(texts.say("brief-voices-about", dimension=called))
        for voice in brief.voices:
            named = labels.name(voice.path, self._taxonomy, texts)
            yield Heading(texts.say("brief-group", label=named, n=voice.total), 2)
            for told in voice.told:
                yield from self._told(told)

    def _figures(self, figures: Sequence[FigureTold]) -> Iterator[Block]:
        texts = self._texts
        if not figures:
            return
        yield Heading(texts.say("brief-numbers"))
        yield paragraph(texts.say("brief-numbers-about"))
        for each in figures:
            written = [self._written(each, figure) for figure in each.figures]
            same = texts.say("brief-number-same", numbers=brief_gaps.numbers(each.also, texts))
            yield Paragraph(
                spread(
                    [strong(" / ".join(dict.fromkeys(written))), faint(same if each.also else "")]
                )
            )
            yield Quotation(each.quote.text, self._source(self._items[each.quote.number]))

    def _written(self, told: FigureTold, figure: Figure) -> str:
        """A number as it stands there, and in plain digits where it does not have them."""
        written = told.written(figure)
        digits = amount(figure.value)
        plain = written.replace(",", "")
        if figure.kind == "share" or figure.value < SPELT_OUT or digits.replace(",", "") in plain:
            return written
        return self._texts.say("brief-number-equals", written=written, value=digits)

    def _days(self, days: Sequence[DayTold]) -> Iterator[Block]:
        texts = self._texts
        if not days:
            return
        yield Heading(texts.say("brief-days"))
        yield paragraph(texts.say("brief-days-about"))
        for each in days:
            yield paragraph(strong(self._said(each.said)))
            yield Quotation(each.quote.text, self._source(self._items[each.quote.number]))

    def _said(self, said: DateSaid) -> str:
        texts, year = self._texts, str(said.year)
        if said.month is None:
            return texts.say("brief-year", year=year)
        if said.day is None:
            return texts.say("brief-month", year=year, month=said.month)
        if said.is_year_guessed:
            day = texts.say("brief-day", month=said.month, day=said.day)
            return texts.say("brief-year-guessed", year=year, day=day)
        return texts.date(date(said.year or 0, said.month, said.day))

    # ── draft and sources ────────────────────────────────────────────────────────────────────────

    def _draft(self, draft: Draft) -> Iterator[Block]:
        texts = self._texts
        yield Heading(texts.say("brief-draft"))
        if draft.trouble is not None:
            yield paragraph(texts.say(f"brief-draft-{draft.trouble}"))
            return
        about = "brief-draft-about" if draft.claims else "brief-draft-none"
        yield paragraph(texts.say(about, n=len(draft.claims), model=draft.model))
        yield from (self._claim(each) for each in draft.claims)
        if draft.dropped:
            reasons = texts.listed(
                texts.say(f"brief-drop-{reason}", n=n) for reason, n in draft.dropped.items()
            )
            n = sum(draft.dropped.values())
            yield paragraph(faint(texts.say("brief-draft-dropped", n=n, reasons=reasons)))

    def _claim(self, claim: Claim) -> Entry:
        return Entry(
            (
                Run(claim.words),
                faint(" — "),
                *self._source(self._items[claim.quote.number])[:1],
                faint(f" {self._texts.say('brief-words', words=claim.quote.text)}"),
            )
        )

    def _listed(self, item: Item) -> Entry:
        """A source with all that a reference needs; its address is written out, for paper."""
        document, where = item.document, address_of(item)
        author = document.author if document is not None else None
        return Entry(
            spread(
                [
                    strong(f"#{item.number} {cards.shortened(item.title, WHOLE_TITLE)}"),
                    cards.shortened(author, 120) if author else "",
                    document.site or "" if document is not None else "",
                    self._day(item),
                    Run(where, "faint", where) if where else "",
                    faint(self._texts.say("brief-archive-short"), archived(item)) if where else "",
                ]
            )
        )


def amount(value: Decimal) -> str:
    """A number in digits, with commas at its thousands and no zeros behind it."""
    text = f"{value.normalize():,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
