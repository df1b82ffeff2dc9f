"""Members paste things, and the bot keeps them."""

from datetime import date

from core.domain import ChatRef, Link, MemberRef, State
from core.errors import Forbidden, RateLimited
from tests.conversations.conftest import ARTICLE, ENGLISH, SITE
from tests.fakes.reader import FakeReader


async def test_a_link_is_answered_with_its_card(chat):
    """Number, title, source, summary, labels as suggestions, and what can be done with it."""
    url = chat.page("a", title="移工團體凱道集結", author="王小明", published_on=date(2026, 3, 5))

    await chat.say(url)

    chat.expect(
        "#1  移工團體凱道集結 " + url,
        "公視新聞網 · 2026年3月5日 · 王小明",
        "▎ 移工團體今天在凱道集結，要求廢除「三年出國一日」條款。",
        "主題  勞動 › 移工 90%?",
        "/why 1 為什麼 · /similar 1 類似 · /remove 1 移除",
    )
    assert len(chat.answers) == 1


async def test_an_english_conversation_has_english_words(english):
    """Labels, dates and buttons follow the member's language; the text keeps its own."""
    url = english.page("a", ENGLISH, title="March", site="Example", published_on=date(2026, 3, 5))

    await english.say(url)

    english.expect(
        "#1  March",
        "Example · 5 March 2026",
        "▎ Migrant workers marched",
        "topic  labour › migrant workers 90%?",
        "/why 1 why · /similar 1 similar · /remove 1 remove",
    )


async def test_several_links_in_one_message_are_several_items(chat):
    """Each has its own card, in the order in which they were written."""
    first = chat.page("a", title="第一篇")
    second = chat.page("b", ENGLISH, title="第二篇")

    await chat.say(f"這兩篇都要看：{first} 還有 {second}。")

    chat.expect("#1  第一篇", "#2  第二篇")


async def test_words_beside_a_link_are_the_members_note(chat):
    """Kept as they were written; they are no text of their own."""
    url = chat.page("a", title="移工團體凱道集結")
    said = f"這篇一定要看！{url} （晚上討論）"

    await chat.say(said)

    chat.expect("#1  移工團體凱道集結")
    (share,) = chat.library.repository.shares(1)
    assert share.note == said


async def test_a_failure_among_several_does_not_stop_the_others(chat):
    """The good one is kept, the bad one says why."""
    good = chat.page("a", title="好的")

    await chat.say(f"{SITE}gone {good}")

    chat.expect("#1  " + SITE + "gone", "這個頁面已經不在了", "#2  好的")


async def test_a_pasted_text_is_kept(chat):
    """No address is needed."""
    await chat.say(ARTICLE)

    chat.expect("#1  移工團體今天在凱道集結", "勞動 › 移工")


async def test_an_article_that_mentions_links_is_a_text(chat):
    """Its links are part of it, not what was sent."""
    await chat.say(ARTICLE * 4 + f"\n資料來源：{SITE}source")

    chat.expect("#1  移工團體今天在凱道集結")
    assert chat.reader.read_links == []


async def test_a_file_is_kept(chat, tmp_path):
    """By its path, as a terminal writes it when it is dragged in."""
    file = tmp_path / "my notes.txt"
    file.write_text(ARTICLE, "utf-8")

    await chat.say(str(file).replace(" ", "\\ "))

    chat.expect("#1  移工團體今天在凱道集結")


async def test_a_file_can_follow_a_command(chat, tmp_path):
    """/save and a path are the same as the path alone."""
    file = tmp_path / "notes.txt"
    file.write_text(ARTICLE, "utf-8")

    await chat.say(f"/收藏 {file}")

    chat.expect("#1  移工團體今天在凱道集結")


async def test_a_file_that_is_not_there_is_said_kindly(chat, tmp_path):
    """Instead of taking the path for a text or a command."""
    await chat.say(f"{tmp_path}/nothing.pdf")

    chat.expect(f"打不開 {tmp_path}/nothing.pdf。檢查一下路徑吧。")


async def test_a_folder_is_said_kindly(english, tmp_path):
    """One of its files would do."""
    await english.say(str(tmp_path) + "/")

    english.expect("is a folder. Please give me the path of one of its files.")


