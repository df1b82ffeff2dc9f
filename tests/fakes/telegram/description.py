"""The Bot API as a machine reads it: whether a value is of the type that it says.

`bot_api.json` holds methods and types of Bot API 10.3, as far as the server speaks them: a field's
name ends in "!" if it is required. Made from `.butcher/schema/schema.json` of aiogram 3.31 (MIT
licence, © Alex Root Junior), which is read off https://core.telegram.org/bots/api.
"""

import json
from pathlib import Path
from typing import Any

_API = json.loads((Path(__file__).parent / "bot_api.json").read_text("utf-8"))

REACTIONS = frozenset(_API["reactions"])
METHODS: dict[str, dict[str, str]] = _API["methods"]


class Mismatch(Exception):
    """A value is not what the description says; the message says where."""


def arguments(method: str, given: dict[str, str]) -> dict[str, Any]:
    """The parameters of a call as they came over the wire, decoded and checked."""
    fields = _fields(METHODS[method])
    decoded: dict[str, Any] = {}
    for name, text in given.items():
        if name not in fields:
            raise Mismatch(f"{method} has no parameter {name}")
        decoded[name] = _decoded(text, fields[name][0])
    _check_fields(method, decoded, fields)
    return decoded


def check(kind: str, value: Any) -> None:
    """Whether a value is of a type, with all required fields and no unknown ones."""
    _check(kind, value, kind)


def blank(kind: str) -> dict[str, bool]:
    """The required yes-or-no fields of a type, all no."""
    fields = _fields(_API["types"][kind])
    return {name: False for name, (type_, required) in fields.items()
            if required and type_ == "Boolean"}  # fmt: skip


def _fields(described: dict[str, str]) -> dict[str, tuple[str, bool]]:
    return {name.rstrip("!"): (kind, name.endswith("!")) for name, kind in described.items()}


def _decoded(text: str, kind: str) -> Any:
    if kind == "String" or (kind.endswith("or String") and not text.lstrip("-").isdigit()):
        return text
    if "InputFile" in kind and text.startswith("attach://"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise Mismatch(f"{text!r} is no {kind}") from None


def _check_fields(at: str, value: dict[str, Any], fields: dict[str, tuple[str, bool]]) -> None:
    for name, (kind, is_required) in fields.items():
        if name in value:
            _check(kind, value[name], f"{at}.{name}")
        elif is_required:
            raise Mismatch(f"{at} lacks {name}")
    if unknown := value.keys() - fields:
        raise Mismatch(f"{at} has unknown fields {sorted(unknown)}")


def _check(kind: str, value: Any, at: str) -> None:
    kinds = kind.split(" or ")
    if len(kinds) == 1:
        kinds = _API["unions"].get(kind, kinds)
    problems = []
    for each in kinds:
        try:
            _check_one(each, value, at)
        except Mismatch as problem:
            problems.append(str(problem))
        else:
            return
    raise Mismatch("; ".join(problems))


def _check_one(kind: str, value: Any, at: str) -> None:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise Mismatch(f"{at} is no list")
        for number, each in enumerate(value):
            _check(kind.removeprefix("Array of "), each, f"{at}[{number}]")
    elif kind in _API["types"] and kind != "InputFile":
        if not isinstance(value, dict):
            raise Mismatch(f"{at} is no {kind}")
        _check_fields(at, value, _fields(_API["types"][kind]))
    elif kind in _API["unions"]:
        _check(kind, value, at)
    else:
        of = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float)}
        is_right = value is True if kind == "True" else isinstance(value, of.get(kind, str))
        if not is_right or (kind == "Integer" and isinstance(value, bool)):
            raise Mismatch(f"{at} is no {kind}: {value!r}")
