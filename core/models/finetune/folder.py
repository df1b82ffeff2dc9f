"""The folder of a community's model: begun, written, finished."""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.errors import BadFile
from core.models import learned as learned_file
from core.models import low_rank
from core.models import weights as weights_file
from core.models.finetune import seen as seen_by
from core.models.finetune.labels import Choice
from core.models.finetune.plan import Plan
from core.models.finetune.question import Question
from core.models.finetune.report import Report
from core.models.finetune.seen import Seen, Tower
from core.models.finetune.stages import MAIN, root_of, root_weights, settings_of
from core.models.model_folder import BUILTIN, CONFIG_FILE, TRAINING_FILE
from core.taxonomy import Taxonomy
from core.training_set import Example

WORK = ".work"


def described(
    examples: Sequence[Example], taxonomy: Taxonomy, base: Path, plan: Plan
) -> dict[str, Any]:
    """What a run is made of; two that say the same end alike."""
    return described_with(examples, taxonomy, low_rank.digest(base), plan)


def described_with(
    examples: Sequence[Example], taxonomy: Taxonomy, base: str, plan: Plan
) -> dict[str, Any]:
    """The same for any base.

    Args:
        base: changes with its weights.
    """
    told = hashlib.sha256()
    for each in examples:
        said = (sorted(each.holds), sorted(each.fails), sorted(each.complete))
        told.update(repr((each.id, each.premise, each.language, *said, each.story)).encode())
    return {
        "examples": told.hexdigest()[:12],
        "taxonomy": taxonomy.digest,
        "base": base,
        "plan": asdict(plan),
    }


def begin(output: Path, work: Path, described: dict[str, Any], *, replaces: bool = False) -> None:
    """Begin a run in a folder, or see that it is the one to go on with.

    Args:
        replaces: whether one that was begun with something else makes room.

    Raises:
        BadFile: it does not, or the folder holds other files.
    """
    file = output / TRAINING_FILE
    described = json.loads(json.dumps(described))  # as it is read again
    if file.is_file():
        before = json.loads(file.read_text(encoding="utf-8"))["made_of"]
        changed = [key for key in described if before.get(key) != described[key]]
        if changed and replaces:
            shutil.rmtree(output)
        elif changed:
            raise BadFile(
                f"{output} was begun with something else (different: {', '.join(changed)}). Name "
                "another folder, or delete this one.",
                file=str(output),
            )
    elif output.is_dir() and any(output.iterdir()):
        raise BadFile(
            f"{output} holds other files. Name a new folder, or an empty one.", file=str(output)
        )
    work.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"made_of": described}, indent=2) + "\n"
    file.write_text(text, encoding="utf-8")


def write(
    output: Path,
    towers: Sequence[Tower],
    seen: Mapping[str, Seen],
    choice: Choice,
    asked: Question,
    *,
    plan: Plan,
    work: Path,
) -> None:
    for tower in towers:
        folder = output if tower.name == MAIN else output / tower.name
        folder.mkdir(parents=True, exist_ok=True)
        trained = work / f"{tower.name}.safetensors"
        if choice.trained[tower.name]:
            shutil.copyfile(trained, folder / weights_file.FILE)
        else:
            own = weights_file.floats(low_rank.read(tower.base, settings_of(tower.base)))
            same = low_rank.difference(own, root_weights(tower.base), rank=plan.rank)
            weights_file.write(same, folder / weights_file.FILE)
        added = seen_by.added(
            seen[tower.name],
            asked.holds,
            asked.known,
            asked.languages,
            tower.rows,
            move=choice.move,
            siblings=asked.siblings,
        )
        learned_file.write_vectors([added[at] for at in asked.calibrates], folder)
        config = json.loads((tower.base / CONFIG_FILE).read_text(encoding="utf-8"))
        config["commonplace"] |= {
            "name": "commonplace-community",
            low_rank.BASE: _named(root_of(tower.base), folder),
            low_rank.BASE_DIGEST: low_rank.digest(root_of(tower.base)),
        }
        text = json.dumps(config, indent=2) + "\n"
        (folder / CONFIG_FILE).write_text(text, encoding="utf-8")


def _named(root: Path, folder: Path) -> str:
    """How a folder's configuration names the model that it adds to."""
    builtin = BUILTIN.resolve()
    if root == builtin or builtin in root.parents:
        return str(Path("builtin") / root.relative_to(builtin))
    return os.path.relpath(root, folder.resolve())


def finish(output: Path, work: Path, report: Report) -> None:
    file = output / TRAINING_FILE
    said = json.loads(file.read_text(encoding="utf-8"))
    said["report"] = asdict(report)
    file.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    shutil.rmtree(work)
