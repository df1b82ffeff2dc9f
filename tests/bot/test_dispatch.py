"""Events find their feature, work its lane, and errors become words."""

import asyncio
import logging
import threading
from dataclasses import dataclass, field, replace

import pytest

from bot.chat import Button, Capabilities, DeliveryFailed, Line, Mark, Reply, Span, Suggestion
from bot.dispatch import Command, Context, Dispatch, Features
from core.domain import Language, Link, MemberRef
from core.errors import CommonplaceError, UnknownItem
from core.library import Library
from core.store.database import Database
from core.taxonomy import parse
from tests.fakes.chat import ANN, WITH_BUTTONS, FakePlatform
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

TYPED = Capabilities()
BUTTONS = replace(WITH_BUTTONS, forwards=False)


def reply(text: str, **kwargs) -> Reply:
    return Reply((Line((Span(text),)),), **kwargs)


@dataclass
class Bot:
    """A dispatcher with features of its own, and what they were asked."""

    platform: FakePlatform
    dispatch: Dispatch
    library: Library
    database: Database
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
async def make_bot():
    """Build a bot whose commands do what a test says."""
    made: list[Bot] = []

    async def make(
        *, capabilities: Capabilities | None = None, speaks: Language | None = None, **commands
    ) -> Bot:
        platform = FakePlatform(capabilities=capabilities or BUTTONS)
        asked: list[tuple[str, str]] = []

        def noted(name, run):
            async def command(context: Context, argument: str) -> None:
                asked.append((name, argument))
                if run is not None:
                    await run(context, argument)

            return command

        async def wrote(context: Context, pieces) -> None:
            asked.append(("wrote", "|".join(piece.text for piece in pieces)))

        async def nothing(*_) -> None:
            pass

        async def owed(context: Context, debts) -> None:
            asked.append(("owed", context.where.chat))

        runs = {"search": None, "show": None, "more": None, **commands}
        features = Features(
            commands=tuple(
                Command(name, noted(name, run), suggest=_echo) for name, run in runs.items()
            ),
            wrote=wrote,
            reacted=nothing,
            edited=nothing,
            deleted=nothing,
            joined=nothing,
            owed=owed,
            card=nothing,
            discussion=nothing,
            note=lambda *_: Reply(()),
            digest=lambda *_: Reply(()),
            digest_news=lambda *_: Reply(()),
            ask=nothing,
            manners={},
            remind=nothing,
            trained=nothing,
            look_up=lambda *_, **__: [],
        )
        database = Database(None)
        library = make_library(database, FakeReader(), parse(TAXONOMY), HandClock())
        home = library.repository.community("home", language="en")
        library.repository.set_member_language(ANN, speaks)
        dispatch = Dispatch(library, features, [platform], homes={"fake": home})
        await platform.start(dispatch)
        made.append(Bot(platform, dispatch, library, database, asked))
        return made[-1]

    yield make
    for bot in made:
        await bot.dispatch.stop()
        bot.database.close()


async def _echo(context: Context, argument: str) -> list[Suggestion]:
    return [Suggestion(argument * 2, len(argument))]


# ── finding the feature ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["search", "SEARCH", "搜尋", "找", "find"])
async def test_a_command_is_found_by_any_of_its_names(make_bot, name):
    """In Latin letters, in Chinese, by other spellings, in any case."""
    bot = await make_bot()

    await bot.platform.command(name, " 移工 ")

    assert bot.asked == [("search", "移工")]


@pytest.mark.parametrize(
    ("name", "speaks", "expected"),
    [
        pytest.param("serach", "en", "Did you mean /search?", id="letters-swapped"),
        pytest.param("搜索", "zh-TW", "你要的是 /搜尋 嗎？", id="one-character-wrong"),
        pytest.param("xyzzy", "en", "Type /help to see what there is.", id="like-nothing"),
    ],
)
async def test_an_unknown_command_says_what_may_have_been_meant(make_bot, name, speaks, expected):
    """In the script it was written in; a name like no other leads to /help."""
    bot = await make_bot(speaks=speaks)

    await bot.platform.command(name)

    assert bot.platform.last.text.split("\n")[-1] == expected
    assert [mark for _, mark in bot.platform.marks] == [Mark.FAILED]


