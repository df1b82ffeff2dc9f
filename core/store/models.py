"""Versions of communities' models, and what they may learn from."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.domain import ChatRef, LabelStatus, State
from core.model_versions import (
    Cause,
    Lessons,
    ModelVersion,
    Report,
    VersionState,
    lessons_of,
    report_of,
)
from core.store.database import Database
from core.store.tables import GivenRow, ItemLabelRow, ItemRow, MemberRow, ShareRow
from core.store.tables_decisions import DecisionRow
from core.store.tables_models import ModelVersionRow


class Models:
    """Keeps account of versions; of each community at most one is live."""

    _database: Database

    # ── what may be learnt ───────────────────────────────────────────────────────────────────────

    def teachable(self, community_id: int) -> list[int]:
        """The ids of finished items whose labels a model may learn from, in order.

        People decided something about them and nothing is disputed; and they are published, or
        everybody who handed them in lets models learn from their own words.
        """
        rows = (
            _readable(community_id)
            .where(
                _decided(),
                ~_has(LabelStatus.DISPUTED),
                or_(
                    col(ItemRow.none_fits).is_(None),
                    col(ItemRow.none_fits) != LabelStatus.DISPUTED,
                ),
            )
            .order_by(col(ItemRow.id))
        )
        return self._ids(rows)

    def readable(self, community_id: int, *, undecided: int | None = None) -> list[int]:
        """The ids of finished items whose texts a model may learn from, newest first.

        Args:
            undecided: only so many, and only those about which nobody decided anything.
        """
        rows = _readable(community_id).order_by(col(ItemRow.id).desc())
        if undecided is not None:
            rows = rows.where(~_decided()).limit(undecided)
        return self._ids(rows)

    def finished(self, community_id: int, *, limit: int) -> list[int]:
        """The ids of the newest finished items, newest first."""
        rows = (
            select(ItemRow.id)
            .where(col(ItemRow.community_id) == community_id, col(ItemRow.state) == State.DONE)
            .order_by(col(ItemRow.id).desc())
            .limit(limit)
        )
        return self._ids(rows)

    def _ids(self, rows: SelectOfScalar[Any]) -> list[int]:
        with self._database.reading() as session:
            return [each for each in session.exec(rows) if each is not None]

    def newest_decision(self, community_id: int) -> int:
        """The id of the newest line of the decision log; 0 if there is none."""
        with self._database.reading() as session:
            found = select(func.max(DecisionRow.id)).where(
                col(DecisionRow.community_id) == community_id
            )
            return session.exec(found).one() or 0

    def decided_since(self, community_id: int, decision: int) -> int:
        """About how many items people decided anything after a line of the decision log."""
        found = select(func.count(func.distinct(col(DecisionRow.item_id)))).where(
            col(DecisionRow.community_id) == community_id,
            col(DecisionRow.id) > decision,
            col(DecisionRow.after).in_([LabelStatus.CONFIRMED, LabelStatus.REJECTED]),
        )
        with self._database.reading() as session:
            return session.exec(found).one()

    # ── versions ─────────────────────────────────────────────────────────────────────────────────

    def add_model(
        self,
        community_id: int,
        *,
        state: VersionState,
        cause: Cause,
        lessons: Lessons,
        at: datetime,
        where: ChatRef | None = None,
    ) -> ModelVersion:
        """The next version of a community's model begins."""
        with self._database.transaction() as session:
            newest = session.exec(
                select(func.max(ModelVersionRow.number)).where(
                    col(ModelVersionRow.community_id) == community_id
                )
            ).one()
            row = ModelVersionRow(
                community_id=community_id,
                number=(newest or 0) + 1,
                state=state,
                cause=cause,
                begun_at=at,
                lessons=asdict(lessons),
                platform=None if where is None else where.platform,
                chat=None if where is None else where.chat,
                thread=None if where is None else where.thread,
            )
            session.add(row)
            session.flush()
            return _version(row)

    def models(self, community_id: int) -> list[ModelVersion]:
        """All versions of a community's model, oldest first."""
        rows = (
            select(ModelVersionRow)
            .where(col(ModelVersionRow.community_id) == community_id)
            .order_by(col(ModelVersionRow.number))
        )
        with self._database.reading() as session:
            return [_version(row) for row in session.exec(rows)]

    def models_in(self, states: Sequence[VersionState]) -> list[ModelVersion]:
        """The versions of all communities that stand so, oldest first."""
        rows = (
            select(ModelVersionRow)
            .where(col(ModelVersionRow.state).in_(states))
            .order_by(col(ModelVersionRow.id))
        )
        with self._database.reading() as session:
            return [_version(row) for row in session.exec(rows)]

    def live_model(self, community_id: int) -> int | None:
        """The number of the live version; None: the model of the settings is in use."""
        with self._database.reading() as session:
            return session.exec(
                select(ModelVersionRow.number).where(
                    col(ModelVersionRow.community_id) == community_id,
                    col(ModelVersionRow.state) == VersionState.LIVE,
                )
            ).first()

    def model_is(
        self,
        version_id: int,
        state: VersionState,
        *,
        at: datetime | None = None,
        model: str | None = None,
        report: Report | None = None,
        failure: str | None = None,
    ) -> None:
        """A version has come to stand otherwise.

        Args:
            at: when it was finished, if it is.
            model, report, failure: what is known of it now; None: what was known before.
        """
        with self._database.transaction() as session:
            row = session.get_one(ModelVersionRow, version_id)
            row.state = state
            row.finished_at = at or row.finished_at
            row.model = model or row.model
            row.report = asdict(report) if report is not None else row.report
            row.failure = failure or row.failure

    def model_learns(self, version_id: int, lessons: Lessons) -> None:
        """What a version learns from is otherwise than when it began."""
        with self._database.transaction() as session:
            session.get_one(ModelVersionRow, version_id).lessons = asdict(lessons)

    def put_live(
        self, community_id: int, number: int | None, *, at: datetime, goes_back: bool = False
    ) -> None:
        """Let a version be live, and the one before no longer.

        Args:
            number: None: the model of the settings.
            goes_back: what was live before is not what a later going back leads to.
        """
        with self._database.transaction() as session:
            rows = session.exec(
                select(ModelVersionRow).where(col(ModelVersionRow.community_id) == community_id)
            ).all()
            before = next((row for row in rows if row.state == VersionState.LIVE), None)
            if before is not None:
                before.state = VersionState.RETIRED
            for row in rows:
                if row.number == number:
                    row.state = VersionState.LIVE
                    row.live_at = at
                    if not goes_back:
                        row.replaces = None if before is None else before.number


