"""Pure rules: when people disagree on a label, what becomes of their discussion.

A discussion is about one label of one item. It goes

    queued -> open -> decided -> closed

and no step back: it is *queued* when votes split on a label or somebody asks to discuss, *open*
when it stands in a chat, *decided* when an editor ruled (now a sentence for the codebook is due),
and *closed* when that was accepted or declined, when an editor left the question open, or by itself
when the votes came to a clear decision. An item's label is discussed once at a time; a discussion
that is over begins anew only for votes that are newer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain import (
    DISCUSS,
    NONE_FITS,
    ChatRef,
    ItemLabel,
    LabelPath,
    LabelStatus,
    Language,
    MemberRef,
    MessageRef,
    Tally,
)
from core.taxonomy import ancestors

Verdict = Callable[[Tally], LabelStatus | None]
"""What the voices on one label decide by themselves."""


class Stage(StrEnum):
    """How far a discussion has come."""

    QUEUED = "queued"
    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What came of a discussion.

    RIGHT and WRONG are an editor's; LEFT: an editor put it away, and the label stays disputed;
    AGREED: the votes decide by themselves; DROPPED: nobody asks any more, or the label is gone;
    LOST: there is nowhere to hold it.
    """

    RIGHT = "right"
    WRONG = "wrong"
    LEFT = "left"
    AGREED = "agreed"
    DROPPED = "dropped"
    LOST = "lost"


class Trigger(StrEnum):
    """What began a discussion: votes that split, or somebody who asked for it."""

    SPLIT = "split"
    ASKED = "asked"


