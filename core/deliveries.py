"""What is sent once and only once: a delivery is known by its key, and written down before it goes.

A key names an occasion ("digest 7 2026-03-02"); with the place it is unique, so that no run of the
program, however it ended, can owe the same thing twice.
"""

from dataclasses import dataclass
from datetime import datetime

from core.domain import ChatRef


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that is owed to a place.

    Attributes:
        id: of the debt.
        community: about which.
        key: of the occasion.
        where: the place.
        since: when it was written down.
        body: what is to be said, as who sends it wrote it.
        sent: so many messages of it are there already.
    """

    id: int
    community: int
    key: str
    where: ChatRef
    since: datetime
    body: str
    sent: int = 0
