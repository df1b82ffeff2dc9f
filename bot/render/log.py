"""The decision log as people see it: what became what, when, by what, under which codebook."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.chat import Line, Reply
from bot.render import cards, ruled
from bot.render.spans import EMPTY, faint, joined, line, reply
from bot.texts import Texts
from core.decision_log import LogPage
from core.domain import NONE_FITS, Community, Decision, Item
from core.taxonomy import Taxonomy


def page(
    found: LogPage,
    *,
    offset: int,
    community: Community,
    taxonomy: Taxonomy,
    texts: Texts,
    query: str,
    more: str | None,
) -> Reply:
    """A page of the log; `more` is the command for the next one, if there is one."""
    if not found.decisions:
        said = texts.say("log-nothing-for", query=query) if query else texts.say("log-nothing")
        return reply(line(said), line(faint(texts.say("log-hint"))))
    last = offset + len(found.decisions)
    head = texts.say("log-found", first=offset + 1, last=last, total=found.total)
    lines: list[Line] = [line(faint(head))]
    for _, act in groupby(found.decisions, key=lambda each: (each.item, each.at, each.cause)):
        decisions = list(act)
        item = found.items.get(decisions[0].item)
        if item is not None:
            lines += [EMPTY, *_act(decisions, item, community, taxonomy, texts)]
    return reply(lines, buttons=cards.next_page(more, texts))


def _act(
    decisions: Sequence[Decision],
    item: Item,
    community: Community,
    taxonomy: Taxonomy,
    texts: Texts,
) -> Iterable[Line]:
    """What one act brought about."""
    first = decisions[0]
    yield line(cards.shortened(item.title, 40), lead=cards.number(item.number))
    for each in decisions:
        yield line(_change(each, taxonomy, texts), indent=1)
    reason = next((each.reason for each in decisions if each.reason), None)
    told = (
        texts.moment(first.at, timezone=community.timezone),
        cause_of(first, texts),
        "" if reason is None else texts.say("log-reason", reason=cards.shortened(reason, 120)),
        texts.say("log-codebook", version=first.codebook),
    )
    yield line(*joined(faint(each) for each in told), indent=1)


def _change(decision: Decision, taxonomy: Taxonomy, texts: Texts) -> str:
    name = ruled.name_of(decision.path, taxonomy, texts, full=True)
    nothing = "status-open" if decision.path == NONE_FITS else "status-none"
    before, after = (
        texts.say(nothing if each is None else f"status-{each.value}")
        for each in (decision.before, decision.after)
    )
    message = "log-change" if decision.before != decision.after else "log-same"
    said = texts.say(message, label=name, before=before, after=after)
    tally = decision.tally
    if not tally.for_ and not tally.against:
        return said
    return said + texts.say("log-tally", pro=tally.for_, con=tally.against)


def cause_of(decision: Decision, texts: Texts) -> str:
    """What brought a decision about, and who, if that may be known."""
    message = f"cause-{decision.cause}"
    cause = texts.say(message) if texts.has(message) else decision.cause
    if decision.member_name is None:
        return cause
    return texts.say("log-by", cause=cause, who=decision.member_name)
