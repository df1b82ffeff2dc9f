"""Each tower trained without each part of the examples in turn, then on all: what it makes of them.

What a stage came to is kept in a file, so that a run that was stopped goes on with the next one.
"""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain import LANGUAGES, Language
from core.models import low_rank
from core.models import weights as weights_file
from core.models.entailer import CHINESE, is_chinese
from core.models.finetune import seen as seen_by
from core.models.finetune.material import Material, tempting
from core.models.finetune.plan import Plan
from core.models.finetune.seen import Seen, Tower
from core.models.finetune.tuning import TuneTask, encode, forget, load
from core.models.finetune.unlabelled import Unlabelled
from core.models.model_folder import CONFIG_FILE
from core.models.recipe import bodies
from core.models.recipe.running import Progress
from core.taxonomy import Taxonomy, localised
from core.training_set import Example

MAIN = "main"

AS_IT_WAS, TRAINED = 0, 1
"""Where `train` puts which."""


class Clock:
    """Turns the progress of one task into that of the whole."""

    def __init__(self, tell: Callable[[Progress], None], steps: int) -> None:
        self._tell = tell
        self._steps = steps
        self._done = 0
        self._began: tuple[float, int] | None = None

    def __call__(self, progress: Progress) -> None:
        done = self._done + progress.step
        now = time.monotonic()
        if self._began is None:
            self._began = now, done
        began, first = self._began
        left = (now - began) / (done - first) * (self._steps - done) if done > first else None
        self._tell(Progress(progress.stage, done, self._steps, progress.loss, left))

    def skip(self, steps: int) -> None:
        self._done += steps


def towers_of(
    base: Path, examples: Sequence[Example], unlabelled: Sequence[Example]
) -> list[Tower]:
    both = examples, unlabelled
    rows, others = (list(range(len(each))) for each in both)
    found = [Tower(MAIN, base, rows, LANGUAGES, others)]
    if (base / CHINESE / CONFIG_FILE).is_file():
        rows, others = (
            [at for at, each in enumerate(own) if is_chinese(each.premise)] for own in both
        )
        found.append(Tower(CHINESE, base / CHINESE, rows, ("zh-TW",), others))
    return found


def is_trained(tower: Tower, plan: Plan) -> bool:
    return plan.tunes and len(tower.rows) >= 2 * plan.folds


def all_steps(tower: Tower, fold_of: Sequence[int], plan: Plan) -> int:
    if not is_trained(tower, plan):
        return 0
    return sum(
        plan.steps(len([at for at in tower.rows if fold_of[at] != fold]))
        for fold in range(plan.folds + 1)
    )


def train(
    tower: Tower,
    examples: Sequence[Example],
    unlabelled: Sequence[Example],
    taxonomy: Taxonomy,
    fold_of: Sequence[int],
    *,
    plan: Plan,
    work: Path,
    tell: Clock,
    device: str,
) -> list[list[Seen]]:
    """What the tower makes of everything.

    Returns:
        At `AS_IT_WAS`, for each fold and for all, the same; at `TRAINED`, if it is trained, what it
        makes once trained without each fold in turn, then on all.
    """
    file = work / f"{tower.name}-before.npz"
    if file.is_file():
        before = _read_seen(file)
    else:
        body = bodies.of_ours(tower.base)
        before = look(body, tower, examples, unlabelled, taxonomy, plan=plan, device=device)
        _write_seen(before, file)
    as_it_was = [before] * (plan.folds + 1)
    if not is_trained(tower, plan):
        return [as_it_was]
    found: list[Seen] = []
    for fold in range(plan.folds + 1):
        file = work / f"{tower.name}-{fold}.npz"
        state = work / f"{tower.name}-{fold}.pt"
        rows = [at for at in tower.rows if fold_of[at] != fold]
        if file.is_file():
            found.append(_read_seen(file))
            tell.skip(plan.steps(len(rows)))
            continue
        body = bodies.of_ours(tower.base)
        languages = [each.language for each in examples]
        said = seen_by.before(before, languages, rows)
        own = [examples[at] for at in rows]
        material = Material(own, taxonomy, tempting(own, taxonomy, said), languages=tower.languages)
        steps = plan.steps(len(rows))
        task = TuneTask(body, plan, material, steps=steps, device=device)
        task.train(tower.name, state=state, tell=tell)
        tell.skip(steps)
        mixed = task.mixed()
        body = bodies.of_ours(tower.base)
        if fold == plan.folds:  # what is kept is rounded, so that is what labels are learnt on
            stored = root_weights(tower.base)
            difference = low_rank.difference(mixed, stored, rank=plan.rank)
            weights_file.write(difference, work / f"{tower.name}.safetensors")
            mixed = weights_file.floats(low_rank.applied(difference, stored))
        load(body, mixed)
        seen = look(body, tower, examples, unlabelled, taxonomy, plan=plan, device=device)
        _write_seen(seen, file)
        forget(state)
        found.append(seen)
    return [as_it_was, found]


def look(
    body: bodies.Body,
    tower: Tower,
    examples: Sequence[Example],
    unlabelled: Sequence[Example],
    taxonomy: Taxonomy,
    *,
    plan: Plan,
    device: str,
) -> Seen:
    """What a body makes of everything; examples that its tower is not asked about are zeros."""
    settings = settings_of(tower.base)
    others = [unlabelled[at] for at in tower.unlabelled]
    own, rest = (
        encode(body, [each.premise for each in here], max_tokens=tokens, device=device)
        for here, tokens in (
            ([examples[at] for at in tower.rows], settings["text_tokens"]),
            (others, plan.text_tokens),  # whose beginning tells enough
        )
    )
    texts = np.zeros((len(examples), own.shape[1]), np.float32)
    texts[tower.rows] = own
    asked = {each.language for each in (*examples, *others)}
    hypotheses = {
        language: encode(
            body,
            [localised(label.hypotheses, language, "") for label in taxonomy.walk()],
            max_tokens=settings["hypothesis_tokens"],
            device=device,
        )
        for language in LANGUAGES
        if language in asked
    }
    return Seen(
        texts,
        hypotheses,
        settings["scale"],
        settings["bias"],
        Unlabelled(rest, [each.language for each in others]),
    )


def settings_of(folder: Path) -> dict[str, Any]:
    config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
    own: dict[str, Any] = config["commonplace"]
    return own


def root_of(folder: Path) -> Path:
    """The folder that a model's own additions, and those of what is trained on it, go to."""
    return low_rank.base_of(folder, settings_of(folder)).resolve()


def root_weights(folder: Path) -> weights_file.Weights:
    return weights_file.read(root_of(folder) / weights_file.FILE)


def _write_seen(seen: Seen, file: Path) -> None:
    arrays = {f"hypotheses {language}": each for language, each in seen.hypotheses.items()}
    odds = np.array([seen.scale, seen.bias])
    arrays["unlabelled"] = seen.unlabelled.texts
    languages = np.array(seen.unlabelled.languages, np.str_)
    aside = file.with_suffix(".new.npz")
    np.savez(aside, texts=seen.texts, odds=odds, languages=languages, allow_pickle=False, **arrays)
    aside.replace(file)


def _read_seen(file: Path) -> Seen:
    with np.load(file, allow_pickle=False) as kept:
        hypotheses: dict[Language, NDArray[np.float32]] = {
            language: kept[f"hypotheses {language}"]
            for language in LANGUAGES
            if f"hypotheses {language}" in kept
        }
        scale, bias = kept["odds"].tolist()
        rest = Unlabelled(kept["unlabelled"], kept["languages"].tolist())
        return Seen(kept["texts"], hypotheses, scale, bias, rest)
