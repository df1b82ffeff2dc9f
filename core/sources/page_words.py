"""The wording of walls, error pages and shells, in Traditional and Simplified Chinese and in
English.

Titles (`..._TITLE`) are for `fullmatch` on a whole title or a part of it; the others are searched
for in lines. They are what such pages say to their visitor, not words about the matter.
"""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


CHALLENGE_TITLE = _any(
    r"just a moment\.*…?",
    r"attention required!?.*",
    r"ddos-guard",
    r"one more step",
    r"security (?:check|verification)",
    r"access to this page has been denied\.?",
    r"are you (?:a )?(?:robot|human)\??.*",
    r"verify(?:ing)? you are (?:a )?human.*",
    r"checking your browser.*",
    r"robot check",
    r"human verification",
    r"captcha(?: check)?",
    r"pardon our interruption.*",
    r"(?:請|请)稍[候等][.…。]*",
    r"(?:安全|人機|人机|真人)(?:性)?(?:驗證|验证|檢查|检查)",
    r"正在(?:執行|进行|進行)安全(?:性)?(?:驗證|验证)",
)
"""Whole titles of bot checks."""

CHALLENGE = _any(
    r"checking (?:if the site connection is secure|your browser before)",
    r"verify(?:ing)? (?:that )?you are (?:a )?(?:not a )?(?:human|robot)",
    r"confirm (?:that )?you(?:'|’)?(?:re| are) (?:a human|not a robot)",
    r"needs to review the security of your connection",
    r"performance (?:&|and) security by cloudflare",
    r"cloudflare ray id",
    r"enable javascript and cookies to continue",
    r"unusual (?:traffic|activity) from your (?:computer|network|ip)",
    r"press (?:&|and) hold to confirm",
    r"are you a robot\?",
    r"made us think (?:that )?you (?:might be|were|are) a bot",
    r"complete the (?:captcha|security check)",
    r"(?:確認|确认|驗證|验证|證明|证明)(?:您|你)(?:是|不是|並非|并非)(?:真人"
    r"|人類|人类|機器人|机器人)",
    r"(?:訪問|访问|存取|請求|请求)(?:過於|过于)頻?频?繁",
    r"(?:完成|進行|进行)(?:安全|真人|人機|人机|滑[動动塊块])(?:性)?(?:驗證|验证)",
    r"(?:您|你)的(?:網路|网络|電腦|电脑|IP)[^。]{0,12}(?:異常|异常|可疑)(?:流量"
    r"|活動|活动|訪問|访问)",
    r"(?:檢查|检查)(?:您|你)的(?:連線|连接|瀏覽器|浏览器)(?:是否)?安全",
)
"""What bot checks say."""

CONSENT = _any(
    r"before you continue(?: to|$)",
    r"\bwe (?:and|&) our (?:\d+ )?(?:\w+ )?partners\b",
    r"\bwe (?:use|value|care about|would like to use) (?:your privacy|cookies)",
    r"\b(?:this|our) (?:web)?site uses cookies",
    r"store and/or access information on a device",
    r"accept all(?: cookies)?\b",
    r"reject all(?: cookies)?\b",
    r"(?:manage|more|cookie) (?:options|preferences|settings|choices)\b",
    r"your (?:privacy choices|consent|choices)\b",
    r"legitimate interest",
    r"by (?:clicking|continuing|using)[^.]{0,60}(?:you (?:agree|consent|accept)|cookies)",
    r"we need your consent",
    r"consent to (?:the use|our use|us|cookies)",
    r"(?:本網站|本网站|本站|我們|我们)[^。]{0,12}(?:使用|運用|会用)[^。]{0,8}cookie",
    r"全部(?:接受|拒絕|拒绝)|接受(?:全部|所有)|拒絕(?:全部|所有)|拒绝(?:全部|所有)",
    r"(?:管理|更多)(?:選項|选项|設定|设置|偏好)",
    r"(?:您|你)(?:的)?(?:隱私|隐私)(?:權|权)?(?:選擇|选择|設定|设置|偏好)",
    r"(?:繼續|继续)(?:使用|瀏覽|浏览)[^。]{0,20}(?:即|表示|代表|視同|视为|視為)[^。]{0,8}同意",
    r"繼續前往|继续前往|繼續使用[^。]{0,12}之前",
    r"(?:我們|我们)(?:和|與|与|及)(?:我們|我们)?(?:的)?[^。]{0,8}(?:合作夥伴|合作伙伴|廠商|厂商)",
    r"同意(?:並|并)?(?:繼續|继续)|我同意",
)
"""What consent walls say, and write on their buttons."""

