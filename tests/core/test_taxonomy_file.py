"""A taxonomy file is checked as a whole; each problem names its label, its line and a remedy."""

import pytest

from core.errors import BadTaxonomy
from core.taxonomy_file import read

GOOD = """\
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }

  [[dimension.label]]
  id = "environment"
  name = { zh-TW = "環境", en = "the environment" }

    [[dimension.label.label]]
    id = "energy"
    name = { en = "energy" }

  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "勞動", en = "labour" }
"""


def problems(text: str) -> str:
    with pytest.raises(BadTaxonomy) as caught:
        read(text, source="mine.toml")
    return caught.value.message


def test_a_good_file_has_no_problems():
    """The format's own example passes."""
    assert read(GOOD)["dimension"][0]["label"][0]["label"][0]["id"] == "energy"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            'id = "energy"',
            'id = "Energy Use"',
            "line 12, topic/environment/Energy Use: the id 'Energy Use' must be of a-z, 0-9 and "
            'single hyphens. Try "energy-use".',
            id="bad-id",
        ),
        pytest.param(
            'id = "能源"'.replace("能源", "labour"),
            'id = "勞動"',
            "line 16, topic/勞動: the id '勞動' must be of a-z",
            id="chinese-id",
        ),
        pytest.param(
            'id = "energy"\n', "", "line 11, topic/environment/label 1: it has no id", id="no-id"
        ),
        pytest.param(
            'id = "labour"',
            'id = "environment"',
            "line 16, topic/environment: the id 'environment' is used twice here",
            id="same-id",
        ),
        pytest.param(
            'name = { en = "energy" }',
            "",
            "line 11, topic/environment/energy: it has no name",
            id="no-name",
        ),
        pytest.param(
            'name = { en = "energy" }',
            'name = "energy"',
            "line 13, topic/environment/energy: name must be given per language. Write name = "
            '{ zh-TW = "…", en = "…" }.',
            id="name-without-language",
        ),
        pytest.param(
            '{ en = "energy" }',
            '{ en = "  " }',
            "line 13, topic/environment/energy: name in en must be a text that is not empty",
            id="blank-name",
        ),
        pytest.param(
            'zh-TW = "勞動", en = "labour"',
            'zh-TW = "环境", en = "labour"',
            "line 17, topic/labour: the name '环境' is also that of topic/environment",
            id="same-name-in-other-characters",
        ),
        pytest.param(
            '{ en = "energy" }',
            '{ zh-tw = "能源", en = "energy" }',
            "line 13, topic/environment/energy: name has the unknown language 'zh-tw'. "
            'Did you mean "zh-TW"?',
            id="language-misspelt",
        ),
        pytest.param(
            '{ en = "energy" }',
            '{ ja = "エネルギー", en = "energy" }',
            "the unknown language 'ja'. Known are zh-TW, en",
            id="language-unknown",
        ),
        pytest.param(
            'choice = "many"', 'choice = "some"', "line 3, topic: choice is 'some'", id="choice"
        ),
        pytest.param('choice = "many"\n', "", "line 1, topic: choice is missing", id="no-choice"),
        pytest.param(
            "「{label}」",
            "環境",
            "line 5, topic: the hypothesis in zh-TW does not say {label}",
            id="template-without-label",
        ),
        pytest.param(
            "about {label}",
            "about {label} and {parent}",
            "line 5, topic: the hypothesis in en holds {parent}. Only {label} is filled in",
            id="strange-placeholder",
        ),
        pytest.param(
            'en = "This text is about {label}."',
            'en = ""',
            "line 5, topic: hypothesis in en must be a text that is not empty",
            id="empty-template",
        ),
        pytest.param(
            ', en = "This text is about {label}."',
            "",
            "line 11, topic/environment/energy: no question can be worded for it. Give its "
            "dimension a hypothesis with {label} in en, or the label one of its own",
            id="not-askable",
        ),
        pytest.param(
            'choice = "many"',
            'choice = "many"\nhypothesys = { en = "{label}" }',
            "line 4, topic: the key 'hypothesys' is unknown. Did you mean 'hypothesis'?",
            id="key-misspelt",
        ),
        pytest.param(
            'id = "energy"',
            'id = "energy"\ncolour = "red"',
            "line 13, topic/environment/energy: the key 'colour' is unknown. Known are id, name",
            id="key-unknown",
        ),
        pytest.param(
            'id = "energy"',
            'id = "energy"\naliases = { en = "power" }',
            "line 13, topic/environment/energy: aliases in en must be a list of texts",
            id="alias-not-a-list",
        ),
        pytest.param(
            'id = "energy"',
            'id = "energy"\nexclude = ["coal"]',
            'exclude must be given per language. Write exclude = { zh-TW = ["…", "…"]',
            id="list-without-language",
        ),
        pytest.param(
            'id = "energy"',
            'id = "energy"\nthreshold = 1.5',
            "line 13, topic/environment/energy: threshold is 1.5. Write a probability",
            id="threshold",
        ),
        pytest.param(
            'choice = "many"', 'choice = "many"\nmost = 0', "line 4, topic: most is 0", id="most"
        ),
        pytest.param(
            'choice = "many"',
            'choice = "one"\nmost = 2',
            'line 4, topic: most has no meaning beside choice = "one"',
            id="most-of-one",
        ),
        pytest.param(
            "[[dimension]]",
            "version = 1.5\n[[dimension]]",
            "line 1, the file: version must be text or a number",
            id="version",
        ),
        pytest.param(
            "[[dimension]]",
            'name = "x"\n[[dimension]]',
            "line 1, the file: name must be given per language",
            id="file-name",
        ),
    ],
)
def test_a_problem_is_told_with_its_place(old, new, told):
    """The message says where, what was found and what to write instead."""
    assert old in GOOD

    assert told in problems(GOOD.replace(old, new, 1))


