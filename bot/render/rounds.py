"""Review rounds as people see them: the invitation, how far they are, what they showed."""

from collections.abc import Callable, Mapping, Sequence

from bot.chat import Button, Line, Reply, Span, Style
from bot.render import asking, cards, labels
from bot.render.spans import EMPTY, faint, line, reply, strong
from bot.texts import Texts
from core.agreement import Agreement
from core.domain import Item, LabelStatus, MemberRef
from core.questions import Question
from core.reviews import SIZE, Proposal, Results, State
from core.rounds import Answer, Divided, Kind, Round
from core.taxonomy import Taxonomy, localised

MOST_SPLITS = 5  # items that are told: what can be talked about in one sitting
_MOST_DIVIDED = 2  # labels of one item
_MOST_REASONS = 3  # on each side
_MAX_REASON = 120  # characters
_MAX_TITLE = 60

Word = Callable[[Round, Taxonomy, Texts], Reply]


def title(round_: Round, taxonomy: Taxonomy, texts: Texts) -> str:
    """Number, dimension and kind of a round."""
    return texts.say(
        f"round-title-{round_.kind}",
        number=str(round_.number),
        dimension=labels.dimension_name(round_.dimension, taxonomy, texts),
    )


# ── the invitation ───────────────────────────────────────────────────────────────────────────────


def invitation(
    round_: Round, *, joined: int, taxonomy: Taxonomy, texts: Texts, asked: int | None = None
) -> Reply:
    """What a round is, and how to take part; closed, where to read what it showed.

    Args:
        joined: how many take part.
        asked: how many items its editor wanted.
    """
    number = str(round_.number)
    heading = line(strong(title(round_, taxonomy, texts)))
    if not round_.is_open:
        return reply(
            heading,
            line(texts.say("round-is-closed")),
            buttons=[[Button(texts.say("button-round-results"), f"round results {number}")]],
        )
    size = len(round_.items)
    lines = [
        line(texts.say("round-invites", items=size, questions=len(round_.pairs))),
        line(texts.say(f"round-about-{round_.kind}")),
    ]
    if asked is not None and asked > size:
        lines.append(line(faint(texts.say("round-fewer", items=size, asked=asked))))
    return reply(
        heading,
        lines,
        line(faint(texts.say("round-joined", n=joined))),
        buttons=[[Button(texts.say("button-round-join"), f"round join {number}")]],
    )


def which_dimension(taxonomy: Taxonomy, texts: Texts, *, size: int) -> Reply:
    """Which dimension is it to be about?"""
    buttons = [
        Button(localised(each.names, texts.language, each.id), f"round start {size} {each.id}")
        for each in taxonomy.dimensions
    ]
    return reply(
        line(texts.say("round-which")),
        buttons=[buttons[at : at + 3] for at in range(0, len(buttons), 3)],
        asks=True,
    )


def how(texts: Texts, *, found: str) -> Reply:
    """What was typed is nothing that can be done with rounds."""
    return reply([line(each) for each in texts.say("round-how", found=found).split("\n")])


# ── how far it is ────────────────────────────────────────────────────────────────────────────────


def state(
    round_: Round,
    now: State,
    names: Mapping[MemberRef, str],
    *,
    taxonomy: Taxonomy,
    texts: Texts,
    is_editor: bool,
    takes_part: bool,
) -> Reply:
    """Who has answered how much; for editors, agreement so far and how to close."""
    lines = [line(strong(title(round_, taxonomy, texts)))]
    if not now.participants:
        lines.append(line(texts.say("round-nobody")))
    lines += [
        line(
            names[each.member],
            faint("  " + texts.say("round-done-of", done=each.done, total=each.done + each.left)),
            indent=1,
        )
        for each in now.participants
    ]
    if is_editor and round_.kind is Kind.COUNTED:
        lines.append(
            line(
                texts.say("round-so-far", items=now.compared),
                " ",
                *_figure(now.measured, texts),
                faint("  " + texts.say("round-target", target=_two(round_.target))),
            )
        )
    number = str(round_.number)
    row = []
    if not takes_part:
        row.append(Button(texts.say("button-round-join"), f"round join {number}"))
    else:
        row.append(Button(texts.say("button-round-go-on"), f"round join {number}"))
    if is_editor:
        row.append(Button(texts.say("button-round-close"), f"round close {number}"))
    return reply(lines, buttons=[row])


def none_open(last: Round | None, taxonomy: Taxonomy, texts: Texts, *, is_editor: bool) -> Reply:
    """No round is open: what there was, and how one is started."""
    lines = [line(texts.say("round-none"))]
    buttons = []
    if last is not None:
        lines.append(line(faint(texts.say("round-last", title=title(last, taxonomy, texts)))))
        does = f"round results {last.number}"
        buttons.append([Button(texts.say("button-round-results"), does)])
    if is_editor:
        example = taxonomy.dimensions[0].id if taxonomy.dimensions else ""
        lines.append(line(texts.say("round-how-to-start", size=str(SIZE), dimension=example)))
    return reply(lines, buttons=buttons)


def nothing_left(round_: Round, texts: Texts) -> Reply:
    """The member has answered everything."""
    return reply(line(texts.say("round-nothing-left", number=str(round_.number))))


def left(round_: Round, texts: Texts, *, did_take_part: bool) -> Reply:
    """The member takes part no longer."""
    message = "round-left" if did_take_part else "round-not-there"
    return reply(line(texts.say(message, number=str(round_.number))))


