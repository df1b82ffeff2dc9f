"""What menus, captions, bylines, notices and pleas say around an article, in Chinese and English.

Written in Traditional Chinese and lower case, and compiled to match folded text (`core.folding`),
so that Simplified characters, full-width signs and capitals are met too.
"""

import re

from core.folding import fold

_HAN = re.compile("[\u4e00-\u9fff]+")


def _phrases(text: str) -> frozenset[str]:
    return frozenset(fold(phrase.strip()) for phrase in text.split(","))


def _any_of(*patterns: str) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(_HAN.sub(lambda han: fold(han.group()), joined))


BUTTONS = _phrases(
    """
    查看更多, 閱讀全文, 繼續閱讀, 展開全文, 回首頁, 首頁, 回到頂端, 回上一頁, 回列表, 上一篇,
    下一篇, 上一則, 下一則, 上一頁, 下一頁, 分享, 分享到, 分享至, 分享文章, 分享本文, 分享此文,
    複製連結, 列印, 轉寄, 友善列印, 收藏, 按讚, 留言, 發表留言, 我要留言, 發表評論, 登入, 註冊,
    登出, 會員登入, 訂閱, 訂閱電子報, 加入會員, 關於我們, 聯絡我們, 聯繫我們, 隱私權政策,
    隱私權聲明, 隱私政策, 服務條款, 使用條款, 廣告, 贊助, 贊助商廣告, 標籤, 關鍵字, 目錄, 選單,
    搜尋, 字級, 語言, 跳到主要內容, facebook, fb, line, twitter, x, threads, instagram, ig,
    youtube, whatsapp, telegram, linkedin, email, e-mail, copy link, copy url, read more,
    read full story, read full article, learn more, continue reading, show more, load more,
    loading, share, share this, share this article, share this post, share this story,
    share on facebook, share on twitter, share on x, share on linkedin, share via email, tweet,
    print, save, like, reply, follow, follow us, subscribe, subscribe now, sign up, sign in,
    log in, login, register, my account, newsletter, newsletters, advertisement, ad, ads,
    sponsored, comments, leave a comment, leave a reply, post a comment, tags, topics, home, menu,
    search, skip to content, skip to main content, skip navigation, main navigation, breadcrumb,
    previous, next, previous post, next post, previous article, next article, back to top, about,
    about us, contact, contact us, careers, privacy, privacy policy, cookie policy,
    cookie settings, terms of service, terms of use, terms and conditions, accept, accept all,
    accept cookies, accept all cookies, reject all, close, donate, donate now,
    listen to this article, table of contents, in this article
    """
)
"""Whole lines: a button or an entry of a menu."""

BOXES = _phrases(
    """
    相關新聞, 相關文章, 相關報導, 相關閱讀, 相關連結, 相關影片, 相關主題, 延伸閱讀, 推薦閱讀,
    推薦文章, 推薦新聞, 熱門新聞, 熱門文章, 熱門話題, 熱門影片, 最新文章, 最新新聞, 最新消息,
    即時新聞, 更多新聞, 更多文章, 更多內容, 你可能會喜歡, 你可能也喜歡, 你可能感興趣, 猜你喜歡,
    看更多, 了解更多, 閱讀更多, more, see also, related, related articles, related stories,
    related news, related posts, related topics, recommended, recommended for you,
    you may also like, you might also like, most read, most popular, popular posts, recent posts,
    trending, trending now, latest news, latest, more news, more stories, editor's picks,
    同場加映, read next, more on this story, more from us, also read
    """
)
"""Whole lines: the head of a box of links to other texts."""

SOURCES = _phrases(
    """
    參考資料, 參考文獻, 參考來源, 參考連結, 參考資料來源, 引用來源, 資料來源, 註釋, 註解, 注釋,
    附註, 註腳, 外部連結, references, reference, reference list, sources, bibliography,
    works cited, notes, footnotes, endnotes, citations, further reading, external links,
    notes and references
    """
)
"""Whole lines: the head of a list of sources."""