def test_all_problems_are_told_at_once():
    """One run shows the whole work, and the facts point at the first."""
    text = GOOD.replace('"many"', '"some"').replace('"energy" }', '"" }').replace("zh-TW", "zh", 1)

    with pytest.raises(BadTaxonomy) as caught:
        read(text, source="mine.toml")

    assert caught.value.message.startswith("mine.toml has 3 problems:\n")
    assert caught.value.facts == {"where": "topic", "line": 3, "problems": 3}


@pytest.mark.parametrize("text", ["", "version = 1\n"])
def test_a_file_needs_a_dimension(text):
    """An empty taxonomy is no taxonomy."""
    assert "the file: there is no dimension. Begin one with [[dimension]]" in problems(text)


def test_a_dimension_needs_a_label():
    """A dimension without labels is pointed at."""
    text = GOOD + '[[dimension]]\nid = "place"\nchoice = "one"\nname = { en = "Place" }\n'

    assert "line 18, place: it has no label. Begin one with [[dimension.label]]" in problems(text)


def test_two_dimensions_need_two_ids():
    """Ids are unique among dimensions as among labels."""
    assert "line 19, topic: the id 'topic' is used twice here" in problems(GOOD + GOOD)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('dimension = "topic"', "dimension must be a list of tables. Write [[dimension]]"),
        (
            GOOD.replace("[[dimension.label.label]]", "[dimension.label.label]"),
            "label must be a list of tables. Write [[dimension.label.label]]",
        ),
    ],
)
def test_a_table_of_the_wrong_kind_is_explained(text, told):
    """A label is an element of a list, and the message shows how to write one."""
    assert told in problems(text)


def test_broken_toml_is_told_with_its_line():
    """What TOML itself refuses is a taxonomy error with the line."""
    with pytest.raises(BadTaxonomy, match=r"mine\.toml is not TOML") as caught:
        read('[[dimension]]\nid = "topic\n', source="mine.toml")

    assert caught.value.facts["line"] == 2


def test_lines_are_right_after_long_texts():
    """Headers and brackets inside texts and comments are not taken for the file's own."""
    text = GOOD.replace(
        'name = { zh-TW = "環境", en = "the environment" }',
        'name = { zh-TW = "環境", en = "the environment" }  # [[dimension.label]]\n'
        'definition.en = """\n[[dimension.label]]\nid = "no"\n"""\n'
        'aliases = { en = [\n  "a [[b",\n  "c",\n] }',
        1,
    ).replace('id = "labour"', 'id = "Labour"')

    assert "line 24, topic/Labour" in problems(text)


def test_an_inline_table_is_placed_by_its_enclosing_line():
    """Where a line cannot be known, the nearest known one around it is named."""
    labels = '[{ id = "B", name = { en = "B" } }]'
    text = f'dimension = [\n  {{ id = "a", choice = "one", label = {labels} }},\n]'

    assert "line 1, a/B: the id 'B' must be" in problems(text)