ABOUT_CONSENT = _any(
    r"\bcookies?\b",
    r"\bconsent\b",
    r"\bpartners\b",
    r"\bpersonal(?:i[sz]ed)? (?:data|ads|content)",
    r"\bprivacy\b",
    r"\bpurposes?\b",
    r"隱私|隐私|個人資料|个人数据|個資|个资|同意|cookie|偏好設定|偏好设置|合作夥伴|合作伙伴",
)
"""Words of any text about consent."""

LOGIN_TITLE = _any(
    r"(?:please )?(?:log|sign) ?in(?: (?:to|required|page|or sign up).*)?",
    r"log into \w+",
    r"login(?: required| page)?",
    r"sign up(?: (?:to|for) .*)?",
    r"(?:請|请)?(?:先)?(?:會員|会员|用戶|用户|使用者)?(?:登入|登錄|登录)(?:頁面"
    r"|页面|系統|系统|\s*/\s*(?:註冊|注册))?",
    r"(?:登入|登錄|登录)\s*\w+",
    r"(?:會員|会员)中心",
)
"""Whole titles of login pages."""

LOGIN = _any(
    r"(?:log|sign) ?in (?:\w+ ){0,4}to (?:continue|proceed|read|view|see|access|get started)",
    r"you (?:must|need to|have to) (?:be )?(?:log(?:ged)?|sign(?:ed)?) ?in\b"
    r"(?! to (?:comment|reply|post))",
    r"please (?:log|sign) ?in(?! to (?:comment|reply|post))",
    r"login (?:is )?required",
    r"(?:forgot|forgotten) (?:your )?password\??",
    r"log ?in with (?:google|facebook|apple)",
    r"(?:請|请|需|須|须|必須|必须|需要)(?:要)?(?:先)?(?:登入|登錄|登录)(?!(?:後"
    r"|后)?(?:才能|才可|即可|再)?(?:進行|进行|發表|发表)?(?:留言|評論|评论|回覆"
    r"|回复|按讚|收藏))",
    r"(?:登入|登錄|登录)(?:後|后)?(?:即可|才能|才可以?|以|來)?(?:繼續|继续|閱讀"
    r"|阅读|觀看|观看|查看|瀏覽|浏览)",
    r"(?:僅|仅|只)(?:限|供|開放|开放)(?:本站)?(?:會員|会员|社員|登入)",
    r"忘[記记](?:了)?密[碼码]",
    r"(?:沒有|没有|還沒有|还没有)(?:帳號|账号|帳戶|账户)",
)
"""Requests to log in; not those to log in for a comment."""

