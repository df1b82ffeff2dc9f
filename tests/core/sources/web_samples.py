# ruff: noqa: E501 - markup is as wide as it is
"""Small pages in the shapes of real sites, with what a reader would call the article on each.

The texts are our own; the markup follows how news sites, blogs and forums in Taiwan and elsewhere are
built: where the title, the author and the date stand, what surrounds the paragraphs, and which
noise stands between them.
"""

from dataclasses import dataclass
from datetime import date

ZH = (
    "環保團體今天在立法院前召開記者會，要求政府公開全國二十二縣市的空氣品質監測資料，並訂出改善的期程。",
    "主辦單位表示，過去三年申請資料的公文往返超過四十次，得到的回覆卻大多是「研議中」，居民完全無從得知自己呼吸的空氣裡有什麼。",
    "台中市一位小學老師帶來學生的觀察紀錄。她說，孩子們每天早上看窗外的山，看不見的日子比看得見的多，這份紀錄比任何報告都誠實。",
    "環境部空氣品質保護司回應，監測資料已在整理，預計年底前以開放格式上網，屆時任何人都可以下載、比對與再利用。",
    "團體則說，承諾要有日期，也要有負責的人；如果年底沒有做到，他們會再回到同一個地方。",
)

EN = (
    (
        "Residents of three riverside villages met on Saturday to decide what to do with the old sugar mill, which has stood "
        "empty since the last shift walked out of its gates in 1998."
    ),
    (
        "The meeting was the first of its kind in the district. Nobody from the company came, although the organisers had "
        "kept two chairs free in the front row and put name cards on them."
    ),
    (
        "“We are not asking for charity,” said Ana Ruiz, who worked in the packing hall for eleven years. “We are asking "
        "for the keys, and for somebody at the council to answer the telephone.”"
    ),
    (
        "A survey that the village school carried out last spring found that four families out of five would use a market "
        "hall, and that most of them would pay a small fee to rent a stall in it."
    ),
    "The council says that it will publish an estimate of the cost of repairs in June and hold a second meeting after that.",
)


@dataclass(frozen=True)
class Sample:
    """A page with what must be found on it, and what must not be."""

    name: str
    html: str
    url: str
    paragraphs: tuple[str, ...]
    noise: tuple[str, ...] = ()
    title: str | None = None
    author: str | None = None
    published_on: date | None = None
    site: str | None = None
    language: str = "zh-Hant"
    image_url: str | None = None


def p(paragraphs: tuple[str, ...]) -> str:
    """As `<p>` elements."""
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _links(prefix: str, count: int = 12) -> str:
    return "".join(f'<li><a href="/s/{n}">{prefix}{n}</a></li>' for n in range(count))


UDN = Sample(
    name="udn",
    url="https://udn.com/news/story/7266/7654321",
    html=f"""<!DOCTYPE html><html lang="zh-Hant-TW"><head><meta charset="utf-8">
<title>環團立院前籲公開空品資料 要求訂出期程 | 生活新聞 | 生活 | 聯合新聞網</title>
<meta property="og:title" content="環團立院前籲公開空品資料 要求訂出期程 | 生活新聞 | 生活 | 聯合新聞網">
<meta property="og:site_name" content="聯合新聞網"><meta property="og:type" content="article">
<meta property="og:image" content="https://pgw.udn.com.tw/gw/photo.php?u=https://uc.udn.com.tw/photo/1.jpg&x=0">
<meta name="date.available" content="2024/04/12 14:05:00">
<link rel="canonical" href="https://udn.com/news/story/7266/7654321">
<script type="application/ld+json">{{"@context":"http://schema.org","@type":"NewsArticle",
"headline":"環團立院前籲公開空品資料 要求訂出期程","datePublished":"2024-04-12T14:05:00+08:00",
"dateModified":"2024-04-13T09:00:00+08:00","image":{{"@type":"ImageObject","url":"https://uc.udn.com.tw/photo/1.jpg"}},
"author":{{"@type":"Person","name":"記者林怡君"}},"publisher":{{"@type":"Organization","name":"聯合新聞網"}}}}</script></head>
<body><header><nav><ul>{_links("要聞選單")}</ul></nav></header>
<main><section class="article-content__wrapper"><h1 class="article-content__title">環團立院前籲公開空品資料 要求訂出期程</h1>
<section class="authors"><time class="article-content__time">2024-04-12 14:05</time>
<span class="article-content__author">聯合報 記者<a href="/author/1">林怡君</a>／台北即時報導</span></section>
<section class="article-content__editor"><figure><img src="/1.jpg"><figcaption>環保團體在立法院前手持標語。記者林怡君／攝影</figcaption></figure>
{p(ZH[:2])}<div class="ad"><p>▪ 廣告 請繼續往下閱讀</p></div>{p(ZH[2:])}</section></section>
<section class="discuss-board"><h2>網友留言</h2><div class="comment"><p>這則留言不是文章的一部分，只是一位讀者的意見而已，不應該被收進來。</p></div></section>
</main><aside><h3>熱門文章</h3><ul>{_links("熱門文章標題第")}</ul></aside><footer>聯合線上公司 著作權所有 ©</footer></body></html>""",
    paragraphs=ZH,
    noise=("要聞選單3", "熱門文章標題第3", "著作權所有", "這則留言不是文章"),
    title="環團立院前籲公開空品資料 要求訂出期程",
    author="記者林怡君",
    published_on=date(2024, 4, 12),
    site="聯合新聞網",
    image_url="https://pgw.udn.com.tw/gw/photo.php?u=https://uc.udn.com.tw/photo/1.jpg&x=0",
)

