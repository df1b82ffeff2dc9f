"""`fetch` and `canonical`: look at one address or file without keeping anything."""

import os
import sys
from pathlib import Path

import click

from bot.cli.frame import Frame, fail, print_json, say, shared_options
from bot.cli.page import Page
from core.domain import Document, Resource
from core.errors import BadFile, CommonplaceError


@click.command(cls=Page)
@click.argument("given", metavar="URL_OR_FILE", required=False)
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="cli-option-html")
@click.option("--url", metavar="URL", help="cli-option-url")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def fetch(
    frame: Frame, given: str | None, html: Path | None, url: str | None, *, as_json: bool
) -> None:
    """Fetch one thing and print what was read; nothing is stored."""
    from bot.app import make_reader
    from core.sources.urls import clean

    if (given is None) == (html is None):
        raise click.UsageError(frame.texts.say("cli-fetch-one-of"))
    try:
        with make_reader(frame.settings()) as reader:
            if html is not None:
                if url is not None:
                    clean(url)  # a wrong one is told, not passed over
                resource = Resource(read_bytes(html), "text/html", url=url, file_name=html.name)
                document = reader.read_resource(resource)
            elif given is not None and is_file(given):
                document = reader.read_file(Path(given).name, read_bytes(Path(given)))
            elif given is not None and names_a_file(given):
                raise BadFile(f"There is no file {given}. Check the path.", file=given, line=0)
            else:
                document = reader.read_link(given or "")
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    if as_json:
        print_json(document_json(document))
    else:
        _print(document)


@click.command(cls=Page)
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@shared_options
def canonical(frame: Frame, urls: tuple[str, ...]) -> None:
    """Print the canonical form of each address, one a line; "-" reads them from standard input."""
    from core.sources.urls import canonical as canonical_of

    failed = False
    given = (line.strip() for line in sys.stdin) if urls == ("-",) else iter(urls)
    for url in given:
        try:
            click.echo(canonical_of(url))
        except CommonplaceError as error:
            click.echo("")  # one line out for each line in
            say(frame.texts.error(error))
            failed = True
    raise click.exceptions.Exit(2 if failed else 0)


FILE_ENDINGS = {".pdf", ".html", ".htm", ".txt", ".md"}


def is_file(word: str) -> bool:
    """Whether a word of the command line is the path of a file; the shell has resolved "~"."""
    try:
        return Path(word).is_file()
    except OSError:  # a text or link that is longer than any path
        return False


def is_folder(word: str) -> bool:
    """Whether a word is the path of a folder, and looks like one: a word alone may be a text."""
    try:
        return os.sep in word and Path(word).is_dir()
    except OSError:
        return False


def names_a_file(word: str) -> bool:
    """Whether a word can only be meant as a path: it ends like a file, and is no link or text."""
    return "://" not in word and not word.count(" ") and Path(word).suffix.lower() in FILE_ENDINGS


def read_bytes(file: Path) -> bytes:
    """A file's bytes; BadFile if there are none to be had."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadFile(
            f"{file} cannot be read: {error.strerror}. Check the path.", file=str(file), line=0
        ) from error


def document_json(document: Document) -> dict[str, str | None]:
    """A document as scripts see it."""
    return {
        "url": document.url,
        "canonical_url": document.canonical_url,
        "title": document.title,
        "author": document.author,
        "published_at": document.published_on.isoformat() if document.published_on else None,
        "site": document.site,
        "language": document.language,
        "image_url": document.image_url,
        "text": document.text,
    }


def _print(document: Document) -> None:
    facts = (document.site, document.published_on, document.author, document.language)
    click.secho(document.title or "", bold=True)
    click.secho(" · ".join(str(fact) for fact in facts if fact), dim=True)
    click.echo(f"{document.url or ''}\n\n{document.text}".strip())
