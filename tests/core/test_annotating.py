"""Each document is asked in its own language, and answers come back in order."""

from core.annotating import annotate
from core.domain import Document
from core.taxonomy import parse
from tests.fakes.models import FakeAnnotator

TAXONOMY = parse(
    """
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }
[[dimension.label]]
id = "housing"
name = { zh-TW = "居住", en = "housing" }
"""
)


def test_languages_are_asked_apart_and_answered_in_order():
    """Chinese in Chinese, English in English, others in the community's language."""
    documents = [
        Document(text="房租又漲了。", language="zh-Hant"),
        Document(text="Rents rose again.", language="en"),
        Document(text="家賃がまた上がった。", language="ja"),
        Document(text="房租涨了。", language="zh-Hans"),
    ]

    labellings = annotate(
        FakeAnnotator(),
        [(document, None) for document in documents],
        taxonomy=TAXONOMY,
        language="en",
    )

    assert [found.language for found in labellings] == ["zh-TW", "en", "en", "zh-TW"]
    assert [found.premise.text for found in labellings] == [each.text for each in documents]


def test_nothing_is_asked_about_nothing():
    """No documents, no answers."""
    assert annotate(FakeAnnotator(), [], taxonomy=TAXONOMY, language="en") == []
