"""Changing the codebook in the conversation: /codebook.

What is typed becomes operations; what they would do is shown first, with a button to accept it and
one to put it away. The proposal is kept, so buttons work after a restart; if the codebook became
another one in between, they say so.
"""

import re
from collections.abc import Callable, Mapping

from bot.chat import Suggestion
from bot.dispatch import Context
from bot.features.codebook import dimension_named, suggest_path
from bot.render import changing
from bot.texts import Texts
from core.codebook_operations import (
    Add,
    Merge,
    Move,
    Note,
    Operation,
    Rename,
    Restore,
    Retire,
    Split,
    Word,
)
from core.codebook_trial import Trial
from core.codebook_versions import Proposal
from core.codebooks import Accepted
from core.domain import LANGUAGES, Language, Role
from core.errors import BadChange
from core.taxonomy import Taxonomy

ACTS = (
    "add", "rename", "alias", "move", "merge", "split", "retire", "restore", "wording",
)  # fmt: skip
_OTHERS = ("history", "accept", "cancel", "take", "keep", "open")
_FIELDS = ("definition", "hypothesis", "include", "exclude", "edge-case")

_DIVIDER = re.compile(r"\s*[|｜]\s*|\s+(?:->|→|=>)\s+")
_CHINESE = re.compile("[\u3400-\u9fff]")
_ID_FIRST = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\s+(.+)")
_MINUS = "-－−–"
_EVERY = 5  # batches of a trial between two looks at how far it is


async def codebook(context: Context, argument: str) -> None:
    """/codebook: how it stands; with an act, a change of it."""
    word, _, rest = argument.strip().partition(" ")
    act = _meant(word, {key: f"codebook-word-{key}" for key in (*ACTS, *_OTHERS)})
    rest = rest.strip()
    match act:
        case None if word:
            raise BadChange(f"There is no act {word!r}.", reason="grammar", name=word)
        case None:
            await _overview(context)
        case "history":
            versions = await context.run(context.library.codebooks.versions, context.community)
            taxonomy = context.library.taxonomies(context.community)
            zone = context.community.timezone
            await context.reply(changing.versions(versions, taxonomy, context.texts, timezone=zone))
        case "accept":
            await context.require(Role.EDITOR)
            await _accept(context, _number(rest))
        case "cancel":
            await context.require(Role.EDITOR)
            number = _number(rest)
            await context.run(context.library.codebooks.cancel, context.community, number)
            await context.reply(changing.said(context.texts, "codebook-cancelled"))
        case "open":
            await context.require(Role.EDITOR)
            found = context.library.codebooks.proposal
            await _show(context, await context.run(found, context.community, _number(rest)))
        case "take":
            await context.require(Role.EDITOR)
            take = context.library.codebooks.take_source
            await _show(context, await context.run(take, context.community, by=context.member))
        case "keep":
            await context.require(Role.EDITOR)
            await context.run(context.library.codebooks.keep_own, context.community)
            await context.reply(changing.said(context.texts, "codebook-kept-own"))
        case _:
            await context.require(Role.EDITOR)
            taxonomy = context.library.taxonomies(context.community)
            operation = understood(act, rest, taxonomy)
            propose = context.library.codebooks.propose
            await _show(
                context,
                await context.run(propose, context.community, [operation], by=context.member),
            )


async def _overview(context: Context) -> None:
    library, community = context.library, context.community
    newest = await context.run(library.codebooks.newest, community)
    is_behind = await context.run(library.codebooks.is_behind, community)
    waiting = await context.run(library.repository.open_codebook_proposals, community.id)
    current = [each for each in waiting if each.base == newest.number]
    await context.reply(
        changing.overview(
            newest,
            current,
            is_behind=is_behind,
            may_change=await context.may(Role.EDITOR),
            taxonomy=library.taxonomies(community),
            texts=context.texts,
            timezone=community.timezone,
        )
    )


# ── dry run ──────────────────────────────────────────────────────────────────────────────────────


async def _show(context: Context, proposal: Proposal) -> None:
    """Show what a proposal would do, with buttons; trying it on many items shows how far it is."""
    trials = context.library.trials
    trial = await context.run(trials.begin, context.community, proposal)
    if trial.is_done:
        await context.reply(changing.proposed(proposal, trial, context.texts))
        return
    context.behind(_try(context, proposal, trial))


async def _try(context: Context, proposal: Proposal, trial: Trial) -> None:
    total = len(trial.left)
    told = await context.reply(changing.trying(0, total, context.texts))
    steps = 0
    while not trial.is_done:
        trial = await context.work(context.library.trials.step, trial)
        steps += 1
        if steps % _EVERY == 0 and told and context.capabilities.edits and not trial.is_done:
            done = total - len(trial.left)
            told = await context.edit(told[-1], changing.trying(done, total, context.texts))
    reply = changing.proposed(proposal, trial, context.texts)
    if told and context.capabilities.edits:
        await context.edit(told[-1], reply)
    else:
        await context.reply(reply)


async def _accept(context: Context, number: int) -> None:
    library, community = context.library, context.community
    accepted = await context.run(library.codebooks.accept, community, number, by=context.member)
    job = await context.run(_relabel, context, accepted)
    taxonomy = library.taxonomies(community)
    split = [each.path for each in accepted.version.changes if each.kind == "split"]
    old = await context.run(library.repository.carriers, community.id, split) if split else []
    items = await context.run(library.repository.items, old[: changing.OFFERED])
    await context.reply(
        changing.accepted(
            accepted.version, taxonomy, context.texts, due=job, old=items, old_count=len(old)
        )
    )
    context.refresh()
    context.relabel()


