"""Bytes become the right text whatever was declared about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources.charset import codec_for, decode, meta_charset

TRADITIONAL = "立法院今天三讀通過再生能源發展條例，規定新建物須設置太陽光電。"
SIMPLIFIED = "国务院今天公布新的环境保护条例，要求各地政府公开数据。"
JAPANESE = "今日は天気がいいので、公園へ散歩に行きました。"
KOREAN = "오늘은 날씨가 좋아서 공원에 산책하러 갔습니다."
FRENCH = "L'été dernier, à Paris, les élèves étaient là où nous étions."
GERMAN = "Größe und Übergröße für Männer, sagte die Bäckerin."
QUOTED = "The mayor’s answer was short – “no”, she said."
RUSSIAN = "Сегодня хорошая погода, и мы пошли гулять в парк."

LEGACY = [
    pytest.param(TRADITIONAL, "cp950", id="big5"),
    pytest.param("找不到網頁", "cp950", id="big5-five-characters"),
    pytest.param("環保團體要求公布資料；他說：「€」是歐元。", "cp950", id="big5-euro-of-cp950"),
    pytest.param(SIMPLIFIED, "gb18030", id="gb18030"),
    pytest.param("我们在北京的图书馆看书", "gbk", id="gbk-short"),
    pytest.param(JAPANESE, "shift_jis", id="shift-jis"),
    pytest.param(JAPANESE, "euc_jp", id="euc-jp"),
    pytest.param(KOREAN, "euc_kr", id="euc-kr"),
    pytest.param(FRENCH, "cp1252", id="windows-1252"),
    pytest.param(GERMAN, "latin-1", id="iso-8859-1"),
    pytest.param(QUOTED, "cp1252", id="typographic-quotes"),
    pytest.param(RUSSIAN, "cp1251", id="windows-1251"),
]
WRONG = [
    "utf-8",
    "iso-8859-1",
    "big5",
    "gb2312",
    "shift_jis",
    "euc-kr",
    "windows-1252",
    "nonsense",
    None,
]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(("text", "codec"), LEGACY)
def test_a_wrong_declaration_does_not_spoil_a_text(text: str, codec: str, wrong: str | None):
    """What the bytes look like wins over what was said about them."""
    assert decode(text.encode(codec), declared=wrong).text == text


@pytest.mark.parametrize(("text", "codec"), LEGACY)
def test_a_page_that_contradicts_its_header_is_read(text: str, codec: str):
    """The header says Latin, the page says UTF-8, and both are wrong."""
    page = f'<html><head><meta charset="utf-8"><title>{text}</title></head></html>'

    decoded = decode(page.encode(codec), declared="iso-8859-1", is_markup=True)

    assert decoded.text == page


def test_the_page_wins_over_the_header_where_both_make_sense():
    """A server has one default for all its pages; the page was written by one person."""
    page = (
        "<meta charset='iso-8859-2'><p>Rząd ogłosił dziś nowe przepisy o ochronie środowiska.</p>"
    )
    data = page.encode("iso-8859-2")

    decoded = decode(data, declared="iso-8859-1", is_markup=True)

    assert decoded.text == page
    assert decoded.declared


@pytest.mark.parametrize(
    "text", [TRADITIONAL, SIMPLIFIED, JAPANESE, KOREAN, FRENCH, RUSSIAN, "naïve 😀"]
)
@pytest.mark.parametrize("wrong", WRONG)
def test_valid_utf8_is_utf8_whatever_was_declared(text: str, wrong: str | None):
    """Nothing else is valid UTF-8 by accident."""
    decoded = decode(text.encode(), declared=wrong)

    assert decoded.text == text
    assert decoded.codec == "utf-8"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec: str):
    """And is no part of the text."""
    assert decode(TRADITIONAL.encode(codec), declared="big5").text == TRADITIONAL


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_told_by_its_zeros(codec: str):
    """Markup is ASCII, and every second byte of it is zero."""
    page = "<html><head><title>A page of the wide kind</title></head><body>山</body></html>"

    assert decode(page.encode(codec)).text == page


def test_escape_sequences_make_japanese_mail():
    """ISO-2022-JP is seven-bit, and would pass for ASCII."""
    assert decode(JAPANESE.encode("iso2022_jp"), declared="iso-2022-jp").text == JAPANESE
    assert decode(JAPANESE.encode("iso2022_jp")).text == JAPANESE


def test_plain_ascii_is_left_alone():
    """Whatever was declared."""
    assert decode(b"plain words", declared="big5").text == "plain words"


def test_characters_of_hong_kong_are_read_in_big5():
    """Pages that say Big5 mean it with the supplement of Hong Kong."""
    text = "佢哋喺香港嘅茶餐廳食飯，啲嘢好食。"
    data = text.encode("big5hkscs")

    decoded = decode(data, declared="big5")

    assert decoded.text == text


def test_a_character_cut_in_half_costs_only_itself():
    """Old sites cut texts by bytes; the rest is still Big5."""
    whole = TRADITIONAL.encode("cp950")
    data = b"<p>" + whole * 2 + whole[:11] + b"</p>"

    text = decode(data, declared="big5").text

    assert text.startswith(f"<p>{TRADITIONAL}{TRADITIONAL}{TRADITIONAL[:5]}")
    assert text.endswith("</p>")
    assert text.count("\ufffd") == 1


def test_utf8_cut_in_half_is_still_utf8():
    """One broken sequence does not make it Big5."""
    text = TRADITIONAL * 3

    decoded = decode(text.encode()[:-1], declared="utf-8")

    assert decoded.codec == "utf-8"
    assert decoded.text == text[:-1] + "\ufffd"


def test_a_declared_rare_character_set_is_believed_when_nothing_else_fits():
    """Thai is among none of those that are weighed."""
    text = "วันนี้อากาศดีมาก เราไปเดินเล่นที่สวนสาธารณะ"

    assert decode(text.encode("cp874"), declared="tis-620").text == text


def test_rubbish_is_read_as_declared():
    """No character set makes sense of it; so the declared one may as well."""
    data = bytes(range(0x80, 0xC0))

    assert decode(data, declared="windows-1252").codec == "cp1252"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        (" 'Big5' ", "big5"),
        ("Big5-HKSCS", "big5"),
        ("x-sjis", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("iso-8859-15", "iso8859-15"),
        ("nonsense", None),
        ("base64", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str | None, codec: str | None):
    """WHATWG Encoding Standard, names and labels."""
    assert codec_for(label) == codec


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b'<meta charset="big5">', "big5"),
        (b"<META CHARSET=Big5>", "Big5"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb2312"),
        (b'<?xml version="1.0" encoding="euc-jp"?><html>', "euc-jp"),
        (b'<!-- <meta charset="big5"> --><meta charset="utf-8">', "utf-8"),
        (b"<title>charset=big5</title>", None),
        (b"", None),
    ],
)
def test_a_pages_own_declaration_is_found(head: bytes, label: str | None):
    """In either spelling, outside comments."""
    assert meta_charset(head) == label


@given(
    st.binary(max_size=300), st.sampled_from(["big5", "utf-8", "shift_jis", "utf-16", "x", None])
)
def test_every_sequence_of_bytes_becomes_some_text(data: bytes, declared: str | None):
    """Decoding never fails: a bad character is one bad character."""
    assert isinstance(decode(data, declared=declared, is_markup=True).text, str)


@given(
    st.text(alphabet=st.characters(codec="cp950", exclude_characters="\0¢£¥•‾∼☉♁､"), max_size=50)
)
def test_what_big5_can_write_after_a_real_sentence_comes_back(tail: str):
    """One sentence is enough to know the character set by."""
    text = TRADITIONAL + tail.encode("cp950").decode("cp950")

    assert decode(text.encode("cp950"), declared="big5").text == text


@given(st.text(max_size=200))
def test_what_utf8_can_write_comes_back(text: str):
    """A text that begins with no mark, no zeros and no escapes is itself."""
    page = f"<p>山{text}</p>"
    if "\0" in page or "\x1b" in page:
        return

    assert decode(page.encode()).text == page