async def test_a_persons_words_pass_through_unchanged(make_bot):
    """Spaces and lines are the member's own."""
    bot = await make_bot()

    await bot.platform.write("  一\n\n 二 ")

    assert bot.asked == [("wrote", "  一\n\n 二 ")]


@pytest.mark.parametrize("typed", ["7", "#7", " 7 ", "７"])
async def test_a_number_shows_the_item(make_bot, typed):
    """When nothing was asked, a number is an item's."""
    bot = await make_bot()

    await bot.platform.write(typed)

    assert bot.asked == [("show", "7")]


async def test_an_empty_message_says_nothing(make_bot):
    """Enter alone is no text to keep."""
    bot = await make_bot()

    await bot.platform.write("  ")

    assert bot.asked == []


async def test_the_members_own_language_wins(make_bot):
    """The community's is for those who never chose."""
    bot = await make_bot(speaks="zh-TW")

    await bot.platform.command("nothing")

    assert bot.platform.last.text.startswith("沒有 /nothing 這個指令。")


async def test_a_language_once_chosen_stays(make_bot):
    """Later answers, and the adapter's own words, are in it."""

    async def switch(context, argument):
        await context.speaking("zh-TW").reply(reply("好"))

    bot = await make_bot(language=switch)
    await bot.platform.command("language")

    await bot.platform.command("nothing")

    assert bot.platform.last.text.startswith("沒有")
    assert bot.dispatch.say(bot.platform.where, ANN, "comma") == "、"


# ── what an answer leaves open ───────────────────────────────────────────────────────────────────


QUESTION = reply(
    "Remove it?",
    buttons=((Button("Remove it", "show 7 yes"), Button("Keep it", "show 7 no")),),
    asks=True,
)


async def asking(context, argument):
    if not argument:
        await context.reply(QUESTION)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1", "7 yes"),
        ("2", "7 no"),
        ("２", "7 no"),
        ("yes", "7 yes"),
        ("Y", "7 yes"),
        ("是", "7 yes"),
        ("no", "7 no"),
        ("keep it", "7 no"),
    ],
)
async def test_a_question_is_answered_by_number_or_by_name(make_bot, typed, expected):
    """Where there are no buttons, what is typed stands for one."""
    bot = await make_bot(capabilities=TYPED, search=asking)
    await bot.platform.command("search")

    await bot.platform.write(typed)

    assert bot.asked[-1] == ("show", expected)


async def test_a_button_does_what_it_says(make_bot):
    """Pressing is the same as typing the command."""
    bot = await make_bot(search=asking)
    await bot.platform.command("search")

    await bot.platform.press("Keep it")

    assert bot.asked[-1] == ("show", "7 no")


async def test_a_number_is_no_answer_where_buttons_are(make_bot):
    """Nothing on the screen has that number but an item."""
    bot = await make_bot(search=asking)
    await bot.platform.command("search")

    await bot.platform.write("1")

    assert bot.asked[-1] == ("show", "1")


async def test_a_question_is_open_until_the_next_event(make_bot):
    """A number typed after something else does not remove anything."""
    bot = await make_bot(capabilities=TYPED, search=asking)
    await bot.platform.command("search")
    await bot.platform.command("more")

    await bot.platform.write("1")

    assert bot.asked[-1] == ("show", "1")


async def test_another_members_number_is_no_answer(make_bot):
    """A question is put to one person."""
    bot = await make_bot(capabilities=TYPED, search=asking)
    await bot.platform.command("search")

    await bot.platform.write("1", member=MemberRef("fake", "bob"))

    assert bot.asked[-1] == ("show", "1")


async def test_an_expected_text_completes_its_command(make_bot):
    """The next message is the rest, with its lines."""

    async def expecting(context, argument):
        context.expect("search for")

    bot = await make_bot(more=expecting)
    await bot.platform.command("more")

    await bot.platform.write("一\n二")

    assert bot.asked[-1] == ("search", "for 一\n二")


