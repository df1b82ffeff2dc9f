"""What is said to a member who voted: what was recorded, and how far a decision is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat import Reply
from bot.render import labels
from bot.render.spans import line, reply
from bot.texts import Texts
from core.domain import (
    DISCUSS,
    NONE_FITS,
    Customs,
    Item,
    LabelPath,
    LabelStatus,
    Tally,
)
from core.taxonomy import Taxonomy
from core.voting import Ballot


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that was just cast, or taken back.

    Attributes:
        path: a label, `NONE_FITS` or `DISCUSS`; is_for: that it is right.
        is_cast: it stands now; False: it was taken back.
        counts: False if it is the voice of who handed the item in, where that does not count.
    """

    path: LabelPath
    is_for: bool
    is_cast: bool
    counts: bool = True


def noted(
    voices: Sequence[Voice],
    item: Item,
    ballot: Ballot,
    *,
    customs: Customs,
    taxonomy: Taxonomy,
    texts: Texts,
) -> Reply:
    """What was recorded, and what is still missing for a decision; a line for each voice.

    Args:
        voices: of one member.
        item, ballot: as they are now.
        customs: of the community.
        taxonomy, texts: name labels, and say it.
    """
    return reply(
        [line(_said(voice, item, ballot, customs, taxonomy, texts)) for voice in voices],
    )


def _said(
    voice: Voice, item: Item, ballot: Ballot, customs: Customs, taxonomy: Taxonomy, texts: Texts
) -> str:
    if voice.path == DISCUSS:
        return texts.say("vote-discuss" if voice.is_cast else "vote-discuss-withdrawn")
    if voice.path == NONE_FITS:
        status = item.none_fits
        said = texts.say("vote-none-fits" if voice.is_cast else "vote-none-fits-withdrawn")
        return said + _standing(
            voice, ballot.none_fits, status, customs, texts, is_ruled=NONE_FITS in ballot.rulings
        )
    status = next((each.status for each in item.labels if each.path == voice.path), None)
    tally = ballot.tallies.get(voice.path, Tally())
    message = (
        ("vote-for" if voice.is_for else "vote-against") if voice.is_cast else "vote-withdrawn"
    )
    said = texts.say(message, label=labels.name(voice.path, taxonomy, texts, full=True))
    return said + _standing(
        voice, tally, status, customs, texts, is_ruled=voice.path in ballot.rulings
    )


def _standing(
    voice: Voice,
    tally: Tally,
    status: LabelStatus | None,
    customs: Customs,
    texts: Texts,
    *,
    is_ruled: bool,
) -> str:
    """How far a decision is."""
    if voice.is_cast and is_ruled:
        return texts.say("standing-ruled")
    if voice.is_cast and not voice.counts:
        return texts.say("standing-own")
    match status:
        case LabelStatus.CONFIRMED:
            return texts.say("standing-confirmed", n=tally.for_)
        case LabelStatus.REJECTED:
            return texts.say("standing-rejected", n=tally.against)
        case LabelStatus.DISPUTED:
            return texts.say("standing-disputed")
        case _:
            own, others = tally.for_, tally.against
            if not voice.is_for:
                own, others = others, own
            missing = max(customs.quorum - own, max(customs.lead, 1) - (own - others), 1)
            return texts.say("standing-missing", n=own, missing=missing)
