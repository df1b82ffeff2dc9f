"""`search` and `reindex`: find things, and rebuild what finding needs."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.collecting import item_json
from bot.cli.frame import Frame, error_json, fail, print_json, say, shared_options
from bot.cli.page import Page
from core.errors import CommonplaceError, SenderError
from core.jsonl import read_jsonl, writing

if TYPE_CHECKING:
    from bot.app import App
    from core.search import Hit


@click.command(cls=Page)
@click.argument("words", metavar="[QUERY]", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, help="cli-option-limit")
@click.option(
    "--queries", type=click.Path(path_type=Path), metavar="Q.jsonl", help="cli-option-queries"
)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="R.jsonl", help="cli-option-results"
)
@click.option("--community", metavar="NAME", help="cli-option-community")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def search(
    frame: Frame,
    words: tuple[str, ...],
    limit: int,
    queries: Path | None,
    output: Path | None,
    community: str | None,
    *,
    as_json: bool,
) -> None:
    """Find by words and meaning: one query, or a file of them."""
    query = " ".join(words) if words else None  # a query needs no quotes of the shell
    if (query is None) == (queries is None) or (queries is None) != (output is None):
        raise click.UsageError(frame.texts.say("cli-search-one-of"))
    try:
        with frame.app(community=community) as app:
            if queries is not None and output is not None:
                count = _many(app, queries, output, limit)
                say(frame.texts.say("cli-searched", count=count, file=str(output)))
                return
            results = app.library.search.find(app.community, query or "", limit=limit)
            if as_json:
                print_json(
                    {"total": results.total, "hits": [hit_json(hit) for hit in results.hits]}
                )
                return
            for hit in results.hits:
                click.echo(_line(hit))
            say(frame.texts.say("cli-found", count=results.total))
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)


@click.command(cls=Page)
@click.option("--community", metavar="NAME", help="cli-option-community")
@shared_options
def reindex(frame: Frame, community: str | None) -> None:
    """Rebuild vectors and keywords from the database."""
    from bot.cli.progress import bar

    try:
        with (
            frame.app(community=community) as app,
            bar(frame.texts.say("cli-reindexing")) as move,
        ):
            which = app.community if community else None
            count = app.library.ingest.reindex(which, on_progress=move)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=False)
    say(frame.texts.say("cli-reindexed", count=count))


def hit_json(hit: "Hit") -> dict[str, Any]:
    """A hit as scripts see it."""
    return {
        **item_json(hit.item),
        "score": round(hit.score, 6),
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
    }


def _many(app: "App", queries: Path, output: Path, limit: int) -> int:
    """Answer each line of a file; an item goes by its number and the id that its import gave.

    A query that is not understood has no hits, and an `error` beside them.
    """
    count = 0
    with writing(output) as write:
        for _, row in read_jsonl(queries, required=("id", "query")):
            count += 1
            try:
                results = app.library.search.find(app.community, row["query"], limit=limit)
            except SenderError as error:
                write({"id": row["id"], "hits": [], "error": error_json(error)})
                continue
            hits = [
                {
                    "item": hit.item.number,
                    "external_id": hit.item.external_id,
                    "score": round(hit.score, 6),
                }
                for hit in results.hits
            ]
            write({"id": row["id"], "hits": hits})
    return count


def _line(hit: "Hit") -> str:
    item = hit.item
    marked, end = "", 0
    for start, stop in hit.snippet.marks:
        marked += hit.snippet.text[end:start] + click.style(
            hit.snippet.text[start:stop], fg="yellow", bold=True
        )
        end = stop
    marked += hit.snippet.text[end:]
    where = item.document.url if item.document else None
    head = click.style(f"#{item.number}  {item.title}", bold=True)
    return "\n    ".join(part for part in (head, where, marked) if part)
