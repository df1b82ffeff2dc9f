"""Tells an article from what stands in its place: walls, error pages, empty shells, lists of links.

Labelled as if they were articles, such pages are the worst entries of a collection. And an article
*about* cookie banners, error 404 or logging in is an article. So wording alone never refuses a page
that has a text of its own: first all lines that a wall would say are set aside, and only if hardly
any prose is left does the wording decide. Wording is matched in Traditional and Simplified Chinese
and in English; the patterns are what such pages say *to their visitor* ("sign in to continue"), not
words about the matter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.errors import Forbidden, NotAnArticle
from core.sources.page_words import (
    ABOUT_CONSENT,
    CHALLENGE,
    CHALLENGE_TITLE,
    CONSENT,
    DENIED_TITLE,
    ERROR,
    ERROR_TITLE,
    LOGIN,
    LOGIN_TITLE,
    PAYWALL,
    SCRIPT_NEEDED,
)
from core.sources.tidy import weight


@dataclass(frozen=True, slots=True)
class Page:
    """What is looked at.

    Attributes:
        url: where the page came from.
        title: of the `<title>` element, with the site's name.
        headings: the first few of the first and second level.
        text: what was extracted as the article, one paragraph a line.
        visible: everything a visitor could read, one block a line, the article included.
        noscript: what visitors without JavaScript are told.
        links: number of links; link_weight, visible_weight: how much text is in links, and in all
            (`tidy.weight`).
        linked_headings: headings that are links: teasers of other pages.
        password_fields: inputs for a password.
        scripts: number of scripts.
        has_mount: an empty element for an application to fill (`<div id="root"></div>`).
        is_challenged: carries the scripts of a bot check.
        is_free: what the page declares about its access (`isAccessibleForFree`), None if nothing.
    """

    url: str | None = None
    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    visible: str = ""
    noscript: str = ""
    links: int = 0
    link_weight: int = 0
    visible_weight: int = 0
    linked_headings: int = 0
    password_fields: int = 0
    scripts: int = 0
    has_mount: bool = False
    is_challenged: bool = False
    is_free: bool | None = None


# Prose that is left when a wall's own lines are set aside, by `tidy.weight` (a Chinese character
# counts one, an English word two). Set by hand on the pages in tests/core/sources/test_pages.py,
# both ways.
_HARDLY_ANY = 25  # less than one sentence
_LITTLE = 80  # two sentences: what error pages and login pages say besides
_TEASER = 260  # what stands before a paywall: two or three paragraphs
_STORY = 400  # beyond this, no wording makes an error page


def check(page: Page) -> None:
    """Pass if the page holds an article; otherwise say what it is instead.

    Raises:
        Forbidden: fact `reason` is "bot-challenge", "login", "paywall" or "access-denied".
        NotAnArticle: fact `reason` is "consent-wall", "error-page", "empty-shell", "link-list" or
            "no-text".
    """
    where = page.url or "The page"
    if _is_challenge(page):
        raise Forbidden(
            f"{where} answers with a check against bots instead of the article. "
            f"Send the text instead.",
            reason="bot-challenge",
        )
    if _is_consent_wall(page):
        raise NotAnArticle(
            f"{where} shows a request for consent instead of the article. Send the text instead.",
            reason="consent-wall",
        )
    if (reason := _denial(page)) is not None:
        words = {"login": "is behind a login", "paywall": "is behind a paywall"}.get(
            reason, "refuses access"
        )
        raise Forbidden(f"{where} {words}. Send the text instead.", reason=reason)
    if _is_error_page(page):
        raise NotAnArticle(f"{where} is an error page. Check the address.", reason="error-page")
    if _is_shell(page):
        raise NotAnArticle(
            f"{where} is empty until a browser runs its scripts. Send the text instead.",
            reason="empty-shell",
        )
    if _is_link_list(page):
        raise NotAnArticle(
            f"{where} is a list of links, not an article. Send the address of one article.",
            reason="link-list",
        )
    if not any(character.isalnum() for character in page.text):
        raise NotAnArticle(
            f"No text was found in {where}. Send the text instead.", reason="no-text"
        )


# ── bot checks ───────────────────────────────────────────────────────────────────────────────────


def _is_challenge(page: Page) -> bool:
    said = bool(CHALLENGE.search(page.visible) or CHALLENGE.search(page.noscript))
    titled = CHALLENGE_TITLE.fullmatch(page.title.strip()) is not None
    left = _prose(page, CHALLENGE)
    if titled and (said or page.is_challenged or left < _LITTLE):
        return left < _TEASER
    return (said or page.is_challenged) and left < _HARDLY_ANY and page.visible_weight < _TEASER


# ── consent ──────────────────────────────────────────────────────────────────────────────────────

_CONSENT_HOST = re.compile(r"^(?:consent|guce|privacy-?mgmt|cmp)\.")


def _is_consent_wall(page: Page) -> bool:
    host = urlsplit(page.url or "").hostname or ""
    if _CONSENT_HOST.match(host) and CONSENT.search(page.visible):
        return True
    said = {match.group().lower() for match in CONSENT.finditer(page.visible)}
    titled = CONSENT.search(page.title) is not None
    if len(said) + titled < 2:
        return False
    # A banner beside a text is no wall: is there a line that is not about consent?
    about = re.compile(f"{CONSENT.pattern}|{ABOUT_CONSENT.pattern}", re.IGNORECASE)
    return _prose(page, about) < _HARDLY_ANY and _speaks_for_itself(page, about)


_SPOKEN = re.compile(r"\b(?:we|our|us|you|your)\b|我們|我们|您|本網站|本网站|本站", re.IGNORECASE)
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|“[^”]*”|\"[^\"]*\"")


def _speaks_for_itself(page: Page, about: re.Pattern[str]) -> bool:
    """Whether what is said about consent is said to the visitor, and not reported.

    A wall says "we" and "you"; an article on walls puts their words in quotation marks.
    """
    lines = [line for line in page.text.split("\n") if about.search(line) and weight(line) >= 8]
    spoken = _total(line for line in lines if _SPOKEN.search(_QUOTED.sub("", line)))
    return 2 * spoken >= _total(lines)


# ── logins, paywalls, refusals ───────────────────────────────────────────────────────────────────


def _denial(page: Page) -> str | None:
    """Why the visitor is kept out: "paywall", "login", "access-denied"; None if not."""
    left = _prose(page, PAYWALL, LOGIN)
    titles = [*_parts(page.title), *page.headings]
    asks = page.password_fields > 0 or LOGIN.search(page.visible) is not None
    if asks and left < _LITTLE and _matches(LOGIN_TITLE, _parts(page.title)):
        return "login"  # whatever it promises behind it: an article before a paywall has its title
    if left < _TEASER and (
        PAYWALL.search(_afterwards(page))
        or (page.is_free is False and PAYWALL.search(page.visible))
    ):
        return "paywall"
    if page.is_free is False and 0 < left < _TEASER // 2:
        return "paywall"
    if left < _LITTLE and _matches(DENIED_TITLE, titles):
        return "access-denied"
    if (
        asks
        and left < _LITTLE
        and (_matches(LOGIN_TITLE, titles) or (page.password_fields and left < _HARDLY_ANY))
    ):
        return "login"
    if left < _HARDLY_ANY and LOGIN.search(page.text):
        return "login"
    if left < _LITTLE and PAYWALL.search(page.text):
        return "paywall"
    return None


def _afterwards(page: Page) -> str:
    """What stands below the last line of prose, where a paywall is; quotations aside."""
    lines = [line for line in page.text.split("\n") if _is_prose(line, PAYWALL, LOGIN)]
    if lines:
        _, found, after = page.visible.rpartition(lines[-1][-20:])
        if found:
            return _QUOTED.sub("", after)
    return _QUOTED.sub("", "\n".join(page.text.split("\n")[-4:]))


# ── errors ───────────────────────────────────────────────────────────────────────────────────────

_ERROR_PATH = re.compile(r"/(?:404|error|not-?found|errorpage)(?:\.\w+)?/?$", re.IGNORECASE)


def _is_error_page(page: Page) -> bool:
    """Two independent signs and little prose, or one sure sign and hardly any."""
    titled = _matches(ERROR_TITLE, _parts(page.title))
    headed = _matches(ERROR_TITLE, page.headings)
    first = page.visible if page.visible_weight < 3 * _TEASER else page.text[:600]
    said = ERROR.search(first) is not None
    fetched = _ERROR_PATH.search(urlsplit(page.url or "").path) is not None
    left = _prose(page, ERROR, ERROR_TITLE)
    signs = titled + headed + said + fetched
    if signs >= 2 and (titled or headed):
        return left < (_STORY if titled and headed else _TEASER)
    if (titled or headed) and left < _LITTLE:
        return True
    # an apology is all there is
    return said and left < _HARDLY_ANY and weight(page.text) < _LITTLE


# ── shells and lists ─────────────────────────────────────────────────────────────────────────────

_LOADING = re.compile(
    r"\W*(?:loading|please wait|載入中|加载中|讀取中|读取中|處理中|请稍候|請稍候)\W*", re.IGNORECASE
)


def _is_shell(page: Page) -> bool:
    left = _prose(page, SCRIPT_NEEDED)
    if left >= _HARDLY_ANY:
        return False
    told = SCRIPT_NEEDED.search(page.visible) or SCRIPT_NEEDED.search(page.noscript)
    lines = [
        line
        for line in page.text.split("\n")
        if not SCRIPT_NEEDED.search(line) and not _LOADING.fullmatch(line)
    ]
    remaining = _total(lines)
    if told and remaining < _LITTLE and page.visible_weight < _TEASER:
        return True
    is_bare = page.visible_weight < _HARDLY_ANY or remaining == 0
    return (
        is_bare
        and page.scripts > 0
        and (page.has_mount or _LOADING.search(page.visible) is not None)
    )


def _is_link_list(page: Page) -> bool:
    """Mostly links and hardly any prose; or a home page of teasers."""
    if page.visible_weight == 0:
        return False
    share = page.link_weight / page.visible_weight
    left = _prose(page)
    if share >= 0.6 and page.links >= 8 and left < _HARDLY_ANY:
        return True
    path = urlsplit(page.url or "/none").path
    is_home = (
        path in ("", "/") or re.fullmatch(r"/(?:index|default|home)(?:\.\w+)?/?", path) is not None
    )
    longest = max((weight(line) for line in page.text.split("\n")), default=0)
    return is_home and page.linked_headings >= 4 and share >= 0.35 and longest < _LITTLE


# ── measures ─────────────────────────────────────────────────────────────────────────────────────

_SENTENCE = re.compile(r"[。！？；]|[.!?](?:[\s”\"')\]]|$)|[，,].*[，,]")


def _prose(page: Page, *aside: re.Pattern[str]) -> int:
    """How much running text there is besides the lines that match one of the patterns."""
    return _total(line for line in page.text.split("\n") if _is_prose(line, *aside))


def _is_prose(line: str, *aside: re.Pattern[str]) -> bool:
    """Whether a line is running text: it has a sentence's length and punctuation.

    A line that matches a pattern is not, unless it is long: no wall speaks at such length.
    """
    size = weight(line)
    if size < 16 or not _SENTENCE.search(line):
        return False
    return size >= _TEASER or not any(pattern.search(line) for pattern in aside)


def _total(lines: Iterable[str]) -> int:
    return sum(weight(line) for line in lines)


_SEPARATOR = re.compile(r"\s*[|｜–—•·»›]\s*|\s+[-:_/]\s+|\s*[:：]\s+")


def _parts(title: str) -> list[str]:
    """A title, and its parts between the separators that sites put around their names."""
    return [title.strip(), *(part.strip() for part in _SEPARATOR.split(title) if part.strip())]


def _matches(pattern: re.Pattern[str], titles: Iterable[str]) -> bool:
    return any(pattern.fullmatch(title.strip()) for title in titles if title.strip())