def _relabel(context: Context, accepted: Accepted) -> int:
    """Have items labelled again that the change concerns; how many."""
    relabelling, community = context.library.relabelling, context.community
    version = str(accepted.version.number)
    if accepted.asks_otherwise:
        return relabelling.begin(community, cause="codebook", version=version).total
    gone = [each.path for each in accepted.version.changes if each.kind in ("retired", "split")]
    items = context.library.repository.carriers(community.id, gone)
    if not items:
        return 0
    return relabelling.begin(community, cause="codebook", version=version, items=items).total


# ── what is typed ────────────────────────────────────────────────────────────────────────────────


def understood(act: str, rest: str, taxonomy: Taxonomy) -> Operation:
    """The operation that is meant.

    Raises:
        UnknownLabel: a label is none.
        BadChange: something is missing; `reason` "grammar" or "needs-id".
    """
    parts = [part.strip() for part in _DIVIDER.split(rest)]
    least = {"retire": 1, "restore": 1, "split": 3, "wording": 3}.get(act, 2)
    if len(parts) < least or not all(parts[:least]):
        raise BadChange(f"{act} needs more than {rest!r}.", reason="grammar", name=act)
    first = parts[0]
    match act:
        case "add":
            id_, names = _named(parts[1])
            definition = {_language(each): each for each in parts[2:] if each}
            return Add(_place(taxonomy, first), id_, names, definition)
        case "rename":
            names = {_language(name): name for name in _names(parts[1])}
            return Rename(_place(taxonomy, first), names)
        case "alias":
            word = parts[1].lstrip(_MINUS).strip()
            path = taxonomy.find(first).path
            return Note(path, "alias", _language(word), word, drops=parts[1][0] in _MINUS)
        case "move":
            return Move(taxonomy.find(first).path, _place(taxonomy, parts[1]))
        case "merge":
            return Merge(taxonomy.find(first).path, taxonomy.find(parts[1]).path)
        case "split":
            return Split(taxonomy.find(first).path, tuple(_named(each) for each in parts[1:]))
        case "retire":
            return Retire(taxonomy.find(first).path)
        case "restore":
            return Restore(taxonomy.find(first, retired=True).path)
        case _:
            return _worded(taxonomy, first, parts[1], parts[2])


def _worded(taxonomy: Taxonomy, label: str, field: str, words: str) -> Operation:
    drops = words[0] in _MINUS
    said = words.lstrip(_MINUS).strip()
    language = _language(said or words)
    match _meant(field, {key: f"codebook-field-{key}" for key in _FIELDS}):
        case "definition":
            return Word(_place(taxonomy, label), "definition", language, said or None)
        case "hypothesis":
            return Word(_place(taxonomy, label), "hypothesis", language, said or None)
        case "include":
            return Note(taxonomy.find(label).path, "include", language, said, drops=drops)
        case "exclude":
            return Note(taxonomy.find(label).path, "exclude", language, said, drops=drops)
        case "edge-case":
            return Note(taxonomy.find(label).path, "edge-case", language, said, drops=drops)
        case _:
            raise BadChange(f"There are no words {field!r}.", reason="grammar", name="wording")


def _place(taxonomy: Taxonomy, words: str) -> str:
    """A dimension or a label."""
    dimension = dimension_named(taxonomy, words)
    return dimension.id if dimension is not None else taxonomy.find(words).path


def _named(words: str) -> tuple[str, dict[Language, str]]:
    """The id and names of a new label: "people 族群 / people"; without an id, the English name
    makes one.

    Raises:
        BadChange: there is neither.
    """
    found = _ID_FIRST.fullmatch(words)
    id_ = None
    if found is not None and _CHINESE.search(words):
        id_, words = found[1], found[2]
    names = {_language(name): name for name in _names(words)}
    if id_ is None:
        id_ = re.sub(r"[^a-z0-9]+", "-", names.get("en", "").lower()).strip("-")
    if not id_ or not names:
        raise BadChange(
            f"{words!r} needs a short id of Latin letters before it.",
            reason="needs-id",
            name=words,
        )
    return id_, names


def _names(words: str) -> list[str]:
    return [name for name in (each.strip() for each in re.split(r"[/／]", words)) if name]


def _language(words: str) -> Language:
    """The language that words are in, of ours."""
    return "zh-TW" if _CHINESE.search(words) else "en"


def _number(words: str) -> int:
    digits = words.lstrip("#＃").strip()
    if not digits.isdecimal() or len(digits) > 9:
        raise BadChange(f"{words!r} is no number.", reason="grammar", name="accept")
    return int(digits)


def _meant(word: str, messages: Mapping[str, str]) -> str | None:
    """The key that is called so, or as its message says in any language."""
    folded = word.strip().casefold()
    for key, message in messages.items():
        if folded == key or any(folded in Texts(each).words(message) for each in LANGUAGES):
            return key
    return None


# ── completing ───────────────────────────────────────────────────────────────────────────────────


async def suggest(context: Context, argument: str) -> list[Suggestion]:
    """Acts, then paths of labels."""
    word, space, rest = argument.partition(" ")
    if not space:
        say: Callable[[str], str] = context.texts.say
        return [
            Suggestion(act, len(word), say(f"codebook-word-{act}"))
            for act in (*ACTS, "history")
            if act.startswith(word.casefold())
        ]
    return suggest_path(context, _DIVIDER.split(rest)[-1].strip())
