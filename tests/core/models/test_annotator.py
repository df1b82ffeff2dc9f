"""The entailment annotator asks few, well-worded questions and keeps every answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.choosing import Width
from core.domain import LabelPath, Premise
from core.labelling import PLAIN_RULE, Rule
from core.models.annotator import EntailmentAnnotator
from core.taxonomy import parse
from tests.fakes.models import FakeEntailer

FILE = """
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }
  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "勞工", en = "workers" }
    [[dimension.label.label]]
    id = "migrants"
    name = { zh-TW = "移工", en = "migrant workers" }
  [[dimension.label]]
  id = "energy"
  name = { zh-TW = "能源", en = "energy" }
    [[dimension.label.label]]
    id = "wind"
    name = { zh-TW = "風", en = "wind" }

[[dimension]]
id = "form"
choice = "one"
name = { en = "Form" }
hypothesis = { en = "This is about {label}." }
  [[dimension.label]]
  id = "news"
  name = { en = "news" }
"""
TAXONOMY = parse(FILE)
MIGRANTS = Premise(text="Migrant workers marched.", kind="summary")
WIND = Premise(text="Wind energy news.", kind="text")
BREAD = Premise(text="Bread recipes.", kind="text")


class CountingEntailer(FakeEntailer):
    """A fake that also counts how often it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    def entail(self, pairs):
        self.sizes.append(len(pairs))
        return super().entail(pairs)


def test_one_call_answers_a_level_for_all_premises():
    """Three top questions about each of three texts, then one child each for two of them."""
    entailer = CountingEntailer()

    EntailmentAnnotator(entailer).annotate(
        [MIGRANTS, WIND, BREAD], taxonomy=TAXONOMY, language="en"
    )

    assert entailer.sizes == [9, 2]


def test_each_premise_gets_its_own_labelling_in_order():
    """Labels, premise, model, wording and language are those of the question."""
    labellings = EntailmentAnnotator(FakeEntailer(version="m@2")).annotate(
        [MIGRANTS, WIND, BREAD], taxonomy=TAXONOMY, language="en"
    )

    assert [[each.path for each in labelling.labels] for labelling in labellings] == [
        ["topic/labour", "topic/labour/migrants"],
        ["topic/energy", "topic/energy/wind", "form/news"],
        [],
    ]
    assert [labelling.premise for labelling in labellings] == [MIGRANTS, WIND, BREAD]
    assert {labelling.model for labelling in labellings} == {"m@2"}
    assert {labelling.wording for labelling in labellings} == {TAXONOMY.wording}


def test_every_answer_is_kept_as_asked():
    """Each question is kept with its words, its probability and what it would have needed."""
    (labelling,) = EntailmentAnnotator(FakeEntailer(), rule=Rule(floor=0.3)).annotate(
        [BREAD], taxonomy=TAXONOMY, language="zh-TW"
    )

    assert [(each.path, each.hypothesis) for each in labelling.answers] == [
        ("topic/labour", "這篇文章與「勞工」有關。"),
        ("topic/energy", "這篇文章與「能源」有關。"),
        ("form/news", "This is about news."),
    ]
    assert [each.probability for each in labelling.answers] == pytest.approx([0.02] * 3)
    assert [each.threshold for each in labelling.answers] == [0.3] * 3


def test_asking_everything_gives_the_same_labels():
    """Exhaustively, refused parents' children are asked too, in one call, and change nothing."""
    entailer = CountingEntailer()
    premises = [MIGRANTS, WIND, BREAD]

    exhaustive = EntailmentAnnotator(entailer).annotate(
        premises, taxonomy=TAXONOMY, language="en", exhaustive=True
    )
    stepwise = EntailmentAnnotator(FakeEntailer()).annotate(
        premises, taxonomy=TAXONOMY, language="en"
    )

    assert entailer.sizes == [15]
    assert [each.labels for each in exhaustive] == [each.labels for each in stepwise]
    assert [each.path for each in exhaustive[2].answers] == [each.path for each in TAXONOMY.walk()]
    assert exhaustive[2].answers[1].threshold == 1.0


def test_a_stricter_rule_is_obeyed():
    """The rule comes from outside."""
    answers = {"This text is about energy.": 0.6}
    annotator = EntailmentAnnotator(FakeEntailer(answers), rule=Rule(floor=0.7))

    (labelling,) = annotator.annotate([BREAD], taxonomy=TAXONOMY, language="en")

    assert labelling.labels == ()
    assert labelling.answers[1].path == LabelPath("topic/energy")
    assert labelling.answers[1].threshold == 0.7


