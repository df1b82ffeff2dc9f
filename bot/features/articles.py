"""Taking things in: links, texts and files become items; what happens to their messages later.

What was sent is committed together with the debt of its card before the member sees that it was
seen; a crash after that loses nothing. In a group, the community's custom says what is kept; in
private everything is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat import Attachment, Deleted, Edited, Mark, Wrote
from bot.dispatch import Context
from bot.features import discussions, showing
from bot.features.bundles import ONE_THOUGHT, Bundle, Words, bundles, has_link
from bot.features.working import Job, finish, mark, taxonomy_of
from bot.render import cards, talk
from core.domain import Item, Link, MessageRef, PastedText, Share, State
from core.ingest import Receipt
from core.sources.urls import canonical, find_links

LATE_S = 60
"""So many seconds after the message before, one of the same album or text still joins it. Siblings
have been seen to come up to 11 s late; a minute does no harm, since they must fit."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


@dataclass(frozen=True, slots=True)
class _Written:
    """A bundle that was written down.

    Attributes:
        receipt: what became of it.
        message: the message that brought it.
        debt: the id of the debt of its card, if one is waited for.
        is_again: the message had been taken in before, by a run that did not get further.
    """

    receipt: Receipt
    message: MessageRef
    debt: int | None
    is_again: bool


# ── what members write ───────────────────────────────────────────────────────────────────────────


async def wrote(context: Context, pieces: Sequence[Wrote]) -> None:
    """Keep what a member sent; a few bare words are asked about first. What is said to a discussion
    stays there."""
    if len(pieces) == 1 and await discussions.heard(context, pieces[0]):
        return
    if not _is_wanted(context, pieces):
        return
    if len(pieces) == 1 and await _joined_what_is_here(context, pieces[0]):
        return
    found, words = bundles(pieces, reads_pictures=context.library.reader.reads_pictures)
    if found:
        await take_in(context, found)
    elif any(piece.is_addressed for piece in pieces):
        await _only_words(context, words)


async def save(context: Context, argument: str) -> None:
    """/save: keep it, however short it is; or the message that the command was given on."""
    found: list[Bundle] = []
    if context.message is not None:
        said = Wrote(
            message=context.message,
            member=context.member,
            text=argument,
            files=context.files,
            about=context.about,
        )
        found, _ = bundles([said], reads_pictures=context.library.reader.reads_pictures)
        about = context.about
        if not found and about is not None and about.text.strip():
            found = [Bundle(PastedText(about.text.strip()), context.message, argument or None)]
        elif not found and argument:
            found = [Bundle(PastedText(argument), context.message)]
    if not found:
        await context.reply(talk.usage(context.texts, "save"))
        return
    await take_in(context, found)


def _is_wanted(context: Context, pieces: Sequence[Wrote]) -> bool:
    """Whether messages are to be looked at, by the community's custom of intake."""
    if context.chat.is_private or any(piece.is_addressed for piece in pieces):
        return True
    return context.community.customs.intake == "links" and any(map(has_link, pieces))


async def _joined_what_is_here(context: Context, piece: Wrote) -> bool:
    """Take in a message that belongs to what is here: words in answer to a card, or to a message
    that was kept, are a note on it; what is left of an album or of a text that came in pieces
    joins it, if it is not too late."""
    if find_links(piece.text):
        return False
    if piece.about is not None:
        return await _is_note(context, piece, piece.about)
    if piece.album is None and piece.origin is None:
        return False
    repository, now = context.library.repository, context.library.clock.now()
    item_id = await context.run(
        repository.latest_item_of,
        context.member,
        piece.message.where,
        since=now - timedelta(seconds=LATE_S),
    )
    if item_id is None:
        return False
    if piece.album is not None and not bundles([piece])[0]:
        await _add(context, item_id, piece)
        return True
    return await _is_next_part(context, item_id, piece)


async def _is_note(context: Context, piece: Wrote, about: Wrote) -> bool:
    items = await _items_of(context, about.message)
    if not items or piece.files or not piece.text.strip():
        return False
    for item_id in items:
        await _add(context, item_id, piece)
    return True


async def _is_next_part(context: Context, item_id: int, piece: Wrote) -> bool:
    """Join a forwarded text to the one whose earlier parts came from the same place."""
    repository = context.library.repository
    parts = await context.run(repository.parts, item_id)
    found, _ = bundles([piece])
    if not 0 < len(parts) < ONE_THOUGHT or not found or not found[0].parts or piece.files:
        return False
    shares = await context.run(repository.shares, item_id)
    if shares[0].note != found[0].note:
        return False
    await context.run(repository.keep_parts, item_id, found[0].parts)
    await context.run(repository.add_share, item_id, _share(context, piece, None))
    item = await context.run(repository.item_by_id, item_id)
    text = "\n".join(each for _, each in (*parts, *found[0].parts))
    await context.work(context.library.ingest.paste, context.community, item.number, text)
    await context.run(repository.mark_stale, item_id)
    context.refresh()
    await mark(context, Mark.DONE, piece.message)
    return True


async def _add(context: Context, item_id: int, piece: Wrote) -> None:
    """Let a message belong to an item, its words a note."""
    share = _share(context, piece, piece.text.strip() or None)
    await context.run(context.library.repository.add_share, item_id, share)
    await mark(context, Mark.DONE, piece.message)


async def _items_of(context: Context, message: MessageRef) -> list[int]:
    """The items that a message is the card of, or that it brought."""
    repository = context.library.repository
    return await context.run(repository.items_of_card, message) or await context.run(
        repository.items_of_message, message
    )


