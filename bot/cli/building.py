"""`build-model`: the built-in model made anew from base models and public sets."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from bot.cli.frame import Frame, config_option, fail, say
from bot.cli.page import Page
from core.errors import BadFile, CommonplaceError


@click.command("build-model", cls=Page)
@click.option(
    "--data",
    "sets",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="cli-option-sets",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="cli-option-model-output",
)
@click.option(
    "--chinese-base",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="cli-option-chinese-base",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, help="cli-option-seed")
@click.option("--stated-only", is_flag=True, help="cli-option-stated-only")
@click.option("--leave-out", multiple=True, metavar="SET", help="cli-option-leave-out")
@click.option("--quick", is_flag=True, help="cli-option-quick")
@config_option
def build_model(
    frame: Frame,
    sets: Path,
    output: Path,
    chinese_base: Path,
    seed: int,
    leave_out: tuple[str, ...],
    *,
    stated_only: bool,
    quick: bool,
) -> None:
    """Make a model folder; a run that was stopped goes on where it was."""
    from bot.cli.progress import Move, bar

    texts = frame.texts
    try:
        for folder in (sets, chinese_base):
            if not folder.is_dir():
                raise BadFile(f"There is no folder {folder}. Check the path.", file=str(folder))
        try:
            from core.models.recipe.build import Recipe, build
            from core.models.recipe.running import Progress
        except ImportError as error:
            raise BadFile(
                f"Training needs packages that are not here ({error.name or error}): in the "
                "program's folder, pip install '.[recipe]'",
                file=str(output),
            ) from error

        recipe = replace(
            Recipe().seeded(seed), unstated=not stated_only, leave_out=tuple(sorted(leave_out))
        )
        with ExitStack() as bars:
            moves: dict[str, Move] = {}

            def tell(progress: Progress) -> None:
                if progress.stage not in moves:
                    bars.close()  # the bar of the stage before
                    title = texts.say("cli-building", stage=progress.stage)
                    moves[progress.stage] = bars.enter_context(bar(title))
                moves[progress.stage](progress.step, progress.steps)

            build(
                sets,
                output,
                chinese_base=chinese_base,
                recipe=recipe.quick() if quick else recipe,
                tell=tell,
            )
    except CommonplaceError as error:
        fail(error, texts=texts, as_json=False)
    say(texts.say("cli-built", folder=str(output)))
