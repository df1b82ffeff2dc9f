"""The recipe: from base models and public sets to a folder that a configuration can name.

1. **Bilingual tower**: the built-in one trained further as two towers on all topic sets, and on
   sentences that mean the same.
2. **Chinese tower**: bge-small-zh-v1.5 trained as two towers on the Chinese topic sets, then
   averaged with itself as it was.
3. **Judge**: the bilingual body trained as a pair model on inference sets and on questions about
   topics.
4. **Chinese judge**: the same on the Chinese tower, with the Chinese ones of these pairs.
5. **Folder**: everything in 8 bits, words that never occur left out, judges as what they differ by
   from their towers, sizes and settings written.

Each stage keeps its state in `OUTPUT/.work` and goes on
from there; a stage that is done is not done again. `OUTPUT/recipe.json` says what the weights were
made of and with.
"""

import json
import random
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from core.errors import BadFile
from core.folding import to_simplified
from core.models import low_rank
from core.models import weights as weights_file
from core.models.entailer import CHINESE, JUDGE, is_chinese
from core.models.model_folder import BUILTIN, CONFIG_FILE
from core.models.recipe import bodies, judging, towers
from core.models.recipe.entailment import (
    INFERENCE,
    INFERENCE_UNSTATED,
    Pair,
    read_pairs,
    translations,
)
from core.models.recipe.running import Tell
from core.models.recipe.topics import TopicSet, read_topics, rows
from core.models.tokenizer import PIECES_FILE, WORDPIECE_FILE

BILINGUAL_SETS = {
    "huffpost": 0.20, "tw_law_zh": 0.15, "dbpedia14": 0.12, "nlpcc2017": 0.12, "clinc150": 0.08,
    "csl_keywords": 0.08, "tw_law_en": 0.07, "smp2019": 0.04, "banking77": 0.03, "people_zh": 0.02,
    "cold": 0.02, "people_en": 0.01,
}  # fmt: skip
"""How often each set is drawn for the bilingual tower."""

PAIRS = {"tatoeba_zh_en": 20_000, "cedict": 10_000, "tw_law_parallel": 20_000}
"""Sentences and words with their translation, to keep the languages together."""

CHINESE_SETS = {
    "tw_law_zh": 0.30, "nlpcc2017": 0.35, "csl_keywords": 0.15, "smp2019": 0.10,
    "cold": 0.04, "people_zh": 0.03,
}  # fmt: skip
"""How often each set is drawn for the Chinese tower."""

QUESTIONS = {
    "huffpost": 3100, "tw_law_zh": 2800, "nlpcc2017": 2400, "csl_keywords": 1400,
    "dbpedia14": 1100, "tw_law_en": 900, "banking77": 500, "people_zh": 300, "cold": 300,
    "people_en": 200,
}  # fmt: skip
"""Questions about topics in each round of the judge's training. CLINC150 and SMP2019 are kept out,
so that how judge and towers are mixed can be fitted on labels that the judge never saw."""

CHINESE_QUESTIONS = {
    name: QUESTIONS[name]
    for name in ("tw_law_zh", "nlpcc2017", "csl_keywords", "people_zh", "cold")
}
"""The same of the Chinese judge's training."""

AT_MOST = {"conjnli": 8_000, "breaking_nli": 4_000}
"""Pairs taken of inference sets that are made by rule: they would outweigh what people wrote."""

TIMES = {"scitail": 3, "rte": 2}
"""How often the pairs of small sets are taken in each round."""

TRANSLATIONS = 3_000
"""Sentences of Tatoeba asked about by their translation, or by another's: one language about the
other."""

