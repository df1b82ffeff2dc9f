"""`model`: the models that a community trained, listed, taken out, brought in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.frame import Frame, fail, print_json, say, shared_options
from bot.cli.page import Page
from core.errors import BadModel, CommonplaceError

if TYPE_CHECKING:
    from bot.app import App
    from core.model_versions import ModelVersion


@click.command(cls=Page)
@click.argument("act", type=click.Choice(["list", "export", "import"]), metavar="ACT")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER", required=False)
@click.option("--community", metavar="NAME", help="cli-option-community")
@click.option(
    "--version", "number", type=click.IntRange(1), metavar="N", help="model-option-version"
)
@click.option("--use", is_flag=True, help="model-option-use")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def model(
    frame: Frame,
    act: str,
    folder: Path | None,
    community: str | None,
    number: int | None,
    *,
    use: bool,
    as_json: bool,
) -> None:
    """List versions, copy one to a folder, or make a folder one of them."""
    if act != "list" and folder is None:
        raise click.UsageError("FOLDER?")
    try:
        with frame.app(community=community) as app:
            promotion = app.library.promotion
            if act == "list":
                _list(frame, app, as_json=as_json)
            elif act == "export" and folder is not None:
                version = promotion.export(app.community, folder, number=number)
                said = frame.texts.say("model-exported", number=version.number, folder=str(folder))
                _tell(version, said, as_json=as_json)
            elif folder is not None:
                _take_in(frame, app, folder, use=use, as_json=as_json)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)


def _list(frame: Frame, app: "App", *, as_json: bool) -> None:
    versions = app.library.promotion.versions(app.community.id)
    if as_json:
        print_json({"versions": [version_json(each) for each in versions]})
        return
    model = app.library.promotion.model(app.community.id)
    click.echo(model)
    for each in versions:
        state = frame.texts.say(f"model-state-{each.state}")
        day = frame.texts.day(each.begun_at, timezone=app.community.timezone)
        click.echo(f"{each.number}  {state}  {day}  {each.model}")


def _take_in(frame: Frame, app: "App", folder: Path, *, use: bool, as_json: bool) -> None:
    """Bring a folder in, judge it, and use it if that is wanted and it is better."""
    library, community = app.library, app.community
    version = library.promotion.take_in(community, folder)
    say(frame.texts.say("model-imported", folder=str(folder), number=version.number))
    say(frame.texts.say("model-judging"))
    while library.training.work() is not None:
        pass  # whatever was begun before it comes first
    version = library.promotion.version(community.id, version.number)
    if use:
        try:
            version = library.promotion.promote(community, version.number)
        except BadModel as error:
            say(frame.texts.error(error))
    _tell(version, _verdict(frame, app, version), as_json=as_json)


def _verdict(frame: Frame, app: "App", version: "ModelVersion") -> str:
    from bot.render import learning

    taxonomy = app.library.taxonomies(app.community)
    reply = learning.trained(version, {}, taxonomy=taxonomy, texts=frame.texts)
    return "\n".join("".join(span.text for span in each.spans) for each in reply.lines)


def _tell(version: "ModelVersion", said: str, *, as_json: bool) -> None:
    if as_json:
        print_json(version_json(version))
    else:
        click.echo(said)


def version_json(version: "ModelVersion") -> dict[str, Any]:
    """A version as scripts see it."""
    report = version.report
    return {
        "version": version.number,
        "state": str(version.state),
        "cause": str(version.cause),
        "model": version.model,
        "begun_at": version.begun_at.isoformat(),
        "examples": version.lessons.examples,
        "unlabelled": version.lessons.unlabelled,
        "codebook": version.lessons.codebook,
        "passes": None if report is None else report.passes,
        "figures": {}
        if report is None
        else {
            each.name: {
                "live": round(each.live, 4),
                "candidate": round(each.candidate, 4),
                "gain": round(each.gain, 4),
                "low": round(each.low, 4),
                "high": round(each.high, 4),
            }
            for each in report.figures
        },
        "failure": version.failure,
    }
