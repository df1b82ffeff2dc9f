"""Reactions: signs that members put on a card, or on the message that brought an item, are voices.

They are answered by the card alone. Taking a reaction back takes back what it said, and only that.
"""

import re

from bot.chat import Reacted
from bot.dispatch import Context
from bot.features import showing
from bot.features.articles import take_in
from bot.features.bundles import Bundle, bundles
from bot.features.voices import leave_out
from core.domain import DISCUSS, Item, LabelStatus, MessageRef, PastedText

INTAKE_SIGNS = frozenset("📌📥🔖✍")
"""Put on a message, they have it kept, where that is the custom of a group. Telegram knows 73 signs
(`telegram.constants.ReactionEmoji`), of these only "writing hand": it is also what the bot puts
there when the message is kept."""

RIGHT, WRONG, LET_US_TALK = "👍", "👎", "🤔"

_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")


async def reacted(context: Context, event: Reacted) -> None:
    """Signs on a card, or on the message that brought an item, are voices; the intake sign on any
    other message has it kept, where that is the custom."""
    added = {_SKIN_TONES.sub("", sign) for sign in event.added}
    removed = {_SKIN_TONES.sub("", sign) for sign in event.removed}
    repository = context.library.repository
    ids = await context.run(repository.items_of_card, event.message) or await context.run(
        repository.items_of_message, event.message
    )
    if not ids:
        if added & INTAKE_SIGNS and context.community.customs.intake == "reaction":
            await _take_in(context, event)
        return
    items = [
        each
        for each in await context.run(repository.items, ids)
        if each.community == context.community.id
    ]
    if len(items) != 1:  # which one is meant, nobody can know
        return
    await _react(context, items[0], event.message, added=added, removed=removed)


async def _react(
    context: Context, item: Item, message: MessageRef, *, added: set[str], removed: set[str]
) -> None:
    # one sign may have taken the place of another: what is opened must not be drawn over
    opened = await _card_here(context, item, message) if WRONG in added else None
    if {RIGHT, LET_US_TALK} & (added | removed):
        await context.run(_voices, context, item, added=added, removed=removed, opened=opened)
    if opened is not None:
        reply = await showing.choices(showing.for_all(context), item)
        await context.edit(opened, reply)
    elif WRONG in added:
        await context.whisper(await showing.choices(context, item))
    elif WRONG in removed:
        await context.run(context.library.repository.mark_stale, item.id)
    context.refresh()


def _voices(
    context: Context,
    item: Item,
    *,
    added: set[str],
    removed: set[str],
    opened: MessageRef | None,
) -> None:
    """What signs say, in one transaction: first what was taken back, then what was put."""
    repository, voting, member = context.library.repository, context.library.voting, context.member
    with repository.transaction():
        if RIGHT in removed:
            for each in repository.votes(item.id):
                if each.member == member and each.by == "reaction" and each.path != DISCUSS:
                    voting.withdraw(item.id, member, by="reaction", path=each.path)
        if LET_US_TALK in removed:
            voting.withdraw(item.id, member, by="reaction", path=DISCUSS)
        if RIGHT in added and any(each.status is not LabelStatus.REJECTED for each in item.labels):
            voting.approve(item.id, member, by="reaction")
        elif RIGHT in added:
            voting.none_fits(item.id, member, by="reaction")
        if LET_US_TALK in added:
            voting.discuss(item.id, member, by="reaction")
        if opened is not None:
            leave_out(repository, opened)


async def _card_here(context: Context, item: Item, message: MessageRef) -> MessageRef | None:
    """The item's own card that bears a sign, else the latest one of this place; None if there is
    none that can be edited."""
    repository = context.library.repository
    here = [
        card
        for card in await context.run(repository.cards, item.id)
        if card.where == message.where
        and await context.run(repository.items_of_card, card) == [item.id]
    ]
    if not here or not context.capabilities.edits:
        return None
    return message if message in here else here[-1]


async def _take_in(context: Context, event: Reacted) -> None:
    """Keep a message that a member marked."""
    about = event.about
    if about is None:
        return
    found, _ = bundles([about])
    if not found and about.text.strip():
        found = [Bundle(PastedText(about.text.strip()), about.message)]
    if found:
        await take_in(context, found)
