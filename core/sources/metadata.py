"""What a page says about itself: title, author, date, site, image, language, address, access.

Sources in the order of trust: JSON-LD of the article (schema.org), Open Graph and other `<meta>`,
marked-up HTML (`itemprop`, `rel`, `<time>`), wording that Taiwanese sites use instead of markup
(bylines, "發布日期：113-04-12"), and what trafilatura and htmldate find by their own heuristics. A
field is only ever filled or made cleaner by the steps before trafilatura's, never emptied.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from core.sources.dates import labelled_day, local_day
from core.sources.json_ld import article_node, text_of
from core.sources.tidy import clean_line
from core.sources.titles import without_site

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; everything may be missing. `body` is the article's text, if JSON-LD has it
    whole."""

    title: str | None = None
    author: str | None = None
    published_on: date | None = None
    site: str | None = None
    image_url: str | None = None
    language: str | None = None
    declared_url: str | None = None
    is_free: bool | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """What trafilatura found for the same page."""

    title: str | None = None
    author: str | None = None
    published_on: date | None = None
    site: str | None = None
    image_url: str | None = None


@dataclass(slots=True)
class _Meta:
    """`<meta>` contents by lower-case name; the first of each name wins."""

    values: dict[str, str] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        return next((value for name in names if (value := self.values.get(name))), None)


def collect(tree: "HtmlElement", *, url: str | None, guess: Guess, opening: str) -> Metadata:
    """Gather a page's metadata.

    Args:
        tree: the page.
        url: where it came from, to resolve relative addresses.
        guess: what trafilatura found.
        opening: the first lines of the page's visible text, where bylines and dates stand.
    """
    meta = _meta(tree)
    article = article_node(tree)
    base = _base(tree, url)
    site = _site(tree, meta, article) or _not_host(guess.site, url)
    title = (
        text_of(article.get("headline")) or meta.first("og:title", "twitter:title") or guess.title
    )
    canonical_link = next(
        (
            link.get("href")
            for link in tree.iter("link")
            if "canonical" in link.get("rel", "").lower().split()
        ),
        None,
    )
    return Metadata(
        title=without_site(title, site, also=(_host_words(url))) if title else None,
        author=_authors(article, meta) or _byline(opening) or clean_line(guess.author),
        published_on=_published(tree, meta, article, url=url, opening=opening)
        or guess.published_on,
        site=site,
        image_url=_image(meta, article, guess, base),
        language=_language(tree, meta),
        declared_url=_absolute(canonical_link or meta.first("og:url"), base),
        is_free=_access(article),
        body=text_of(article.get("articleBody")),
    )


# ── title and site ───────────────────────────────────────────────────────────────────────────────


def _site(tree: "HtmlElement", meta: _Meta, article: dict[str, Any]) -> str | None:
    """The publisher's declared name; what a `<title>` ends with is not asked."""
    name = meta.first("og:site_name", "application-name", "al:ios:app_name") or text_of(
        article.get("publisher")
    )
    if name is None:
        holder = tree.find('.//*[@itemprop="publisher"]//*[@itemprop="name"]')
        name = holder.get("content") or holder.text_content() if holder is not None else None
    name = clean_line(name)
    if name is None or name.startswith(("http:", "https:", "@")) or len(name) > 80:
        return None
    return name


def _not_host(site: str | None, url: str | None) -> str | None:
    """trafilatura's guess, unless it only took the host, which `finish` does better."""
    site = clean_line(site)
    if site is None or (url and site.lower() in (urlsplit(url).hostname or "")):
        return None
    return site


def _host_words(url: str | None) -> tuple[str, ...]:
    """Names under which a site without a declared name signs its titles: its host, and that without
    ending."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return (host,) if host else ()


# ── author ───────────────────────────────────────────────────────────────────────────────────────

_HAN_NAME = "[\u4e00-\u9fff]{2,4}"
_NAMES = f"{_HAN_NAME}(?:、{_HAN_NAME}){{0,3}}"
_PLACES = (
    "台北|臺北|新北|桃園|台中|臺中|台南|臺南|高雄|基隆|新竹|苗栗|彰化|南投|雲林|嘉義|屏東|宜蘭|花蓮"
    "|台東|臺東|澎湖|金門|馬祖|連江|東京|北京|香港|華盛頓|紐約|洛杉磯|舊金山|倫敦|巴黎|柏林"
    "|布魯塞爾|首爾|曼谷|雅加達|新德里|河內|綜合"
)
_REPORTER = re.compile(
    r"記者\s*(?P<a>[\u4e00-\u9fff、]{2,14}?)\s*"
    rf"(?:[／/]|攝影|(?:{_PLACES}|特稿|專訪)[^，。\s]{{0,4}}(?:報導|電|專電)|\d{{1,2}}日)"
    r"|(?:^|[\s（(【〔])(?:文|撰文|撰稿|作者|採訪|編譯)\s*[／/｜|：:]\s*"
    rf"(?P<b>{_NAMES})(?=[\s）)】〕／/｜|]|$)",
    re.MULTILINE,
)
_POSTED_BY = re.compile(
    r"^(?i:by|written by|posted by|author:)\s+(?P<name>[A-Z][\w.'’-]+(?: (?:and "
    r"|& )?[A-Z][\w.'’-]+){1,6})\s*$",
    re.MULTILINE,
)
_PTT_AUTHOR = re.compile(r"^作者\s*(?P<name>\w{2,12}) \(", re.MULTILINE)
_NOT_AN_AUTHOR = re.compile(
    r"https?://|^@|@.*\.|^(?:admin|administrator|editor|staff|webmaster|root"
    r"|user|null|none|undefined)$",
    re.IGNORECASE,
)


def _authors(article: dict[str, Any], meta: _Meta) -> str | None:
    """The people that JSON-LD or meta tags name, joined by "; "."""
    listed = article.get("author") or article.get("creator")
    entries = listed if isinstance(listed, list) else [listed]
    people = [
        entry
        for entry in entries
        if not (isinstance(entry, dict) and entry.get("@type") == "Organization")
    ]
    names = [name for entry in people if (name := _name(text_of(entry)))]
    if not names:
        said = meta.first(
            "author",
            "article:author",
            "og:article:author",
            "byl",
            "parsely-author",
            "sailthru.author",
                          "dc.creator",
                          "dcterms.creator",
                          "citation_author",
                          "creator")  # fmt: skip
        name = _name(said)
        names = [name] if name else []
    return "; ".join(dict.fromkeys(names)) or None


def _name(text: str | None) -> str | None:
    """A person's name out of what stands in an author field ("聯合報 記者林怡君／台北報導")."""
    text = clean_line(text)
    if text is None or _NOT_AN_AUTHOR.search(text) or len(text) > 120:
        return None
    if match := _REPORTER.search(text):
        return (match["a"] or match["b"]).replace("、", "; ")
    return (
        re.sub(r"^(?:by|作者|文|撰文)\s*[:：／/]\s*|^by\s+", "", text, flags=re.IGNORECASE) or None
    )


