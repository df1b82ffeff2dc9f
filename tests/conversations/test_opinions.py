"""A language model suggests labels beside: after the card, marked, and never in anybody's way."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from core.domain import Answer, ItemLabel, Labelling, LabelStatus, Origin
from core.errors import ModelBusy, OverBudget
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, FakePlatform

STATEMENT = "form/statement"


class Second:
    """Suggests one label, when it is let.

    Attributes:
        let: whether it may answer by now.
        error: what it raises instead, until it is None.
        asked: how often it was asked.
    """

    def __init__(self) -> None:
        self.let = threading.Event()
        self.let.set()
        self.error: Exception | None = None
        self.asked = 0

    def annotate(self, premises, *, taxonomy, language, **_):
        self.asked += 1
        self.let.wait(20)
        if self.error is not None:
            raise self.error
        return [
            Labelling(
                premise,
                language,
                "llm@1/some-model",
                taxonomy.wording,
                (Answer(STATEMENT, "…", 1.0),),
                (ItemLabel(STATEMENT, 1.0, origin=Origin.LLM),),
                origin=Origin.LLM,
            )
            for premise in premises
        ]


@pytest.fixture
def second() -> Second:
    return Second()


@pytest.fixture
async def house(second: Second) -> AsyncIterator[House]:
    group = FakePlatform(is_private=False, admins={ANN})
    house = House([group], Database(), second=second)
    await house.open()
    yield house
    second.let.set()
    await house.close()


async def asked(house: House) -> None:
    """Wait until the language model has nothing left to do."""
    assert house.dispatch.upkeep.asking is not None
    await asyncio.wait({house.dispatch.upkeep.asking})
    await house.settle()


async def keep(house: House, name: str = "a") -> FakePlatform:
    (group,) = house.platforms
    await group.write(house.page(name, title="移工團體凱道集結"), is_addressed=True)
    await house.settle()
    return group


def last_card(group: FakePlatform) -> str:
    return [*group.messages.values()][-1].text


async def test_the_card_comes_first_and_is_edited_when_the_opinion_comes(house, second):
    """A slow server delays no card; its label is marked, and what the mark means is said."""
    second.let.clear()
    group = await keep(house)
    before = last_card(group)

    second.let.set()
    await asked(house)

    assert "移工" in before
    assert "🤖" not in before
    card = last_card(group)
    assert "聲明 🤖?" in card
    assert "🤖＝只有大型語言模型這樣建議" in card
    assert len(group.messages) == 1


async def test_members_vote_on_it_as_on_any_suggestion(house):
    """With a button of its own; what they decide bears no mark."""
    group = await keep(house)
    await asked(house)

    for member in (ANN, BO):
        await group.press("✓ 聲明", member=member)
    await house.settle()

    item = house.library.repository.item(house.community().id, 1)
    (label,) = [each for each in item.labels if each.path == STATEMENT]
    assert label.status is LabelStatus.CONFIRMED
    assert "聲明 ✓" in last_card(group)
    assert "🤖" not in last_card(group)


async def test_why_tells_both(house):
    """The questions of entailment, and what the language model said."""
    group = await keep(house)
    await asked(house)

    await group.command("why", "1")
    await house.settle()

    (_, told) = group.whispers[-1]
    assert "fake-annotator@1" in told.text
    assert "🤖 大型語言模型（llm@1/some-model）的建議：聲明" in told.text


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(ModelBusy("busy", reason="unreachable", model="m"), id="unreachable"),
        pytest.param(OverBudget("spent", spent=1, limit=1), id="over-budget"),
        pytest.param(RuntimeError("a fault of ours"), id="fault"),
    ],
)
async def test_a_language_model_that_fails_fails_nothing(house, second, error):
    """The item is done and its card stands; the next item asks about both."""
    second.error = error
    group = await keep(house)
    await asked(house)
    assert "🤖" not in last_card(group)

    second.error = None
    await keep(house, "b")
    await asked(house)

    cards = [reply.text for reply in group.messages.values()]
    assert [("🤖" in card) for card in cards] == [True, True]


async def test_what_was_not_asked_is_asked_after_the_next_start(house, second):
    """A stop waits for no server, and loses no debt."""
    second.let.clear()
    await keep(house)

    await asyncio.wait_for(house.close(), 5)
    second.let.set()
    await house.restart()
    await asked(house)

    (group,) = house.platforms
    assert "聲明 🤖?" in last_card(group)


async def test_privacy_names_the_server(house):
    """Whoever asks is told that texts go there."""
    (group,) = house.platforms

    await group.command("privacy")
    await house.settle()

    assert any("llm.example" in reply.text for _, reply in group.whispers)


async def test_status_tells_what_waits(house, second):
    """And what was used today."""
    second.error = OverBudget("spent", spent=1, limit=1)
    group = await keep(house)
    await asked(house)
    house.library.repository.spend(house.clock.now().date(), 1234)

    await group.command("status")
    await house.settle()

    told = [reply.text for _, reply in group.whispers] + [last_card(group)]
    assert any("還有 1 篇等著問，今天（UTC）用了 1,234 token" in text for text in told)
