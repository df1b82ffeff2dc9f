"""Messages that came together become what they are about."""

from itertools import count

import pytest

from bot.chat import Attachment, Origin, Wrote
from bot.features.bundles import ONE_THOUGHT, Bundle, bundles
from core.domain import ChatRef, Link, MemberRef, MessageRef, PastedText

WHERE = ChatRef("fake", "1")
NUMBERS = count(1)
PTS = Origin("公視新聞", "https://t.me/pts/5")
PARAGRAPH = (
    "移工團體今天在凱道集結，要求廢除「三年出國一日」，讓移工可以自由轉換雇主，不必經過仲介。"
)
PHOTO = Attachment("k1", "photo.jpg", "image/jpeg")
PAPER = Attachment("k2", "report.pdf", "application/pdf")


def wrote(text: str = "", **more) -> Wrote:
    message = MessageRef(WHERE, str(next(NUMBERS)))
    return Wrote(message=message, member=MemberRef("fake", "ann"), text=text, **more)


def only(*pieces: Wrote) -> Bundle:
    found, _ = bundles(pieces)
    (one,) = found
    return one


def test_a_comment_before_a_forward_is_its_note():
    """Telegram delivers the comment first."""
    comment = wrote("這篇可以放進年報嗎？")
    forward = wrote("https://e.org/a", origin=PTS)

    one = only(comment, forward)

    assert one.given == Link("https://e.org/a")
    assert one.note == "↪ 公視新聞\n這篇可以放進年報嗎？"
    assert (one.message, one.also) == (forward.message, (comment.message,))


def test_a_comment_after_a_link_is_its_note():
    """The other order is as common among people who paste."""
    one = only(wrote("https://e.org/a"), wrote("晚上討論這篇"))

    assert one.note == "晚上討論這篇"


def test_even_a_whole_sentence_beside_a_forward_is_a_comment():
    """It would be a text of its own if nothing stood beside it."""
    one = only(wrote(PARAGRAPH), wrote("https://e.org/a", origin=PTS))
    alone = only(wrote(PARAGRAPH))

    assert one.given == Link("https://e.org/a")
    assert alone.given == PastedText(PARAGRAPH)


def test_an_album_is_one_message():
    """Its caption hangs on one of the pictures."""
    first = wrote(files=(PHOTO,), album="9")
    second = wrote("現場照片 https://e.org/a", files=(PHOTO,), album="9")

    one = only(first, second)

    assert one.given == Link("https://e.org/a")
    assert one.also == (second.message,)


def test_texts_forwarded_in_a_row_are_one_text():
    """An article that somebody sent in pieces, as it is read."""
    pieces = [wrote(f"第{n}段。", origin=PTS) for n in "一二三"]

    one = only(*pieces)

    assert one.given == PastedText("第一段。\n第二段。\n第三段。")
    assert [message for message, _ in one.parts] == [piece.message for piece in pieces]


def test_texts_from_different_places_stay_apart():
    """They are not one thought."""
    found, _ = bundles([wrote(PARAGRAPH, origin=PTS), wrote(PARAGRAPH, origin=Origin("別人"))])

    assert len(found) == 2


def test_many_forwards_are_a_collection():
    """Each is an item of its own."""
    pieces = [wrote(PARAGRAPH + str(n), origin=PTS) for n in range(ONE_THOUGHT + 1)]

    found, _ = bundles(pieces)

    assert len(found) == ONE_THOUGHT + 1


def test_a_forwarded_text_keeps_the_address_of_the_original():
    """A post of a public channel can be read there."""
    one = only(wrote(PARAGRAPH, origin=PTS))

    assert one.given == PastedText(PARAGRAPH, url="https://t.me/pts/5")


def test_links_in_one_message_are_several_things():
    """What is said about them is said about each."""
    found, _ = bundles([wrote("都要看 https://e.org/a https://e.org/b")])

    assert [each.given for each in found] == [Link("https://e.org/a"), Link("https://e.org/b")]
    assert {each.note for each in found} == {"都要看 https://e.org/a https://e.org/b"}


def test_a_file_keeps_its_caption():
    """As a note."""
    one = only(wrote("年度報告", files=(PAPER,)))

    assert (one.given, one.note) == (PAPER, "年度報告")


def test_a_caption_under_a_picture_is_kept():
    """However short: somebody sent it for its words."""
    one = only(wrote("凱道現場", files=(PHOTO,)))

    assert one.given == PastedText("凱道現場")


def test_a_picture_whose_words_are_read_is_kept_with_its_caption():
    """Where that is switched on."""
    photo = wrote("凱道現場", files=(PHOTO,))

    (one,), words = bundles([photo], reads_pictures=True)

    assert (one.given, one.note, words) == (PHOTO, "凱道現場", [])


def test_an_answer_to_a_link_is_about_that_link():
    """`/save` or a mention given on somebody's message."""
    other = wrote("https://e.org/a")

    one = only(wrote("收這篇", about=other))

    assert (one.given, one.note) == (Link("https://e.org/a"), "收這篇")
    assert one.message == other.message


@pytest.mark.parametrize(
    ("piece", "has_picture"),
    [
        pytest.param(wrote("移工"), False, id="a-word"),
        pytest.param(wrote(files=(PHOTO,)), True, id="a-picture-alone"),
        pytest.param(wrote("移工", about=wrote("好")), False, id="an-answer-to-chatter"),
    ],
)
def test_what_is_nothing_to_keep_is_words(piece, has_picture):
    """The member is asked, or nobody is disturbed."""
    found, words = bundles([piece])

    assert found == []
    assert [each.has_picture for each in words] == [has_picture]
