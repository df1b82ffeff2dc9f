"""The label engine: everything asked, little asked, and transformers' pipeline.

All three have the built-in judges' weights, the same texts and the starter taxonomy, and take turns
within one run, so that whatever else the machine does weighs on each of them. The pipeline
(zero-shot-classification, `multi_label=True`, every label's own hypothesis, one pipeline for each
language) is asked about fewer texts, and its texts a second are those of the better of two batch
sizes.

With `--data DIR`, texts are real, and macro-F1 is taken over topics as in `tests.eval.labels`.

Other ways to label were looked at with torch 2.13 and transformers 5: `gliclass` 0.1.21 installs
and imports, and needs weights from a hub. `setfit` 1.2.0 installs, imports, and trains a head on a
local encoder, but knows only labels that it was given examples of; so it is no zero-shot method,
and is to be compared where examples are (logistic regression on vectors, a SetFit head without
its contrastive tuning, is the baseline of few-shot evaluation).
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.app import make_annotator, rule_for
from bot.config import load
from core.domain import LANGUAGES, Labelling, LabelPath, Language, Premise
from core.folding import to_simplified
from core.language import detect
from core.models.annotator import EntailmentAnnotator
from core.models.batching import cores
from core.models.entailer import BuiltinEntailer, make_entailer
from core.models.lane import LaneEntailer
from core.models.remembering import RememberingEntailer
from core.ports import Annotator, Entailer
from core.taxonomy import Taxonomy, starter
from tests.bench.checkpoint import write_judges
from tests.bench.rows import Options, Row
from tests.bench.texts import text
from tests.eval.labels import SETS, cases

SEED = 20260301
TURN = 4  # texts that each way labels before the next has its turn
PIPELINE_BATCHES = (1, 16)
PAIR_TOKENS = 128  # where the judges cut; the pipeline reads whole texts, which are shorter here


@dataclass(frozen=True, slots=True)
class Text:
    """A text to label, and the topics that its section allows, if that is known."""

    premise: Premise
    language: Language
    allowed: frozenset[LabelPath] | None = None


@dataclass(slots=True)
class Way:
    """A way to label, and what it did: seconds, texts, questions, labellings."""

    label: Callable[[Sequence[Text]], list[Labelling]]
    seconds: float = 0.0
    labellings: list[Labelling] = field(default_factory=list)

    def take(self, texts: Sequence[Text]) -> None:
        """Label some more texts."""
        began = time.perf_counter()
        found = self.label(texts)
        self.seconds += time.perf_counter() - began
        self.labellings += found

    @property
    def rate(self) -> float:
        """Texts a second."""
        return len(self.labellings) / self.seconds


def labels(options: Options) -> list[Row]:
    """Compare ways to label with the built-in weights."""
    texts = draw(options)
    with tempfile.TemporaryDirectory() as made:
        pipeline = Pipeline(write_judges(Path(made)), starter())
        return [*_first_answer(texts[0]), *compare(pipeline, texts, options=options)]


def compare(pipeline: "Pipeline", texts: Sequence[Text], *, options: Options) -> list[Row]:
    """Rows of the comparison.

    Args:
        pipeline: of the same weights.
        texts: what is labelled.
        options: how many texts the pipeline gets.
    """
    taxonomy = starter()
    entailer = make_entailer(None)
    assert isinstance(entailer, BuiltinEntailer)
    judge = CountingEntailer(RememberingEntailer(LaneEntailer(entailer)))
    rule = rule_for(entailer)
    everything = _way(EntailmentAnnotator(entailer, rule=rule), taxonomy, exhaustive=True)
    little = _way(EntailmentAnnotator(judge, rule=rule, bound=entailer.towers), taxonomy)
    towers = _way(EntailmentAnnotator(entailer.towers, rule=rule), taxonomy)
    for language in LANGUAGES:  # loads, warms, and has the labels encoded once
        warm = Text(Premise("warm" if language == "en" else "暖", "text"), language)
        everything.label([warm])
    judge.questions = 0
    limit = matmul_gflops()
    for start in range(0, len(texts), TURN):
        turn = texts[start : start + TURN]
        if start // TURN < options.pipeline_texts:
            pipeline.take(turn[0])
        everything.take(turn)
        little.take(turn)
        towers.take(turn)
    limit = max(limit, matmul_gflops())
    done = pipeline.flops(everything.labellings) / everything.seconds / 1e9
    size = f"{len(texts)} texts"
    return [
        Row("labels in the starter taxonomy", sum(1 for _ in taxonomy.walk()), "", 80, "", True),
        Row("every label asked", everything.rate, "/s", None, size),
        Row("little asked", little.rate, "/s", None, size),
        Row("towers alone, every label asked", towers.rate, "/s", None, size),
        Row("the judges' questions a text, of little asked", judge.questions / len(texts), ""),
        Row("little asked against every label", little.rate / everything.rate, "x", 3, "", True),
        Row(
            "transformers' zero-shot pipeline",
            pipeline.rate,
            "/s",
            None,
            f"{pipeline.count} of the texts, batches of {pipeline.best}; "
            "the others would take as long each",
        ),
        Row("little asked against the pipeline", little.rate / pipeline.rate, "x", 10, "", True),
        Row("every label against the pipeline", everything.rate / pipeline.rate, "x"),
        Row(
            "encoders' share of the matrix limit",
            done / limit,
            "",
            None,
            f"{done:.0f} of {limit:.0f} GFLOP/s, a float32 product of 2,048 x 2,048 x 2,048",
        ),
        *_agreement(texts, everything.labellings, little.labellings, taxonomy),
    ]


class CountingEntailer:
    """Counts the questions that are put to another."""

    def __init__(self, entailer: Entailer) -> None:
        self._entailer = entailer
        self.questions = 0

    @property
    def version(self) -> str:
        """The other's."""
        return self._entailer.version

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Ask the other."""
        self.questions += len(pairs)
        return self._entailer.entail(pairs)


# ── what is labelled ─────────────────────────────────────────────────────────────────────────────


def draw(options: Options) -> list[Text]:
    """Texts of the public sets in equal parts, or made-up ones, half of them Chinese."""
    chance = random.Random(SEED)
    if options.data is None:
        made = (
            text(chance, sentences=3, chinese=bool(number % 2))
            for number in range(options.label_texts)
        )
        return [_text(words) for words in made]
    drawn: list[Text] = []
    for name, file, key, sections in SETS:
        found = list(cases(options.data, file, key, sections))
        count = -(-options.label_texts // len(SETS))
        for case in chance.sample(found, count):
            allowed = frozenset(map(LabelPath, case.allowed))
            drawn.append(replace(_text(case.text, name), allowed=allowed))
    chance.shuffle(drawn)
    return drawn[: options.label_texts]


def _text(words: str, name: str = "") -> Text:
    is_english = ", en" in name or (not name and (detect(words) or "en").startswith("en"))
    return Text(Premise(text=words, kind="text"), "en" if is_english else "zh-TW")


def _way(annotator: Annotator, taxonomy: Taxonomy, *, exhaustive: bool = False) -> Way:
    def label(texts: Sequence[Text]) -> list[Labelling]:
        found: dict[int, Labelling] = {}
        for language in LANGUAGES:
            here = [place for place, each in enumerate(texts) if each.language == language]
            asked = annotator.annotate(
                [texts[place].premise for place in here],
                taxonomy=taxonomy,
                language=language,
                exhaustive=exhaustive,
            )
            found.update(zip(here, asked, strict=True))
        return [found[place] for place in range(len(texts))]

    return Way(label)


# ── transformers ─────────────────────────────────────────────────────────────────────────────────


class Pipeline:
    """The zero-shot pipeline of `transformers`, asked about every label of a text.

    Args:
        folders: of the model for each language.
        taxonomy: its labels' hypotheses are asked.

    Attributes:
        count: texts so far.
    """

    def __init__(self, folders: Mapping[Language, Path], taxonomy: Taxonomy) -> None:
        from transformers import pipeline

        self._pipes: dict[Language, Any] = {
            language: pipeline("zero-shot-classification", model=str(folder), device="cpu")
            for language, folder in folders.items()
        }
        self._taxonomy = taxonomy
        self._seconds: dict[int, list[float]] = {size: [] for size in PIPELINE_BATCHES}
        self.count = 0

    def take(self, asked: Text) -> None:
        """Ask about one text, once with each batch size."""
        questions = [
            to_simplified(self._taxonomy.hypothesis(label.path, asked.language))
            for label in self._taxonomy.walk()
        ]
        for size, seconds in self._seconds.items():
            began = time.perf_counter()
            self._pipes[asked.language](
                to_simplified(asked.premise.text),
                candidate_labels=questions,
                hypothesis_template="{}",
                multi_label=True,
                batch_size=size,
            )
            seconds.append(time.perf_counter() - began)
        self.count += 1

    @property
    def best(self) -> int:
        """The faster batch size."""
        return min(self._seconds, key=lambda size: sum(self._seconds[size]))

    @property
    def rate(self) -> float:
        """Texts a second with it."""
        return 1 / statistics.mean(self._seconds[self.best])

    def flops(self, labellings: Sequence[Labelling]) -> float:
        """Floating-point operations of reading every question, without padding.

        Per token and layer, twice the weights of the four projections and the two of the inner
        layer, and the two products of attention.
        """
        return sum(
            self._flops(pipe, [each for each in labellings if each.language == language])
            for language, pipe in self._pipes.items()
        )

    @staticmethod
    def _flops(pipe: Any, labellings: Sequence[Labelling]) -> float:
        if not labellings:
            return 0.0
        config = pipe.model.config
        hidden, inner = config.hidden_size, config.intermediate_size
        pairs = [
            (to_simplified(labelling.premise.text), to_simplified(answer.hypothesis))
            for labelling in labellings
            for answer in labelling.answers
        ]
        read = pipe.tokenizer(
            [premise for premise, _ in pairs],
            [hypothesis for _, hypothesis in pairs],
            truncation="only_first",
            max_length=PAIR_TOKENS,
        )
        lengths = np.array([len(ids) for ids in read["input_ids"]], dtype=np.float64)
        dense = 2 * (4 * hidden * hidden + 2 * hidden * inner) * lengths
        attention = 2 * 2 * hidden * lengths**2
        return float(config.num_hidden_layers * (dense + attention).sum())


# ── decisions ────────────────────────────────────────────────────────────────────────────────────


def _agreement(
    texts: Sequence[Text],
    everything: Sequence[Labelling],
    little: Sequence[Labelling],
    taxonomy: Taxonomy,
) -> list[Row]:
    """How far asking little decides as asking everything does."""
    paths = [label.path for label in taxonomy.walk()]
    full = [{label.path for label in each.labels} for each in everything]
    part = [{label.path for label in each.labels} for each in little]
    differ = sum(len(one ^ other) for one, other in zip(full, part, strict=True))
    identical = 1 - differ / (len(paths) * len(texts))
    kept = sum(len(one & other) for one, other in zip(full, part, strict=True))
    rows = [
        Row("identical decisions over texts and labels", identical, "", 0.97, "", True),
        Row("of the labels accepted, also accepted", kept / max(1, sum(map(len, full))), ""),
    ]
    if all(each.allowed is not None for each in texts):
        allowed = [each.allowed or frozenset() for each in texts]
        lost = 100 * (macro_f1(full, allowed) - macro_f1(part, allowed))
        note = f"macro-F1 of topics, everything asked: {macro_f1(full, allowed):.3f}"
        rows.append(Row("macro-F1 lost, in points", lost, "", 1, note))
    else:
        lost = 100 * (1 - macro_f1(part, full))
        rows.append(Row("macro-F1 short of asking everything, in points", lost, ""))
    return rows


def macro_f1(
    given: Sequence[set[LabelPath]], right: Sequence[set[LabelPath] | frozenset[LabelPath]]
) -> float:
    """The mean F1 of the labels that are right for some text; others are not judged."""
    scores = []
    for path in sorted(set().union(*right)):
        both = sum(path in one and path in other for one, other in zip(given, right, strict=True))
        either = sum(path in one for one in given) + sum(path in other for other in right)
        scores.append(2 * both / either)
    return statistics.mean(scores) if scores else 1.0


# ── the machine ──────────────────────────────────────────────────────────────────────────────────


def matmul_gflops(*, size: int = 2_048, tries: int = 5) -> float:
    """What this machine computes at best: a large float32 matrix product with all our threads."""
    import torch

    torch.set_num_threads(cores())
    one, other = torch.rand(size, size), torch.rand(size, size)
    times = []
    for _ in range(tries):
        began = time.perf_counter()
        torch.mm(one, other)
        times.append(time.perf_counter() - began)
    return 2 * size**3 / min(times) / 1e9


def _first_answer(asked: Text) -> list[Row]:
    """Seconds to the first labelling in a process of its own, and the most memory it held."""
    given = json.dumps([asked.premise.text, asked.language])
    command = [sys.executable, "-m", "tests.bench.labels"]
    began = time.perf_counter()
    told = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - began
    held = json.loads(told.stdout.splitlines()[-1])
    note = "a process of its own, from its start; loading included"
    return [
        Row("the first labelling", seconds, "s", None, note),
        Row("memory after it, at most", held / 1e6, "MB", None, "towers and judges together"),
    ]


def _label_one() -> None:
    """What the process of `_first_answer` does; prints the most bytes it held."""
    import resource

    words, language = json.load(sys.stdin)
    annotator = make_annotator(load(environ={}))
    annotator.annotate([Premise(words, "text")], taxonomy=starter(), language=language)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(held if sys.platform == "darwin" else held * 1024)


if __name__ == "__main__":
    _label_one()
