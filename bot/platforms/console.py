"""The terminal as a chat platform: one person, one chat, messages typed or piped in.

It has no buttons, so questions are answered by number. A sign of progress is shown beside the
prompt and gives way to the answer; an answer that stands already cannot be changed in place, so an
edit of one is written anew. In a pipe each message is answered in full before the next is read.
"""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from bot.chat import (
    Attachment,
    ByMember,
    Capabilities,
    Commanded,
    Conversation,
    DeliveryFailed,
    Event,
    Line,
    Mark,
    Picture,
    Reply,
    Span,
    Style,
    Suggestion,
    Wrote,
)
from bot.platforms.console_paint import Look, paint
from bot.platforms.console_screen import Screen
from bot.platforms.console_typed import SIGNS, command_of, paths_of
from core.domain import ChatRef, MemberRef, MessageRef, SentFile

log = logging.getLogger(__name__)

MAX_FILE_BYTES = 50_000_000
"""A larger file is not read into memory; what a source can use is far below that."""

PATIENCE_S = 0.3  # an answer that takes longer is announced by a sign of progress


class ConsolePlatform:
    """The terminal, or a pipe in its place.

    Args:
        screen: where messages come from and replies go.
        member: who sits there; `member_name`: what others call them.
        folder: where files are put that are handed over; None: they are described only.

    Attributes:
        failed: how many messages were not done as they asked.
    """

    name = "console"
    capabilities = Capabilities()

    def __init__(
        self,
        screen: Screen,
        *,
        member: MemberRef,
        member_name: str | None = None,
        folder: Path | None = None,
    ) -> None:
        self._screen = screen
        self._member = member
        self._member_name = member_name
        self._folder = folder
        self._where = ChatRef(self.name, "terminal")
        self._session = uuid4().hex  # message addresses are kept, so they never come back
        self._numbers = itertools.count(1)
        self._passing: set[MessageRef] = set()
        self._failed: set[MessageRef] = set()
        self._talking: asyncio.Task[None] | None = None

    @property
    def failed(self) -> int:
        """How many messages were not done as they asked, so far."""
        return len(self._failed)

    # ── coming and going ─────────────────────────────────────────────────────────────────────────

    async def start(self, conversation: Conversation) -> None:
        """Greet, go on with unfinished work, and read what is typed."""
        self._talking = asyncio.create_task(self._talk(conversation))

    async def finished(self) -> int:
        """Wait until the person leaves or the pipe ends; the exit code: 1 if a message in the pipe
        failed. A person has seen what failed, and leaves in peace."""
        if self._talking is not None:
            await self._talking
        return 1 if self._failed and not self._screen.is_terminal else 0

    async def stop(self) -> None:
        """Read no more."""
        if self._talking is not None:
            self._talking.cancel()
            with suppress(asyncio.CancelledError):
                await self._talking

    async def _talk(self, conversation: Conversation) -> None:
        if self._screen.is_terminal:
            await (await conversation.handle(self._commanded("start")))
        await conversation.resume(self.name)
        messages = self._screen.messages(
            suggest=lambda typed: self._suggest(conversation, typed),
            say=lambda message, **values: conversation.say(
                self._where, self._member, message, **values
            ),
            busy=conversation.busy,
        )
        if self._screen.is_terminal:
            await self._converse(conversation, messages)
        else:
            await conversation.settled()
            async for typed in messages:
                await self._hand_over(conversation, typed)
                await conversation.settled()

    async def _converse(self, conversation: Conversation, messages: AsyncIterator[str]) -> None:
        """Hand messages over in their order, while the next is being typed."""
        waiting: asyncio.Queue[str] = asyncio.Queue()

        async def hand_over() -> None:
            while True:
                typed = await waiting.get()
                await self._hand_over(conversation, typed)
                waiting.task_done()

        handing = asyncio.create_task(hand_over())
        try:
            async for typed in messages:
                waiting.put_nowait(typed)
            await waiting.join()
        finally:
            handing.cancel()
            with suppress(asyncio.CancelledError):
                await handing

    # ── from typing to events ────────────────────────────────────────────────────────────────────

    async def _hand_over(self, conversation: Conversation, typed: str) -> None:
        try:
            event = await asyncio.to_thread(self._understood, typed)
        except _NoFile as problem:
            words = conversation.say(
                self._where, self._member, problem.message, path=str(problem.path)
            )
            self._failed.add(self._new_message())
            await self.send(self._where, Reply((Line((Span(words, Style.BAD),)),)))
            return
        announcing = asyncio.create_task(self._announce())
        try:
            await (await conversation.handle(event))
        finally:
            announcing.cancel()
            await asyncio.wait((announcing,))  # swallows its end, but not that of this task

    async def _announce(self) -> None:
        """A sign that the answer is being worked out, if it takes a while."""
        await asyncio.sleep(PATIENCE_S)
        try:
            self._screen.progress("answer", "…")
            await asyncio.Event().wait()
        finally:
            self._screen.progress("answer", None)

    def _understood(self, typed: str) -> Event:
        command = command_of(typed)
        if command is not None:
            files = _read(paths_of(command.argument))
            return self._commanded(command.name, "" if files else command.argument, files)
        files = _read(paths_of(typed))
        return Wrote(
            message=self._new_message(),
            member=self._member,
            member_name=self._member_name,
            text="" if files else typed,
            files=files,
        )

    def _commanded(
        self, name: str, argument: str = "", files: tuple[SentFile, ...] = ()
    ) -> Commanded:
        return Commanded(
            message=self._new_message(),
            member=self._member,
            member_name=self._member_name,
            command=name,
            argument=argument,
            files=files,
        )

    async def _suggest(self, conversation: Conversation, typed: str) -> Sequence[Suggestion]:
        text = typed.lstrip()
        if not text.startswith(SIGNS):
            return ()
        name, space, argument = text[1:].partition(" ")
        return await conversation.suggest(
            self._where, self._member, name, argument.lstrip() if space else None
        )

    # ── from replies to lines ────────────────────────────────────────────────────────────────────

    async def send(
        self, where: ChatRef, reply: Reply, *, answers: MessageRef | None = None, key: str = ""
    ) -> tuple[MessageRef, ...]:
        """Write a reply, or show a passing one as progress."""
        del where, answers, key  # there is only one place, and nothing is sent twice
        message = self._new_message()
        if reply.files:
            reply = await asyncio.to_thread(self._put_down, reply)
        self._write(message, reply)
        return (message,)

    async def open_thread(self, message: MessageRef, name: str) -> ChatRef:
        """There is one place, and no other."""
        del name
        return message.where

    async def whisper(self, event: ByMember, reply: Reply) -> tuple[MessageRef, ...]:
        """Write a reply: nobody else is there."""
        return await self.send(event.message.where, reply)

    async def edit(self, message: MessageRef, reply: Reply) -> None:
        """Replace a passing reply; write another one anew."""
        self._write(message, reply)

    async def withdraw(self, message: MessageRef) -> None:
        """Take back a sign of progress; what is written on a screen stays there."""
        if message not in self._passing:
            raise DeliveryFailed("What is written in a terminal stays there.")
        self._passing.discard(message)
        self._screen.progress(message.id, None)

    async def mark(self, message: MessageRef, mark: Mark) -> None:
        """Show that a message was seen; a failed one counts for the exit code."""
        if mark is Mark.FAILED:
            self._failed.add(message)
        elif mark is Mark.DONE:
            self._failed.discard(message)
        elif self._screen.is_terminal:
            self._show(Reply((Line((Span("👀"),)),)))

    # ── who is there ─────────────────────────────────────────────────────────────────────────────

    async def download(self, attachment: Attachment, *, max_bytes: int) -> SentFile:
        """Nothing lies elsewhere: files are read when their paths are typed."""
        del max_bytes
        raise DeliveryFailed(f"{attachment.name} does not lie with a terminal.", is_gone=True)

    async def is_admin(self, where: ChatRef, member: MemberRef) -> bool:
        """Who sits at the machine runs the place."""
        del where
        return member == self._member

    async def is_member(self, where: ChatRef, member: MemberRef) -> bool:
        """Nobody else is there."""
        del where
        return member == self._member

    async def lacks(self, where: ChatRef, *, hears_all: bool) -> Sequence[str]:
        """Nothing."""
        del where, hears_all
        return ()

    def link_to(self, message: MessageRef) -> str | None:
        """What scrolled by has no address."""
        del message
        return None

    def private(self, member: MemberRef) -> ChatRef | None:
        """The terminal."""
        return self._where if member == self._member else None

    async def approach(self, member: MemberRef) -> ChatRef:
        """The terminal, for who sits at it."""
        if member != self._member:
            raise DeliveryFailed("Somebody else sits at the terminal.", is_gone=True)
        return self._where

    def door(self, key: str) -> str | None:
        """There is no address that leads here."""
        del key
        return None

    def _put_down(self, reply: Reply) -> Reply:
        """Put the files of a reply into the folder, and tell where they lie, and what can be seen.
        A name that is there belongs to an earlier answer and is written over.

        Raises:
            DeliveryFailed: they cannot be put there.
        """
        lines = list(reply.lines)
        for file in reply.files:
            if isinstance(file, Picture) and file.alt:
                lines.append(Line((Span(file.alt, Style.FAINT),)))
            if self._folder is not None:
                place = self._folder / Path(file.name).name
                try:
                    self._folder.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(file.data)
                except OSError as error:
                    raise DeliveryFailed(f"{place} cannot be written: {error.strerror}.") from error
                lines.append(Line((Span("→ ", Style.FAINT), Span(str(place), Style.CODE))))
        return replace(reply, lines=tuple(lines), files=())

    def _write(self, message: MessageRef, reply: Reply) -> None:
        if reply.passing:
            self._passing.add(message)
            look = self._screen.look
            self._screen.progress(message.id, paint(reply, Look(None, look.colours)))
            return
        if message in self._passing:
            self._passing.discard(message)
            self._screen.progress(message.id, None)
        self._show(reply)

    def _show(self, reply: Reply) -> None:
        try:
            self._screen.show(paint(reply, self._screen.look))
        except OSError as error:
            raise DeliveryFailed(f"Nobody reads what is written: {error}.") from error

    def _new_message(self) -> MessageRef:
        return MessageRef(self._where, f"{self._session}-{next(self._numbers)}")


class _NoFile(Exception):
    """A path leads to nothing that can be read; `message` is the id of the words for it."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


def _read(paths: Sequence[Path]) -> tuple[SentFile, ...]:
    return tuple(SentFile(path.name, _bytes(path)) for path in paths)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _NoFile("console-folder", path)
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _NoFile("console-large-file", path)
        return path.read_bytes()
    except OSError as error:
        log.info("file not read: %s", error.strerror)
        raise _NoFile("console-no-file", path) from error
