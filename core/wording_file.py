"""Proposed wordings as changes of a taxonomy file, which keeps its comments, order and layout.

Only hypotheses change: a dimension's template, or a label's own sentence. Names and aliases are for
people, too, and stay as they are, even where an alias is what a model understands best.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit

from core.domain import LANGUAGES, LabelPath, Language
from core.taxonomy import Dimension, Label
from core.wording import PLACEHOLDER, Wording

_KEY = "hypothesis"


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that takes the place of another.

    Attributes:
        path: of a label; or the id of a dimension, whose template it is.
        language: of the sentence.
        hypothesis: the sentence; None: the label has none of its own any more.
    """

    path: str
    language: Language
    hypothesis: str | None


def changes(
    dimension: Dimension,
    labels: Sequence[Label],
    language: Language,
    accepted: Iterable[Wording],
) -> list[Change]:
    """What must change so that labels are asked as accepted wordings say, later ones first in rank.

    Args:
        dimension, labels: as they are; labels that were not tried are left alone.
        language: of the wordings.
        accepted: wordings, each on top of those before it.
    """
    old = dimension.templates.get(language)
    new, questions = old, _present(labels, language)
    for wording in accepted:
        questions |= wording.questions
        if wording.kind in ("template", "template-for-all") and len(wording.questions) > 1:
            new = wording.words
    found = [Change(dimension.id, language, new)] if new != old else []
    for label in labels:
        name, now = label.names.get(language), label.hypotheses.get(language)
        usual = new and name and new.replace(PLACEHOLDER, name)
        was_usual = old and name and old.replace(PLACEHOLDER, name)
        wanted = questions.get(label.path)
        if wanted == usual:
            if now != was_usual:
                found.append(Change(label.path, language, None))
        elif wanted != now or now == was_usual:
            found.append(Change(label.path, language, wanted))
    return found


def rewritten(text: str, wanted: Sequence[Change]) -> str:
    """The content of a taxonomy file, changed."""
    document = tomlkit.parse(text)
    for change in wanted:
        _apply(_table(document, change.path), change)
    return tomlkit.dumps(document)


def fragment(text: str, wanted: Sequence[Change]) -> str:
    """The changed lines alone, each under a comment that names its place, to be pasted."""
    document = tomlkit.parse(text)
    for change in wanted:
        _apply(_table(document, change.path), change)
    lines = []
    for path in dict.fromkeys(change.path for change in wanted):
        found = _table(document, path).get(_KEY)
        lines.append(f"# {path}")
        lines.append(_line(found) if found else f"# ({_KEY} = …)")
    return "\n".join(lines)


def _present(labels: Sequence[Label], language: Language) -> dict[LabelPath, str]:
    return {
        label.path: label.hypotheses[language] for label in labels if language in label.hypotheses
    }


def _table(document: Mapping[str, Any], path: str) -> Any:
    """The table of a dimension or label."""
    ids = path.split("/")
    tables, found = document["dimension"], None
    for id_ in ids:
        found = next(table for table in tables if table["id"] == id_)
        tables = found.get("label", [])
    return found


def _apply(table: Any, change: Change) -> None:
    said = {language: str(words) for language, words in table.get(_KEY, {}).items()}
    if change.hypothesis is None:
        said.pop(change.language, None)
    else:
        said[change.language] = change.hypothesis
    if said and _KEY in table:
        table[_KEY] = tomlkit.parse(_line(said))[_KEY]
    elif said:
        _append(table, tomlkit.parse(_line(said) + "\n")[_KEY])
    elif _KEY in table:
        table.remove(_KEY)


def _append(table: Any, value: Any) -> None:
    """Put a new line behind the last key: tomlkit would put it behind what follows the table, an
    empty line or a comment on the next one."""
    body = table.value.body
    behind = []
    while body and body[-1][0] is None:
        behind.append(body.pop())
    table[_KEY] = value
    body.extend(reversed(behind))


def _line(said: Mapping[str, str]) -> str:
    """An inline table as people write it: `hypothesis = { zh-TW = "…", en = "…" }`."""
    inside = ", ".join(
        f"{language} = {tomlkit.string(str(said[language])).as_string()}"
        for language in LANGUAGES
        if language in said
    )
    return f"{_KEY} = {{ {inside} }}"
