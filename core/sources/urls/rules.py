"""Data about addresses: what only tracks, what only forwards, what is one page in other clothes.

Everything here is a table, so that a new case is a line and a test. Names of parameters are in
lower case, hosts without "www.". A parameter is listed only if dropping it never changes the page;
a rule that could be wrong on some site is tied to the sites where it is right.
"""

import re
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ── parameters that say who sent a link, not where it leads ──────────────────────────────────────

TRACKERS = _words(
    # click identifiers of advertising networks
    """
    fbclid gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid msclkid yclid ysclid
    twclid ttclid li_fat_id rdt_cid epik irclickid wickedid rb_clickid s_kwcid ef_id mkwid pcrid
    _openstat zanpid dm_i
    """
    # mailing lists and marketing software
    """
    mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id vero_conv
    oly_enc_id oly_anon_id elqtrackid elqtrack elqaid elqat elqcampaignid nr_email_referer __s
    ml_subscriber ml_subscriber_hash sc_campaign sc_channel sc_outcome _kx _ga _gl _gac cmpid icid
    ncid ocid
    """
    # share buttons, apps and the sites behind them
    """
    igshid igsh xmt mibextid wprov ref_src ref_url __twitter_impression share_from share_source
    share_medium share_plat share_session_id share_tag share_times _branch_match_id guccounter
    _branch_referrer guce_referrer guce_referrer_sig soc_src soc_trk smid smtyp xtor spm spm_id_from
    vd_source openexternalbrowser action_object_map action_type_map action_ref_map hc_location
    hc_ref __tn__ __xts__ __cft__ sr_share
    """
    # AMP viewers
    """
    amp_js_v amp_gsa amp_kit usqp aoh ampshare __amp_source_origin
    """
)
TRACKER_FAMILIES = re.compile(
    r"utm_.*|hsa_.*|matomo_.*|mtm_.*|cm_mmc.*|wt\.\w+|__(?:cft|xts)__\[.*"
    r"|(?:pk|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid)"
    r"|(?:itm|stm)_(?:source|medium|campaign|content|term)"
    r"|at_(?:campaign|medium|custom\d|link_\w+|format|bbc_team|ptr_name)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)"
    r"|fb_(?:action_ids|action_types|ref|source|comment_id)"
)

# names that carry a sender on one site and something meant on another: judged by their value
SENDER_NAMES = _words("ref source from via referrer referer share src")
SENDERS = _words(
    """
    app copy copylink copyurl email facebook facebook_share fb homepage ig instagram line
    line_share linkedin mail mastodon messenger newsletter plurk pocket push rss share sharebutton
    sharelink social telegram threads twitter twitter_share wechat weibo whatsapp x
    """
)
# Ghost and others append their own host: ref=example.com
SENDER_HOST_NAMES = _words("ref referrer referer")
SENDER_HOST = re.compile(r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/?")

# the page itself, made for AMP, chosen by a parameter
AMP_VALUES = {
    "amp": _words("1 true amp") | {""},
    "outputtype": _words("amp"),
    "output": _words("amp"),
}

SESSION_PARAMETERS = _words("phpsessid jsessionid aspsessionid cfid cftoken")
SESSION_IN_PATH = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)

# trackers of one domain and its subdomains
SITE_TRACKERS = {
    "bilibili.com": _words("from_source from_spmid is_story_h5 plat_id timestamp unique_k"),
    "cw.com.tw": _words("from rec"),
    "dailymail.co.uk": _words("ito"),
    "facebook.com": _words(
        """
        acontext app comment_id eav eid extid fref fs idorvanity locale notif_id notif_t paipv rdid
        ref refid refsrc reply_comment_id s sfnsn share_url _rdc _rdr wtsid
        """
    ),
    "instagram.com": _words("hl img_index"),
    "linkedin.com": _words("lipi midtoken rcm trackingid trk trkcampaign"),
    "medium.com": _words("gi source"),
    "msn.com": _words("cvid ei pc"),
    "reddit.com": _words("context rdt ref_campaign ref_source share_id"),
    "storm.mg": _words("srcid"),
    "theguardian.com": _words("cmp"),
    "threads.com": _words("slof"),
    "threads.net": _words("slof"),
    "twitter.com": _words("lang s t"),
    "udn.com": _words("from list_ch2_index"),
    "wikipedia.org": _words("mobileaction uselang useskin variant"),
    "x.com": _words("lang s t"),
    "yahoo.com": _words("bcmt tsrc"),
    "youtu.be": _words("feature pp si"),
    "youtube.com": _words("ab_channel app feature kw pp si"),
}

