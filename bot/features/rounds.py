"""Review rounds in the conversation: /round, and what is special when its questions are answered.

An editor starts a round; the invitation stands in the chat, and who presses “join” is asked in
private, one question at a time (`bot.features.asking`). Nobody sees what a model or anybody else
said, and of an open round only how far everybody is, until it closes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat import ByMember, DeliveryFailed, Line, Reply, Suggestion
from bot.dispatch import Context, Manner
from bot.render import rounds, talk
from bot.texts import Texts
from core.domain import MemberRef, Role
from core.errors import BadRound, UnknownRound
from core.questions import Occasion, Question
from core.reviews import SIZE, State, occasion_of
from core.rounds import TARGET, Kind, Round
from core.taxonomy import Taxonomy, localised

_STEPS = ("start", "join", "leave", "close", "results")


async def round_(context: Context, argument: str) -> None:
    """/round: how far the open rounds are; with a word, start, join, leave, close or compare."""
    word, _, rest = argument.partition(" ")
    match next((step for step in _STEPS if _is_word(context, word, step)), None):
        case "start":
            await _start(context, rest.strip())
        case "join":
            await _join(context, rest)
        case "leave":
            await _leave(context, rest)
        case "close":
            await _close(context, rest)
        case "results":
            await _results(context, rest)
        case _ if word:
            await context.reply(rounds.how(context.texts, found=word))
        case _:
            await _state(context)


# ── beginning and end ────────────────────────────────────────────────────────────────────────────


async def _start(context: Context, argument: str) -> None:
    """Open a round and invite to it: a number of items, a dimension, and perhaps a target."""
    await context.require(Role.EDITOR)
    taxonomy, reviews = context.library.taxonomies(context.community), context.library.reviews
    size, dimension, target, is_practice = _meant(context, taxonomy, argument)
    if dimension is None:
        await context.reply(rounds.which_dimension(taxonomy, context.texts, size=size))
        return
    round_ = await context.run(
        reviews.start,
        context.community,
        dimension,
        by=context.member,
        size=size,
        target=target,
        is_practice=is_practice,
    )
    context = _for_all(context)
    reply = rounds.invitation(round_, joined=0, taxonomy=taxonomy, texts=context.texts, asked=size)
    sent = await context.reply(reply)
    if sent:
        await context.run(context.library.repository.invited, round_.id, sent[-1])


def _meant(
    context: Context, taxonomy: Taxonomy, argument: str
) -> tuple[int, str | None, float, bool]:
    """Size, dimension, target and whether it is to be practice, in whatever order they were typed.

    Raises:
        BadRound: a word is none of these.
    """
    size, dimension, target, is_practice = SIZE, None, TARGET, False
    for word in argument.split():
        if word.isdecimal() and len(word) < 6:
            size = int(word)
        elif _number(word) is not None:
            target = float(word)
        elif _is_word(context, word, "practice"):
            is_practice = True
        elif (found := _dimension(taxonomy, word)) is not None:
            dimension = found
        else:
            raise BadRound(
                f"{word!r} is no dimension of the taxonomy.",
                reason="dimension",
                found=word,
                expected=context.texts.listed(
                    localised(each.names, context.texts.language, each.id)
                    for each in taxonomy.dimensions
                ),
            )
    if dimension is None and len(taxonomy.dimensions) == 1:
        dimension = taxonomy.dimensions[0].id
    return size, dimension, target, is_practice


async def _close(context: Context, argument: str) -> None:
    """Close a round, and tell everybody what it showed."""
    await context.require(Role.EDITOR)
    round_ = await _of(context, argument, is_open=True)
    round_ = await context.run(context.library.reviews.close, round_, by=context.member)
    context.refresh()
    await _draw_invitation(context, round_)
    await _for_all(context).reply(await _compared(_for_all(context), round_))


async def _results(context: Context, argument: str) -> None:
    """What a closed round showed: the last one, or the one of that number."""
    round_ = await _of(context, argument, is_open=False)
    await context.reply(await _compared(context, round_))


async def _compared(context: Context, round_: Round) -> Reply:
    reviews, repository = context.library.reviews, context.library.repository
    results = await context.run(reviews.results, round_)
    ids = [split.item for split in results.splits[: rounds.MOST_SPLITS]]
    return rounds.results(
        results,
        {item.id: item for item in await context.run(repository.items, ids)},
        await context.run(reviews.proposal, round_),
        taxonomy=context.library.taxonomies(context.community),
        texts=context.texts,
    )


# ── taking part ──────────────────────────────────────────────────────────────────────────────────


async def _join(context: Context, argument: str) -> None:
    """Let the member take part, and ask them the first question in private."""
    if isinstance(context.event, ByMember) and context.event.is_anonymous:
        await context.whisper(talk.said(context.texts, "vote-anonymous"))
        return
    round_ = await _of(context, argument, is_open=True)
    if await context.run(context.library.reviews.join, round_, context.member):
        await _draw_invitation(context, round_)
    try:
        is_asked = await context.offer(context.member, occasion_of(round_))
    except DeliveryFailed:
        await _knock(context)
        return
    if not is_asked:
        await context.whisper(rounds.nothing_left(round_, context.texts))


async def _knock(context: Context) -> None:
    """The member cannot be spoken to first: tell them how to begin, without asking in public."""
    context = replace(context, is_quiet=True, is_secret=True)
    await context.reply(talk.said(context.texts, "round-begin"))


async def _leave(context: Context, argument: str) -> None:
    round_ = await _of(context, argument, is_open=True)
    did = await context.run(context.library.reviews.leave, round_, context.member)
    await _draw_invitation(context, round_)
    await context.whisper(rounds.left(round_, context.texts, did_take_part=did))


async def _state(context: Context) -> None:
    """How far open rounds are, for the member alone; editors see the agreement so far."""
    library, community = context.library, context.community
    all_ = await context.run(library.repository.rounds, community.id)
    open_ = [each for each in all_ if each.is_open]
    closed = [each for each in all_ if not each.is_open]
    is_editor = await context.may(Role.EDITOR)
    context = replace(context, is_quiet=True, is_secret=True)
    taxonomy = library.taxonomies(community)
    if not open_:
        await context.reply(
            rounds.none_open(
                closed[-1] if closed else None, taxonomy, context.texts, is_editor=is_editor
            )
        )
        return
    for each in open_:
        state = await context.run(library.reviews.state, each)
        names = await context.run(_names, context, state)
        await context.reply(
            rounds.state(
                each,
                state,
                names,
                taxonomy=taxonomy,
                texts=context.texts,
                is_editor=is_editor,
                takes_part=context.member in names,
            )
        )


def _names(context: Context, state: State) -> dict[MemberRef, str]:
    """What the participants of a round are called in the community."""
    name, community = context.library.repository.member_name, context.community.id
    return {
        each.member: name(community, each.member) or each.member.id for each in state.participants
    }


async def remind(context: Context, round_: Round) -> None:
    """Remind the member of this private chat that questions wait."""
    state = await context.run(context.library.reviews.state, round_)
    who = next((each for each in state.participants if each.member == context.member), None)
    if who is not None and who.left:
        taxonomy = context.library.taxonomies(context.community)
        await context.reply(rounds.reminder(round_, who.left, taxonomy, context.texts))


# ── what is special about its questions ──────────────────────────────────────────────────────────


async def _title(context: Context, occasion: Occasion) -> str:
    round_ = await context.run(context.library.repository.round, int(occasion.reference))
    taxonomy = context.library.taxonomies(context.community)
    return rounds.title(round_, taxonomy, context.texts)


async def _noted(context: Context, question: Question) -> Sequence[Line]:
    """What was recorded, with feedback in practice; the answer may be the one that closes it."""
    library = context.library
    round_ = await context.run(library.repository.round, int(question.occasion.reference))
    if await context.run(library.reviews.check, round_):
        context.refresh()
        await _tell_closed(context, await context.run(library.repository.round, round_.id))
    item = None
    if round_.kind is Kind.PRACTICE and question.item is not None:
        item = await context.run(library.repository.item_by_id, question.item)
    return rounds.noted(question, item, library.taxonomies(context.community), context.texts)


async def _done(context: Context, occasion: Occasion) -> Reply:
    """A member is through; if all are, the chat that was invited hears so."""
    library = context.library
    round_ = await context.run(library.repository.round, int(occasion.reference))
    if await context.run(library.reviews.are_newly_through, round_):
        await _tell_all(context, round_, rounds.all_through)
    return rounds.through(round_, context.texts)


MANNER = Manner(title=_title, noted=_noted, done=_done)
"""How the questions of rounds are asked."""


async def _tell_closed(context: Context, round_: Round) -> None:
    await _draw_invitation(context, round_)
    there = await _invited(context, round_)
    if there is not None:
        await _send(there, await _compared(there, round_))


async def _tell_all(context: Context, round_: Round, word: "rounds.Word") -> None:
    there = await _invited(context, round_)
    if there is not None:
        taxonomy = context.library.taxonomies(context.community)
        await _send(there, word(round_, taxonomy, there.texts))


async def _send(there: Context, reply: Reply) -> None:
    try:
        await there.reply(reply)
    except DeliveryFailed:  # the chat is gone; /round tells the same
        return


async def _invited(context: Context, round_: Round) -> Context | None:
    """The surroundings of the chat that was invited; nobody in particular is spoken to."""
    message = await context.run(context.library.repository.invitation, round_.id)
    if message is None:
        return None
    return replace(
        context,
        where=message.where,
        event=None,
        message=None,
        is_quiet=False,
        is_secret=False,
        texts=Texts(context.community.language),
    )


async def _draw_invitation(context: Context, round_: Round) -> None:
    """Let the invitation say what is so."""
    library = context.library
    message = await context.run(library.repository.invitation, round_.id)
    if message is None or not context.capabilities.edits:
        return
    joined = await context.run(library.repository.joined, round_.id)
    reply = rounds.invitation(
        await context.run(library.repository.round, round_.id),
        joined=len(joined),
        taxonomy=library.taxonomies(context.community),
        texts=Texts(context.community.language),
    )
    try:
        await context.edit(message, reply)
    except DeliveryFailed:  # it is gone, or as old as the platform allows: /round tells the same
        return


# ── words and numbers ────────────────────────────────────────────────────────────────────────────


async def _of(context: Context, argument: str, *, is_open: bool) -> Round:
    """The round of a number; without one, the newest that is open, or closed.

    Raises:
        UnknownRound: there is none.
    """
    repository, community = context.library.repository, context.community.id
    word = argument.strip().lstrip("#＃")
    if word:
        if not word.isdecimal() or len(word) > 9:
            raise UnknownRound(f"{word} is not the number of a round.", number=word)
        return await context.run(repository.round_numbered, community, int(word))
    found = [
        each for each in await context.run(repository.rounds, community) if each.is_open == is_open
    ]
    if not found:
        raise UnknownRound("There is no such round.", number=0)
    return found[-1]


def _for_all(context: Context) -> Context:
    """The same in the words of the place."""
    if context.chat.is_private:
        return context
    return replace(context, texts=Texts(context.community.language))


def _is_word(context: Context, word: str, meaning: str) -> bool:
    folded = word.casefold()
    return folded == meaning or folded in context.texts.words(f"round-word-{meaning}")


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None


def _dimension(taxonomy: Taxonomy, word: str) -> str | None:
    wanted = word.casefold()
    for dimension in taxonomy.dimensions:
        if wanted in (dimension.id, *(name.casefold() for name in dimension.names.values())):
            return dimension.id
    return None


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """What can be done; behind “start”, dimensions."""
    word, space, typed = argument.partition(" ")
    if not space:
        return [
            Suggestion(
                context.texts.say(f"round-word-{step}"),
                len(word),
                context.texts.say(f"round-word-{step}.about"),
            )
            for step in _STEPS
            if context.texts.say(f"round-word-{step}").startswith(word.casefold())
        ]
    if not _is_word(context, word, "start"):
        return []
    last = typed.split(" ")[-1]
    taxonomy = context.library.taxonomies(context.community)
    return [
        Suggestion(each.id, len(last), localised(each.names, context.texts.language, each.id))
        for each in taxonomy.dimensions
        if each.id.startswith(last.casefold())
    ]
