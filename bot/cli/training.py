"""`train`: a community's model made from labelled texts."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.frame import Frame, config_option, fail, print_json, say
from bot.cli.page import Page
from core.domain import LANGUAGES
from core.errors import BadFile, CommonplaceError

if TYPE_CHECKING:
    from bot.texts import Texts
    from core.models.finetune.report import Report
    from core.models.recipe.running import Progress
    from core.taxonomy import Taxonomy

NICENESS = 10


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
    "--texts",
    "texts_file",
    type=click.Path(path_type=Path),
    metavar="U.jsonl",
    help="cli-option-train-texts",
)
@click.option(
    "--taxonomy", type=click.Path(path_type=Path), metavar="T.toml", help="cli-option-taxonomy"
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="cli-option-train-output",
)
@click.option("--base", metavar="MODEL", help="cli-option-train-base")
@click.option("--seed", type=click.IntRange(min=0), default=1, help="cli-option-seed")
@click.option("--device", default="cpu", metavar="NAME", help="cli-option-device")
@click.option("--language", type=click.Choice(LANGUAGES), help="cli-option-language")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@config_option
def train(
    frame: Frame,
    data_file: Path,
    texts_file: Path | None,
    taxonomy: Path | None,
    output: Path,
    base: str | None,
    seed: int,
    device: str,
    language: str | None,
    *,
    as_json: bool,
) -> None:
    """Train a model; a run that was stopped goes on where it was."""
    from bot.app import make_extractive, make_taxonomy
    from bot.cli.progress import Move, bar
    from core.labelled import read_labelled, read_unlabelled
    from core.labelling import choose_premise
    from core.training_set import from_labelled

    texts = frame.texts
    with suppress(AttributeError, OSError):  # Windows has no niceness
        os.nice(NICENESS)
    try:
        settings = frame.settings(taxonomy=taxonomy, language=language)
        tree = make_taxonomy(settings)
        labelled = read_labelled(data_file, tree)
        if texts_file is not None:
            labelled += read_unlabelled(texts_file)
        summariser = make_extractive(settings)
        premises = [
            choose_premise(each.document(), summariser.summarise(each.text, title=each.title)).text
            for each in labelled
        ]
        examples = from_labelled(labelled, premises, language=settings.language)
        train_ = _trainer(base, output)
        with ExitStack() as bars:
            move: list[Move] = []

            def tell(progress: "Progress") -> None:
                if not move:
                    move.append(bars.enter_context(bar(texts.say("cli-training"))))
                move[0](progress.step, progress.steps)

            with _told_where_to_go_on(texts, output):
                report = train_(
                    examples,
                    tree,
                    output,
                    seed=seed,
                    tell=tell,
                    device=device,
                    threads=settings.models.threads or None,
                )
    except CommonplaceError as error:
        fail(error, texts=texts, as_json=as_json)
    if as_json:
        print_json(asdict(report))
        return
    click.echo("\n".join(_lines(report, tree, texts)))
    say(texts.say("cli-trained", folder=str(output)))


def _trainer(base: str | None, output: Path) -> "Callable[..., Report]":
    """What trains a model of that kind: towers of ours, or a pair model of the hub."""
    try:
        from core.models.entailer import BUILTIN_NAME, is_pair
        from core.models.finetune.adapting import adapt
        from core.models.finetune.plan import Plan
        from core.models.finetune.training import fine_tune
    except ImportError as error:
        raise BadFile(
            f"Training needs packages that are not here ({error.name or error}): in the "
            "program's folder, pip install '.[train]'",
            file=str(output),
        ) from error

    def by_towers(*given: Any, seed: int, **named: Any) -> "Report":
        folder = None if base in (None, BUILTIN_NAME) else Path(str(base)).expanduser()
        return fine_tune(*given, base=folder, plan=Plan(seed=seed), **named)

    def by_adapters(*given: Any, seed: int, **named: Any) -> "Report":
        return adapt(*given, base=str(base), plan=Plan(seed=seed), **named)

    return by_adapters if is_pair(base or BUILTIN_NAME) else by_towers


@contextmanager
def _told_where_to_go_on(texts: "Texts", output: Path) -> Iterator[None]:
    """Say that nothing is lost by stopping."""
    try:
        yield
    except KeyboardInterrupt:
        say(texts.say("cli-training-stopped", folder=str(output)))
        raise


def _lines(report: "Report", tree: "Taxonomy", texts: "Texts") -> list[str]:
    """Before and after on unseen texts: all together, each dimension; and what is too rare."""
    from core.taxonomy import localised

    def percent(share: float) -> str:
        return f"{share:.1%}"

    names = {each.id: localised(each.names, texts.language, each.id) for each in tree.dimensions}
    before, after = report.before, report.after
    rows = [(texts.say("cli-trained-all"), before.scores, after.scores)]
    rows += [
        (names[id_], scores, after.dimensions[id_]) for id_, scores in before.dimensions.items()
    ]
    lines = [
        texts.say(
            "cli-trained-head",
            texts=report.examples,
            stories=report.stories,
            others=report.unlabelled,
            labels=len(report.learnt),
        )
    ]
    lines += [
        "  "
        + texts.say(
            "cli-trained-row",
            name=name,
            micro_before=percent(old.micro_f1),
            micro=percent(new.micro_f1),
            macro_before=percent(old.macro_f1),
            macro=percent(new.macro_f1),
        )
        for name, old, new in rows
    ]
    lines.append(
        "  "
        + texts.say(
            "cli-trained-calibration",
            before=percent(before.calibration_error),
            after=percent(after.calibration_error),
        )
    )
    if report.rare:
        rare = ", ".join(f"{path} ({count})" for path, count in report.rare.items())
        lines.append("  " + texts.say("cli-trained-rare", labels=rare))
    return lines