def reminder(round_: Round, waiting: int, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """Questions wait."""
    said = texts.say("round-reminder", title=title(round_, taxonomy, texts), n=waiting)
    number = round_.number
    return reply(
        line(said),
        line(faint(texts.say("round-reminder-hint"))),
        buttons=[
            [
                Button(texts.say("button-round-go-on"), f"round join {number}"),
                Button(texts.say("button-round-leave"), f"round leave {number}"),
            ]
        ],
    )


def all_through(round_: Round, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """Everybody who joined has answered everything."""
    number = round_.number
    return reply(
        line(texts.say("round-all-through", title=title(round_, taxonomy, texts))),
        buttons=[
            [
                Button(texts.say("button-round-close"), f"round close {number}"),
                Button(texts.say("button-round-join"), f"round join {number}"),
            ]
        ],
    )


def through(round_: Round, texts: Texts) -> Reply:
    """A member has answered everything, or the round is closed."""
    if not round_.is_open:
        return reply(
            line(texts.say("round-is-closed")),
            buttons=[[Button(texts.say("button-round-results"), f"round results {round_.number}")]],
        )
    return reply([line(each) for each in texts.say("round-through").split("\n")])


def noted(question: Question, item: Item | None, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """What was recorded; in practice, what the community decided or the codebook says.

    Args:
        item: in practice, what the question was about.
    """
    lines = asking.noted(question, taxonomy, texts)
    if item is None:
        return lines
    status = next((each.status for each in item.labels if each.path == question.path), None)
    if status in (LabelStatus.CONFIRMED, LabelStatus.REJECTED):
        fits = texts.say("button-said-yes" if status is LabelStatus.CONFIRMED else "button-said-no")
        name = labels.name(question.path, taxonomy, texts)
        lines.append(line(texts.say("practice-decided", label=name, answer=fits)))
    elif question.path in taxonomy:
        label = taxonomy.label(question.path)
        for basis, cases in (
            ("edge", label.edge_cases),
            ("exclude", label.excludes),
            ("include", label.includes),
        ):
            if said := localised(cases, texts.language, ()):
                name = labels.name(question.path, taxonomy, texts)
                lines.append(line(texts.say(f"practice-{basis}", label=name, says=said[0])))
                break
    return lines


# ── what it showed ───────────────────────────────────────────────────────────────────────────────


def results(
    found: Results,
    items: Mapping[int, Item],
    proposal: Proposal,
    *,
    taxonomy: Taxonomy,
    texts: Texts,
) -> Reply:
    """Agreement before and now, what split people with both sides' reasons, and what comes next.

    Args:
        items: those that are told of, by id.
    """
    round_ = found.round
    lines = [
        line(strong(title(round_, taxonomy, texts))),
        line(
            faint(texts.say("round-raters", n=found.raters, items=len(round_.items))),
        ),
        line(
            texts.say("round-agreement"),
            " ",
            *_figure(found.measured, texts),
            faint("  " + texts.say("round-target", target=_two(round_.target))),
        ),
    ]
    if found.before is not None and found.measured_before is not None:
        lines.append(
            line(
                texts.say("round-before", number=str(found.before.number)),
                " ",
                *_figure(found.measured_before, texts),
                *_change(found.measured_before, found.measured, texts),
            )
        )
    if round_.kind is Kind.PRACTICE:
        lines.append(line(faint(texts.say("round-was-practice"))))
    told = [split for split in found.splits[:MOST_SPLITS] if split.item in items]
    if told:
        lines += [EMPTY, line(strong(texts.say("round-split", n=len(found.splits))))]
        for split in told:
            lines.append(_heading(items[split.item]))
            for divided in split.divided[:_MOST_DIVIDED]:
                lines += _sides(divided, taxonomy, texts)
    elif found.raters > 1:
        lines += [EMPTY, line(texts.say("round-no-split"))]
    lines += [EMPTY, line(texts.say(f"round-next-{proposal.kind or 'none'}"))]
    buttons = []
    if proposal.kind is not None:
        does = f"round start {proposal.size} {proposal.dimension}"
        buttons.append([Button(texts.say("button-round-next"), does)])
    return reply(lines, buttons=buttons)


def _heading(item: Item) -> Line:
    called = cards.shortened(item.title, _MAX_TITLE)
    return line(Span(called, Style.PLAIN, cards.address(item)), lead=cards.number(item.number))


def _sides(divided: Divided, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    name = labels.name(divided.path, taxonomy, texts, full=True)
    for_, against = len(divided.for_), len(divided.against)
    lines = [line(texts.say("round-divided", label=name, yes=for_, no=against), indent=1)]
    for sign, side in (("✓", divided.for_), ("✗", divided.against)):
        lines += [line(each, lead=sign, indent=2, quote=True) for each in _reasons(side)]
    return lines


def _reasons(side: Sequence[Answer]) -> list[str]:
    given = [cards.shortened(each.reason, _MAX_REASON) for each in side if each.reason]
    return given[:_MOST_REASONS]


def _figure(measured: Agreement, texts: Texts) -> list[Span]:
    if measured.alpha is None:
        return [faint(texts.say(f"round-no-alpha-{measured.reason or 'nothing'}"))]
    spans = [strong(_two(measured.alpha))]
    if measured.low is not None and measured.high is not None:
        interval = texts.say("round-interval", low=_two(measured.low), high=_two(measured.high))
        spans.append(faint(f" {interval}"))
    return spans


def _change(before: Agreement, now: Agreement, texts: Texts) -> list[Span]:
    if before.alpha is None or now.alpha is None:
        return []
    change = now.alpha - before.alpha
    way = "same" if abs(change) < 0.005 else "better" if change > 0 else "worse"
    return [faint("  " + texts.say(f"round-{way}", change=f"{change:+.2f}"))]


def _two(figure: float) -> str:
    return f"{figure:.2f}"
