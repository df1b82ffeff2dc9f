"""Items as references: CSL-JSON for Zotero and word processors, BibTeX for LaTeX.

Only what is known is said: authors stay as the page has them (a `literal`, never cut into given and
family names), the kind of a text follows the label that people decided, else it is a web page or a
document. The archive's address is a note, since nobody looked whether there is a copy.

BibTeX is written here and not by a library: bibtexparser wraps addresses in a command and turns
quotation marks round, pybtex escapes addresses and lets TeX commands of a title through. Every sign
that TeX takes for more than itself is escaped, so a hostile title is only an odd one.

Source: citationstyles.org, schema "csl-data.json" 1.0.2; Patashnik 1988, "BibTeXing".
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from core.archive import address_of, archived
from core.domain import Community, Item, LabelStatus

_KINDS = {
    "news": "article-newspaper",
    "investigation": "article-newspaper",
    "opinion": "article-newspaper",
    "interview": "interview",
    "statement": "pamphlet",
    "research": "report",
    "law": "legislation",
    "official": "document",
    "encyclopedic": "entry-encyclopedia",
    "review": "review",
}
"""Last ids of labels on the form of a text (those of the starter taxonomy), as CSL calls them."""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, also those behind a backslash
    "}": r"\textbraceright{}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", '"': "%22"}
_KEY = re.compile("[^a-z0-9]+")


def key_of(item: Item, community: Community) -> str:
    """How a reference is cited: the community's handle and the item's number ("home-7")."""
    handle = _KEY.sub("", unicodedata.normalize("NFKD", community.name).casefold())
    return f"{handle or 'item'}-{item.number}"


def csl_json(items: Sequence[Item], community: Community) -> str:
    """Items as a CSL-JSON list, one a line."""
    listed = [json.dumps(reference(item, community), ensure_ascii=False) for item in items]
    return "[\n" + ",\n".join(listed) + "\n]\n"


def reference(item: Item, community: Community) -> dict[str, Any]:
    """An item as CSL-JSON."""
    document = item.document
    kept = item.received_at.astimezone(ZoneInfo(community.timezone)).date()
    url, copy = address_of(item), archived(item)
    fields: dict[str, Any] = {
        "id": key_of(item, community),
        "type": _kind(item),
        "title": item.title,
        "URL": url,
        "accessed": _date_parts(kept) if url else None,
        "note": f"#{item.number}" + (f"; archive (not checked): {copy}" if copy else ""),
    }
    if document is not None:
        fields |= {
            "author": [{"literal": document.author}] if document.author else None,
            "container-title": document.site,
            "issued": _date_parts(document.published_on) if document.published_on else None,
            "language": document.language,
        }
    return {name: value for name, value in fields.items() if value}


def bibtex(items: Sequence[Item], community: Community) -> str:
    """Items as BibTeX, in UTF-8; `@misc`, which every style knows."""
    return "\n".join(_entry(item, community) for item in items)


def _entry(item: Item, community: Community) -> str:
    told = reference(item, community)
    issued = told.get("issued", {"date-parts": [[]]})["date-parts"][0]
    authors = [each["literal"] for each in told.get("author", ())]
    fields = {
        "author": " and ".join(f"{{{_escaped(each)}}}" for each in authors),
        "title": f"{{{_escaped(told['title'])}}}",
        "howpublished": _escaped(told.get("container-title", "")),
        "year": str(issued[0]) if issued else "",
        "date": "-".join(f"{part:02}" for part in issued),
        "url": _address(told.get("URL", "")),
        "urldate": "-".join(f"{part:02}" for part in told["accessed"]["date-parts"][0])
        if "accessed" in told
        else "",
        "note": _escaped(told["note"]),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{told['id']},", *lines, "}", ""])


def _kind(item: Item) -> str:
    for label in item.labels:
        kind = _KINDS.get(label.path.rpartition("/")[2])
        is_form = label.path.startswith("form/") and label.status is LabelStatus.CONFIRMED
        if is_form and kind is not None:
            return kind
    is_page = item.document is not None and item.document.media in ("web", "text")
    return "webpage" if is_page and address_of(item) else "document"


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _escaped(words: str) -> str:
    return "".join(_SPECIAL.get(each, each) for each in " ".join(words.split()))


def _address(url: str) -> str:
    return "".join(_IN_ADDRESS.get(each, each) for each in url)
