"""The ways in which labels can be asked about: templates, names, aliases, definitions.

A wording is a question for each of some labels. Which of them a model understands best is measured
by `core.wording_proposals`; this module only says what there is to try.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.domain import LabelPath, Language
from core.taxonomy import Dimension, Label, Taxonomy

PLACEHOLDER = "{label}"

TEMPLATES: Mapping[Language, tuple[str, ...]] = {
    "zh-TW": (
        "這篇文章與「{label}」有關。",
        "這篇文章談的是{label}。",
        "這段文字的主題是{label}。",
        "文中提到{label}。",
        "{label}。",
    ),
    "en": (
        "This text is about {label}.",
        "The topic of this text is {label}.",
        "This text discusses {label}.",
        "This example is {label}.",
        "{label}.",
    ),
}
"""Tried on every dimension, besides its own: how people put it, what zero-shot classification uses
by default ("This example is …", Yin et al. 2019, arXiv:1909.00161), and the bare name."""

Kind = Literal[
    "present", "template", "template-for-all", "alias", "aliases", "definition", "definition-after",
    "mean",
]  # fmt: skip
"""How a wording comes about:

present: as the taxonomy asks now;
template: this template, for labels without a sentence of their own;
template-for-all: this template, also for labels that have one;
alias: this alias in the name's place;
aliases: name and aliases in the name's place, in a row;
definition: the definition itself is the question;
definition-after: the present question, then the definition;
mean: the mean of the answers to all other wordings; costs as many questions, and is not offered.
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of asking.

    Attributes:
        kind: how it comes about.
        words: the template or alias that it takes; "" for the others.
        questions: what is asked about each label that it words.
    """

    kind: Kind
    words: str
    questions: Mapping[LabelPath, str]


def dimension_wordings(
    dimension: Dimension,
    labels: Sequence[Label],
    *,
    taxonomy: Taxonomy,
    language: Language,
    templates: Sequence[str] = (),
) -> list[Wording]:
    """Ways of asking about all labels of a dimension; the present one comes first.

    Args:
        dimension: whose.
        labels: those that are asked about.
        taxonomy: theirs.
        language: of the questions.
        templates: sentences with {label}, to be tried besides those of the house.
    """
    present = {label.path: taxonomy.hypothesis(label.path, language) for label in labels}
    usual = dimension.templates.get(language)
    own = {label.path for label in labels if _has_own(label, usual, language)}
    found = [Wording("present", "", present)]
    for template in _distinct([*templates, usual, *TEMPLATES[language]]):
        filled = {
            label.path: _fill(template, label.names[language])
            for label in labels
            if language in label.names
        }
        others = {path: words for path, words in filled.items() if path not in own}
        found.append(Wording("template", template, present | others))
        found.append(Wording("template-for-all", template, present | filled))
    of_each = [label_wordings(label, dimension=dimension, language=language) for label in labels]
    for kind in ("aliases", "definition", "definition-after"):
        worded = [each for alike in of_each for each in alike if each.kind == kind]
        if 2 * len(worded) < len(labels):
            continue  # a way for a few labels is tried with each of them alone
        questions = {path: words for each in worded for path, words in each.questions.items()}
        found.append(Wording(kind, "", present | questions))
    return _each_once(found)


def label_wordings(
    label: Label,
    *,
    dimension: Dimension,
    language: Language,
    templates: Sequence[str] = (),
) -> list[Wording]:
    """Ways of asking about one label, besides the present one, if it is named in the language.

    Args:
        label: which.
        dimension: its own.
        language: of the questions.
        templates: sentences with {label}, to be tried besides those of the house.
    """
    name = label.names.get(language)
    if name is None:
        return []
    usual = dimension.templates.get(language) or TEMPLATES[language][0]
    aliases = label.aliases.get(language, ())
    definition = label.definitions.get(language)
    now = label.hypotheses.get(language) or _fill(usual, name)

    def only(kind: Kind, words: str, question: str) -> Wording:
        return Wording(kind, words, {label.path: question})

    found = [
        only("template-for-all", template, _fill(template, name))
        for template in _distinct([*templates, usual, *TEMPLATES[language]])
    ]
    found += [only("alias", alias, _fill(usual, alias)) for alias in aliases]
    if aliases:
        found.append(only("aliases", "", _fill(usual, _in_a_row([name, *aliases], language))))
    if definition:
        between = "" if language == "zh-TW" else " "
        found.append(only("definition", "", definition))
        found.append(only("definition-after", "", f"{now}{between}{definition}"))
    return _each_once(found)


def _has_own(label: Label, usual: str | None, language: Language) -> bool:
    """Whether its question is another than the dimension's template makes."""
    question, name = label.hypotheses.get(language), label.names.get(language)
    return question is not None and (
        usual is None or name is None or question != _fill(usual, name)
    )


def _fill(template: str, name: str) -> str:
    return template.replace(PLACEHOLDER, name)


def _in_a_row(names: Sequence[str], language: Language) -> str:
    comma, last = ("、", "或") if language == "zh-TW" else (", ", " or ")
    return f"{comma.join(names[:-1])}{last}{names[-1]}" if len(names) > 1 else names[0]


def _distinct(templates: Sequence[str | None]) -> Iterator[str]:
    return (each for each in dict.fromkeys(templates) if each)


def _each_once(wordings: Sequence[Wording]) -> list[Wording]:
    """Of those that ask the very same, the first."""
    first: dict[frozenset[tuple[LabelPath, str]], Wording] = {}
    for each in wordings:
        first.setdefault(frozenset(each.questions.items()), each)
    return list(first.values())