async def _only_words(context: Context, words: Sequence[Words]) -> None:
    text = "\n".join(each.text for each in words if each.text)
    if not text:
        if any(each.has_picture for each in words):
            await context.reply(talk.said(context.texts, "picture-only"))
            await context.mark(Mark.FAILED)
        return
    if _ADDRESS.fullmatch(text):
        canonical(text)  # says why an address of another kind is of no use
    await context.reply(talk.ask_what_to_do(context.texts, text))


# ── taking in ────────────────────────────────────────────────────────────────────────────────────


async def take_in(context: Context, found: Sequence[Bundle]) -> None:
    """Write down what is to be kept, and bring it to its end behind the conversation."""
    ready = [await _with_bytes(context, bundle) for bundle in found]
    written = [await context.run(_write_down, context, each) for each in ready]
    jobs = []
    for each in written:
        item = each.receipt.item
        if each.debt is not None:  # new, or failed before: who sends it again wants another try
            jobs.append(Job(item, each.debt, each.message))
        elif not each.is_again:
            await _known(context, item, each.message)
    for message in dict.fromkeys(job.message for job in jobs):
        await mark(context, Mark.SEEN, message)
    if jobs:
        context.behind(finish(context, jobs))


async def _with_bytes(context: Context, bundle: Bundle) -> Bundle:
    """The bundle with its file's bytes, if it is a file that lies with the platform."""
    if isinstance(bundle.given, Attachment):
        return replace(bundle, given=await context.fetched(bundle.given))
    return bundle


def _write_down(context: Context, bundle: Bundle) -> _Written:
    """In one transaction: the item, the debt of its card, and the messages it is made of."""
    library, repository = context.library, context.library.repository
    assert not isinstance(bundle.given, Attachment)
    with repository.transaction():
        known = repository.items_of_message(bundle.message)
        receipt = library.ingest.receive(
            bundle.given,
            community=context.community,
            member=context.member,
            member_name=context.member_name,
            note=bundle.note,
            message=bundle.message,
        )
        item = receipt.item
        is_again = receipt.outcome == "known" and item.id in known
        debt = None
        # what an earlier run took in of this message is finished by `working.owed`
        if receipt.outcome == "new" or (item.state is State.FAILED and not is_again):
            debt = repository.owe_card(
                item.id,
                context.where,
                member=context.member,
                answers=bundle.message,
                at=library.clock.now(),
            )
        if receipt.outcome == "new" and bundle.parts:
            repository.keep_parts(item.id, bundle.parts)
        for message in bundle.also:
            repository.add_share(
                item.id,
                Share(context.member, library.clock.now(), context.member_name, None, message),
            )
    return _Written(receipt, bundle.message, debt, is_again)


async def _known(context: Context, item: Item, message: MessageRef) -> None:
    """It is here already: say so, as loudly as the community wants."""
    if item.state is not State.DONE:
        if context.chat.is_private:
            await context.reply(cards.waiting(item, context.texts))
        await mark(context, Mark.SEEN, message)
        return
    if context.chat.is_private or context.community.customs.reply == "card":
        reply = cards.known(
            item,
            community=context.community,
            taxonomy=taxonomy_of(context),
            texts=context.texts,
            booth=await showing.booth_of(context, item),
        )
        sent = await context.reply(reply)
        repository, now = context.library.repository, context.library.clock.now()
        await context.run(repository.card_sent, None, item.id, sent[-1], at=now)
    await mark(context, Mark.DONE, message)


# ── what becomes of messages later ───────────────────────────────────────────────────────────────


async def edited(context: Context, event: Edited) -> None:
    """A message says something else now: new links are kept, a text is read again, else it is the
    note that changed."""
    repository = context.library.repository
    ids = await context.run(repository.items_of_message, event.message)
    if not ids:
        await wrote(context, [event.now])
        return
    found, _ = bundles([event.now])
    items = await context.run(repository.items, ids)
    before = {_address(item) for item in items}
    fresh = [
        each
        for each in found
        if isinstance(each.given, Link) and canonical(each.given.url) not in before
    ]
    if fresh:
        await take_in(context, fresh)
        return
    for item in items:
        if isinstance(item.given, PastedText) and found and not event.now.files:
            await _reread(context, item, found[0])
        else:
            note = found[0].note if found else event.now.text.strip() or None
            await context.run(repository.change_note, event.message, note)


async def _reread(context: Context, item: Item, bundle: Bundle) -> None:
    """Put the new text in the place of the old one."""
    if not isinstance(bundle.given, PastedText) or not isinstance(item.given, PastedText):
        return
    if bundle.given.text == item.given.text:
        return
    await context.work(
        context.library.ingest.paste, context.community, item.number, bundle.given.text
    )
    await context.run(context.library.repository.mark_stale, item.id)
    context.refresh()


def _address(item: Item) -> str | None:
    return canonical(item.given.url) if isinstance(item.given, Link) else None


async def deleted(context: Context, event: Deleted) -> None:
    """Members' messages are gone: what they brought is asked about, removed or kept by custom. An
    item that others handed in too stays."""
    custom = context.community.customs.on_deletion
    if custom == "keep":
        return
    repository = context.library.repository
    for message in event.messages:
        ids = await context.run(repository.items_of_message, message)
        for item in await context.run(repository.items, ids):
            if item.shares > 1:
                continue
            if custom == "remove":
                await context.work(context.library.ingest.remove, context.community, item.number)
            else:
                title = cards.shortened(item.title, 60)
                await context.reply(talk.ask_keep(context.texts, item.number, title))


def _share(context: Context, piece: Wrote, note: str | None) -> Share:
    now = context.library.clock.now()
    return Share(piece.member, now, piece.member_name, note, piece.message)
