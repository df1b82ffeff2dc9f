"""What is said about communities: the set-up card, links between chats, editors, health."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat import Button, Line, Reply, Span, Style
from bot.render.spans import EMPTY, faint, line, reply, strong
from bot.render.spans import code as typed
from bot.texts import Texts
from core.domain import LANGUAGES, Community
from core.taxonomy import STARTER

CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": LANGUAGES,
    "timezone": ("Asia/Taipei", "Asia/Hong_Kong", "Europe/London", "America/New_York"),
    "intake": ("mention", "links", "reaction", "off"),
    "reply": ("card", "reaction", "silent"),
    "quorum": ("1", "2", "3", "5"),
    "lead": ("1", "2", "3"),
    "own": ("yes", "no"),
    "deletion": ("ask", "remove", "keep"),
    "note": ("off", "editors", "chat"),
    "practice": ("yes", "no"),
    "taxonomy": (STARTER, "own"),
    "discussions": ("off", "1", "3", "5"),
}
"""Each custom and what its buttons offer; time zones and numbers may be typed as well."""

_PAGES = (("language", "timezone", "intake", "reply"), ("quorum", "lead", "own", "deletion"))
_TYPED_ONLY = ("note", "practice", "discussions", "taxonomy")
"""Rows more than a message can bear everywhere."""


def page_with(key: str) -> int:
    """The page of the card on which a custom has its buttons, from 1."""
    return next((n for n, keys in enumerate(_PAGES, 1) if key in keys), len(_PAGES))


def set_up(community: Community, texts: Texts, *, page: int = 1, is_new: bool = False) -> Reply:
    """How a community wants things done, with a button for each choice.

    Args:
        community: whose customs.
        texts: in whose words.
        page: from 1.
        is_new: the bot introduces itself first.
    """
    page = min(max(page, 1), len(_PAGES))
    now = values(community)
    lines: list[Line] = []
    if is_new:
        lines += [line(strong(texts.say("setup-hello"))), line(texts.say("setup-intro")), EMPTY]
    else:
        lines += [line(strong(texts.say("setup-title"))), EMPTY]
    for key in (*_PAGES[page - 1], *(_TYPED_ONLY if page == len(_PAGES) else ())):
        lines.append(
            line(
                value_name(key, now[key], texts),
                faint(f"  {texts.say(f'setting-{key}.about')}"),
                lead=strong(texts.say(f"setting-{key}")),
            )
        )
    lines += [EMPTY, line(faint(texts.say("setup-hint")))]
    rows = [
        [
            Button(
                ("✓ " if each == now[key] else "") + value_name(key, each, texts),
                f"setup {key} {each}",
            )
            for each in CHOICES[key]
        ]
        for key in _PAGES[page - 1]
    ]
    other = 2 if page == 1 else 1
    rows.append(
        [
            Button(texts.say(f"setup-page-{other}"), f"setup page:{other}"),
            Button(texts.say("setup-finish"), "setup done"),
        ]
    )
    return reply(lines, buttons=rows)


def values(community: Community) -> dict[str, str]:
    """What holds now, by the keys of `CHOICES`."""
    customs = community.customs
    return {
        "language": community.language,
        "timezone": community.timezone,
        "intake": customs.intake,
        "reply": customs.reply,
        "quorum": str(customs.quorum),
        "lead": str(customs.lead),
        "own": "yes" if customs.counts_own else "no",
        "deletion": customs.on_deletion,
        "note": customs.note,
        "practice": "yes" if customs.practice_first else "no",
        "taxonomy": community.taxonomy or "own",
        "discussions": str(customs.discussions or "off"),
    }


def value_name(key: str, value: str, texts: Texts) -> str:
    """What a value is called; numbers and time zones are called what they are."""
    if key == "language":
        return next(
            (Texts(each).say("language-name") for each in LANGUAGES if each == value), value
        )
    message = f"setting-{key}-{value}"
    return texts.say(message) if texts.has(message) else value


def set_up_done(texts: Texts) -> Reply:
    """The card is put away."""
    return reply(line(texts.say("setup-done")))


def unknown_setting(name: str, texts: Texts) -> Reply:
    """There is no such custom; these are there."""
    known = texts.listed([texts.say(f"setting-{key}") for key in CHOICES])
    return reply(line(Span(texts.say("setting-unknown", name=name, known=known), Style.BAD)))


def welcome_back(count: int, texts: Texts) -> Reply:
    """The bot was away, and is here again."""
    return reply(line(texts.say("setup-back", n=count)))


def lacks(lacking: Sequence[str], texts: Texts) -> Reply:
    """What the bot may not do here, a sentence each."""
    return reply([line(texts.say(each), lead="!") for each in lacking])


# ── several chats ────────────────────────────────────────────────────────────────────────────────


def code(word: str, texts: Texts) -> Reply:
    """A code, and what to do with it."""
    return reply(line(texts.say("link-code")), line(typed(f"/join {word}"), indent=1))


def how_to_join(texts: Texts) -> Reply:
    """Where the code comes from."""
    return reply(line(texts.say("join-how")))


def ask_join(word: str, count: int, texts: Texts) -> Reply:
    """What was collected here stays behind: really?"""
    buttons = [
        [
            Button(texts.say("button-join-yes"), f"join {word} yes"),
            Button(texts.say("button-join-no"), f"join {word} no"),
        ]
    ]
    return reply(line(texts.say("join-ask", n=count)), buttons=buttons, asks=True)


def joined_to(community: Community, texts: Texts, *, is_same: bool) -> Reply:
    """This chat speaks for another community now, or did so before."""
    name = community.title or community.name
    return reply(line(texts.say("join-same" if is_same else "join-done", name=name)))


def not_joined(texts: Texts) -> Reply:
    """Everything stays as it was."""
    return reply(line(texts.say("join-not")))


# ── people and health ────────────────────────────────────────────────────────────────────────────


def editors(names: Sequence[str], texts: Texts) -> Reply:
    """Who was appointed, and how it is done."""
    said = texts.say("editors", names=texts.listed(names)) if names else texts.say("editors-none")
    return reply(line(said), line(faint(texts.say("editors-hint"))))


def who_is_meant(texts: Texts) -> Reply:
    """Nobody who was seen here is named by that."""
    return reply(line(Span(texts.say("editor-who"), Style.BAD)))


def appointed(name: str, texts: Texts, *, is_over: bool) -> Reply:
    """Somebody is an editor now, or no longer."""
    return reply(line(texts.say("editor-over" if is_over else "editor-new", name=name)))


@dataclass(frozen=True, slots=True)
class Health:
    """What /doctor tells.

    Attributes:
        lacking: ids of sentences on what the bot may not do here.
        failed: how many items have failed; unfinished: how many are on their way or stuck.
        busy: pieces of work under way, of everybody.
        entailer, embedder: names and versions of the models.
    """

    lacking: tuple[str, ...]
    failed: int
    unfinished: int
    busy: int
    entailer: str
    embedder: str


def health(now: Health, texts: Texts) -> Reply:
    """What is missing, or that nothing is."""
    lines = [line(texts.say(each), lead="!") for each in now.lacking]
    if now.failed:
        lines.append(line(texts.say("doctor-chat-failed", n=now.failed), lead="!"))
    if now.unfinished > now.busy:
        lines.append(line(texts.say("doctor-chat-stuck", n=now.unfinished), lead="!"))
    if not lines:
        lines = [line(Span(texts.say("doctor-chat-well"), Style.GOOD))]
    facts = texts.say(
        "doctor-chat-facts", busy=now.busy, entailer=now.entailer, embedder=now.embedder
    )
    buttons = [[Button(texts.say("button-failed"), "search is:failed")]] if now.failed else []
    return reply(lines, line(faint(facts)), buttons=buttons)
