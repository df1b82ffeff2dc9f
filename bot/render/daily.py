"""What is said about the few questions a day."""

from collections.abc import Sequence

from bot.chat import Button, Reply
from bot.render.spans import line, paragraphs, reply
from bot.texts import Texts
from core.domain import Community
from core.questions import Wish


def told(wish: Wish | None, community: Community, texts: Texts) -> Reply:
    """What a member wants now, and how to change it."""
    if wish is None or not wish.is_on:
        said = texts.say("daily-is-off", community=_name(community))
        return reply(paragraphs(said), buttons=[[_button("on", texts), _button("now", texts)]])
    said = texts.say(
        "daily-is-on", community=_name(community), at=f"{wish.at:%H:%M}", zone=community.timezone
    )
    return reply(paragraphs(said), buttons=[[_button("now", texts), _button("off", texts)]])


def turned_on(wish: Wish, community: Community, texts: Texts, *, begins_tomorrow: bool) -> Reply:
    """From now on."""
    said = texts.say(
        "daily-turned-on",
        community=_name(community),
        at=f"{wish.at:%H:%M}",
        zone=community.timezone,
        day="tomorrow" if begins_tomorrow else "today",
    )
    return reply(paragraphs(said), buttons=[[_button("now", texts), _button("off", texts)]])


def turned_off(texts: Texts) -> Reply:
    """No more."""
    return reply(paragraphs(texts.say("daily-turned-off")))


def nothing(texts: Texts, *, is_done: bool) -> Reply:
    """There is nothing to ask now."""
    return reply(paragraphs(texts.say("daily-is-done" if is_done else "daily-nothing")))


def which(communities: Sequence[Community], words: str, texts: Texts) -> Reply:
    """Of which community?"""
    buttons = [[Button(_name(each), f"daily {each.name} {words}".strip())] for each in communities]
    return reply(line(texts.say("daily-which")), buttons=buttons, asks=True)


def not_understood(found: str, texts: Texts) -> Reply:
    """What was typed is no way to say it."""
    return reply(paragraphs(texts.say("daily-not-understood", found=found)))


def _name(community: Community) -> str:
    return community.title or community.name


def _button(word: str, texts: Texts) -> Button:
    return Button(texts.say(f"button-daily-{word}"), f"daily {word}")
