"""`wording`: which questions a model understands best, measured on labelled texts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.frame import Frame, config_option, fail, print_json, say
from bot.cli.page import Page
from core.domain import LANGUAGES, Document, Language
from core.errors import BadExamples, BadFile, CommonplaceError

if TYPE_CHECKING:
    from bot.config import Settings
    from core.labelled import LabelledText
    from core.taxonomy import Taxonomy
    from core.wording_trial import Comparison, View

_HAN = re.compile("[\u4e00-\u9fff]")


@click.command(cls=Page)
@click.option(
    "--taxonomy", type=click.Path(path_type=Path), metavar="T.toml", help="cli-option-taxonomy"
)
@click.option(
    "--data",
    "data_file",
    type=click.Path(path_type=Path),
    metavar="F.jsonl",
    required=True,
    help="wording-option-data",
)
@click.option("--dimension", metavar="ID", help="wording-option-dimension")
@click.option("--template", "templates", multiple=True, help="wording-option-template")
@click.option("--language", type=click.Choice(LANGUAGES), help="cli-option-language")
@click.option("--model", metavar="MODEL", help="cli-option-model")
@click.option("--seed", type=click.IntRange(0, 2**31), default=0, help="wording-option-seed")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="NEW.toml", help="wording-option-output"
)
@click.option("--overwrite", is_flag=True, help="wording-option-overwrite")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@config_option
def wording(
    frame: Frame,
    taxonomy: Path | None,
    data_file: Path,
    dimension: str | None,
    templates: tuple[str, ...],
    language: Language | None,
    model: str | None,
    seed: int,
    output: Path | None,
    *,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Compare wordings on labelled texts, and propose."""
    from bot.app import make_entailer_from, make_taxonomy, rule_for
    from bot.cli.progress import bar
    from bot.cli.wording_report import report, report_json
    from core.labelled import read_labelled
    from core.taxonomy import STARTER_FILE, starter_text
    from core.wording import PLACEHOLDER
    from core.wording_file import changes, fragment, rewritten
    from core.wording_trial import ask, is_enough, judge, plan

    texts = frame.texts
    for template in templates:
        if PLACEHOLDER not in template:
            raise click.UsageError(texts.say("wording-no-place", template=template))
    try:
        settings = _settings(frame, taxonomy=taxonomy, model=model, language=language)
        tree = make_taxonomy(settings)
        file = settings.taxonomy or Path(STARTER_FILE)
        if output is not None:
            output = output / file.name if output.is_dir() else output
            if output.exists() and not overwrite:
                raise click.UsageError(texts.say("wording-exists", file=str(output)))
        tree_tried = _only(tree, dimension, frame)
        labelled = read_labelled(data_file, tree)
        seen = _views(labelled, tree_tried, settings, language)
        enough = [view for view in seen if is_enough(view)]
        if not enough:
            raise _too_few(data_file, seen)
        entailer = make_entailer_from(settings)
        trials = [
            plan(
                view,
                taxonomy=tree,
                templates=[each for each in templates if _fits(each, view.language, language)],
            )
            for view in enough
        ]
        with bar(texts.say("wording-asking")) as move:
            answers = ask(
                entailer, (pair for each in trials for pair in each.pairs()), on_progress=move
            )
        found: list[Comparison] = []
        for trial in trials:
            title = texts.say("wording-weighing", dimension=trial.view.dimension.id)
            with bar(title) as move:
                found.append(
                    judge(trial, answers, rule=rule_for(entailer), seed=seed, on_progress=move)
                )
        wanted = [
            change
            for each in found
            for change in changes(
                tree.dimension(each.view.dimension.id),
                each.view.labels,
                each.view.language,
                [proposal.wording for proposal in each.proposals],
            )
        ]
        before = settings.taxonomy.read_text("utf-8-sig") if settings.taxonomy else starter_text()
        proposed = fragment(before, wanted) if wanted else ""
        if output is not None and wanted:
            _write(output, rewritten(before, wanted))
    except CommonplaceError as error:
        fail(error, texts=texts, as_json=as_json)
    sparse = [view for view in seen if not is_enough(view)]
    if as_json:
        about = {"model": entailer.version, "seed": seed, "questions": len(answers)}
        print_json({**about, **report_json(found, sparse, fragment=proposed)})
        return
    click.echo(report(found, sparse, fragment=proposed, taxonomy=tree, texts=texts), nl=False)
    if output is not None:
        written = "wording-written" if wanted else "wording-not-written"
        say(texts.say(written, file=str(output)))


def _settings(
    frame: Frame, *, taxonomy: Path | None, model: str | None, language: str | None
) -> "Settings":
    settings = frame.settings(language=language)
    if model is not None:
        models = settings.models.model_copy(update={"entailer": model})
        settings = settings.model_copy(update={"models": models})
    if taxonomy is not None:
        settings = settings.model_copy(update={"taxonomy": taxonomy.absolute()})
    return settings


def _only(tree: "Taxonomy", dimension: str | None, frame: Frame) -> "Taxonomy":
    """The taxonomy with the dimension that was named, or whole."""
    if dimension is None:
        return tree
    kept = tuple(each for each in tree.dimensions if each.id == dimension)
    if not kept:
        known = ", ".join(each.id for each in tree.dimensions)
        raise click.UsageError(frame.texts.say("cli-one-of", option="--dimension", known=known))
    return replace(tree, dimensions=kept)


def _views(
    labelled: "Sequence[LabelledText]",
    tree: "Taxonomy",
    settings: "Settings",
    language: Language | None,
) -> "list[View]":
    """What can be tried: each text is read as it would be when it is labelled."""
    from bot.app import make_summariser
    from core.labelling import choose_premise, question_language
    from core.language import detect
    from core.wording_trial import views

    summariser = make_summariser(settings)
    premises, languages = [], []
    for text in labelled:
        own = text.language or (None if language else detect(text.text))
        document = Document(text=text.text, title=text.title, language=own)
        summary = summariser.summarise(document.text, title=document.title)
        premises.append(choose_premise(document, summary).text)
        languages.append(language or question_language(own, otherwise=settings.language))
    return views(tree, labelled, premises, languages)


def _fits(template: str, language: Language, only: Language | None) -> bool:
    """Whether a template is of this language: as `--language` says, else Chinese by its letters."""
    return language == (only or ("zh-TW" if _HAN.search(template) else "en"))


def _too_few(file: Path, seen: "Sequence[View]") -> BadExamples:
    from core.wording_trial import FEW, FEWEST_TEXTS

    most_texts = max((len(view.texts) for view in seen), default=0)
    most = max((count for view in seen for count in view.examples.values()), default=0)
    return BadExamples(
        f"{file} has {most_texts} texts for a dimension and language, and {most} examples of a "
        f"label at most; nothing can be said with fewer than {FEWEST_TEXTS} and {FEW}. Label more.",
        file=str(file),
        reason="too-few",
        texts=most_texts,
        examples=most,
        least_texts=FEWEST_TEXTS,
        least_examples=FEW,
    )


def _write(file: Path, content: str) -> None:
    try:
        file.write_text(content, "utf-8")
    except OSError as error:
        raise BadFile(
            f"{file} cannot be written: {error.strerror}. Check the folder.", file=str(file), line=0
        ) from error
