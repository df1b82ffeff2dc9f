"""References that word processors and LaTeX can read, whatever a title says."""

import json
import re
from datetime import UTC, date, datetime

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bibliography import bibtex, csl_json, key_of
from core.domain import (
    Community,
    Document,
    Item,
    ItemLabel,
    LabelPath,
    LabelStatus,
    Link,
    PastedText,
    State,
)

HOME = Community(1, "home", "zh-TW", "Asia/Taipei")
KEPT = datetime(2026, 3, 1, 23, tzinfo=UTC)  # the second of March in Taipei


def item(number: int = 7, *labels: ItemLabel, **said: object) -> Item:
    """A page of that number."""
    url = f"https://news.example/{number}"
    known = {"text": "內文。", "title": "移工集結", "url": url, "media": "web", **said}
    document = Document(**known)
    return Item(number, 1, number, State.DONE, Link(url), KEPT, document, labels=labels)


def listed(*items: Item) -> list[dict]:
    return json.loads(csl_json(items, HOME))


# ── CSL-JSON ─────────────────────────────────────────────────────────────────────────────────────

TYPES = {
    *("article", "article-journal", "article-magazine", "article-newspaper", "document"),
    *("entry-encyclopedia", "interview", "legislation", "pamphlet", "report", "review"),
    *("post", "post-weblog", "regulation", "thesis", "treaty", "webpage"),
}
STRINGS = {"title", "container-title", "URL", "language", "note", "abstract", "keyword", "genre"}
NAMES = {"family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"}


def check_against_the_schema(reference: dict) -> None:
    """The rules of citationstyles.org's csl-data.json for what we write: nothing unknown, types
    from the list, names and dates in their form."""
    assert reference.keys() >= {"id", "type"}
    assert isinstance(reference["id"], str)
    assert reference["type"] in TYPES
    for field, value in reference.items():
        if field in STRINGS:
            assert isinstance(value, str)
        elif field == "author":
            assert all(name.keys() <= NAMES for name in value)
            assert all(isinstance(part, str) for name in value for part in name.values())
        elif field in ("issued", "accessed"):
            assert value.keys() == {"date-parts"}
            (parts,) = value["date-parts"]
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)
        else:
            assert field in ("id", "type")


def test_a_page():
    """With what is known; days are those of the community's clock."""
    (found,) = listed(
        item(author="王小明、陳美", site="公視", published_on=date(2026, 2, 28), language="zh-Hant")
    )

    check_against_the_schema(found)
    assert found == {
        "id": "home-7",
        "type": "webpage",
        "title": "移工集結",
        "URL": "https://news.example/7",
        "accessed": {"date-parts": [[2026, 3, 2]]},
        "note": "#7; archive (not checked): "
        "https://web.archive.org/web/20260301230000/https://news.example/7",
        "author": [{"literal": "王小明、陳美"}],
        "container-title": "公視",
        "issued": {"date-parts": [[2026, 2, 28]]},
        "language": "zh-Hant",
    }


def test_what_has_no_address():
    """It is a document, and has no archive link."""
    document = Document(text="訪談筆記。", title="筆記")
    note = Item(3, 1, 3, State.DONE, PastedText("訪談筆記。"), KEPT, document)

    assert listed(note) == [
        {"id": "home-3", "type": "document", "title": "筆記", "note": "#3"},
    ]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(LabelStatus.CONFIRMED, "article-newspaper"), (LabelStatus.SUGGESTED, "webpage")],
)
def test_its_kind_is_what_people_decided(status, kind):
    """Not what a model suggests."""
    label = ItemLabel(LabelPath("form/news/investigation"), 0.9, status)

    assert listed(item(7, label))[0]["type"] == kind


def test_keys_are_plain():
    """Letters and digits of the community's handle, and the number."""
    assert key_of(item(), HOME) == "home-7"
    assert key_of(item(), Community(2, "移工盟", "zh-TW", "Asia/Taipei")) == "item-7"


# ── BibTeX ───────────────────────────────────────────────────────────────────────────────────────


def read(text: str) -> list[dict[str, str]]:
    """What another program reads."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return [{each.key: each.value for each in entry.fields} for entry in library.entries]


_COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def unescaped(words: str) -> str:
    """What TeX would print."""
    return re.sub(
        r"\\(?:([a-z]+)\{\}|([#$%&_]))", lambda found: _COMMANDS.get(found[1]) or found[2], words
    )


def test_an_entry():
    """Author and title in braces, so that no style turns them round."""
    (found,) = read(bibtex([item(author="Ann Lee and Co", published_on=date(2026, 2, 8))], HOME))

    assert found["title"] == "{移工集結}"
    assert found["author"] == "{Ann Lee and Co}"
    assert (found["year"], found["date"]) == ("2026", "2026-02-08")
    assert (found["url"], found["urldate"]) == ("https://news.example/7", "2026-03-02")


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_any_title_is_text(title):
    """Nothing in it is a command, ends its field or begins a comment."""
    words = " ".join(title.split())
    if not words:
        return
    written = bibtex([item(title=words), item(8)], HOME)

    first, second = read(written)
    assert unescaped(first["title"][1:-1]) == words
    assert second["title"] == "{移工集結}"
    assert written.count("{") == written.count("}")


def test_an_address_stays_one():
    """What BibTeX would take for the end of it is encoded; the rest is as it was."""
    url = "https://news.example/a_b?x=50%25&y={z}#top"

    (found,) = read(bibtex([item(url=url)], HOME))

    assert found["url"] == "https://news.example/a_b?x=50%25&y=%7Bz%7D#top"
