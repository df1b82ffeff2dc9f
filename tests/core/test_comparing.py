"""Ways that learn are compared on what none of them has read, with as many examples each."""

from collections.abc import Sequence

import pytest

from core.comparing import Comparison, compare_ways
from core.domain import Document
from core.errors import BadExamples
from core.evaluation import Documents, Said
from core.labelled import LabelledText
from core.learners import Fixed, HeadLearner, RememberingEmbedder, Shown, ShownLearner, TunedLearner
from core.models.heads import Cascade, Flat, Forest, Sequences
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY
from tests.fakes.models import FakeAnnotator, FakeEmbedder

TREE = parse(TAXONOMY)
FOREST = Forest.of(TREE)
KINDS = [
    ("wages for migrant helpers from abroad {}", ("topic/labour", "topic/labour/migrant")),
    ("strike for shorter hours at the factory {}", ("topic/labour",)),
    ("river and forest and birds {}", ("topic/environment",)),
    ("recipe for soup with noodles {}", ()),
]
TEXTS = [
    LabelledText(
        str(number), KINDS[number % 4][0].format(f"n{number}"), None, "en",
        frozenset(KINDS[number % 4][1]), frozenset({"topic"}),
    )
    for number in range(80)
]  # fmt: skip
DOCUMENTS = [(Document(text=each.text, title=None, language="en"), None) for each in TEXTS]


class Silent:
    """Finds nothing, ever."""

    at_once = 100

    def label(self, documents: Documents) -> Said:
        return Said("silent@1", [frozenset()] * len(documents))


class Spy:
    """Writes down what it is given, and finds nothing."""

    def __init__(self) -> None:
        self.learnt: list[list[str]] = []
        self.labelled: set[str] = set()
        self.at_once = 100

    def learn(self, texts: Sequence[LabelledText], documents: Documents, *, seed, on_progress):
        assert [each.text for each in texts] == [document.text for document, _ in documents]
        self.learnt.append([each.text for each in texts])
        return self

    def label(self, documents: Documents) -> Said:
        self.labelled |= {document.text for document, _ in documents}
        return Said("spy@1", [frozenset()] * len(documents))


def head(make: type) -> HeadLearner:
    return HeadLearner(make.__name__.lower(), make, FOREST, FakeEmbedder())


def compared(*, shots: Sequence[int] = (0, 8), **learners: object) -> Comparison:
    return compare_ways(learners, TEXTS, DOCUMENTS, taxonomy=TREE, shots=shots, times=200)


@pytest.mark.parametrize("make", [Flat, Cascade, Sequences])
def test_a_head_beats_silence(make):
    """Beyond noise, in every figure of labels; without examples there is no head."""
    found = compared(head=head(make), silent=Fixed(Silent()))
    (first,) = [each for each in found.points if each.way == "head"]

    assert (first.shots, first.learnt) == (8, 32.0)
    assert float(first.measured.whole["hierarchical_f1"].value) > 0.9
    assert first.measured.whole["calibration_error"].value < 0.2
    assert first.model == f"{make.__name__.lower()}@1/fake-embedder@1"
    assert found.contests == ()  # silence cannot learn, and has no point there


def test_nothing_that_is_measured_on_is_learnt_from():
    """Three draws of each number, which differ; the labels of what is measured are never shown."""
    spy = Spy()

    found = compared(spy=spy, shots=(0, 2, 4))

    read = {text for learnt in spy.learnt for text in learnt}
    assert read.isdisjoint(spy.labelled)
    assert [len(learnt) for learnt in spy.learnt] == [0, *[8] * 3, *[16] * 3]
    assert len({tuple(learnt) for learnt in spy.learnt}) == 7
    assert found.measured == len(spy.labelled)
    assert found.learnable + found.measured == len(TEXTS)


