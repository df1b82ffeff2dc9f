"""What is kept about a member: told, handed over, forgotten; and what models may learn from."""

import json

from bot.dispatch import Context
from bot.render import people, talk
from core.domain import SentFile


async def privacy(context: Context, argument: str) -> None:
    """/privacy: what is stored, why, for how long, and how to get rid of it."""
    del argument
    await context.reply(people.privacy(context.texts, sends_to=context.library.sends_to))


async def my_data(context: Context, argument: str) -> None:
    """/mydata: everything that is kept about a member, in a few lines and as a file."""
    del argument
    about = await context.run(context.library.people.about, context.member)
    file = SentFile("mydata.json", json.dumps(about, ensure_ascii=False, indent=1).encode())
    await context.reply(people.my_data(about, file, context.texts))


async def forget_me(context: Context, argument: str) -> None:
    """/forgetme: after asking, let nothing be left of a member."""
    answer = argument.casefold()
    if answer in context.texts.words("answer-no"):
        await context.reply(talk.said(context.texts, "forget-not"))
    elif answer not in context.texts.words("answer-yes"):
        await context.reply(people.ask_forget(context.texts))
    else:
        # in the lane of work, so that nothing is worked on while it disappears
        gone = await context.work(context.library.people.forget, context.member)
        context.changed()
        context.refresh()
        await context.reply(people.forgotten(gone, context.texts))


async def consent(context: Context, argument: str) -> None:
    """/consent: whether models may learn from a member's own words; no, until they say yes."""
    answer = argument.casefold()
    repository = context.library.repository
    if answer in context.texts.words("answer-yes"):
        await context.run(repository.set_member_consent, context.member, True)
        await context.reply(talk.said(context.texts, "consent-yes"))
    elif answer in context.texts.words("answer-no"):
        await context.run(repository.set_member_consent, context.member, False)
        theirs = await context.run(repository.member_communities, context.member)
        changed = {context.community.id, *(each.id for each in theirs)}
        await context.run(context.library.training.texts_changed, changed)
        await context.reply(talk.said(context.texts, "consent-no"))
    else:
        may_train = await context.run(repository.member_consent, context.member)
        await context.reply(people.ask_consent(context.texts, is_given=may_train))
