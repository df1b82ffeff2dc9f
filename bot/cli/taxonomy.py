"""`taxonomy`: a community's labels as a file: taken out, checked, compared, and put in again.

What would change is told before anything does, as in the chat; `--dry-run` stops there.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.frame import Frame, explained, fail, print_json, say, shared_options
from bot.cli.page import Page
from bot.texts import Texts
from core.errors import BadFile, CommonplaceError

if TYPE_CHECKING:
    from bot.app import App
    from core.codebook import Change
    from core.codebook_trial import Findings
    from core.codebook_versions import Proposal
    from core.taxonomy import Taxonomy

ACTS = ("export", "check", "diff", "apply", "take", "keep", "history")


@click.command(cls=Page)
@click.argument("act", type=click.Choice(ACTS), metavar=f"[{'|'.join(ACTS)}]")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="FILE")
@click.option("--community", metavar="NAME", help="cli-option-community")
@click.option("--dry-run", is_flag=True, help="taxonomy-option-dry-run")
@click.option("--note", metavar="WHY", help="taxonomy-option-note")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def taxonomy(
    frame: Frame,
    act: str,
    file: Path | None,
    community: str | None,
    note: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Work on the labels of a community."""
    try:
        if act == "check":
            _check(frame, _needed(file), as_json=as_json)
            return
        with frame.app(community=community) as app:
            match act:
                case "export":
                    _export(app, file, frame.texts)
                case "history":
                    _history(app, frame.texts, as_json=as_json)
                case "keep":
                    app.library.codebooks.keep_own(app.community)
                    say(frame.texts.say("taxonomy-kept"))
                case "diff" if file is None:
                    proposal = app.library.codebooks.take_source(app.community)
                    _report(app, proposal, frame.texts, as_json=as_json, is_kept=False)
                case "take":
                    proposal = app.library.codebooks.take_source(app.community)
                    _apply(app, proposal, frame.texts, as_json=as_json, dry_run=dry_run)
                case _:
                    given = _needed(file)
                    proposal = app.library.codebooks.propose_file(
                        app.community, _read(given), source=given.name, note=note
                    )
                    if act == "diff":
                        _report(app, proposal, frame.texts, as_json=as_json, is_kept=False)
                    else:
                        _apply(app, proposal, frame.texts, as_json=as_json, dry_run=dry_run)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)


def _needed(file: Path | None) -> Path:
    if file is None:
        raise BadFile("Name the file of labels behind the act.", file="FILE")
    return file


def _read(file: Path) -> str:
    from core.taxonomy import load

    return load(file).text


def _check(frame: Frame, file: Path, *, as_json: bool) -> None:
    from core.taxonomy import load

    found = load(file)
    labels = sum(1 for _ in found.walk())
    if as_json:
        print_json(
            {
                "ok": True,
                "dimensions": len(found.dimensions),
                "labels": labels,
                "retired": len(found.retired),
            }
        )
    else:
        say(
            frame.texts.say(
                "taxonomy-sound", file=str(file), labels=labels, dimensions=len(found.dimensions)
            )
        )


def _export(app: "App", file: Path | None, texts: Texts) -> None:
    newest = app.library.codebooks.newest(app.community)
    if file is None:
        click.echo(newest.text, nl=False)
        return
    try:
        file.write_text(newest.text, encoding="utf-8")
    except OSError as error:
        raise BadFile(
            f"{file} cannot be written: {error.strerror}. Check the folder.", file=str(file)
        ) from error
    say(texts.say("taxonomy-exported", version=newest.number, file=str(file)))


def _history(app: "App", texts: Texts, *, as_json: bool) -> None:
    from bot.render.changing import change_words

    library = app.library
    versions = library.codebooks.versions(app.community)
    tree = library.taxonomies(app.community)
    if as_json:
        print_json(
            [
                {
                    "version": each.number,
                    "parent": each.parent,
                    "at": each.at.isoformat(),
                    "cause": each.cause,
                    "note": each.note,
                    "changes": [_change_json(change) for change in each.changes],
                }
                for each in versions
            ]
        )
        return
    for each in versions:
        day = texts.day(each.at, timezone=app.community.timezone)
        number = texts.say("codebook-version", number=each.number)
        click.echo(f"{number}  {day} · {texts.say(f'codebook-cause-{each.cause}')}")
        for change in each.changes:
            click.echo(f"  · {change_words(change, tree, texts)}")


def _apply(app: "App", proposal: "Proposal", texts: Texts, *, as_json: bool, dry_run: bool) -> None:
    _report(app, proposal, texts, as_json=as_json, is_kept=not dry_run)
    if dry_run:
        return
    from bot.cli.progress import bar

    library = app.library
    accepted = library.codebooks.accept(app.community, proposal.id)
    version = str(accepted.version.number)
    say(texts.say("codebook-accepted", number=accepted.version.number))
    if not accepted.asks_otherwise:
        return
    library.relabelling.begin(app.community, cause="codebook", version=version)
    try:
        with bar(texts.say("status-lead-relabelling")) as move:
            library.relabelling.run(move)
    except CommonplaceError as error:  # they stay due: the bot goes on with them
        say(explained(error, texts))


def _report(
    app: "App", proposal: "Proposal", texts: Texts, *, as_json: bool, is_kept: bool
) -> None:
    """Tell what a proposal would do; put it away, unless it is to be accepted."""
    from bot.cli.progress import bar
    from bot.render.changing import change_words, effect_words

    library = app.library
    if not is_kept:
        library.codebooks.cancel(app.community, proposal.id)
    trial = library.trials.begin(app.community, proposal)
    total = len(trial.left)
    if total:
        with bar(texts.say("taxonomy-trying")) as move:
            while not trial.is_done:
                trial = library.trials.step(trial)
                move(total - len(trial.left), total)
    if as_json:
        print_json(_report_json(proposal, trial.findings))
        return
    _tell(proposal.changes, change_words, trial.after, trial.before, texts)
    for words in effect_words(trial.findings, trial.after, texts):
        click.echo(words)


def _tell(
    changes: "Sequence[Change]",
    words: Callable[..., str],
    after: "Taxonomy",
    before: "Taxonomy",
    texts: Texts,
) -> None:
    for change in changes:
        click.echo(f"  · {words(change, after, texts, before=before)}")


def _report_json(proposal: "Proposal", found: "Findings") -> dict[str, Any]:
    return {
        "base": proposal.base,
        "changes": [_change_json(change) for change in proposal.changes],
        "items": found.carriers,
        "examples": [item.number for item in found.examples],
        "to_label_again": found.labelled if found.asks_otherwise else 0,
        "decided": found.decided,
        "tried": found.tried,
        "answers": found.answers,
        "right_before": found.right_before,
        "right_after": found.right_after,
    }


def _change_json(change: "Change") -> dict[str, Any]:
    from dataclasses import asdict

    return {key: value for key, value in asdict(change).items() if value not in (None, ())}