@pytest.mark.parametrize("say", ["", "more"])
async def test_the_next_page_follows_an_empty_message_or_more(make_bot, say):
    """As long as the list is the last answer."""

    async def paged(context, argument):
        context.offer_more("search page:2 移工")

    async def more(context, argument):
        await context.do(context.next_page)

    bot = await make_bot(search=paged, more=more)
    await bot.platform.command("search", "移工")

    await (bot.platform.command(say) if say else bot.platform.write(say))

    assert bot.asked[-1] == ("search", "page:2 移工")


# ── errors ───────────────────────────────────────────────────────────────────────────────────────


async def test_an_error_becomes_a_sentence_and_a_mark(make_bot, caplog):
    """The member reads their language, the log has the code."""
    caplog.set_level(logging.INFO)

    async def failing(context, argument):
        raise UnknownItem("English", number=7)

    bot = await make_bot(search=failing)

    await bot.platform.command("search", "secret words")

    assert bot.platform.said == ["There is no item 7. /recent shows the numbers."]
    assert [mark for _, mark in bot.platform.marks] == [Mark.FAILED]
    assert "answered with error=unknown-item community=1" in caplog.messages
    assert not any("secret" in message for message in caplog.messages)


async def test_an_unexpected_error_is_logged_and_apologised_for(make_bot, caplog):
    """The conversation goes on."""

    async def broken(context, argument):
        raise ZeroDivisionError

    bot = await make_bot(search=broken)

    await bot.platform.command("search")
    await bot.platform.command("show", "7")

    assert bot.platform.said[0].startswith("Something went wrong on my side")
    assert bot.asked[-1] == ("show", "7")
    assert any(record.exc_info for record in caplog.records)


async def test_an_error_behind_an_event_is_told_too(make_bot):
    """Work that goes on after the event was handled fails as loudly."""

    async def later(context, argument):
        async def fails():
            raise UnknownItem("English", number=8)

        context.behind(fails())

    bot = await make_bot(search=later)

    await bot.platform.command("search")
    await bot.dispatch.settled()

    assert bot.platform.said == ["There is no item 8. /recent shows the numbers."]


# ── delivering ───────────────────────────────────────────────────────────────────────────────────


async def answering(context, argument):
    await context.reply(reply("here"))


async def test_a_delivery_that_asks_for_patience_is_repeated(make_bot):
    """After the time that the platform names."""
    bot = await make_bot(search=answering)
    bot.platform.failing = [DeliveryFailed("slow down", retry_after_s=0.001)] * 2

    await bot.platform.command("search")

    assert bot.platform.said == ["here"]


@pytest.mark.parametrize(
    "failures",
    [
        pytest.param([DeliveryFailed("blocked")], id="no-use"),
        pytest.param([DeliveryFailed("slow down", retry_after_s=86400)], id="tomorrow"),
        pytest.param([DeliveryFailed("slow down", retry_after_s=0)] * 3, id="again-and-again"),
    ],
)
async def test_a_delivery_that_cannot_be_made_is_given_up_and_logged(make_bot, failures, caplog):
    """The bot does not stumble over a chat that will not have it."""
    bot = await make_bot(search=answering)
    bot.platform.failing = list(failures)

    await bot.platform.command("search")

    assert bot.platform.said == []
    assert any(message.startswith("not delivered to fake") for message in caplog.messages)


async def test_a_long_answer_becomes_several_messages(make_bot):
    """All their addresses come back, and the buttons are on the last."""
    addresses = []

    async def long(context, argument):
        addresses.extend(await context.reply(reply("字" * 250, buttons=((Button("ok", "more"),),))))

    capabilities = Capabilities(max_text=100, button_bytes=64, buttons=1)
    bot = await make_bot(capabilities=capabilities, search=long)

    await bot.platform.command("search")

    assert addresses == list(bot.platform.messages)
    assert [len(text) for text in bot.platform.said] == [100, 100, 50]
    assert [bool(reply.buttons) for reply in bot.platform.history] == [False, False, True]


async def test_an_edit_that_grew_too_long_goes_on_in_further_messages(make_bot):
    """The first part replaces the message."""

    async def growing(context, argument):
        (message,) = await context.reply(reply("short"))
        await context.edit(message, reply("字" * 150))

    bot = await make_bot(capabilities=Capabilities(max_text=100), search=growing)

    await bot.platform.command("search")

    assert [len(text) for text in bot.platform.said] == [100, 50]