def test_no_premises_ask_nothing():
    """An empty batch is answered without the model."""
    entailer = CountingEntailer()

    assert EntailmentAnnotator(entailer).annotate([], taxonomy=TAXONOMY, language="en") == []
    assert entailer.sizes == []


# ── asking little ────────────────────────────────────────────────────────────────────────────────

NARROW = Width(least=1, margin=0.0, most=1)


class StatedChooser:
    """A chooser that finds the labels alike that it was told; all premises are the same to it."""

    def __init__(self, *best: str) -> None:
        self._best = best
        self.examples = []

    def likeness(self, premises, *, taxonomy, language, examples=None):
        self.examples.append(examples)
        found = {each.path: float(each.path in self._best) for each in taxonomy.walk()}
        return [found for _ in premises]


def choosy(entailer, *best: str, width: Width = NARROW) -> EntailmentAnnotator:
    return EntailmentAnnotator(entailer, chooser=StatedChooser(*best), width=width)


def test_unlikely_labels_are_refused_without_being_asked():
    """Only the likely top label is asked, then all its children; the others are not in answers."""
    entailer = CountingEntailer()

    (labelling,) = choosy(entailer, "topic/energy").annotate(
        [WIND], taxonomy=TAXONOMY, language="en"
    )

    assert [each.path for each in labelling.answers] == [
        "topic/energy",
        "form/news",
        "topic/energy/wind",
    ]
    assert [each.path for each in labelling.labels] == [
        "topic/energy",
        "topic/energy/wind",
        "form/news",
    ]
    assert entailer.sizes == [2, 1]


def test_exhaustively_the_chooser_is_not_asked():
    """Everything means everything."""
    annotator = choosy(FakeEntailer(), "topic/energy")

    (labelling,) = annotator.annotate([WIND], taxonomy=TAXONOMY, language="en", exhaustive=True)

    assert [each.path for each in labelling.answers] == [each.path for each in TAXONOMY.walk()]
    assert annotator._chooser.examples == []


@given(st.lists(st.sampled_from(["Migrant workers.", "Wind energy news.", "Bread."]), max_size=4))
def test_a_chooser_that_passes_nothing_over_changes_nothing(texts):
    """With room for all, labels and answers are those of asking without a chooser."""
    premises = [Premise(text=text, kind="text") for text in texts]
    wide = choosy(FakeEntailer(), width=Width(least=9, margin=2.0, most=9))

    chosen = wide.annotate(premises, taxonomy=TAXONOMY, language="en")

    assert chosen == EntailmentAnnotator(FakeEntailer()).annotate(
        premises, taxonomy=TAXONOMY, language="en"
    )


def test_examples_reach_the_chooser():
    """What people decided is handed on as it is, to be asked for by who needs it."""
    annotator = choosy(FakeEntailer(), "topic/energy")

    def given():
        return {}

    annotator.annotate([WIND], taxonomy=TAXONOMY, language="en", examples=given)

    assert annotator._chooser.examples == [given]


# ── asking once ──────────────────────────────────────────────────────────────────────────────────


def test_a_reworded_label_alone_is_asked_anew():
    """Answers of an earlier labelling to the same questions are taken over."""
    entailer = CountingEntailer()
    annotator = EntailmentAnnotator(entailer)
    before = annotator.annotate([WIND], taxonomy=TAXONOMY, language="en")
    reworded = parse(FILE.replace('en = "energy"', 'en = "power"'))
    entailer.asked.clear()

    (after,) = annotator.annotate([WIND], taxonomy=reworded, language="en", earlier=before)

    assert entailer.asked == [(WIND.text, "This text is about power.")]
    assert [each.path for each in after.answers] == ["topic/labour", "topic/energy", "form/news"]


@pytest.mark.parametrize(
    ("premise", "version"),
    [
        pytest.param(WIND, "fake-entailer@2", id="another-model"),
        pytest.param(Premise(text="Wind energy.", kind="text"), "fake-entailer@1", id="other-text"),
    ],
)
def test_answers_about_something_else_are_not_taken_over(premise: Premise, version: str):
    """They belong to the model that gave them and to the text they are about."""
    before = EntailmentAnnotator(FakeEntailer()).annotate([WIND], taxonomy=TAXONOMY, language="en")
    entailer = FakeEntailer(version=version)

    EntailmentAnnotator(entailer).annotate(
        [premise], taxonomy=TAXONOMY, language="en", earlier=before
    )

    assert len(entailer.asked) == 4


