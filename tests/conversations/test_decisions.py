"""Editors rule beside the votes, and everybody can look up what was decided, when and why."""

import pytest

from bot.render.votes import key_of
from core.domain import NONE_FITS, Customs, LabelStatus, Role
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, BO, CY, FakePlatform

C, R = LabelStatus.CONFIRMED, LabelStatus.REJECTED
LABOUR, MIGRANT, STATEMENT = "topic/labour", "topic/labour/migrant", "form/statement"


@pytest.fixture
async def house():
    """A group in which Ann is an editor, with one article that Cy handed in."""
    platform = FakePlatform(is_private=False)
    database = Database(None)
    built = House([platform], database)
    await built.open()
    await platform.write(built.page("a", title="移工遊行"), member=CY, is_addressed=True)
    await built.settle()
    for member in (ANN, BO):
        await platform.command("status", member=member)
    built.library.repository.appoint(built.community().id, ANN, Role.EDITOR)
    platform.whispers.clear()
    yield built
    await built.close()
    database.close()


def platform(house):
    return house.platforms[0]


def item(house):
    return house.library.repository.item(house.community().id, 1)


def status(house, path):
    return next((each.status for each in item(house).labels if each.path == path), None)


async def give(house, command, argument="", *, member=ANN):
    """Give a command; what the member alone, or everybody, was answered."""
    platform(house).whispers.clear()
    await platform(house).command(command, argument, member=member)
    await house.settle()
    return "\n".join(platform(house).whispered(member)) or platform(house).last.text


def card(house):
    return next(iter(platform(house).messages.values())).text


# ── rulings ──────────────────────────────────────────────────────────────────────────────────────


async def test_an_editor_rules_in_one_line(house):
    """Whatever was voted: the card says who and why, and votes stay."""
    for member in (BO, CY):
        await give(house, "vote", "1 -移工", member=member)
    assert status(house, MIGRANT) == R

    told = await give(house, "rule", "1 移工 對 整篇都在講移工")

    assert "裁定了：✓ 勞動 › 移工" in told
    assert (status(house, LABOUR), status(house, MIGRANT)) == (C, C)
    assert "⚖ Ann裁定：勞動 › 移工 ✓（整篇都在講移工）" in card(house)
    assert len(house.library.repository.votes(item(house).id)) == 2


async def test_a_withdrawn_ruling_lets_votes_decide_again(house):
    """And says so if there is none."""
    for member in (BO, CY):
        await give(house, "vote", "1 -移工", member=member)
    await give(house, "rule", "1 移工 對")

    told = await give(house, "rule", "1 移工 收回")

    assert "收回了對「勞動 › 移工」的裁定" in told
    assert status(house, MIGRANT) == R
    assert "⚖" not in card(house)
    assert "沒有裁定可以收回" in await give(house, "rule", "1 移工 收回")


@pytest.mark.parametrize(
    ("said", "path", "expected"),
    [
        pytest.param("1 topic/labour yes because of the strike", LABOUR, C, id="path-in-english"),
        pytest.param("1 勞動，不對，沒有提到工作", LABOUR, R, id="chinese-with-commas"),
        pytest.param("1 -勞動", LABOUR, R, id="minus-as-in-voting"),
        pytest.param("1 the environment", "topic/environment", C, id="name-alone-is-right"),
        pytest.param("1 migrant workers no", MIGRANT, R, id="name-of-two-words"),
    ],
)
async def test_a_ruling_may_be_written_in_many_ways(house, said, path, expected):
    """In either language."""
    await give(house, "rule", said)

    assert status(house, path) == expected


async def test_none_fits_can_be_ruled(house):
    """It stands on the card, in lists and searches, unlike an item that nobody judged."""
    assert "#1" not in await give(house, "search", "is:none-fits", member=BO)

    await give(house, "rule", "1 都不合適 對 這是廣告")

    assert item(house).none_fits == C
    assert "⚖ 已裁定沒有合適的標籤" in card(house)
    assert "都不合適" in await give(house, "search", "is:都不合適", member=BO)
    await give(house, "rule", "1 none fits withdraw")
    assert item(house).none_fits is None


async def test_rulings_by_buttons(house):
    """Right, wrong and withdraw for each label; a reason can follow."""
    told = await give(house, "rule", "1")
    assert "這篇的標籤由你裁定" in told
    (choices,) = [reply for _, reply in platform(house).whispers]
    assert ["✓ 都不合適", "✗ 都不合適"] in [[b.label for b in row] for row in choices.buttons]

    said = await give(house, "rule", f"1 n {key_of(MIGRANT)} page:1")
    assert "裁定了：✗ 勞動 › 移工" in said
    labels = [b.label for row in platform(house).whispers[-1][1].buttons for b in row]
    assert labels[0] == "✎ 寫理由"
    assert {"⚖ ✗ 移工", "↩ 移工"} <= set(labels)

    assert "為什麼這樣裁定" in await give(house, "rule", f"1 why {key_of(MIGRANT)}")
    await platform(house).write("只是順帶一提", member=ANN, is_addressed=True)
    await house.settle()
    assert [each.reason for each in item(house).rulings] == ["只是順帶一提"]

    await give(house, "rule", f"1 w {key_of(MIGRANT)} page:1")
    assert item(house).rulings == ()
    await give(house, "rule", f"1 y {key_of(NONE_FITS)} page:1")
    assert item(house).none_fits == C


