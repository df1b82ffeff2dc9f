"""What ingesting is given and what it answers; callers import these values from `core.ingest`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from core.domain import Failure, Item
from core.errors import CommonplaceError, LaterError

MAX_ATTEMPTS = 3
"""How often a step is begun without an end. What kills the program three times is not tried again
by itself: it would kill it at every start."""


class Step(StrEnum):
    """What is being done to an item, for whoever waits for it."""

    FETCHING = "fetching"
    SUMMARISING = "summarising"
    LABELLING = "labelling"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was handed in is written down.

    Attributes:
        item: "known": as it stands, which may be failed or under way; "new": just received.
    """

    item: Item
    outcome: Literal["new", "known"]


@dataclass(frozen=True, slots=True)
class Finished:
    """Work on an item has come to an end.

    Attributes:
        item: as it stands now; "known": the item that it turned out to be.
        how: "new" and "same-story" are done; "failed" has a `failure`.
        like: for "same-story", the oldest other item that tells it.
        unknown_labels: labels of an import that the taxonomy does not know; they were left out.
    """

    item: Item
    how: Literal["new", "known", "same-story", "failed"]
    like: Item | None = None
    unknown_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One thing of a collection from elsewhere: an address, a text, or both.

    Attributes:
        url: where it is from.
        text: what it says; None: it has to be fetched.
        labels: paths or names; people gave them, so they are confirmed.
        external_id: its id there. Where there is one, it tells entries apart: the same text under
            two ids is two items of one story.
    """

    url: str | None = None
    title: str | None = None
    text: str | None = None
    published_on: date | None = None
    labels: tuple[str, ...] = ()
    external_id: str | None = None


def failure_of(error: Exception, *, during: Step, now: datetime) -> Failure:
    """An error as it is kept with the item.

    Of an error that is not ours only the type is kept: its message may quote people's words.
    """
    match error:
        case LaterError(retry_after_s=float() | int() as seconds):
            retry_at = now + timedelta(seconds=seconds)
            return Failure(error.code, error.message, dict(error.facts), retry_at)
        case CommonplaceError():
            return Failure(error.code, error.message, dict(error.facts))
        case _:
            message = f"{type(error).__name__} while {during.value}. See the log, then try again."
            return Failure(CommonplaceError.code, message, {"step": during.value})
