"""Editors' rulings in words: on a card, and wherever one is told."""

from bot.chat import Line
from bot.render import labels
from bot.render.spans import faint, line
from bot.texts import Texts
from core.deciding import in_force
from core.domain import NONE_FITS, Item, LabelPath, Ruling
from core.taxonomy import Taxonomy

ON_CARD = 3  # rulings that a card tells; the log tells all
_LONGEST = 120  # characters of a reason


def on_card(item: Item, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """A line for each ruling in force, the newest first: who ruled what, and why."""
    found = sorted(
        in_force(item.rulings, taxonomy).values(), key=lambda each: each.id, reverse=True
    )
    lines = [line(faint(told(each, taxonomy, texts)), indent=1) for each in found[:ON_CARD]]
    if len(found) > ON_CARD:
        more = texts.say("ruling-more", n=len(found) - ON_CARD, number=str(item.number))
        lines.append(line(faint(more), indent=1))
    return lines


def told(ruling: Ruling, taxonomy: Taxonomy, texts: Texts) -> str:
    """A ruling in a sentence."""
    said = texts.say(
        "ruling-right" if ruling.is_for else "ruling-wrong",
        who=ruling.member_name or texts.say("ruling-editor"),
        label=name_of(ruling.path, taxonomy, texts, full=True),
    )
    if not ruling.reason:
        return said
    return said + texts.say("ruling-reason", reason=_cut(ruling.reason))


def name_of(path: LabelPath, taxonomy: Taxonomy, texts: Texts, *, full: bool = False) -> str:
    """What a label, or that none fits, is called."""
    if path == NONE_FITS:
        return texts.say("button-none-fits")
    return labels.name(path, taxonomy, texts, full=full)


def _cut(reason: str) -> str:
    return reason if len(reason) <= _LONGEST else f"{reason[: _LONGEST - 1].rstrip()}…"
