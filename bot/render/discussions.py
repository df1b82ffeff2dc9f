"""Discussions as people see them: what is asked, what was decided, and what the codebook might say.

The bot drafts one sentence by rule, from the item and the decision, in every language: an edge case
that says on which side of the label the item is, and why, as far as that is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat import Button, Line, Reply, Span, Style
from bot.render import cards, labels
from bot.render.spans import EMPTY, faint, line, plain, reply, strong
from bot.texts import Texts
from core.discussing import Effect
from core.discussions import Discussion, Kind, Outcome, Sentence, Stage, Trigger
from core.domain import (
    LANGUAGES,
    NONE_FITS,
    Item,
    LabelStatus,
    Language,
    Tally,
)
from core.taxonomy import Label, Taxonomy, ancestors, dimension_of, localised

MAX_SUMMARY = 300  # characters: the card above tells more
MAX_ENTRY = 160  # characters of a definition or a sentence of the codebook; /label tells all
MOST_ENTRIES = 4  # sentences of a kind, the newest: that is where the border was last drawn
MOST_SUGGESTED = 5  # sentences that are offered, the newest: with a draft, two rows of buttons
MAX_DRAFT_TITLE = 40  # characters: enough to know a text by
KINDS = {Kind.INCLUDE: "include", Kind.EXCLUDE: "exclude", Kind.EDGE: "edge"}


@dataclass(frozen=True, slots=True)
class Table:
    """What people sit around.

    Attributes:
        discussion: how far it is.
        item: what it is about.
        tally: the voices on the label that count; asking: how many want to discuss.
        sentences: what was suggested, oldest first.
        reason: why the editor decided so, if they said.
    """

    discussion: Discussion
    item: Item
    tally: Tally
    asking: int
    sentences: Sequence[Sentence] = ()
    reason: str | None = None


def called(discussion: Discussion, taxonomy: Taxonomy, texts: Texts) -> str:
    """What is in question, by name."""
    if discussion.path == NONE_FITS:
        return texts.say("button-none-fits")
    return labels.name(discussion.path, taxonomy, texts)


def thread_name(table: Table, taxonomy: Taxonomy, texts: Texts) -> str:
    """What a thread about it is called."""
    return texts.say(
        "discussion-thread",
        number=str(table.item.number),
        label=called(table.discussion, taxonomy, texts),
        title=cards.shortened(table.item.title, MAX_DRAFT_TITLE),
    )


def held(table: Table, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """The message that a discussion is held under, as far as it is."""
    match table.discussion.stage:
        case Stage.QUEUED | Stage.OPEN:
            return _open(table, taxonomy, texts)
        case Stage.DECIDED:
            return _decided(table, taxonomy, texts)
        case Stage.CLOSED:
            return _closed(table, taxonomy, texts)


# ── while people talk ────────────────────────────────────────────────────────────────────────────


def _open(table: Table, taxonomy: Taxonomy, texts: Texts) -> Reply:
    discussion, item = table.discussion, table.item
    lines = [*_head(table, taxonomy, texts), *cards.source(item, texts)]
    if item.summary is not None:
        summary = cards.shortened(cards.summary_within(item.summary, MAX_SUMMARY), MAX_SUMMARY)
        if summary != item.title:
            is_quote = item.summary.generated is None
            lines.append(line(summary, indent=1, quote=is_quote))
    if discussion.path in taxonomy:
        lines += [EMPTY, *_entry(taxonomy.label(discussion.path), taxonomy, texts)]
    lines += [EMPTY, line(_voices(table, texts))]
    has_entry = discussion.path in taxonomy
    if has_entry:
        lines += [
            line(_sentence(each, texts), lead="＋", indent=1)
            for each in table.sentences[-MOST_SUGGESTED:]
        ]
    hint = "discussion-hint" if has_entry else "discussion-hint-none"
    lines.append(line(faint(texts.say(hint))))
    id_ = discussion.id
    buttons = [
        Button(texts.say("button-settle-right"), f"settle {id_} right"),
        Button(texts.say("button-settle-wrong"), f"settle {id_} wrong"),
        Button(texts.say("button-settle-leave"), f"settle {id_} leave"),
    ]
    return reply(lines, buttons=[buttons])


def _head(table: Table, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    discussion = table.discussion
    name = called(discussion, taxonomy, texts)
    if discussion.path == NONE_FITS:
        asked = texts.say("discussion-none")
    elif discussion.trigger is Trigger.SPLIT:
        asked = texts.say("discussion-split", label=name)
    else:
        asked = texts.say("discussion-asked", label=name)
    return [line(strong(asked)), cards.heading(table.item)]


def _voices(table: Table, texts: Texts) -> str:
    pro, contra = table.tally.for_, table.tally.against
    if pro or contra:
        return texts.say("discussion-voices", pro=pro, contra=contra)
    return texts.say("card-discuss", n=table.asking)


def _entry(label: Label, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """What the codebook says of a label now, in brief."""
    speaks = texts.language
    lines = [line(strong(taxonomy.name(label.path, speaks, full=True)))]
    if definition := localised(label.definitions, speaks, ""):
        lines.append(line(cards.shortened(definition, MAX_ENTRY), indent=1))
    for term, said in (
        ("label-include", label.includes),
        ("label-exclude", label.excludes),
        ("label-edge", label.edge_cases),
    ):
        lines += [
            line(
                cards.shortened(each, MAX_ENTRY),
                lead=faint(texts.say(term) if number == 0 else ""),
                indent=1,
            )
            for number, each in enumerate(localised(said, speaks, ())[-MOST_ENTRIES:])
        ]
    return lines


# ── when it is decided ───────────────────────────────────────────────────────────────────────────


def _decided(table: Table, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """What was decided, and the sentences that the codebook could take."""
    id_ = table.discussion.id
    name = called(table.discussion, taxonomy, texts)
    offered = offers(table, taxonomy, texts)
    lines = [
        *_head(table, taxonomy, texts),
        line(_verdict(table, taxonomy, texts)),
        EMPTY,
        line(texts.say("sentence-ask", label=name)),
        *(
            line(said, lead=strong(str(number)), indent=1)
            for number, (_, said) in enumerate(offered, start=1)
        ),
        line(faint(texts.say("sentence-hint"))),
    ]
    choices = [
        Button(f"✓ {number}", f"sentence {id_} {key}")
        for number, (key, _) in enumerate(offered, start=1)
    ]
    others = [
        Button(texts.say("button-sentence-edit"), f"sentence {id_} edit"),
        Button(texts.say("button-sentence-none"), f"sentence {id_} none"),
    ]
    return reply(lines, buttons=[choices[:5], choices[5:], others])


def offers(table: Table, taxonomy: Taxonomy, texts: Texts) -> list[tuple[str, str]]:
    """The sentences that an editor can choose from, each with its key: the bot's draft, and what
    people suggested."""
    drafted = drafts(table, taxonomy)
    own = localised(drafted, texts.language, "")
    return [
        ("draft", f"{texts.say('label-edge')}{texts.say('colon')}{own}"),
        *((str(each.id), _sentence(each, texts)) for each in table.sentences[-MOST_SUGGESTED:]),
    ]


def drafts(table: Table, taxonomy: Taxonomy) -> dict[Language, str]:
    """The bot's own sentence, in every language."""
    side = "right" if table.discussion.outcome is Outcome.RIGHT else "wrong"
    rival = _rival(table, taxonomy)
    said: dict[Language, str] = {}
    for language in LANGUAGES:
        texts = Texts(language)
        named = {
            "title": cards.shortened(table.item.title, MAX_DRAFT_TITLE),
            "label": called(table.discussion, taxonomy, texts),
        }
        reason = _without_because(table.reason or "")
        if not reason and rival is not None:
            reason = texts.say("sentence-rival", label=taxonomy.name(rival.path, language))
        if reason:
            said[language] = texts.say(f"sentence-{side}-because", **named, reason=reason)
        else:
            said[language] = texts.say(f"sentence-{side}", **named)
    return said


