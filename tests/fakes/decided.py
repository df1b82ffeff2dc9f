"""Examples that a community might have decided: whales and rents, in both languages."""

from collections.abc import Sequence

from core.domain import LabelPath, Language
from core.taxonomy import parse
from core.training_set import Example

_TEXT = """
[[dimension]]
id = "topic"
choice = "many"
name = { en = "Topic", zh-TW = "主題" }
hypothesis = { en = "It is about {label}.", zh-TW = "關於{label}" }
[[dimension.label]]
id = "marine"
name = { en = "cetaceans", zh-TW = "環境" }
aliases = { en = ["whales"] }
definition = { en = "Whales at sea." }
[[dimension.label]]
id = "rents"
name = { en = "rents", zh-TW = "台灣" }
[[dimension.label]]
id = "soup"
name = { en = "soup", zh-TW = "境環" }
"""
TAXONOMY = parse(_TEXT)
MARINE, RENTS, SOUP = (LabelPath(f"topic/{each}") for each in ("marine", "rents", "soup"))


def text() -> str:
    """The content of the taxonomy's file."""
    return _TEXT


def example(
    id_: int | str,
    premise: str,
    *holds: str,
    fails: Sequence[str] = (),
    complete: Sequence[str] = ("topic",),
    story: str = "",
    language: Language = "en",
) -> Example:
    return Example(
        id=str(id_),
        premise=premise,
        language=language,
        holds=frozenset(LabelPath(each) for each in holds),
        fails=frozenset(LabelPath(each) for each in fails),
        complete=frozenset(complete),
        story=story,
    )


def decided(each: int = 8) -> list[Example]:
    """As many about whales, about rents, and about nothing that has a label."""
    return [
        *(example(f"m{n}", f"ww xx ww {n}", MARINE) for n in range(each)),
        *(example(f"r{n}", f"rr qq rr {n}", RENTS) for n in range(each)),
        *(example(f"n{n}", f"bb oo bb {n}") for n in range(each)),
    ]
