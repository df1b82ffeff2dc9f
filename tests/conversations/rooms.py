"""Groups and private chats to read: members of fake platforms, the real conversation and store.

await group.write(house.page("a", title="移工團體凱道集結"), is_addressed=True)
await house.settle()
assert "移工團體凱道集結" in group.last.text
"""

import asyncio
from dataclasses import dataclass, field

from bot.dispatch import Dispatch
from bot.features import FEATURES
from core.domain import Community
from core.draft import Drafter
from core.library import Library
from core.ports import Annotator
from core.store.database import Database
from core.taxonomy import Taxonomy, parse
from tests.fakes.chat import FakePlatform
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

SITE = "https://news.example/"
ARTICLE = (
    "移工團體今天在凱道集結，要求廢除「三年出國一日」條款。\n"
    "勞動部回應，已經成立小組研議，預計年底前提出修法草案。\n"
    "主辦單位表示，今年有超過三千名移工參與遊行，其中以家庭看護工居多。"
)


@dataclass
class House:
    """Everything behind the platforms; may be closed and opened again over the same store.

    Attributes:
        platforms: where members are.
        database: the store, in memory.
        reader: tells what is found at which address.
        clock: stands still until it is moved.
        second: plays a language model that is asked beside; drafter: one that drafts.
        library: the use cases.
        dispatch: the conversation.
    """

    platforms: list[FakePlatform]
    database: Database
    reader: FakeReader = field(default_factory=FakeReader)
    clock: HandClock = field(default_factory=HandClock)
    allowed: set[str] | None = None
    second: Annotator | None = None
    drafter: Drafter | None = None

    def __post_init__(self) -> None:
        self.taxonomy: Taxonomy = parse(TAXONOMY)
        self.library: Library = self._library()
        self.pauses: list[asyncio.Event] = []
        self.dispatch = self._dispatch()

    async def open(self) -> None:
        """Begin on every platform, and go on with what is unfinished."""
        for platform in self.platforms:
            if not platform.is_private:
                self._is_known(platform)
            await platform.start(self.dispatch)
            await self.dispatch.resume(platform.name)
        await self.settle()

    async def settle(self) -> None:
        """Let the pause pass in which messages are gathered, and wait until all is done."""
        while not self.dispatch.is_settled():
            for pause in self.pauses:
                pause.set()
            self.pauses.clear()
            await asyncio.sleep(0)

    async def close(self) -> None:
        """End as on SIGTERM."""
        for platform in self.platforms:
            await platform.stop()
        await self.dispatch.stop()

    async def restart(self) -> None:
        """End, and begin anew over the same store."""
        await self.close()
        self.library = self._library()
        self.dispatch = self._dispatch()
        await self.open()

    def page(self, name: str, text: str = ARTICLE, **said: object) -> str:
        """Let there be a page; its address."""
        return self.reader.page(SITE + name, text, **{"site": "公視新聞網", **said})

    def community(self, platform: FakePlatform | None = None) -> Community:
        """Whom a platform's chat speaks for."""
        chat = self.library.repository.chat((platform or self.platforms[0]).where)
        assert chat is not None
        return self.library.repository.community_by_id(chat.community)

    def _is_known(self, platform: FakePlatform) -> None:
        """Groups have heard of the bot, unless a test goes to another one."""
        self.library.membership.of(
            platform.where, is_private=False, title="移工盟", locale=None, member=None
        )

    def _library(self) -> Library:
        return make_library(
            self.database,
            self.reader,
            self.taxonomy,
            self.clock,
            second=self.second,
            drafter=self.drafter,
        )

    def _dispatch(self) -> Dispatch:
        return Dispatch(
            self.library,
            FEATURES,
            self.platforms,
            is_allowed=lambda where: self.allowed is None or where.chat in self.allowed,
            sleep=self._sleep,
        )

    async def _sleep(self, _seconds: float) -> None:
        pause = asyncio.Event()
        self.pauses.append(pause)
        await pause.wait()
