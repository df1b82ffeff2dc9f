"""`doctor`: what works, what does not, and how to mend it."""

import time
from typing import NoReturn

import click

from bot.cli.frame import Frame, error_json, fail, print_json, shared_options
from bot.cli.page import Page
from bot.doctor import Finding, Health, examine
from bot.texts import Texts
from core.errors import CommonplaceError, OperatorError

MARKS = {
    Health.OK: click.style("✓", fg="green"),
    Health.WARNING: click.style("!", fg="yellow"),
    Health.FAILURE: click.style("✗", fg="red"),
}


@click.command(cls=Page)
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@click.option("--alive", is_flag=True, help="cli-option-alive")
@shared_options
def doctor(frame: Frame, *, as_json: bool, alive: bool) -> None:
    """Look at everything; exit code 0 unless something must be mended before it can work."""
    if alive:
        _only_alive(frame)
    findings: list[Finding] = []
    try:
        for finding in examine(frame.settings()):
            findings.append(finding)
            if not as_json:
                click.echo(words(finding, frame.texts))
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    bad = [finding for finding in findings if finding.health is Health.FAILURE]
    if as_json:
        print_json(
            {"ok": not bad, "findings": [finding_json(one, frame.texts) for one in findings]}
        )
    else:
        click.echo("\n" + frame.texts.say("doctor-result", failures=len(bad)))
    raise click.exceptions.Exit(1 if bad else 0)


def _only_alive(frame: Frame) -> NoReturn:
    """Say only whether `commonplace run` serves this data folder: cheap enough for every minute."""
    from bot.alive import is_alive

    try:
        serves = is_alive(frame.settings().data, now=time.time())
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=False)
    click.echo(frame.texts.say("doctor-alive" if serves else "doctor-not-alive"))
    raise click.exceptions.Exit(0 if serves else 1)


def words(finding: Finding, texts: Texts) -> str:
    """A line on what was found, and where it is not well, lines on why and how to mend it."""
    lines = [f" {MARKS[finding.health]} {texts.say(f'doctor-{finding.id}', **finding.facts)}"]
    if finding.error is not None:
        # the finding has said it in the reader's language; the details are in the message
        operator = isinstance(finding.error, OperatorError)
        told = finding.error.message if operator else texts.error(finding.error)
        lines += [f"   {line}" for line in told.splitlines()]
    if finding.health is not Health.OK:
        lines.append(f"   → {texts.say(f'doctor-{finding.id}-mend', **finding.facts)}")
    return "\n".join(lines)


def finding_json(finding: Finding, texts: Texts) -> dict[str, object]:
    """A finding as scripts see it."""
    mend = (
        None
        if finding.health is Health.OK
        else texts.say(f"doctor-{finding.id}-mend", **finding.facts)
    )
    return {
        "id": finding.id,
        "health": finding.health.value,
        "facts": dict(finding.facts),
        "error": error_json(finding.error) if finding.error else None,
        "mend": mend,
    }
