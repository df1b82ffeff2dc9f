"""The `commonplace` command: one small module for each chapter of it, loaded when called."""

import difflib
import io
import re
import sys

import click

from bot.cli.frame import Frame, shared_options, terminal_language
from bot.cli.page import NAME, Book
from bot.texts import Texts

CHAPTERS = {
    "cli-chapter-daily": ("chat", "run", "add", "search", "digest", "brief"),
    "cli-chapter-figures": ("stats", "trend", "gaps"),
    "cli-chapter-bulk": ("import", "export", "label", "taxonomy", "model", "reindex"),
    "cli-chapter-closer": (
        "wording",
        "evaluate",
        "train",
        "agreement",
        "fetch",
        "canonical",
        "schema",
        "build-model",
        "doctor",
    ),
}
MODULES = {
    "chat": "bot.cli.talking:chat",
    "run": "bot.cli.running:run",
    "add": "bot.cli.collecting:add",
    "import": "bot.cli.collecting:import_",
    "export": "bot.cli.exporting:export",
    "schema": "bot.cli.schema:schema",
    "search": "bot.cli.finding:search",
    "digest": "bot.cli.digesting:digest",
    "brief": "bot.cli.briefing:brief",
    "stats": "bot.cli.counting:stats",
    "trend": "bot.cli.counting:trend",
    "gaps": "bot.cli.counting:gaps",
    "reindex": "bot.cli.finding:reindex",
    "label": "bot.cli.labelling:label",
    "taxonomy": "bot.cli.taxonomy:taxonomy",
    "model": "bot.cli.models:model",
    "wording": "bot.cli.wording:wording",
    "fetch": "bot.cli.reading:fetch",
    "canonical": "bot.cli.reading:canonical",
    "evaluate": "bot.cli.evaluating:evaluate",
    "train": "bot.cli.training:train",
    "agreement": "bot.cli.agreeing:agreement_",
    "build-model": "bot.cli.building:build_model",
    "doctor": "bot.cli.doctor:doctor",
}


@click.command(cls=Book, name=NAME, chapters=CHAPTERS, modules=MODULES, no_args_is_help=True)
@click.version_option(package_name="commonplace-bot", prog_name=NAME, help="cli-option-version")
@shared_options
def commonplace(frame: Frame) -> None:
    """Hold what was said before the command's name."""
    del frame


def run(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: words after the program's name; None takes the process's own.

    Returns:
        The exit code (see `bot.cli.frame`).
    """
    texts = Texts(terminal_language())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that a terminal lacks ends nothing
            stream.reconfigure(errors="replace")
    try:
        code = commonplace.main(arguments, prog_name=NAME, obj=Frame(texts), standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as page:
        click.echo(page.message)
        return 0
    except click.UsageError as error:
        words = usage_words(error, texts)
        click.echo(f"{words}\n{texts.say('cli-try-help', command=_path(error))}", err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo(texts.say("cli-interrupted"), err=True)
        return 130
    except SystemExit:  # so click says that the reader of our output went away: `… | head`
        return 0
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        click.echo(texts.say("cli-system", problem=f"{error.strerror or error}{where}"), err=True)
        return 2
    return code if isinstance(code, int) else 0


def usage_words(error: click.UsageError, texts: Texts) -> str:
    """What was wrong with the words of the command, in the reader's language."""
    match error:
        case click.NoSuchCommand(command_name=word):
            near = difflib.get_close_matches(word, MODULES)
            return texts.say("cli-unknown-word", word=word, near=", ".join(near) or "none")
        case click.NoSuchOption(option_name=word, possibilities=options):
            near = list(options or ())
            return texts.say("cli-unknown-word", word=word, near=", ".join(near) or "none")
        case click.MissingParameter(param=click.Parameter() as parameter):
            return texts.say("cli-missing", what=parameter.make_metavar(error.ctx or _no_context()))
        case click.BadOptionUsage(option_name=word):
            return texts.say("cli-needs-value", option=word)
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=known)) as wrong):
            return texts.say("cli-one-of", option=max(wrong.opts, key=len), known=", ".join(known))
        case click.BadParameter(param=click.Parameter(type=click.IntRange() as span) as wrong):
            numbers = {"least": span.min or 0, "most": span.max or 0}
            return texts.say("cli-number", option=max(wrong.opts, key=len), **numbers)
        case click.BadParameter(param=click.Parameter() as parameter):
            name = max(parameter.opts, key=len)
            return texts.say("cli-bad-value", option=name, problem=error.message)
        case _ if extra := re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.message):
            return texts.say("cli-extra-words", words=extra[1])
        case _:
            return error.message


def _no_context() -> click.Context:
    return click.Context(commonplace)


def _path(error: click.UsageError) -> str:
    return f"{error.ctx.command_path if error.ctx else NAME} --help"
