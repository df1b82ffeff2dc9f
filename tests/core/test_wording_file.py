"""Proposals become changes of the file, which stays what it was everywhere else."""

import difflib

import pytest

from core.domain import LabelPath
from core.taxonomy import Taxonomy, parse, starter, starter_text
from core.wording import Wording
from core.wording_file import Change, changes, fragment, rewritten

FILE = """\
# Ours since 2021.
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }  # agreed

  [[dimension.label]]
  id = "whales"
  name = { zh-TW = "鯨魚", en = "whales" }

    [[dimension.label.label]]
    id = "watching"
    name = { zh-TW = "賞鯨", en = "whale watching" }

  # asked for by the housing group
  [[dimension.label]]
  id = "rents"
  name = { zh-TW = "房租", en = "rents" }
  hypothesis = { zh-TW = "這篇文章談房租。", en = "This text is about what renting costs." }
"""
WHALES, WATCHING, RENTS = map(LabelPath, ("topic/whales", "topic/whales/watching", "topic/rents"))


def asked(taxonomy: Taxonomy) -> dict[str, str]:
    return {label.path: taxonomy.hypothesis(label.path, "en") for label in taxonomy.walk()}


def changed(*accepted: Wording) -> tuple[dict[str, str], str]:
    """What the changed file asks in English, and the file."""
    taxonomy = parse(FILE)
    dimension = taxonomy.dimension("topic")
    text = rewritten(FILE, changes(dimension, tuple(taxonomy.walk()), "en", accepted))
    return asked(parse(text)), text


def template(kind: str, words: str, *paths: LabelPath) -> Wording:
    taxonomy = parse(FILE)
    return Wording(
        kind,
        words,
        asked(taxonomy)
        | {path: words.replace("{label}", taxonomy.name(path, "en")) for path in paths},
    )


def difference(text: str) -> list[str]:
    """The lines that went and came."""
    lines = difflib.ndiff(FILE.splitlines(), text.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_template_changes_one_line():
    """Labels with a sentence of their own keep it; the other language and comments stay."""
    wording = template("template", "All about {label}.", WHALES, WATCHING)

    questions, text = changed(wording)

    assert questions == wording.questions
    assert len(difference(text)) == 2
    assert "這篇文章與「{label}」有關。" in text
    assert 'en = "All about {label}." }  # agreed' in text


def test_a_template_for_all_takes_own_sentences_away():
    """In its own language only."""
    wording = template("template-for-all", "All about {label}.", WHALES, WATCHING, RENTS)

    questions, text = changed(wording)

    assert questions == wording.questions
    assert 'hypothesis = { zh-TW = "這篇文章談房租。" }' in text


@pytest.mark.parametrize("path", [WHALES, WATCHING, RENTS])
def test_a_label_gets_a_sentence_of_its_own(path: LabelPath):
    """Whether it had one or not, and whatever is in it."""
    question = 'This "text" is about \\ sea and rent.'

    questions, text = changed(Wording("alias", "sea", {path: question}))

    assert questions == {**asked(parse(FILE)), path: question}
    assert len(difference(text)) == (2 if path == RENTS else 1)


def test_a_label_on_top_of_a_template():
    """Both changes are there, and what the new template makes anyway is not said twice."""
    everywhere = template("template-for-all", "All about {label}.", WHALES, WATCHING, RENTS)
    alone = Wording("alias", "sea", {WHALES: "All about the sea."})

    questions, text = changed(everywhere, alone)

    assert questions == {**everywhere.questions, WHALES: "All about the sea."}
    assert text.count("All about whale watching.") == 0


def test_a_label_that_keeps_the_old_template():
    """A wording that leaves a label as it was words it for itself."""
    wording = template("template", "All about {label}.", WATCHING)

    questions, _ = changed(wording)

    assert questions == wording.questions


def test_a_new_line_stands_by_its_label():
    """Not behind the comment on the next one; and in the same depth."""
    _, text = changed(Wording("alias", "sea", {WATCHING: "At sea."}))

    lines = text.splitlines()
    assert lines[lines.index('    hypothesis = { en = "At sea." }') - 1].strip().startswith("name")


def test_nothing_changes_nothing():
    """Byte for byte; also the starter, which is long."""
    dimension = parse(FILE).dimension("topic")

    assert changes(dimension, dimension.labels, "en", []) == []
    assert rewritten(FILE, []) == FILE
    assert rewritten(starter_text(), []) == starter_text()


def test_the_starter_can_be_changed():
    """A deep label of a large file; everything else asks what it asked."""
    path = "topic/environment/climate/net-zero"
    text = rewritten(starter_text(), [Change(path, "zh-TW", "這篇文章談減碳。")])

    before, after = starter(), parse(text)

    differing = [
        label.path
        for label in before.walk()
        if before.hypothesis(label.path, "zh-TW") != after.hypothesis(label.path, "zh-TW")
    ]
    assert differing == [path]
    assert len(text.splitlines()) == len(starter_text().splitlines()) + 1


def test_a_fragment_can_be_pasted():
    """Each line under its place; the languages that did not change are in it."""
    found = fragment(
        FILE,
        [Change("topic", "en", "All about {label}."), Change("topic/rents", "en", None)],
    )

    assert found.splitlines() == [
        "# topic",
        'hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "All about {label}." }',
        "# topic/rents",
        'hypothesis = { zh-TW = "這篇文章談房租。" }',
    ]
