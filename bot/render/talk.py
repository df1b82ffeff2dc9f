"""What the bot says apart from items and labels: greeting, help, status, errors, questions back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat import Button, Line, Reply, Span, Style
from bot.render import learning
from bot.render.spans import EMPTY, code, faint, joined, line, reply, strong
from bot.texts import Texts
from core.domain import LANGUAGES, Community, State
from core.errors import CommonplaceError
from core.store.relabelling import RelabellingJob
from core.training import Progress

STATES = (
    State.DONE,
    State.RECEIVED,
    State.FETCHED,
    State.SUMMARISED,
    State.LABELLED,
    State.FAILED,
)


def welcome(community: Community, count: int, texts: Texts) -> Reply:
    """The first thing that is said."""
    return reply(
        line(strong(texts.say("welcome-title")), faint(f"  {community.name}")),
        line(texts.say("welcome-count", n=count)),
        line(faint(texts.say("welcome-hint"))),
    )


def error(texts: Texts, problem: CommonplaceError) -> Reply:
    """What went wrong in the member's language."""
    return reply([line(Span(each, Style.BAD)) for each in texts.error(problem).split("\n")])


def unknown_command(texts: Texts, name: str, near: Sequence[str]) -> Reply:
    """There is no such command; these are like it."""
    lines = [line(Span(texts.say("unknown-command", name=name), Style.BAD))]
    if near:
        meant = joined((code(f"/{each}") for each in near), texts.say("or"))
        lines.append(line(texts.say("did-you-mean"), *meant, texts.say("did-you-mean.end")))
    else:
        lines.append(line(faint(texts.say("see-help"))))
    return reply(lines)


def said(texts: Texts, message: str, **values: str | int | float) -> Reply:
    """A message of the locale files, as it stands there."""
    return reply([line(each) for each in texts.say(message, **values).split("\n")])


def usage(texts: Texts, command: str) -> Reply:
    """How a command is written, and what it is for."""
    return reply(
        line(texts.say("usage"), code(_written(texts, command, native=False))),
        line(faint(texts.say(f"command-{command}.about"))),
    )


def help_page(sections: Mapping[str, Sequence[str]], texts: Texts) -> Reply:
    """Every command by section.

    Args:
        sections: id of the heading -> names of commands.
        texts: words in the member's language.
    """
    lines: list[Line] = [line(texts.say("help-intro"))]
    for heading, commands in sections.items():
        lines += [EMPTY, line(strong(texts.say(heading)))]
        for name in commands:
            about = texts.say(f"command-{name}.about")
            native = texts.say(f"command-{name}")
            also = () if native == name else (faint(f"  /{native}"),)
            lines.append(
                line(about, *also, lead=code(_written(texts, name, native=False)), indent=1)
            )
    return reply(lines, EMPTY, line(faint(texts.say("help-outro"))))


def help_on_search(texts: Texts) -> Reply:
    """The language of queries."""
    lines = [line(strong(texts.say("search-help")))]
    for each in texts.say("search-help.examples").split("\n"):
        example, _, meaning = each.partition("—")
        lines.append(line(meaning.strip(), lead=code(example.strip()), indent=1))
    return reply(lines)


def ask_what_to_do(texts: Texts, text: str) -> Reply:
    """A few words came in without a command: look for them, or keep them?"""
    buttons = [
        [Button(texts.say("button-search-it"), f"search {text}")],
        [Button(texts.say("button-save-it"), f"save {text}")],
    ]
    return reply(line(texts.say("short-text")), buttons=buttons, asks=True)


def ask_remove(texts: Texts, number: int, title: str) -> Reply:
    """Remove it, really?"""
    buttons = [
        [
            Button(texts.say("button-remove-yes"), f"remove {number} yes"),
            Button(texts.say("button-remove-no"), f"remove {number} no"),
        ]
    ]
    return reply(line(texts.say("remove-ask", title=title)), buttons=buttons, asks=True)


def ask_keep(texts: Texts, number: int, title: str) -> Reply:
    """The message that brought an item was deleted: keep the item, or remove it?"""
    buttons = [
        [
            Button(texts.say("button-remove-yes"), f"remove {number} yes"),
            Button(texts.say("button-remove-no"), f"remove {number} no"),
        ]
    ]
    asked = texts.say("keep-ask", number=str(number), title=title)
    return reply(line(asked), buttons=buttons, asks=True)


