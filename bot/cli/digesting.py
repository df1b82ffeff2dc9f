"""`digest`: what the last days brought, for the terminal, a page or a feed reader."""

import sys
from pathlib import Path

import click

from bot.cli.frame import Frame, fail, print_json, say, shared_options
from bot.cli.page import Page
from core.errors import CommonplaceError


@click.command(cls=Page)
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option("--days", type=click.IntRange(1, 366), default=7, help="cli-option-digest-days")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "atom"]),
    default="markdown",
    help="cli-option-digest-format",
)
@click.option("--output", type=click.Path(path_type=Path), help="cli-option-digest-output")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@click.option("--community", metavar="NAME", help="cli-option-community")
@shared_options
def digest(
    frame: Frame,
    words: tuple[str, ...],
    days: int,
    form: str,
    output: Path | None,
    community: str | None,
    *,
    as_json: bool,
) -> None:
    """Tell what the last days brought, as Markdown or Atom; it moves no weekly clock."""
    from bot.render import digest_files

    try:
        with frame.app(community=community) as app:
            library = app.library
            found = library.digests.lately(app.community, " ".join(words), days=days)
            taxonomy = library.taxonomies(app.community)
            if as_json:
                print_json(digest_files.as_json(found))
                return
            shown = (app.community, taxonomy, frame.texts)
            if form == "atom":
                data = digest_files.feed(found, *shown, now=library.clock.now())
            else:
                data = digest_files.markdown(found, *shown).encode()
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    output.write_bytes(data)
    say(frame.texts.say("cli-digest-written", file=str(output), stories=len(found.stories)))
