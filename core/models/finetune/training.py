"""From a community's examples to its model: the whole way, which can be stopped and gone on with.

1. **Folds**: examples are divided by story. For each fold a model is trained on the others, and
   asked about it: nothing else tells how it will do on what it has not seen.
2. **Towers**: each is trained on questions about the examples in its language
   (`core.models.finetune.material`), once for each fold and once on all; what it then makes of
   texts and hypotheses is kept.
3. **Labels**: what a label's examples have in common joins its hypothesis; its log odds are
   calibrated, and its threshold chosen, on the answers about texts unseen.
4. **Report**: labels and probabilities about texts unseen, before and after.
5. **Folder**: what the towers add to those before, in matrices of low rank, what the labels learnt,
   and a card. `.work` in it holds what a stopped run goes on from, and is deleted at the end.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import calibration
from core.domain import LANGUAGES, LabelPath, Language
from core.errors import BadFile
from core.models import learned as learned_file
from core.models import low_rank
from core.models import weights as weights_file
from core.models.entailer import CHINESE, CHINESE_SHARE, is_chinese, is_ours
from core.models.finetune import seen as seen_by
from core.models.finetune.material import Material, tempting
from core.models.finetune.plan import Plan
from core.models.finetune.report import HeldOut, Report, judge_held_out
from core.models.finetune.seen import Seen
from core.models.finetune.tuning import TuneTask, encode, forget, load, settle
from core.models.learned import Curve, Learned, LearnedLabel
from core.models.model_folder import BUILTIN, CONFIG_FILE
from core.models.recipe import bodies
from core.models.recipe.running import Progress, Tell
from core.taxonomy import Taxonomy, localised
from core.training_set import LEAST_WITH_LABEL, TrainingExample, checked, folds, with_label

Values = NDArray[np.float64]

TRAINING_FILE = "training.json"
WORK = ".work"
SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the Chinese tower in log odds about Chinese pairs: what is tried."""

SIDE_LEAST = 30
"""Known answers about Chinese pairs, or about others, from which these get a curve of their own."""


@dataclass(frozen=True)
class _Tower:
    """One tower to train: where it is, and which examples and languages it is asked about."""

    name: str
    base: Path
    rows: list[int]
    languages: tuple[Language, ...]


def fine_tune(
    examples: Sequence[TrainingExample],
    taxonomy: Taxonomy,
    output: Path,
    *,
    base: Path | None = None,
    plan: Plan | None = None,
    tell: Tell = lambda _: None,
    device: str = "cpu",
    threads: int | None = None,
) -> Report:
    """Train a community's model, in this process.

    Args:
        examples: what people said; see `core.training_set`.
        taxonomy: what may be said.
        output: the folder; a run that was stopped there is gone on with.
        base: folder of the model to begin with; None: the one in the package.
        plan: how, with the seed.
        tell: hears of each step of the whole, and when all is done; what it raises stops the run,
            which can be gone on with.
        device: "cpu", or as torch names another; answers differ a little between devices.
        threads: for matrix products; None: as torch chooses.

    Raises:
        BadExamples: there are too few.
        BadFile: the folder was begun with other examples or another plan, or the base is none.
        ModelUnavailable: the base's files are missing or damaged.
    """
    plan = plan or Plan()
    base = base or BUILTIN
    examples = checked(examples, taxonomy)
    if not is_ours(base):
        raise BadFile(
            f"{base} holds no model of ours. Name a folder that `commonplace build-model` or "
            "`commonplace train` wrote, or leave it out to begin with the built-in model.",
            file=str(base),
        )
    began = time.monotonic()
    settle(threads=threads, seed=plan.seed)
    work = output / WORK
    _begin(output, work, _described(examples, taxonomy, base, plan))
    labels = tuple(taxonomy.walk())
    paths = [label.path for label in labels]
    languages = [each.language for each in examples]
    # 1. folds
    fold_of = folds(examples, count=plan.folds, seed=plan.seed)
    # 2. towers
    towers = _towers(base, examples)
    clock = _Clock(tell, sum(_steps(tower, fold_of, plan) for tower in towers))
    seen: dict[str, list[Seen]] = {}
    for tower in towers:
        seen[tower.name] = _train(
            tower, examples, taxonomy, fold_of, plan=plan, work=work, tell=clock, device=device
        )
    # 3. labels
    counts = with_label(examples)
    learns = [at for at, path in enumerate(paths) if counts[path] >= LEAST_WITH_LABEL]
    holds, known = seen_by.table(examples, paths)
    both = np.array(
        [
            is_chinese(each.premise)
            and is_chinese(localised(labels[0].hypotheses, each.language, ""))
            for each in examples
        ]
    )
    raw = {
        name: _unseen(each, holds, fold_of, languages, learns, plan=plan)
        for name, each in seen.items()
    }
    share = _best_share(raw, both, holds, known, learns)
    logits = _mixed(raw, both, share)
    fitted = _calibrated(logits, holds, known, both, paths, learns)
    # 4. report
    held_out = HeldOut(
        logits=_cross_fitted(logits, holds, known, both, paths, learns, fold_of),
        thresholds=[
            _calibrated(
                logits[rows], holds[rows], known[rows], both[rows], paths, learns
            ).thresholds(paths, learns)
            for rows in (_others(fold_of, fold) for fold in range(plan.folds))
        ],
        folds=fold_of,
        learns=frozenset(paths[at] for at in learns),
    )
    report = judge_held_out(examples, taxonomy, base, held_out, seconds=time.monotonic() - began)
    # 5. folder
    learned = Learned(
        tuple(fitted.label(at, labels[at], counts[paths[at]]) for at in learns), share
    )
    _write(output, towers, seen, holds, learns, plan=plan, work=work)
    learned_file.write(learned, output)
    _finish(output, work, report)
    return report


