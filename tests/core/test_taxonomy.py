"""A taxonomy is walked, worded and searched by what people call its labels."""

import pytest

from core.domain import LabelPath
from core.errors import BadTaxonomy, UnknownLabel
from core.taxonomy import (
    ancestors,
    depth_of,
    dimension_of,
    load,
    localised,
    parent_of,
    parse,
    starter,
)

SMALL = """
version = 3
name = { zh-TW = "小標籤" }

[[dimension]]
id = "topic"
choice = "many"
threshold = 0.4
most = 2
name = { zh-TW = "主題", en = "Topic" }
definition = { en = "What it is about." }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }

  [[dimension.label]]
  id = "environment"
  name = { zh-TW = "環境", en = "the environment" }
  aliases = { zh-TW = ["生態"], en = ["ecology", "Café"] }
  definition = { zh-TW = "空氣、水與土地。", en = "Air, water and land." }
  include = { en = ["Nature."] }
  exclude = { en = ["Pets."] }
  edge_cases = { en = ["Zoos."] }

    [[dimension.label.label]]
    id = "energy"
    name = { zh-TW = "能源", en = "energy" }
    threshold = 0.7
    hypothesis = { zh-TW = "這篇談發電。" }

      [[dimension.label.label.label]]
      id = "wind"
      name = { zh-TW = "風電", en = "wind power" }

  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "勞動", en = "labour" }

    [[dimension.label.label]]
    id = "migrants"
    name = { zh-TW = "移工", en = "migrant workers" }

[[dimension]]
id = "people"
choice = "one"
name = { zh-TW = "對象", en = "People" }
hypothesis = { zh-TW = "這篇談的是{label}。" }

  [[dimension.label]]
  id = "workers"
  name = { zh-TW = "勞工", en = "workers" }
  aliases = { zh-TW = ["移工"], en = ["energy"] }

  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "工會" }
  aliases = { en = ["union"] }

    [[dimension.label.label]]
    id = "officers"
    name = { zh-TW = "工會幹部" }
    aliases = { en = ["union"] }
"""

TAXONOMY = parse(SMALL)


def test_labels_are_walked_parents_first_in_file_order():
    """The walk is the file read from top to bottom."""
    assert [label.path for label in TAXONOMY.walk()] == [
        "topic/environment",
        "topic/environment/energy",
        "topic/environment/energy/wind",
        "topic/labour",
        "topic/labour/migrants",
        "people/workers",
        "people/labour",
        "people/labour/officers",
    ]


def test_a_label_keeps_its_codebook_entry():
    """Everything the file says about a label is found on it."""
    label = TAXONOMY.label("topic/environment")

    assert label.names == {"zh-TW": "環境", "en": "the environment"}
    assert label.aliases == {"zh-TW": ("生態",), "en": ("ecology", "Café")}
    assert label.definitions["en"] == "Air, water and land."
    assert (label.includes["en"], label.excludes["en"]) == (("Nature.",), ("Pets.",))
    assert label.edge_cases == {"en": ("Zoos.",)}


def test_a_dimension_keeps_its_settings():
    """Choice, threshold, limit and definition come from the file."""
    topic, people = TAXONOMY.dimensions

    assert (topic.choice, topic.threshold, topic.most) == ("many", 0.4, 2)
    assert (people.choice, people.threshold, people.most) == ("one", None, None)
    assert topic.definitions == {"en": "What it is about."}
    assert (TAXONOMY.version, TAXONOMY.names) == ("3", {"zh-TW": "小標籤"})
    assert TAXONOMY.dimension("people/workers") is people


@pytest.mark.parametrize(
    ("path", "language", "asked"),
    [
        pytest.param("topic/labour", "en", "This text is about labour.", id="template"),
        pytest.param("topic/environment/energy", "zh-TW", "這篇談發電。", id="own-wins"),
        pytest.param(
            "topic/environment/energy", "en", "This text is about energy.", id="own-elsewhere-only"
        ),
        pytest.param("people/workers", "en", "這篇談的是勞工。", id="no-template-falls-back"),
        pytest.param("people/labour", "en", "這篇談的是工會。", id="no-name-falls-back"),
    ],
)
def test_a_question_is_worded(path, language, asked):
    """A label's own sentence wins over the template, and a missing language falls back whole."""
    assert TAXONOMY.hypothesis(path, language) == asked


