"""What is said to a member about their own data."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.chat import Button, Reply
from bot.render.spans import EMPTY, faint, line, paragraphs, reply, strong
from bot.texts import Texts
from core.domain import SentFile
from core.people import Forgotten


def privacy(texts: Texts, *, sends_to: str | None = None) -> Reply:
    """What is stored, and what a member can do about it; `sends_to`: the host of a language model
    that reads the texts, too."""
    title, *points = texts.say("privacy", server=sends_to or "none").split("\n")
    if sends_to is not None:
        points.append(texts.say("privacy-llm", server=sends_to))
    return reply(
        line(strong(title)),
        [line(each, lead="·") for each in points],
        EMPTY,
        line(faint(texts.say("privacy-more"))),
    )


def my_data(about: Mapping[str, Any], file: SentFile, texts: Texts) -> Reply:
    """An overview, with everything in a file."""
    said = texts.say(
        "mydata",
        communities=len(about["communities"]),
        items=len(about["items"]),
        votes=len(about["votes"]),
        questions=len(about["questions"]),
    )
    return replace(reply(paragraphs(said)), files=(file,))


def ask_forget(texts: Texts) -> Reply:
    """What goes and what stays: really?"""
    buttons = [
        [
            Button(texts.say("button-forget-yes"), "forgetme yes"),
            Button(texts.say("button-forget-no"), "forgetme no"),
        ]
    ]
    return reply(paragraphs(texts.say("forget-ask")), buttons=buttons, asks=True)


def forgotten(gone: Forgotten, texts: Texts) -> Reply:
    """What was done."""
    said = texts.say("forgotten", removed=gone.removed, anonymous=gone.anonymous, votes=gone.votes)
    return reply(paragraphs(said))


def ask_consent(texts: Texts, *, is_given: bool) -> Reply:
    """May models learn from your words?"""
    buttons = [
        [
            Button(texts.say("button-consent-yes"), "consent yes"),
            Button(texts.say("button-consent-no"), "consent no"),
        ]
    ]
    now = texts.say("consent-is-given" if is_given else "consent-is-not-given")
    return reply(paragraphs(texts.say("consent-ask")), line(faint(now)), buttons=buttons, asks=True)
