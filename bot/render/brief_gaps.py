"""What a dossier lacks, in sentences."""

from collections.abc import Sequence

from bot.render import labels
from bot.texts import Texts
from core.brief import Brief
from core.brief_gaps import Month
from core.domain import LabelPath
from core.taxonomy import Taxonomy

MOST_NUMBERS = 30


def told(brief: Brief, taxonomy: Taxonomy, texts: Texts) -> list[str]:
    """A sentence for each kind of thing that is missing, what matters most to a writer first."""
    gaps = brief.gaps

    def named(paths: Sequence[LabelPath]) -> str:
        return texts.listed(labels.name(each, taxonomy, texts) for each in paths)

    said: list[str] = []
    if gaps.unheard:
        said.append(texts.say("brief-gap-unheard", labels=named(gaps.unheard)))
    if gaps.empty:
        said.append(texts.say("brief-gap-empty", labels=named(gaps.empty)))
    for dimension, paths in gaps.unused.items():
        called = labels.dimension_name(dimension, taxonomy, texts)
        said.append(texts.say("brief-gap-unused", dimension=called, labels=named(paths)))
    if gaps.silent:
        spans = texts.listed(_span(first, last, texts) for first, last in gaps.silent)
        said.append(texts.say("brief-gap-silent", months=spans))
    if gaps.site is not None:
        share = texts.percent(gaps.share)
        said.append(texts.say("brief-gap-site", share=share, site=gaps.site))
    if gaps.suggested:
        said.append(texts.say("brief-gap-suggested", n=gaps.suggested))
    for kind, found in (
        ("disputes", gaps.disputes),
        ("undated", gaps.undated),
        ("unaddressed", gaps.unaddressed),
    ):
        if found:
            said.append(texts.say(f"brief-gap-{kind}", numbers=numbers(found, texts)))
    if brief.stance is None:
        said.append(texts.say("brief-gap-no-stance"))
    return said


def numbers(found: Sequence[int], texts: Texts) -> str:
    """Items by their numbers, the first of many."""
    shown = texts.listed(f"#{each}" for each in found[:MOST_NUMBERS])
    if len(found) <= MOST_NUMBERS:
        return shown
    return texts.say("brief-numbers-rest", numbers=shown, n=len(found) - MOST_NUMBERS)


def _span(first: Month, last: Month, texts: Texts) -> str:
    begins = texts.say("brief-month", year=str(first[0]), month=first[1])
    if first == last:
        return begins
    ends = texts.say("brief-month", year=str(last[0]), month=last[1])
    return texts.say("brief-gap-months", first=begins, last=ends)