def test_what_is_known_is_judged_even_if_it_is_unlikely():
    """An answer that costs nothing is not passed over."""
    before = EntailmentAnnotator(FakeEntailer()).annotate([WIND], taxonomy=TAXONOMY, language="en")
    entailer = FakeEntailer()

    (labelling,) = choosy(entailer, "topic/labour").annotate(
        [WIND], taxonomy=TAXONOMY, language="en", earlier=before
    )

    assert entailer.asked == []
    assert labelling.labels == before[0].labels


def test_doubt_is_told():
    """A label that nearly passed is unsure, with its score."""
    entailer = FakeEntailer({"This text is about energy.": 0.45})

    (labelling,) = EntailmentAnnotator(entailer, rule=PLAIN_RULE).annotate(
        [BREAD], taxonomy=TAXONOMY, language="en"
    )

    assert labelling.labels == ()
    assert [(each.path, each.score) for each in labelling.unsure] == [("topic/energy", 0.45)]


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────


class Bound(FakeEntailer):
    """Says yes to more than the entailer does."""

    def __init__(self, *likely: str) -> None:
        super().__init__()
        self._likely = likely

    def entail(self, pairs):
        return [
            0.99 if any(word in claim for word in self._likely) else answer
            for answer, (_, claim) in zip(super().entail(pairs), pairs, strict=True)
        ]


def test_only_what_the_bound_leaves_standing_is_asked():
    """Whatever else is refused is refused by the bound; only answers are kept."""
    judge = CountingEntailer()
    annotator = EntailmentAnnotator(judge, rule=PLAIN_RULE, bound=Bound("energy", "news"))

    (labelling,) = annotator.annotate([MIGRANTS], taxonomy=TAXONOMY, language="en")

    assert [label.path for label in labelling.labels] == ["topic/labour", "topic/labour/migrants"]
    assert {answer.path for answer in labelling.answers} == {
        "topic/labour", "topic/labour/migrants", "topic/energy", "form/news",
    }  # fmt: skip
    assert sum(judge.sizes) == 4


def test_a_label_that_a_fallen_one_kept_out_is_asked_next():
    """Of a choice of one the bound's winner falls, so the runner-up is asked after all."""
    taxonomy = parse(
        FILE.replace('name = { en = "news" }', 'name = { en = "news" }\n  [[dimension.label]]\n'
                     '  id = "talk"\n  name = { en = "recipes" }')
    )  # fmt: skip
    judge = CountingEntailer()

    (labelling,) = EntailmentAnnotator(judge, rule=PLAIN_RULE, bound=Bound("news")).annotate(
        [BREAD], taxonomy=taxonomy, language="en"
    )

    assert [label.path for label in labelling.labels] == ["form/talk"]
    assert judge.sizes == [1, 1]


def test_a_label_that_holds_by_the_one_below_has_that_one_asked():
    """A lifted label stands on its child's answer, which must not be a mere bound."""
    rule = Rule(floor=0.5, stand_out=1e-9, lag=1e9, child_lag=1e9, lift=1.5)
    judge = CountingEntailer()
    annotator = EntailmentAnnotator(judge, rule=rule, bound=Bound("wind"))

    (labelling,) = annotator.annotate([BREAD], taxonomy=TAXONOMY, language="en")

    assert labelling.labels == ()
    assert {answer.path for answer in labelling.answers} == {"topic/energy", "topic/energy/wind"}


def test_asking_everything_asks_past_the_bound():
    """Exhaustively, every label is asked about, and labels are the same."""
    premises = [MIGRANTS, WIND, BREAD]
    annotator = EntailmentAnnotator(
        FakeEntailer(), rule=PLAIN_RULE, bound=Bound("energy", "workers")
    )

    little = annotator.annotate(premises, taxonomy=TAXONOMY, language="en")
    everything = annotator.annotate(premises, taxonomy=TAXONOMY, language="en", exhaustive=True)

    assert [each.labels for each in little] == [each.labels for each in everything]
    assert all(len(each.answers) == 5 for each in everything)


def test_what_was_answered_before_is_not_asked_again_past_the_bound():
    """The earlier labelling's answers count as answers."""
    judge = CountingEntailer()
    annotator = EntailmentAnnotator(judge, rule=PLAIN_RULE, bound=Bound("energy"))
    first = annotator.annotate([WIND], taxonomy=TAXONOMY, language="en")
    judge.sizes.clear()

    again = annotator.annotate([WIND], taxonomy=TAXONOMY, language="en", earlier=first)

    assert judge.sizes == []
    assert again == first
