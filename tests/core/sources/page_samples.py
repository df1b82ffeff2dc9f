# ruff: noqa: E501 - markup is as wide as it is
"""What stands in the place of articles, by kind; and articles that could be taken for it.

The wording is that of real walls, error pages and shells; the rest is our own.
"""

from tests.core.sources.web_samples import EN, SHORT, ZH, p

MENU = (
    "<nav><ul>"
    + "".join(f'<li><a href="/c/{n}">頻道{n}</a></li>' for n in range(9))
    + "</ul></nav>"
)
FOOTER = '<footer><a href="/about">關於我們</a> <a href="/privacy">隱私權政策</a> <p>© 2024 範例新聞網</p></footer>'


def html(title: str, body: str, *, head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


CHALLENGES = {
    "cloudflare": html(
        "Just a moment...",
        '<h1>www.example.com</h1><h2>Checking if the site connection is secure</h2><div id="challenge-stage"></div>'
        "<p>www.example.com needs to review the security of your connection before proceeding.</p>"
        "<p>Performance &amp; security by Cloudflare</p><noscript>Enable JavaScript and cookies to continue</noscript>",
        head='<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>',
    ),
    "cloudflare-bare": html(
        "Just a moment...",
        "<noscript>Enable JavaScript and cookies to continue</noscript>",
        head="<script>window._cf_chl_opt={}</script>",
    ),
    "cloudflare-zh": html("請稍候...", "<p>正在驗證您是真人。這可能需要幾秒鐘。</p><p>www.example.com 需要先檢查您的連線安全性，才能繼續。</p>"),
    "captcha": html("Are you a robot?", "<p>To continue, please complete the security check below and confirm you are not a robot.</p>"),
    "perimeterx": html("Access to this page has been denied.", '<div id="px-captcha"></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>'),
    "unusual-traffic": html("Sorry...", "<h1>We're sorry...</h1><p>Our systems have detected unusual traffic from your computer network. Please try your request again later.</p>"),
    "zh-cn": html("安全验证", "<p>您的访问过于频繁，请完成安全验证后继续。</p>"),
}  # fmt: skip

CONSENT = {
    "google": html(
        "Before you continue to Google Search",
        "<h1>Before you continue to Google</h1><p>We use cookies and data to</p><ul><li>Deliver and maintain Google services</li>"
        "<li>Track outages and protect against spam, fraud, and abuse</li></ul><p>If you choose to “Accept all,” we will also use cookies and data to</p>"
        "<ul><li>Develop and improve new services</li><li>Show personalized content, depending on your settings</li></ul>"
        "<p>If you choose to “Reject all,” we will not use cookies for these additional purposes.</p>"
        "<p>Select “More options” to see additional information, including details about managing your privacy settings.</p>"
        "<button>Reject all</button><button>Accept all</button><a href='#'>More options</a>",
    ),
    "yahoo": html(
        "Yahoo is part of the Yahoo family of brands",
        "<h1>Yahoo is part of the Yahoo family of brands</h1><p>When you use our sites and apps, we use cookies to provide our sites and apps to you, "
        "authenticate users, apply security measures, and prevent spam and abuse.</p><p>If you click 'Accept all', we and our partners, including 237 who are part of "
        "the IAB Transparency &amp; Consent Framework, will also store and/or access information on a device (in other words, use cookies) and use precise "
        "geolocation data and other personal data such as IP address for personalised advertising.</p><p>If you do not want us and our partners to use cookies and "
        "personal data for these additional purposes, click 'Reject all'.</p><button>Accept all</button><button>Reject all</button><a>Manage privacy settings</a>",
    ),
    "publisher": html(
        "The Daily Example",
        "<h1>We value your privacy</h1><p>We and our 842 partners store and/or access information on a device, such as cookies, and process personal data.</p>"
        "<p>You may accept or manage your choices by clicking below, including your right to object where legitimate interest is used.</p>"
        "<button>Accept all</button><button>Manage options</button>",
    ),
    "zh-tw": html(
        "繼續前往 Google 搜尋之前",
        "<h1>繼續前往 Google 之前</h1><p>我們會使用 Cookie 和資料來提供及維護 Google 服務、追蹤服務中斷情形，並防範垃圾內容。</p>"
        "<p>如果選擇「全部接受」，我們也會將 Cookie 和資料用於開發及改善新服務。</p><p>如果選擇「全部拒絕」，我們就不會將 Cookie 用於上述額外用途。</p>"
        "<button>全部拒絕</button><button>全部接受</button><a>更多選項</a>",
    ),
    "zh-tw-publisher": html(
        "範例新聞網",
        "<h2>您的隱私權選擇</h2><p>本網站使用 Cookie 以提供更好的服務，繼續瀏覽即表示您同意我們的隱私權政策。</p><button>我同意</button><button>管理設定</button>",
    ),
    "zh-cn": html("隐私设置", "<p>我们使用 Cookie 来改善您的体验。继续浏览即表示您同意我们使用 Cookie。</p><button>接受全部</button><button>管理选项</button>"),
}  # fmt: skip

LOGINS = {
    "facebook": html(
        "Log into Facebook | Facebook",
        "<div>You must log in to continue.</div><form><input name=email><input type=password name=pass><button>Log In</button></form>"
        "<a>Forgotten password?</a> · <a>Sign up for Facebook</a>",
    ),
    "facebook-zh": html("登入 Facebook", "<div>請先登入 Facebook 才能繼續。</div><form><input type=password></form><a>忘記密碼？</a><a>建立新帳號</a>"),
    "forum": html("提示訊息 - 範例論壇", MENU + "<div class=alert><p>抱歉，您尚未登入，沒有權限瀏覽該版塊，請先登入後再繼續瀏覽。</p></div><form><input type=password></form>" + FOOTER),
    "members": html("會員登入 | 範例新聞網", MENU + "<h1>會員登入</h1><form><input type=email><input type=password><button>登入</button></form><p>還沒有帳號？立即註冊</p><a>忘記密碼？</a>" + FOOTER),
    "intranet": html("Sign in - Example", "<h1>Sign in</h1><p>Please sign in to view this page.</p><form><input type=password></form>"),
    "promising": html("登入 - 範例新聞網", "<h1>請先登入會員</h1><form><input type=password></form><p>登入後即可閱讀全文。還不是會員？立即註冊。</p>"),
    "zh-cn": html("用户登录", "<p>请先登录后查看内容。</p><form><input type=password></form><a>忘记密码</a>"),
}  # fmt: skip

PAYWALLS = {
    "english": html(
        "Villages want the keys | The Herald",
        f"<article><h1>Villages want the keys</h1>{p(EN[:1])}<div class=wall><h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in</p></div></article>",
    ),
    "zh-tw": html("環團籲公開資料 | 範例新聞網", MENU + f"<article><h1>環團籲公開資料</h1>{p(ZH[:1])}<p>本文為會員限定文章，加入會員後即可閱讀全文。</p><p>已是訂戶？請登入</p></article>" + FOOTER),
    "zh-tw-rest": html("環團籲公開資料", f"<article><h1>環團籲公開資料</h1>{p(ZH[:2])}<p>還有 78% 的內容，訂閱後繼續閱讀</p></article>"),
    "declared": html(
        "Villages want the keys",
        f"<article><h1>Villages want the keys</h1>{p(EN[:1])}<p>Continue with the Herald.</p></article>",
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"Villages want the keys","isAccessibleForFree":"False"}</script>',
    ),
    "substack": html("The keys", f"<article><h1>The keys</h1>{p(EN[:1])}<h2>This post is for paid subscribers</h2><a>Subscribe</a></article>"),
    "zh-cn": html("环保团体", "<article><h1>环保团体呼吁公开数据</h1><p>环保团体今天召开记者会，要求公开数据。</p><p>本文为付费内容，订阅后阅读全文</p></article>"),
}  # fmt: skip

