"""The child process that trains; `core.models.training_process` starts it and hears it.

torch takes seconds to load, more on a busy machine, so it is imported after the parent is watched.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.domain import LabelPath, Language
from core.errors import CommonplaceError
from core.jsonl import read_jsonl
from core.labelling import question_language
from core.models.training_process import StopAsked, lesson_of, tell, tell_error, watch
from core.taxonomy import load
from core.training_set import Example

if TYPE_CHECKING:
    from core.models.recipe.running import Progress


def main() -> None:
    """Train what the arguments say, and tell how far it is."""
    told, model = lesson_of(sys.argv)
    should_stop = watch()

    from core.models.entailer import BUILTIN_NAME, is_pair
    from core.models.finetune.adapting import adapt
    from core.models.finetune.plan import Plan
    from core.models.finetune.training import fine_tune

    def heard(now: "Progress") -> None:
        tell(done=now.step, total=now.steps, remaining_s=now.left_s)
        if should_stop():
            raise StopAsked

    language: Language = "zh-TW" if told["language"] == "zh-TW" else "en"
    try:
        given = (
            list(_examples(Path(told["examples"]), language)),
            load(Path(told["taxonomy"])),
            Path(told["output"]),
        )
        plan = Plan(tunes=bool(told["tunes"]), seed=int(told["seed"]))
        # replaces: the program or its settings may have changed since a run was stopped
        if is_pair(model):
            adapt(*given, base=model, plan=plan, tell=heard, replaces=True)
        else:
            base = None if model == BUILTIN_NAME else Path(model).expanduser()
            fine_tune(*given, base=base, plan=plan, tell=heard, replaces=True)
    except StopAsked:
        tell(stopped=True)
    except CommonplaceError as error:
        tell_error(error)
    else:
        tell(finished=True)


def _examples(file: Path, language: Language) -> Iterable[Example]:
    """The lines of a lesson (`core.training_examples.row`).

    Only dimensions that a line names are complete: elsewhere labels may be left open.
    """
    for _, row in read_jsonl(file, required=("id", "text")):
        yield Example(
            id=row["id"],
            premise=row["text"],
            language=question_language(row.get("lang"), otherwise=language),
            holds=_paths(row["labels"]),
            fails=_paths(row["not"]),
            complete=frozenset(row["dimensions"]),
            story=row["story"],
        )


def _paths(found: Any) -> frozenset[LabelPath]:
    return frozenset(LabelPath(each) for each in found)


if __name__ == "__main__":
    main()
