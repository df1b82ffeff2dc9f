"""While a member types a command, the conversation suggests how to go on."""

import pytest

from core.errors import Forbidden
from tests.conversations.conftest import ENGLISH, SITE


@pytest.fixture
async def shelf(chat):
    """Two items, one of which failed."""
    await chat.say(chat.page("a", ENGLISH, title="March of the carers"))
    chat.reader.fails(SITE + "wall", Forbidden("no", reason="login"))
    await chat.say(SITE + "wall")
    return chat


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("/sea", ["/search"], id="command"),
        pytest.param("/搜", ["/搜尋"], id="command-in-chinese"),
        pytest.param("/show ", ["/show 2", "/show 1"], id="numbers-latest-first"),
        pytest.param("/show car", ["/show 1"], id="number-by-title"),
        pytest.param("/show 1 ", [], id="number-complete"),
        pytest.param("/retry ", ["/retry 2"], id="failed-ones-only"),
        pytest.param("/label mig", ["/label topic/labour/migrant"], id="label-by-id"),
        pytest.param("/label 勞工", ["/label topic/labour"], id="label-by-alias"),
        pytest.param(
            "/search 移工 la", ["/search 移工 label:", "/search 移工 lang:"], id="filters"
        ),
        pytest.param("/search -la", ["/search -label:"], id="minus-filter"),
        pytest.param("/search ", [], id="no-filter-unasked"),
        pytest.param("/search label:env", ["/search label:topic/environment"], id="filter-label"),
        pytest.param("/search is:con", ["/search is:confirmed"], id="filter-status"),
        pytest.param("/search lang:", ["/search lang:zh", "/search lang:en"], id="filter-language"),
        pytest.param("/search site:", [], id="filter-of-any-value"),
        pytest.param("/labels f", ["/labels form"], id="dimension"),
        pytest.param("/language e", ["/language en"], id="language"),
        pytest.param("/recent ", [], id="nothing-to-complete"),
        pytest.param("/nothing x", [], id="unknown-command"),
    ],
)
async def test_the_next_part_of_a_command_is_suggested(shelf, typed, expected):
    """Names, numbers, labels, filters and languages."""
    assert await shelf.completions(typed) == expected
