"""A language model's draft is believed as far as the texts go."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import Document, Item, PastedText, State
from core.draft import Answered, Claim
from core.drafting import checked, claim_of, drafted
from core.errors import BadAnswer, ModelBusy, ModelUnavailable, OverBudget

TEXT = "移工團體今天在凱道集結。\n主辦單位表示，今年有超過三千名移工參與遊行。"
ENGLISH = "Ms. Chen of the union said that 3,000 workers marched to the Ministry of Labor."
AT = datetime(2026, 3, 1, tzinfo=UTC)


def item(number: int, text: str) -> Item:
    return Item(number, 1, number, State.DONE, PastedText(text), AT, Document(text, title="題"))


ITEMS = {7: item(7, TEXT), 8: item(8, ENGLISH)}


@pytest.mark.parametrize(
    "answered",
    [
        Answered("三千名移工上街。", 7, "今年有超過三千名移工參與遊行"),
        Answered("移工在凱道集結。", 7, " 移工團體今天在凱道集結。 "),
        Answered("About 3,000 workers marched.", 8, "3,000 workers marched"),
        Answered("有3,000人走到勞動部。", 8, "3,000 workers marched to the Ministry of Labor"),
    ],
)
def test_what_holds(answered):
    """The quoted words stand in the item, and bear out numbers and names, in either language."""
    found = claim_of(answered, ITEMS)

    assert isinstance(found, Claim)
    quote = found.quote
    assert ITEMS[quote.number].document.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("answered", "why"),
    [
        pytest.param(Answered("有人。", 9, "移工團體今天在凱道集結"), "no-item", id="item"),
        pytest.param(Answered("有人。", 8, "移工團體今天在凱道集結"), "no-quote", id="other-item"),
        pytest.param(Answered("有人。", 7, "移工團體昨天在凱道集結"), "no-quote", id="changed"),
        pytest.param(Answered("有人。", 7, ""), "no-quote", id="nothing"),
        pytest.param(Answered("有人。", 7, TEXT), "no-quote", id="two-paragraphs"),
        pytest.param(Answered("有人。", 7, "移工"), "short-quote", id="too-little"),
        pytest.param(
            Answered("五千名移工上街。", 7, "超過三千名移工參與遊行"), "unfounded", id="number"
        ),
        pytest.param(
            Answered("請到 https://evil.example 看。", 7, "移工團體今天在凱道集結"),
            "unfounded",
            id="address",
        ),
        pytest.param(
            Answered("Mr. Wang marched.", 8, "3,000 workers marched"), "unfounded", id="name"
        ),
        pytest.param(
            Answered("他們高喊「總統下台」。", 7, "移工團體今天在凱道集結"), "unfounded", id="words"
        ),
        pytest.param(Answered("  ", 7, "移工團體今天在凱道集結"), "unfounded", id="says-nothing"),
        pytest.param(
            Answered("很長" * 300, 7, "移工團體今天在凱道集結"), "unfounded", id="no-claim"
        ),
    ],
)
def test_what_does_not(answered, why):
    """And why."""
    assert claim_of(answered, ITEMS) == why


@given(
    st.lists(
        st.builds(
            Answered,
            st.text(max_size=30),
            st.integers(6, 9),
            st.text(alphabet="移工團體今天在凱道集結。\n3,0 workers", max_size=20)
            | st.integers(0, len(TEXT)).map(lambda at: TEXT[at : at + 9]),
        )
    )
)
def test_every_claim_can_be_looked_up(answers):
    """Whatever a model says; and nothing is lost without being counted."""
    draft = checked(answers, ITEMS, model="m")

    assert len(draft.claims) + sum(draft.dropped.values()) == len(answers)
    for each in draft.claims:
        assert each.quote.text in ITEMS[each.quote.number].document.text


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (ModelBusy("x", model="m", reason="timed-out"), "busy"),
        (OverBudget("x", spent=1, limit=1), "spent"),
        (BadAnswer("x", model="m"), "unreadable"),
        (ModelUnavailable("x", model="m"), "unavailable"),
    ],
)
def test_a_model_that_fails_is_no_failure(error, trouble):
    """It is told why there is no draft."""

    class Broken:
        version = "m"

        def draft(self, quotes, *, about, language):
            raise error

    draft = drafted(Broken(), [], [], about="", language="en")

    assert (draft.trouble, draft.claims) == (trouble, ())