def forget_who_asked(session: Session, where: ChatRef) -> None:
    """A chat is gone: the end of what it asked for is told elsewhere."""
    _asked_in(session, where, platform=None, chat=None, thread=None)


def move_who_asked(session: Session, old: ChatRef, new: ChatRef) -> None:
    """A chat has moved."""
    _asked_in(session, old, platform=new.platform, chat=new.chat)


def _asked_in(session: Session, where: ChatRef, **values: str | None) -> None:
    session.execute(
        update(ModelVersionRow)
        .where(
            col(ModelVersionRow.platform) == where.platform,
            col(ModelVersionRow.chat) == where.chat,
        )
        .values(**values)
    )


def _version(row: ModelVersionRow) -> ModelVersion:
    assert row.id is not None
    where = None
    if row.platform is not None and row.chat is not None:
        where = ChatRef(row.platform, row.chat, row.thread)
    lessons: Mapping[str, Any] = row.lessons
    return ModelVersion(
        id=row.id,
        community=row.community_id,
        number=row.number,
        state=VersionState(row.state),
        cause=Cause(row.cause),
        begun_at=row.begun_at,
        lessons=lessons_of(lessons),
        model=row.model,
        finished_at=row.finished_at,
        live_at=row.live_at,
        replaces=row.replaces,
        report=None if row.report is None else report_of(row.report),
        where=where,
        failure=row.failure,
    )


def _readable(community_id: int) -> SelectOfScalar[Any]:
    """Ids of finished items that are published, or whose members all let models learn from their
    own words."""
    shared = exists().where(col(ShareRow.item_id) == col(ItemRow.id))
    consents = exists().where(
        col(MemberRow.platform) == col(ShareRow.member_platform),
        col(MemberRow.member) == col(ShareRow.member),
        col(MemberRow.may_train),
    )
    unasked = exists().where(col(ShareRow.item_id) == col(ItemRow.id), ~consents)
    published = or_(col(GivenRow.kind) == "link", col(GivenRow.url).is_not(None))
    return (
        select(ItemRow.id)
        .join(GivenRow, col(GivenRow.item_id) == col(ItemRow.id))
        .where(
            col(ItemRow.community_id) == community_id,
            col(ItemRow.state) == State.DONE,
            or_(published, and_(shared, ~unasked)),
        )
    )


def _decided() -> Any:
    """Whether people decided anything about an item."""
    return or_(
        _has(LabelStatus.CONFIRMED, LabelStatus.REJECTED),
        and_(col(ItemRow.none_fits).is_not(None), col(ItemRow.none_fits) == LabelStatus.CONFIRMED),
    )


def _has(*statuses: LabelStatus) -> Any:
    return exists().where(
        col(ItemLabelRow.item_id) == col(ItemRow.id), col(ItemLabelRow.status).in_(statuses)
    )
