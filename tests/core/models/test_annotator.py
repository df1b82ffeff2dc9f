"""The entailment annotator asks few, well-worded questions and keeps every answer."""

import pytest

from core.domain import LabelPath, Premise
from core.labelling import Rule
from core.models.annotator import EntailmentAnnotator
from core.taxonomy import parse
from tests.fakes.models import FakeEntailer

TAXONOMY = parse(
    """
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
)
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