LTN = Sample(
    name="ltn",
    url="https://news.ltn.com.tw/news/life/breakingnews/4640001",
    html=f"""<!DOCTYPE html><html lang="zh-TW"><head><meta charset="utf-8">
<title>空污資料不公開 環團赴立院抗議 - 生活 - 自由時報電子報</title>
<meta property="og:title" content="空污資料不公開 環團赴立院抗議 - 生活 - 自由時報電子報">
<meta property="og:site_name" content="自由時報電子報"><meta name="pubdate" content="2024-04-12T15:20:00+08:00">
<meta property="og:image" content="/assets/2024/04/12/phpX.jpg"></head>
<body><div class="ltnheader"><div class="boxInput">{_links("即時")}</div></div>
<div class="content"><div class="whitecon" itemprop="articleBody"><h1>空污資料不公開 環團赴立院抗議</h1>
<div class="text boxTitle boxText" data-desc="內文"><span class="time">2024/04/12 15:20</span>
<div class="photo boxTitle"><p><span class="ph_i"><img src="a.jpg"></span><span class="ph_d">環團今赴立院抗議。（記者王大同攝）</span></p></div>
<p>〔記者王大同／台北報導〕{ZH[0]}</p>{p(ZH[1:3])}<p class="before_ir">請繼續往下閱讀...</p>{p(ZH[3:])}
<p class="appE1121">不用抽 不用搶 現在用APP看新聞 保證天天中獎　<a href="#">點我下載APP</a>　<a href="#">按我看活動辦法</a></p>
</div><div class="related"><p><a href="/1">相關新聞一：另外一件事情的標題</a></p><p><a href="/2">相關新聞二：再一件事情的標題</a></p></div></div></div>
<footer>自由時報版權所有不得轉載</footer></body></html>""",
    paragraphs=ZH,
    noise=("即時3", "相關新聞二"),
    title="空污資料不公開 環團赴立院抗議",
    author="王大同",
    published_on=date(2024, 4, 12),
    site="自由時報電子報",
    image_url="https://news.ltn.com.tw/assets/2024/04/12/phpX.jpg",
)

