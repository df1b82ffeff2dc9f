"""What a language model answered, believed only as far as the taxonomy goes."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.domain import LabelPath
from core.draft import Answered
from core.taxonomy import Taxonomy, ancestors, dimension_of, parent_of

MOST = 200
"""Paths and characters of a path that are read at most; no honest answer has as many."""

_THINKING = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n\s*```\s*$", re.DOTALL)


Form = TypeVar("Form", bound=BaseModel)


class _Labels(BaseModel):
    model_config = ConfigDict(strict=True)
    labels: Annotated[list[Annotated[str, Field(max_length=MOST)]], Field(max_length=MOST)]


class _Summary(BaseModel):
    model_config = ConfigDict(strict=True)
    summary: Annotated[str, Field(min_length=1)]


class _Claim(BaseModel):
    model_config = ConfigDict(strict=True)
    words: str
    item: int
    quote: str


class _Claims(BaseModel):
    model_config = ConfigDict(strict=True)
    claims: Annotated[list[_Claim], Field(max_length=MOST)]


@dataclass(frozen=True, slots=True)
class Checked:
    """Labels that may be suggested.

    Attributes:
        labels: in taxonomy order, closed under ancestors.
        dropped: how many paths were answered that nobody asked about, or that a dimension of
            choice "one" has no room for.
    """

    labels: tuple[LabelPath, ...]
    dropped: int


def labels_schema(paths: Sequence[LabelPath]) -> Mapping[str, Any]:
    """The only answers that there are: lists of these paths."""
    items = {"type": "string", "enum": list(paths)}
    return _object("labels", {"type": "array", "items": items})


def summary_schema() -> Mapping[str, Any]:
    """One string."""
    return _object("summary", {"type": "string"})


def claims_schema() -> Mapping[str, Any]:
    """Claims, each with the number of its item and words of it."""
    fields = {"words": {"type": "string"}, "item": {"type": "integer"}, "quote": {"type": "string"}}
    claim = {
        "type": "object",
        "properties": fields,
        "required": [*fields],
        "additionalProperties": False,
    }
    return _object("claims", {"type": "array", "items": claim})


def read_claims(text: str) -> list[Answered]:
    """The claims that were answered, unchecked; ValueError if it is not the JSON asked for."""
    return [Answered(each.words, each.item, each.quote) for each in _read(text, _Claims).claims]


def read_labels(text: str, *, asked: Collection[LabelPath], taxonomy: Taxonomy) -> Checked:
    """Check an answer.

    Args:
        text: as answered.
        asked: the paths that were asked about, with their ancestors.
        taxonomy: says of which dimensions one label may be chosen.

    Raises:
        ValueError: it is not the JSON that was asked for.
    """
    answered = list(dict.fromkeys(each.strip() for each in _read(text, _Labels).labels))
    accepted: dict[LabelPath, None] = {}
    dropped = 0
    for each in answered:
        path = LabelPath(each)
        if path not in asked or not _has_room(path, accepted, taxonomy):
            dropped += 1
            continue
        accepted.update(dict.fromkeys((*ancestors(path), path)))
    return Checked(tuple(sorted(accepted, key=taxonomy.position)), dropped)


def read_summary(text: str) -> str:
    """The summary that was answered; ValueError if it is not the JSON that was asked for."""
    return _read(text, _Summary).summary.strip()


def _has_room(path: LabelPath, accepted: Collection[LabelPath], taxonomy: Taxonomy) -> bool:
    """Whether a label may stand beside what was accepted: where one is chosen, in one chain."""
    if taxonomy.dimension(path).choice == "many":
        return True
    for each in (*ancestors(path), path):
        beside = [
            other
            for other in accepted
            if other != each
            and parent_of(other) == parent_of(each)
            and dimension_of(other) == dimension_of(each)
        ]
        if beside:
            return False
    return True


def _read(text: str, form: type[Form]) -> Form:
    """The object in an answer. Thinking aloud before it, and a fence around it, are passed over."""
    text = _THINKING.sub("", text)
    if fenced := _FENCE.match(text):
        text = fenced[1]
    try:
        return form.model_validate(json.loads(text))
    except (json.JSONDecodeError, RecursionError, ValidationError) as error:
        raise ValueError(f"not the JSON asked for: {type(error).__name__}") from error


def _object(key: str, value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": {key: value},
        "required": [key],
        "additionalProperties": False,
    }
