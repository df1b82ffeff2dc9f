"""A digest as files: Markdown to read or paste, Atom for feed readers."""

import re
from datetime import datetime
from typing import Any

from bot.render import cards, digests, labels
from bot.texts import Texts
from core.digest import Digest, Story
from core.digest_feed import Entry, atom
from core.domain import Community
from core.taxonomy import Taxonomy

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_AT_START = re.compile(r"^(\s*)([-+=>]|\d+[.)])")


def markdown(found: Digest, community: Community, taxonomy: Taxonomy, texts: Texts) -> str:
    """CommonMark: what a page says is text in it, never markup."""
    parts = [f"# {_plain(digests.title(found, community, texts))}"]
    if found.query:
        named = digests.about(found.query, taxonomy, texts)
        parts.append(_plain(texts.say("digest-about", about=named)))
    parts += [_story(each, taxonomy, texts) for each in found.stories]
    if not found.stories:
        parts.append(_plain(texts.say("digest-no-stories")))
    if (rest := found.total - len(found.stories)) > 0:
        parts.append(_plain(texts.say("digest-rest-file", n=rest)))
    if found.changes:
        listed = [f"- {_plain(digests.change(each, taxonomy, texts))}" for each in found.changes]
        parts += [f"## {texts.say('digest-changes')}", "\n".join(listed)]
    if found.disputes:
        listed = [
            f"- #{each.item.number} {_plain(cards.shortened(each.item.title, digests.TITLE))}: "
            f"{_plain(labels.name(each.path, taxonomy, texts, full=True))}"
            for each in found.disputes
        ]
        parts += [f"## {texts.say('digest-disputes')}", "\n".join(listed)]
    return "\n\n".join(parts) + "\n"


def feed(
    found: Digest, community: Community, taxonomy: Taxonomy, texts: Texts, *, now: datetime
) -> bytes:
    """Atom: an entry for each story."""
    entries = [
        Entry(
            each.item.number,
            each.item.title,
            cards.address(each.item),
            each.sentence or "",
            each.item.received_at,
            tuple(span.text for span in labels.in_brief(each.item, taxonomy, texts)),
        )
        for each in found.stories
    ]
    return atom(
        entries,
        community=community,
        title=digests.title(found, community, texts),
        about=digests.about(found.query, taxonomy, texts),
        now=now,
    )


def _story(story: Story, taxonomy: Taxonomy, texts: Texts) -> str:
    item = story.item
    name = _plain(cards.shortened(item.title, cards.MAX_TITLE))
    link = cards.address(item)
    lines = [f"## {name}" if link is None else f"## [{name}](<{_address(link)}>)"]
    if story.sentence is not None:
        lines.append(f"> {_plain(story.sentence)}")
    said = [f"#{item.number}", *digests.told_of(story, taxonomy, texts)]
    lines.append(_plain(" · ".join(said)))
    return "\n\n".join(lines)


def _plain(words: str) -> str:
    """Words that stand for themselves in CommonMark, on one line."""
    escaped = _MARKS.sub(r"\\\1", " ".join(words.split()))
    return _AT_START.sub(r"\1\\\2", escaped) if not escaped[:1].isdigit() else escaped


def _address(link: str) -> str:
    return link.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def as_json(found: Digest) -> dict[str, Any]:
    """A digest as scripts see it."""
    return {
        "query": found.query,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "total": found.total,
        "stories": [
            {
                "number": each.item.number,
                "title": each.item.title,
                "url": cards.address(each.item),
                "sentence": each.sentence,
                "labels": [label.path for label in labels.shown(each.item)],
                "shares": each.item.shares,
                "others": each.others,
                "pick": each.pick,
            }
            for each in found.stories
        ],
        "changes": [
            {"label": each.path, "after": each.after, "items": each.items} for each in found.changes
        ],
        "disputes": [
            {"number": each.item.number, "label": each.path, "is_open": each.is_open}
            for each in found.disputes
        ],
        "counts": [
            {"label": each.path, "now": each.now, "usual": round(each.before, 2)}
            for each in found.counts
        ],
    }