def test_the_first_way_is_compared_with_each_other():
    """With the same number of examples, on the same texts, in each dimension, too."""
    found = compared(flat=head(Flat), spy=Spy(), cascade=head(Cascade))

    assert [(each.way, each.against, each.shots) for each in found.contests] == [
        ("flat", "spy", 8), ("flat", "cascade", 8),
    ]  # fmt: skip
    against_spy = found.contests[0]
    assert against_spy.gains["micro_f1"].is_beyond_noise
    assert against_spy.dimensions["topic"]["micro_f1"] == against_spy.gains["micro_f1"]


def test_a_number_of_shots_that_draws_nothing_new_is_left_out():
    """Where all texts are drawn already, another round would only say the same."""
    found = compared(flat=head(Flat), shots=(16, 64, 256))

    assert [each.shots for each in found.points] == [16]


def test_the_way_is_told_with_how_far_it_has_come():
    """Learning and labelling both move it on, to the end."""
    steps: list[tuple[str, int, int]] = []

    compare_ways(
        {"flat": head(Flat), "silent": Fixed(Silent())}, TEXTS, DOCUMENTS,
        taxonomy=TREE, shots=(0, 4), times=10, on_progress=lambda *step: steps.append(step),
    )  # fmt: skip

    for way in ("flat", "silent"):
        mine = [(done, total) for name, done, total in steps if name == way]
        assert mine == sorted(mine)
        assert mine[-1][0] == mine[-1][1] == 400


def test_the_same_seed_finds_the_same():
    """To the last digit, seconds aside."""
    one, two = (compared(sequence=head(Sequences), shots=(4,)) for _ in range(2))

    for name, sample in one.points[0].measured.whole.items():
        assert (sample.redrawn == two.points[0].measured.whole[name].redrawn).all()


def test_examples_are_shown_to_a_way_that_reads_them():
    """The most alike first; with their labels, and without any where there are none."""
    shown: list[Shown] = []
    learner = ShownLearner(lambda precedents: shown.append(precedents) or Silent(), FakeEmbedder())

    compared(llm=learner, shots=(0, 2))

    embedder = FakeEmbedder()
    (query,) = embedder.embed(["river and forest and birds"])
    assert shown[0].nearest(query, limit=2) == []
    best = shown[1].nearest(query, limit=2)
    assert [each.labels for each in best] == [("topic/environment",)] * 2


class Coach:
    """Makes an annotator that knows labels by name; refuses fewer than ten examples."""

    def __init__(self) -> None:
        self.seeds: list[int] = []

    def tune(self, texts: Sequence[LabelledText], documents: Documents, *, seed, on_progress):
        if len(texts) < 10:
            raise BadExamples("Too few.", reason="too-few")
        self.seeds.append(seed)
        on_progress(1, 1)
        return FakeAnnotator(version="tuned@1")


def test_entailment_is_asked_as_it_is_and_then_fine_tuned():
    """Each draw with a seed of its own; a number of examples that teaches nothing has no point."""
    coach = Coach()
    learner = TunedLearner(FakeAnnotator(version="plain@1"), coach, TREE, "en")

    found = compared(entailment=learner, flat=head(Flat), shots=(0, 1, 4))

    points = [(each.way, each.shots, each.model) for each in found.points]
    assert points[:2] == [("entailment", 0, "plain@1"), ("entailment", 4, "tuned@1")]
    assert len(set(coach.seeds)) == 3
    assert [(each.against, each.shots) for each in found.contests] == [("flat", 4)]


def test_each_text_is_embedded_once():
    """Whatever the draws and the ways; vectors are those of the embedder, in the order asked."""
    plain = FakeEmbedder()
    remembering = RememberingEmbedder(plain)
    ways = {name: HeadLearner(name, make, FOREST, remembering)
            for name, make in (("flat", Flat), ("cascade", Cascade))}  # fmt: skip

    compared(**ways, shots=(2, 8))

    assert len(plain.embedded) == len(set(plain.embedded)) <= len(TEXTS)
    texts = ["river", "soup", "river"]
    assert (remembering.embed(texts) == FakeEmbedder().embed(texts)).all()
    assert remembering.embed([]).shape == (0, plain.size)
