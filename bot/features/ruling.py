"""Editors decide: /rule, by buttons or typed in one line.

/rule 12                                 every label of an item, with right, wrong, withdraw
/rule 12 topic/labour yes because …      a label, the ruling, and why
/rule 12 -移工                            wrong, as in /vote
"""

import re
from dataclasses import replace
from typing import NamedTuple

from bot.chat import ByMember, Reply
from bot.dispatch import Context
from bot.features import showing
from bot.features.arguments import after_number, item_number, page_of
from bot.features.picking import MINUS
from bot.features.voices import aside, label_of
from bot.render import ruled, rulings, talk, votes
from bot.render.spans import line, reply
from bot.texts import Texts
from core.domain import LANGUAGES, NONE_FITS, Item, LabelPath
from core.errors import UnknownLabel
from core.taxonomy import Taxonomy

_PRESSED = re.compile(r"([ynw]) ([0-9a-f]{8})")
_WHY = re.compile(r"why ([0-9a-f]{8})(?:\s+(.*))?", re.DOTALL)
_TOKEN = re.compile(r"[^\s,，、:：。]+")
_AROUND = " \t\n,，、:：。;；"

_ACTS = {"rule-yes": True, "rule-no": False, "rule-withdraw": None}


class _Said(NamedTuple):
    """A ruling as somebody gives it; `is_for` None takes it back."""

    path: LabelPath
    is_for: bool | None
    reason: str | None = None


async def rule(context: Context, argument: str) -> None:
    """/rule: open the choices of an item, or rule at once."""
    if isinstance(context.event, ByMember) and context.event.is_anonymous:
        refused = talk.said(context.texts, "rule-anonymous")
        await replace(context, is_quiet=False).reply(refused)
        return
    argument, page = page_of(argument)
    number = item_number(argument)
    if number is None:
        await context.reply(talk.usage(context.texts, "rule"))
        return
    item = await context.run(context.library.repository.item, context.community.id, number)
    said = after_number(argument)
    taxonomy = context.library.taxonomies(context.community)
    if not said:
        await aside(context, await _choices(context, item, page=page))
    elif (why := _WHY.fullmatch(said)) is not None:
        await _explain(context, item, _path(taxonomy, item, why[1]), why[2])
    elif (pressed := _PRESSED.fullmatch(said)) is not None:
        is_for = {"y": True, "n": False, "w": None}[pressed[1]]
        path = _path(taxonomy, item, pressed[2])
        told, item = await _do(context, item, _Said(path, is_for))
        await aside(context, await _choices(context, item, page=page, above=told, about=path))
    else:
        told, _ = await _do(context, item, _parse(taxonomy, said))
        await context.whisper(reply(line(told)))


async def _choices(
    context: Context, item: Item, *, page: int, above: str = "", about: LabelPath | None = None
) -> Reply:
    taxonomy, texts = context.library.taxonomies(context.community), context.texts
    booth = await showing.booth_of(context, item)
    shown = rulings.choices(item, booth, taxonomy, texts, page=page, above=[above] if above else ())
    if about is not None and any(each.path == about for each in item.rulings):
        return rulings.with_reason(shown, item, about, texts)
    return shown


async def _do(context: Context, item: Item, said: _Said) -> tuple[str, Item]:
    """Rule, or take a ruling back; what to say, and the item as it is then."""
    voting, texts = context.library.voting, context.texts
    taxonomy = context.library.taxonomies(context.community)
    if said.is_for is not None:
        item = await context.run(
            voting.rule,
            item.id,
            context.member,
            said.path,
            is_for=said.is_for,
            reason=said.reason,
        )
    elif await context.run(
        voting.withdraw_ruling, item.id, context.member, said.path, reason=said.reason
    ):
        item = await context.run(context.library.repository.item_by_id, item.id)
    else:
        label = ruled.name_of(said.path, taxonomy, texts, full=True)
        return texts.say("ruled-nothing", label=label, number=str(item.number)), item
    context.refresh()
    is_withdrawn = said.is_for is None
    return rulings.noted(item, said.path, taxonomy, texts, is_withdrawn=is_withdrawn), item


async def _explain(context: Context, item: Item, path: LabelPath, reason: str | None) -> None:
    """Ask why something was ruled, or write the answer down."""
    taxonomy, texts = context.library.taxonomies(context.community), context.texts
    label = ruled.name_of(path, taxonomy, texts, full=True)
    ruling = next((each for each in item.rulings if each.path == path), None)
    if ruling is None:  # withdrawn meanwhile
        told = texts.say("ruled-nothing", label=label, number=str(item.number))
        await context.whisper(reply(line(told)))
    elif reason is None or not reason.strip():
        await context.whisper(reply(line(texts.say("rule-why", label=label)), asks=True))
        context.expect(f"rule {item.number} why {votes.key_of(path)}")
    else:
        told, _ = await _do(context, item, _Said(path, ruling.is_for, reason))
        await context.whisper(reply(line(told)))


# ── what is meant ────────────────────────────────────────────────────────────────────────────────


def _path(taxonomy: Taxonomy, item: Item, key: str) -> LabelPath:
    return NONE_FITS if key == votes.key_of(NONE_FITS) else label_of(taxonomy, item, key)


def _parse(taxonomy: Taxonomy, said: str) -> _Said:
    """A label, whether it is right, and why; a label alone is right, with a minus wrong.

    Raises:
        UnknownLabel: no label stands where one is expected.
    """
    unknown: UnknownLabel | None = None
    for token in list(_TOKEN.finditer(said))[1:]:
        act = next((act for act in _ACTS if token[0].casefold() in _spoken(act)), None)
        if act is None:
            continue
        try:
            path = _named(taxonomy, said[: token.start()].strip(_AROUND))
        except UnknownLabel as error:  # the word may belong to a label's name
            unknown = unknown or error
            continue
        return _Said(path, _ACTS[act], said[token.end() :].strip(_AROUND) or None)
    name = said.lstrip(MINUS) or said
    try:
        return _Said(_named(taxonomy, name), name == said)
    except UnknownLabel as error:
        raise unknown or error from None


def _named(taxonomy: Taxonomy, name: str) -> LabelPath:
    if name == NONE_FITS or name.casefold() in _spoken("rule-none"):
        return NONE_FITS
    return taxonomy.find(name).path


def _spoken(message: str) -> set[str]:
    """The words for something in every language."""
    return {word for language in LANGUAGES for word in Texts(language).words(message)}
