"""A dossier as scripts see it."""

from typing import Any

from core.archive import address_of, archived
from core.brief import Brief, Told
from core.domain import Item
from core.quote import Quote


def as_json(found: Brief) -> dict[str, Any]:
    """All of it but the texts themselves; places of quotations are in characters."""
    gaps, draft = found.gaps, found.draft
    return {
        "query": found.query,
        "at": found.at.isoformat(),
        "items": [_item(each) for each in found.items],
        "stories": found.stories,
        "left_out": found.left_out,
        "groups": [
            {
                "label": group.path,
                "told": [_told(each) for each in group.told],
                "more": [each.number for each in group.more],
                "also": list(group.also),
            }
            for group in found.groups
        ],
        "voices": [
            {"label": each.path, "total": each.total, "told": [_told(one) for one in each.told]}
            for each in found.voices
        ],
        "figures": [
            {
                "quote": _quote(each.quote),
                "figures": [
                    {
                        "written": each.written(figure),
                        "kind": figure.kind,
                        "value": float(figure.value),
                        "unit": figure.unit,
                    }
                    for figure in each.figures
                ],
                "also": list(each.also),
            }
            for each in found.figures
        ],
        "days": [
            {
                "year": each.said.year,
                "month": each.said.month,
                "day": each.said.day,
                "is_year_guessed": each.said.is_year_guessed,
                "quote": _quote(each.quote),
            }
            for each in found.days
        ],
        "gaps": {
            "empty": list(gaps.empty),
            "unused": {dimension: list(paths) for dimension, paths in gaps.unused.items()},
            "silent": [[list(first), list(last)] for first, last in gaps.silent],
            "site": gaps.site,
            "suggested": gaps.suggested,
            "disputes": list(gaps.disputes),
            "undated": list(gaps.undated),
            "unaddressed": list(gaps.unaddressed),
            "unheard": list(gaps.unheard),
        },
        "draft": None
        if draft is None
        else {
            "model": draft.model,
            "trouble": draft.trouble,
            "claims": [{"words": each.words, "quote": _quote(each.quote)} for each in draft.claims],
            "dropped": dict(draft.dropped),
        },
    }


def _item(item: Item) -> dict[str, Any]:
    document = item.document
    published = document.published_on if document is not None else None
    return {
        "number": item.number,
        "title": item.title,
        "site": document.site if document is not None else None,
        "author": document.author if document is not None else None,
        "published_on": published.isoformat() if published else None,
        "url": address_of(item),
        "archive": archived(item),
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "number": told.item.number,
        "others": list(told.others),
        "at": told.at.isoformat(),
        "status": told.status,
        "quotes": [_quote(each) for each in told.quotes],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"number": quote.number, "start": quote.start, "end": quote.end, "text": quote.text}
