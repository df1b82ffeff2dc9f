"""The screen of a person: a prompt below what was said, with history, completion and paste.

Replies are written above the prompt while the person goes on typing; what is being worked on stands
right above it, a line of hints at the bottom. A long paste is shown as one short sign and sent
whole.
"""

import asyncio
import itertools
import os
import shutil
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat import Suggestion
from bot.platforms.console_paint import Look, columns
from bot.platforms.console_screen import Busy, Say, Suggest

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import History
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.output import Output

PROMPT_SIGN = "› "
MARGIN = 2
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
FRAME_S = 0.12
LONG_PASTE_LINES = 4
LONG_PASTE_CHARACTERS = 400
PASTED = "⟦{}⟧"
PROGRESS_ROWS = 3  # more than these would push the conversation away
HISTORY_BYTES = 1_000_000


class Terminal:
    """A terminal in front of a person.

    Args:
        history: file for what was typed, readable by its owner only; made if missing.
        keys, display: a prompt_toolkit input and output in place of the standard ones.
    """

    is_terminal = True

    def __init__(
        self, *, history: Path, keys: "Input | None" = None, display: "Output | None" = None
    ) -> None:
        self._history = history
        self._keys = keys
        self._display = display
        self._progress: dict[str, str] = {}
        self._pastes: dict[str, str] = {}
        self._frames = itertools.cycle(SPINNER)
        self._frame = SPINNER[0]
        self._session: PromptSession[str] | None = None

    @property
    def look(self) -> Look:
        """As wide as the window is now; colours unless NO_COLOR is set (no-color.org)."""
        width = (
            self._display.get_size().columns
            if self._display is not None
            else shutil.get_terminal_size().columns
        )
        return Look(width=width - 1, colours=not os.environ.get("NO_COLOR"), margin=MARGIN)

    # ── typing ───────────────────────────────────────────────────────────────────────────────────

    async def messages(self, *, suggest: Suggest, say: Say, busy: Busy) -> AsyncIterator[str]:
        """What is typed, until Ctrl-D; a second one if work is not finished."""
        from prompt_toolkit.patch_stdout import patch_stdout

        self._session = self._make_session(suggest, say, busy)
        spinning = asyncio.create_task(self._spin())
        warned = False
        try:
            with patch_stdout(raw=True):
                while True:
                    try:
                        typed = await self._session.prompt_async()
                    except KeyboardInterrupt:
                        self.show(" " * MARGIN + say("console-interrupt"))
                        continue
                    except EOFError:
                        if busy() and warned:
                            self.show(" " * MARGIN + say("console-leaving"))
                        if warned or not busy():
                            return
                        warned = True
                        self.show(" " * MARGIN + say("console-leave-busy", n=busy()))
                        continue
                    warned = False
                    yield self._unfolded(typed)
        finally:
            spinning.cancel()

    def _make_session(self, suggest: Suggest, say: Say, busy: Busy) -> "PromptSession[str]":
        from prompt_toolkit import PromptSession
        from prompt_toolkit.application import get_app
        from prompt_toolkit.filters import Condition
        from prompt_toolkit.formatted_text import ANSI
        from prompt_toolkit.styles import Style

        def above() -> ANSI:
            return ANSI(PROMPT_SIGN if get_app().is_done else self._rows() + PROMPT_SIGN)

        def below() -> ANSI:
            return ANSI(self._hints(say, busy))

        return PromptSession(
            above,
            history=self._make_history(),
            completer=_completer(suggest),
            complete_while_typing=Condition(
                lambda: get_app().current_buffer.text.startswith(("/", "／"))
            ),
            prompt_continuation=" " * len(PROMPT_SIGN),
            bottom_toolbar=below,
            key_bindings=self._bindings(say),
            reserve_space_for_menu=6,
            style=Style.from_dict({"bottom-toolbar": "noreverse"}),
            input=self._keys,
            output=self._display,
        )

    def _make_history(self) -> "History":
        from prompt_toolkit.history import FileHistory, InMemoryHistory

        class OwnHistory(FileHistory):
            """What was typed; long pastes are no part of it."""

            def store_string(self, string: str) -> None:
                if PASTED[0] not in string:
                    super().store_string(string)

        try:
            self._history.parent.mkdir(parents=True, exist_ok=True)
            self._history.touch(mode=0o600)
            self._history.open("ab").close()
            if self._history.stat().st_size > HISTORY_BYTES:
                self._history.replace(self._history.with_suffix(".old"))
                self._history.touch(mode=0o600)
        except OSError:
            return InMemoryHistory()  # a read-only folder: typing works without a memory
        return OwnHistory(str(self._history))

    def _bindings(self, say: Say) -> "KeyBindings":
        from prompt_toolkit.key_binding import KeyBindings
        from prompt_toolkit.keys import Keys

        bindings = KeyBindings()

        @bindings.add("escape", "enter")
        def new_line(event: "KeyPressEvent") -> None:
            event.current_buffer.insert_text("\n")

        @bindings.add(Keys.BracketedPaste)
        def paste(event: "KeyPressEvent") -> None:
            text = event.data.replace("\r\n", "\n").replace("\r", "\n")
            event.current_buffer.insert_text(self._folded(text, say))

        return bindings

    def _folded(self, text: str, say: Say) -> str:
        """A short sign for a long paste."""
        n_lines = len(text.strip().splitlines())
        if n_lines < LONG_PASTE_LINES and len(text) < LONG_PASTE_CHARACTERS:
            return text.strip("\n")
        words = say("console-pasted", n=n_lines)
        for number in itertools.count(1):
            sign = PASTED.format(words if number == 1 else f"{words} · {number}")
            if self._pastes.setdefault(sign, text) == text:
                return sign
        raise AssertionError("unreachable")

    def _unfolded(self, typed: str) -> str:
        for sign, text in self._pastes.items():
            typed = typed.replace(sign, text)
        return typed

    # ── showing ──────────────────────────────────────────────────────────────────────────────────

    def show(self, text: str) -> None:
        """Write above the prompt, with an empty line behind."""
        sys.stdout.write(f"{text}\n\n")
        sys.stdout.flush()

    def progress(self, key: str, text: str | None) -> None:
        """Show or end a line of progress above the prompt."""
        if text is None:
            self._progress.pop(key, None)
        else:
            self._progress[key] = text
        self._redraw()

    def _rows(self) -> str:
        """What is being worked on, a row each."""
        shown = list(self._progress.values())[:PROGRESS_ROWS]
        rows = "".join(f"  {self._frame} {text}\n" for text in shown)
        return f"{rows}\n" if rows else ""

    def _hints(self, say: Say, busy: Busy) -> str:
        """How much is in work, and what the keys do."""
        hint = say("console-busy", n=busy()) if busy() else self._fitting(say("console-hint"))
        return self._faint(" " * MARGIN + hint)

    def _fitting(self, hint: str) -> str:
        """As many of the keys as there is room for; how to leave stands last and stays longest."""
        keys = hint.split(" · ")
        room = (self.look.width or 0) - MARGIN
        while len(keys) > 1 and columns(" · ".join(keys)) > room:
            del keys[0]
        return " · ".join(keys)

    def _faint(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.look.colours else text

    async def _spin(self) -> None:
        while True:
            await asyncio.sleep(FRAME_S)
            if self._progress:
                self._frame = next(self._frames)
                self._redraw()

    def _redraw(self) -> None:
        if self._session is not None and self._session.app.is_running:
            self._session.app.invalidate()


def _completer(suggest: Suggest) -> "Completer":
    from prompt_toolkit.completion import Completer, Completion

    class Suggesting(Completer):
        """Asks the conversation."""

        def get_completions(
            self, document: "Document", complete_event: "CompleteEvent"
        ) -> Iterable[Completion]:
            """Nothing: a conversation answers asynchronously."""
            del document, complete_event
            return ()

        async def get_completions_async(
            self, document: "Document", complete_event: "CompleteEvent"
        ) -> "AsyncGenerator[Completion, None]":
            del complete_event
            found: Sequence[Suggestion] = await suggest(document.text_before_cursor)
            for each in found:
                yield Completion(
                    each.text, start_position=-each.replaces, display_meta=each.meaning
                )

    return Suggesting()
