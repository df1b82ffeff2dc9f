"""A community's own model in the conversation: /train makes one, /model tells of it and uses it.

Nothing that is trained is used by itself: it is shown first what would change, and an admin presses
the button, or does not.
"""

from collections.abc import Callable, Mapping

from bot.chat import Reply, Suggestion
from bot.dispatch import Context
from bot.render import learning
from bot.texts import Texts
from core.domain import LANGUAGES, Item, Role
from core.errors import BadModel
from core.model_versions import ModelVersion

_ACTS = ("use", "keep", "rollback")


async def train(context: Context, argument: str) -> None:
    """/train: begin, or tell how far it is; with "stop", stop (the next /train goes on)."""
    await context.require(Role.ADMIN)
    training, community = context.library.training, context.community
    if _meant(argument, {"stop": "model-word-stop"}) == "stop":
        version = await context.run(training.stop, community)
        await context.reply(learning.stopped(version, context.texts))
        return
    now = await context.run(training.progress, community)
    if now is not None:
        await context.reply(learning.progress(now, context.texts))
        return
    version = await context.run(training.begin, community, where=context.where)
    await context.reply(learning.begun(version, context.texts))
    context.train()


async def model(context: Context, argument: str) -> None:
    """/model: the card of the model in use; of another version; or use one, or go back."""
    word, _, rest = argument.strip().partition(" ")
    promotion, community = context.library.promotion, context.community
    match _meant(word, {act: f"model-word-{act}" for act in _ACTS}):
        case "use":
            await context.require(Role.ADMIN)
            version = await context.run(promotion.promote, community, _number(rest))
            job = await context.run(context.library.relabelling.progress, community)
            due = 0 if job is None else job.total
            await context.reply(learning.in_use(version, context.texts, due=due))
            _goes_on(context)
        case "keep":
            await context.require(Role.ADMIN)
            version = await context.run(promotion.keep_aside, community, _number(rest))
            await context.reply(learning.kept_aside(version, context.texts))
        case "rollback":
            await context.require(Role.ADMIN)
            number = await context.run(promotion.roll_back, community)
            await context.reply(learning.rolled_back(number, context.texts))
            _goes_on(context)
        case _ if word:
            version = await context.run(promotion.version, community.id, _number(word))
            await _card(context, version)
        case _:
            await _overview(context)


def _goes_on(context: Context) -> None:
    """Items are labelled again, and other candidates judged again."""
    context.relabel()
    context.train()


async def _overview(context: Context) -> None:
    promotion, community = context.library.promotion, context.community
    versions = await context.run(promotion.versions, community.id)
    await context.reply(
        learning.overview(
            versions,
            model=await context.run(promotion.model, community.id),
            is_broken=await context.run(promotion.is_broken, community.id),
            progress=await context.run(context.library.training.progress, community),
            is_admin=await context.may(Role.ADMIN),
            texts=context.texts,
            taxonomy=context.library.taxonomies(community),
            timezone=community.timezone,
        )
    )


async def _card(context: Context, version: ModelVersion) -> None:
    await context.reply(
        learning.card(
            version,
            await _examples(context, version),
            is_admin=await context.may(Role.ADMIN),
            taxonomy=context.library.taxonomies(context.community),
            texts=context.texts,
            timezone=context.community.timezone,
        )
    )


async def trained(context: Context, version: ModelVersion) -> Reply:
    """A version has come to its end: what the chat that waits for it is told."""
    return learning.trained(
        version,
        await _examples(context, version),
        taxonomy=context.library.taxonomies(context.community),
        texts=context.texts,
    )


async def _examples(context: Context, version: ModelVersion) -> Mapping[int, Item]:
    """The items whose changes a report names, as far as they are still there."""
    if version.report is None:
        return {}
    ids = [change.item for change in version.report.changes]
    return {item.id: item for item in await context.run(context.library.repository.items, ids)}


def _number(words: str) -> int:
    digits = words.lstrip("#＃").strip()
    if not digits.isdecimal() or len(digits) > 9:
        raise BadModel(f"{words!r} is no version.", reason="grammar", found=words)
    return int(digits)


def _meant(word: str, messages: Mapping[str, str]) -> str | None:
    """The key that is called so, or as its message says in any language."""
    folded = word.strip().casefold()
    for key, message in messages.items():
        if folded == key or any(folded in Texts(each).words(message) for each in LANGUAGES):
            return key
    return None


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """Acts, and the numbers of versions."""
    word, space, rest = argument.partition(" ")
    say: Callable[[str], str] = context.texts.say
    typed = rest if space else word
    versions = await context.run(context.library.promotion.versions, context.community.id)
    numbers = [
        Suggestion(str(each.number), len(typed), say(f"model-state-{each.state}"))
        for each in reversed(versions)
        if str(each.number).startswith(typed)
    ]
    if space:
        return numbers
    acts = [
        Suggestion(act, len(word), say(f"model-word-{act}"))
        for act in _ACTS
        if act.startswith(word.casefold())
    ]
    return [*acts, *numbers]
