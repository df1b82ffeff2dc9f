"""Voting in the conversation, by buttons and typed.

The buttons under a card say that a label is right; *wrong* opens all choices in the same message,
and *back* closes them. A button names a label by a key of its path, so that it works for as long
as the label is there. Pressing, or typing, the same again takes a voice back. After a button one
short sentence tells the member, and nobody else, what was recorded and what is missing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.chat import ByMember, DeliveryFailed
from bot.dispatch import Context
from bot.features import showing
from bot.features.arguments import after_number, page_of
from bot.features.picking import DIVIDERS, MINUS, offer
from bot.features.voices import Said, item_of, label_of, noted, pressed, pressed_card, toggle
from bot.render import talk
from core.domain import DISCUSS, NONE_FITS, Item, LabelPath, MessageRef
from core.errors import UnknownLabel
from core.taxonomy import Taxonomy

_PRESSED = re.compile(r"([yn]) ([0-9a-f]{8})(?: open:(\d{1,4}))?")
_OPEN = re.compile(r"open:(\d{1,4})")


async def vote(context: Context, argument: str) -> None:
    """/vote: whether labels are right; without any, all choices of an item."""
    if isinstance(context.event, ByMember) and context.event.is_anonymous:
        told = talk.said(context.texts, "vote-anonymous")
        await replace(context, is_quiet=False).reply(told)
        return
    if (item := await item_of(context, argument)) is None:
        return
    said = after_number(argument)
    if not said:
        await ballot(context, argument)
    elif (key := _PRESSED.fullmatch(said)) is not None:
        path = label_of(context.library.taxonomies(context.community), item, key[2])
        await _press(context, item, path, is_for=key[1] == "y", page=key[3])
    else:
        await _type(context, item, said)


async def none_fits(context: Context, argument: str) -> None:
    """Say that no label fits, or that no longer."""
    await _press_sign(context, argument, NONE_FITS)


async def discuss(context: Context, argument: str) -> None:
    """Ask for a discussion, or no longer."""
    await _press_sign(context, argument, DISCUSS)


async def ballot(context: Context, argument: str) -> None:
    """Open all choices: in the card that was pressed, else in a new message for the member."""
    rest, page = page_of(argument)
    if (item := await item_of(context, rest)) is None:
        return
    is_turned = rest != argument  # to another page of choices that are open
    message = pressed(context) if is_turned else await pressed_card(context, item)
    if message is not None:
        reply = await showing.choices(showing.for_all(context), item, page=page)
        await context.edit(message, reply)
    else:
        await context.whisper(await showing.choices(context, item, page=page))


async def shut(context: Context, argument: str) -> None:
    """Close the choices: what they stood in is a card now."""
    if (item := await item_of(context, argument)) is None:
        return
    message = pressed(context)
    if message is None:
        await context.whisper(await showing.card(context, item))
        return
    await context.edit(message, await showing.card(showing.for_all(context), item))
    repository, now = context.library.repository, context.library.clock.now()
    await context.run(repository.card_sent, None, item.id, message, at=now)


# ── voices ───────────────────────────────────────────────────────────────────────────────────────


async def _press_sign(context: Context, argument: str, path: LabelPath) -> None:
    if (item := await item_of(context, argument)) is None:
        return
    opened = _OPEN.fullmatch(after_number(argument))
    await _press(context, item, path, is_for=True, page=opened[1] if opened else None)


async def _press(
    context: Context, item: Item, path: LabelPath, *, is_for: bool, page: str | None
) -> None:
    """Cast a voice by a button, or take it back; choices that are open stay so at their page."""
    message = pressed(context) if page is not None else None
    await context.once(toggle, context, item, path, is_for=is_for, drawn=message)
    if message is not None:
        await _draw_choices(context, item, message, page=int(page or 1))
    context.refresh()
    await context.whisper(await noted(context, item, [(path, is_for)]))


async def _draw_choices(context: Context, item: Item, card: MessageRef, *, page: int) -> None:
    repository = context.library.repository
    item = await context.run(repository.item_by_id, item.id)
    try:
        reply = await showing.choices(showing.for_all(context), item, page=page)
        await context.edit(card, reply)
    except DeliveryFailed:
        await context.run(repository.mark_stale, item.id)
        raise


async def _type(context: Context, item: Item, said: str) -> None:
    """Cast typed voices: names of labels, "-" in front of those that are wrong."""
    taxonomy = context.library.taxonomies(context.community)
    try:
        spoken = _spoken(taxonomy, said)
    except UnknownLabel:
        if said[0] in MINUS:
            raise
        await offer(context, item, said)
        return
    await context.once(_toggle_all, context, item, spoken)
    context.refresh()
    await context.whisper(await noted(context, item, spoken))


def _toggle_all(context: Context, item: Item, spoken: Sequence[Said]) -> None:
    for path, is_for in spoken:
        toggle(context, item, path, is_for=is_for)


def _spoken(taxonomy: Taxonomy, said: str) -> list[Said]:
    """The labels that were named, each with whether it is right.

    Raises:
        UnknownLabel: one of them is none.
    """
    try:
        return [_one(taxonomy, said)]
    except UnknownLabel:
        parts = [part for part in map(str.strip, DIVIDERS.split(said)) if part]
        if len(parts) < 2:
            raise
        return [_one(taxonomy, part) for part in parts]


def _one(taxonomy: Taxonomy, said: str) -> Said:
    name = said.lstrip(MINUS)
    return taxonomy.find(name).path, name == said
