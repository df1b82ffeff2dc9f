"""`export`: a collection, or what a search keeps of it, written down for others to read."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.frame import Frame, fail, print_json, say, shared_options
from bot.cli.page import Page
from core.errors import CommonplaceError
from core.exporting import ENDINGS, FORMS, Form, Wish, Written

if TYPE_CHECKING:
    from bot.app import App
    from core.releasing import Facts

_BY_ENDING: dict[str, Form] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".html": "bookmarks",
    ".htm": "bookmarks",
    ".rss": "rss",
    ".xml": "atom",
    ".atom": "atom",
}


@click.command(cls=Page)
@click.argument("words", metavar="[QUERY]", nargs=-1)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="PLACE", help="cli-option-place"
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), metavar="FORM", help="cli-option-format"
)
@click.option(
    "--release", type=click.Path(path_type=Path), metavar="FOLDER", help="cli-option-release"
)
@click.option("--licence", metavar="NAME", help="cli-option-licence")
@click.option("--texts", "with_texts", is_flag=True, help="cli-option-texts")
@click.option("--votes", "with_voices", is_flag=True, help="cli-option-votes")
@click.option("--community", metavar="NAME", help="cli-option-community")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def export(
    frame: Frame,
    words: tuple[str, ...],
    output: Path | None,
    form: Form | None,
    release: Path | None,
    licence: str | None,
    community: str | None,
    *,
    with_texts: bool,
    with_voices: bool,
    as_json: bool,
) -> None:
    """Write items down, or a data set for others to work with."""
    texts, query = frame.texts, " ".join(words)
    if (release is not None and (output or form or with_voices)) or (licence and release is None):
        raise click.UsageError(texts.say("cli-export-release-alone"))
    form = form or _form_of(output)
    if release is None and form is None:
        raise click.UsageError(texts.say("cli-export-which", known=", ".join(FORMS)))
    if with_voices and form != "library":
        raise click.UsageError(texts.say("cli-export-votes-where"))
    if with_texts:
        say(texts.say("cli-export-texts-warning"))
    written: Written | None = None
    left_out = 0
    try:
        with frame.app(community=community) as app:
            if release is not None:
                place = release
                facts = _release(frame, app, place, query, licence, with_texts=with_texts)
                count, left_out = facts.items, facts.left_out
            else:
                assert form is not None
                place = output or Path(f"{app.community.name}{ENDINGS[form] or '-notes'}")
                wish = Wish(
                    form,
                    query=query,
                    language=app.community.language,
                    about=texts.say("export-feed-about", query=query or "none"),
                    with_texts=with_texts,
                    with_voices=with_voices,
                )
                written = _export(frame, app, place, wish)
                count, left_out = written.items, written.left_out
    except CommonplaceError as error:
        fail(error, texts=texts, as_json=as_json)
    if as_json:
        print_json({"place": str(place), "items": count, "left_out": left_out})
    elif release is not None:
        say(texts.say("cli-released", count=count, place=str(place)))
        if left_out:
            say(texts.say("cli-released-without", count=left_out))
    else:
        say(texts.say("cli-exported", count=count, place=str(place)))
        if written is not None and form is not None and left_out:
            from bot.render.exporting import left_out as told

            say(told(written, form, texts))
        if form == "library":
            say(texts.say("cli-export-library-holds"))


def _export(frame: Frame, app: "App", place: Path, wish: Wish) -> Written:
    from bot.cli.progress import bar

    with bar(frame.texts.say("cli-exporting")) as move:
        return app.library.exporting.write(app.community, place, wish, on_progress=move)


def _release(
    frame: Frame,
    app: "App",
    place: Path,
    query: str,
    licence: str | None,
    *,
    with_texts: bool,
) -> "Facts":
    from bot.cli.progress import bar
    from bot.render.release import pages

    with bar(frame.texts.say("cli-exporting")) as move:
        return app.library.releasing.release(
            app.community,
            place,
            pages=pages,
            query=query,
            licence=licence,
            with_texts=with_texts,
            on_progress=move,
        )


def _form_of(output: Path | None) -> Form | None:
    """The form that a file's ending tells; a name without one is that of a folder of notes."""
    if output is None:
        return None
    if output.name.lower().endswith(ENDINGS["library"]):
        return "library"
    if not output.suffix:
        return "markdown"
    return _BY_ENDING.get(output.suffix.lower())
