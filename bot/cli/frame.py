"""What every command shares: `--data` and `--config` before or after its name, settings, output.

Exit codes: 0 done; 1 some of it failed (the rest is done); 2 nothing was done, and the last line
says why. With `--json`, answers go to standard output as JSON, an error as `{"error": {...}}`;
progress and words for people go to standard error.
"""

import functools
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from bot.config import Settings, environment_language, load
from bot.texts import Texts
from core.domain import LANGUAGES, Language
from core.errors import CommonplaceError, LaterError, OperatorError

if TYPE_CHECKING:
    from bot.app import App

LOG_FILE = "commonplace.log"

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass
class Frame:
    """What was said before the command's own words.

    Attributes:
        texts: words in the language of the terminal.
        data, config: as `--data` and `--config` name them.
    """

    texts: Texts
    data: Path | None = None
    config: Path | None = None

    def settings(
        self,
        *,
        community: str | None = None,
        language: str | None = None,
        model: str | None = None,
        taxonomy: Path | None = None,
    ) -> Settings:
        """The settings, with what the command line names.

        Args:
            community: the one to speak for.
            language: in which is spoken and asked.
            model: the entailer, "builtin", a hub name or a folder.
            taxonomy: file of the labels.
        """
        settings = load(
            data=self.data,
            file=self.config,
            environ=os.environ,
            community=community,
            language=language,
        )
        if model is not None:
            models = settings.models.model_copy(update={"entailer": model})
            settings = settings.model_copy(update={"models": models})
        if taxonomy is not None:
            settings = settings.model_copy(update={"taxonomy": taxonomy.absolute()})
        return settings

    @contextmanager
    def app(self, *, community: str | None = None, is_watched: bool = False) -> Iterator["App"]:
        """The assembled library, closed afterwards.

        Args:
            community: the one to speak for.
            is_watched: what goes to the log file goes to standard error, too.
        """
        from bot.app import build

        settings = self.settings(community=community)
        with build(settings) as app, _logging(settings.data / LOG_FILE, is_watched=is_watched):
            yield app


@contextmanager
def _logging(file: Path, *, is_watched: bool) -> Iterator[None]:
    """Let what the operator may need to know go to a file, and not between the lines of a chat."""
    handlers: list[logging.Handler] = [
        RotatingFileHandler(file, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    ]
    if is_watched:
        handlers.append(logging.StreamHandler())
    rooms = [logging.getLogger(name) for name in ("bot", "core")]
    try:
        for handler in handlers:
            handler.setFormatter(
                logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
            )
        for room in rooms:
            room.handlers += handlers
            room.setLevel(logging.INFO)
            room.propagate = False
        yield
    finally:
        for room in rooms:
            room.handlers = [each for each in room.handlers if each not in handlers]
            room.setLevel(logging.NOTSET)
            room.propagate = True
        for handler in handlers:
            handler.close()


def terminal_language() -> Language:
    """`COMMONPLACE_LANGUAGE` if it names one of ours, else the terminal's own."""
    wanted = os.environ.get("COMMONPLACE_LANGUAGE")
    return next((known for known in LANGUAGES if known == wanted), environment_language())


def shared_options(function: Function) -> Function:
    """Give a command `--data` and `--config`; what is named after its name wins."""
    folder = click.option(
        "--data", type=click.Path(path_type=Path, file_okay=False), help="cli-option-data"
    )
    return folder(config_option(function))


def config_option(function: Function) -> Function:
    """Give a command `--config` alone: its `--data` means something else, and the folder can still
    be named before its name."""

    @click.option(
        "--config", type=click.Path(path_type=Path, dir_okay=False), help="cli-option-config"
    )
    @click.pass_context
    @functools.wraps(function)
    def command(
        ctx: click.Context,
        /,
        *args: Any,
        data: Path | None = None,
        config: Path | None,
        **kwargs: Any,
    ) -> Any:
        frame: Frame = ctx.ensure_object(Frame)
        frame.data = data or frame.data
        frame.config = config or frame.config
        return function(frame, *args, **kwargs)

    return command  # type: ignore[return-value]  # click replaces the signature


def print_json(value: object) -> None:
    """One JSON value on one line of standard output, Chinese as it is where the encoding has it."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # another encoding, or a file name that is no text
        line = json.dumps(value)
    click.echo(line)


def say(words: str) -> None:
    """A line for people, on standard error."""
    click.echo(words, err=True)


def error_json(error: CommonplaceError) -> dict[str, object]:
    """An error as scripts see it."""
    retry_after = error.retry_after_s if isinstance(error, LaterError) else None
    return {"code": error.code, "message": error.message, "retry_after": retry_after}


def fail(error: CommonplaceError, *, texts: Texts, as_json: bool) -> NoReturn:
    """Say why nothing was done, and leave with exit code 2."""
    if as_json:
        print_json({"error": error_json(error)})
    say(explained(error, texts))
    raise click.exceptions.Exit(2)


def explained(error: CommonplaceError, texts: Texts) -> str:
    """What went wrong, for whoever sits at the command line.

    Who types commands runs the place, so an error of the operator's is told as it is, with file,
    line and what to try; such details are in English only.
    """
    if not isinstance(error, OperatorError):
        return texts.error(error, next_step="next-in-shell")
    if texts.language == "en":
        return error.message
    return f"{texts.error(error)}\n{error.message}"
