"""`evaluate`: ways of labelling, compared on a group's own texts."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from bot.cli.frame import Frame, config_option, fail, print_json, say
from bot.cli.page import Page
from bot.cli.ways import METHODS, NEED_EXAMPLES, make_ways
from core.domain import LANGUAGES
from core.errors import CommonplaceError

if TYPE_CHECKING:
    from bot.texts import Texts
    from core.comparing import Contest, Learner, Told
    from core.evaluation import Documents, Evaluated
    from core.figures import Measured
    from core.labelled import LabelledText
    from core.taxonomy import Taxonomy

USUAL_SHOTS = (0, 4, 8, 16, 64)
MOST_SHOTS = 10_000


def _named(_ctx: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(word.strip() for word in value.split(",")))
    if unknown := [name for name in names if name not in METHODS]:
        raise click.BadParameter(f"{', '.join(unknown)} ≠ {', '.join(METHODS)}")
    return names


def _counted(
    ctx: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[int, ...] | None:
    if value is None:
        return None
    words = [word.strip() for word in value.split(",")]
    if bad := [word for word in words if not word.isdecimal() or int(word) > MOST_SHOTS]:
        texts: Texts = ctx.find_root().obj.texts
        raise click.BadParameter(
            texts.say("evaluate-bad-shots", found=", ".join(bad), most=MOST_SHOTS)
        )
    return tuple(sorted({int(word) for word in words}))


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
@click.option("--shots", callback=_counted, metavar="0,4,16", help="evaluate-option-shots")
@click.option(
    "--limit", type=click.IntRange(8), default=400, metavar="N", help="evaluate-option-limit"
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31), default=0, metavar="N", help="evaluate-option-seed"
)
@click.option(
    "--picture", type=click.Path(path_type=Path), metavar="F.png", help="evaluate-option-picture"
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
    shots: tuple[int, ...] | None,
    limit: int,
    seed: int,
    picture: Path | None,
    repeat: int,
    model: str | None,
    language: str | None,
    *,
    as_json: bool,
) -> None:
    """Compare what ways of labelling find with what is right."""
    from bot.app import make_extractive, make_taxonomy
    from core.labelled import read_labelled

    texts = frame.texts
    wanted = _wanted(shots, methods, texts)
    is_learning = wanted != (0,)
    _check(methods, texts, repeat=repeat, picture=picture, is_learning=is_learning)
    try:
        settings = frame.settings(taxonomy=taxonomy, model=model, language=language)
        tree = make_taxonomy(settings)
        labelled = read_labelled(data_file, tree)
        summariser = make_extractive(settings)
        documents = [
            (each.document(language=language), summariser.summarise(each.text, title=each.title))
            for each in labelled
        ]
        with TemporaryDirectory(prefix="commonplace-", ignore_cleanup_errors=True) as work:
            ways = make_ways(methods, settings, tree, work=Path(work))
            if is_learning:
                _compare(
                    ways, labelled, documents, tree, texts,
                    shots=wanted, limit=limit, seed=seed, picture=picture, as_json=as_json,
                )  # fmt: skip
            else:
                _evaluate(
                    ways,
                    labelled,
                    documents,
                    tree,
                    texts,
                    repeat=repeat,
                    seed=seed,
                    as_json=as_json,
                )
    except CommonplaceError as error:
        fail(error, texts=texts, as_json=as_json)
    if not as_json:
        say(texts.say("evaluate-see-wording", file=str(data_file)))


def _wanted(
    shots: tuple[int, ...] | None, methods: Sequence[str], texts: "Texts"
) -> tuple[int, ...]:
    """How many examples are tried: as said; else none, unless a way needs some."""
    needy = [name for name in methods if name in NEED_EXAMPLES]
    if shots is None:
        return USUAL_SHOTS if needy else (0,)
    if shots == (0,) and needy:
        raise click.UsageError(texts.say("evaluate-needs-shots", methods=", ".join(needy)))
    return shots


def _check(
    methods: Sequence[str],
    texts: "Texts",
    *,
    repeat: int,
    picture: Path | None,
    is_learning: bool,
) -> None:
    """Say what does not go together before anything is loaded."""
    if is_learning and repeat > 1:
        raise click.UsageError(texts.say("evaluate-no-repeat"))
    if picture is None:
        return
    if not is_learning:
        raise click.UsageError(texts.say("evaluate-no-curve", methods=",".join(methods)))
    if picture.suffix.lower() != ".png":
        raise click.UsageError(texts.say("evaluate-not-png", file=str(picture)))
    if not picture.parent.is_dir():
        raise click.UsageError(texts.say("evaluate-no-folder", folder=str(picture.parent)))


# ── without examples ─────────────────────────────────────────────────────────────────────────────


def _evaluate(
    ways: "dict[str, Learner]",
    labelled: "Sequence[LabelledText]",
    documents: "Documents",
    tree: "Taxonomy",
    texts: "Texts",
    *,
    repeat: int,
    seed: int,
    as_json: bool,
) -> None:
    """Every text, as often as asked."""
    from bot.cli.evaluating_report import contest_lines, contests_json, figures_json, lines, rounded
    from bot.cli.progress import bar
    from core import evaluation
    from core.figures import Yardstick

    yardstick = Yardstick(labelled, tree, seed=seed)
    found: dict[str, Evaluated] = {}
    measured: dict[str, Measured] = {}
    for name, learner in ways.items():
        method = learner.learn([], [], seed=seed, on_progress=lambda _done, _total: None)
        assert method is not None, "ways that need examples were refused before"
        with bar(texts.say("cli-evaluating", method=name)) as move:
            found[name] = evaluation.evaluate(
                method, documents, labelled, taxonomy=tree, repeat=repeat, on_progress=move
            )
        measured[name] = yardstick.measure(found[name].answers)
    contests = _contests(measured)
    if as_json:
        told = [
            {
                "method": name,
                **rounded(each),
                "figures": figures_json(measured[name].whole),
            }
            for name, each in found.items()
        ]
        about = {"texts": len(labelled), "methods": told}
        print_json({**about, "comparisons": contests_json(contests)})
        return
    for name, each in found.items():
        click.echo("\n".join(lines(name, each, measured[name], tree, texts)))
    if contests:
        click.echo("\n".join(contest_lines(contests, texts)))


def _contests(measured: "dict[str, Measured]") -> "list[Contest]":
    """The first way against each other one, on the same texts."""
    from core.comparing import Contest
    from core.figures import gains

    (first, own), *others = measured.items()
    return [
        Contest(
            way=first,
            against=name,
            shots=0,
            gains=gains(own.whole, each.whole),
            dimensions={
                id_: gains(figures, each.dimensions[id_]) for id_, figures in own.dimensions.items()
            },
        )
        for name, each in others
    ]


# ── with examples ────────────────────────────────────────────────────────────────────────────────


def _compare(
    ways: "dict[str, Learner]",
    labelled: "Sequence[LabelledText]",
    documents: "Documents",
    tree: "Taxonomy",
    texts: "Texts",
    *,
    shots: tuple[int, ...],
    limit: int,
    seed: int,
    picture: Path | None,
    as_json: bool,
) -> None:
    """A curve over the numbers of examples."""
    from bot.cli.evaluating_curve import written
    from bot.cli.evaluating_report import comparison_json, comparison_report
    from core.comparing import compare_ways

    with _bars(texts) as tell:
        found = compare_ways(
            ways,
            labelled,
            documents,
            taxonomy=tree,
            shots=shots,
            most=limit,
            seed=seed,
            on_progress=tell,
        )
    chart = None if picture is None else written(found, picture, texts)
    if as_json:
        about = {"texts": len(labelled), "seed": seed, **comparison_json(found)}
        print_json(about if chart is None else {**about, "picture": chart})
        return
    click.echo(comparison_report(found, tree, texts))
    if chart is not None:
        say(texts.say("evaluate-drawn", **chart))


@contextmanager
def _bars(texts: "Texts") -> "Iterator[Told]":
    """A progress bar for each way, one after the other."""
    from bot.cli.progress import Move, bar

    with ExitStack() as stack:
        moves: dict[str, Move] = {}

        def tell(way: str, done: int, total: int) -> None:
            if way not in moves:
                stack.close()
                moves[way] = stack.enter_context(bar(texts.say("cli-evaluating", method=way)))
            moves[way](done, total)

        yield tell