class Kind(StrEnum):
    """Where in a label's entry a sentence stands."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Discussion:
    """People talk about whether a label is right for an item.

    Attributes:
        item: the item's id.
        path: a label; `NONE_FITS`: whether any label fits.
        where: the chat and thread it is, or is to be, held in; None: wherever the item is shown.
        message: our message that it is held under; None before it is open.
        is_thread: `where` is a thread of its own.
        outcome: once decided or closed.
        sentence: the one that the codebook took from it, in the community's language.
        version: the codebook's version since then.
    """

    id: int
    community: int
    item: int
    path: LabelPath
    trigger: Trigger
    stage: Stage
    queued_at: datetime
    where: ChatRef | None = None
    message: MessageRef | None = None
    is_thread: bool = False
    outcome: Outcome | None = None
    sentence: str | None = None
    version: int | None = None
    closed_at: datetime | None = None

    @property
    def is_live(self) -> bool:
        """It is not over."""
        return self.stage is not Stage.CLOSED


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that somebody in a discussion would like to see in the codebook.

    Attributes:
        discussion: the discussion's id.
        language: of the text.
        member: whose it is.
    """

    id: int
    discussion: int
    kind: Kind
    language: Language
    text: str
    member: MemberRef
    at: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be done about an item's discussions.

    Attributes:
        begin: labels to be discussed from now on.
        decide: ids of open discussions that an editor's ruling decided, each with how.
        close: ids of discussions that are over by themselves, each with how.
    """

    begin: Mapping[LabelPath, Trigger]
    decide: Mapping[int, Outcome]
    close: Mapping[int, Outcome]


def follow(
    spoken: Mapping[LabelPath, datetime],
    *,
    labels: Sequence[ItemLabel],
    tallies: Mapping[LabelPath, Tally],
    verdict: Verdict,
    past: Sequence[Discussion],
    ruled: Mapping[LabelPath, bool],
    is_on: bool = True,
) -> Changes:
    """What votes, and what was decided from them, mean for an item's discussions.

    1. A ruling decides the open discussion of its label, and makes one that is queued needless.
    2. Others are over when their label is disputed no longer. One that somebody asked for about a
       label that was not disputed lasts as long as somebody asks and nothing was decided since.
    3. Each label on which votes split is to be discussed; of one line of the tree, the narrowest.
       (Labels that an import put beside each other are disputed, too, but nobody differs.)
    4. If there is none, and somebody asks, one label of the item is: see `in_question`.
    5. What was discussed before is discussed again only for votes that are newer.

    Args:
        spoken: when somebody last said something of each label of one item, and of `DISCUSS`;
            needed only if somebody asks, or something was discussed before (see `needs_spoken`).
        labels: of the item, as decided from the votes.
        tallies: the voices that count, also on `DISCUSS`.
        verdict: what the voices on one label decide.
        past: every discussion of the item.
        ruled: labels on which an editor's ruling is in force, and whether they are right.
        is_on: discussions may begin in this community.
    """
    statuses = {label.path: label.status for label in labels}
    disputed = {path for path, status in statuses.items() if status is LabelStatus.DISPUTED}
    shown = [path for path, status in statuses.items() if status is not LabelStatus.REJECTED]
    asks = tallies.get(DISCUSS, Tally()).for_ > 0
    none_fits = verdict(tallies.get(NONE_FITS, Tally())) is LabelStatus.CONFIRMED
    # 1., 2. what is under way
    decide: dict[int, Outcome] = {}
    close: dict[int, Outcome] = {}
    live: list[Discussion] = []
    for each in past:
        if each.stage is Stage.DECIDED:
            live.append(each)
        elif each.is_live and each.path in ruled:
            outcome = Outcome.RIGHT if ruled[each.path] else Outcome.WRONG
            (decide if each.stage is Stage.OPEN else close)[each.id] = outcome
            live.append(each)
        elif each.is_live:
            status = statuses.get(each.path)
            if each.path == NONE_FITS:  # a label that was put on the item answers it
                status = next(iter(statuses[path] for path in shown), None)
            over = _over(each, status, spoken, asks=asks, none_fits=none_fits)
            if over is None:
                live.append(each)
            else:
                close[each.id] = over
    # 3., 4. what is to begin
    if not is_on:
        return Changes({}, decide, close)
    talked = {each.path for each in live}
    split = [
        path
        for path in disputed
        if path not in ruled
        and _is_voiced(path, tallies)
        and not (asks and verdict(tallies.get(path, Tally())) is None)
    ]
    begin = {
        path: Trigger.SPLIT
        for path in _narrowest(split)
        if path not in talked and _is_new(path, spoken, past)
    }
    if asks and not (begin or split or live) and _is_new(DISCUSS, spoken, past):
        path = in_question(labels, tallies)
        if path not in ruled:
            begin[path] = Trigger.ASKED
    return Changes(begin, decide, close)


def needs_spoken(past: Iterable[Discussion]) -> bool:
    """Whether what follows depends on when something was said: some discussion is over, or was
    asked for."""
    return any(not each.is_live or each.trigger is Trigger.ASKED for each in past)


def in_question(labels: Sequence[ItemLabel], tallies: Mapping[LabelPath, Tally]) -> LabelPath:
    """The label that is meant by somebody who asks to discuss and does not say which.

    Of the narrowest labels that were not rejected, one that is not decided; of these the one that
    members agree on least, and then of which the model is least sure. An item without labels is
    asked about that: `NONE_FITS`.
    """
    shown = {label.path: label for label in labels if label.status is not LabelStatus.REJECTED}
    if not shown:
        return NONE_FITS

    def doubt(path: LabelPath) -> tuple[bool, int, float, LabelPath]:
        label, tally = shown[path], tallies.get(path, Tally())
        is_decided = label.status is LabelStatus.CONFIRMED
        return (is_decided, tally.for_ - tally.against, label.score, path)

    return min(_narrowest(shown), key=doubt)


def _over(
    discussion: Discussion,
    status: LabelStatus | None,
    spoken: Mapping[LabelPath, datetime],
    *,
    asks: bool,
    none_fits: bool,
) -> Outcome | None:
    """How a discussion that no ruling decided is over by itself; None: it is not.

    Args:
        status: of its label; None: the item does not have it.
        asks: somebody asks to discuss.
        none_fits: it was decided that no label fits.
    """
    if discussion.path == NONE_FITS:
        if none_fits:
            return Outcome.AGREED
        return None if asks and status is None else Outcome.DROPPED
    if status is LabelStatus.DISPUTED:
        return None
    if status is None or status is LabelStatus.SUGGESTED:
        return Outcome.DROPPED
    if discussion.trigger is Trigger.SPLIT or _said(
        discussion.path, spoken, since=discussion.queued_at
    ):
        return Outcome.AGREED
    return None if asks else Outcome.DROPPED


def _narrowest(paths: Iterable[LabelPath]) -> list[LabelPath]:
    """Those that no other one is below of, in their order."""
    paths = list(paths)
    above = {each for path in paths for each in ancestors(path)}
    return sorted(path for path in paths if path not in above)


def _is_new(
    path: LabelPath, spoken: Mapping[LabelPath, datetime], past: Iterable[Discussion]
) -> bool:
    """Whether somebody has said something of a label, or asked to discuss the item, since that was
    discussed before."""
    ends = [
        each.closed_at
        for each in past
        if each.closed_at is not None and path in (each.path, DISCUSS)
    ]
    return not ends or _said(path, spoken, since=max(ends))


def _said(path: LabelPath, spoken: Mapping[LabelPath, datetime], *, since: datetime) -> bool:
    """Whether there is a voice on a label, or on one above or below it, that is newer."""
    line = {path, *ancestors(path)}
    return any(at > since for each, at in spoken.items() if each in line or path in ancestors(each))


def _is_voiced(path: LabelPath, tallies: Mapping[LabelPath, Tally]) -> bool:
    """Whether anybody has said anything of a label, or of one above or below it."""
    return any(each in tallies for each in (path, *ancestors(path))) or any(
        path in ancestors(each) for each in tallies
    )
