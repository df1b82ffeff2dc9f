"""The label engine with a pair model: everything asked, little asked, and transformers' pipeline.

All three have the same weights, texts and starter taxonomy, and take turns within one run, so that
whatever else the machine does weighs on each of them. The pipeline (zero-shot-classification,
`multi_label=True`, every label's own hypothesis) is asked about fewer texts, and its texts a second
are those of the better of two batch sizes.

Without `--pair DIR` the weights are random: then figures tell speed only, and so that the walk goes
down as it would, the likeliest labels of each dimension are accepted, as many as it allows: more
than a trained model accepts, so asking little is slower here than in earnest. With it, decisions
are compared too; with `--data DIR`, texts are real, and macro-F1 is taken over topics as in
`tests.eval.labels`.

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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from core.choosing import PLAIN_WIDTH
from core.domain import LANGUAGES, Labelling, LabelPath, Language, Premise
from core.labelling import PLAIN_RULE, TOWERS_RULE
from core.language import detect
from core.models.annotator import EntailmentAnnotator
from core.models.batching import cores
from core.models.choosing import PrototypeChooser
from core.models.embedder import BuiltinEmbedder
from core.models.entailer import TowersEntailer, make_entailer
from core.models.lane import LaneEntailer
from core.models.remembering import RememberingEntailer
from core.ports import Annotator, Entailer
from core.taxonomy import Taxonomy, starter
from tests.bench.checkpoint import write_pair_model
from tests.bench.rows import Options, Row
from tests.bench.texts import text
from tests.eval.labels import SETS, cases

SEED = 20260301
TURN = 4  # texts that each way labels before the next has its turn
PIPELINE_BATCHES = (1, 16)

EAGER_RULE = replace(PLAIN_RULE, floor=1e-9)
"""Accepts in every dimension as many labels as it allows."""


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

    @property
    def questions(self) -> float:
        """Questions a text."""
        return sum(len(each.answers) for each in self.labellings) / len(self.labellings)


def labels(options: Options) -> list[Row]:
    """Compare ways to label with one pair model."""
    texts = draw(options)
    with tempfile.TemporaryDirectory() as made:
        folder = options.pair or write_pair_model(Path(made))
        first = _first_answer(folder, texts[0])
        entailer = make_entailer(str(folder))
        return [*first, *compare(entailer, folder, texts, options=options)]


def compare(
    entailer: Entailer, folder: Path | None, texts: Sequence[Text], *, options: Options
) -> list[Row]:
    """Rows of one model.

    Args:
        entailer: the judge; any.
        folder: its files, where `transformers` can read them: for the pipeline.
        texts: what is labelled.
        options: whether the weights mean something, and how many texts the pipeline gets.
    """
    taxonomy = starter()
    rule = PLAIN_RULE if options.pair else EAGER_RULE
    rule_note = "trained weights" if options.pair else "random weights"
    everything = _way(EntailmentAnnotator(entailer, rule=rule), taxonomy, exhaustive=True)
    judge = RememberingEntailer(LaneEntailer(entailer))
    chooser = PrototypeChooser(BuiltinEmbedder())
    little = _way(
        EntailmentAnnotator(judge, rule=rule, chooser=chooser, width=PLAIN_WIDTH), taxonomy
    )
    towers = _way(EntailmentAnnotator(TowersEntailer(), rule=TOWERS_RULE), taxonomy)
    pipeline = Pipeline.load(folder, taxonomy)
    for asked in (entailer, TowersEntailer()):  # loads and warms
        asked.entail([(texts[0].premise.text, "warm")])
    for language in LANGUAGES:
        chooser.likeness(["warm"], taxonomy=taxonomy, language=language)
    limit = matmul_gflops()
    for start in range(0, len(texts), TURN):
        turn = texts[start : start + TURN]
        if pipeline is not None and start // TURN < options.pipeline_texts:
            pipeline.take(turn[0])
        everything.take(turn)
        little.take(turn)
        towers.take(turn)
    limit = max(limit, matmul_gflops())
    size = f"{len(texts)} texts, {rule_note}"
    rows = [
        Row("labels in the starter taxonomy", sum(1 for _ in taxonomy.walk()), "", 80, "", True),
        Row("every label asked", everything.rate, "/s", None, size),
        Row("likely labels asked", little.rate, "/s", None, f"{size}, {PLAIN_WIDTH}"),
        Row("built-in two towers, all asked", towers.rate, "/s", None, size),
        Row("questions a text, of likely labels", little.questions, ""),
        Row(
            "likely labels against every label",
            little.rate / everything.rate,
            "x",
            3,
            "texts a second, same run",
            True,
        ),
    ]
    if pipeline is not None:
        note = (
            f"{pipeline.count} of the texts, batches of {pipeline.best}; "
            "the others would take as long each"
        )
        rows += [
            Row("transformers' zero-shot pipeline", pipeline.rate, "/s", None, note),
            Row(
                "likely labels against the pipeline", little.rate / pipeline.rate, "x", 10, "", True
            ),
            Row("every label against the pipeline", everything.rate / pipeline.rate, "x"),
            Row(
                "built-in two towers against the pipeline",
                towers.rate / pipeline.rate,
                "x",
                10,
                "weights of their own",
                True,
            ),
        ]
        done = pipeline.flops(everything.labellings) / everything.seconds / 1e9
        note = f"{done:.0f} of {limit:.0f} GFLOP/s, a float32 product of 2,048 x 2,048 x 2,048"
        rows.append(Row("encoder's share of the matrix limit", done / limit, "", None, note))
    if options.pair:
        rows += _agreement(texts, everything.labellings, little.labellings, taxonomy)
    return rows


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
        folder: of the model.
        taxonomy: its labels' hypotheses are asked.

    Attributes:
        count: texts so far.
    """

    def __init__(self, folder: Path, taxonomy: Taxonomy) -> None:
        from transformers import pipeline

        self._pipe: Any = pipeline("zero-shot-classification", model=str(folder), device="cpu")
        self._taxonomy = taxonomy
        self._seconds: dict[int, list[float]] = {size: [] for size in PIPELINE_BATCHES}
        self.count = 0

    @classmethod
    def load(cls, folder: Path | None, taxonomy: Taxonomy) -> "Pipeline | None":
        """One for a folder that `transformers` can read, else None."""
        if folder is None:
            return None
        try:
            return cls(folder, taxonomy)
        except (OSError, ValueError, KeyError) as error:
            sys.stderr.write(f"no pipeline: {error}\n")
            return None

    def take(self, asked: Text) -> None:
        """Ask about one text, once with each batch size."""
        questions = [
            self._taxonomy.hypothesis(label.path, asked.language) for label in self._taxonomy.walk()
        ]
        for size, seconds in self._seconds.items():
            began = time.perf_counter()
            self._pipe(
                asked.premise.text,
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
        config = self._pipe.model.config
        hidden, inner = config.hidden_size, config.intermediate_size
        pairs = [
            (labelling.premise.text, answer.hypothesis)
            for labelling in labellings
            for answer in labelling.answers
        ]
        read = self._pipe.tokenizer(
            [premise for premise, _ in pairs],
            [hypothesis for _, hypothesis in pairs],
            truncation=True,
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


def _first_answer(folder: Path, asked: Text) -> list[Row]:
    """Seconds to the first labelling in a process of its own, and the most memory it held."""
    given = json.dumps([str(folder), asked.premise.text, asked.language])
    command = [sys.executable, "-m", "tests.bench.labels"]
    began = time.perf_counter()
    told = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - began
    held = json.loads(told.stdout.splitlines()[-1])
    note = "a process of its own, from its start; loading included"
    return [
        Row("a pair model's first labelling", seconds, "s", None, note),
        Row("memory after it, at most", held / 1e6, "MB", None, "chooser and judge together"),
    ]


def _label_one() -> None:
    """What the process of `_first_answer` does; prints the most bytes it held."""
    import resource

    folder, words, language = json.load(sys.stdin)
    judge = RememberingEntailer(LaneEntailer(make_entailer(folder)))
    annotator = EntailmentAnnotator(
        judge, rule=PLAIN_RULE, chooser=PrototypeChooser(BuiltinEmbedder())
    )
    annotator.annotate([Premise(words, "text")], taxonomy=starter(), language=language)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(held if sys.platform == "darwin" else held * 1024)


if __name__ == "__main__":
    _label_one()