BEGINNINGS = _any_of(
    # heads of boxes with what they hold in the same line
    r"[\[【(]?\s*(?:延伸閱讀|相關(?:新聞|文章|報導|閱讀|連結)|推薦閱讀|更多.{0,14}(?:新聞|文章|報導)|看更多"
    r"|點我看更多|熱門新聞|同場加映|不看可惜)\s*(?:[\]】):>》〉|/↓▼→]|$)",
    r"(?:tags?|keywords?|topics?|categor(?:y|ies)|filed under|posted in|see also|related|read more"
    r"|also read|read also|read next|more from|further reading)\s*[:|»>]",
    r"(?:關鍵[字詞]|(?:文章)?標籤|分類|主題標籤)\s*:",
    # captions
    r"[▲▼△▽◤◢↑↓]",
    r"[(【\[]?\s*(?:圖|圖[一二三四五六七八九\d]|圖說|圖文|圖片|照片|影片"
    r"|photos?|images?|pictures?|videos?)\s*[/|:]",
    r"\(?\s*(?:圖片來源|圖片提供|照片提供|資料照|示意圖|翻攝|photo (?:by|credit|courtesy)"
    r"|image credits?|photographs? by|courtesy of|getty images|shutterstock)",
    # bylines
    r"[(【〔\[]?\s*(?:[\w ]{2,12}社)?\s*(?:特派|實習|地方中心|綜合報導)?\s*(?:記者|編譯)\s*"
    r"[^,。!?]{2,24}(?:報導|電|攝影|攝)\s*[)】〕\]]?\s*$",
    r"(?:文|圖文|撰文|作者|編輯|責任編輯|審稿|核稿|校對|譯者|翻譯|撰稿|採訪|採訪撰文|攝影|製圖"
    r"|記者|出處|來源|原文|原文連結|發[布佈]時間|更新時間|出版日期|瀏覽次數|點閱)\s*[:/|]",
    r"(?:reporting|writing|editing|written|edited|translated|compiled) by\b",
    r"(?:published|updated|last updated|posted|last modified)\s*(?:on|at|:)\s*\S+",
    # dates alone
    r"(?:(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d"
    r"|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?: \d{1,2},?)? (?:19|20)\d\d)"
    r"[\s\d:,|()上下午週星期一二三四五六日]*(?:[ap]\.?m\.?)?\s*$",
    # rights
    r"©|ⓒ|\(c\) ?(?:19|20)\d\d|copyright\b|版權所有|著作權所有"
    r"|本(?:文|篇|報導|新聞).{0,16}(?:授權|轉載|首刊|原刊|同意刊)|原文刊|轉載自",
    # pleas and notices
    r"(?:click|tap) here|sign up\b|subscribe\b|join our|follow (?:us|@)|download our|get our"
    r"|already a (?:subscriber|member)|support (?:us\b|our work|our journalism|independent)"
    r"|make a donation|become a member|help us\b",
    r"(?:點此|點我|按此|請點|點[擊選](?:此|這|下方|連結|查看|觀看|進入|圖))"
    r"|訂閱(?:我們|本|電子報|頻道|免費|更多)|追蹤(?:我們|本|更多|[\s:@])|關注我們"
    r"|歡迎(?:訂閱|追蹤|加入|分享|按讚)"
    r"|加入.{0,12}(?:好友|會員|粉絲|社群|line)|下載.{0,10}app|掃描.{0,8}qr|支持(?:我們|獨立媒體)"
    r"|贊助我們|捐款支持|按讚(?:追蹤|加|支持|分享|並)|立即(?:訂閱|加入|下載|註冊|登入|捐款)",
    r"by (?:continuing|clicking|using) .{0,60}(?:cookies?|agree|terms|accept)",
    r"please (?:enable|turn on) javascript|your browser (?:does not|doesn't|is not)",
    r"(?:skip|jump|back|go) to (?:the )?(?:main |primary )?(?:content|navigation|top|menu)\b",
)
"""Beginnings of lines."""

ANYWHERE = _any_of(
    r"all rights reserved|未經.{0,6}(?:授權|同意|許可)|(?:不得|請勿)(?:任意|擅自)?轉載|版權所有"
    r"|著作權聲明",
    r"(?:使用|接受|同意|透過|運用).{0,12}cookies?|cookies?.{0,24}(?:政策|同意|體驗)"
    r"|cookie (?:policy|settings|preferences|consent)|uses? cookies",
    r"(?:圖|照片|影片)\s*/\s*[^。,]{1,24}(?:\)|$)|記者\S{2,6}攝\)?\s*$",
    r"\((?:資料照|示意圖|翻攝|取自|截圖|圖片來源)[^)]{0,24}\)\s*$",
    r"\((?:ap|afp|epa|reuters|路透社?|法新社|美聯社|達志影像)(?:/[^)]*)?\)\s*$",
    r"\((?:photo|image|picture|file photo|source)\b[^)]{0,60}\)\s*$"
    r"|(?:getty images|shutterstock|unsplash)\W*$",
    r"sign up (?:for|to) (?:our|the|receive|get)|subscribe to (?:our|receive|get)"
    r"|newsletter.{0,30}inbox|unsubscribe at|follow us on|like us on"
    r"|download (?:the|our) .{0,12}app\b|(?:log|sign) in to (?:comment|your|continue)"
    r"|read the full (?:story|article) (?:at|on|here)",
    r"訂閱.{0,12}(?:電子報|頻道|週報)|加入.{0,8}line.{0,6}好友|粉絲(?:專頁|團).{0,8}(?:按讚|追蹤)"
    r"|不用抽.{0,3}不用搶|現在用app看新聞|點我下載|喝酒不開車|未滿十八歲.{0,6}(?:飲酒|請勿)",
)
"""Signs that tell wherever they stand in a short line."""

DATELINE = _any_of(
    r"\s*[(【〔\[][^)】〕\]]{0,30}(?:記者|中央社|新華社|綜合報導|編譯|[日月]電)"
    r"[^)】〕\]]{0,24}[)】〕\]]\s*",
    r"\s*記者[^,。\s]{2,8}/[^,。\s]{2,8}報導\s+",
    r"\s*[a-z][a-z .,]{2,30}\((?:ap|afp|reuters|cna|upi|bloomberg)\)\s*[—–-]{1,2}\s*",
)
"""What an agency puts before its first sentence."""
