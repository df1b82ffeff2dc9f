"""Who wants a few questions every day, and when they had them; what there is to ask about."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.domain import DISCUSS, NONE_FITS, LabelPath, LabelStatus, MemberRef, Origin, State, Vote
from core.questions import Purpose, Question, Wish
from core.store.database import Database
from core.store.filters import is_one_of
from core.store.questions import question_of
from core.store.tables import (
    AnswerRow,
    ItemLabelRow,
    ItemRow,
    LabellingRow,
    ShareRow,
    VoteRow,
)
from core.store.tables_questions import DailyRow, QuestionRow
from core.store.votes import vote_of

NEAR = 9.0
"""By what factor a probability's odds may miss those of its threshold to be worth a look: what is
further off leaves less than half a bit of doubt (`core.choosing_questions.MIN_WORTH`)."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A label that is on an item, or nearly was; also one that people have decided.

    Attributes:
        item: its id.
        status: None if the label is not on the item.
        probability, threshold: of the newest labelling; None if that did not ask, or the answer was
            far from the threshold.
        origin: LLM if only a language model suggests it.
    """

    item: int
    path: LabelPath
    status: LabelStatus | None = None
    probability: float | None = None
    threshold: float | None = None
    origin: Origin = Origin.ENTAILMENT


class Dailies:
    """Reads and writes wishes, and looks for what they can be granted with."""

    _database: Database

    def wish(self, community_id: int, member: MemberRef) -> Wish | None:
        """What a member wants of a community; None if they never said."""
        with self._database.reading() as session:
            row = session.get(DailyRow, (community_id, member.platform, member.id))
            return None if row is None else _wish(row)

    def wishes(self) -> list[tuple[int, MemberRef, Wish]]:
        """Everybody who wants questions now, of every community, as community's id, member and
        wish."""
        found = select(DailyRow).where(col(DailyRow.is_on))
        ordered = found.order_by(
            col(DailyRow.community_id), col(DailyRow.platform), col(DailyRow.member)
        )
        with self._database.reading() as session:
            return [
                (row.community_id, MemberRef(row.platform, row.member), _wish(row))
                for row in session.exec(ordered)
            ]

    def wishes_of(self, member: MemberRef) -> list[tuple[int, Wish]]:
        """What a member said to each community, by its id."""
        found = select(DailyRow).where(
            col(DailyRow.platform) == member.platform, col(DailyRow.member) == member.id
        )
        with self._database.reading() as session:
            rows = session.exec(found.order_by(col(DailyRow.community_id)))
            return [(row.community_id, _wish(row)) for row in rows]

    def set_wish(self, community_id: int, member: MemberRef, wish: Wish) -> None:
        """Keep what a member wants."""
        with self._database.transaction() as session:
            row = _row(session, community_id, member)
            row.is_on = wish.is_on
            row.at = wish.at.hour * 60 + wish.at.minute
            row.given_on = wish.given_on

    def daily_given(self, community_id: int, member: MemberRef, day: date | None) -> None:
        """A member needs no more questions on a day; None: they do. Without a wish, nothing is
        kept."""
        with self._database.transaction() as session:
            row = session.get(DailyRow, (community_id, member.platform, member.id))
            if row is not None:
                row.given_on = day

    # ── what there is to ask about ───────────────────────────────────────────────────────────────

    def doubtful(self, community_id: int, *, newest: int) -> list[Doubtful]:
        """What people might be asked about: labels of finished items that are on them, or were
        refused by little; with those that people have decided, from which others follow.

        Args:
            newest: of so many items, the newest ones; what is disputed, of all.
        """
        with self._database.reading() as session:
            ids = _newest_items(session, community_id, newest)
            near = {(item, path): rest for item, path, *rest in _near(session, ids)}
            rows = {(row.item_id, row.path): row for row in _labels(session, community_id, ids)}
        found = []
        for item, path in dict.fromkeys((*rows, *near)):
            row = rows.get((item, path))
            probability, threshold = near.get((item, path), (None, None))
            found.append(
                Doubtful(
                    item,
                    LabelPath(path),
                    status=None if row is None else LabelStatus(row.status),
                    probability=probability,
                    threshold=threshold,
                    origin=Origin.ENTAILMENT if row is None else Origin(row.origin),
                )
            )
        return found

    def votes_on(self, items: Collection[int]) -> list[tuple[int, Vote]]:
        """Every vote on some items, with the item's id, oldest first."""
        found = select(VoteRow).where(is_one_of(VoteRow.item_id, items)).order_by(col(VoteRow.at))
        with self._database.reading() as session:
            return [(row.item_id, vote_of(row)) for row in session.exec(found)]

    def votes_since(self, community_id: int, moment: datetime) -> list[tuple[int, Vote]]:
        """Votes on labels that were cast in a community since a moment, with the item's id."""
        found = select(VoteRow).where(
            col(VoteRow.community_id) == community_id,
            col(VoteRow.at) >= moment,
            col(VoteRow.path).not_in([NONE_FITS, DISCUSS]),
        )
        with self._database.reading() as session:
            return [(row.item_id, vote_of(row)) for row in session.exec(found)]

    def owners_of(self, items: Collection[int]) -> dict[int, frozenset[MemberRef]]:
        """Who handed some items in, by the item's id."""
        rows = select(ShareRow.item_id, ShareRow.member_platform, ShareRow.member).where(
            is_one_of(ShareRow.item_id, items)
        )
        found: dict[int, set[MemberRef]] = defaultdict(set)
        with self._database.reading() as session:
            for item_id, platform, member in session.exec(rows):
                found[item_id].add(MemberRef(platform, member))
        return {item_id: frozenset(members) for item_id, members in found.items()}

    def questions_about(self, items: Collection[int], purpose: Purpose) -> list[Question]:
        """What anybody was ever asked about some items for a purpose."""
        found = select(QuestionRow).where(
            is_one_of(QuestionRow.item_id, items), col(QuestionRow.purpose) == purpose
        )
        with self._database.reading() as session:
            return [question_of(row) for row in session.exec(found)]

    def decisions_by_label(self, community_id: int) -> dict[LabelPath, int]:
        """On how many items of a community members' votes decided each label."""
        voted = select(VoteRow.item_id).where(
            col(VoteRow.item_id) == col(ItemLabelRow.item_id),
            col(VoteRow.path) == col(ItemLabelRow.path),
        )
        counted = (
            select(ItemLabelRow.path, func.count())
            .where(
                col(ItemLabelRow.community_id) == community_id,
                col(ItemLabelRow.status).in_([LabelStatus.CONFIRMED, LabelStatus.REJECTED]),
                voted.exists(),
            )
            .group_by(col(ItemLabelRow.path))
        )
        with self._database.reading() as session:
            return {LabelPath(path): number for path, number in session.exec(counted)}


