"""Discussions of disputed labels: who suggests a sentence, and what an editor decides.

The message that a discussion is held under bears the editor's buttons. What people say there is
theirs: nothing of it is kept but the sentences that they suggest, by /suggest, or by an answer to
that message that begins with a word such as "no:"; once it is decided and sentences are asked for,
any answer is one.
"""

import re

from bot.chat import ByMember, Mark, Pressed, Wrote
from bot.dispatch import Context, Topic
from bot.features.arguments import after_number, item_number, page_of
from bot.render import discussions as render
from bot.render import talk
from bot.render.discussions import Table
from bot.texts import Texts
from core.discussions import Discussion, Kind, Stage
from core.domain import LANGUAGES, NONE_FITS, Tally
from core.errors import BadChange, DiscussionOver
from core.sources.urls import find_links
from core.taxonomy import Taxonomy

PAGE = 8  # discussions of a page of the list: it stays within one screen and one message
MAX_SENTENCE = 200  # characters: a codebook is read before every decision, so it must stay short

_MARKED = re.compile(r"\s*([^:：\n]{1,20})[:：]\s*(.+)", re.DOTALL)
_NUMBERED = re.compile(r"[#＃]?(\d{1,9})\s+(.+)", re.DOTALL)


async def discussion(context: Context, discussion_id: int) -> Topic | None:
    """A discussion as it stands now, for the place where it is held."""
    table = await _table(context, discussion_id)
    if table is None:
        return None
    taxonomy = _taxonomy(context)
    name = render.thread_name(table, taxonomy, context.texts)
    return Topic(name, render.held(table, taxonomy, context.texts))


async def discussions(context: Context, argument: str) -> None:
    """/discussions: those that are not over; with a number, that item's."""
    rest, page = page_of(argument)
    number = item_number(rest)
    if number is not None:
        await _show(context, number)
        return
    repository = context.library.repository
    live = await context.run(repository.live_discussions, context.community.id)
    offset = (page - 1) * PAGE
    shown = [await _table(context, each.id) for each in live[offset : offset + PAGE]]
    more = f"discussions page:{page + 1}" if offset + PAGE < len(live) else None
    links = {
        each.id: link
        for each in live
        if each.message is not None and (link := context.link_to(each.message))
    }
    await context.reply(
        render.listed(
            [table for table in shown if table is not None],
            total=len(live),
            offset=offset,
            more=more,
            links=links,
            taxonomy=_taxonomy(context),
            texts=context.texts,
        )
    )
    if more:
        context.offer_more(more)


async def _show(context: Context, number: int) -> None:
    item = await context.run(context.library.repository.item, context.community.id, number)
    live = await context.run(context.library.repository.discussions_of, item.id)
    shown = [each for each in live if each.is_live]
    if not shown:
        told = talk.said(context.texts, "discussions-not", number=str(number))
        await context.reply(told)
    for each in shown:
        topic = await discussion(context, each.id)
        if topic is not None:
            await context.reply(topic.reply)


# ── suggesting ───────────────────────────────────────────────────────────────────────────────────


async def suggest(context: Context, argument: str) -> None:
    """/suggest: a sentence for the codebook, in answer to a discussion, in its thread, or with the
    number of the item."""
    text = argument.strip()
    if not text:
        await context.reply(talk.usage(context.texts, "suggest"))
        return
    meant = await _held_under(context, context.about)
    numbered = _NUMBERED.fullmatch(text)
    if meant is None and numbered is not None:
        meant, text = await _numbered(context, int(numbered[1])), numbered[2]
        if meant is None:
            told = render.wrong("discussions-not", context.texts, number=numbered[1])
            await context.reply(told)
            return
    meant = meant or await _here(context)
    if meant is None:
        live = await context.run(context.library.repository.live_discussions, context.community.id)
        if len(live) != 1:
            message = "suggest-which" if live else "suggest-nothing"
            await context.reply(render.wrong(message, context.texts, n=len(live)))
            return
        (meant,) = live
    if (noted := await _suggest(context, meant, text)) is not None:
        label = render.called(meant, _taxonomy(context), context.texts)
        await context.reply(talk.said(context.texts, "suggest-noted", label=label, sentence=noted))


