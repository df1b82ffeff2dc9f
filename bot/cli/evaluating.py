"""`evaluate`: methods of labelling, compared on labelled texts and with themselves."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.frame import Frame, config_option, fail, print_json
from bot.cli.page import Page
from core.domain import LANGUAGES
from core.errors import BadConfig, CommonplaceError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.texts import Texts
    from core.evaluation import Evaluated, Method
    from core.scores import Scores
    from core.taxonomy import Taxonomy


# ── methods ──────────────────────────────────────────────────────────────────────────────────────


def _entailment(settings: "Settings", tree: "Taxonomy") -> "Method":
    """The labels that the bot gives."""
    from bot.app import make_annotator
    from core.evaluation import AnnotatorMethod

    return AnnotatorMethod(make_annotator(settings), tree, settings.language, at_once=64)


def _llm(settings: "Settings", tree: "Taxonomy") -> "Method":
    """What a language model suggests, without examples; its answers fail one by one."""
    from bot.app import make_embedder, make_llm
    from core.evaluation import AnnotatorMethod

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

    annotator = LlmAnnotator(server, make_embedder(settings))
    return AnnotatorMethod(annotator, tree, settings.language, at_once=1)


METHODS: "Mapping[str, Callable[[Settings, Taxonomy], Method]]" = {
    "entailment": _entailment,
    "llm": _llm,
}
"""By the name that the command line knows them under."""


# ── the command ──────────────────────────────────────────────────────────────────────────────────


def _named(_ctx: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(word.strip() for word in value.split(",")))
    if unknown := [name for name in names if name not in METHODS]:
        raise click.BadParameter(f"{', '.join(unknown)} ≠ {', '.join(METHODS)}")
    return names


@click.command(cls=Page)
@click.option(
    "--data",
    "data_file",
    type=click.Path(path_type=Path),
    metavar="F.jsonl",
    required=True,
    help="cli-option-labelled",
)
@click.option(
    "--taxonomy", type=click.Path(path_type=Path), metavar="T.toml", help="cli-option-taxonomy"
)
@click.option(
    "--methods", callback=_named, default="entailment", metavar="A,B", help="cli-option-methods"
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
    methods: tuple[str, ...],
    repeat: int,
    model: str | None,
    language: str | None,
    *,
    as_json: bool,
) -> None:
    """Compare what methods find with what is right."""
    from bot.app import make_extractive, make_taxonomy
    from bot.cli.progress import bar
    from core import evaluation
    from core.labelled import read_labelled

    try:
        settings = frame.settings(taxonomy=taxonomy, model=model, language=language)
        tree = make_taxonomy(settings)
        labelled = read_labelled(data_file, tree)
        summariser = make_extractive(settings)
        documents = [
            (each.document(language=language), summariser.summarise(each.text, title=each.title))
            for each in labelled
        ]
        found = {}
        for name in methods:
            with bar(frame.texts.say("cli-evaluating", method=name)) as move:
                found[name] = evaluation.evaluate(
                    METHODS[name](settings, tree),
                    documents,
                    labelled,
                    taxonomy=tree,
                    repeat=repeat,
                    on_progress=move,
                )
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    if as_json:
        told = [{"method": name, **_rounded(asdict(each))} for name, each in found.items()]
        print_json({"texts": len(labelled), "methods": told})
        return
    for name, each in found.items():
        click.echo("\n".join(_lines(name, each, tree, frame.texts)))


# ── what is told ─────────────────────────────────────────────────────────────────────────────────


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


def _lines(method: str, each: "Evaluated", tree: "Taxonomy", texts: "Texts") -> list[str]:
    """A table for people: the method, all together, each dimension, the spread."""
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
            method=method,
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