CNA = Sample(
    name="cna",
    url="https://www.cna.com.tw/news/ahel/202404120188.aspx",
    html=f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8">
<title>環團籲公開空品監測資料 環境部：年底前上網 | 生活 | 中央社 CNA</title>
<meta property="og:title" content="環團籲公開空品監測資料 環境部：年底前上網 | 生活 | 中央社 CNA">
<meta property="og:site_name" content="中央社 CNA"><meta itemprop="datePublished" content="2024/04/12 13:30">
<meta property="og:image" content="https://imgcdn.cna.com.tw/www/WebPhotos/1024/1.jpg">
<script type="application/ld+json">[{{"@context":"http://schema.org","@type":"NewsArticle","headline":"環團籲公開空品監測資料 環境部：年底前上網",
"datePublished":"2024-04-12T13:30:00+08:00","author":{{"@type":"Organization","name":"中央通訊社"}}}}]</script></head><body>
<div class="menu">{_links("分類")}</div><div class="centralContent"><h1><span>環團籲公開空品監測資料 環境部：年底前上網</span></h1>
<div class="updatetime"><span>2024/4/12 13:30（4/12 14:10 更新）</span></div>
<div class="paragraph"><p>（中央社記者陳小雲台北12日電）{ZH[0]}</p>{p(ZH[1:])}<p>（編輯：張大山）1130412</p>
<div class="paragraph moreArticle"><a href="/x">其他新聞標題在這裡</a></div></div></div><footer>本網站之文字、圖片及影音，非經授權，不得轉載、公開播送或公開傳輸及利用。</footer></body></html>""",
    paragraphs=ZH,
    noise=("分類3",),
    title="環團籲公開空品監測資料 環境部：年底前上網",
    author="陳小雲",
    published_on=date(2024, 4, 12),
    site="中央社 CNA",
    image_url="https://imgcdn.cna.com.tw/www/WebPhotos/1024/1.jpg",
)

PTT = Sample(
    name="ptt",
    url="https://www.ptt.cc/bbs/Gossiping/M.1712901234.A.1B2.html",
    html=f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>[問卦] 空品資料怎麼查 - 看板 Gossiping - 批踢踢實業坊</title>
<meta property="og:site_name" content="Ptt 批踢踢實業坊"><meta property="og:title" content="[問卦] 空品資料怎麼查">
<link rel="canonical" href="https://www.ptt.cc/bbs/Gossiping/M.1712901234.A.1B2.html"></head><body>
<div id="topbar-container"><div id="topbar"><a href="/bbs/">批踢踢實業坊</a><a href="/about.html">關於我們</a></div></div>
<div id="main-container"><div id="main-content" class="bbs-screen bbs-content"><div class="article-metaline"><span class="article-meta-tag">作者</span><span class="article-meta-value">mountain (看山的人)</span></div><div class="article-metaline-right"><span class="article-meta-tag">看板</span><span class="article-meta-value">Gossiping</span></div><div class="article-metaline"><span class="article-meta-tag">標題</span><span class="article-meta-value">[問卦] 空品資料怎麼查</span></div><div class="article-metaline"><span class="article-meta-tag">時間</span><span class="article-meta-value">Fri Apr 12 13:53:52 2024</span></div>

{ZH[0]}

{ZH[1]}

{ZH[2]}

--
<span class="f2">※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 192.0.2.7 (臺灣)
</span><span class="f2">※ 文章網址: <a href="https://www.ptt.cc/bbs/Gossiping/M.1712901234.A.1B2.html">https://www.ptt.cc/bbs/Gossiping/M.1712901234.A.1B2.html</a>
</span><div class="push"><span class="push-tag">推 </span><span class="push-userid">reader01</span><span class="push-content">: 推文內容不是文章的一部分</span><span class="push-ipdatetime"> 04/12 13:55</span></div>
<div class="push"><span class="push-tag">噓 </span><span class="push-userid">reader02</span><span class="push-content">: 這一則推文也不是</span><span class="push-ipdatetime"> 04/12 13:58</span></div>
</div></div></body></html>""",
    paragraphs=ZH[:3],
    noise=("推文內容不是", "這一則推文也不是", "關於我們", "發信站"),
    title="[問卦] 空品資料怎麼查",
    author="mountain",
    published_on=date(2024, 4, 12),
    site="Ptt 批踢踢實業坊",
)

