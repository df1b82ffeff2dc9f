"""Texts that nobody labelled: shared out among labels, and labels move to where they lie."""

import numpy as np

from core.domain import LabelPath
from core.models.finetune.unlabelled import drawn, families, shares

HIDDEN, SCALE = 32, 14.0
SIBLINGS = [(None, [0, 1, 2])]


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def world(counts: tuple[int, ...], *, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Texts about three things, hypotheses that lie beside them, and what each text is about."""
    random = np.random.default_rng(seed)
    places = random.normal(size=(len(counts), HIDDEN))
    about = np.repeat(np.arange(len(counts)), counts)
    texts = unit(places[about] + 1.5 * random.normal(size=(len(about), HIDDEN)))
    return texts, unit(places + 1.5 * random.normal(size=places.shape)), about


def right(counts: tuple[int, ...], *, weight: float, measured: int = 200) -> float:
    """Share of other texts whose likeliest label is right, over several worlds."""
    found = []
    for seed in range(12):
        texts, hypotheses, about = world((*(each + measured for each in counts),), seed=seed)
        taught = np.concatenate(
            [np.flatnonzero(about == at)[:count] for at, count in enumerate(counts)]
        )
        rest = np.setdiff1d(np.arange(len(texts)), taught)
        said = SCALE * (texts[taught] @ hypotheses.T) - 6.0
        vectors, level = drawn(
            texts[taught], said.astype(float), SIBLINGS, scale=SCALE, weight=weight
        )
        logits = texts[rest] @ (hypotheses + vectors).T - level
        found.append(float((logits.argmax(1) == about[rest]).mean()))
    return float(np.mean(found))


def test_siblings_are_told_with_their_parents():
    """In every dimension, parents before children."""
    paths = [LabelPath(each) for each in ("a/x", "a/x/1", "a/x/2", "a/y", "b/z")]

    assert list(families(paths)) == [(None, [0, 3]), (0, [1, 2]), (None, [4])]


def test_siblings_share_what_their_parent_got():
    """The likelier gets more; a text that none of them is about gives next to nothing."""
    siblings = [(None, [0, 3]), (0, [1, 2])]
    logits = np.array([[4.0, 1.0, 3.0, -6.0], [-9.0, 5.0, 5.0, -9.0]])

    share = shares(logits, siblings)

    assert share[0, 0] > 0.95
    assert share[0, 2] > share[0, 1] > share[0, 3]
    assert share[0, 1] + share[0, 2] < share[0, 0]
    assert share[1].max() < 0.01


def test_labels_move_to_where_their_texts_lie():
    """Hypotheses lie beside what they mean; texts show where it is, and the more the better."""
    before = right((40, 40, 40), weight=0.0)

    assert right((5, 5, 5), weight=1.0) > before
    assert right((40, 40, 40), weight=1.0) > right((5, 5, 5), weight=1.0)


def test_what_most_texts_are_about_is_still_recognised():
    """A collection is about something: that it is usual there does not make it less likely."""
    assert right((100, 10, 10), weight=1.0) > right((100, 10, 10), weight=0.0)


def test_few_texts_move_a_label_less_and_none_not_at_all():
    """One counts half as much as many, and a label that gets no text stays where it is."""
    one, other = unit(np.random.default_rng(1).normal(size=(2, HIDDEN)))

    def moved(times: int) -> np.ndarray:
        texts = np.stack([one, other] * times)
        said = np.array([[30.0, -30.0, -30.0], [-30.0, 30.0, -30.0]] * times)
        return drawn(texts, said, SIBLINGS, scale=SCALE, weight=1.0)[0]

    assert np.linalg.norm(moved(1)[0]) > 0.1
    assert np.allclose(moved(1)[:2] * 2, moved(9)[:2] / 0.9, atol=1e-3)
    assert np.abs(moved(9)[2]).max() < 1e-6