def _newest_items(session: Session, community_id: int, most: int) -> list[int]:
    found = session.exec(
        select(ItemRow.id)
        .where(col(ItemRow.community_id) == community_id, col(ItemRow.state) == State.DONE)
        .order_by(col(ItemRow.id).desc())
        .limit(most)
    )
    return [each for each in found if each is not None]


def _near(session: Session, items: Sequence[int]) -> Iterator[tuple[int, str, float, float]]:
    """The answers of the newest labellings that were near their thresholds, as item, label,
    probability and threshold."""
    newest = (
        select(func.max(LabellingRow.id))
        .where(
            is_one_of(LabellingRow.item_id, items),
            col(LabellingRow.origin) == Origin.ENTAILMENT,
        )
        .group_by(col(LabellingRow.item_id))
    )
    given, needed = col(AnswerRow.probability), col(AnswerRow.threshold)
    for_, against = given * (1 - needed), needed * (1 - given)  # their ratio is that of the odds
    yield from session.exec(
        select(LabellingRow.item_id, AnswerRow.path, AnswerRow.probability, AnswerRow.threshold)
        .join(AnswerRow, col(AnswerRow.labelling_id) == col(LabellingRow.id))
        .where(col(LabellingRow.id).in_(newest), for_ * NEAR >= against, against * NEAR >= for_)
    )


def _labels(session: Session, community_id: int, items: Sequence[int]) -> Sequence[ItemLabelRow]:
    """The labels of some items, and the disputed ones of all."""
    is_disputed = col(ItemLabelRow.status) == LabelStatus.DISPUTED
    return session.exec(
        select(ItemLabelRow).where(
            col(ItemLabelRow.community_id) == community_id,
            is_disputed | is_one_of(ItemLabelRow.item_id, items),
        )
    ).all()


def _row(session: Session, community_id: int, member: MemberRef) -> DailyRow:
    row = session.get(DailyRow, (community_id, member.platform, member.id))
    if row is None:
        row = DailyRow(
            community_id=community_id, platform=member.platform, member=member.id, is_on=False, at=0
        )
        session.add(row)
    return row


def _wish(row: DailyRow) -> Wish:
    return Wish(row.is_on, time(row.at // 60, row.at % 60), row.given_on)
