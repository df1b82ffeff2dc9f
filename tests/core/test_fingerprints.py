"""Fingerprints: the same text under another address is known again."""

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadStore
from core.fingerprints import BANDS, MIN_SHINGLES, SAME_STORY, Fingerprint, fingerprint, similarity

ZH = (
    "環境部昨日公布新版溫室氣體減量目標，預計在二〇三五年前將排放量降至基準年的六成以下，並要求用電大戶逐年提高"
    "再生能源比例。環保團體肯定目標提高，但批評政府沒有說明燃煤電廠的退場時程，也沒有提出受影響勞工的轉型方案。"
    "工業團體則認為電價勢必上漲，呼籲政府先補足電網的韌性，再談更高的目標。立法院衛環委員會下週將邀集各部會備詢，"
    "朝野黨團都表示會提出各自的版本。學者指出，關鍵在於碳費的費率能否逐年調高，以及收入是否真的用在減量與照顧弱勢。"
)
EN = (
    "The ministry of labor said on Monday that it would raise the minimum wage by four percent "
    "from January, after a long night of talks between unions and employers broke up without a "
    "deal. Union leaders called the step too small and pointed to rents, which have risen "
    "faster than pay in every large city for ten years. Small firms, for their part, warned "
    "that they would have to cut hours. The cabinet is expected to approve the decision next "
    "week, and groups that speak for migrant domestic workers asked again why the rule still "
    "does not cover them at all."
)
OTHER_ZH = (
    "環境部今天說明空氣污染防制計畫的進度，指出中南部秋冬的細懸浮微粒濃度已連續四年下降。地方政府則希望中央補助"
    "老舊機車汰換，並加強稽查露天燃燒。民間團體在場外陳情，要求公開各廠的即時排放數據，讓居民知道自己呼吸的是什麼。"
)


def alike(one: str, other: str) -> float:
    return similarity(fingerprint(one), fingerprint(other))


def share_a_band(one: str, other: str) -> bool:
    return bool(set(fingerprint(one).bands) & set(fingerprint(other).bands))


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        pytest.param(
            ZH, ZH + "（中央社記者王大明台北十二日電）未經授權不得轉載。", id="agency-tail"
        ),
        pytest.param(ZH, "減碳目標出爐　環團：缺退場時程\n" + ZH, id="title-in-the-text"),
        pytest.param(ZH, ZH[: len(ZH) * 3 // 4], id="end-cut-off"),
        pytest.param(ZH, ZH.replace("政府", "行政院").replace("指出", "認為"), id="words-changed"),
        pytest.param(EN, EN + " Reporting by Jane Doe; editing by John Roe.", id="english-tail"),
        pytest.param(EN, EN[: len(EN) * 3 // 4], id="english-end-cut-off"),
        pytest.param(EN, EN.replace("Monday", "2 May").replace("too small", "late"), id="edited"),
    ],
)
def test_a_copy_is_the_same_story(text: str, copy: str):
    """Edited, tailed and shortened copies reach the threshold and are found by a band."""
    assert SAME_STORY <= alike(text, copy) < 1
    assert share_a_band(text, copy)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        pytest.param(
            ZH, ZH.replace("環", "环").replace("電", "电").replace("體", "体"), id="script"
        ),
        pytest.param(ZH, ZH.replace("，", "\n").replace("。", "  "), id="punctuation"),
        pytest.param(EN, EN.upper(), id="case"),
        pytest.param("短訊。", "短訊", id="short"),
    ],
)
def test_spelling_makes_no_difference(text: str, copy: str):
    """What folds alike has likeness 1 and the same bands."""
    assert alike(text, copy) == 1
    assert fingerprint(text).bands == fingerprint(copy).bands


def test_another_text_on_the_topic_is_another_story():
    """Words in common do not make two reports one."""
    assert alike(ZH, OTHER_ZH) < SAME_STORY / 2
    assert alike(ZH, EN) < SAME_STORY / 2
    assert not share_a_band(ZH, OTHER_ZH)


def test_short_texts_must_be_equal():
    """One number changed in a short notice is another notice."""
    one, other = "五月三日油價調漲，每公升三十元。", "五月四日油價調漲，每公升三十元。"

    assert fingerprint(one).shingles < MIN_SHINGLES
    assert alike(one, other) == 0
    assert not share_a_band(one, other)
    assert len(fingerprint(one).bands) == 1


def test_a_short_text_is_not_part_of_a_long_one():
    """A quotation of a text is not the text."""
    assert alike(ZH, ZH[:20]) == 0


def test_a_text_without_words_has_no_story():
    """Two texts of nothing but signs are not the same, and are looked up nowhere."""
    assert fingerprint("……！？").bands == ()
    assert alike("……！？", "……！？") == 0


def test_the_estimate_is_near_the_truth():
    """Likeness is the share of common shingles: here, sets of known overlap."""
    draw = random.Random(7)
    characters = [chr(0x4E00 + draw.randrange(5000)) for _ in range(6000)]
    one = "".join(characters[:4000])
    other = "".join(characters[2000:6000])

    assert alike(one, other) == pytest.approx(1 / 3, abs=0.13)


def test_long_texts_are_read_to_the_end():
    """A text of many thousand units differs by its last part too."""
    many = "".join(chr(0x4E00 + number * 7 % 5003) for number in range(5000))

    assert fingerprint(many).shingles > 4000
    assert alike(many, many[:2600]) < 0.65


def test_bands_are_signed_64_bit_numbers():
    """SQLite keeps them as integers; each band is salted by its place."""
    bands = fingerprint(ZH).bands

    assert len(set(bands)) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in bands)
    assert any(band < 0 for band in bands)


def test_it_is_written_and_read_again():
    """Bytes give back the same fingerprint."""
    kept = Fingerprint.from_bytes(fingerprint(ZH).to_bytes())

    assert kept.bands == fingerprint(ZH).bands
    assert kept.shingles == fingerprint(ZH).shingles
    assert similarity(kept, fingerprint(ZH)) == 1


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-1], id="cut-short"),
        pytest.param(lambda data: b"\x09" + data[1:], id="another-version"),
        pytest.param(lambda _: b"", id="empty"),
    ],
)
def test_foreign_bytes_are_refused(damage):
    """Bytes of another version are not compared."""
    with pytest.raises(BadStore, match="version 1"):
        Fingerprint.from_bytes(damage(fingerprint(ZH).to_bytes()))


def test_it_is_the_same_in_every_process():
    """Fixed values, and another process with another hash seed agree."""
    code = "from core.fingerprints import fingerprint as f; print(f('環境部公布目標').digest)"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert printed == {f"{fingerprint('環境部公布目標').digest}\n"}
    assert fingerprint("環境部公布目標").digest == 16178161290019059052


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(one: str, other: str):
    """Any two texts have one likeness, between 0 and 1; with itself it is 1 if there is a word."""
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert alike(one, one) == (1 if fingerprint(one).digest else 0)
