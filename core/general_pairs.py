"""Sixty short texts with a sentence that follows from each, and nine that do not.

They belong to no community and no topic of the starter taxonomy in particular, and nothing is ever
trained on them: a model that recognises the right sentences as often as before has not forgotten
what it knew in general. Written for this purpose. The wrong sentences are one written to tempt, and
those of the texts that follow in the list; two sentences alone were too easy to tell anything.
"""

from dataclasses import dataclass

OTHERS = 8
"""So many of a text's wrong sentences are right for other texts."""


@dataclass(frozen=True, slots=True)
class GeneralText:
    """A premise, the hypothesis that it entails, and some that it does not."""

    premise: str
    right: str
    wrong: tuple[str, ...]


_WRITTEN = (
    ("昨晚的豪雨讓山區多處土石流，三個部落的聯外道路中斷。", "天災", "股市"),
    ("這支球隊靠著最後一局的全壘打逆轉，拿下隊史第一座冠軍。", "運動比賽", "選舉"),
    ("醫院的急診室連續三天滿床，有人在走廊上等了兩天才有病房。", "醫療", "觀光旅遊"),
    ("房東要求漲三成租金，房客們決定一起找律師。", "居住與租屋", "海洋保育"),
    ("央行宣布升息半碼，房貸族每個月要多付幾百元。", "金融與利率", "文學"),
    ("這位作家花了十年寫成的小說，上週拿下文學獎首獎。", "文學", "交通"),
    ("捷運新路線延後兩年通車，沿線居民只能繼續擠公車。", "交通", "飲食"),
    ("學校把午餐改由在地小農供應，孩子們第一次吃到現採的青菜。", "校園與學生", "太空探索"),
    ("漁船的引擎聲讓鯨豚迷航，研究團隊建議航道往外移。", "海洋生物", "房地產"),
    ("火箭升空八分鐘後把衛星送進軌道，控制室裡響起掌聲。", "太空", "農業"),
    ("稻米收成只有往年的一半，農民希望政府提早發補助。", "農業", "電影"),
    ("導演用手機拍完整部電影，預算不到一百萬。", "電影", "軍事"),
    ("法院判決公司必須賠償，因為它賣出有瑕疵的煞車。", "法律與判決", "音樂"),
    ("演唱會門票一分鐘內賣光，歌迷抱怨黃牛太多。", "音樂表演", "能源"),
    ("風力發電機組下個月開始運轉，可以供應十萬戶用電。", "能源", "語言學習"),
    ("志工每週六教新住民說台語，也跟他們學越南話。", "語言", "半導體"),
    ("新的晶圓廠動工，公司預計三年內招募兩千名工程師。", "科技產業", "宗教"),
    ("媽祖遶境隊伍昨天走進市區，沿路有人準備茶水。", "宗教民俗", "資訊安全"),
    ("駭客偷走三十萬筆個資，網站建議用戶馬上改密碼。", "資訊安全", "登山"),
    ("登山客迷路兩天後獲救，他靠著手電筒發出求救訊號。", "登山與救難", "退休金"),
    ("退休金改革的草案送進議會，工會揚言上街。", "退休與年金", "寵物"),
    ("流浪狗被安置在校園裡，學生輪流餵食和散步。", "動物", "外交"),
    ("兩國恢復談判，外交部長說下個月會派代表團。", "外交", "時尚"),
    ("這間餐廳改用回收的蔬菜做菜，一開幕就大排長龍。", "飲食", "核能"),
    ("研究發現，每天走路半小時可以降低心臟病風險。", "健康", "移民"),
    ("移民署放寬規定，外籍配偶可以先工作再補文件。", "移民", "天文"),
    ("老屋修復以後變成社區圖書館，牆上還留著當年的招牌。", "文化資產", "疫苗"),
    ("疫苗到貨比預期晚，衛生所改為預約制。", "疫苗與防疫", "電玩"),
    ("這款遊戲因為抽獎機制被罰款，玩家可以申請退費。", "電玩", "森林"),
    ("巡山員在深山發現盜伐的痕跡，兩棵千年紅檜被鋸走。", "森林與盜伐", "育兒"),
    ("Floods closed the coastal road, and two villages had to be supplied by boat.",
     "a natural disaster", "a film festival"),
    ("The striker scored twice in the last ten minutes and sent the home side to the final.",
     "sport", "banking"),
    ("Nurses say that they care for fourteen patients at a time on the night shift.",
     "health care", "astronomy"),
    ("The landlord refused to repair the heating, so the tenants stopped paying rent.",
     "housing", "fishing"),
    ("The central bank left its rate unchanged and warned of slower growth.",
     "the economy", "poetry"),
    ("Her second novel tells of three sisters who inherit a lighthouse.",
     "literature", "road safety"),
    ("Commuters waited an hour as a broken signal stopped every train into the city.",
     "public transport", "cooking"),
    ("Pupils planted two hundred trees around their school this spring.",
     "schools", "the stock exchange"),
    ("Divers found that half of the reef had turned white after the hot summer.",
     "the sea", "a court case"),
    ("The probe sent back its first pictures of the moon's far side.",
     "space", "a trade union"),
    ("Wheat farmers fear a poor harvest after the driest May on record.",
     "agriculture", "computer games"),
    ("The director shot the whole film in one flat and with four actors.",
     "cinema", "border control"),
    ("Judges ruled that the ministry must publish the contracts within thirty days.",
     "a court decision", "swimming"),
    ("The orchestra will play all nine symphonies in one weekend.",
     "music", "sewage"),
    ("Solar panels on the stadium roof now cover its electricity for half of the year.",
     "energy", "marriage"),
    ("The evening class teaches newcomers to read letters from the town hall.",
     "learning a language", "volcanoes"),
    ("The chip maker will build a second plant and hire eight hundred people.",
     "the technology industry", "a pilgrimage"),
    ("Thousands walked to the shrine on foot, as their grandparents had done.",
     "religion", "data theft"),
    ("Attackers locked the hospital's computers and asked for a ransom.",
     "cyber security", "gardening"),
    ("A helicopter lifted two climbers from the ridge after a night in the snow.",
     "a mountain rescue", "pensions"),
    ("Workers would have to stay two years longer before they draw a pension.",
     "pensions", "pets"),
    ("The shelter looks for homes for forty cats before the winter.",
     "animals", "a peace treaty"),
    ("Envoys of both governments met for the first time since the ceasefire.",
     "diplomacy", "fashion"),
    ("The bakery sells yesterday's bread at half price, and nothing is thrown away.",
     "food", "nuclear waste"),
    ("People who sleep less than six hours catch colds more often, a study finds.",
     "health", "a railway strike"),
    ("Families wait three years on average for their visa to be decided.",
     "immigration", "chess"),
    ("Masons repaired the medieval bridge with stone from the old quarry.",
     "heritage", "vaccination"),
    ("Clinics gave the second dose to all who were over seventy by March.",
     "vaccination", "sailing"),
    ("The studio delayed its game again, and players want their money back.",
     "computer games", "forestry"),
    ("Rangers counted more wolves in the forest than in any year since 1950.",
     "wildlife", "child benefit"),
)  # fmt: skip


def _texts() -> tuple[GeneralText, ...]:
    found = []
    for is_english, template in (
        (False, "這篇文章與「{}」有關。"),
        (True, "This text is about {}."),
    ):
        own = [each for each in _WRITTEN if each[0].isascii() is is_english]
        for place, (premise, right, tempting) in enumerate(own):
            others = [own[(place + step) % len(own)][1] for step in range(1, len(own))]
            wrong = [tempting, *(each for each in others if each not in (right, tempting))]
            said = [template.format(each) for each in (right, *wrong[: OTHERS + 1])]
            found.append(GeneralText(premise, said[0], tuple(said[1:])))
    return tuple(found)


GENERAL_TEXTS = _texts()