MATTERS = Sample(
    name="matters",
    url="https://matters.town/a/abcd1234efgh",
    html=f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>看山的日子 - 看山的人 - Matters</title>
<meta name="description" content="{ZH[0][:30]}"><meta property="og:title" content="看山的日子 - 看山的人 - Matters"><meta property="og:site_name" content="Matters">
<meta property="og:image" content="https://assets.matters.news/cover/1.jpeg">
<script type="application/ld+json">{{"@context":"http://schema.org","@type":"Article","headline":"看山的日子","datePublished":"2024-04-12T02:00:00.000Z",
"author":{{"@type":"Person","name":"看山的人"}},"publisher":{{"@type":"Organization","name":"Matters"}}}}</script></head>
<body><div id="__next"><main><header><a>登入 / 註冊</a></header><article><section><h1>看山的日子</h1></section>
<div class="u-content" itemprop="articleBody">{p(ZH[:2])}<h2>孩子的紀錄</h2>{p(ZH[2:3])}<ul><li>第一項紀錄：晴，看得見山</li><li>第二項紀錄：陰，看不見山</li></ul>{p(ZH[3:])}</div></article>
<section class="comments"><div class="comment"><p>寫得真好，謝謝作者分享這篇關於山的文章，期待下一篇。</p></div></section></main></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{}}}}</script></body></html>""",
    paragraphs=(*ZH, "孩子的紀錄", "第一項紀錄：晴，看得見山"),
    noise=("寫得真好",),
    title="看山的日子",
    author="看山的人",
    published_on=date(2024, 4, 12),
    site="Matters",
    image_url="https://assets.matters.news/cover/1.jpeg",
)

PIXNET = Sample(
    name="pixnet",
    url="https://mountain.pixnet.net/blog/post/350000001",
    html=f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>看山的日子 @ 看山的人的部落格 :: 痞客邦 ::</title><meta property="og:title" content="看山的日子"><meta property="og:site_name" content="看山的人的部落格">
<meta name="author" content="看山的人"></head><body><div id="header"><h1><a href="/">看山的人的部落格</a></h1></div>
<div id="content"><div class="article"><ul class="article-head"><li class="publish"><span class="month">Apr</span> <span class="date">12</span> <span class="year">2024</span> <span class="time">10:30</span></li><li class="title"><h2>看山的日子</h2></li></ul>
<div class="article-body"><div class="article-content"><div class="article-content-inner" id="article-content-inner">
{ZH[0]}<br><br>{ZH[1]}<br /><br />
<img src="1.jpg"><br>{ZH[2]}<br><br>{ZH[3]}<br></div></div></div>
<div id="comment-text"><ul class="single-post"><li class="post-text">路過留言：這不是文章的內容，請不要收錄在裡面。</li></ul></div></div></div>
<div id="sidebar"><ul>{_links("文章分類")}</ul></div></body></html>""",
    paragraphs=ZH[:4],
    noise=("路過留言", "文章分類3"),
    title="看山的日子",
    author="看山的人",
    published_on=date(2024, 4, 12),
    site="看山的人的部落格",
)

GOVERNMENT = Sample(
    name="government",
    url="https://www.example.gov.tw/News_Content.aspx?n=12&s=3456",
    html=f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>環境資訊網-新聞稿-空品資料年底前開放</title></head>
<body><a href="#C" class="skip">跳到主要內容區塊</a><div class="nav"><ul>{_links("政府選單")}</ul></div>
<div id="C" class="main"><h2 class="title">空品資料年底前開放</h2><div class="info"><ul><li>發布日期：113-04-12</li><li>發布單位：空氣品質保護司</li></ul></div>
<div class="essay">{p(ZH[:1] + ZH[3:])}<table><tr><th>縣市</th><th>測站數</th></tr><tr><td>臺中市</td><td>五</td></tr><tr><td>高雄市</td><td>十二</td></tr></table></div></div>
<footer>地址：臺北市某某路一號　更新日期：113-05-20</footer></body></html>""",
    paragraphs=(ZH[0], ZH[3], ZH[4], "臺中市"),
    noise=("政府選單3",),
    title="空品資料年底前開放",
    published_on=date(2024, 4, 12),
    site="example.gov.tw",
)

ENGLISH_NEWS = Sample(
    name="english-news",
    url="https://www.riverside-herald.example/2024/04/13/sugar-mill",
    html=f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Villages want the keys to the sugar mill | The Riverside Herald</title>
<meta property="og:title" content="Villages want the keys to the sugar mill | The Riverside Herald"><meta property="og:site_name" content="The Riverside Herald">
<meta property="article:published_time" content="2024-04-13T18:30:00Z"><meta property="article:author" content="https://www.facebook.com/riverside.herald">
<meta property="og:image" content="//img.riverside-herald.example/mill.jpg">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"The Riverside Herald"}},
{{"@type":"NewsArticle","headline":"Villages want the keys to the sugar mill","datePublished":"2024-04-13T18:30:00Z","author":[{{"@type":"Person","name":"Jo Brand"}},{{"@type":"Person","name":"Sam Lee"}}]}}]}}</script></head>
<body><nav><ul>{_links("Section ")}</ul></nav><article><header><h1>Villages want the keys to the sugar mill</h1><p class="byline">By Jo Brand and Sam Lee</p></header>
{p(EN[:2])}<aside class="newsletter"><h3>Sign up for our newsletter</h3><p>Get the best of the river in your inbox every Friday.</p></aside>{p(EN[2:])}</article>
<section id="comments"><h2>Comments</h2><div class="comment-body"><p>First! This is a comment by a reader and it does not belong to the article at all.</p></div></section>
<footer><p>© 2024 The Riverside Herald. All rights reserved.</p></footer></body></html>""",
    paragraphs=EN,
    noise=("Section 3", "This is a comment by a reader"),
    title="Villages want the keys to the sugar mill",
    author="Jo Brand; Sam Lee",
    published_on=date(2024, 4, 13),
    site="The Riverside Herald",
    language="en",
    image_url="https://img.riverside-herald.example/mill.jpg",
)

