"""Voting as people see it: the buttons under a card, and all the choices.

A button names a label by a short key of its path (`key_of`), because a platform allows few bytes
for one. Where people type, the same is written with the label's name: "vote 7 -移工".
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from wcwidth import wcswidth

from bot.chat import Button
from bot.render import labels
from bot.texts import Texts
from core.domain import (
    Item,
    ItemLabel,
    LabelPath,
    LabelStatus,
    Tally,
)
from core.errors import UnknownLabel
from core.taxonomy import Taxonomy
from core.voting import Ballot

Row = list[Button]

_NARROW = 12  # columns: three buttons with such labels stand in a row of a phone
_CHOICE_ROWS = 8  # of a page of choices, where a message can bear more
_LABEL_ROWS = 3  # of a card; two more are for what else can be done: Discord shows five


@dataclass(frozen=True, slots=True)
class Booth:
    """What it takes to vote on an item in a place.

    Attributes:
        ballot: what members have said so far.
        rows: how many rows of buttons the place can show; 0: people type there.
        can_split: the item was made of several messages.
    """

    ballot: Ballot = field(default_factory=lambda: Ballot({}, Tally(), 0, {}))
    rows: int = 0
    can_split: bool = False

    @property
    def is_typed(self) -> bool:
        """There are no buttons."""
        return not self.rows

    def tally(self, path: LabelPath) -> Tally:
        """The voices on one label."""
        return self.ballot.tallies.get(path, Tally())


# ── buttons ──────────────────────────────────────────────────────────────────────────────────────


def under_card(item: Item, booth: Booth, taxonomy: Taxonomy, texts: Texts) -> list[Row]:
    """A voice for each label that is shown, and ways to say anything else about the labels."""
    if booth.is_typed:
        return []
    item = with_proposals(item, booth.ballot)
    narrow = [each for each in labels.narrowest(labels.shown(item)) if each.path in taxonomy]
    names = names_of(narrow, taxonomy, texts)
    pros = [
        Button(
            _counted(f"✓ {names[each.path]}", booth.tally(each.path).for_),
            _vote(item, each.path, is_for=True),
        )
        for each in narrow
    ]
    most = _LABEL_ROWS * 5
    others = [
        Button(texts.say("button-wrong"), f"ballot {item.number}"),
        Button(texts.say("button-add"), f"add {item.number}"),
        _none_fits(item, booth, texts),
    ]
    return [*rows_of(pros[:most], most=_LABEL_ROWS), others if narrow else others[1:]]


def choices(
    item: Item, booth: Booth, taxonomy: Taxonomy, texts: Texts, *, page: int = 1
) -> list[Row]:
    """For and against each label, and what else can be said; further labels on further pages."""
    item = with_proposals(item, booth.ballot, refused=True)
    listed = [each for each in item.labels if each.path in taxonomy and _is_open(each, booth)]
    abreast, most = _grid(len(listed), booth)
    pages = max(1, -(-len(listed) // most))
    page = min(page, pages)
    names = names_of(listed, taxonomy, texts)
    pairs = [
        [
            Button(
                _counted(f"{sign} {names[each.path]}", count),
                _written(item, each.path, is_for, booth, page, taxonomy, texts),
            )
            for sign, is_for, count in (
                ("✓", True, booth.tally(each.path).for_),
                ("✗", False, booth.tally(each.path).against),
            )
        ]
        for each in listed[(page - 1) * most : page * most]
    ]
    last = [
        Button(texts.say("button-add"), f"add {item.number}"),
        _none_fits(item, booth, texts, page=page),
        Button(
            _counted(texts.say("button-discuss"), booth.ballot.discuss),
            _opened(f"discuss {item.number}", booth, page),
        ),
    ]
    if not booth.is_typed:
        last.append(Button(texts.say("button-back"), f"shut {item.number}"))
    if pages > 1:
        turn = f"ballot {item.number} page:{page % pages + 1}"
        last.insert(0, Button(texts.say("button-further"), turn))
    grid = [list(chain(*pairs[at : at + abreast])) for at in range(0, len(pairs), abreast)]
    return [*grid, last]


def _grid(count: int, booth: Booth) -> tuple[int, int]:
    """How many labels stand in a row, and on a page: two in a row only where rows are few."""
    if booth.is_typed:
        return 1, max(count, 1)
    room = min(booth.rows - 1, _CHOICE_ROWS)
    abreast = 2 if room < count and room < _CHOICE_ROWS else 1
    return abreast, room * abreast


def with_proposals(item: Item, ballot: Ballot, *, refused: bool = False) -> Item:
    """The item with labels that members propose, too few yet to decide: others are to see them.

    `refused` adds those, too, that were only spoken against.
    """
    there = {label.path for label in item.labels}
    proposed = [
        ItemLabel(path, 0.0)
        for path, tally in ballot.tallies.items()
        if path not in there and (tally.for_ or (refused and tally.against))
    ]
    if not proposed:
        return item
    order = {path: place for place, path in enumerate(ballot.tallies)}
    both = sorted((*item.labels, *proposed), key=lambda each: order.get(each.path, len(order)))
    return replace(item, labels=tuple(both))


def names_of(listed: Sequence[ItemLabel], taxonomy: Taxonomy, texts: Texts) -> dict[LabelPath, str]:
    """Short names: a label's own, with its ancestors' only where two would be called the same."""
    short = {each.path: labels.name(each.path, taxonomy, texts) for each in listed}
    uses = Counter(short.values())
    return {
        path: called if uses[called] == 1 else labels.name(path, taxonomy, texts, full=True)
        for path, called in short.items()
    }


def rows_of(buttons: Sequence[Button], *, most: int) -> list[Row]:
    """Buttons in as many rows as suit their labels, `most` at most, with five in a row at most."""
    wide = any(wcswidth(each.label) > _NARROW for each in buttons)
    abreast = 2 if wide else 3
    while len(buttons) > abreast * most and abreast < 5:
        abreast += 1
    return [list(buttons[at : at + abreast]) for at in range(0, len(buttons), abreast)][:most]


def _is_open(label: ItemLabel, booth: Booth) -> bool:
    """Whether something can still be said of a label: also of a rejected one, if members did it."""
    return label.status is not LabelStatus.REJECTED or booth.tally(label.path) != Tally()


def _counted(words: str, count: int) -> str:
    return f"{words} {count}" if count else words


def _none_fits(item: Item, booth: Booth, texts: Texts, *, page: int | None = None) -> Button:
    words = _counted(texts.say("button-none-fits"), booth.ballot.none_fits.for_)
    does = f"nonefits {item.number}"
    return Button(words, does if page is None else _opened(does, booth, page))


def _opened(does: str, booth: Booth, page: int) -> str:
    """The command of a button of the choices: they stay open at their page when it is pressed."""
    return does if booth.is_typed else f"{does} open:{page}"


# ── commands ─────────────────────────────────────────────────────────────────────────────────────


def key_of(path: str) -> str:
    """A label's key in buttons: the same as long as its path is."""
    return hashlib.blake2s(path.encode()).hexdigest()[:8]


def _vote(item: Item, path: LabelPath, *, is_for: bool) -> str:
    return f"vote {item.number} {'y' if is_for else 'n'} {key_of(path)}"


def _written(
    item: Item,
    path: LabelPath,
    is_for: bool,
    booth: Booth,
    page: int,
    taxonomy: Taxonomy,
    texts: Texts,
) -> str:
    """The command of a voice, as a button of the choices bears it or as people would type it."""
    if not booth.is_typed:
        return _opened(_vote(item, path, is_for=is_for), booth, page)
    return f"vote {item.number} {'' if is_for else '-'}{typed(path, taxonomy, texts)}"


def typed(path: LabelPath, taxonomy: Taxonomy, texts: Texts) -> str:
    """What to type so that a label is found: its name if that is enough, else its path."""
    called = labels.name(path, taxonomy, texts)
    try:
        return called if taxonomy.find(called).path == path else str(path)
    except UnknownLabel:  # several are called so
        return str(path)