@pytest.mark.parametrize(
    ("path", "threshold"),
    [
        pytest.param("topic/environment/energy", 0.7, id="own"),
        pytest.param("topic/labour", 0.4, id="dimension's"),
        pytest.param("people/workers", None, id="none"),
    ],
)
def test_a_threshold_comes_from_the_label_or_its_dimension(path, threshold):
    """The nearer one counts."""
    assert TAXONOMY.threshold(path) == threshold


def test_a_full_name_tells_the_ancestors():
    """Names are joined from the outside in, in the language asked for."""
    path = LabelPath("topic/environment/energy")

    assert TAXONOMY.name(path, "en") == "energy"
    assert TAXONOMY.name(path, "en", full=True) == "the environment › energy"
    assert TAXONOMY.name(LabelPath("people/labour"), "en") == "工會"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        pytest.param("topic/environment/energy", "topic/environment/energy", id="path"),
        pytest.param("Topic/Labour", "topic/labour", id="path-in-capitals"),
        pytest.param("風電", "topic/environment/energy/wind", id="name"),
        pytest.param("风电", "topic/environment/energy/wind", id="simplified"),
        pytest.param("  WIND   Power ", "topic/environment/energy/wind", id="case-and-space"),
        pytest.param("ｅｃｏｌｏｇｙ", "topic/environment", id="full-width-alias"),
        pytest.param("cafe", "topic/environment", id="accent"),
        pytest.param('"wind power"', "topic/environment/energy/wind", id="quoted"),
        pytest.param("「環境」/「風電」", "topic/environment/energy/wind", id="quoted-names"),
        pytest.param("移工", "topic/labour/migrants", id="name-before-alias"),
        pytest.param("energy", "topic/environment/energy", id="name-before-alias-en"),
        pytest.param("migrants", "topic/labour/migrants", id="id"),
        pytest.param("對象/移工", "people/workers", id="dimension-and-alias"),
        pytest.param("環境 › 風電", "topic/environment/energy/wind", id="a-level-left-out"),
        pytest.param("主題 > 環境 > 能源", "topic/environment/energy", id="names-from-the-outside"),
        pytest.param("union", "people/labour", id="the-one-above-the-others"),
        pytest.param("labour", "topic/labour", id="name-before-id"),
    ],
)
def test_a_label_is_found_by_what_people_call_it(words, path):
    """Paths, names, aliases and ids find a label, however they are written."""
    assert TAXONOMY.find(words).path == path


def test_a_parent_must_be_one():
    """A label is not found under words that stand nowhere above it."""
    with pytest.raises(UnknownLabel):
        TAXONOMY.find("勞動/風電")


def test_near_names_are_suggested():
    """A slip of the hand is answered with what was probably meant."""
    with pytest.raises(UnknownLabel) as caught:
        TAXONOMY.find("enviroment")

    assert caught.value.facts["name"] == "enviroment"
    assert str(caught.value.facts["suggestions"]).startswith("the environment")


def test_part_of_a_chinese_name_is_near_it():
    """Two characters of a longer name are enough for a suggestion."""
    with pytest.raises(UnknownLabel) as caught:
        TAXONOMY.find("幹部")

    assert caught.value.facts["suggestions"] == "工會幹部"


@pytest.mark.parametrize("words", ["", " ", "/", "zzzzzz"])
def test_what_is_like_nothing_has_no_suggestion(words):
    """Nothing near, nothing suggested."""
    with pytest.raises(UnknownLabel) as caught:
        TAXONOMY.find(words)

    assert caught.value.facts["suggestions"] == ""


