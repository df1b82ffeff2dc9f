"""An item as a place shows it: its card with what was voted, or all the choices under it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.chat import Line, Reply
from bot.dispatch import Context
from bot.render import cards, votes
from bot.render.spans import line
from bot.render.votes import Booth
from bot.texts import Texts
from core.domain import Item


def for_all(context: Context) -> Context:
    """The same in the words of the place, for what everybody there sees; a quiet command speaks the
    member's own."""
    if context.chat.is_private:
        return context
    return replace(context, texts=Texts(context.community.language))


async def booth_of(context: Context, item: Item) -> Booth:
    """What it takes to vote on an item here."""
    library = context.library
    return Booth(
        ballot=await context.run(library.voting.ballot, item.id, context.member),
        rows=rows_here(context),
        can_split=len(await context.run(library.repository.parts, item.id)) > 1,
    )


def rows_here(context: Context) -> int:
    """How many rows of buttons can be shown here; 0: people type."""
    return context.capabilities.buttons // context.capabilities.row


async def card(context: Context, item: Item, *, above: Iterable[Line] = ()) -> Reply:
    """An item's card; `above` is said first."""
    return cards.card(
        item,
        taxonomy=context.library.taxonomies(context.community),
        texts=context.texts,
        above=above,
        booth=await booth_of(context, item),
    )


async def choices(context: Context, item: Item, *, page: int = 1) -> Reply:
    """An item's card with every choice under it; as a question where people type."""
    taxonomy, booth = context.library.taxonomies(context.community), await booth_of(context, item)
    shown = await card(context, item)
    rows = votes.choices(item, booth, taxonomy, context.texts, page=page)
    buttons = tuple(tuple(row) for row in rows)
    if booth.is_typed:
        asked = line(context.texts.say("vote-ask"))
        return Reply((cards.heading(item), asked), buttons, asks=True)
    return replace(shown, buttons=buttons)
