"""Labels are compared with texts by what is said of them and by what people gave them to."""

import numpy as np

from core.domain import LabelPath
from core.models.choosing import PrototypeChooser
from core.taxonomy import parse
from tests.fakes.models import FakeEmbedder

FILE = """
[[dimension]]
id = "topic"
choice = "many"
name = {{ zh-TW = "主題", en = "Topic" }}
hypothesis = {{ zh-TW = "這篇文章與「{{label}}」有關。", en = "This text is about {{label}}." }}
  [[dimension.label]]
  id = "wind"
  name = {{ zh-TW = "風", en = "{wind}" }}
  [[dimension.label]]
  id = "bread"
  name = {{ zh-TW = "麵包", en = "bread" }}
"""
TAXONOMY = parse(FILE.format(wind="wind turbines"))
WIND, BREAD = LabelPath("topic/wind"), LabelPath("topic/bread")


def test_a_text_is_most_like_the_label_that_speaks_of_it():
    """Each premise has a likeness for every label, in the order given."""
    windy, baked = PrototypeChooser(FakeEmbedder()).likeness(
        ["Wind turbines at sea.", "Bread and butter."], taxonomy=TAXONOMY, language="en"
    )

    assert list(windy) == [WIND, BREAD]
    assert windy[WIND] > windy[BREAD]
    assert baked[BREAD] > baked[WIND]
    assert all(-1 <= value <= 1 for value in (*windy.values(), *baked.values()))


def test_what_people_decided_draws_like_texts():
    """A text that shares no word with a label's name is near it, once others like it are there."""
    embedder = FakeEmbedder()
    chooser = PrototypeChooser(embedder)
    given = {BREAD: embedder.embed(["Sourdough rises overnight.", "Sourdough needs flour."])}

    (without,) = chooser.likeness(["Sourdough again."], taxonomy=TAXONOMY, language="en")
    (with_them,) = chooser.likeness(
        ["Sourdough again."], taxonomy=TAXONOMY, language="en", examples=lambda: given
    )

    assert with_them[BREAD] > without[BREAD]
    assert with_them[WIND] == without[WIND]


def test_a_label_is_embedded_once_and_a_new_wording_alone():
    """A changed name costs its own two texts; the other labels' vectors are kept."""
    embedder = FakeEmbedder()
    chooser = PrototypeChooser(embedder)
    chooser.likeness(["x"], taxonomy=TAXONOMY, language="en")
    embedder.embedded.clear()

    chooser.likeness(["y"], taxonomy=TAXONOMY, language="en")
    reworded = parse(FILE.format(wind="wind farms"))
    chooser.likeness(["z"], taxonomy=reworded, language="en")

    assert embedder.embedded == ["y", "This text is about wind farms.", "wind farms", "z"]


def test_an_empty_array_of_examples_is_none():
    """A label that nobody has given yet is judged by its words."""
    chooser = PrototypeChooser(FakeEmbedder())
    nobody = {WIND: np.empty((0, 64), dtype=np.float32)}

    assert chooser.likeness(
        ["Wind."], taxonomy=TAXONOMY, language="en", examples=lambda: nobody
    ) == chooser.likeness(["Wind."], taxonomy=TAXONOMY, language="en")


def test_no_premises_embed_nothing():
    """An empty batch is answered without the model."""
    embedder = FakeEmbedder()

    assert PrototypeChooser(embedder).likeness([], taxonomy=TAXONOMY, language="en") == []
    assert embedder.embedded == []