# ── 2. towers ────────────────────────────────────────────────────────────────────────────────────


def _towers(base: Path, examples: Sequence[TrainingExample]) -> list[_Tower]:
    everything = list(range(len(examples)))
    found = [_Tower("main", base, everything, LANGUAGES)]
    if (base / CHINESE / CONFIG_FILE).is_file():
        chinese = [at for at, each in enumerate(examples) if is_chinese(each.premise)]
        found.append(_Tower(CHINESE, base / CHINESE, chinese, ("zh-TW",)))
    return found


def _is_trained(tower: _Tower, plan: Plan) -> bool:
    return plan.tunes and len(tower.rows) >= 2 * plan.folds


def _steps(tower: _Tower, fold_of: Sequence[int], plan: Plan) -> int:
    if not _is_trained(tower, plan):
        return 0
    return sum(
        plan.steps(len([at for at in tower.rows if fold_of[at] != fold]))
        for fold in range(plan.folds + 1)
    )


def _train(
    tower: _Tower,
    examples: Sequence[TrainingExample],
    taxonomy: Taxonomy,
    fold_of: Sequence[int],
    *,
    plan: Plan,
    work: Path,
    tell: "_Clock",
    device: str,
) -> list[Seen]:
    """What the tower makes of everything: trained without each fold in turn, then on all."""
    before: Seen | None = None
    found: list[Seen] = []
    for fold in range(plan.folds + 1):
        file = work / f"{tower.name}-{fold}.npz"
        state = work / f"{tower.name}-{fold}.pt"
        rows = [at for at in tower.rows if fold_of[at] != fold]
        if file.is_file():
            found.append(_read_seen(file))
            tell.skip(plan.steps(len(rows)) if _is_trained(tower, plan) else 0)
            continue
        body = bodies.of_ours(tower.base)
        settings = _settings(tower.base)
        if before is None:
            before = _look(body, examples, taxonomy, settings, device=device)
        if not _is_trained(tower, plan):
            found.append(before)
            _write_seen(before, file)
            continue
        languages = [each.language for each in examples]
        nothing = np.zeros((len(next(iter(before.hypotheses.values()))), before.texts.shape[1]))
        said = seen_by.logits(before, nothing.astype(np.float32), languages, rows)
        own = [examples[at] for at in rows]
        material = Material(own, taxonomy, tempting(own, taxonomy, said), languages=tower.languages)
        steps = plan.steps(len(rows))
        task = TuneTask(body, plan, material, steps=steps, device=device)
        task.train(tower.name, state=state, tell=tell)
        tell.skip(steps)
        mixed = task.mixed()
        body = bodies.of_ours(tower.base)
        if fold == plan.folds:  # what is kept is rounded, so that is what labels are learnt on
            stored = _root_weights(tower.base)
            difference = low_rank.difference(mixed, stored, rank=plan.rank)
            weights_file.write(difference, work / f"{tower.name}.safetensors")
            mixed = weights_file.floats(low_rank.applied(difference, stored))
        load(body, mixed)
        seen = _look(body, examples, taxonomy, settings, device=device)
        _write_seen(seen, file)
        forget(state)
        found.append(seen)
    return found


def _look(
    body: bodies.Body,
    examples: Sequence[TrainingExample],
    taxonomy: Taxonomy,
    settings: dict[str, Any],
    *,
    device: str,
) -> Seen:
    texts = encode(
        body,
        [each.premise for each in examples],
        max_tokens=settings["text_tokens"],
        device=device,
    )
    asked = {each.language for each in examples}
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
    return Seen(texts, hypotheses, settings["scale"], settings["bias"])


