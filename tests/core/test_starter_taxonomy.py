"""The starter taxonomy is complete in both languages, and its questions can be told apart."""

import re
from collections import Counter

import pytest

from core.domain import LANGUAGES, Premise
from core.labelling import BUILTIN_RULE
from core.models.annotator import EntailmentAnnotator
from core.models.entailer import TowersEntailer
from core.taxonomy import depth_of, starter

TAXONOMY = starter()
LABELS = tuple(TAXONOMY.walk())
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_it_is_large_enough_to_start_with():
    """Six dimensions, well over eighty labels, three levels."""
    assert [dimension.id for dimension in TAXONOMY.dimensions] == [
        "topic", "people", "form", "use", "stage", "place",
    ]  # fmt: skip
    assert len(LABELS) >= 120
    assert {depth_of(label.path) for label in LABELS} == {1, 2, 3}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_both_languages(language):
    """Every dimension and label has a name, a definition and a question in each language."""
    for each in (*TAXONOMY.dimensions, *LABELS):
        assert each.names[language]
        assert each.definitions[language]
    for label in LABELS:
        assert label.hypotheses[language].endswith("。" if language == "zh-TW" else ".")
        for lists in (label.aliases, label.includes, label.excludes, label.edge_cases):
            assert not lists or lists.get(language)


def test_each_language_is_itself():
    """English holds no Chinese; Chinese names hold Chinese."""
    for label in LABELS:
        english = [label.names["en"], label.definitions["en"], label.hypotheses["en"]]
        assert not any(CHINESE.search(text) for text in english), label.path
        assert CHINESE.search(label.names["zh-TW"]), label.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_labels_of_a_dimension_ask_the_same(language):
    """Every question of a dimension is its own."""
    asked = Counter((label.path.split("/")[0], label.hypotheses[language]) for label in LABELS)

    assert [each for each, count in asked.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_found_by_its_name(language):
    """A name leads to its own label and to no other."""
    for label in LABELS:
        assert TAXONOMY.find(label.names[language]).path == label.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_alias_leads_to_its_label_or_to_one_of_that_name(language):
    """An alias is unique among aliases, unless it is the name of another label."""
    for label in LABELS:
        for alias in label.aliases.get(language, ()):
            found = TAXONOMY.find(alias)
            names = {name.casefold() for name in found.names.values()}
            assert found.path == label.path or alias.casefold() in names, (alias, found.path)


ARTICLES = {
    "topic/labour/migrant-work": (
        "移工團體上街，要求廢除私人仲介、家事移工納入勞基法，並准許自由轉換雇主。",
        "zh-TW",
    ),
    "topic/gender/violence": (
        "跟蹤騷擾防制法上路一年，婦女團體指出警方受理標準不一，被害人保護令核發過慢。",
        "zh-TW",
    ),
    "topic/transport/road-safety": (
        "行人路權團體要求修正道路交通安全規則，訴求實體人行道、縮小路口與禁止紅燈右轉。",
        "zh-TW",
    ),
    "topic/environment/pollution/air": (
        "高雄空污超標，居民要求市府公開石化工廠的排放數據並訂定減量期程。",
        "zh-TW",
    ),
    "topic/gender/lgbtiq": (
        "Same-sex couples can now adopt children together, after gay marriage became legal.",
        "en",
    ),
    "topic/housing-land/housing": (
        "The city froze rents; tenant groups now push for social housing as prices keep rising.",
        "en",
    ),
}


@pytest.mark.parametrize("path", ARTICLES)
def test_the_built_in_model_labels_a_plain_case(path):
    """A text that is plainly about a label gets it, and stays within a readable card."""
    text, language = ARTICLES[path]
    annotator = EntailmentAnnotator(TowersEntailer(), rule=BUILTIN_RULE)

    (labelling,) = annotator.annotate(
        [Premise(text=text, kind="text")], taxonomy=TAXONOMY, language=language
    )

    assert path in {label.path for label in labelling.labels}
    assert len(labelling.labels) <= 12


def test_nothing_is_about_nothing():
    """A text without content gets no topic."""
    annotator = EntailmentAnnotator(TowersEntailer(), rule=BUILTIN_RULE)

    labellings = annotator.annotate(
        [Premise(text=text, kind="text") for text in ("好喔", "ok thanks!", "😂😂😂")],
        taxonomy=TAXONOMY,
        language="zh-TW",
    )

    paths = [label.path for each in labellings for label in each.labels]
    assert [path for path in paths if path.startswith("topic/")] == []
