"""Language: what a text is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language import SAMPLE, detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("政府昨天宣布新的住宅法案，將於明年上路。", "zh-Hant", id="traditional"),
        pytest.param("政府昨天宣布新的住宅法案，将于明年实施。", "zh-Hans", id="simplified"),
        pytest.param("香港人嘅生活好辛苦㗎", "zh-Hant", id="cantonese"),
        pytest.param("阿公講ㄟ故事", "zh-Hant", id="bopomofo"),
        pytest.param("高山青", None, id="too-few-characters"),
        pytest.param("高山流水在此", "zh", id="common-to-both"),
        pytest.param("優の良品今日特賣，便宜到爆", "zh-Hant", id="one-kana-is-a-shop"),
        pytest.param("The cabinet said on Monday that it will act.", "en", id="english"),
        pytest.param("Migrant workers demand equal rights", "en", id="english-headline"),
        pytest.param("政府は昨日、新しい住宅法を発表した。", "ja", id="japanese"),
        pytest.param("한국 정부", "ko", id="korean"),
        pytest.param("정부는 어제 新法을 발표했다.", "ko", id="korean-with-hanja"),
        pytest.param("รัฐบาลประกาศกฎหมายใหม่", "th", id="thai"),
        pytest.param("กข", None, id="two-thai-letters"),
        pytest.param("Η κυβέρνηση ανακοίνωσε νέο νόμο", "el", id="greek"),
        pytest.param("Chính phủ hôm qua đã công bố luật mới về nhà ở.", "vi", id="vietnamese"),
        pytest.param("Hak pekerja migran Indonesia di Taiwan", "id", id="indonesian"),
        pytest.param("Mga karapatan ng mga manggagawang migrante", "tl", id="tagalog"),
        pytest.param("Die Regierung hat gestern ein Gesetz beschlossen.", "de", id="german"),
        pytest.param("Le gouvernement a présenté hier un projet de loi.", "fr", id="french"),
        pytest.param("Правительство вчера представило новый закон.", "ru", id="russian"),
        pytest.param("حكومة", None, id="one-arabic-word"),
        pytest.param("أعلنت الحكومة أمس قانونا جديدا بشأن الإسكان.", "ar", id="arabic"),
        pytest.param("सरकार ने कल आवास पर एक नया कानून पेश किया।", "hi", id="hindi"),
        pytest.param("", None, id="empty"),
        pytest.param("123,456 %", None, id="numbers"),
        pytest.param("🙂🙂🙂", None, id="emoji"),
        pytest.param("ok thanks", None, id="two-words"),
        pytest.param("Xqz vbn wrtp kjh", None, id="no-language"),
        pytest.param("https://example.com/the/of/and/to/in", None, id="an-address-says-nothing"),
    ],
)
def test_a_text_is_told_by_its_script_and_words(text: str, language: str | None):
    """Scripts, character sets and function words give the tag; too little gives none."""
    assert detect(text) == language


def test_a_chinese_article_with_english_names_is_chinese():
    """Names carry no sentences, however many there are."""
    text = (
        "NVIDIA CEO Jensen Huang 與 TSMC C.C. Wei 出席 COMPUTEX Taipei Keynote，"
        "展示 Blackwell Ultra GPU 與 Grace CPU 的 NVLink Fusion。"
    )

    assert detect(text) == "zh-Hant"


def test_an_english_article_with_chinese_names_is_english():
    """A few characters in brackets do not turn the language."""
    text = (
        "The Legislative Yuan (立法院) passed the act that the Ministry of Labor (勞動部) had "
        "proposed to the cabinet (行政院) in the spring, and it will be in force from July."
    )

    assert detect(text) == "en"


def test_a_french_article_with_chinese_names_is_french():
    """Languages without a list of function words win by their mass."""
    text = "Le parlement (立法院) a adopté hier soir une loi proposée par le ministère du Travail."

    assert detect(text) == "fr"


def test_a_quotation_from_japanese_leaves_chinese():
    """A few kana in a long Chinese text are a quotation."""
    text = (
        "這家位於台北的書店以日文「ありがとう」為名，專賣翻譯小說，今年將在臺中開設第二家分店，"
        "老闆說，希望讓更多讀者認識各國的當代作家，也會邀請譯者來和讀者見面。"
    )

    assert detect(text) == "zh-Hant"


def test_only_the_beginning_counts():
    """What stands after the sample changes nothing."""
    beginning = "政府昨天宣布新的住宅法案，將於明年上路。" * (SAMPLE // 20 + 1)

    assert detect(beginning + "The cabinet said that it will act. " * 2000) == "zh-Hant"


@given(st.text())
def test_any_text_gets_a_tag_or_none(text: str):
    """Nothing that people send makes detection fail."""
    language = detect(text)

    assert language is None or language.split("-")[0].isalpha()
