"""Taking things in: links, texts and files become items.

What was sent is committed (`Ingest.receive`) before the member sees that it was seen; a crash after
that loses nothing, because `resume` goes on with whatever is not finished. That is all the inbox
that a platform needs whose messages come from a person at the keyboard.
"""

import re
from dataclasses import dataclass

from bot.chat import Mark
from bot.dispatch import Context
from bot.features.working import finish, taxonomy_of
from bot.render import cards, talk
from core.domain import Given, Item, Link, PastedText, State
from core.sources.urls import canonical, find_links

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")

SHORTEST_TEXT = 40
"""A text of fewer reading units (a Chinese character is one, any other word two) is asked about: it
is rather something to look for than something to keep. A judgement, not tuned."""

LONGEST_NOTE = 200
"""A text with links is a note about them if it has at most so many units besides; a longer one is
an article that mentions links. A judgement, not tuned."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was found in a message: things to keep, and what the member says about them."""

    givens: tuple[Given, ...]
    note: str | None = None


# ── taking in ────────────────────────────────────────────────────────────────────────────────────


async def wrote(context: Context, text: str) -> None:
    """Keep what a member sent; a few bare words are asked about first."""
    sent = _found(text, context)
    if not sent.givens and _ADDRESS.fullmatch(text.strip()):
        canonical(text.strip())  # says why an address of another kind is of no use
    if not sent.givens:
        await context.reply(talk.ask_what_to_do(context.texts, text.strip()))
        return
    await _take_in(context, sent)


async def save(context: Context, argument: str) -> None:
    """/save: keep it, however short it is."""
    sent = _found(argument, context)
    if not sent.givens and argument:
        sent = _Sent((PastedText(argument),))
    if not sent.givens:
        await context.reply(talk.usage(context.texts, "save"))
        return
    await _take_in(context, sent)


def _found(text: str, context: Context) -> _Sent:
    """Tell links with a note from an article, and an article from a few words."""
    text = text.strip()
    if context.files:
        return _Sent(context.files, text or None)
    links = find_links(text)
    rest = text
    for link in links:
        rest = rest.replace(link, " ").replace(link.removeprefix("https://"), " ")
    if links and _units(rest) <= LONGEST_NOTE:
        says_something = any(character.isalnum() for character in rest)
        return _Sent(tuple(Link(link) for link in links), text if says_something else None)
    return _Sent((PastedText(text),) if _units(text) >= SHORTEST_TEXT else ())


def _units(text: str) -> int:
    """Reading units: a wide character counts one, a run of others two."""
    wide = sum(character > "\u2e7f" for character in text)
    others = "".join(" " if character > "\u2e7f" else character for character in text)
    return wide + 2 * len(others.split())


async def _take_in(context: Context, sent: _Sent) -> None:
    receive = context.library.ingest.receive
    receipts = [
        await context.run(
            receive,
            given,
            community=context.community,
            member=context.member,
            member_name=context.member_name,
            note=sent.note,
            message=context.message,
        )
        for given in sent.givens
    ]
    todo = [  # who sends again what failed wants it tried again
        receipt.item
        for receipt in receipts
        if receipt.outcome == "new" or receipt.item.state is State.FAILED
    ]
    if todo:
        await context.mark(Mark.SEEN)
    for receipt in receipts:
        if receipt.item not in todo:
            await _known(context, receipt.item)
    if todo:
        context.behind(finish(context, todo))
    else:
        await context.mark(Mark.DONE)


async def _known(context: Context, item: Item) -> None:
    if item.state is not State.DONE:
        await context.reply(cards.waiting(item, context.texts))
    else:
        await context.reply(
            cards.known(
                item,
                community=context.community,
                taxonomy=taxonomy_of(context),
                texts=context.texts,
            )
        )


async def resume(context: Context) -> None:
    """Go on with what an earlier run left unfinished."""
    library = context.library
    unfinished = await context.run(library.ingest.unfinished)
    items = await context.run(library.repository.items, unfinished)
    own = [item for item in items if item.community == context.community.id]
    if own:
        await context.reply(talk.said(context.texts, "resuming", n=len(own)))
        context.behind(finish(context, own))