async def test_a_few_words_are_asked_about(chat):
    """They are rather something to look for than something to keep."""
    await chat.say("三年出國一日")

    chat.expect("這段話不長，要找它，還是收藏它？", "1  搜尋這句話", "2  收藏這段文字")

    await chat.say("2")

    chat.expect("#1  三年出國一日")


async def test_a_known_article_is_not_made_anew(chat):
    """It says how often it was shared, and since when."""
    url = chat.page("a", title="移工團體凱道集結")
    await chat.say(url)

    await chat.say(url + "?utm_source=line")

    chat.expect("這篇已經收藏過了", "2026年3月1日", "#1  移工團體凱道集結")
    assert len(chat.reader.read_links) == 1


async def test_the_same_story_elsewhere_is_recognised(chat):
    """Another address, the same text: they stand together."""
    await chat.say(chat.page("a", ARTICLE * 3, title="移工團體凱道集結"))

    await chat.say(chat.page("b", ARTICLE * 3, title="轉載：移工團體凱道集結", site="轉載網"))

    chat.expect("和 #1（公視新聞網）講的是同一件事，已經放在一起。", "#2  轉載")


async def test_a_text_without_a_label_says_so(chat):
    """Nothing is forced upon it."""
    await chat.say(chat.page("a", "今天天氣很好，適合散步。" * 5, title="天氣"))

    chat.expect("#1  天氣", "沒有合適的標籤")


async def test_a_failure_says_why_and_offers_ways_out(chat):
    """One sentence, and two choices."""
    url = SITE + "wall"
    chat.reader.fails(url, Forbidden("English", reason="paywall"))

    await chat.say(url)

    chat.expect(
        "#1  " + url,
        "這篇要付費才看得到。你看得到的話，把全文貼給我就好。",
        "1  再試一次  /retry 1",
        "2  貼上全文  /paste 1",
    )
    chat.expect_not("English")


async def test_a_failed_item_can_be_tried_again(english):
    """By the number of the choice; what works now has its card."""
    url = SITE + "slow"
    english.reader.fails(url, Forbidden("no", reason="login"))
    await english.say(url)
    english.page("slow", ENGLISH, title="Here at last")

    await english.say("1")

    english.expect("#1  Here at last")


async def test_what_failed_is_tried_again_when_it_is_sent_again(english):
    """What was wrong yesterday may be right today; how many are new in the message is no matter."""
    url = SITE + "slow"
    english.reader.fails(url, Forbidden("no", reason="login"))
    await english.say(url)
    english.page("slow", ENGLISH, title="Here at last")
    other = english.page("other", "A neighbourhood kitchen opens. " * 9, title="A kitchen")

    await english.say(f"{url} {other}")

    english.expect("#1  Here at last", "#2  A kitchen")
    english.expect_not("behind a login")


async def test_what_was_asked_to_wait_waits(english):
    """A try before the time that the site named says how long is left."""
    url = SITE + "busy"
    english.reader.fails(url, RateLimited("slow down", retry_after_s=600))
    await english.say(url)
    english.expect("asks me to come back later", "Please wait 10 minutes")
    english.page("busy", ENGLISH, title="Here at last")
    english.clock.forward(540)

    await english.say("/retry 1")

    english.expect("Please wait 1 minute before the next try.")

    english.clock.forward(60)
    await english.say("/retry")

    english.expect("Trying one item again.", "#1  Here at last")


async def test_a_failed_item_can_be_given_its_text(chat):
    """The address stays, the member's copy takes the place of what could not be read."""
    url = SITE + "wall"
    chat.reader.fails(url, Forbidden("no", reason="paywall"))
    await chat.say(url)

    await chat.say("2")
    chat.expect("全文貼過來吧")
    await chat.say(ARTICLE)

    chat.expect("#1  移工團體今天在凱道集結", url, "勞動 › 移工")


async def test_a_text_can_be_pasted_right_behind_the_command(chat):
    """In one message, as scripts like it."""
    chat.reader.fails(SITE + "wall", Forbidden("no", reason="login"))
    await chat.say(SITE + "wall")

    await chat.say(f"/貼上 1\n{ARTICLE}")

    chat.expect("#1  移工團體今天在凱道集結")


async def test_a_link_instead_of_the_text_is_a_new_item(chat):
    """A change of mind is understood."""
    chat.reader.fails(SITE + "wall", Forbidden("no", reason="login"))
    await chat.say(SITE + "wall")
    await chat.say("/paste 1")

    await chat.say(chat.page("a", title="另一篇"))

    chat.expect("#2  另一篇")


