"""Texts that people have labelled, from a file: what wordings, models and rules are measured on.

A line is an object with `id`, `text`, perhaps `title` and `lang` (BCP 47), and `labels`: paths. The
labels are complete for the dimensions that they name; a text without labels says that none fits, in
any dimension; `dimensions` (ids) may say otherwise. A line may also have `not`: paths of labels
that do not hold (with `not` and nothing else, nothing is said of other labels); and `story`: lines
with the same one tell of the same thing, and stay together where texts are divided.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from core.domain import Document, LabelPath
from core.errors import BadExamples, UnknownLabel
from core.jsonl import read_jsonl
from core.language import detect
from core.taxonomy import Taxonomy, ancestors, dimension_of


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with what is right about it.

    Attributes:
        language: BCP 47 as the file says; None if it does not.
        labels: with all their ancestors.
        dimensions: ids of those in which no label is missing.
        rejected: labels that do not hold, whatever is known of others.
        story: what the text tells of, as the file says; None if it does not.
    """

    id: str
    text: str
    title: str | None
    language: str | None
    labels: frozenset[LabelPath]
    dimensions: frozenset[str]
    rejected: frozenset[LabelPath] = frozenset()
    story: str | None = None

    def document(self, *, language: str | None = None) -> Document:
        """The text as a document, in its own language unless another is named; as it seems to be,
        if the file says nothing."""
        return Document(
            text=self.text,
            title=self.title,
            language=language or self.language or detect(self.text),
        )


def read_labelled(file: Path, taxonomy: Taxonomy) -> list[LabelledText]:
    """Read labelled texts and check them against a taxonomy.

    Raises:
        BadFile: the file cannot be read, or a line is not such an object.
        BadExamples: a label or dimension is not in the taxonomy, a line has no labels or no text,
            or there is no line at all.
    """
    texts = [_labelled(row, file=file, line=line, taxonomy=taxonomy) for line, row in _rows(file)]
    if not texts:
        raise BadExamples(
            f'{file} holds no text. Write one a line: {{"id": 1, "text": "…", "labels": ["…"]}}.',
            file=str(file),
            reason="empty",
        )
    return texts


def read_unlabelled(file: Path) -> list[LabelledText]:
    """Read texts of which nobody said anything: labels that a line may have are passed over.

    Raises:
        BadFile: the file cannot be read, or a line is not an object with `id` and `text`.
        BadExamples: a text is empty.
    """
    return [
        LabelledText(
            id=str(row["id"]),
            text=row["text"],
            title=_string(row.get("title")),
            language=_string(row.get("lang")),
            labels=frozenset(),
            dimensions=frozenset(),
            story=_string(row.get("story")),
        )
        for _, row in _rows(file)
    ]


def _bad(file: Path, line: int, reason: str, message: str, **facts: str) -> BadExamples:
    where = {"file": str(file), "line": str(line)}
    return BadExamples(f"{file}, line {line}: {message}", reason=reason, **where, **facts)


def _rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, row in read_jsonl(file, required=("id", "text")):
        if not row["text"].strip():
            message = "the text is empty. Leave the line out, or fill it in."
            raise _bad(file, line, "no-text", message)
        yield line, row


def _labelled(row: dict[str, Any], *, file: Path, line: int, taxonomy: Taxonomy) -> LabelledText:
    bad = partial(_bad, file, line)

    def listed(key: str, found: object) -> list[str]:
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return found
        said = json.dumps(found, ensure_ascii=False)
        raise bad(
            "no-labels",
            f'"{key}" is {said}; expected a list of texts, like ["topic/labour"]; [] if none fits.',
            found=f'"{key}": {said}',
        )

    def known_label(path: str) -> LabelPath:
        try:
            return taxonomy.label(path).path
        except UnknownLabel as error:
            near = str(error.facts.get("suggestions") or "")
            hint = f"Did you mean {near}?" if near else "Write its path, like topic/labour."
            raise bad(
                "unknown-label",
                f'there is no label "{path}" in the taxonomy. {hint}',
                found=path,
                suggestions=near,
            ) from error

    rejected = frozenset(known_label(path) for path in listed("not", row.get("not", [])))
    labels: set[LabelPath] = set()
    for path in listed("labels", row.get("labels", [] if rejected else None)):
        label = known_label(path)
        labels |= {label, *ancestors(label)}
    if both := sorted(labels & rejected):
        raise bad("contradiction", f'"{both[0]}" is in "labels" and in "not".', found=both[0])
    known = [dimension.id for dimension in taxonomy.dimensions]
    named = listed("dimensions", row.get("dimensions", []))
    for id_ in named:
        if id_ not in known:
            hint = f"Known are {', '.join(known)}."
            raise bad("unknown-dimension", f'there is no dimension "{id_}". {hint}', found=id_)
    return LabelledText(
        id=str(row["id"]),
        text=row["text"],
        title=_string(row.get("title")),
        language=_string(row.get("lang")),
        labels=frozenset(labels),
        dimensions=_complete(labels, named, () if rejected else known),
        rejected=rejected,
        story=_string(row.get("story")),
    )


def _complete(labels: Iterable[str], named: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The dimensions that labels or the line name; all, if neither names any."""
    told = {dimension_of(path) for path in labels} | set(named)
    return frozenset(told or known)


def _string(found: object) -> str | None:
    return found if isinstance(found, str) and found.strip() else None