KEPT = (
    "model_type", "architectures", "hidden_act", "hidden_size", "intermediate_size",
    "layer_norm_eps", "max_position_embeddings", "num_attention_heads", "num_hidden_layers",
    "pad_token_id", "type_vocab_size",
)  # fmt: skip
"""What a model's configuration says of a body; the rest is about training, machines, versions."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides about the weights, besides the data.

    Attributes:
        bilingual, chinese: plans of the towers.
        judge, chinese_judge: plans of the judges.
        rank: of what each judge adds to its tower.
        weight: of the judges' log odds when they are joined with the towers': lower, and a judge
            that finds a label a little unlikely takes less from it. Chosen by `python -m
            tests.eval.joining`.
        unstated: with the sets that state no licence.
        leave_out: topic sets that are not trained on, to measure on them.
    """

    bilingual: towers.Plan = field(
        default_factory=lambda: towers.Plan(steps=500, sets=BILINGUAL_SETS, frozen=2, kept=0.2)
    )
    chinese: towers.Plan = field(
        default_factory=lambda: towers.Plan(steps=400, sets=CHINESE_SETS, pairs=0.0, sharpen=1.7)
    )
    judge: judging.Plan = field(default_factory=lambda: judging.Plan(rounds=1.5, topics=QUESTIONS))
    chinese_judge: judging.Plan = field(
        default_factory=lambda: judging.Plan(rounds=2.5, topics=CHINESE_QUESTIONS, frozen=0)
    )
    rank: int = 32
    weight: float = 0.5
    unstated: bool = True
    leave_out: tuple[str, ...] = ()

    def quick(self) -> "Recipe":
        """The same in a hundredth of the time, to see that everything runs; weights are poor."""

        def hurried(plan: judging.Plan) -> judging.Plan:
            questions = {name: max(1, count // 100) for name, count in plan.topics.items()}
            return replace(plan, topics=questions, rounds=0.01)

        return replace(
            self,
            bilingual=replace(self.bilingual, steps=4),
            chinese=replace(self.chinese, steps=4),
            judge=hurried(self.judge),
            chinese_judge=hurried(self.chinese_judge),
        )

    def seeded(self, seed: int) -> "Recipe":
        """The same with another seed for every choice."""
        return replace(
            self,
            bilingual=replace(self.bilingual, seed=seed),
            chinese=replace(self.chinese, seed=seed),
            judge=replace(self.judge, seed=seed),
            chinese_judge=replace(self.chinese_judge, seed=seed),
        )


def build(
    data: Path,
    output: Path,
    *,
    chinese_base: Path,
    recipe: Recipe,
    tell: Tell,
    base: Path = BUILTIN,
) -> None:
    """Make a model folder.

    Args:
        data: the public sets, one folder each.
        output: the folder; what an earlier run left there is gone on with.
        chinese_base: folder of bge-small-zh-v1.5 (see `bodies.of_others`).
        recipe: how.
        tell: hears of progress.
        base: folder of the bilingual model to begin with.

    Raises:
        BadFile: a set or a base is missing or cannot be read; or the folder was begun with
            another recipe.
    """
    work = output / ".work"
    _begin(output, work, recipe)
    topics = [each for each in _topics(data, recipe) if each.name not in recipe.leave_out]
    chinese = bodies.of_others(chinese_base, pooling="cls")  # what is wrong with it is told first
    # 1. bilingual tower
    bilingual = bodies.of_ours(base)
    main = towers.TowersTask(bilingual, recipe.bilingual, topics, alike(data, topics))
    main.train("bilingual", state=work / "bilingual.pt", tell=tell)
    # 2. Chinese tower
    tower = towers.TowersTask(chinese, recipe.chinese, topics, {})
    tower.train("chinese", state=work / "chinese.pt", tell=tell)
    write_bilingual(bilingual, main, output)
    write_chinese(chinese, tower, output / CHINESE)
    # 3. judge
    pairs = inference(data, recipe)
    judge = judging.JudgeTask(bodies.of_ours(base), recipe.judge, pairs, topics)
    judge.train("judge", state=work / "judge.pt", tell=tell)
    write_judge(judge, recipe, output / JUDGE)
    # 4. Chinese judge
    body = bodies.of_ours(output / CHINESE)
    judge = judging.JudgeTask(body, recipe.chinese_judge, chinese_alone(pairs), topics)
    judge.train("chinese-judge", state=work / "chinese-judge.pt", tell=tell)
    write_judge(judge, recipe, output / CHINESE / JUDGE)


def chinese_alone(pairs: Sequence[Pair]) -> list[Pair]:
    """Those whose sides are both Chinese."""
    return [pair for pair in pairs if is_chinese(pair.premise) and is_chinese(pair.hypothesis)]


def inference(data: Path, recipe: Recipe) -> list[Pair]:
    """The inference pairs to train on, in a fixed order."""
    wanted = {**INFERENCE, **(INFERENCE_UNSTATED if recipe.unstated else {})}
    found: list[Pair] = []
    for name, parts in wanted.items():
        with _explained(data / name):
            pairs = [
                pair for part in parts for pair in read_pairs(data / name / f"{part}.jsonl.gz")
            ]
        random.Random(f"{recipe.judge.seed} {name}").shuffle(pairs)
        found += pairs[: AT_MOST.get(name)] * TIMES.get(name, 1)
    with _explained(data / "tatoeba_zh_en"):
        file = data / "tatoeba_zh_en" / "pairs.jsonl.gz"
        return found + list(translations(file, TRANSLATIONS, seed=recipe.judge.seed))


def alike(data: Path, topics: Sequence[TopicSet]) -> towers.Pairs:
    """Texts that mean the same: translations, and where news are trained on, title and summary."""
    found: dict[str, Sequence[tuple[str, str]]] = {}
    for name, count in PAIRS.items():
        with _explained(data / name):
            pairs = [(row["zh"], row["en"]) for row in rows(data / name / "pairs.jsonl.gz")]
        found[name] = random.Random(name).sample(pairs, min(count, len(pairs)))
    for each in topics:
        if each.name == "huffpost":
            halves = [text.text.split(". ", 1) for text in each.texts]
            found["titles"] = [(a, b) for a, b in (h for h in halves if len(h) == 2) if len(b) > 20]
    return found


def _topics(data: Path, recipe: Recipe) -> list[TopicSet]:
    with _explained(data):
        return read_topics(data, unstated=recipe.unstated)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn what a missing or broken set raises into what to do about it."""
    try:
        yield
    except (OSError, ValueError, KeyError) as error:
        raise BadFile(
            f"The training data in {folder} cannot be read: {error}. Each set is a folder of "
            "gzipped JSON lines; the model card (core/models/builtin/README.md) lists them.",
            file=str(folder),
        ) from error


def _begin(output: Path, work: Path, recipe: Recipe) -> None:
    """Write down the recipe, or see that a folder that was begun has the same."""
    described = json.loads(json.dumps(asdict(recipe)))
    file = output / "recipe.json"
    if file.is_file():
        begun = json.loads(file.read_text(encoding="utf-8"))
        if begun != described:
            changed = sorted(key for key in described if begun.get(key) != described[key])
            raise BadFile(
                f"{output} was begun with another recipe (different: {', '.join(changed)}). Name "
                "another folder, or delete this one.",
                file=str(output),
            )
    work.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


# ── the folder ───────────────────────────────────────────────────────────────────────────────────


def write_bilingual(body: bodies.Body, task: towers.TowersTask, output: Path) -> None:
    """The bilingual tower, with all its words."""
    _write_weights({name: each.numpy() for name, each in task.mixed().items()}, output)
    for name in (WORDPIECE_FILE, PIECES_FILE):
        shutil.copyfile(body.folder / name, output / name)
    said = json.loads((body.folder / CONFIG_FILE).read_text(encoding="utf-8"))
    said["commonplace"] |= task.odds()
    (output / CONFIG_FILE).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def write_chinese(body: bodies.Body, task: towers.TowersTask, output: Path) -> None:
    """The Chinese tower, without the words that folded text never has."""
    weights = {name: each.numpy() for name, each in task.mixed().items()}
    kept, tokenizer = without_strangers(
        (body.folder / "tokenizer.json").read_text(encoding="utf-8")
    )
    words = "embeddings.word_embeddings.weight"
    weights[words] = weights[words][kept]
    _write_weights(weights, output)
    (output / WORDPIECE_FILE).write_text(tokenizer, encoding="utf-8")
    _write_config(
        body.model.config,
        output,
        vocab_size=len(kept),
        own={
            "name": "commonplace-chinese-tower",
            "tokenizer": "wordpiece",
            "pooling": body.pooling,
            **task.odds(),
            "text_tokens": 128,
            "hypothesis_tokens": 32,
            "passage_tokens": 256,
        },
    )


def write_judge(task: judging.JudgeTask, recipe: Recipe, output: Path) -> None:
    """The pair model, as what it adds to the tower in the folder above."""
    trained = {
        name.removeprefix("body."): each.numpy() for name, each in task.model.state_dict().items()
    }
    for name in ("dense", "out"):
        for kind in ("weight", "bias"):
            trained[f"head.{name}.{kind}"] = trained.pop(f"{name}.{kind}")
    tower = weights_file.read(output.parent / weights_file.FILE)
    added = low_rank.difference(trained, tower, rank=recipe.rank)
    output.mkdir(parents=True, exist_ok=True)
    weights_file.write(added, output / weights_file.FILE)
    _write_config(
        task.model.body.config,
        output,
        vocab_size=task.model.body.config.vocab_size,
        own={
            "name": "commonplace-judge",
            "pair_tokens": task.plan.pair_tokens,
            "hypothesis_tokens": task.plan.hypothesis_tokens,
            "base": "..",
            "weight": recipe.weight,
        },
    )


def without_strangers(tokenizer: str) -> tuple[list[int], str]:
    """Leave out of a Chinese BERT's vocabulary what folded text never asks for.

    Traditional characters (text is folded to Simplified), other scripts, capital letters, and
    continuations of Han characters (which always stand alone). The first 104 places, with BERT's
    special tokens, stay.

    Args:
        tokenizer: content of a `tokenizer.json`.

    Returns:
        The old numbers of the tokens that stay, in their new order; the new content.
    """
    described: dict[str, Any] = json.loads(tokenizer)
    words: dict[str, int] = described["model"]["vocab"]
    kept = [
        (number, word)
        for word, number in sorted(words.items(), key=lambda each: each[1])
        if number < 104 or _occurs(word)
    ]
    described["model"]["vocab"] = {word: new for new, (_, word) in enumerate(kept)}
    return [number for number, _ in kept], json.dumps(described, ensure_ascii=False)


def _occurs(word: str) -> bool:
    bare = word.removeprefix("##")
    if any("HANGUL" in unicodedata.name(each, "") for each in bare):
        return False
    if any("GANA" in (name := unicodedata.name(each, "")) or "KANA" in name for each in bare):
        return False
    is_han = any("CJK UNIFIED" in unicodedata.name(each, "") for each in bare)
    if is_han and word.startswith("##"):
        return False
    return bare == bare.lower() and to_simplified(bare) == bare


def _write_weights(weights: Mapping[str, Any], output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    weights_file.write(weights_file.quantised(weights), output / weights_file.FILE)


def _write_config(config: Any, output: Path, *, vocab_size: int, own: Mapping[str, Any]) -> None:
    said = config.to_dict()
    described = {key: said[key] for key in KEPT if key in said}
    described |= {"vocab_size": vocab_size, "commonplace": dict(own)}
    (output / CONFIG_FILE).write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