async def heard(context: Context, piece: Wrote) -> bool:
    """Whether a message was said to a discussion, and is no more to anybody else. What holds a link
    or a file goes the way of every message."""
    text = piece.text.strip()
    if not text or piece.files or piece.origin is not None or find_links(text):
        return False
    meant = await _held_under(context, piece.about)
    if meant is None and piece.is_addressed and not context.chat.is_private:
        meant = await _here(context)
    if meant is None:
        return False
    if not meant.is_live:
        raise DiscussionOver(f"Discussion {meant.id} is over.")
    if meant.stage is Stage.DECIDED or _kind_of(text)[0] is not None:
        await _suggest(context, meant, text)
    return True


async def _suggest(context: Context, meant: Discussion, said: str) -> str | None:
    """Keep a suggested sentence, and return it; None after telling that it is too long."""
    kind, text = _kind_of(said)
    text = " ".join(text.split())
    if len(text) > MAX_SENTENCE:
        told = render.wrong("suggest-long", context.texts, n=len(text), most=MAX_SENTENCE)
        await context.whisper(told)
        return None
    kept = await context.run(
        context.library.discussing.suggest,
        meant.id,
        text,
        kind=kind or Kind.EDGE,
        language=context.community.language,
        member=context.member,
    )
    context.refresh()
    await context.mark(Mark.DONE)
    return kept.text


def _kind_of(text: str) -> tuple[Kind | None, str]:
    """Where a sentence is to stand in the entry, if it begins with a word for it, and the rest."""
    marked = _MARKED.fullmatch(text)
    if marked is not None:
        said = marked[1].strip().casefold()
        for kind in Kind:
            if any(said in Texts(each).words(f"word-{kind}") for each in LANGUAGES):
                return kind, marked[2].strip()
    return None, text.strip()


# ── deciding ─────────────────────────────────────────────────────────────────────────────────────


async def settle(context: Context, argument: str) -> None:
    """A button of an editor: the label is right, wrong, or the question stays open."""
    if isinstance(context.event, ByMember) and context.event.is_anonymous:
        await context.whisper(talk.said(context.texts, "rule-anonymous"))
        return
    meant, does = await _pressed(context, argument)
    use = context.library.discussing
    if does in ("right", "wrong"):
        is_right = does == "right"
        await context.once(use.decide, meant.id, context.member, is_right=is_right)
    elif does == "leave":
        await context.once(use.leave, meant.id)
    else:
        await context.reply(talk.usage(context.texts, "discussions"))
        return
    context.refresh()
    await _tell(context, meant)


async def sentence(context: Context, argument: str) -> None:
    """A button of an editor: a sentence is to be written down, after showing what that does; other
    words, or none."""
    meant, does = await _pressed(context, argument)
    key, _, answer = does.partition(" ")
    if key == "none":
        await context.once(context.library.discussing.decline, meant.id)
        context.refresh()
        await _answer(context, meant, "sentence-declined")
    elif key == "edit":
        await _other_words(context, meant)
    elif answer == "no":
        await context.whisper(talk.said(context.texts, "sentence-not-yet"))
    else:
        await _choose(context, meant, key, is_sure=answer == "yes")


async def _other_words(context: Context, meant: Discussion) -> None:
    if not context.chat.is_private:
        await context.whisper(talk.said(context.texts, "sentence-edit"))
        return
    item = await context.run(context.library.repository.item_by_id, meant.item)
    await context.reply(talk.said(context.texts, "sentence-edit-here"))
    context.expect(f"suggest {item.number}")


