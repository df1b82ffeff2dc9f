"""Walls, error pages, shells and lists are told from articles, and from articles about them."""

import pytest

from core.domain import Resource
from core.errors import CommonplaceError, Forbidden, NotAnArticle
from core.sources import web
from core.sources.pages import Page, check
from core.sources.reading import Extracted, ReadLimits
from tests.core.sources.page_samples import (
    ARTICLES,
    CHALLENGES,
    CONSENT,
    EMPTY,
    ERRORS,
    FOOTER,
    LISTS,
    LOGINS,
    MENU,
    PAYWALLS,
    SHELLS,
    html,
)
from tests.core.sources.web_samples import SAMPLES, ZH


def extract(page: str, url: str = "https://news.example.com/a/1") -> Extracted:
    return web.extract(Resource(page.encode(), "text/html", "utf-8", url), ReadLimits())


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in CHALLENGES.items()])
def test_a_check_against_bots_is_refused(page: str):
    """It is the site's refusal, and no text is kept."""
    with pytest.raises(Forbidden) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "bot-challenge"


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in CONSENT.items()])
def test_a_consent_wall_is_no_article(page: str):
    """However many words it uses."""
    with pytest.raises(NotAnArticle) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "consent-wall"


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in LOGINS.items()])
def test_a_login_page_is_forbidden(page: str):
    """The text is behind it."""
    with pytest.raises(Forbidden) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "login"


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in PAYWALLS.items()])
def test_a_teaser_before_a_paywall_is_forbidden(page: str):
    """A first paragraph would be labelled as if it were the whole."""
    with pytest.raises(Forbidden) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "paywall"


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in ERRORS.items()])
def test_an_error_page_sent_as_a_success_is_no_article(page: str):
    """Servers say 200 and mean 404."""
    with pytest.raises(NotAnArticle) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "error-page"


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in SHELLS.items()])
def test_a_shell_for_scripts_is_no_article(page: str):
    """Without a browser there is nothing in it."""
    with pytest.raises(NotAnArticle) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "empty-shell"


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in LISTS.items()])
def test_a_list_of_links_is_no_article(page: str):
    """It leads to articles."""
    with pytest.raises(NotAnArticle) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "link-list"


def test_a_home_page_of_teasers_is_a_list():
    """Each teaser is the beginning of another text."""
    teasers = "".join(
        f"<h3><a href='/{n}'>標題第{n}則在這裡，很長的標題</a></h3><p>{ZH[n % 5][:34]}…</p>"
        for n in range(9)
    )
    page = html("範例新聞網", MENU + f"<main>{teasers}</main>" + FOOTER)

    with pytest.raises(NotAnArticle) as caught:
        extract(page, "https://news.example.com/")

    assert caught.value.facts["reason"] == "link-list"


@pytest.mark.parametrize("page", [pytest.param(page, id=name) for name, page in EMPTY.items()])
def test_a_page_without_words_is_no_article(page: str):
    """There is nothing to label."""
    with pytest.raises(NotAnArticle) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "no-text"


def test_an_access_denied_page_is_forbidden():
    """It says so itself, whatever its status was."""
    page = html(
        "Access Denied",
        "<h1>Access Denied</h1><p>You don't have permission to access this "
        "resource on this server.</p><p>Reference #18.2d</p>",
    )

    with pytest.raises(Forbidden) as caught:
        extract(page)

    assert caught.value.facts["reason"] == "access-denied"


# ── and no false alarms ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page", "paragraphs"), [pytest.param(*case, id=name) for name, case in ARTICLES.items()]
)
def test_an_article_is_an_article_whatever_it_is_about(page: str, paragraphs: tuple[str, ...]):
    """Wording alone refuses no page that has a text of its own."""
    text = extract(page).text

    assert [paragraph for paragraph in paragraphs if paragraph not in text] == []


@pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in SAMPLES])
def test_the_sample_pages_pass(sample):
    """None of the real shapes looks like a wall."""
    assert extract(sample.html, sample.url).text


def test_the_facts_name_a_reason_and_the_message_a_next_step():
    """The one who sent the link reads what to do."""
    page = Page(
        url="https://news.example.com/a", title="404 Not Found", headings=("404 Not Found",)
    )

    with pytest.raises(CommonplaceError) as caught:
        check(page)

    assert caught.value.facts == {"reason": "error-page"}
    assert caught.value.message == "https://news.example.com/a is an error page. Check the address."