def _settings(folder: Path) -> dict[str, Any]:
    config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
    own: dict[str, Any] = config["commonplace"]
    return own


def _root(folder: Path) -> Path:
    """The folder that a model's own additions, and those of what is trained on it, go to."""
    return low_rank.base_of(folder, _settings(folder)).resolve()


def _root_weights(folder: Path) -> weights_file.Weights:
    return weights_file.read(_root(folder) / weights_file.FILE)


def _write_seen(seen: Seen, file: Path) -> None:
    arrays = {f"hypotheses {language}": each for language, each in seen.hypotheses.items()}
    odds = np.array([seen.scale, seen.bias])
    aside = file.with_suffix(".new.npz")
    np.savez(aside, texts=seen.texts, odds=odds, allow_pickle=False, **arrays)
    aside.replace(file)


def _read_seen(file: Path) -> Seen:
    with np.load(file, allow_pickle=False) as kept:
        hypotheses: dict[Language, NDArray[np.float32]] = {
            language: kept[f"hypotheses {language}"]
            for language in LANGUAGES
            if f"hypotheses {language}" in kept
        }
        scale, bias = kept["odds"].tolist()
        return Seen(kept["texts"], hypotheses, scale, bias)


# ── 3. labels ────────────────────────────────────────────────────────────────────────────────────


def _others(fold_of: Sequence[int], fold: int) -> list[int]:
    return [at for at, own in enumerate(fold_of) if own != fold]


def _unseen(
    seen: Sequence[Seen],
    holds: seen_by.Truth,
    fold_of: Sequence[int],
    languages: Sequence[Language],
    learns: Sequence[int],
    *,
    plan: Plan,
) -> Values:
    """Log odds of every example and label by a model that has not seen the example."""
    found = np.zeros(holds.shape, np.float64)
    for fold in range(plan.folds):
        rest = _others(fold_of, fold)
        own = [at for at, each in enumerate(fold_of) if each == fold]
        added = seen_by.added(seen[fold].texts[rest], holds[rest], learns, plan=plan)
        if own:
            found[own] = seen_by.logits(seen[fold], added, languages, own)
    return found


def _mixed(raw: dict[str, Values], both: seen_by.Truth, share: float | None) -> Values:
    if share is None:
        return raw["main"]
    mixed = raw["main"].copy()
    mixed[both] = (1 - share) * raw["main"][both] + share * raw[CHINESE][both]
    return mixed


def _best_share(
    raw: dict[str, Values],
    both: seen_by.Truth,
    holds: seen_by.Truth,
    known: seen_by.Truth,
    learns: Sequence[int],
) -> float | None:
    """The Chinese tower's share whose answers, calibrated, are the least surprised."""
    if CHINESE not in raw:
        return None
    rows = np.flatnonzero(both)
    if int(known[rows][:, learns].sum()) < SIDE_LEAST:
        return CHINESE_SHARE
    truth, told = holds[rows][:, learns], known[rows][:, learns]

    def surprise(share: float) -> float:
        said = _mixed(raw, both, share)[rows][:, learns]
        calibrated = calibration.calibrate(said, truth, told).logits(said)
        return float((np.logaddexp(0, calibrated) - truth * calibrated)[told].sum())

    return min(SHARES, key=surprise)


@dataclass(frozen=True)
class _Fitted:
    """Curves and thresholds of the labels that learn, by column."""

    chinese: dict[int, Curve]
    other: dict[int, Curve]
    least: dict[int, float]

    def label(self, at: int, label: Any, texts: int) -> LearnedLabel:
        hypotheses = tuple(dict.fromkeys(label.hypotheses.values()))
        return LearnedLabel(
            label.path, hypotheses, texts, self.chinese[at], self.other[at], self.least[at]
        )

    def logits(self, logits: Values, both: seen_by.Truth) -> Values:
        found = logits.copy()
        for side, rows in ((self.chinese, both), (self.other, ~both)):
            for at, curve in side.items():
                found[rows, at] = curve.slope * logits[rows, at] + curve.offset
        return found

    def thresholds(
        self, paths: Sequence[LabelPath], learns: Sequence[int]
    ) -> dict[LabelPath, float]:
        return {paths[at]: self.least[at] for at in learns}