def _without_because(reason: str) -> str:
    """A reason as it stands behind "because"."""
    reason = reason.strip().rstrip("。.")
    for word in (word for each in LANGUAGES for word in Texts(each).words("word-because")):
        if reason.casefold().startswith(word):
            return reason[len(word) :].strip(" ,，:：")
    return reason


def _rival(table: Table, taxonomy: Taxonomy) -> Label | None:
    """A label of the same dimension that people confirmed in the place of one that is wrong."""
    path = table.discussion.path
    if table.discussion.outcome is not Outcome.WRONG:
        return None
    confirmed = [
        label
        for label in table.item.labels
        if label.status is LabelStatus.CONFIRMED
        and dimension_of(label.path) == dimension_of(path)
        and label.path not in ancestors(path)
        and path not in ancestors(label.path)
        and label.path in taxonomy
    ]
    narrowest = labels.narrowest(confirmed)
    return taxonomy.label(narrowest[0].path) if narrowest else None


def _sentence(sentence: Sentence, texts: Texts) -> str:
    term = texts.say(f"label-{KINDS[sentence.kind]}")
    return f"{term}{texts.say('colon')}{sentence.text}"


def preview(
    text: str,
    *,
    label: str,
    effect: Effect,
    discussion: int,
    key: str,
    texts: Texts,
) -> Reply:
    """What accepting a sentence would do, and whether it is to be accepted."""
    buttons = [
        Button(texts.say("button-sentence-yes"), f"sentence {discussion} {key} yes"),
        Button(texts.say("button-sentence-no"), f"sentence {discussion} {key} no"),
    ]
    does = "sentence-asks" if effect.asks_otherwise else "sentence-asks-the-same"
    return reply(
        line(texts.say("sentence-preview", label=label)),
        line(text, indent=1, quote=True),
        line(faint(texts.say(does, n=effect.decided))),
        buttons=[buttons],
        asks=True,
    )


