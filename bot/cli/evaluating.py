"""`evaluate`: annotators compared on texts whose labels are known, and with themselves."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.frame import Frame, config_option, fail, print_json, say
from bot.cli.page import Page
from core.domain import LANGUAGES, Document, Labelling, LabelPath, Summary
from core.errors import BadAnswer, BadConfig, BadFile, CommonplaceError
from core.jsonl import read_jsonl

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.texts import Texts
    from core.ports import Annotator
    from core.scores import Labels, Right, Scores, Spread
    from core.taxonomy import Taxonomy

KINDS = ("entailment", "llm")
BATCH = {"entailment": 64, "llm": 1}  # a language model's answers fail one by one

Documents = Sequence[tuple[Document, Summary | None]]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one annotator did.

    Attributes:
        annotator: its kind; model: as it states itself, "" if it never answered.
        scores: mean of the runs; dimensions: the same for each; spread: between the runs.
        failed: texts, of all runs, about which no usable answer came; they count as without labels.
        seconds: per text.
    """

    annotator: str
    model: str
    scores: "Scores"
    dimensions: "dict[str, Scores]"
    spread: "Spread"
    failed: int
    seconds: float


def _kinds(_ctx: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(word.strip() for word in value.split(",")))
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise click.BadParameter(f"{', '.join(unknown)} ≠ {', '.join(KINDS)}")
    return kinds


@click.command(cls=Page)
@click.option(
    "--data",
    "data_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="F.jsonl",
    required=True,
    help="cli-option-labelled",
)
@click.option(
    "--taxonomy", type=click.Path(path_type=Path), metavar="T.toml", help="cli-option-taxonomy"
)
@click.option(
    "--annotators",
    callback=_kinds,
    default="entailment",
    metavar="A,B",
    help="cli-option-annotators",
)
@click.option(
    "--repeat", type=click.IntRange(1, 100), default=1, metavar="N", help="cli-option-repeat"
)
@click.option("--model", metavar="MODEL", help="cli-option-model")
@click.option("--language", type=click.Choice(LANGUAGES), help="cli-option-language")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@config_option
def evaluate(
    frame: Frame,
    data_file: Path,
    taxonomy: Path | None,
    annotators: tuple[str, ...],
    repeat: int,
    model: str | None,
    language: str | None,
    *,
    as_json: bool,
) -> None:
    """Compare what annotators find with what is right."""
    from bot.app import make_extractive, make_taxonomy
    from core.language import detect

    try:
        settings = _settings(frame, taxonomy=taxonomy, model=model, language=language)
        tree = make_taxonomy(settings)
        rows = [(line, row) for line, row in read_jsonl(data_file, required=("id", "text"))]
        unknown: set[str] = set()
        right = [_right(row, tree, unknown, data_file, line) for line, row in rows]
        if not any(each.dimensions for each in right):
            raise BadFile(
                f"{data_file} has no line with labels of this taxonomy. Each line needs id, text "
                'and labels, such as ["topic/labour"].',
                file=str(data_file),
                line=0,
            )
        summariser = make_extractive(settings)
        documents = [
            Document(
                text=row["text"],
                title=row.get("title") or None,
                language=language or detect(row["text"]),
            )
            for _, row in rows
        ]
        texts = [(each, summariser.summarise(each.text, title=each.title)) for each in documents]
        found = [
            _evaluated(kind, settings, texts, right, tree, repeat=repeat, words=frame.texts)
            for kind in annotators
        ]
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    if unknown:
        say(frame.texts.say("cli-unknown-labels", labels=", ".join(sorted(unknown))))
    if as_json:
        print_json({"texts": len(rows), "annotators": [_rounded(asdict(each)) for each in found]})
        return
    for each in found:
        click.echo("\n".join(_lines(each, tree, frame.texts)))


def _settings(
    frame: Frame, *, taxonomy: Path | None, model: str | None, language: str | None
) -> "Settings":
    settings = frame.settings(language=language)
    if model is not None:
        models = settings.models.model_copy(update={"entailer": model})
        settings = settings.model_copy(update={"models": models})
    if taxonomy is not None:
        settings = settings.model_copy(update={"taxonomy": taxonomy.absolute()})
    return settings


def _right(
    row: dict[str, Any], tree: "Taxonomy", unknown: set[str], file: Path, line: int
) -> "Right":
    """What a line says is right: labels, complete in the dimensions that they name; further
    `dimensions` may be named in which no label fits."""
    from core.scores import Right
    from core.taxonomy import ancestors, dimension_of

    paths = _strings(row, "labels", file, line)
    known = [LabelPath(path) for path in paths if path in tree]
    unknown.update(path for path in paths if path not in tree)
    ids = {dimension.id for dimension in tree.dimensions}
    named = {id_ for id_ in _strings(row, "dimensions", file, line) if id_ in ids}
    return Right(
        frozenset(each for path in known for each in (*ancestors(path), path)),
        frozenset(named | {dimension_of(path) for path in known}),
    )


