"""`brief`: a dossier to write from, as files."""

import sys
from pathlib import Path

import click

from bot.cli.frame import Frame, fail, print_json, say, shared_options
from bot.cli.page import Page
from bot.texts import Texts
from core.domain import LANGUAGES, Language
from core.errors import CommonplaceError


@click.command(cls=Page)
@click.argument("words", nargs=-1, required=True, metavar="QUERY")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="cli-option-brief-output"
)
@click.option("--language", type=click.Choice(LANGUAGES), help="cli-option-brief-language")
@click.option("--no-draft", is_flag=True, help="cli-option-brief-no-draft")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@click.option("--community", metavar="NAME", help="cli-option-community")
@shared_options
def brief(
    frame: Frame,
    words: tuple[str, ...],
    output: Path | None,
    language: Language | None,
    community: str | None,
    *,
    no_draft: bool,
    as_json: bool,
) -> None:
    """Make a dossier of what a query keeps; without a folder, its Markdown is printed."""
    from bot.papers.markdown import markdown
    from bot.render import brief_json, brief_paper, briefs

    try:
        with frame.app(community=community) as app:
            texts = frame.texts if language is None else Texts(language)
            found = app.library.briefs.compose(app.community, " ".join(words))
            if not no_draft:
                found = app.library.briefs.with_draft(found, language=texts.language)
            shown = (found, app.community, app.library.taxonomies(app.community), texts)
            if not found.items:
                say(frame.texts.say("brief-nothing", query=found.query))
            files = briefs.files(*shown) if output is not None else ()
            if as_json:
                print_json(brief_json.as_json(found))
            elif output is None and found.items:
                sys.stdout.buffer.write(markdown(brief_paper.paper(*shown)).encode())
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    if not found.items:
        raise click.exceptions.Exit(1)
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for file in files:
            (output / file.name).write_bytes(file.data)
        counts = {"items": len(found.items), "quotes": len(found.quotes)}
        listed = frame.texts.listed(file.name for file in files)
        say(frame.texts.say("cli-brief-written", folder=str(output), files=listed, **counts))