# ── when it is over ──────────────────────────────────────────────────────────────────────────────


def _closed(table: Table, taxonomy: Taxonomy, texts: Texts) -> Reply:
    discussion = table.discussion
    lines = [*_head(table, taxonomy, texts), line(_verdict(table, taxonomy, texts))]
    if discussion.sentence is not None:
        name = called(discussion, taxonomy, texts)
        said = texts.say("sentence-taken", label=name, version=str(discussion.version))
        lines += [line(said), line(discussion.sentence, indent=1, quote=True)]
    return reply(lines)


def _verdict(table: Table, taxonomy: Taxonomy, texts: Texts) -> str:
    """How it was decided, or ended."""
    discussion = table.discussion
    name = called(discussion, taxonomy, texts)
    match discussion.outcome:
        case Outcome.RIGHT | Outcome.WRONG as outcome:
            if discussion.path == NONE_FITS:
                return texts.say(f"discussion-none-{outcome}")
            return texts.say(f"discussion-{outcome}", label=name)
        case Outcome.AGREED:
            statuses = {label.path: label.status for label in table.item.labels}
            is_right = statuses.get(discussion.path) is LabelStatus.CONFIRMED
            side = "right" if is_right or discussion.path == NONE_FITS else "wrong"
            return texts.say(f"discussion-agreed-{side}", label=name)
        case outcome:
            return texts.say(f"discussion-{outcome or Outcome.DROPPED}")


# ── all of them ──────────────────────────────────────────────────────────────────────────────────


def listed(
    tables: Sequence[Table],
    *,
    total: int,
    offset: int,
    more: str | None,
    links: Mapping[int, str],
    taxonomy: Taxonomy,
    texts: Texts,
) -> Reply:
    """The discussions that are not over, a page of them.

    Args:
        links: the address of the message that a discussion is held under, by its id, as far as
            there is one.
    """
    if not total:
        return reply(line(texts.say("discussions-none")))
    lines = [line(strong(texts.say("discussions-title", n=total)))]
    if offset:
        lines.append(line(faint(texts.say("discussions-from", n=offset + 1))))
    for table in tables:
        discussion = table.discussion
        name = called(discussion, taxonomy, texts)
        link = links.get(discussion.id)
        asked = plain(texts.say("discussions-label", label=name), link=link)
        standing = texts.say(
            f"discussions-{discussion.stage}",
            pro=table.tally.for_,
            contra=table.tally.against,
        )
        title = cards.shortened(table.item.title, 50)
        number = cards.number(table.item.number)
        lines.append(line(asked, faint(f"  {standing}"), lead=number))
        lines.append(line(faint(title), indent=1))
    lines.append(line(faint(texts.say("discussions-hint"))))
    return reply(lines, buttons=cards.next_page(more, texts))


def said(message: str, texts: Texts, /, **values: str | int) -> Reply:
    """A short answer."""
    return reply(line(texts.say(message, **values)))


def wrong(message: str, texts: Texts, /, **values: str | int) -> Reply:
    """A short answer that says what was not understood."""
    return reply(line(Span(texts.say(message, **values), Style.BAD)))
