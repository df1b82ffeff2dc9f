"""`add` and `import`: put things into the collection, one or many."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.frame import Frame, explained, fail, print_json, say, shared_options
from bot.cli.page import Page
from bot.cli.reading import document_json, is_file, is_folder, names_a_file, read_bytes
from core.domain import Given, Item, Link, PastedText, SentFile, State
from core.errors import BadFile, CommonplaceError
from core.jsonl import batches

if TYPE_CHECKING:
    from bot.app import App
    from core.ingest import Finished

IMPORT_BATCH = (
    256  # texts embedded and saved together; 64 to 256 swept, 256 is a fifth faster than 64
)
LINK_BATCH = 4  # links fetched before the next commit: a stop loses little
SHOWN_LINES = 20  # broken lines told one by one; of a file of another kind, every line is broken


@click.command(cls=Page)
@click.argument("given", metavar="URL|TEXT|FILE|-", nargs=-1, required=True)
@click.option("--community", metavar="NAME", help="cli-option-community")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def add(frame: Frame, given: tuple[str, ...], community: str | None, *, as_json: bool) -> None:
    """Add links, texts or files; each is fetched, summarised, labelled and kept."""
    from bot.app import OPERATOR

    failed = 0
    try:
        things = [given_from(word) for word in given]
        with frame.app(community=community) as app:
            for thing in things:
                receipt = app.library.ingest.receive(
                    thing, community=app.community, member=OPERATOR
                )
                if receipt.item.state is State.FAILED:  # who sends it again wants it tried again
                    finished = app.library.ingest.retry(app.community, receipt.item.number)
                    how: str = finished.how
                else:
                    finished = app.library.ingest.work(receipt.item.id)
                    how = "known" if receipt.outcome == "known" else finished.how
                failed += finished.how == "failed"
                if as_json:
                    print_json(finished_json(finished, how))
                else:
                    click.echo(_line(frame, app, finished, how))
            _ask_opinions(app, frame)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    raise click.exceptions.Exit(0 if not failed else 2 if failed == len(given) else 1)


def _ask_opinions(app: "App", frame: Frame) -> None:
    """Ask a language model about what was added, if there is one; what fails stays owed, and fails
    nothing."""
    if app.library.opinions is None:
        return
    try:
        while app.library.opinions.ask_next() is not None:
            pass
    except CommonplaceError as error:
        say(explained(error, frame.texts))


def given_from(word: str) -> Given:
    """What a word on the command line means: "-" is standard input, then a file, a link, a text.

    Raises:
        BadFile: it is the path of a folder or of nothing, or there is nothing to read.
    """
    if word == "-":
        return _standard_input()
    if is_file(word):
        return SentFile(Path(word).name, read_bytes(Path(word)))
    if is_folder(word):
        raise BadFile(f"{word} is a folder. Name the files in it.", file=word, line=0)
    if word.lower().startswith(("http://", "https://")) and not any(map(str.isspace, word)):
        return Link(word)
    if names_a_file(word):
        raise BadFile(f"There is no file {word}. Check the path.", file=word, line=0)
    return PastedText(word)


def _standard_input() -> Given:
    """What a pipe brings: a text in UTF-8, else a file (PDF, or text in another charset)."""
    data = sys.stdin.buffer.read()
    if not data.strip():
        raise BadFile("There is nothing on standard input.", file="-", line=0)
    try:
        return PastedText(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return SentFile("-", data)


def item_json(item: Item) -> dict[str, Any]:
    """An item as scripts see it."""
    failure = item.failure and {
        "code": item.failure.code,
        "message": item.failure.message,
        "retry_at": item.failure.retry_at and item.failure.retry_at.isoformat(),
    }
    return {
        "number": item.number,
        "external_id": item.external_id,
        "state": item.state.value,
        **(document_json(item.document) if item.document else {"title": item.title}),
        "summary": item.summary.text if item.summary else None,
        "generated_summary": item.summary.generated if item.summary else None,
        "labels": [
            {
                "path": label.path,
                "score": round(label.score, 4),
                "status": label.status.value,
                "origin": label.origin.value,
            }
            for label in item.labels
        ],
        "shares": item.shares,
        "story": item.story,
        "error": failure,
    }


def finished_json(finished: "Finished", how: str) -> dict[str, Any]:
    """What became of something sent in."""
    like = finished.like.number if finished.like else None
    return {"how": how, "like": like, **item_json(finished.item)}


def _line(frame: Frame, app: "App", finished: "Finished", how: str) -> str:
    """One line for people: the number, what became of it, and the title or the reason."""
    from bot.render.labels import in_brief

    item, texts = finished.item, frame.texts
    if item.failure is not None:
        return f"#{item.number} ✗ {texts.error(item.failure)}"
    like = texts.say("cli-like", number=str(finished.like.number)) if finished.like else ""
    taxonomy = app.library.taxonomies(app.community)
    labels = texts.listed(span.text for span in in_brief(item, taxonomy, texts))
    parts = (f"#{item.number}", texts.say(f"cli-{how}"), item.title, labels, like)
    return "  ".join(part for part in parts if part)


@click.command(cls=Page, name="import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--community", metavar="NAME", help="cli-option-community")
@click.option("--no-fetch", is_flag=True, help="cli-option-no-fetch")
@click.option("--no-label", is_flag=True, help="cli-option-no-label")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def import_(
    frame: Frame,
    file: Path,
    community: str | None,
    *,
    no_fetch: bool,
    no_label: bool,
    as_json: bool,
) -> None:
    """Bring a collection in; what is already there is passed over, so a broken run can go on."""
    from bot.app import OPERATOR
    from bot.cli.progress import bar
    from core.import_files import read_entries

    if _is_library(frame, file, as_json=as_json):
        _restore(frame, file, community, as_json=as_json)
        return
    counts = {"new": 0, "known": 0, "same-story": 0, "failed": 0}
    broken: list[BadFile] = []
    unknown: set[str] = set()
    try:
        total = sum(1 for _ in read_entries(file, on_error=broken.append))
        with (
            frame.app(community=community) as app,
            bar(frame.texts.say("cli-importing")) as move,
        ):
            done = 0
            entries = read_entries(file, on_error=lambda _: None)
            for batch in app.library.ingest.import_all(
                batches(entries, IMPORT_BATCH if no_fetch else LINK_BATCH),
                community=app.community,
                member=OPERATOR,
                fetch=not no_fetch,
                label=not no_label,
            ):
                for finished in batch:
                    counts[finished.how] += 1
                    unknown.update(finished.unknown_labels)
                    if finished.how == "failed":
                        say(_line(frame, app, finished, "failed"))
                done += len(batch)
                move(done, total)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    for problem in broken[:SHOWN_LINES]:
        say(problem.message)
    if len(broken) > SHOWN_LINES:
        say(frame.texts.say("cli-more-lines", count=len(broken) - SHOWN_LINES))
    if unknown:
        say(frame.texts.say("cli-unknown-labels", labels=", ".join(sorted(unknown))))
    if as_json:
        print_json({**counts, "broken": len(broken), "unknown_labels": sorted(unknown)})
    else:
        say(frame.texts.say("cli-imported", broken=len(broken), **counts))
    raise click.exceptions.Exit(1 if broken or counts["failed"] else 0)


def _is_library(frame: Frame, file: Path, *, as_json: bool) -> bool:
    from core.exports.whole import is_whole

    try:
        return is_whole(file)
    except OSError as error:
        problem = BadFile(
            f"{file} cannot be read: {error.strerror}. Check the path.", file=str(file), line=0
        )
        fail(problem, texts=frame.texts, as_json=as_json)


def _restore(frame: Frame, file: Path, community: str | None, *, as_json: bool) -> None:
    """Bring a whole library in."""
    from bot.cli.progress import bar

    texts = frame.texts
    try:
        with frame.app(community=community) as app, bar(texts.say("cli-importing")) as move:
            restored = app.library.restoring.restore(app.community, file, on_progress=move)
    except CommonplaceError as error:
        fail(error, texts=texts, as_json=as_json)
    if restored.unknown_labels:
        say(texts.say("cli-restored-labels", labels=", ".join(restored.unknown_labels)))
    if as_json:
        print_json(
            {
                "new": restored.new,
                "known": restored.known,
                "is_same": restored.is_same,
                "unknown_labels": list(restored.unknown_labels),
            }
        )
    else:
        say(texts.say("cli-restored", new=restored.new, known=restored.known))