# ── lanes ────────────────────────────────────────────────────────────────────────────────────────


async def test_answers_do_not_wait_for_work(make_bot):
    """A question is answered while something long goes on, and that is counted."""
    gate = threading.Event()
    busy = []

    async def works(context, argument):
        async def wait():
            await context.work(gate.wait)

        context.behind(wait())

    async def answers(context, argument):
        busy.append(context.busy())
        await context.reply(reply(await context.run(str.upper, "quick")))

    bot = await make_bot(search=works, show=answers)
    await bot.platform.command("search")
    await asyncio.sleep(0)

    await bot.platform.command("show")

    assert bot.platform.said == ["QUICK"]
    assert busy == [1]
    gate.set()
    await bot.dispatch.settled()
    assert bot.dispatch.busy() == 0


async def test_work_is_done_in_the_order_received(make_bot):
    """One piece after the other, in one thread."""
    done = []

    async def works(context, argument):
        async def queue():
            await asyncio.gather(
                *(
                    context.work(lambda n=n: done.append((argument, n, threading.get_ident())))
                    for n in range(3)
                )
            )

        context.behind(queue())

    bot = await make_bot(search=works)

    await bot.platform.command("search", "a")
    await bot.platform.command("search", "b")
    await bot.dispatch.settled()

    assert [(word, n) for word, n, _ in done] == [(w, n) for w in "ab" for n in range(3)]
    assert len({thread for *_, thread in done}) == 1


async def test_stopping_finishes_the_piece_in_hand_and_leaves_the_others(make_bot):
    """What was not begun is left for the next start."""
    begun = threading.Event()
    gate = threading.Event()
    done = []

    def piece(n):
        begun.set()
        gate.wait()
        done.append(n)

    async def works(context, argument):
        async def queue():
            await asyncio.gather(*(context.work(piece, n) for n in range(3)))

        context.behind(queue())

    bot = await make_bot(search=works)
    await bot.platform.command("search")
    await asyncio.to_thread(begun.wait)

    stopping = asyncio.create_task(bot.dispatch.stop())
    await asyncio.sleep(0.01)
    gate.set()
    await stopping

    assert done == [0]


# ── completing ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("s", ["search", "show"]),
        ("se", ["search"]),
        ("搜", ["搜尋"]),
        ("x", []),
        ("", ["search", "show", "more"]),
    ],
)
async def test_names_of_commands_are_suggested(make_bot, typed, expected):
    """Those that begin as typed, in either script."""
    bot = await make_bot(speaks="zh-TW")

    found = await bot.dispatch.suggest(bot.platform.where, ANN, typed, None)

    assert [each.text for each in found] == expected
    assert all(each.replaces == len(typed) for each in found)


async def test_a_command_suggests_what_follows_it(make_bot):
    """Under any of its names; an unknown one has nothing to suggest."""
    bot = await make_bot()

    found = await bot.dispatch.suggest(bot.platform.where, ANN, "搜尋", "ab")

    assert found == [Suggestion("abab", 2)]
    assert await bot.dispatch.suggest(bot.platform.where, ANN, "nothing", "ab") == ()


async def test_trouble_with_suggestions_is_no_trouble_with_typing(make_bot):
    """There are none, that is all."""
    bot = await make_bot()

    async def fails(context, argument):
        raise CommonplaceError("?")

    bot.dispatch.commands.names["search"] = Command("search", answering, suggest=fails)

    assert await bot.dispatch.suggest(bot.platform.where, ANN, "search", "x") == ()


async def test_cards_that_are_owed_are_taken_up(make_bot):
    """By the feature that knows how."""
    bot = await make_bot()
    repository, where = bot.library.repository, bot.platform.where
    receipt = bot.library.ingest.receive(
        Link("https://e.org/a"), community=repository.communities()[0], member=ANN
    )
    now = bot.library.clock.now()
    repository.owe_card(receipt.item.id, where, member=ANN, answers=None, at=now)

    await bot.dispatch.resume("fake")
    await bot.dispatch.settled()

    assert bot.asked == [("owed", "1")]
