"""Voices and the labels they are about: casting them, telling what they did, where it is shown."""

from collections.abc import Sequence

from bot.chat import Pressed, Reply
from bot.dispatch import Context
from bot.features.arguments import item_number
from bot.render import practising, talk, voices, votes
from bot.render.voices import Voice
from core.domain import Item, LabelPath, MessageRef
from core.errors import UnknownLabel
from core.store.repository import Repository
from core.taxonomy import Taxonomy

Said = tuple[LabelPath, bool]
"""A label, `NONE_FITS` or `DISCUSS`, and whether the member is for it."""


async def item_of(context: Context, argument: str) -> Item | None:
    """The item that is meant; None after telling how voting is written."""
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, "vote"))
        return None
    return await context.run(context.library.repository.item, context.community.id, number)


def label_of(taxonomy: Taxonomy, item: Item, key: str) -> LabelPath:
    """The label of a key, in the taxonomy or on the item (which may be older); a path does too, and
    what a label was before it moved.

    Raises:
        UnknownLabel: it is in neither any more.
    """
    paths = [*(label.path for label in taxonomy.walk()), *(label.path for label in item.labels)]
    for path in paths:
        if key in (votes.key_of(path), path):
            return path
    for old, now in taxonomy.former.items():
        if key in (votes.key_of(old), old) and now in taxonomy:
            return now
    raise UnknownLabel(f"No label has the key {key}.", name=key, suggestions="")


def toggle(
    context: Context,
    item: Item,
    path: LabelPath,
    *,
    is_for: bool,
    drawn: MessageRef | None = None,
) -> None:
    """Cast a voice, or take it back; a card that is drawn by whoever calls is not drawn again."""
    repository = context.library.repository
    with repository.transaction():
        context.library.voting.toggle(item.id, context.member, path, is_for=is_for, by="button")
        if context.chat.community == item.community:
            repository.hold_discussions_at(item.id, context.where)
        if drawn is not None:
            leave_out(repository, drawn)


def leave_out(repository: Repository, card: MessageRef) -> None:
    """Leave a card out when stale ones are drawn: whoever calls draws it in another way."""
    repository.stale_cards()  # what this tells stays stale until it is called fresh
    repository.card_fresh(card)


async def noted(context: Context, item: Item, said: Sequence[Said]) -> Reply:
    """What a member is told who said this of an item."""
    library, customs = context.library, context.community.customs
    item = await context.run(library.repository.item_by_id, item.id)
    now = await context.run(library.voting.ballot, item.id, context.member)
    shares = await context.run(library.repository.shares, item.id)
    must_practise = await context.run(
        library.newcomers.must_practise, context.community, context.member
    )
    counts = customs.counts_own or context.member not in {share.member for share in shares}
    told = voices.noted(
        [Voice(path, is_for, path in now.mine, counts) for path, is_for in said],
        item,
        now,
        customs=customs,
        taxonomy=library.taxonomies(context.community),
        texts=context.texts,
    )
    if not must_practise:
        return told
    hint = practising.hint(context.texts)
    return Reply((*told.lines, *hint.lines), hint.buttons)


async def pressed_card(context: Context, item: Item) -> MessageRef | None:
    """The item's card that bears the button which was pressed; None if it was something else."""
    message = pressed(context)
    if message is None:
        return None
    shown = await context.run(context.library.repository.items_of_card, message)
    return message if shown == [item.id] else None


def pressed(context: Context) -> MessageRef | None:
    """The message whose button was pressed, if it can be edited."""
    if isinstance(context.event, Pressed) and context.capabilities.edits:
        return context.event.message
    return None


async def aside(context: Context, reply: Reply) -> None:
    """Show something to the member alone: in the message that was pressed, unless it is a card."""
    message, repository = pressed(context), context.library.repository
    if message is not None and not await context.run(repository.items_of_card, message):
        await context.edit(message, reply)
    else:
        await context.whisper(reply)
