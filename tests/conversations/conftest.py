"""A conversation to read: the real console and library, a store in memory, fakes of net and models.

    await chat.say("https://example.org/a")
    chat.expect("#1", "移工團體凱道集結")

What is said is typed into a pipe; what the bot answers to it can be expected until the next.
"""

import pytest

from bot.dispatch import Dispatch
from bot.features import FEATURES
from bot.platforms.console import ConsolePlatform
from core.domain import Language, MemberRef
from core.store.database import Database
from core.taxonomy import Taxonomy, parse
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.screen import Sheet
from tests.fakes.sources import HandClock

ARTICLE = (
    "移工團體今天在凱道集結，要求廢除「三年出國一日」條款。\n"
    "勞動部回應，已經成立小組研議，預計年底前提出修法草案。\n"
    "主辦單位表示，今年有超過三千名移工參與遊行，其中以家庭看護工居多。"
)
ENGLISH = (
    "Migrant workers marched through the capital on Sunday.\n"
    "They asked for the right to change employers freely and for a weekly day off.\n"
    "The ministry promised a draft law before the end of the year."
)
SITE = "https://news.example/"


class Chat:
    """A conversation.

    Attributes:
        reader: tells what is found at which address.
        clock: stands still.
        library, community: what the conversation is about.
        answers: what was answered to the last message.
    """

    def __init__(self, language: Language, database: Database, reader: FakeReader) -> None:
        self.reader = reader
        self.clock = HandClock()
        self.database = database
        self._taxonomy: Taxonomy = parse(TAXONOMY)
        self.library = make_library(database, reader, self._taxonomy, self.clock)
        self.community = self.library.repository.community("home", language=language)
        self.answers: list[str] = []
        self._sheet = Sheet()
        self._console = ConsolePlatform(
            self._sheet, member=MemberRef("local", "operator"), member_name="小美"
        )
        self._dispatch = Dispatch(
            self.library, FEATURES, [self._console], homes={"console": self.community}
        )

    async def open(self) -> None:
        """Begin, and wait until what was left unfinished is done."""
        await self._console.start(self._dispatch)
        await self._sheet.is_idle.wait()
        self.answers, self._sheet.shown = self._sheet.shown, []

    async def say(self, text: str) -> None:
        """Type a message and read the answers to it."""
        await self._sheet.type(text)
        self.answers, self._sheet.shown = self._sheet.shown, []

    async def completions(self, typed: str) -> list[str]:
        """What is suggested while this is being typed: the whole line after each choice."""
        found = await self._sheet.suggest(typed)
        return [typed[: len(typed) - each.replaces] + each.text for each in found]

    async def leave(self) -> int:
        """End the pipe; the exit code."""
        self._sheet.end()
        code = await self._console.finished()
        await self._console.stop()
        await self._dispatch.stop()
        return code

    def expect(self, *words: str) -> None:
        """The answers hold all of these, in this order."""
        said = "\n".join(self.answers)
        at = 0
        for each in words:
            found = said.find(each, at)
            assert found >= 0, f"{each!r} is not in what follows of:\n{said}"
            at = found + len(each)

    def expect_not(self, *words: str) -> None:
        """The answers hold none of these."""
        said = "\n".join(self.answers)
        for each in words:
            assert each not in said, f"{each!r} is in:\n{said}"

    def page(self, name: str, text: str = ARTICLE, **said: object) -> str:
        """Let there be a page; its address."""
        return self.reader.page(SITE + name, text, **{"site": "公視新聞網", **said})


@pytest.fixture
async def make_chat():
    """Open conversations, several over one database if a test wants."""
    opened: list[Chat] = []
    databases: list[Database] = []

    async def make(
        language: Language = "zh-TW",
        *,
        database: Database | None = None,
        reader: FakeReader | None = None,
    ) -> Chat:
        if database is None:
            database = Database(None)
            databases.append(database)
        chat = Chat(language, database, reader or FakeReader())
        opened.append(chat)
        await chat.open()
        return chat

    yield make
    for chat in opened:
        await chat.leave()
    for database in databases:
        database.close()


@pytest.fixture
async def chat(make_chat) -> Chat:
    """A conversation in Chinese."""
    return await make_chat("zh-TW")


@pytest.fixture
async def english(make_chat) -> Chat:
    """A conversation in English."""
    return await make_chat("en")
