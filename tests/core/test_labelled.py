"""Labelled texts are read with what they leave open, and mistakes are told with their line."""

import json
from pathlib import Path

import pytest

from core.errors import BadExamples, BadFile
from core.labelled import LabelledText, read_labelled
from core.taxonomy import parse

TAXONOMY = parse("""
[[dimension]]
id = "topic"
choice = "many"
name = { en = "Topic" }
hypothesis = { en = "This text is about {label}." }
[[dimension.label]]
id = "labour"
name = { en = "labour" }
[[dimension.label.label]]
id = "unions"
name = { en = "unions" }
[[dimension]]
id = "form"
choice = "one"
name = { en = "Form" }
hypothesis = { en = "This text is {label}." }
[[dimension.label]]
id = "news"
name = { en = "news" }
""")


def file_of(folder: Path, *rows: object) -> Path:
    file = folder / "labelled.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return file


def test_labels_are_complete_for_what_they_name(tmp_path: Path):
    """A label brings its ancestors; none at all speaks of every dimension; a line may say more."""
    file = file_of(
        tmp_path,
        {
            "id": 1,
            "text": "A strike.",
            "labels": ["topic/labour/unions"],
            "title": " ",
            "lang": "en",
        },
        {"id": "b", "text": "Soup.", "labels": []},
        {"id": "c", "text": "Soup.", "labels": [], "dimensions": ["form"]},
        {"id": "d", "text": "A strike.", "labels": ["topic/labour"], "dimensions": ["form"]},
    )

    strike, soup, unformed, both = read_labelled(file, TAXONOMY)

    assert strike.id == "1"
    assert strike.labels == {"topic/labour", "topic/labour/unions"}
    assert (strike.dimensions, strike.language, strike.title) == ({"topic"}, "en", None)
    assert (soup.labels, soup.dimensions) == (frozenset(), {"topic", "form"})
    assert unformed.dimensions == {"form"}
    assert both.dimensions == {"topic", "form"}


def test_a_line_may_say_what_does_not_hold_and_what_it_tells_of(tmp_path: Path):
    """With "not" alone nothing is said of other labels; a story is what the file calls it."""
    file = file_of(
        tmp_path,
        {"id": 1, "text": "A strike.", "not": ["form/news"], "story": "s1"},
        {"id": 2, "text": "A union.", "labels": ["topic/labour"], "not": ["topic/labour/unions"]},
    )

    first, second = read_labelled(file, TAXONOMY)

    assert (first.labels, first.rejected, first.dimensions) == (
        frozenset(), {"form/news"}, frozenset(),
    )  # fmt: skip
    assert (first.story, second.story) == ("s1", None)
    assert (second.rejected, second.dimensions) == ({"topic/labour/unions"}, {"topic"})


@pytest.mark.parametrize(
    ("row", "reason", "said"),
    [
        pytest.param(
            {"labels": ["topic/labor"]},
            "unknown-label",
            'line 2: there is no label "topic/labor" in the taxonomy. Did you mean topic/labour',
            id="misspelt-label",
        ),
        pytest.param({"labels": ["zzz"]}, "unknown-label", "Write its path", id="no-such-label"),
        pytest.param({}, "no-labels", '"labels" is null; expected a list', id="no-labels"),
        pytest.param({"labels": "topic/labour"}, "no-labels", "expected a list", id="no-list"),
        pytest.param({"labels": [1]}, "no-labels", "expected a list", id="no-texts"),
        pytest.param(
            {"labels": [], "dimensions": ["tpic"]},
            "unknown-dimension",
            "Known are topic, form.",
            id="unknown-dimension",
        ),
        pytest.param(
            {"labels": ["topic/labour/unions"], "not": ["topic/labour"]},
            "contradiction",
            'is in "labels" and in "not"',
            id="both",
        ),
        pytest.param({"labels": [], "text": " "}, "no-text", "the text is empty", id="no-text"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, row: dict, reason: str, said: str):
    """What was found, what was expected, what to try."""
    good = {"id": 1, "text": "A strike.", "labels": []}
    file = file_of(tmp_path, good, {"id": 2, "text": "Soup.", **row})

    with pytest.raises(BadExamples) as caught:
        read_labelled(file, TAXONOMY)

    assert said in caught.value.message
    assert caught.value.facts["reason"] == reason
    assert caught.value.facts["line"] == "2"


def test_an_empty_file_is_told(tmp_path: Path):
    """And how a line looks."""
    with pytest.raises(BadExamples, match='"labels"') as caught:
        read_labelled(file_of(tmp_path), TAXONOMY)

    assert caught.value.facts["reason"] == "empty"


def test_a_line_without_text_is_told(tmp_path: Path):
    """By the reader of JSON lines."""
    with pytest.raises(BadFile, match=r'line 1: "text" is null'):
        read_labelled(file_of(tmp_path, {"id": 1, "labels": []}), TAXONOMY)


@pytest.mark.parametrize(
    ("own", "named", "language"),
    [
        pytest.param(None, None, "en", id="as-it-seems"),
        pytest.param("fr", None, "fr", id="as-the-file-says"),
        pytest.param("fr", "zh-TW", "zh-TW", id="as-the-caller-says"),
    ],
)
def test_a_text_becomes_a_document(own, named, language):
    """In the language that is known best."""
    words = "The unions have called a strike for tomorrow morning."
    text = LabelledText("1", words, "Strike", own, frozenset(), frozenset({"topic"}))

    document = text.document(language=named)

    assert (document.text, document.title, document.language) == (words, "Strike", language)


def test_what_does_not_hold_is_read_and_says_nothing_of_other_labels(tmp_path: Path):
    """With `not` and nothing else no dimension is complete; stories are kept."""
    file = tmp_path / "f.jsonl"
    file.write_text(
        '{"id": 1, "text": "a", "not": ["topic/labour/unions"], "story": "s"}\n'
        '{"id": 2, "text": "b", "labels": ["form/news"], "not": ["topic/labour/unions"]}\n',
        encoding="utf-8",
    )

    unions = "topic/labour/unions"
    first, second = read_labelled(file, TAXONOMY)

    assert (first.rejected, first.dimensions, first.story) == ({unions}, frozenset(), "s")
    assert (second.rejected, second.dimensions, second.story) == ({unions}, {"form"}, None)


def test_a_label_cannot_hold_and_not_hold(tmp_path: Path):
    """The error names the line and the label."""
    file = tmp_path / "f.jsonl"
    line = '{"id": 1, "text": "a", "labels": ["topic/labour"], "not": ["topic/labour"]}\n'
    file.write_text(line, encoding="utf-8")

    with pytest.raises(BadExamples, match='line 1: "topic/labour" is in "labels" and in "not"'):
        read_labelled(file, TAXONOMY)
