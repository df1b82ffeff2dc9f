"""Changes of the codebook as people see them: how it stands, what a change would do, history."""

from collections.abc import Iterable, Sequence

from bot.chat import Button, Line, Reply, Span, Style
from bot.render import cards
from bot.render.spans import EMPTY, code, faint, line, reply, strong
from bot.texts import Texts
from core.codebook import Change
from core.codebook_trial import Findings, Flip, Trial
from core.codebook_versions import Proposal, Version
from core.domain import Item, LabelPath
from core.taxonomy import Label, Taxonomy, localised

OFFERED = 3
"""Items of a split label that are offered for voting at once."""

_CHANGES = 12  # that are told one by one
_VERSIONS = 10
_FLIPS = 3  # of each kind


def said(texts: Texts, message: str) -> Reply:
    """A message of the locale files, as it stands there."""
    return reply(line(texts.say(message)))


def overview(
    newest: Version,
    waiting: Sequence[Proposal],
    *,
    is_behind: bool,
    may_change: bool,
    taxonomy: Taxonomy,
    texts: Texts,
    timezone: str,
) -> Reply:
    """Which version holds, what waits, and how to change it."""
    lines = [_heading(newest, texts, timezone), *_told(newest.changes, taxonomy, texts)]
    buttons = [[Button(texts.say("codebook-button-history"), "codebook history")]]
    if is_behind:
        lines += [EMPTY, line(texts.say("codebook-behind"))]
        if may_change:
            buttons.append(
                [
                    Button(texts.say("codebook-button-take"), "codebook take"),
                    Button(texts.say("codebook-button-keep"), "codebook keep"),
                ]
            )
    if may_change:
        for each in waiting[-3:]:
            words = texts.say("codebook-button-open", id=str(each.id))
            buttons.append([Button(words, f"codebook open {each.id}")])
        lines += [EMPTY, line(faint(texts.say("codebook-how")))]
        for example in texts.say("codebook-how.examples").split("\n"):
            lines.append(line(code(example.strip()), indent=1))
    return reply(lines, buttons=buttons)


def versions(found: Sequence[Version], taxonomy: Taxonomy, texts: Texts, *, timezone: str) -> Reply:
    """The newest versions with what each changed."""
    lines: list[Line] = []
    for version in reversed(found[-_VERSIONS:]):
        lines += [EMPTY, _heading(version, texts, timezone)]
        lines += _told(version.changes, taxonomy, texts, most=4)
        if version.note:
            lines.append(line(faint(texts.say("codebook-note", note=version.note)), indent=1))
    return reply(lines[1:])


def history(
    label: Label,
    told: Sequence[tuple[Version, Sequence[Change]]],
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    timezone: str,
) -> Reply:
    """What became of one label, newest first."""
    lines = [line(strong(taxonomy.name(label.path, texts.language, full=True)))]
    for version, changes in told:
        lines.append(_heading(version, texts, timezone))
        if changes:
            lines += _told(changes, taxonomy, texts)
        else:
            lines.append(line(faint(texts.say("codebook-began")), indent=1))
        if version.note:
            lines.append(line(faint(texts.say("codebook-note", note=version.note)), indent=1))
    return reply(lines)


def trying(done: int, total: int, texts: Texts) -> Reply:
    """A change is being tried on what people decided."""
    return reply(line(faint(texts.say("codebook-trying", done=done, total=total))))


def proposed(proposal: Proposal, trial: Trial, texts: Texts) -> Reply:
    """What a proposal changes, what it would do, and the buttons to decide."""
    lines = [
        line(strong(texts.say("codebook-proposed", number=proposal.base + 1))),
        *_told(proposal.changes, trial.after, texts, before=trial.before),
        EMPTY,
        *_effects(trial.findings, texts),
        *_tried(trial.findings, trial.after, texts),
    ]
    buttons = [
        [
            Button(texts.say("codebook-button-accept"), f"codebook accept {proposal.id}"),
            Button(texts.say("codebook-button-cancel"), f"codebook cancel {proposal.id}"),
        ]
    ]
    return reply(lines, buttons=buttons, asks=True)


def accepted(
    version: Version,
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    due: int,
    old: Sequence[Item],
    old_count: int,
) -> Reply:
    """A change holds now; `old` are some items of a label that was split, to be voted on."""
    lines = [
        line(strong(texts.say("codebook-accepted", number=version.number))),
        *_told(version.changes, taxonomy, texts),
    ]
    if due:
        lines.append(line(faint(texts.say("codebook-due", n=due)), indent=1))
    buttons = []
    if old:
        lines += [EMPTY, line(texts.say("codebook-offer", n=old_count))]
        for item in old:
            words = f"#{item.number} {cards.shortened(item.title, 30)}"
            buttons.append([Button(words, f"ballot {item.number}")])
        (path, *_) = [each.path for each in version.changes if each.kind == "split"]
        buttons.append([Button(texts.say("button-find"), f"search label:{path}")])
    return reply(lines, buttons=buttons)