# where a page is named by these parameters alone; matched against host + path
ONLY_THESE = tuple(
    (re.compile(pattern), _words(names))
    for pattern, names in (
        (r"youtube\.com/watch", "v"),
        (r"youtube\.com/playlist", "list"),
        (r"facebook\.com/photo(?:\.php)?", "fbid"),
        (r"facebook\.com/(?:story|permalink)\.php", "story_fbid id"),
        (r"facebook\.com/watch", "v"),
        (r"facebook\.com/[^/]+/(?:posts|videos|photos)/.+", ""),
        (r"facebook\.com/groups/[^/]+/(?:posts|permalink)/.+", ""),
        (r"facebook\.com/reel/.+", ""),
        (r"mp\.weixin\.qq\.com/s", "__biz mid idx sn"),
        (r"tiktok\.com/@[^/]+/(?:video|photo)/\d+", ""),
        (r"(?:[a-z]+\.)?udn\.com/news/story/\d+/\d+", ""),
    )
)


# ── addresses that carry another one ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Carrier:
    """A redirector: the address is in one of these parameters when host + path match.

    `appends`: what it puts behind the address.
    """

    where: re.Pattern[str]
    names: tuple[str, ...]
    appends: re.Pattern[str] = re.compile(r"(?!)")


def _carriers(*rows: tuple[str, str]) -> tuple[Carrier, ...]:
    return tuple(Carrier(re.compile(where), tuple(names.split())) for where, names in rows)


_GOOGLE = r"(?:[a-z]+\.)?google\.(?:com?\.)?[a-z]{2,3}"

# Source: seen in links that people forward; each site's own share or leave-this-site page.
CARRIERS = (
    *_carriers(
        (r"(?:[a-z-]+\.)?facebook\.com/(?:l\.php|flx/warn/?)", "u"),
        (r"(?:[a-z-]+\.)?facebook\.com/(?:sharer/sharer\.php|sharer\.php|sharer|share\.php)", "u"),
        (r"(?:[a-z-]+\.)?facebook\.com/dialog/(?:share|feed|send)", "href link"),
        (r"l\.(?:instagram|messenger)\.com/(?:l\.php)?", "u"),
        (r"l\.threads\.(?:net|com)/", "u"),
        (r"l\.wl\.co/l", "u"),
        (_GOOGLE + r"/url", "url q"),
        (_GOOGLE + r"/imgres", "imgrefurl"),
        (r"social-plugins\.line\.me/lineit/share", "url"),
        (r"(?:timeline\.)?line\.me/social-plugin/share", "url"),
        (r"liff\.line\.me/[\w-]+/share", "url"),
        (r"(?:m\.)?youtube\.com/redirect", "q"),
        (r"out\.reddit\.com/\w+", "url"),
        (r"steamcommunity\.com/linkfilter/?", "u url"),
        (r"(?:m\.|away\.)?vk\.com/away(?:\.php)?", "to"),
        (r"linkedin\.com/(?:redir/redirect|safety/go|sharing/share-offsite/?|sharearticle)", "url"),
        (r"(?:twitter|x)\.com/(?:share|intent/(?:tweet|post))", "url"),
        (r"(?:t|telegram)\.me/(?:iv|share/url|share)", "url"),
        (r"t\.umblr\.com/redirect", "z"),
        (r"slack-redir\.net/link", "url"),
        (r"duckduckgo\.com/l/?", "uddg"),
        (r"[a-z0-9]+\.safelinks\.protection\.outlook\.com/", "url"),
        (r"link\.zhihu\.com/", "target"),
        (r"link\.juejin\.cn/", "target"),
        (r"link\.csdn\.net/", "target"),
        (r"douban\.com/link2/?", "url"),
        (r"weibo\.cn/sinaurl", "u url toasturl"),
        (r"plurk\.com/(?:api/)?redirect", "url"),
        (r"exit\.sc/", "url"),
    ),
    # a checksum follows the address
    Carrier(re.compile(r"disq\.us/(?:url)?"), ("url",), re.compile(r":[A-Za-z0-9_-]{20,}$")),
)
# the whole query is the address
BARE_QUERY_CARRIERS = re.compile(r"(?:href\.li|nullrefer\.com|dereferer\.me)/")
# Yahoo's results carry it in the path
YAHOO_RESULT = re.compile(r"r\.search\.yahoo\.com/.*/RU=([^/]+)/.*")
# AMP caches and viewers: host, then /s/ for https, then the publisher's address without scheme
AMP_VIEWER = re.compile(
    r"(?:(?:[a-z0-9-]+\.)?cdn\.ampproject\.org/[a-z]+|(?:[a-z0-9-]+\.)?bing-amp\.com/c|"
    + _GOOGLE
    + r"/amp)/(?:s/)?(?P<rest>[^/]+\.[^/]+.*)"
)


