"""Questions in private: one at a time, answered by buttons or typed, for whatever purpose.

`ask` begins or goes on; each answer turns the same message into the next question where messages
can be edited. Where a question was shown and what was said is kept (`core.asking`), so a button
means the same after a restart. What differs by purpose is a `Manner` in the register.
"""

import re
from collections.abc import Sequence

from bot.chat import DeliveryFailed, Line, Reply
from bot.dispatch import Context, Manner
from bot.features.voices import pressed
from bot.render import asking
from core.domain import Item, MessageRef
from core.questions import Occasion, Question, Said

_GIVEN = re.compile(r"#?(\d{1,15})\s+(\S+)\s*(.*)", re.DOTALL)

_STEPS = ("skip", "stop", "show", "why")


async def ask(context: Context, occasion: Occasion, *, above: Sequence[Line] = ()) -> bool:
    """Show the member the question of an occasion that they are to answer now.

    Args:
        context: about the community of the occasion.
        above: said first.

    Returns:
        Whether there was one.
    """
    next_ = context.library.asking.next
    question = await context.run(next_, context.community.id, context.member, occasion)
    if question is not None:
        await show(context, question, above=above)
    return question is not None


async def answer(context: Context, argument: str) -> None:
    """/answer: go on with what waits; with a question's number and a word, answer that one."""
    given = _GIVEN.fullmatch(argument.strip())
    if given is None:
        await _go_on(context)
        return
    question = await context.run(context.library.asking.question, int(given[1]), context.member)
    context = await context.within(question.community)
    word, rest = given[2], given[3].strip()
    if (said := _said(context, word)) is not None:
        await _answer(context, question, said, reason=rest or None)
        return
    match next((step for step in _STEPS if _is_word(context, word, step)), None):
        case "skip":
            question = await context.run(context.library.asking.skip, question.id, context.member)
            await _next(context, question)
        case "stop":
            await context.run(context.library.asking.stop, question.id, context.member)
            context.refresh()
            await _put(context, asking.stopped(context.texts))
        case "show":
            await show(context, question)
        case "why":
            await _explain(context, question, rest)
        case _:
            await context.whisper(asking.not_understood(question, word, context.texts))


async def show(context: Context, question: Question, *, above: Sequence[Line] = ()) -> None:
    """Show a question, in the message that was pressed if there is one."""
    library = context.library
    progress = await context.run(library.asking.progress, question)
    reply = asking.question(
        question,
        await _item(context, question),
        title=await _title(context, question.occasion),
        progress=progress,
        taxonomy=library.taxonomies(context.community),
        texts=context.texts,
        above=above,
        can_explain=context.chat.is_private,
    )
    message = await _put(context, reply)
    await context.run(library.asking.shown, question, message)


# ── one step ─────────────────────────────────────────────────────────────────────────────────────


async def _go_on(context: Context) -> None:
    """Show what waits: of this community; in private, of any that the member belongs to."""
    theirs = await context.communities() if context.chat.is_private else [context.community]
    waiting = context.library.asking.waiting
    ids = [each.id for each in theirs]
    question = await context.run(waiting, context.member, communities=ids)
    if question is None:
        await context.whisper(asking.nothing(context.texts))
        return
    context = await context.within(question.community)
    resume = context.library.asking.resume
    await context.run(resume, question.community, context.member, question.occasion)
    await show(context, question)


async def _answer(
    context: Context, question: Question, said: Said, *, reason: str | None = None
) -> None:
    give = context.library.asking.answer
    question = await context.run(give, question.id, context.member, said, reason=reason)
    await _next(context, question)


async def _next(context: Context, question: Question) -> None:
    """Go on after a question: with the next one, or to the end of its occasion."""
    if context.capabilities.edits:
        context.refresh()
    above = await _noted(context, question)
    if await ask(context, question.occasion, above=above):
        return
    # where cards are written anew, they would tell between two questions what models suggest
    context.refresh()
    if (end := _manner(context, question.occasion).done) is not None:
        reply = await end(context, question.occasion)
        lines = (*above, *reply.lines)
        await _put(context, Reply(lines, reply.buttons, asks=reply.asks, files=reply.files))
    else:
        await _put(context, asking.done(context.texts, last=question, above=above))


async def _explain(context: Context, question: Question, reason: str) -> None:
    """Keep a reason and show the question again; without one, wait for it."""
    if reason:
        explain = context.library.asking.explain
        question = await context.run(explain, question.id, context.member, reason)
        await show(context, question)
        return
    if not context.chat.is_private:  # a reason is not for everybody to read
        await context.reply(asking.how_to_explain(question, context.texts))
        return
    taxonomy = context.library.taxonomies(context.community)
    context.expect(f"answer {question.id} why")
    await context.reply(asking.explain(question, taxonomy, context.texts))


# ── words and places ─────────────────────────────────────────────────────────────────────────────


def _said(context: Context, word: str) -> Said | None:
    for said in Said:
        button = context.texts.say(f"button-said-{said}")
        if word.casefold() == button.casefold() or _is_word(context, word, said):
            return said
    return None


def _is_word(context: Context, word: str, meaning: str) -> bool:
    return word.casefold() == meaning or word.casefold() in context.texts.words(f"answer-{meaning}")


async def _item(context: Context, question: Question) -> Item | None:
    if question.item is None:
        return None
    return await context.run(context.library.repository.item_by_id, question.item)


def _manner(context: Context, occasion: Occasion) -> Manner:
    return context.features.manners.get(occasion.purpose, Manner())


async def _title(context: Context, occasion: Occasion) -> str:
    if (title := _manner(context, occasion).title) is not None:
        return await title(context, occasion)
    return context.texts.say(f"asking-title-{occasion.purpose}")


async def _noted(context: Context, question: Question) -> Sequence[Line]:
    if (noted := _manner(context, question.occasion).noted) is not None:
        return await noted(context, question)
    taxonomy = context.library.taxonomies(context.community)
    return asking.noted(question, taxonomy, context.texts)


async def _put(context: Context, reply: Reply) -> MessageRef | None:
    """Say something in the message that was pressed; else, or if that is gone, in a new one for the
    member alone. Returns the message, if it stays."""
    message = pressed(context)
    if message is not None:
        try:
            return (await context.edit(message, reply))[-1]
        except DeliveryFailed as error:
            if not error.is_gone:
                raise
    sent = await context.whisper(reply)
    return sent[-1] if sent else None