ERRORS = {
    "english-404": html("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
    "english-soft": html(
        "Page not found | The Riverside Herald",
        MENU + "<h1>Page not found</h1><p>We can’t find the page you are looking for. It may have been moved or deleted.</p><p>Return to the homepage or try a search.</p>",
    ),
    "english-oops": html("Oops! | Example", "<h1>Oops!</h1><p>The page you requested does not exist. Please check the URL.</p>"),
    "english-popular": html(
        "Page not found – The Herald",
        "<h1>Sorry, page not found</h1><p>The article you are looking for has been removed.</p><h2>Page not found</h2><h3>Popular now</h3>" + p(EN[:2]),
    ),
    "zh-tw": html("找不到網頁 - 範例新聞網", MENU + "<h1>找不到網頁</h1><p>很抱歉，您要找的網頁不存在或已被移除，請回首頁。</p>" + FOOTER),
    "zh-tw-gone": html("範例新聞網", MENU + "<div><h2>此文章已下架</h2><p>您所瀏覽的文章不存在，請返回首頁。</p></div>" + FOOTER),
    "zh-tw-busy": html("系統忙碌中", "<p>系統忙碌中，請稍後再試。</p>"),
    "zh-tw-query": html("範例政府網站", MENU + "<div class=error><h2>查無資料</h2><p>查無此筆資料，請確認網址是否正確。</p></div>" + FOOTER),
    "zh-cn": html("页面不存在", "<h1>页面不存在</h1><p>您访问的页面不存在，请返回首页</p>"),
    "server": html("500 Internal Server Error", "<h1>Internal Server Error</h1><p>The server encountered an internal error and was unable to complete your request. Please contact the administrator.</p>"),
    "gateway": html("502 Bad Gateway", "<h1>502 Bad Gateway</h1>"),
}  # fmt: skip

SHELLS = {
    "react": html("Example", '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.js"></script>'),
    "vue": html("範例", '<noscript><strong>很抱歉，若未啟用 JavaScript，本網站將無法正常運作，請啟用後再繼續。</strong></noscript><div id="app"></div><script src="app.js"></script>'),
    "x": html("X", "<div id='react-root'></div><div><h1>JavaScript is not available.</h1><p>We’ve detected that JavaScript is disabled in this browser. Please enable JavaScript or switch to a supported browser to continue using x.com.</p></div><script src=a.js></script>"),
    "loading": html("範例", '<div id="main">載入中...</div><script src="a.js"></script>'),
    "angular": html("Portal", '<app-root></app-root><script src="runtime.js"></script>'),
}  # fmt: skip

LISTS = {
    "section": html("生活新聞 | 範例新聞網", MENU + "<main><ul>" + "".join(f'<li><a href="/n/{n}">第{n}則新聞的標題寫在這裡而且很長</a><span>04/1{n % 10}</span></li>' for n in range(30)) + "</ul></main>" + FOOTER),
    "english": html("Latest | The Herald", "<main>" + "".join(f'<h3><a href="/n/{n}">Headline number {n} about something else entirely</a></h3>' for n in range(30)) + "</main>"),
}  # fmt: skip

EMPTY = {
    "nothing": html("Example", ""),
    "image": html("Photo", '<img src="/1.jpg">'),
}


COOKIE_ZH = (
    "打開任何一個網站，最先看到的往往不是內容，而是「我們使用 Cookie」的橫幅，以及「全部接受」與「管理選項」兩個按鈕。",
    "這些橫幅源自歐盟的個人資料保護規則。法律要求網站在追蹤使用者之前取得同意，但沒有規定按鈕要長什麼樣子，於是設計師讓拒絕變得很難找。",
    "研究人員調查了一萬個網站，發現只有一成一的同意介面符合最低標準；多數網站把「全部拒絕」藏在第二層，要多按三下才看得到。",
    "台灣的個資法目前沒有類似的規定。民間團體主張，與其抄一套橫幅，不如直接限制跨站追蹤。",
)
COOKIE_EN = (
    "Every website now greets its readers with the same sentence: “We use cookies”. Below it there are two buttons, and one of them, “Accept all”, is always larger.",
    "The banners are a child of European law, which asks for consent before a visitor is tracked. It does not say what the buttons must look like, and so designers made refusal hard to find.",
    "Researchers who looked at ten thousand sites found that only one in nine met the minimum. On the others “Reject all” was hidden on a second page, behind a link called “Manage options”.",
    "Privacy groups have filed hundreds of complaints. They would rather see tracking between sites forbidden than one more banner made prettier.",
)
ERROR_ZH = (
    "「404 Not Found」大概是全世界最多人看過的錯誤訊息。它的意思是伺服器找到了，但您要找的網頁不存在。",
    "流傳最廣的說法是，這個號碼來自歐洲核子研究組織的四樓四號房。當年的工程師後來澄清，根本沒有這個房間，號碼只是照順序排下來的。",
    "設計師喜歡在錯誤頁面上花心思：有的放一隻迷路的貓，有的放失蹤兒童的照片。後者在比利時真的找回過孩子。",
)
LOGIN_EN = (
    "Most break-ins begin with a password that was used twice. When one site loses its list, the thieves try every pair of name and password on all the others.",
    "“Please sign in to continue” has become a sentence that people obey without looking, and that is what phishing lives on: the page looks right, and the address does not.",
    "A password manager helps because it looks at the address and not at the page. So does a second factor, as long as it is not a code that can be read out on the telephone.",
    "If you have forgotten your password, type the address of the site yourself before you ask for a new one. Never follow a link in a message.",
)
PAYWALL_ZH = (
    "愈來愈多媒體把文章放在付費牆後面。「訂閱後繼續閱讀」這句話，讀者一天要看到好幾次。",
    "調查顯示，願意為新聞付費的台灣讀者大約一成二，其中超過一半只訂一家。媒體為了爭取這些人，開始把最好的報導留給會員。",
    "批評者擔心，查證過的新聞要錢，謠言卻是免費的；久而久之，付不起的人只剩下謠言可讀。",
    "也有媒體走另一條路：全文公開，請讀者自由贊助。他們說，與其把門關上，不如讓人看見裡面的人在做什麼。",
    "主管機關則在研議以數位平台的收入成立基金，補助地方新聞。草案預計下個會期送進立法院。",
    "編輯台的人說得直接：沒有哪一種做法能單獨撐起一個採訪團隊，真正的問題是廣告費去了哪裡，而那些錢還回得來嗎。",
)  # fmt: skip
BOTS_EN = (
    "“Just a moment…” is the most read sentence on the web that nobody has written for a reader. It appears while a company in San Francisco decides whether you are a machine.",
    "The test used to be a picture of a traffic light. Today the page measures how the browser behaves, and asks you to verify you are human only if it is in doubt.",
    "For people who browse with a screen reader the doubt comes often. An association of the blind in Lisbon has collected four hundred cases of libraries and clinics that shut their members out.",
)

ARTICLES = {
    "about-cookies-zh": (html("「我們使用 Cookie」：同意橫幅為什麼這麼煩 | 範例新聞網", MENU + f"<article><h1>「我們使用 Cookie」：同意橫幅為什麼這麼煩</h1>{p(COOKIE_ZH)}</article>" + FOOTER), COOKIE_ZH),
    "about-cookies-en": (html("We use cookies: the story of a banner", f"<article><h1>We use cookies: the story of a banner</h1>{p(COOKIE_EN)}</article>"), COOKIE_EN),
    "about-404-zh": (html("404 Not Found：一則錯誤訊息的身世 - 範例新聞網", MENU + f"<article><h1>404 Not Found：一則錯誤訊息的身世</h1>{p(ERROR_ZH)}</article>" + FOOTER), ERROR_ZH),
    "about-logins-en": (html("Sign in to continue? How phishing works", f"<article><h1>Sign in to continue? How phishing works</h1>{p(LOGIN_EN)}</article>"), LOGIN_EN),
    "about-paywalls-zh": (html("訂閱後繼續閱讀：付費牆的代價", f"<article><h1>訂閱後繼續閱讀：付費牆的代價</h1>{p(PAYWALL_ZH)}</article>"), PAYWALL_ZH),
    "about-bots-en": (html("Just a moment: the machines that ask whether we are machines", f"<article><h1>Just a moment</h1>{p(BOTS_EN)}</article>"), BOTS_EN),
    "with-login-box": (html("環團籲公開資料", MENU + f"<form>會員登入<input type=text><input type=password><a>忘記密碼</a></form><article><h1>環團籲公開資料</h1>{p(ZH)}</article><p>請先登入才能留言</p>" + FOOTER), ZH),
    "short-with-login-to-comment": (html("停水通知", f"<article><h1>停水通知</h1>{p(SHORT.paragraphs)}</article><div>請先登入再發表留言</div><a href=/login>登入</a>"), SHORT.paragraphs),
    "with-cookie-banner": (html("停水通知 - 河岸社區", f"<main><h1>停水通知</h1>{p(SHORT.paragraphs)}</main><div id=cookie><p>本網站使用 Cookie 以提供更好的服務，繼續瀏覽即表示您同意。</p><button>我同意</button></div>"), SHORT.paragraphs),
    "with-noscript": (html("停水通知", f"<noscript>Please enable JavaScript to use all features.</noscript><main><h1>停水通知</h1>{p(SHORT.paragraphs)}</main><script src=a.js></script>"), SHORT.paragraphs),
    "with-subscribe-line": (html("The mill", f"<article><h1>The mill</h1>{p(EN)}<p>Subscribe to our newsletter for more stories like this.</p></article>"), EN),
    "metered-but-whole": (html("The mill", f"<article><h1>The mill</h1>{p(EN + LOGIN_EN)}</article><div>You have reached your free article limit. Subscribe to continue reading.</div>"), EN),
    "maintenance-notice": (html("系統維護公告 - 範例圖書館", "<main><h1>系統維護公告</h1><p>本館館藏查詢系統將於四月二十日晚間十時至翌日清晨六時進行年度維護，期間無法線上預約與續借。</p><p>四月十九日到期的圖書自動展延三天，不計逾期；如需協助，請洽一樓服務台或來電分機二一五。</p></main>"), ("四月十九日到期的圖書自動展延三天",)),
    "declared-free-elsewhere": (html("The mill", f"<article><h1>The mill</h1>{p(EN)}</article>", head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"The mill","isAccessibleForFree":false}</script>'), EN),
    "single-page-site": (html("河岸社區", f"<main><h1>河岸社區</h1>{p(ZH[:2])}</main>"), ZH[:2]),
    "challenge-script-on-article": (html("The mill", f"<article><h1>The mill</h1>{p(EN)}</article>", head='<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'), EN),
}  # fmt: skip