MEDIUM = Sample(
    name="medium",
    url="https://medium.com/@anaruiz/the-keys-to-the-mill-0123456789ab",
    html=f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The keys to the mill. What a village learned | by Ana Ruiz | Medium</title>
<meta property="og:title" content="The keys to the mill"><meta property="og:site_name" content="Medium"><meta name="author" content="Ana Ruiz">
<meta property="article:published_time" content="2024-04-14T09:00:00.000Z"><meta property="og:image" content="https://miro.medium.com/v2/1.jpeg"></head>
<body><div id="root"><div class="a b c"><div><a href="/m/signin">Sign in</a><a href="/">Open in app</a></div><article><div><section><div>
<h1 class="pw-post-title">The keys to the mill</h1><div><a href="/@anaruiz">Ana Ruiz</a><span>5 min read</span><span>Apr 14, 2024</span></div>
{"".join(f'<p class="pw-post-body-paragraph">{paragraph}</p>' for paragraph in EN)}</div></section></div></article>
<div><a href="/tag/a">Villages</a><a href="/tag/b">Commons</a></div></div></div></body></html>""",
    paragraphs=EN,
    title="The keys to the mill",
    author="Ana Ruiz",
    published_on=date(2024, 4, 14),
    site="Medium",
    language="en",
    image_url="https://miro.medium.com/v2/1.jpeg",
)

BLOGGER = Sample(
    name="blogger",
    url="https://mountainview.blogspot.com/2024/04/looking-at-mountains.html",
    html=f"""<!DOCTYPE html><html dir="ltr" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><title>Mountain View: Looking at mountains</title>
<meta content="Looking at mountains" property="og:title"><meta content="https://mountainview.blogspot.com/2024/04/looking-at-mountains.html" property="og:url"></head>
<body><div class="header"><h1 class="title"><a href="/">Mountain View</a></h1></div><div class="main"><h2 class="date-header"><span>Friday, April 12, 2024</span></h2>
<div class="post hentry"><h3 class="post-title entry-title">Looking at mountains</h3><div class="post-body entry-content"><div>{EN[0]}</div><div><br></div><div>{EN[1]}</div><div><br></div>
<div class="separator"><a href="1.jpg"><img src="1.jpg"></a></div><div>{EN[2]}</div><div><br></div><div>{EN[3]}</div></div>
<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn"><span itemprop="name">Ana Ruiz</span></span></span> at <abbr class="published" title="2024-04-12T10:30:00+08:00">10:30 AM</abbr></div></div>
<div class="comments" id="comments"><h4>1 comment:</h4><div class="comment-content">A visitor wrote this comment, and it is no part of the post.</div></div></div>
<div class="sidebar"><h2>Blog Archive</h2><ul>{_links("Archive entry ")}</ul></div></body></html>""",
    paragraphs=EN[:4],
    noise=("A visitor wrote this", "Archive entry 3"),
    title="Looking at mountains",
    author="Ana Ruiz",
    published_on=date(2024, 4, 12),
    site="mountainview.blogspot.com",
    language="en",
)

SHORT = Sample(
    name="short-notice",
    url="https://community.example.tw/notice/12",
    html=f"""<!DOCTYPE html><html lang="zh-TW"><head><meta charset="utf-8"><title>停水通知 - 河岸社區</title><meta property="og:site_name" content="河岸社區"></head>
<body><nav><ul>{_links("社區選單")}</ul></nav><div class="content"><h1>停水通知</h1><p>四月十五日上午九時至下午三時，因管線維修，本社區一至五號停水，請住戶先行儲水備用。</p></div>
<footer>河岸社區管理委員會</footer></body></html>""",
    paragraphs=(
        "四月十五日上午九時至下午三時，因管線維修，本社區一至五號停水，請住戶先行儲水備用。",
    ),
    noise=("社區選單3", "管理委員會"),
    title="停水通知",
    site="河岸社區",
)

SAMPLES = (UDN, LTN, CNA, PTT, MATTERS, PIXNET, GOVERNMENT, ENGLISH_NEWS, MEDIUM, BLOGGER, SHORT)
