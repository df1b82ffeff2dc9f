"""`label`: texts from a file, labelled under a taxonomy, to a file; nothing is stored."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bot.cli.frame import Frame, fail, print_json, say, shared_options
from bot.cli.page import Page
from bot.texts import Texts
from core.domain import LANGUAGES, Document, ItemLabel, Labelling
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
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
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
    as_json: bool,
) -> None:
    """Label every text of X.jsonl into Y.jsonl."""
    from bot.app import make_annotator, make_extractive, make_taxonomy
    from bot.cli.progress import bar
    from core.annotating import annotate

    try:
        settings = frame.settings(taxonomy=taxonomy, model=model, language=language)
        tree = make_taxonomy(settings)
        # read once before any model loads: a wrong line is told at once, and the bar knows its end
        total = sum(1 for _ in read_jsonl(input_file, required=("id", "text")))
        annotator, summariser = make_annotator(settings), make_extractive(settings)
        effort = Effort()
        with (
            writing(output_file) as write,
            bar(frame.texts.say("cli-labelling")) as move,
        ):
            done = 0
            rows = (row for _, row in read_jsonl(input_file, required=("id", "text")))
            for batch in batches(rows, BATCH):
                documents = [_document(row, language) for row in batch]
                summarised = [
                    (document, summariser.summarise(document.text, title=document.title))
                    for document in documents
                ]
                began = time.perf_counter()
                labellings = annotate(
                    annotator,
                    summarised,
                    taxonomy=tree,
                    language=settings.language,
                    exhaustive=exhaustive,
                )
                effort = effort.and_(labellings, time.perf_counter() - began)
                for row, labelling in zip(batch, labellings, strict=True):
                    write({"id": row["id"], **labelling_json(labelling)})
                done += len(batch)
                move(done, total)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    say(frame.texts.say("cli-labelled", count=total, file=str(output_file)))
    if as_json:
        print_json(effort_json(effort))
    elif effort.texts:
        say(effort_told(effort, frame.texts))


@dataclass(frozen=True, slots=True)
class Effort:
    """What labelling took: texts, questions asked about them, and seconds, loading included."""

    texts: int = 0
    questions: int = 0
    seconds: float = 0.0

    def and_(self, labellings: Iterable[Labelling], seconds: float) -> "Effort":
        """This, and a batch more."""
        asked = [len(labelling.answers) for labelling in labellings]
        return Effort(self.texts + len(asked), self.questions + sum(asked), self.seconds + seconds)


def effort_json(effort: Effort) -> dict[str, float | None]:
    """Totals, and what follows from them; None where nothing was asked."""
    texts, questions, seconds = effort.texts, effort.questions, effort.seconds
    return {
        "texts": texts,
        "questions": questions,
        "seconds": round(seconds, 3),
        "questions_per_text": round(questions / texts, 1) if texts else None,
        "seconds_per_text": round(seconds / texts, 4) if texts else None,
        "questions_per_second": round(questions / seconds, 1) if seconds else None,
    }


def effort_told(effort: Effort, texts: Texts) -> str:
    """The same in a sentence."""
    each = effort.seconds / effort.texts
    return texts.say(
        "cli-effort",
        questions=effort.questions,
        per_text=round(effort.questions / effort.texts, 1),
        milliseconds=round(each * 1000, 1 if each < 0.1 else 0),
        per_second=round(effort.questions / max(effort.seconds, 1e-9)),
    )


def _document(row: dict[str, Any], language: str | None) -> Document:
    """A line as a document; `--language` says in which language it is asked, else its own does."""
    from core.language import detect

    text = row["text"]
    return Document(text=text, title=row.get("title") or None, language=language or detect(text))


def labelling_json(labelling: Labelling) -> dict[str, Any]:
    """Labels with scores, those that nearly were, and the probability of every question asked."""
    return {
        "labels": [_scored(label) for label in labelling.labels],
        "unsure": [_scored(label) for label in labelling.unsure],
        "scores": {answer.path: round(answer.probability, 4) for answer in labelling.answers},
    }


def _scored(label: ItemLabel) -> dict[str, Any]:
    return {"path": label.path, "score": round(label.score, 4)}