@pytest.mark.parametrize("words", ["nosuch", "hello", "computer", "holiday", "mputer", "巧克力"])
def test_what_is_only_a_little_alike_is_not_suggested(words):
    """Some letters in common, or the end of another word, mean nothing."""
    with pytest.raises(UnknownLabel) as caught:
        starter().find(words)

    assert caught.value.facts["suggestions"] == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        pytest.param("enviro", "environment", id="a-beginning"),
        pytest.param("river", "rivers and water resources", id="one-word-of-several"),
        pytest.param("clmiate change", "climate change", id="two-letters-turned"),
        pytest.param("移公", "移工", id="one-of-two-characters"),
        pytest.param("外籍移工", "移工", id="a-longer-name"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(words, meant):
    """The starter taxonomy has hundreds of spellings, and the right one comes first."""
    with pytest.raises(UnknownLabel) as caught:
        starter().find(words)

    assert str(caught.value.facts["suggestions"]).split(", ")[0] == meant


def test_an_ambiguous_word_is_answered_with_the_paths():
    """When several labels share a word and none is above the rest, all are named."""
    text = SMALL.replace('["移工"], en = ["energy"]', '["生態"]')

    with pytest.raises(UnknownLabel, match="may mean") as caught:
        parse(text).find("生態")

    assert caught.value.facts["suggestions"] == "topic/environment, people/workers"


@pytest.mark.parametrize("path", ["topic", "topic/none", "nothing/at/all", ""])
def test_there_is_no_label_at_an_unknown_path(path):
    """Only whole paths of labels count."""
    assert path not in TAXONOMY
    with pytest.raises(UnknownLabel):
        TAXONOMY.label(path)


def test_there_is_no_dimension_of_an_unknown_path():
    """The error suggests the dimensions that there are."""
    with pytest.raises(UnknownLabel) as caught:
        TAXONOMY.dimension("colour/red")

    assert caught.value.facts["suggestions"] == "topic, people"


def test_positions_sort_as_the_file_does():
    """Known labels stand in file order, unknown ones after them."""
    paths = [LabelPath(path) for path in ("people/x", "people/workers", "topic/labour")]

    assert sorted(paths, key=TAXONOMY.position) == ["topic/labour", "people/workers", "people/x"]


def test_the_parts_of_a_path():
    """A path tells its dimension, parent, ancestors and depth."""
    path = LabelPath("topic/environment/energy")

    assert dimension_of(path) == "topic"
    assert parent_of(path) == "topic/environment"
    assert parent_of("topic/environment") is None
    assert ancestors("topic/environment/energy/wind") == ("topic/environment", path)
    assert (depth_of("topic/environment"), depth_of(path)) == (1, 2)


def test_a_missing_language_falls_back():
    """First the language asked for, then any other, then the default."""
    assert localised({"en": 1, "zh-TW": 2}, "en", 0) == 1
    assert localised({"zh-TW": 2}, "en", 0) == 2
    assert localised({}, "en", 0) == 0


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        pytest.param('"空氣、水與土地。"', '"天地萬物。"', True, id="definition"),
        pytest.param('["生態"]', '["自然"]', True, id="alias"),
        pytest.param("threshold = 0.7", "threshold = 0.6", True, id="threshold"),
        pytest.param('"這篇談發電。"', '"這篇談電力。"', False, id="hypothesis"),
        pytest.param('"This text is about {label}."', '"About {label}."', False, id="template"),
        pytest.param('en = "wind power"', 'en = "wind"', False, id="name-in-template"),
        pytest.param('id = "wind"', 'id = "winds"', False, id="id"),
    ],
)
def test_the_wording_tells_whether_questions_changed(old, new, is_same):
    """Its hash follows what is asked, and nothing else."""
    assert old in SMALL

    assert (parse(SMALL.replace(old, new)).wording == TAXONOMY.wording) is is_same


def test_a_file_is_loaded(tmp_path):
    """A file means what its text means, with or without a byte order mark."""
    file = tmp_path / "taxonomy.toml"
    file.write_text(SMALL, encoding="utf-8-sig")

    assert load(file) == TAXONOMY


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    """A missing or binary file is a taxonomy error with the file's name."""
    file = tmp_path / "mine.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(BadTaxonomy, match=r"mine\.toml cannot be read"):
        load(file)
