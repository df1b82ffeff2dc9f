"""Words, dates and amounts in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.texts import Texts
from core.domain import Failure
from core.errors import RateLimited, UnknownLabel

NOW = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"), [("zh-TW", "2026年3月5日"), ("en", "5 March 2026")]
)
def test_a_date_is_written_out(language, expected):
    """Each language has its own order, and no year has a comma in it."""
    assert Texts(language).date(date(2026, 3, 5)) == expected


def test_a_day_follows_the_clock_of_the_zone():
    """Eight in the evening in Greenwich is tomorrow in Taipei."""
    assert Texts("en").day(NOW, timezone="Asia/Taipei") == "6 March 2026"


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0%"), (0.001, "1%"), (0.784, "78%"), (0.999, "99%"), (1, "100%")],
)
def test_a_share_that_is_not_certain_never_looks_certain(share, expected):
    """99.9 % is said as 99 %, and 0.1 % as 1 %."""
    assert Texts("en").percent(share) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.2, "1 second"), (59, "59 seconds"), (61, "2 minutes"), (3600, "1 hour"), (5000, "2 hours")],
)
def test_a_wait_is_rounded_up_to_a_unit_that_people_use(seconds, expected):
    """Nobody is told to come back too early."""
    assert Texts("en").wait(seconds) == expected


@pytest.mark.parametrize(
    ("tag", "chinese", "english"),
    [
        ("zh-Hant", "繁體中文", "Traditional Chinese"),
        ("en", "英文", "English"),
        ("vi", "越南文", "Vietnamese"),
        ("zh-Hant-TW", "繁體中文", "Traditional Chinese"),
        ("qaa-x-ours", "qaa-x-ours", "qaa-x-ours"),
    ],
)
def test_a_language_has_its_name(tag, chinese, english):
    """Tags are for machines; people read names, as far as there are any."""
    assert (Texts("zh-TW").language_name(tag), Texts("en").language_name(tag)) == (chinese, english)


def test_numbers_have_their_digits_grouped():
    """A thousand is written as the language writes it."""
    assert Texts("en").say("welcome-count", n=1234).startswith("1,234 items")


def test_an_error_that_names_a_wait_says_it():
    """The second sentence tells how long to wait."""
    error = RateLimited("slow down", retry_after_s=90)

    assert Texts("zh-TW").error(error) == "這個網站請我晚點再來。\n請等 2 分鐘後再試。"


@pytest.mark.parametrize(
    ("minutes", "said"), [(5, ["Please wait 5 minutes before the next try."]), (-5, [])]
)
def test_a_failure_says_the_wait_that_is_left(minutes, said):
    """What was asked for an hour ago may be over."""
    failure = Failure("rate-limited", "", {}, NOW + timedelta(minutes=minutes))

    _, *more = Texts("en").error(failure, now=NOW).split("\n")

    assert more == said


def test_an_unknown_label_comes_with_what_is_near():
    """Suggestions are asked about instead of sending people to a list."""
    error = UnknownLabel("?", name="labor", suggestions="labour")

    assert Texts("en").error(error).endswith("Did you mean labour?")


def test_a_missing_message_shows_its_id_and_is_logged(caplog):
    """A defect of ours never stops the conversation."""
    assert Texts("en").say("no-such-message") == "no-such-message"
    assert caplog.messages == ["no message no-such-message in en"]


def test_a_missing_variable_is_logged(caplog):
    """What is left of the sentence is shown."""
    assert Texts("en").say("percent") == "n%"
    assert caplog.messages == ["message percent in en: Unknown external: n"]