def _calibrated(
    logits: Values,
    holds: seen_by.Truth,
    known: seen_by.Truth,
    both: seen_by.Truth,
    paths: Sequence[LabelPath],
    learns: Sequence[int],
) -> _Fitted:
    """Curves for Chinese pairs and for others, for each dimension; thresholds for all."""
    chinese: dict[int, Curve] = {}
    other: dict[int, Curve] = {}
    least: dict[int, float] = {}
    dimensions: dict[str, list[int]] = {}
    for at in learns:
        dimensions.setdefault(paths[at].split("/", 1)[0], []).append(at)
    for columns in dimensions.values():
        x, y, told = logits[:, columns], holds[:, columns], known[:, columns]
        pooled = calibration.calibrate(x, y, told)
        levelled = pooled.logits(x)
        for curves, rows in ((chinese, both), (other, ~both)):
            own = pooled
            if int((y & told)[rows].sum()) >= SIDE_LEAST:
                own = calibration.calibrate(x[rows], y[rows], told[rows])
            levelled[rows] = own.logits(x[rows])
            for place, at in enumerate(columns):
                curves[at] = Curve(own.slope, own.offset + float(own.shifts[place]))
        again = calibration.thresholds(levelled, y, told)
        least |= {at: float(each) for at, each in zip(columns, again, strict=True)}
    return _Fitted(chinese, other, least)


def _cross_fitted(
    logits: Values,
    holds: seen_by.Truth,
    known: seen_by.Truth,
    both: seen_by.Truth,
    paths: Sequence[LabelPath],
    learns: Sequence[int],
    fold_of: Sequence[int],
) -> Values:
    """Log odds, calibrated for each fold on the other folds."""
    found = logits.copy()
    for fold in sorted(set(fold_of)):
        rest = _others(fold_of, fold)
        own = [at for at, each in enumerate(fold_of) if each == fold]
        fitted = _calibrated(logits[rest], holds[rest], known[rest], both[rest], paths, learns)
        found[own] = fitted.logits(logits[own], both[own])
    return found


# ── 5. folder ────────────────────────────────────────────────────────────────────────────────────


def _described(
    examples: Sequence[TrainingExample], taxonomy: Taxonomy, base: Path, plan: Plan
) -> dict[str, Any]:
    """What a run is made of; two that say the same end alike."""
    told = hashlib.sha256()
    for each in examples:
        told.update(
            repr(
                (each.id, each.premise, each.language, sorted(each.holds), sorted(each.fails),
                 sorted(each.complete), each.story)
            ).encode()
        )  # fmt: skip
    return {
        "examples": told.hexdigest()[:12],
        "taxonomy": taxonomy.digest,
        "base": low_rank.digest(base),
        "plan": asdict(plan),
    }


def _begin(output: Path, work: Path, described: dict[str, Any]) -> None:
    file = output / TRAINING_FILE
    if file.is_file():
        before = json.loads(file.read_text(encoding="utf-8"))["made_of"]
        if changed := [key for key in described if before.get(key) != described[key]]:
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


def _write(
    output: Path,
    towers: Sequence[_Tower],
    seen: dict[str, list[Seen]],
    holds: seen_by.Truth,
    learns: Sequence[int],
    *,
    plan: Plan,
    work: Path,
) -> None:
    for tower in towers:
        folder = output if tower.name == "main" else output / tower.name
        folder.mkdir(parents=True, exist_ok=True)
        trained = work / f"{tower.name}.safetensors"
        if trained.is_file():
            shutil.copyfile(trained, folder / weights_file.FILE)
        else:
            own = weights_file.floats(low_rank.read(tower.base, _settings(tower.base)))
            same = low_rank.difference(own, _root_weights(tower.base), rank=plan.rank)
            weights_file.write(same, folder / weights_file.FILE)
        last = seen[tower.name][-1]
        rows = tower.rows
        added = seen_by.added(last.texts[rows], holds[rows], learns, plan=plan)
        learned_file.write_vectors(added[list(learns)], folder)
        config = json.loads((tower.base / CONFIG_FILE).read_text(encoding="utf-8"))
        config["commonplace"] |= {
            "name": "commonplace-community",
            low_rank.BASE: _named(_root(tower.base), folder),
            low_rank.BASE_DIGEST: low_rank.digest(_root(tower.base)),
        }
        text = json.dumps(config, indent=2) + "\n"
        (folder / CONFIG_FILE).write_text(text, encoding="utf-8")


def _named(root: Path, folder: Path) -> str:
    """How a folder's configuration names the model that it adds to."""
    builtin = BUILTIN.resolve()
    if root == builtin or builtin in root.parents:
        return str(Path("builtin") / root.relative_to(builtin))
    return os.path.relpath(root, folder.resolve())


def _finish(output: Path, work: Path, report: Report) -> None:
    file = output / TRAINING_FILE
    said = json.loads(file.read_text(encoding="utf-8"))
    said["report"] = asdict(report)
    file.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    shutil.rmtree(work)


# ── progress ─────────────────────────────────────────────────────────────────────────────────────


class _Clock:
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
