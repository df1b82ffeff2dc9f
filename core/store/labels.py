"""What models said about items, and the labels that items carry."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from core.domain import (
    Answer,
    ItemLabel,
    Labelling,
    LabelPath,
    LabelStatus,
    Language,
    Origin,
    Premise,
    State,
)
from core.store.database import Database
from core.store.filters import STANDING, is_one_of
from core.store.rows import get_item, id_of
from core.store.tables import AnswerRow, HypothesisRow, ItemLabelRow, ItemRow, LabellingRow

Position = Callable[[LabelPath], int]
"""Where a label stands in the taxonomy (`Taxonomy.position`)."""


class Labels:
    """Reads and writes labellings, and the labels that follow from them and from people."""

    _database: Database

    def labelling(self, item_id: int, *, origin: Origin = Origin.ENTAILMENT) -> Labelling | None:
        """What a kind of model said about an item last; None if it said nothing."""
        with self._database.reading() as session:
            row = _newest(session, item_id, origin)
            return None if row is None else _labelling(session, row)

    def labellings(self, item_id: int) -> list[Labelling]:
        """Everything that was ever said about an item, oldest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(LabellingRow)
                .where(col(LabellingRow.item_id) == item_id)
                .order_by(col(LabellingRow.id))
            ).all()
            return [_labelling(session, row) for row in rows]

    def label_counts(self, community_id: int) -> dict[LabelPath, int]:
        """How many finished items carry each label (suggested, confirmed or disputed)."""
        with self._database.reading() as session:
            counted = session.exec(
                select(ItemLabelRow.path, func.count())
                .join(ItemRow, col(ItemRow.id) == col(ItemLabelRow.item_id))
                .where(
                    col(ItemLabelRow.community_id) == community_id,
                    col(ItemLabelRow.status).in_(STANDING),
                    col(ItemRow.state) == State.DONE,
                )
                .group_by(col(ItemLabelRow.path))
            )
            return {LabelPath(path): number for path, number in counted}

    def scores(self, item_ids: Collection[int]) -> dict[int, dict[LabelPath, float]]:
        """Labels' scores, by the ids of items that have labels."""
        found: dict[int, dict[LabelPath, float]] = {}
        rows = select(ItemLabelRow.item_id, ItemLabelRow.path, ItemLabelRow.score)
        with self._database.reading() as session:
            for item_id, path, score in session.exec(
                rows.where(is_one_of(ItemLabelRow.item_id, item_ids))
            ):
                found.setdefault(item_id, {})[LabelPath(path)] = score
        return found

    def decided(
        self, community_id: int, *, embedded_with: str, most: int
    ) -> dict[LabelPath, list[int]]:
        """Finished items that carry a label for certain, by label.

        Args:
            embedded_with: only items that the vector index holds by this embedder.
            most: so many of a label at most, the newest ones.
        """
        newest = func.row_number().over(
            partition_by=col(ItemLabelRow.path), order_by=col(ItemLabelRow.item_id).desc()
        )
        ranked = (
            select(ItemLabelRow.path, ItemLabelRow.item_id, newest.label("rank"))
            .join(ItemRow, col(ItemRow.id) == col(ItemLabelRow.item_id))
            .where(
                col(ItemLabelRow.community_id) == community_id,
                col(ItemLabelRow.status) == LabelStatus.CONFIRMED,
                col(ItemRow.state) == State.DONE,
                col(ItemRow.embedded_with) == embedded_with,
            )
            .subquery()
        )
        found: dict[LabelPath, list[int]] = {}
        with self._database.reading() as session:
            rows = session.exec(
                select(ranked.c.path, ranked.c.item_id)
                .where(ranked.c.rank <= most)
                .order_by(ranked.c.path, ranked.c.rank)
            )
            for path, item_id in rows:
                found.setdefault(LabelPath(path), []).append(item_id)
        return found

    def add_labelling(
        self, item_id: int, labelling: Labelling, *, position: Position, at: datetime
    ) -> None:
        """Keep what a model said, and suggest the labels that follow from it.

        Labels that people have spoken about stay as they are, and take the new score of an
        entailment model; earlier suggestions of the same kind of model go. What a language model
        alone suggests is marked so, and stands beside the others.

        Args:
            position: where a label stands in the taxonomy.
        """
        with self._database.transaction() as session:
            add_labelling(session, get_item(session, item_id), labelling, position=position, at=at)

    def confirm(self, item_id: int, labels: Iterable[LabelPath], *, position: Position) -> None:
        """Put labels on an item that people gave it, closed under ancestors by the caller.

        A label that people rejected or dispute stays so: an older word does not overrule a newer.
        """
        with self._database.transaction() as session:
            confirm(session, get_item(session, item_id), labels, position=position)


def confirm(
    session: Session, item: ItemRow, labels: Iterable[LabelPath], *, position: Position
) -> None:
    """Confirm labels in the transaction of a session."""
    for path in labels:
        row = session.get(ItemLabelRow, (id_of(item), path))
        if row is None:
            label = ItemLabel(path, 1.0, LabelStatus.CONFIRMED)
            row = _label_row(item, label, position=position)
            session.add(row)
        elif row.status == LabelStatus.SUGGESTED:
            row.status = LabelStatus.CONFIRMED
        row.base = LabelStatus.CONFIRMED