# ── a change in words ────────────────────────────────────────────────────────────────────────────


def change_words(
    change: Change, taxonomy: Taxonomy, texts: Texts, *, before: Taxonomy | None = None
) -> str:
    """One change as a sentence, in the reader's language."""

    def called(path: LabelPath) -> str:
        for each in (taxonomy, before):
            if each is not None and each.known(path) is not None:
                return each.name(path, texts.language, full=True)
            if each is not None and "/" not in path:
                names = next((one.names for one in each.dimensions if one.id == path), None)
                if names is not None:
                    return localised(names, texts.language, path)
        return path

    values = {
        "label": called(change.path),
        "to": change.to or "",
        "into": texts.listed(called(path) for path in change.into),
        "before": change.before or "",
        "after": change.after or "",
        "field": texts.say(f"codebook-named-{change.field}") if change.field else "",
        "language": texts.language_name(change.language) if change.language else "",
    }
    if change.kind == "merged" and change.to is not None:
        values["to"] = called(change.to)
        if before is None:  # the winner answers to the path of what it took in
            values["label"] = change.path
    kind: str = change.kind
    if kind == "reworded":
        kind += "" if change.before and change.after else "-less" if change.before else "-more"
    return texts.say(f"codebook-change-{kind}", **values)


def _told(
    changes: Sequence[Change],
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    before: Taxonomy | None = None,
    most: int = _CHANGES,
) -> list[Line]:
    lines = [
        line(change_words(each, taxonomy, texts, before=before), lead=faint("·"), indent=1)
        for each in changes[:most]
    ]
    if rest := len(changes) - most if len(changes) > most else 0:
        lines.append(line(faint(texts.say("codebook-more", n=rest)), indent=1))
    return lines


def _heading(version: Version, texts: Texts, timezone: str) -> Line:
    day = texts.day(version.at, timezone=timezone)
    cause = texts.say(f"codebook-cause-{version.cause}")
    number = texts.say("codebook-version", number=version.number)
    return line(strong(number), faint(f"  {day} · {cause}"))


# ── what it would do ─────────────────────────────────────────────────────────────────────────────


def effect_words(found: Findings, after: Taxonomy, texts: Texts) -> list[str]:
    """What a change would do, a line each, for a place without styles."""
    lines = (*_effects(found, texts), *_tried(found, after, texts))
    return [" ".join(span.text for span in (*each.lead, *each.spans)) for each in lines]


def _effects(found: Findings, texts: Texts) -> list[Line]:
    lines: list[Line] = []
    if found.carriers:
        shown = len(found.examples)
        lines.append(line(texts.say("codebook-carriers", n=found.carriers, shown=shown)))
        lines += [_item(item) for item in found.examples]
    if found.asks_otherwise:
        lines.append(line(texts.say("codebook-will-relabel", n=found.labelled)))
    elif not found.carriers:
        lines.append(line(texts.say("codebook-no-effect")))
    return lines


def _tried(found: Findings, after: Taxonomy, texts: Texts) -> list[Line]:
    if not found.asks_otherwise:
        return []
    if not found.decided:
        return [line(texts.say("codebook-nothing-decided"))]
    lines = [
        line(
            texts.say(
                "codebook-tried",
                tried=found.tried,
                decided=found.decided,
                answers=found.answers,
                before=found.right_before,
                after=found.right_after,
            )
        )
    ]
    lines += _flips(found.flips, after, texts, is_better=True)
    lines += _flips(found.flips, after, texts, is_better=False)
    return lines


def _flips(flips: Iterable[Flip], after: Taxonomy, texts: Texts, *, is_better: bool) -> list[Line]:
    own = [each for each in flips if each.is_better is is_better]
    if not own:
        return []
    style = Style.GOOD if is_better else Style.BAD
    words = texts.say("codebook-better" if is_better else "codebook-worse", n=len(own))
    lines = [line(Span(words, style))]
    for each in own[:_FLIPS]:
        label = after.name(each.path, texts.language)
        lines.append(_item(each.item, label))
    return lines


def _item(item: Item, label: str = "") -> Line:
    words = cards.shortened(item.title, 50)
    return line(
        words, *([faint(f"  {label}")] if label else []), lead=faint(f"#{item.number}"), indent=1
    )