def at_the_door(texts: Texts, link: str | None) -> Reply:
    """The answer is for one member, who cannot be spoken to in private: how to begin, by a link if
    the platform has one."""
    if link is None:
        return reply(line(texts.say("no-way-in")))
    return reply(line(texts.say("at-the-door"), Span(texts.say("at-the-door.link"), link=link)))


def ask_language(texts: Texts) -> Reply:
    """Which language?"""
    buttons = [
        [Button(Texts(language).say("language-name"), f"language {language}")]
        for language in LANGUAGES
    ]
    return reply(line(texts.say("language-ask")), buttons=buttons, asks=True)


@dataclass(frozen=True, slots=True)
class OpinionStatus:
    """How it stands with the language model.

    Attributes:
        owed: how many of the community's items wait for it.
        tokens: that it took today, UTC, of everybody.
    """

    owed: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Status:
    """What /status tells.

    Attributes:
        states: how many items are in each state.
        busy: pieces of work under way or waiting.
        entailer, embedder: names and versions of the models.
        vectors: how many items the vector index holds.
        opinions: of the language model; None: there is none.
        codebook: its version.
        is_behind: the operator's file of labels changed, and the community's own holds.
        relabelling: items that are labelled again; None: none are.
        live: number of the community's own model; None: it has none. is_broken: it cannot be used.
        training: how far the next one is; None: none is made.
    """

    states: Mapping[State, int]
    busy: int
    entailer: str
    embedder: str
    vectors: int
    opinions: OpinionStatus | None = None
    codebook: str = ""
    is_behind: bool = False
    relabelling: RelabellingJob | None = None
    live: int | None = None
    is_broken: bool = False
    training: Progress | None = None


def status(community: Community, now: Status, texts: Texts) -> Reply:
    """How the library is."""
    total = sum(now.states.values())
    lines = [
        line(strong(texts.say("status-title", community=community.name))),
        line(
            texts.say("status-items", n=total), lead=faint(texts.say("status-lead-items")), indent=1
        ),
    ]
    for state in STATES:
        if n := now.states.get(state, 0):
            style = Style.BAD if state is State.FAILED else Style.PLAIN
            words = texts.say("status-state", state=texts.say(f"state-{state}"), n=n)
            lines.append(line(Span(words, style), lead=faint(""), indent=1))
    facts = [
        ("status-lead-busy", texts.say("status-busy", n=now.busy)),
        ("status-lead-labels", now.entailer),
        ("status-lead-search", now.embedder),
        ("status-lead-storage", texts.say("status-storage", items=total, vectors=now.vectors)),
    ]
    if now.opinions is not None:
        said = texts.say("status-llm", n=now.opinions.owed, tokens=now.opinions.tokens)
        facts.insert(2, ("status-lead-llm", said))
    if now.codebook:
        words = texts.say("status-codebook", version=now.codebook)
        if now.is_behind:
            words += texts.say("status-codebook-behind")
        facts.append(("status-lead-codebook", words))
    if (job := now.relabelling) is not None:
        words = texts.say("status-relabelling", done=job.done, total=job.total, changed=job.changed)
        facts.append(("status-lead-relabelling", words))
    if now.live is not None:
        words = texts.say("status-model", number=now.live)
        words += texts.say("status-model-broken") if now.is_broken else ""
        facts.append(("status-lead-model", words))
    if now.training is not None:
        facts.append(("status-lead-training", learning.progress_words(now.training, texts)))
    lines += [line(words, lead=faint(texts.say(lead)), indent=1) for lead, words in facts]
    failed = now.states.get(State.FAILED, 0)
    buttons = [[Button(texts.say("button-failed"), "search is:failed")]] if failed else []
    return reply(lines, buttons=buttons)


def _written(texts: Texts, command: str, *, native: bool) -> str:
    name = texts.say(f"command-{command}") if native else command
    message = f"command-{command}"
    argument = texts.say(f"{message}.argument") if texts.has_attribute(message, "argument") else ""
    return f"/{name} {argument}".strip()
