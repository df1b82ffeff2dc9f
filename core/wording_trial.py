"""A trial of wordings: on which texts, what is to be asked of them, and the asking.

Each dimension is tried in each language, on the texts that are complete for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from core.domain import LabelPath, Language
from core.labelled import LabelledText
from core.metrics import Truth
from core.ports import Entailer
from core.taxonomy import Dimension, Label, Taxonomy
from core.wording import Wording, dimension_wordings, label_wordings

FEWEST_TEXTS = 20
"""With fewer texts, a half has nothing to say."""

FEW = 10
"""With fewer examples, nothing is said about a label of its own: a half would hold a handful."""

QUESTIONS_AT_ONCE = 256  # a slow model answers these within some ten seconds

Questions = Mapping[LabelPath, str]
"""Of each label, as what it is asked about."""

Answers = Mapping[tuple[str, str], float]
"""Probabilities by (premise, hypothesis)."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class View:
    """A dimension in a language, with the texts that say what is right in it.

    Attributes:
        dimension: without children that no text is an example of.
        texts, premises: n texts and what the model is to read of each.
        labels: the k labels of the dimension, parents before children.
        truth: shape (n, k): which labels hold.
    """

    dimension: Dimension
    language: Language
    texts: tuple[LabelledText, ...]
    premises: tuple[str, ...]
    labels: tuple[Label, ...]
    truth: Truth

    @cached_property
    def examples(self) -> Mapping[LabelPath, int]:
        """How many texts each label holds for."""
        counts: list[int] = self.truth.sum(axis=0).tolist()
        return {label.path: count for label, count in zip(self.labels, counts, strict=True)}


@dataclass(frozen=True)
class Trial:
    """A view and all that is to be asked: wordings of the dimension (the present one first), and of
    each label that has examples enough."""

    view: View
    wordings: tuple[Wording, ...]
    by_label: Mapping[LabelPath, tuple[Wording, ...]]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every (premise, hypothesis) that is needed; some more than once."""
        questions = dict.fromkeys(
            question
            for wording in (*self.wordings, *(w for each in self.by_label.values() for w in each))
            for question in wording.questions.values()
        )
        return ((premise, each) for premise in self.view.premises for each in questions)


# ── before asking ─────────────────────────────────────────────────────────────────────────────────


def views(
    taxonomy: Taxonomy,
    texts: Sequence[LabelledText],
    premises: Sequence[str],
    languages: Sequence[Language],
) -> list[View]:
    """Sort labelled texts by dimension and language; what has too few texts is there as well.

    Args:
        taxonomy: all of its dimensions are looked at.
        texts, premises, languages: of each of n texts, what is read and in which language it is
            asked about.
    """
    found = []
    for dimension in taxonomy.dimensions:
        for language in dict.fromkeys(languages):
            here = [
                place
                for place, text in enumerate(texts)
                if dimension.id in text.dimensions and languages[place] == language
            ]
            if not here:
                continue
            held = frozenset(path for place in here for path in texts[place].labels)
            seen = replace(dimension, labels=_with_examples(dimension.labels, held, top=True))
            labels = tuple(Taxonomy(dimensions=(seen,)).walk())
            truth = np.array([[each.path in texts[at].labels for each in labels] for at in here])
            found.append(
                View(
                    dimension=seen,
                    language=language,
                    texts=tuple(texts[place] for place in here),
                    premises=tuple(premises[place] for place in here),
                    labels=labels,
                    truth=truth,
                )
            )
    return found


def is_enough(view: View) -> bool:
    """Whether anything can be said: enough texts, and a label with enough examples."""
    return len(view.texts) >= FEWEST_TEXTS and max(view.examples.values()) >= FEW


def plan(view: View, *, taxonomy: Taxonomy, templates: Sequence[str] = ()) -> Trial:
    """Say what is to be asked.

    Args:
        view: with enough texts and examples.
        taxonomy: its own.
        templates: sentences with {label} in its language, tried besides those of the house.
    """
    present, *others = dimension_wordings(
        view.dimension,
        view.labels,
        taxonomy=taxonomy,
        language=view.language,
        templates=templates,
    )
    seen = [path for path, count in view.examples.items() if count]
    return Trial(
        view=view,
        wordings=(
            present,
            # one that asks the same about every label with examples can show nothing
            *(e for e in others if any(e.questions[p] != present.questions[p] for p in seen)),
        ),
        by_label={
            label.path: tuple(
                label_wordings(
                    label, dimension=view.dimension, language=view.language, templates=templates
                )
            )
            for label in view.labels
            if view.examples[label.path] >= FEW
        },
    )


# ── asking ────────────────────────────────────────────────────────────────────────────────────────


def ask(
    entailer: Entailer,
    pairs: Iterable[tuple[str, str]],
    *,
    on_progress: Progress = lambda _done, _total: None,
) -> Answers:
    """Ask each distinct (premise, hypothesis) once.

    Raises:
        ModelUnavailable: as the entailer does.
    """
    # of one text at a time, by length: whoever batches finds equals together
    distinct = sorted(dict.fromkeys(pairs), key=lambda pair: (len(pair[0]), pair[0]))
    answers: dict[tuple[str, str], float] = {}
    for start in range(0, len(distinct), QUESTIONS_AT_ONCE):
        batch = distinct[start : start + QUESTIONS_AT_ONCE]
        answers.update(zip(batch, entailer.entail(batch), strict=True))
        on_progress(len(answers), len(distinct))
    return answers


# ── helpers ───────────────────────────────────────────────────────────────────────────────────────


def _with_examples(
    labels: Sequence[Label], held: frozenset[LabelPath], *, top: bool = False
) -> tuple[Label, ...]:
    """Siblings compete, so a group stays whole if any of it has an example, and else goes."""
    if not top and not any(label.path in held for label in labels):
        return ()
    return tuple(replace(label, children=_with_examples(label.children, held)) for label in labels)
