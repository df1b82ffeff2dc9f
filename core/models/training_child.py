"""Trains a community's model in a process of its own: what `python -m core.models.training_child`
runs.

Its one argument is a JSON object: `examples` (file of labelled texts, each already as it is asked
about), `taxonomy` (file), `output` (folder), `language`, `seed`, and perhaps `model` (folder to
begin with) and `device`. It tells on standard output, a JSON object a line: `done`, `total` and
`remaining_s`; at the end `finished`; `stopped`, when its standard input has ended (whoever started
it wants no more, or is gone); or `error` with `code`, `message` and `facts`. The same call goes on
with what was stopped.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from core.domain import Language
from core.errors import CommonplaceError, ModelUnavailable

LOWEST = 19


class StopAsked(Exception):
    """Whoever started us wants no more."""


def main(arguments: list[str] | None = None) -> None:
    """Train as the argument says."""
    told: dict[str, Any] = json.loads((arguments or sys.argv[1:])[0])
    with suppress(AttributeError, OSError):  # Windows has no niceness; its starter sets a class
        os.nice(LOWEST)
    should_stop = _watch()
    try:
        train(told, should_stop=should_stop)
    except StopAsked:
        _tell(stopped=True)
    except CommonplaceError as error:
        _tell(error={"code": error.code, "message": error.message, "facts": error.facts})
    else:
        _tell(finished=True)


def train(told: dict[str, Any], *, should_stop: Callable[[], bool]) -> None:
    """Train as told; see this module.

    Raises:
        StopAsked: it was stopped; the same call goes on.
        CommonplaceError: as `core.models.finetune.training.fine_tune` says.
    """
    try:
        from core.models.finetune.plan import Plan
        from core.models.finetune.training import fine_tune
        from core.models.recipe.running import Progress
    except ImportError as error:
        raise ModelUnavailable(
            f"Training needs packages that are not here ({error.name or error}): in the program's "
            "folder, pip install '.[hub]'",
            model=str(told.get("model", "builtin")),
        ) from error
    from core.labelled import read_labelled
    from core.taxonomy import load
    from core.training_set import from_labelled

    taxonomy = load(Path(told["taxonomy"]))
    texts = read_labelled(Path(told["examples"]), taxonomy)
    language = cast("Language", told.get("language", "zh-TW"))
    examples = from_labelled(texts, [each.text for each in texts], language=language)

    def tell(progress: Progress) -> None:
        _tell(done=progress.step, total=progress.steps, remaining_s=progress.left_s)
        if should_stop():
            raise StopAsked

    name = told.get("model", "builtin")
    fine_tune(
        examples,
        taxonomy,
        Path(told["output"]),
        base=None if name == "builtin" else Path(name),
        plan=Plan(seed=int(told.get("seed", 1))),
        tell=tell,
        device=told.get("device", "cpu"),
    )


def _watch() -> Callable[[], bool]:
    """Whether our standard input has ended."""
    ended = threading.Event()

    def read() -> None:
        with suppress(OSError, ValueError):
            while sys.stdin.buffer.read(1):
                pass
        ended.set()

    threading.Thread(target=read, daemon=True).start()
    return ended.is_set


def _tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