def add_labelling(
    session: Session, item: ItemRow, labelling: Labelling, *, position: Position, at: datetime
) -> None:
    """Add a labelling and its suggestions in the transaction of a session."""
    row = LabellingRow(
        community_id=item.community_id,
        item_id=id_of(item),
        made_at=at,
        model=labelling.model,
        wording=labelling.wording,
        language=labelling.language,
        premise_kind=labelling.premise.kind,
        premise=labelling.premise.text,
        labels=[(label.path, label.score) for label in labelling.labels],
        origin=labelling.origin,
    )
    session.add(row)
    session.flush()
    _add_answers(session, row, labelling.answers)
    _suggest(session, item, labelling, position=position)


def _add_answers(session: Session, row: LabellingRow, answers: Sequence[Answer]) -> None:
    if not answers:
        return
    hypotheses = _hypotheses(session, row.community_id, {each.hypothesis for each in answers})
    session.execute(
        insert(AnswerRow),
        [
            {
                "labelling_id": row.id,
                "position": position,
                "community_id": row.community_id,
                "path": answer.path,
                "hypothesis_id": hypotheses[answer.hypothesis],
                "probability": answer.probability,
                "threshold": answer.threshold,
            }
            for position, answer in enumerate(answers)
        ],
    )


def _hypotheses(session: Session, community_id: int, texts: Collection[str]) -> dict[str, int]:
    """The ids of sentences, each kept once."""
    known = select(HypothesisRow.text, HypothesisRow.id).where(
        col(HypothesisRow.community_id) == community_id, is_one_of(HypothesisRow.text, texts)
    )
    ids = dict(session.exec(known).all())
    if missing := sorted(set(texts) - set(ids)):
        session.execute(
            insert(HypothesisRow),
            [{"community_id": community_id, "text": text} for text in missing],
        )
        ids = dict(session.exec(known).all())
    return {text: id_ for text, id_ in ids.items() if id_ is not None}


def _suggest(session: Session, item: ItemRow, labelling: Labelling, *, position: Position) -> None:
    """Let the suggestions be what the newest labelling of each origin says."""
    suggested = _suggestions(session, item)
    scores: dict[str, float] = {}
    if labelling.origin is Origin.ENTAILMENT:  # a language model's answers are no probabilities
        scores = {answer.path: answer.probability for answer in labelling.answers}
        scores |= {label.path: label.score for label in labelling.labels}
    rows = session.exec(select(ItemLabelRow).where(col(ItemLabelRow.item_id) == item.id)).all()
    settled = {row.path: row for row in rows if row.status != LabelStatus.SUGGESTED}
    for row in rows:
        if row.path not in settled:
            session.delete(row)
    session.flush()
    for path, row in settled.items():
        row.score = scores.get(path, row.score)
        if row.base != LabelStatus.CONFIRMED:
            row.base = LabelStatus.SUGGESTED if path in suggested else None
            row.origin = suggested[path].origin if path in suggested else Origin.ENTAILMENT
    for path, label in suggested.items():
        if path not in settled:
            row = _label_row(item, label, position=position)
            row.base = LabelStatus.SUGGESTED
            session.add(row)


def _suggestions(session: Session, item: ItemRow) -> dict[str, ItemLabel]:
    """The labels that follow from the newest labellings: those of entailment, then what a language
    model adds, with the score that entailment gave. What it said of another text counts no more."""
    entailed, opinion = (_newest(session, id_of(item), origin) for origin in Origin)
    suggested = {
        path: ItemLabel(LabelPath(path), score)
        for path, score in ([] if entailed is None else entailed.labels)
    }
    if opinion is None or (entailed is not None and opinion.premise != entailed.premise):
        return suggested
    scores: dict[str, float] = {}
    if entailed is not None:
        asked = select(AnswerRow.path, AnswerRow.probability)
        scores = dict(session.exec(asked.where(AnswerRow.labelling_id == entailed.id)).all())
    for path, _ in opinion.labels:
        label = ItemLabel(LabelPath(path), scores.get(path, 0.0), origin=Origin.LLM)
        suggested.setdefault(path, label)
    return suggested


def _newest(session: Session, item_id: int, origin: Origin) -> LabellingRow | None:
    return session.exec(
        select(LabellingRow)
        .where(col(LabellingRow.item_id) == item_id, col(LabellingRow.origin) == origin)
        .order_by(col(LabellingRow.id).desc())
    ).first()


def _label_row(item: ItemRow, label: ItemLabel, *, position: Position) -> ItemLabelRow:
    return ItemLabelRow(
        item_id=id_of(item),
        path=label.path,
        community_id=item.community_id,
        score=label.score,
        status=label.status,
        position=position(label.path),
        origin=label.origin,
    )


def _labelling(session: Session, row: LabellingRow) -> Labelling:
    answers = session.exec(
        select(AnswerRow, HypothesisRow.text)
        .join(HypothesisRow, col(HypothesisRow.id) == col(AnswerRow.hypothesis_id))
        .where(col(AnswerRow.labelling_id) == row.id)
        .order_by(col(AnswerRow.position))
    )
    return Labelling(
        premise=Premise(row.premise, cast("Literal['summary', 'text']", row.premise_kind)),
        language=cast("Language", row.language),
        model=row.model,
        wording=row.wording,
        answers=tuple(
            Answer(LabelPath(answer.path), text, answer.probability, answer.threshold)
            for answer, text in answers
        ),
        labels=tuple(ItemLabel(LabelPath(path), score) for path, score in row.labels),
        origin=Origin(row.origin),
    )
