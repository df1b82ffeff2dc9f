"""`label`: texts from a file, labelled under a taxonomy, to a file; nothing is stored."""

from pathlib import Path
from typing import Any

import click

from bot.cli.frame import Frame, fail, say, shared_options
from bot.cli.page import Page
from core.domain import LANGUAGES, Document, Labelling
from core.errors import CommonplaceError
from core.jsonl import batches, read_jsonl, writing

BATCH = 64  # texts asked about together; memory stays small, batches stay full


@click.command(cls=Page)
@click.option(
    "--taxonomy", type=click.Path(path_type=Path), metavar="T.toml", help="cli-option-taxonomy"
)
@click.option(
    "--input",
    "input_file",
    type=click.Path(path_type=Path),
    metavar="X.jsonl",
    required=True,
    help="cli-option-input",
)
@click.option(
    "--output",
    "output_file",
    type=click.Path(path_type=Path),
    metavar="Y.jsonl",
    required=True,
    help="cli-option-output",
)
@click.option("--model", metavar="MODEL", help="cli-option-model")
@click.option("--language", type=click.Choice(LANGUAGES), help="cli-option-language")
@click.option("--exhaustive", is_flag=True, help="cli-option-exhaustive")
@shared_options
def label(
    frame: Frame,
    taxonomy: Path | None,
    input_file: Path,
    output_file: Path,
    model: str | None,
    language: str | None,
    *,
    exhaustive: bool,
) -> None:
    """Label every text of X.jsonl into Y.jsonl."""
    from bot.app import make_annotator, make_summariser, make_taxonomy
    from bot.cli.progress import bar
    from core.annotating import annotate

    try:
        settings = frame.settings(language=language)
        if model is not None:
            settings = settings.model_copy(
                update={"models": settings.models.model_copy(update={"entailer": model})}
            )
        if taxonomy is not None:
            settings = settings.model_copy(update={"taxonomy": taxonomy.absolute()})
        tree = make_taxonomy(settings)
        # read once before any model loads: a wrong line is told at once, and the bar knows its end
        total = sum(1 for _ in read_jsonl(input_file, required=("id", "text")))
        annotator, summariser = make_annotator(settings), make_summariser(settings)
        with (
            writing(output_file) as write,
            bar(frame.texts.say("cli-labelling")) as move,
        ):
            done = 0
            rows = (row for _, row in read_jsonl(input_file, required=("id", "text")))
            for batch in batches(rows, BATCH):
                documents = [_document(row, language) for row in batch]
                labellings = annotate(
                    annotator,
                    [
                        (document, summariser.summarise(document.text, title=document.title))
                        for document in documents
                    ],
                    taxonomy=tree,
                    language=settings.language,
                    exhaustive=exhaustive,
                )
                for row, labelling in zip(batch, labellings, strict=True):
                    write({"id": row["id"], **labelling_json(labelling)})
                done += len(batch)
                move(done, total)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=False)
    say(frame.texts.say("cli-labelled", count=total, file=str(output_file)))


def _document(row: dict[str, Any], language: str | None) -> Document:
    """A line as a document; `--language` says in which language it is asked, else its own does."""
    from core.language import detect

    text = row["text"]
    return Document(text=text, title=row.get("title") or None, language=language or detect(text))


def labelling_json(labelling: Labelling) -> dict[str, Any]:
    """Labels with scores, and the probability of every question asked."""
    return {
        "labels": [
            {"path": found.path, "score": round(found.score, 4)} for found in labelling.labels
        ],
        "scores": {answer.path: round(answer.probability, 4) for answer in labelling.answers},
    }