# ── the same page in other clothes ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Rewrite:
    """When host + path match, the page's own address is `to` (host + path + query).

    `keeps_query`: parameters still mean something; otherwise `to` says all.
    """

    when: re.Pattern[str]
    to: str
    keeps_query: bool = False


def _rewrite(when: str, to: str, *, keeps_query: bool = False) -> Rewrite:
    return Rewrite(re.compile(when), to, keeps_query)


_PTT = r"(?P<board>[\w-]{1,40})[/.](?P<id>M\.\d{9,11}\.A\.[0-9A-F]{3})(?:\.html)?"
_TWEET = r"(?P<id>\d{1,20})(?:/.*)?"

REWRITES = (
    _rewrite(r"youtu\.be/(?P<id>[\w-]{11})", r"youtube.com/watch?v=\g<id>"),
    _rewrite(
        r"(?:m\.|music\.)?youtube(?:-nocookie)?\.com/(?:shorts|live|embed|v)/(?P<id>[\w-]{11})",
        r"youtube.com/watch?v=\g<id>",
    ),
    _rewrite(r"music\.youtube\.com/watch", "youtube.com/watch", keeps_query=True),
    _rewrite(
        r"(?:mobile\.|m\.)?(?:x|twitter|fxtwitter|vxtwitter|fixupx|fixvx)\.com/"
        r"(?:i/web|[A-Za-z0-9_]+)/status(?:es)?/" + _TWEET,
        r"x.com/i/status/\g<id>",
    ),
    _rewrite(
        r"instagram\.com/(?:[\w.]+/)?(?:p|reel|reels|tv)/(?P<id>[\w-]{5,64})",
        r"instagram.com/p/\g<id>",
    ),
    _rewrite(
        r"liff\.line\.me/[\w-]+/v2/article/(?P<id>\w{4,40})", r"today.line.me/tw/v2/article/\g<id>"
    ),
    _rewrite(
        r"today\.line\.me/(?P<land>[a-z]{2})/v\d/article/(?P<id>\w{4,40})",
        r"today.line.me/\g<land>/v2/article/\g<id>",
    ),
    # mirrors of PTT, Taiwan's bulletin board, keep its names of boards and posts
    _rewrite(r"(?:pttweb\.cc|ptt\.cc)/bbs/" + _PTT, r"ptt.cc/bbs/\g<board>/\g<id>.html"),
    _rewrite(r"moptt\.tw/p/" + _PTT, r"ptt.cc/bbs/\g<board>/\g<id>.html"),
    # one article of the Chinese Wikipedia is read in several scripts and vocabularies
    _rewrite(
        r"(?P<site>zh(?:\.m)?\.wik[a-z]+\.org)/zh(?:-(?:tw|hk|mo|cn|sg|my|hant|hans))?/(?P<title>.+)",
        r"\g<site>/wiki/\g<title>",
        keeps_query=True,
    ),
    _rewrite(
        r"(?P<language>[a-z-]{2,12})\.m\.(?P<site>wik[a-z]+\.org)(?P<path>/.*)",
        r"\g<language>.\g<site>\g<path>",
        keeps_query=True,
    ),
    _rewrite(r"redd\.it/(?P<id>[a-z0-9]{4,10})", r"reddit.com/comments/\g<id>"),
    _rewrite(
        r"(?:[a-z]+\.)?reddit\.com(?:/r/\w+)?/comments/(?P<id>[a-z0-9]{4,10})(?:/[^/]*)?",
        r"reddit.com/comments/\g<id>",
    ),
    _rewrite(
        r"(?:mbasic|touch|web|[a-z]{2}-[a-z]{2})\.facebook\.com(?P<path>/.*)",
        r"facebook.com\g<path>",
        keeps_query=True,
    ),
    _rewrite(r"twitter\.com(?P<path>/.*)", r"x.com\g<path>", keeps_query=True),
    _rewrite(r"threads\.net(?P<path>/.*)", r"threads.com\g<path>", keeps_query=True),
    _rewrite(r"m\.ltn\.com\.tw(?P<path>/.*)", r"news.ltn.com.tw\g<path>", keeps_query=True),
    _rewrite(r"m\.cnyes\.com(?P<path>/.*)", r"news.cnyes.com\g<path>", keeps_query=True),
    _rewrite(
        r"setn\.com/m/(?P<page>(?:[Nn]ews|[Vv]ideo)\.aspx)", r"setn.com/\g<page>", keeps_query=True
    ),
    _rewrite(r"udn\.com/news/amp/story/(?P<rest>\d+/\d+)", r"udn.com/news/story/\g<rest>"),
)

# Blogger's own phone version: ?m=1 on its dated paths
BLOGGER_POST = re.compile(r"/\d{4}/\d{2}/[^/]+\.html")

# first labels of a host under which sites serve the same pages
SAME_SITE_LABELS = _words("www m mobile wap amp")