PAYWALL = _any(
    r"subscribe (?:now |today )?to (?:continue|keep|read|unlock|get (?:full|unlimited)|access)",
    r"(?:continue|keep) reading (?:with|by|for) [^.]{0,40}(?:subscri|trial|free account|member)",
    r"(?:article|content|story|post|page|piece) is (?:only )?(?:available |reserve"
    r"d |exclusive )?(?:only )?(?:for|to) (?:our )?(?:paid |paying |premium )?"
    r"(?:subscribers|members)",
    r"(?:for|available to) (?:paid |paying )?(?:subscribers|members) only|(?:subsc"
    r"riber|member)s?[- ]only (?:story|content|article|post)",
    r"already (?:a )?(?:subscriber|subscribed|a member)\?",
    r"(?:you(?:'|’)ve| you have|you) reached your (?:\w+ ){0,3}limit",
    r"(?:create|register for) (?:a free|an) account to (?:continue|read|keep)",
    r"(?:become|join as) a (?:\w+ )?member to (?:read|continue|unlock)",
    r"unlock (?:this|the full) (?:article|story)",
    r"to (?:read|continue reading) (?:the (?:full|rest)|this) [^.]{0,30}(?:subscri"
    r"be|sign|log|register|upgrade)",
    r"this post is for (?:paid|paying) subscribers",
    r"(?:登入|登錄|登录|加入|訂閱|订阅|付費|付费|升級|升级|購買|购买|成為|成为)"
    r"[^。，]{0,14}(?:繼續閱讀|继续阅读|閱讀(?:全文|完整|更多|本文)|阅读(?:全文"
    r"|完整|更多|本文)|看全文|觀看完整|解鎖|解锁|完整內容|完整内容|全文內容)",
    r"(?:繼續|继续)(?:閱讀|阅读)[^。]{0,20}(?:訂閱|订阅|加入會員|加入会员|付費|付费|購買|购买)",
    r"(?:本文|此文|本篇|此篇|這篇|这篇|此內容|此内容|本內容|以下內容|以下内容)"
    r"[^。]{0,10}(?:會員|会员|訂戶|订户|訂閱(?:者|會員|用戶)|订阅(?:者|用户)"
    r"|付費|付费)[^。]{0,4}(?:限定|專屬|专属|獨享|独享|文章|內容|内容|閱讀|阅读"
    r"|專享|可讀)",
    r"(?:會員|会员|訂戶|订户|訂閱|订阅|付費|付费|VIP)(?:限定|專屬|专属|獨享|独享"
    r"|專享)(?:文章|內容|内容|報導|报道|全文)",
    r"(?:還有|剩餘|剩余|尚有|未完)[^。]{0,6}\d+\s*[%％][^。]{0,6}(?:內容|内容|未讀|未读|的文章)?",
    r"(?:已(?:經)?是|已经是)(?:訂戶|訂閱(?:者|會員)|订户|會員|会员)[？?，,]?"
    r"[^。]{0,4}(?:登入|登錄|登录)",
    r"(?:免費|免费)(?:閱讀|阅读)(?:篇數|篇数|額度|额度|次數|次数)(?:已|用)",
)
"""Offers to pay or register for reading on."""

DENIED_TITLE = _any(
    r"(?:error )?403(?: forbidden| error)?",
    r"forbidden",
    r"access (?:is )?(?:denied|forbidden)",
    r"(?:拒絕|拒绝|禁止)(?:存取|訪問|访问|連線)",
    r"(?:沒有|没有|無|无)(?:存取|訪問|访问|瀏覽|浏览)?(?:權限|权限)",
)
"""Whole titles of refusals."""

ERROR_TITLE = _any(
    r"(?:http )?(?:error|錯誤|错误|發生錯誤|出錯了|出错了)?[\s:：]*(?:40[034]"
    r"|410|500|502|503|504)\W*(?:error|not found|page not found|錯誤|错误|找不到.{"
    r"0,8}|internal server error|bad gateway|service unavailable|service temporari"
    r"ly unavailable|gateway time-?out)?",
    r"(?:sorry,? )?(?:the )?(?:page|file|article|content|post|story|url|document) "
    r"(?:you requested )?(?:was |is |could |can ?not be |could not be |cannot be )"
    r"*(?:not )?(?:found|unavailable|available|missing|gone)\.?",
    r"not found",
    r"(?:oops|whoops|uh[- ]oh)\W*.{0,40}",
    r"error(?: page)?",
    r"something went wrong\W*",
    r"(?:bad gateway|service (?:temporarily )?unavailable|internal server error"
    r"|under maintenance|temporarily unavailable)",
    r"(?:this )?(?:page|content|video|site) (?:isn(?:'|’)t|is not|is no longer"
    r"|is unavailable|is currently un|is currently not)\s?(?:available|unavailable"
    r")?(?: right now)?",
    r"(?:很?抱歉[，,！! ]*)?(?:找不到|查無|查无|無法找到|无法找到|沒有找到|没有找到"
    r")(?:您|你)?(?:要|所|想)?(?:查詢|查看|瀏覽|浏览|訪問|访问|找|請求|请求)?"
    r"(?:的)?(?:網頁|网页|頁面|页面|文章|內容|内容|資料|资料|檔案|新聞|新闻|資源"
    r"|资源|網址)?(?:了)?[。！!]?",
    r"(?:此|該|该|這個|这个|您?所?(?:請求|訪問|访问|要求|查詢|瀏覽|查看)的?)?"
    r"(?:網頁|网页|頁面|页面|文章|內容|内容|新聞|新闻|網址|资源)(?:已)?(?:經"
    r"|经)?(?:不存在|不見了|不见了|被?刪除|被?删除|被?移除|下架|失效|遺失|無法顯示"
    r"|无法显示|找不到)(?:了)?[。！!]?",
    r"(?:系統|系统|網站|网站|伺服器|服务器|服務|服务)(?:暫時|暂时|目前)?(?:忙碌"
    r"|繁忙|維護|维护|錯誤|错误|異常|异常|無法使用|不可用|發生錯誤)(?:中)?[。！!]?",
    r"(?:錯誤|错误|出錯了|出错了|錯誤訊息|错误信息|系統訊息|系统消息|訊息提示|提示訊息|提示信息)",
)
"""Whole titles of error pages."""

