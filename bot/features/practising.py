"""The practice set of somebody new: /practice, and what they are told after each exercise."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat import ByMember, DeliveryFailed, Line, Reply
from bot.dispatch import Context, Manner
from bot.render import practising, talk
from core.questions import Occasion, Question


async def practice(context: Context, argument: str) -> None:
    """/practice: five exercises made from the codebook, in private."""
    del argument
    if isinstance(context.event, ByMember) and context.event.is_anonymous:
        await context.whisper(talk.said(context.texts, "vote-anonymous"))
        return
    newcomers = context.library.newcomers
    occasion = await context.run(
        newcomers.start, context.community, context.member, language=context.texts.language
    )
    if occasion is None:
        context.refresh()
        await context.whisper(talk.said(context.texts, "practice-nothing"))
        return
    try:
        await context.offer(context.member, occasion)
    except DeliveryFailed:
        secret = replace(context, is_quiet=True, is_secret=True)
        await secret.reply(talk.said(context.texts, "round-begin"))


async def _noted(context: Context, question: Question) -> Sequence[Line]:
    exercise = await context.run(context.library.newcomers.exercise, question)
    taxonomy = context.library.taxonomies(context.community)
    return practising.feedback(question, exercise, taxonomy, context.texts)


async def _done(context: Context, occasion: Occasion) -> Reply:
    del occasion
    finish = context.library.newcomers.finish
    through = await context.run(finish, context.community, context.member)
    context.refresh()
    return practising.through(through, context.texts)


MANNER = Manner(noted=_noted, done=_done)
"""How exercises are asked."""