async def test_only_editors_rule(house):
    """Others are told so, and nothing happens."""
    told = await give(house, "rule", "1 移工 不對", member=BO)

    assert "沒有這個權限" in told
    assert item(house).rulings == ()


async def test_whoever_rules_is_known(house):
    """An admin who writes for the group is nobody in particular."""
    platform(house).admins.add(ANN)
    await platform(house).command("rule", "1 移工 不對", member=ANN, is_anonymous=True)

    assert "請換回自己的帳號" in platform(house).last.text
    assert item(house).rulings == ()


async def test_what_is_no_label_is_told(house):
    """With labels that may have been meant."""
    assert "火星 不是這裡的標籤" in await give(house, "rule", "1 火星 對")
    assert "沒有編號 99" in await give(house, "rule", "99 移工 對")
    assert "編號 標籤" in await give(house, "rule", "")


async def test_a_voter_is_told_of_a_ruling(house):
    """Their vote stays."""
    await give(house, "rule", "1 移工 對")

    assert "編輯者已經裁定" in await give(house, "vote", "1 -移工", member=BO)
    assert status(house, MIGRANT) == C


# ── the log ──────────────────────────────────────────────────────────────────────────────────────


async def decide_a_little(house):
    for member in (BO, CY):
        await give(house, "vote", "1 移工", member=member)
    await give(house, "rule", "1 聲明 不對 記者寫的")
    await give(house, "rule", "1 聲明 收回")


async def test_the_log_tells_what_became_what(house):
    """Newest first, with cause, tally, time and the codebook's version; withdrawn rulings stay."""
    assert "還沒有任何決定" in await give(house, "log", member=BO)
    await decide_a_little(house)

    told = await give(house, "log", member=BO)

    assert told.index("收回裁定（Ann）") < told.index("裁定（Ann）") < told.index("投票")
    assert "勞動 › 移工：建議 → 確認（2 票贊成，0 票反對）" in told
    assert "「記者寫的」" in told
    assert "編碼簿第 1 版" in told


@pytest.mark.parametrize(
    ("query", "words", "not_words"),
    [
        pytest.param("1", ["移工", "聲明"], [], id="item"),
        pytest.param("label:勞動", ["移工"], ["聲明"], id="label"),
        pytest.param("-label:勞動", ["聲明"], ["勞動"], id="not-label"),
        pytest.param("by:裁定", ["記者寫的"], ["勞動"], id="cause"),
        pytest.param("by:votes", ["勞動"], ["聲明"], id="cause-in-english"),
        pytest.param("by:@ann", ["聲明"], ["勞動"], id="editor"),
        pytest.param("is:confirmed", ["移工"], ["記者寫的"], id="status"),
        pytest.param("記者", ["記者寫的"], ["收回", "勞動"], id="reason"),
        pytest.param("聲明", ["記者寫的"], ["勞動"], id="label-by-word"),
        pytest.param("since:today", ["勞動"], [], id="since"),
        pytest.param("until:2020", ["沒有符合"], [], id="until"),
        pytest.param("by:我", ["勞動"], ["聲明"], id="own-votes"),
    ],
)
async def test_the_log_is_searched(house, query, words, not_words):
    """In the language in which items are."""
    await decide_a_little(house)

    told = await give(house, "log", query, member=CY)

    assert all(each in told for each in words), told
    assert not any(each in told.replace("移工遊行", "") for each in not_words), told


async def test_what_somebody_voted_is_nobody_elses_business(house):
    """Their name finds what they did in public, which of Cy is nothing."""
    await decide_a_little(house)

    told = await give(house, "log", "by:cy", member=BO)
    assert "沒有符合" in told
    assert "Cy" not in await give(house, "log", member=BO)
    assert "投票（Cy）" in await give(house, "log", "by:cy", member=CY)


async def test_what_the_log_does_not_know_is_told(house):
    """With what it does."""
    assert "決定紀錄只能用" in await give(house, "log", "site:公視")
    assert "沒有編號 99" in await give(house, "log", "99")
    assert "沒有這個標籤" in await give(house, "log", "label:火星")


async def test_the_log_has_pages(house):
    """As a search has."""
    for _ in range(5):
        await give(house, "rule", "1 環境 對")
        await give(house, "rule", "1 環境 收回")

    assert "第 1–8 筆，共 10 筆" in await give(house, "log", member=BO)
    assert "第 9–10 筆，共 10 筆" in await give(house, "more", member=BO)


async def test_who_is_forgotten_leaves_the_log_and_the_decision_stays(house):
    """Neither name nor reason is left, on the card or in the log."""
    await give(house, "rule", "1 環境 對 因為寫到河川")

    house.library.people.forget(ANN)
    await house.settle()

    told = await give(house, "log", member=BO)
    assert "環境：沒有 → 確認" in told
    assert "Ann" not in told
    assert "河川" not in told
    assert status(house, "topic/environment") == C
    (ruling,) = item(house).rulings
    assert (ruling.member_name, ruling.reason) == (None, None)


async def test_a_change_of_the_quorum_counts_everything_again(house):
    """And the log tells that it was that."""
    await give(house, "vote", "1 移工", member=BO)
    assert status(house, MIGRANT) == LabelStatus.SUGGESTED
    platform(house).admins.add(ANN)

    await give(house, "settings", "quorum 1")

    assert house.community().customs == Customs(quorum=1)
    assert status(house, MIGRANT) == C
    assert "改了計票方式（Ann）" in await give(house, "log", member=BO)