def _byline(opening: str) -> str | None:
    """The author that the text's own first lines name."""
    for pattern in (_REPORTER, _PTT_AUTHOR):
        if match := pattern.search(opening):
            groups = match.groupdict()
            name = groups.get("name") or groups.get("a") or groups.get("b")
            if name:
                return str(name).replace("、", "; ")
    match = _POSTED_BY.search(opening)
    return re.sub(r" (?:and|&) ", "; ", match["name"]) if match else None


# ── date ─────────────────────────────────────────────────────────────────────────────────────────

_PUBLISHED_META = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "date.available",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued", "dc.date", "citation_publication_date", "date",
)  # fmt: skip


def _published(
    tree: "HtmlElement", meta: _Meta, article: dict[str, Any], *, url: str | None, opening: str
) -> date | None:
    """The publisher's own date: declared, or marked up, or labelled in words."""
    stated = [text_of(article.get(key)) for key in ("datePublished", "dateCreated", "uploadDate")]
    stated += [meta.values.get(name) for name in _PUBLISHED_META]
    for element in tree.iter("time", "abbr", "span", "meta", "div"):
        if element.get("itemprop", "").lower() == "datepublished" or (
            element.tag in ("time", "abbr") and "published" in element.get("class", "").lower()
        ):
            stated.append(element.get("content") or element.get("datetime") or element.get("title"))
    for text in stated:
        if text and (day := local_day(text, url)):
            return day
    return labelled_day(opening)


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────


def _image(meta: _Meta, article: dict[str, Any], guess: Guess, base: str | None) -> str | None:
    """The lead image's absolute address, http or https."""
    listed = article.get("image")
    images = listed if isinstance(listed, list) else [listed]
    candidates = [
        meta.first("og:image:secure_url"),
        meta.first("og:image", "og:image:url", "twitter:image", "twitter:image:src"),
    ]
    candidates += [text_of(_content_url(image)) for image in images]
    candidates.append(guess.image_url)
    return next((address for one in candidates if (address := _absolute(one, base))), None)


def _content_url(image: Any) -> Any:
    """An ImageObject's address; anything else as it is."""
    return image.get("url") or image.get("contentUrl") if isinstance(image, dict) else image


def _language(tree: "HtmlElement", meta: _Meta) -> str | None:
    """The declared language as a BCP 47 tag; Chinese by script, as the rest of the house has it."""
    root = tree if tree.tag == "html" else tree.find(".//html")
    said = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        if root is not None
        else None
    )
    said = (said or meta.first("og:locale", "content-language") or "").strip().replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", said):
        return None
    primary, *rest = said.lower().split("-")
    if primary == "zh":
        if "hans" in rest or "cn" in rest or "sg" in rest:
            return "zh-Hans"
        return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(rest) else None
    return primary


def _access(article: dict[str, Any]) -> bool | None:
    """`isAccessibleForFree`, which comes as a boolean or as a word."""
    said = article.get("isAccessibleForFree")
    if isinstance(said, bool):
        return said
    return (
        {"true": True, "false": False}.get(said.strip().lower()) if isinstance(said, str) else None
    )


def _base(tree: "HtmlElement", url: str | None) -> str | None:
    """What relative addresses on the page are relative to."""
    element = tree.find(".//base")
    href = element.get("href") if element is not None else None
    return _absolute(href, url) or url


def _absolute(address: str | None, base: str | None) -> str | None:
    """An absolute http or https address, or nothing."""
    if not address or len(address) > 2000:
        return None
    try:
        resolved = urljoin(base or "", address.strip())
        parts = urlsplit(resolved)
    except ValueError:
        return None
    return resolved if parts.scheme in ("http", "https") and parts.hostname else None


def _meta(tree: "HtmlElement") -> _Meta:
    """All `<meta>` under `property`, `name`, `itemprop` or `http-equiv`."""
    found = _Meta()
    for element in tree.iter("meta"):
        content = element.get("content", "").strip()
        if not content or len(content) > 5000:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name:
                found.values.setdefault(name.strip().lower(), content)
    return found
