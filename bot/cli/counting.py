"""`stats`, `trend`, `gaps`: a collection in figures, as words, a picture, a table or JSON."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli.frame import Frame, fail, print_json, say, shared_options
from bot.cli.page import Page
from core.errors import CommonplaceError


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command about figures, with the options that all of them share."""

    def made(function: Callable[..., None]) -> click.Command:
        for option in (
            shared_options,
            click.option("--community", metavar="NAME", help="cli-option-community"),
            click.option("--csv", type=_FILE, metavar="FILE", help="cli-option-figures-csv"),
            click.option("--png", type=_FILE, metavar="FILE", help="cli-option-figures-png"),
            click.option("--json", "as_json", is_flag=True, help="cli-option-json"),
            click.argument("words", nargs=-1, metavar="[WORDS]"),
        ):
            function = option(function)
        return click.command(cls=Page, name=name)(function)

    return made


_FILE = click.Path(path_type=Path, dir_okay=False)


@_command("stats")
def stats(frame: Frame, **said: Any) -> None:
    """What came in, from where, what goes together, and how many take part."""
    _tell(frame, "stats", **said)


@_command("trend")
def trend(frame: Frame, **said: Any) -> None:
    """Tell of labels over time."""
    _tell(frame, "trend", **said)


@_command("gaps")
def gaps(frame: Frame, **said: Any) -> None:
    """Tell under which labels nothing came for long."""
    _tell(frame, "gaps", **said)


def _tell(
    frame: Frame,
    what: str,
    words: tuple[str, ...],
    png: Path | None,
    csv: Path | None,
    community: str | None,
    *,
    as_json: bool,
) -> None:
    from bot.features import figures

    answers = {"stats": figures.stats_of, "trend": figures.trend_of, "gaps": figures.gaps_of}
    try:
        with frame.app(community=community) as app:
            argument = " ".join(words)
            shown = answers[what](argument, app.library, app.community, frame.texts)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    for file in (png, csv):
        if file is None:
            continue
        if shown.chart is None:
            say(frame.texts.say("cli-figures-no-chart", file=str(file)))
            continue
        file.write_bytes(shown.chart.png if file is png else shown.chart.csv)
        say(frame.texts.say("cli-figures-written", file=str(file)))
    if as_json:
        print_json(shown.data)
    else:
        click.echo(shown.reply.text)