async def _choose(context: Context, meant: Discussion, key: str, *, is_sure: bool) -> None:
    table = await _table(context, meant.id)
    taxonomy = _taxonomy(context)
    if table is None or meant.stage is not Stage.DECIDED:
        raise DiscussionOver(f"Discussion {meant.id} waits for no sentence.")
    if key == "draft":
        kind, texts = Kind.EDGE, render.drafts(table, taxonomy)
    else:
        found = next((each for each in table.sentences if str(each.id) == key), None)
        if found is None:
            await context.whisper(render.wrong("sentence-unknown", context.texts))
            return
        kind, texts = found.kind, {found.language: found.text}
    use = context.library.discussing
    if is_sure:
        await context.once(use.accept, meant.id, kind, texts, member=context.member)
        context.refresh()
        await _tell(context, meant)
        return
    try:
        effect = await context.run(use.effect, meant.id, kind, texts)
    except BadChange as error:
        if error.facts.get("reason") != "nothing":
            raise
        await context.whisper(render.wrong("sentence-there", context.texts))
        return
    said = dict(render.offers(table, taxonomy, context.texts))[key]
    label = render.called(meant, taxonomy, context.texts)
    await context.whisper(
        render.preview(
            said,
            label=label,
            effect=effect,
            discussion=meant.id,
            key=key,
            texts=context.texts,
        )
    )


async def _tell(context: Context, meant: Discussion) -> None:
    """How it stands now, where its own message does not tell: where nothing can be edited, it is
    said anew by itself, and a button elsewhere is answered here."""
    if isinstance(context.event, Pressed) and context.event.message == meant.message:
        return
    if meant.message is not None and not context.capabilities.edits:
        return
    topic = await discussion(context, meant.id)
    if topic is not None:
        await context.whisper(topic.reply)


async def _answer(context: Context, meant: Discussion, message: str) -> None:
    if not (isinstance(context.event, Pressed) and context.event.message == meant.message):
        await context.whisper(talk.said(context.texts, message))


# ── which one ────────────────────────────────────────────────────────────────────────────────────


async def _pressed(context: Context, argument: str) -> tuple[Discussion, str]:
    """The discussion that a button is about, and the rest of what it does.

    Raises:
        DiscussionOver: it is no more, or another community's.
    """
    number = item_number(argument)
    repository = context.library.repository
    found = None if number is None else await context.run(repository.discussion, number)
    if found is None or found.community != context.community.id:
        raise DiscussionOver(f"There is no discussion {number} here.")
    return found, after_number(argument)


async def _held_under(context: Context, about: Wrote | None) -> Discussion | None:
    """The discussion that is held under the message that was answered."""
    if about is None:
        return None
    found = await context.run(context.library.repository.discussion_at, about.message)
    return found if found is not None and found.community == context.community.id else None


async def _here(context: Context) -> Discussion | None:
    """The newest discussion in this thread, if it is a thread of a discussion."""
    found = await context.run(context.library.repository.discussions_in, context.where)
    return next((each for each in found if each.community == context.community.id), None)


async def _numbered(context: Context, number: int) -> Discussion | None:
    """The newest discussion of an item that is not over."""
    repository = context.library.repository
    live = await context.run(repository.live_discussions, context.community.id)
    ids = {
        item.id
        for item in await context.run(repository.items, [each.item for each in live])
        if item.number == number
    }
    return next((each for each in reversed(live) if each.item in ids), None)


async def _table(context: Context, discussion_id: int) -> Table | None:
    """A discussion with what it is about; None if it is no more."""
    return await context.run(_laid, context, discussion_id)


def _laid(context: Context, discussion_id: int) -> Table | None:
    repository = context.library.repository
    found = repository.discussion(discussion_id)
    if found is None:
        return None
    ballot = context.library.voting.ballot(found.item, context.member)
    is_about_none = found.path == NONE_FITS
    ruling = ballot.rulings.get(found.path)
    return Table(
        found,
        repository.item_by_id(found.item),
        ballot.none_fits if is_about_none else ballot.tallies.get(found.path, Tally()),
        ballot.discuss,
        repository.sentences(discussion_id),
        None if ruling is None else ruling.reason,
    )


def _taxonomy(context: Context) -> Taxonomy:
    return context.library.taxonomies(context.community)