async def test_removing_asks_first(chat):
    """Nothing disappears by one slip."""
    await chat.say(chat.page("a", title="移工團體凱道集結"))

    await chat.say("/移除 1")
    chat.expect("要移除「移工團體凱道集結」嗎", "1  移除  /remove 1 yes", "2  留著")
    await chat.say("不要")
    chat.expect("好，「移工團體凱道集結」留著。")
    await chat.say("/移除 1")
    await chat.say("好")

    chat.expect("已經移除「移工團體凱道集結」。")
    await chat.say("/show 1")
    chat.expect("沒有編號 1 的文章")


async def test_a_script_removes_in_one_line(english):
    """The answer stands behind the number."""
    await english.say(english.page("a", ENGLISH, title="March"))

    await english.say("/remove 1 yes")

    english.expect("Removed “March”.")


async def test_what_a_crash_interrupted_is_finished_at_the_next_start(make_chat):
    """What was written down is not lost, and the member hears of it."""
    reader = FakeReader()
    before = await make_chat("zh-TW", reader=reader)
    url = before.page("a", title="移工團體凱道集結")

    operator, where = MemberRef("local", "operator"), ChatRef("console", "terminal")
    receipt = before.library.ingest.receive(Link(url), community=before.community, member=operator)
    before.library.repository.owe_card(
        receipt.item.id, where, member=operator, answers=None, at=before.clock.now()
    )

    after = await make_chat("zh-TW", database=before.database, reader=reader)

    after.expect("上次有 1 篇還沒做完，現在接著做。", "#1  移工團體凱道集結")


async def test_what_nobody_waits_for_is_finished_without_a_word(make_chat):
    """It came from the command line, which was stopped."""
    reader = FakeReader()
    before = await make_chat("zh-TW", reader=reader)
    given = Link(before.page("a", title="移工團體凱道集結"))
    before.library.ingest.receive(given, community=before.community, member=MemberRef("l", "o"))

    after = await make_chat("zh-TW", database=before.database, reader=reader)
    await after.say("/status")

    after.expect_not("移工團體凱道集結")
    assert after.library.repository.item(after.community.id, 1).state is State.DONE


async def test_nothing_unfinished_is_not_mentioned(chat):
    """A quiet start."""
    assert chat.answers == []


async def test_nothing_to_retry_is_said(chat):
    """/retry without a number looks for all that failed."""
    await chat.say("/重試")

    chat.expect("沒有需要重試的。")


async def test_a_fine_item_needs_no_retry(english):
    """And nothing is fetched again."""
    await english.say(english.page("a", ENGLISH))

    await english.say("/retry 1")

    english.expect("#1 is fine; no need to try again.")
    assert len(english.reader.read_links) == 1


async def test_a_defect_of_ours_is_told_as_such(english, caplog):
    """The item keeps its place and can be tried again."""
    url = SITE + "broken"
    english.reader.fails(url, ZeroDivisionError())

    await english.say(url)

    english.expect("#1  " + url, "Something went wrong on my side", "1  Try again  /retry 1")
    assert any(record.exc_info for record in caplog.records)


async def test_commands_without_what_they_need_say_how_they_are_written(english):
    """One line about the command, one about what it is for."""
    for command in ("save", "paste", "remove", "show", "similar", "why", "label"):
        await english.say(f"/{command}")

        english.expect(f"Write it like this: /{command} ")


async def test_a_pipe_in_which_all_went_well_ends_with_0(chat):
    """For scripts."""
    await chat.say(chat.page("a"))

    assert await chat.leave() == 0


async def test_a_pipe_with_a_failure_ends_with_1(chat):
    """Even if the rest went well."""
    await chat.say(f"{SITE}gone")
    await chat.say(chat.page("a"))

    assert await chat.leave() == 1


async def test_a_pipe_with_an_unknown_command_ends_with_1(chat):
    """A slip in a script is noticed."""
    await chat.say("/serch 移工")

    chat.expect("你要的是 /search")
    assert await chat.leave() == 1


async def test_an_address_of_another_kind_is_no_text(chat):
    """It is neither kept nor searched for; the bot says which addresses it reads."""
    await chat.say("ftp://files.example/report.pdf")

    chat.expect("http 和 https")
    assert chat.library.repository.count(chat.community.id) == 0