def _strings(row: dict[str, Any], key: str, file: Path, line: int) -> list[str]:
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadFile(
            f'{file}, line {line}: "{key}" must be a list of strings.', file=str(file), line=line
        )
    return found


def _evaluated(
    kind: str,
    settings: "Settings",
    texts: Documents,
    right: "Sequence[Right]",
    tree: "Taxonomy",
    *,
    repeat: int,
    words: "Texts",
) -> Evaluated:
    """Run one annotator as often as asked, and judge the runs."""
    from bot.cli.progress import bar
    from core.scores import by_dimension, mean, score, spread

    annotator = _annotator(kind, settings)
    began, failed, done = time.monotonic(), 0, 0
    runs: list[list[Labels]] = []
    model = ""
    with bar(words.say("cli-evaluating", annotator=kind)) as move:
        for _ in range(repeat):
            run: list[Labels] = []
            for start in range(0, len(texts), BATCH[kind]):
                batch = texts[start : start + BATCH[kind]]
                try:
                    labellings = _labelled(annotator, batch, tree, settings)
                    model = labellings[0].model
                    run += [frozenset(e.path for e in each.labels) for each in labellings]
                except BadAnswer:
                    run += [frozenset()] * len(batch)
                    failed += len(batch)
                done += len(batch)
                move(done, len(texts) * repeat)
            runs.append(run)
    dimensions = [by_dimension(right, run) for run in runs]
    return Evaluated(
        annotator=kind,
        model=model,
        scores=mean([score(right, run) for run in runs]),
        dimensions={id_: mean([each[id_] for each in dimensions]) for id_ in dimensions[0]},
        spread=spread(right, runs, tree),
        failed=failed,
        seconds=(time.monotonic() - began) / (len(texts) * repeat),
    )


def _annotator(kind: str, settings: "Settings") -> "Annotator":
    from bot.app import make_annotator, make_embedder, make_llm

    if kind == "entailment":
        return make_annotator(settings)
    server = make_llm(settings)
    if server is None:
        raise BadConfig(
            "There is no language model to evaluate. Name its server and model in [llm] (see "
            "config.example.toml).",
            key="llm.base_url",
            found="nothing",
            expected='an address such as "http://127.0.0.1:11434/v1"',
        )
    from core.models.llm.annotator import LlmAnnotator

    return LlmAnnotator(server, make_embedder(settings))


def _labelled(
    annotator: "Annotator", batch: Documents, tree: "Taxonomy", settings: "Settings"
) -> list[Labelling]:
    from core.annotating import annotate

    return annotate(annotator, batch, taxonomy=tree, language=settings.language)


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    def short(value: Any) -> Any:
        match value:
            case float():
                return round(value, 4)
            case dict():
                return _rounded(value)
            case _:
                return value

    return {key: short(value) for key, value in values.items()}


def _lines(each: Evaluated, tree: "Taxonomy", texts: "Texts") -> list[str]:
    """A table for people: the annotator, all together, each dimension, the spread."""
    from core.taxonomy import localised

    def percent(share: float) -> str:
        return f"{share:.1%}"

    names = {each.id: localised(each.names, texts.language, each.id) for each in tree.dimensions}

    def told(name: str, scores: "Scores") -> str:
        return texts.say(
            "cli-evaluated-row",
            name=name,
            texts=scores.texts,
            micro=percent(scores.micro_f1),
            macro=percent(scores.macro_f1),
            exact=percent(scores.exact),
        )

    lines = [
        texts.say(
            "cli-evaluated",
            annotator=each.annotator,
            model=each.model or "—",
            seconds=round(each.seconds, 2),
        ),
        f"  {told(texts.say('cli-evaluated-all'), each.scores)}",
        *(f"  {told(names[id_], scores)}" for id_, scores in each.dimensions.items()),
    ]
    if each.spread.runs > 1:
        spread = each.spread
        lines.append(
            "  "
            + texts.say(
                "cli-evaluated-spread",
                runs=spread.runs,
                differing=percent(spread.differing),
                micro=percent(spread.micro_sd),
                macro=percent(spread.macro_sd),
            )
        )
    if each.failed:
        lines.append(f"  {texts.say('cli-evaluated-failed', n=each.failed)}")
    return lines