ERROR = _any(
    r"(?:page|article|content|file|url|link|address|post|story)[^.]{0,60}(?:"
    r"(?:does not|doesn(?:'|’)t|no longer) exist|(?:could|can) ?not be found"
    r"|can(?:'|’)t be found|(?:was|were) not found|(?:has|have) been (?:moved"
    r"|removed|deleted)|(?:isn(?:'|’)t|is not|is no longer) available)",
    r"we (?:could not|couldn(?:'|’)t|can(?:'|’)t|cannot) find (?:the|that|this|what) ",
    r"(?:nothing|no (?:results?|page)) (?:was |were )?found (?:at|here|for)",
    r"please (?:try again|check the (?:url|address)|contact the (?:site )?administrator)",
    r"(?:return|go back|back) to (?:the )?(?:home ?page|home\b|front page)",
    r"the requested (?:url|page|resource)",
    r"temporarily (?:unavailable|unable|down)",
    r"internal server error",
    r"(?:找不到|查無|查无|無法找到|无法找到|沒有找到)(?:您|你|這|这|此|該|该)"
    r"[^。]{0,12}(?:網頁|网页|頁面|页面|文章|內容|内容|資料|资料|檔案|網址)",
    r"(?:網頁|网页|頁面|页面|文章|內容|内容|新聞|新闻|網址|網站|連結|链接)[^。，]{"
    r"0,8}(?:不存在|不見了|已(?:經|被|遭)?(?:刪除|移除|下架|搬移|變更|失效)|已"
    r"(?:经|被)?(?:删除|移除|下架|失效))",
    r"(?:系統|系统|伺服器|服务器|網路|网络)[^。，]{0,6}(?:忙碌|繁忙|異常|异常|錯誤|错误|發生)",
    r"(?:請|请)(?:您|你)?(?:稍後|稍后|稍候|過一會|过一会)(?:再|重)(?:試|试|新)",
    r"(?:回到?|返回)(?:網站|网站)?(?:首頁|首页|上一頁|上一页)",
    r"(?:請|请)(?:檢查|检查|確認|确认)(?:您|你)?(?:的|輸入的|输入的)?(?:網址|网址|連結|链接)",
    r"(?:暫時|暂时)(?:無法|无法|停止)(?:提供)?(?:服務|服务|使用|瀏覽|访问|存取)",
    r"造成(?:您的)?不便[，,]?(?:敬請|敬请|請|请)(?:見諒|见谅|原諒)",
)
"""Apologies of error pages."""

SCRIPT_NEEDED = _any(
    r"(?:enable|turn on|requires?|activate|need|without) (?:\w+ ){0,3}javascript",
    r"javascript (?:is|must be|has to be|seems to be|appears to be) (?:\w+ )?"
    r"(?:required|enabled|disabled|not available|not enabled|turned off)",
    r"(?:doesn(?:'|’)t|does not|won(?:'|’)t) work (?:properly )?without javascript",
    r"you need to enable",
    r"(?:啟用|开启|開啟|启用|打開|打开|支援|支持|允許|允许)[^。]{0,8}(?:javascript|js\b)",
    r"javascript[^。]{0,10}(?:停用|關閉|关闭|禁用|未啟用|未启用|功能)",
)
"""Requests for JavaScript."""
