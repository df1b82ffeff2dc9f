"""A writer asks for what the collection says, and takes it away as files."""

import io
import json
import re
import zipfile
from datetime import date

import pytest

from bot.chat import Reply
from bot.papers.markdown import plain
from core.draft import Answered
from core.errors import ModelBusy
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, WITH_BUTTONS, FakePlatform

TEXT = (
    "移工團體今天在凱道集結，要求廢除「三年出國一日」條款。\n"
    "主辦單位表示，今年有超過三千名移工參與遊行，其中以家庭看護工居多。"
)


async def test_a_dossier(chat):
    """Told in short in the chat: how much there is, by label, and what is missing."""
    await chat.say(chat.page("a", title="移工團體凱道集結", published_on=date(2026, 3, 1)))

    await chat.say("/brief label:topic/labour since:2026-01")

    chat.expect("寫作素材：勞動", "1 篇", "移工（1 則）", "還缺這些", "brief.md", "沒有去看")


async def test_in_english(english):
    """The same in the other language."""
    await english.say(english.page("a", TEXT, title="移工團體凱道集結"))

    await english.say("/dossier label:topic/labour")

    english.expect("Dossier: labour", "One item", "migrant workers (1)", "Missing", "brief.docx")


async def test_the_name_of_a_label_is_enough(chat):
    """Also in Chinese, with the Chinese name of the command; other words are words."""
    await chat.say(chat.page("a", TEXT, title="凱道集結"))

    await chat.say("/素材 移工")
    chat.expect("寫作素材：移工", "1 篇")
    await chat.say("/素材包 看護工")

    chat.expect("寫作素材：看護工", "1 篇")


async def test_without_words_it_says_how(chat):
    """With examples."""
    await chat.say("/brief")

    chat.expect("寫作用的素材包", "/brief label:topic/labour since:2026-03")


async def test_nothing_found(chat):
    """What was asked for, and what to try."""
    await chat.say("/brief 鯨魚")

    chat.expect("沒有一篇同時符合", "鯨魚", "/search")


async def test_what_cannot_be_understood(chat):
    """As in a search."""
    await chat.say("/brief label:鯨魚學")

    chat.expect("鯨魚學")


# ── files ────────────────────────────────────────────────────────────────────────────────────────


class Desk:
    """A writer in a private chat; what they kept, and what comes back."""

    def __init__(self, database: Database) -> None:
        self.platform = FakePlatform(is_private=True)
        self.house = House([self.platform], database)

    async def keep(self, name: str, text: str = TEXT, **said: object) -> None:
        await self.platform.write(self.house.page(name, text, **said))
        await self.house.settle()

    async def ask(self, argument: str) -> Reply:
        await self.platform.command("brief", argument)
        await self.house.settle()
        return self.platform.last

    async def use(self, drafter) -> None:
        """Let there be a language model."""
        self.house.drafter = drafter
        await self.house.restart()


@pytest.fixture
async def desk():
    database = Database(None)
    desk = Desk(database)
    await desk.house.open()
    yield desk
    await desk.house.close()
    database.close()


def quotations(markdown: str) -> list[str]:
    """The lines of a Markdown file that quote."""
    return re.findall(r"^> (.+)\n>\n> \[", markdown, re.MULTILINE)


async def test_files_for_reading_word_processors_and_references(desk):
    """Four of them; what they quote stands in the texts, and every quotation names its source."""
    await desk.keep("a", title="凱道*集結*", published_on=date(2026, 3, 1), author="王小明")
    await desk.keep("b", "外送員團體表示，平台應該替他們投保勞工保險，目前有12,000人沒有保障。")

    reply = await desk.ask("label:topic/labour")

    files = {each.name: each.data for each in reply.files}
    assert [*files] == ["brief.md", "brief.docx", "brief.csl.json", "brief.bib"]
    written = files["brief.md"].decode()
    stored = [plain(line) for line in TEXT.split("\n")]
    assert set(stored) <= set(quotations(written))
    assert r"凱道\*集結\*" in written
    assert "https://web.archive.org/web/20260301120000/https://news.example/a" in written
    words = zipfile.ZipFile(io.BytesIO(files["brief.docx"])).read("word/document.xml").decode()
    assert all(line in words for line in TEXT.split("\n"))
    first, _ = json.loads(files["brief.csl.json"])
    assert first["author"] == [{"literal": "王小明"}]
    assert b"@misc{" in files["brief.bib"]


# ── a language model beside ──────────────────────────────────────────────────────────────────────


class Drafter:
    """Plays a language model that drafts."""

    version = "llm@1/test-model"

    def __init__(self, *answers: Answered, error: Exception | None = None) -> None:
        self.answers, self.error = answers, error
        self.shown: list[str] = []

    def draft(self, quotes, *, about, language):
        self.shown = [each.text for each in quotes]
        if self.error is not None:
            raise self.error
        return self.answers


async def test_a_draft_is_held_to_the_texts(desk):
    """What holds is told with its source; what does not is thrown away and counted."""
    drafter = Drafter(
        Answered("今年遊行以家庭看護工居多。", 1, "其中以家庭看護工居多"),
        Answered("三萬名移工參與遊行。", 1, "超過三千名移工參與遊行"),
        Answered("總統出席了。", 1, "總統今天也到了凱道現場"),
        Answered("另有報導。", 99, "移工團體今天在凱道集結"),
        Answered("移工上街。", 1, "移工"),
    )
    await desk.use(drafter)
    await desk.keep("a", title="凱道集結")

    reply = await desk.ask("label:topic/labour")

    assert "1 句的草稿" in reply.text
    assert "丟掉的有 4 句" in reply.text
    written = reply.files[0].data.decode()
    assert "今年遊行以家庭看護工居多。 — [" in written
    assert "「其中以家庭看護工居多」" in written
    assert "三萬名" not in written
    assert "總統" not in written
    assert "4 句" in written


async def test_a_model_that_fails_keeps_nobody_waiting(desk):
    """The dossier is there, and says why there is no draft."""
    await desk.use(Drafter(error=ModelBusy("no answer", model="test-model", reason="timed-out")))
    await desk.keep("a", title="凱道集結")

    reply = await desk.ask("label:topic/labour")

    assert "語言模型現在沒有回應" in reply.text
    assert len(reply.files) == 4


async def test_others_do_not_see_what_a_writer_asks_for(desk):
    """In a group the answer is for who asked."""
    platform = FakePlatform(is_private=False)
    house = House([platform], desk.house.database)
    platform.capabilities = WITH_BUTTONS
    await house.open()
    await platform.write(house.page("a", TEXT, title="凱道集結"), member=ANN, is_addressed=True)
    await house.settle()

    await platform.command("brief", "label:topic/labour", member=BO)
    await house.settle()

    (_, reply) = platform.whispers[-1]
    assert "寫作素材" in reply.text
    assert reply.files[0].name == "brief.md"
    await house.close()
