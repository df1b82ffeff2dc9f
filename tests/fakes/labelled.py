"""Labelled texts about whales and rents, for trials of wordings."""

from collections.abc import Sequence

from core.domain import LabelPath
from core.labelled import LabelledText
from core.taxonomy import Taxonomy, parse
from core.wording_trial import View, views

TAXONOMY = parse("""
[[dimension]]
id = "topic"
choice = "many"
name = { en = "Topic" }
hypothesis = { en = "This text is about {label}." }
[[dimension.label]]
id = "marine"
name = { en = "cetaceans" }
aliases = { en = ["whales", "the open sea"] }
[[dimension.label.label]]
id = "watching"
name = { en = "watching" }
[[dimension.label]]
id = "rents"
name = { en = "rents" }
definition = { en = "What tenants pay." }
[[dimension.label]]
id = "soup"
name = { en = "soup" }
[[dimension]]
id = "form"
choice = "one"
name = { en = "Form" }
hypothesis = { en = "This text is {label}." }
[[dimension.label]]
id = "news"
name = { en = "news" }
""")
MARINE, RENTS = LabelPath("topic/marine"), LabelPath("topic/rents")


def text(
    id_: int, words: str, *labels: str, dimensions: Sequence[str] = ("topic",)
) -> LabelledText:
    return LabelledText(
        id=str(id_),
        text=words,
        title=None,
        language="en",
        labels=frozenset(LabelPath(label) for label in labels),
        dimensions=frozenset(dimensions),
    )


def house(each: int = 20) -> list[LabelledText]:
    """As many texts about whales, about rents, and about nothing that has a label."""
    return [
        *(text(n, f"whales pass {n}", MARINE) for n in range(each)),
        *(text(n, f"rents rise {n}", RENTS) for n in range(each, 2 * each)),
        *(text(n, f"bread {n}") for n in range(2 * each, 3 * each)),
    ]


def view_of(texts: Sequence[LabelledText], taxonomy: Taxonomy = TAXONOMY) -> View:
    found = views(taxonomy, texts, [each.text for each in texts], ["en"] * len(texts))
    return found[0]
