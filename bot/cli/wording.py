"""`wording`: which questions a model understands best, measured on labelled texts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.frame import Frame, config_option, fail, print_json, say
from bot.cli.page import Page
from core.domain import LANGUAGES, Language
from core.errors import BadExamples, BadFile, CommonplaceError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.texts import Texts
    from core.labelled import LabelledText
    from core.ports import Entailer
    from core.taxonomy import Taxonomy
    from core.wording_file import Change
    from core.wording_proposals import Comparison
    from core.wording_trial import Trial, View

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
    help="cli-option-labelled",
)
@click.option("--dimension", metavar="ID", help="wording-option-dimension")
@click.option(
    "--template", "templates", multiple=True, metavar="SENTENCE", help="wording-option-template"
)
@click.option("--language", type=click.Choice(LANGUAGES), help="cli-option-language")
@click.option("--model", metavar="MODEL", help="cli-option-model")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31),
    default=0,
    metavar="N",
    help="wording-option-seed",
)
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
    from bot.app import make_comparing_entailer, make_taxonomy
    from bot.cli.wording_report import report, report_json
    from core.labelled import read_labelled
    from core.taxonomy import STARTER_FILE, starter_text
    from core.wording_file import fragment, rewritten
    from core.wording_trial import is_enough, plan

    texts = frame.texts
    _check(templates, texts)
    try:
        settings = frame.settings(taxonomy=taxonomy, model=model, language=language)
        tree, source = make_taxonomy(settings), settings.taxonomy
        output = _free(output, source or Path(STARTER_FILE), texts, overwrite=overwrite)
        labelled = read_labelled(data_file, tree)
        seen = _views(labelled, _only(tree, dimension, texts), settings, language)
        trials = [
            plan(
                view,
                taxonomy=tree,
                templates=[each for each in templates if _fits(each, view.language, language)],
            )
            for view in seen
            if is_enough(view)
        ]
        if not trials:
            raise _too_few(data_file, seen)
        entailer = make_comparing_entailer(settings)
        found, questions = _tried(trials, entailer, seed=seed, texts=texts)
        wanted = _changes(found, tree)
        before = source.read_text("utf-8-sig") if source else starter_text()
        proposed = fragment(before, wanted) if wanted else ""
        if output is not None and wanted:
            _write(output, rewritten(before, wanted))
    except CommonplaceError as error:
        fail(error, texts=texts, as_json=as_json)
    sparse = [view for view in seen if not is_enough(view)]
    if as_json:
        about = {"model": entailer.version, "seed": seed, "questions": questions}
        print_json({**about, **report_json(found, sparse, fragment=proposed)})
    else:
        click.echo(report(found, sparse, fragment=proposed, taxonomy=tree, texts=texts), nl=False)
    if output is not None:
        written = "wording-written" if wanted else "wording-not-written"
        say(texts.say(written, file=str(output)))


def _check(templates: Sequence[str], texts: "Texts") -> None:
    from core.wording import PLACEHOLDER

    for template in templates:
        if PLACEHOLDER not in template:
            raise click.UsageError(texts.say("wording-no-place", template=template))


def _free(output: Path | None, like: Path, texts: "Texts", *, overwrite: bool) -> Path | None:
    """The file to write, in a folder by the name of the one that it is like; not there yet."""
    if output is None:
        return None
    file = output / like.name if output.is_dir() else output
    if file.exists() and not overwrite:
        raise click.UsageError(texts.say("wording-exists", file=str(file)))
    return file


def _tried(
    trials: "Sequence[Trial]", entailer: "Entailer", *, seed: int, texts: "Texts"
) -> "tuple[list[Comparison], int]":
    """Ask and compare; also how many questions it took."""
    from bot.app import rule_for
    from bot.cli.progress import bar
    from core.wording_proposals import judge
    from core.wording_trial import ask

    rule = rule_for(entailer)
    pairs = (pair for trial in trials for pair in trial.pairs())
    with bar(texts.say("wording-asking")) as move:
        answers = ask(entailer, pairs, on_progress=move)
    found = []
    for trial in trials:
        with bar(texts.say("wording-weighing", dimension=trial.view.dimension.id)) as move:
            found.append(judge(trial, answers, rule=rule, seed=seed, on_progress=move))
    return found, len(answers)


def _changes(found: "Sequence[Comparison]", tree: "Taxonomy") -> "list[Change]":
    from core.wording_file import changes

    return [
        change
        for each in found
        for change in changes(
            tree.dimension(each.view.dimension.id),
            each.view.labels,
            each.view.language,
            [proposal.wording for proposal in each.proposals],
        )
    ]


def _only(tree: "Taxonomy", dimension: str | None, texts: "Texts") -> "Taxonomy":
    """The taxonomy with the dimension that was named, or whole."""
    if dimension is None:
        return tree
    kept = tuple(each for each in tree.dimensions if each.id == dimension)
    if not kept:
        known = ", ".join(each.id for each in tree.dimensions)
        raise click.UsageError(texts.say("cli-one-of", option="--dimension", known=known))
    return replace(tree, dimensions=kept)


def _views(
    labelled: "Sequence[LabelledText]",
    tree: "Taxonomy",
    settings: "Settings",
    language: Language | None,
) -> "list[View]":
    """What can be tried: each text is read as it would be when it is labelled."""
    from bot.app import make_extractive
    from core.labelling import choose_premise, question_language
    from core.wording_trial import views

    summariser = make_extractive(settings)
    premises, languages = [], []
    for text in labelled:
        document = text.document(language=language)
        summary = summariser.summarise(document.text, title=document.title)
        premises.append(choose_premise(document, summary).text)
        languages.append(question_language(document.language, otherwise=settings.language))
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
