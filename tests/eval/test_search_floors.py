"""The built-in model and the real keyword index together: what must be found, is.

Forty sentences of our own, half of them in each language, and queries of four kinds. The figures
are low bounds with room for another processor's rounding; `search_quality.py` measures in earnest.
"""

import numpy as np
import pytest

from core.fusion import fuse
from core.models.embedder import BuiltinEmbedder
from core.ports import KeywordQuery, Scored
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex

TEXTS = (
    "移工團體走上街頭，要求政府廢除私人仲介制度。",
    "外籍看護每週至少應有一天休假，工會這樣主張。",
    "核電廠延役的公投案將在八月投票。",
    "離岸風電的漁業補償談判陷入僵局。",
    "颱風過後，山區部落的聯外道路中斷了三天。",
    "原住民族傳統領域的劃設辦法引發抗議。",
    "同性伴侶可以共同收養無血緣關係的子女了。",
    "法院判決跟蹤騷擾防制法的首例有罪。",
    "公共托育的名額不足，家長徹夜排隊。",
    "長照機構火災造成多人傷亡，消防設備不合格。",
    "房租補貼申請人數創下新高，囤房稅再度受到討論。",
    "捷運站增設無障礙電梯的工程延宕。",
    "農地上的違章工廠排放廢水，污染了灌溉水圳。",
    "石虎在苗栗遭路殺，保育團體呼籲設置動物通道。",
    "詐騙集團利用假投資廣告，受害者多為退休人士。",
    "數位身分證的資安疑慮讓計畫暫停。",
    "學校午餐改用在地有機食材。",
    "性別平等教育納入新的課程綱要。",
    "二二八事件的檔案今年全部公開。",
    "社區合作社在屋頂裝設太陽能板，把電賣回電網。",
    "Nurses at the city hospital went on strike over staffing levels.",
    "The court blocked the deportation of asylum seekers.",
    "Residents sued the refinery over polluted groundwater.",
    "A new bike lane network will connect the suburbs to the centre.",
    "The parliament lowered the voting age to sixteen.",
    "Rents rose by a tenth, and tenants formed a union.",
    "Coral reefs bleached for the fourth time in a decade.",
    "The school board removed several novels from libraries.",
    "Farmers protested against the import of cheap grain.",
    "A data breach exposed the medical records of millions.",
    "The police will wear body cameras during demonstrations.",
    "Volunteers cook for homeless people every Friday.",
    "The museum returned looted bronzes to their country of origin.",
    "Deaf viewers asked for sign language in televised debates.",
    "The dam would flood the valley of an indigenous people.",
    "Journalists were detained while covering the election.",
    "A factory fire killed garment workers behind locked doors.",
    "Wolves have returned to the mountains, and shepherds complain.",
    "The minimum wage will rise in January.",
    "Women earn a fifth less than men for the same work.",
)

QUERIES = {
    "words of two characters": {"仲介": 0, "公投": 2, "部落": 4, "收養": 6, "捷運": 11, "石虎": 13},
    "words of one letter case": {"NURSES": 20, "refinery": 22, "Tenant": 25, "wolf wolves": 37},
    "other words, same language": {
        "風力發電與漁民": 3,
        "幼兒園抽籤": 8,
        "居住正義": 10,
        "學童營養": 16,
        "equal pay for women": 39,
        "hospital workers walk out": 20,
        "refugees and judges": 21,
        "climate change in the ocean": 26,
    },
    "the other language": {
        "migrant workers and brokers": 0,
        "nuclear power plant referendum": 2,
        "same-sex couples adopting children": 6,
        "solar panels on the roof": 19,
        "護理師罷工": 20,
        "投票年齡降到十六歲": 24,
        "記者在採訪選舉時被捕": 35,
        "最低工資調漲": 38,
    },
}


@pytest.fixture(scope="module")
def ranks():
    """Per set, for each way of searching, at which rank (from 1) each query's text stands."""
    database = Database(None)
    keywords = FtsKeywordIndex(database)
    for number, text in enumerate(TEXTS):
        keywords.index(1, number, title="", body=text)
    embedder = BuiltinEmbedder()
    vectors = embedder.embed(TEXTS)

    def ranked(query):
        words = keywords.find(1, KeywordQuery(any_of=tuple(query.split())), limit=40)
        likeness = embedder.embed([query], role="query")[0] @ vectors.T
        order = np.argsort(-likeness, kind="stable")
        meaning = [Scored(int(item), float(likeness[item])) for item in order]
        return {"words": words, "meaning": meaning, "fused": fuse(words, meaning)}

    found = {}
    for name, asked in QUERIES.items():
        for query, answer in asked.items():
            for way, hits in ranked(query).items():
                ids = [hit.item_id for hit in hits]
                rank = ids.index(answer) + 1 if answer in ids else 1000
                found.setdefault(name, {}).setdefault(way, []).append(rank)
    database.close()
    return found


def reciprocal(found):
    """The mean reciprocal rank: 1 when each answer stands first."""
    return sum(1 / rank for rank in found) / len(found)


def test_words_that_are_there_stand_first(ranks):
    """Whatever the model thinks, the text that holds the word is the first hit."""
    assert ranks["words of two characters"]["fused"] == [1] * 6
    assert ranks["words of one letter case"]["fused"] == [1] * 4


@pytest.mark.parametrize("name", QUERIES)
def test_together_is_as_good_as_the_better_one(ranks, name):
    """Words and meaning lose at most one place in one query of a set against the better of them."""
    ways = {way: reciprocal(found) for way, found in ranks[name].items()}

    assert ways["fused"] >= max(ways["words"], ways["meaning"]) - 0.5 / len(QUERIES[name])


def test_meaning_is_found_across_languages(ranks):
    """Where no word is shared, the other language's text is among the first."""
    assert reciprocal(ranks["the other language"]["words"]) < 0.1
    assert reciprocal(ranks["the other language"]["fused"]) >= 0.8


def test_meaning_is_found_in_other_words(ranks):
    """Where words differ, the text is mostly among the first three."""
    found = ranks["other words, same language"]["fused"]

    assert sum(rank <= 3 for rank in found) >= 5
