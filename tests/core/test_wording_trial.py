"""What can be tried is asked, and nothing twice or in vain."""

from core.taxonomy import parse
from core.wording_trial import ask, is_enough, plan, views
from tests.fakes.labelled import MARINE, RENTS, TAXONOMY, house, text, view_of
from tests.fakes.models import FakeEntailer


def test_each_question_is_asked_once():
    """However many wordings share it, and however many texts are the same."""
    entailer = FakeEntailer()
    trial = plan(view_of([*house(), *house()]), taxonomy=TAXONOMY)
    steps = []

    ask(entailer, trial.pairs(), on_progress=lambda *step: steps.append(step))

    assert len(entailer.asked) == len(set(entailer.asked)) == steps[-1][0] == steps[-1][1]


def test_a_group_without_examples_is_not_asked_about():
    """But its siblings at the top are, since they compete; other dimensions are told apart."""
    texts = [*house(), text(99, "fresh news", "form/news", dimensions=("form",))]

    topic, form = views(TAXONOMY, texts, [each.text for each in texts], ["en"] * len(texts))

    assert [label.path for label in topic.labels] == ["topic/marine", "topic/rents", "topic/soup"]
    assert len(topic.texts) == 60
    assert form.examples == {"form/news": 1}
    assert (is_enough(topic), is_enough(form)) == (True, False)


def test_children_are_asked_where_they_have_examples():
    """A child brings its parent."""
    texts = [*house(), text(99, "watching whales", MARINE, f"{MARINE}/watching")]

    assert f"{MARINE}/watching" in view_of(texts).examples


def test_a_wording_that_shows_nothing_is_not_asked():
    """One that differs only for labels without examples."""
    taxonomy = parse("""
[[dimension]]
id = "topic"
choice = "many"
name = { en = "Topic" }
hypothesis = { en = "This text is about {label}." }
[[dimension.label]]
id = "rents"
name = { en = "rents" }
hypothesis = { en = "This text is about what tenants pay." }
[[dimension.label]]
id = "soup"
name = { en = "soup" }
""")
    texts = [text(n, f"rents {n}", *([RENTS] if n % 2 else [])) for n in range(30)]

    trial = plan(view_of(texts, taxonomy), taxonomy=taxonomy)

    assert "template" not in {each.kind for each in trial.wordings}
    assert "template-for-all" in {each.kind for each in trial.wordings}
