"""Holding a language model's draft to the texts: each claim cites an item that says what is quoted.

A claim is dropped if its item is not in the dossier, if the quoted words do not stand in the item's
stored text just so, if they are too few to show anything, or if the claim has a number, an address
or a quotation that neither they nor the item's title have (in the text's own language, a name,
too). This cannot prove a claim; it makes sure that a reader can look it up.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence

from core.domain import Item, Language
from core.draft import Answered, Claim, Draft, Drafter, Objection, Trouble
from core.errors import BadAnswer, CommonplaceError, ModelBusy, OverBudget
from core.quote import Quote

log = logging.getLogger(__name__)

SHORTEST = 6.0
"""Units (`core.models.boilerplate.units`) of a quotation that shows anything."""

LONGEST = 400
"""Characters of a claim; longer ones are no claims but texts."""


def drafted(
    drafter: Drafter,
    quotes: Sequence[Quote],
    items: Sequence[Item],
    *,
    about: str,
    language: Language,
) -> Draft:
    """Ask for a draft, and keep what holds. A model that fails is no failure of the dossier."""
    try:
        answered = drafter.draft(quotes, about=about, language=language)
    except CommonplaceError as error:
        log.warning("no draft: %s", error)
        return Draft(drafter.version, trouble=_trouble(error))
    draft = checked(answered, {each.number: each for each in items}, model=drafter.version)
    log.info("draft claims=%s dropped=%s", len(draft.claims), sum(draft.dropped.values()))
    return draft


def checked(answered: Sequence[Answered], items: Mapping[int, Item], *, model: str) -> Draft:
    """The claims that hold, and how many do not."""
    claims: list[Claim] = []
    dropped: Counter[Objection] = Counter()
    for each in answered:
        found = claim_of(each, items)
        if isinstance(found, Claim):
            claims.append(found)
        else:
            dropped[found] += 1
    return Draft(model, tuple(claims), dict(dropped))


def claim_of(answered: Answered, items: Mapping[int, Item]) -> Claim | Objection:
    """The claim, or what speaks against it."""
    from core.models.abstractive import unfounded
    from core.models.boilerplate import units

    item = items.get(answered.number)
    if item is None or item.document is None:
        return "no-item"
    words, quoted = " ".join(answered.words.split()), answered.quote.strip()
    text = item.document.text
    start = text.find(quoted)
    if not quoted or "\n" in quoted or start < 0:
        return "no-quote"
    if units(quoted) < SHORTEST:
        return "short-quote"
    source = "\n".join((item.title, item.document.site or "", item.document.author or "", quoted))
    if not words or len(words) > LONGEST or unfounded(words, source) is not None:
        return "unfounded"
    return Claim(words, Quote(item.number, start, start + len(quoted), quoted))


def _trouble(error: CommonplaceError) -> Trouble:
    match error:
        case OverBudget():
            return "spent"
        case ModelBusy():
            return "busy"
        case BadAnswer():
            return "unreadable"
        case _:
            return "unavailable"
