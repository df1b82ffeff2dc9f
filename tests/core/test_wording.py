"""What there is to try: each way of asking once, the present one first."""

from core.domain import LabelPath
from core.taxonomy import Taxonomy, parse
from core.wording import TEMPLATES, dimension_wordings, label_wordings

FILE = """
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This is about {label}." }
[[dimension.label]]
id = "whales"
name = { zh-TW = "鯨魚", en = "whales" }
aliases = { zh-TW = ["鯨豚", "海豚"], en = ["dolphins"] }
definition = { zh-TW = "鯨豚的保育。", en = "Keeping whales alive." }
[[dimension.label]]
id = "rents"
name = { zh-TW = "房租", en = "rents" }
hypothesis = { en = "This is about what renting costs." }
[[dimension.label]]
id = "chinese-only"
name = { zh-TW = "社造" }
"""
DEFINED = 'name = { zh-TW = "社造" }\ndefinition = { zh-TW = "社區營造。" }'
TAXONOMY = parse(FILE)
WHALES, RENTS, CHINESE = map(LabelPath, ("topic/whales", "topic/rents", "topic/chinese-only"))
TOPIC = TAXONOMY.dimension("topic")


def of_dimension(taxonomy: Taxonomy = TAXONOMY, language: str = "en", templates: tuple = ()):
    return dimension_wordings(
        taxonomy.dimension("topic"),
        tuple(taxonomy.walk()),
        taxonomy=taxonomy,
        language=language,
        templates=templates,
    )


def test_the_present_one_comes_first():
    """As the taxonomy asks, also about what has no name in the language."""
    present = of_dimension()[0]

    assert present.kind == "present"
    assert present.questions == {
        WHALES: "This is about whales.",
        RENTS: "This is about what renting costs.",
        CHINESE: "這篇文章與「社造」有關。",
    }


def test_a_template_with_and_without_own_sentences():
    """Both are tried, if labels have own sentences; what has no name keeps its question."""
    found = {
        (each.kind, each.words): each.questions
        for each in of_dimension(templates=("So: {label}!",))
    }

    assert found["template", "So: {label}!"][RENTS] == "This is about what renting costs."
    assert found["template-for-all", "So: {label}!"][RENTS] == "So: rents!"
    assert found["template-for-all", "So: {label}!"][CHINESE] == "這篇文章與「社造」有關。"
    assert found["template-for-all", "This is about {label}."][RENTS] == "This is about rents."


def test_definitions_and_aliases_word_all_that_have_them():
    """And leave the others as they are; a way for a few labels is not one for the dimension."""
    taxonomy = parse(FILE.replace('name = { zh-TW = "社造" }', DEFINED))
    found = {each.kind: each.questions for each in of_dimension(taxonomy, language="zh-TW")}

    assert found["definition"] == {
        WHALES: "鯨豚的保育。",
        RENTS: "這篇文章與「房租」有關。",
        CHINESE: "社區營造。",
    }
    assert "aliases" not in found
    assert found["definition-after"][WHALES] == "這篇文章與「鯨魚」有關。鯨豚的保育。"


def test_no_wording_is_tried_twice():
    """Nor is one that asks nothing new; a template of the house may be the dimension's own."""
    for language in ("zh-TW", "en"):
        asked = [tuple(each.questions.items()) for each in of_dimension(language=language)]
        assert len(asked) == len(set(asked))


def test_a_label_alone():
    """Its name in each template, each alias, all in a row, its definition."""
    found = label_wordings(
        next(iter(TOPIC.labels)), dimension=TOPIC, language="en", templates=("So: {label}!",)
    )

    said = {(each.kind, each.words): each.questions[WHALES] for each in found}
    assert said["template-for-all", "So: {label}!"] == "So: whales!"
    assert said["alias", "dolphins"] == "This is about dolphins."
    assert said["aliases", ""] == "This is about whales or dolphins."
    assert said["definition-after", ""] == "This is about whales. Keeping whales alive."
    assert len(said) == 2 + len(TEMPLATES["en"]) + 4


def test_what_has_no_name_has_no_wording():
    """Nothing can be filled in."""
    assert label_wordings(TOPIC.labels[2], dimension=TOPIC, language="en") == []


def test_the_house_templates_are_templates():
    """Each has a place for the name, and ends as a sentence of its language."""
    for language, stop in (("zh-TW", "。"), ("en", ".")):
        for template in TEMPLATES[language]:
            assert template.count("{label}") == 1
            assert template.endswith(stop)
