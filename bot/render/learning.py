"""A community's own model as people see it: training, versions, and what would change."""

from collections.abc import Mapping, Sequence

from bot.chat import Button, Line, Reply
from bot.render import cards
from bot.render.labels import dimension_name
from bot.render.spans import EMPTY, faint, line, reply, strong
from bot.texts import Texts
from core.domain import Item
from core.model_versions import (
    Change,
    Figure,
    ModelVersion,
    Objection,
    Report,
    VersionState,
)
from core.taxonomy import Taxonomy
from core.training import Progress

_VERSIONS = 5
_LABELS = 8
_EXAMPLES = 3  # of each kind
_TITLE = 40


def begun(version: ModelVersion, texts: Texts) -> Reply:
    """A training has begun, or goes on."""
    lessons = version.lessons
    return reply(
        line(
            strong(
                texts.say(
                    "model-begun",
                    number=version.number,
                    n=lessons.examples,
                )
            )
        ),
        line(faint(texts.say("model-begun-more"))),
    )


def stopped(version: ModelVersion, texts: Texts) -> Reply:
    """A training was stopped."""
    return reply(line(texts.say("model-stopped", number=version.number)))


def progress(now: Progress, texts: Texts) -> Reply:
    """How far a version is."""
    stops = now.version.state is VersionState.TRAINING
    buttons = [[Button(texts.say("model-button-stop"), "train stop")]] if stops else []
    return reply(line(progress_words(now, texts)), buttons=buttons)


def progress_words(now: Progress, texts: Texts) -> str:
    """The same in one line, for /status."""
    state = str(now.version.state)
    share = texts.percent(now.done / now.total) if now.total else texts.percent(0.0)
    words = texts.say("model-progress", number=now.version.number, state=state, share=share)
    if now.remaining_s is not None:
        words += texts.say("model-remaining", wait=texts.wait(now.remaining_s))
    return words


def trained(
    version: ModelVersion, items: Mapping[int, Item], *, taxonomy: Taxonomy, texts: Texts
) -> Reply:
    """A version is done: whether it is better, what would change, and the buttons to decide."""
    if version.report is None:
        failure = version.failure or ""
        said = texts.say("model-failed", number=version.number, failure=failure)
        return reply(line(said))
    key = "model-passed" if version.report.passes else "model-not-passed"
    lines = [
        line(strong(texts.say(key, number=version.number))),
        *_objections(version.report, taxonomy, texts),
        EMPTY,
        *_figures(version.report, taxonomy, texts),
        EMPTY,
        *_shift(version.report, items, taxonomy, texts),
    ]
    return reply(lines, buttons=_deciding(version, texts), asks=version.report.passes)


def in_use(version: ModelVersion, texts: Texts, *, due: int) -> Reply:
    """A version is in use from now on."""
    return reply(
        line(strong(texts.say("model-in-use", number=version.number))),
        line(faint(texts.say("model-relabels", n=due)), indent=1),
        buttons=[[Button(texts.say("model-button-rollback"), "model rollback")]],
    )


def kept_aside(version: ModelVersion, texts: Texts) -> Reply:
    """A version is not used."""
    return reply(line(texts.say("model-kept-aside", number=version.number)))


def rolled_back(number: int | None, texts: Texts) -> Reply:
    """What was in use before is again."""
    if number is None:
        return reply(line(texts.say("model-back-to-package")))
    return reply(line(texts.say("model-back", number=number)))


def overview(
    versions: Sequence[ModelVersion],
    *,
    model: str,
    is_broken: bool,
    progress: Progress | None,
    is_admin: bool,
    texts: Texts,
    taxonomy: Taxonomy,
    timezone: str,
) -> Reply:
    """Which model is in use, what waits, and the newest versions."""
    live = next((each for each in versions if each.state is VersionState.LIVE), None)
    lines: list[Line] = []
    if live is None:
        lines.append(line(strong(texts.say("model-package")), faint(f"  {model}")))
        if not versions:
            lines.append(line(faint(texts.say("model-none-yet"))))
    else:
        lines += _told(live, taxonomy, texts, timezone)
        if is_broken:
            lines.append(line(texts.say("model-broken", model=model)))
    if progress is not None:
        lines += [EMPTY, line(progress_words(progress, texts))]
    others = [each for each in versions if each is not live][-_VERSIONS:]
    if others:
        lines.append(EMPTY)
        lines += [line(_in_brief(each, texts, timezone)) for each in reversed(others)]
    buttons = [
        [Button(texts.say("model-button-version", number=each.number), f"model {each.number}")]
        for each in reversed(others[-3:])
    ]
    if live is not None:
        words = texts.say("model-button-version", number=live.number)
        buttons.insert(0, [Button(words, f"model {live.number}")])
        if is_admin:
            buttons.append([Button(texts.say("model-button-rollback"), "model rollback")])
    if is_admin and progress is None:
        buttons.append([Button(texts.say("model-button-train"), "train")])
    return reply(lines, buttons=buttons)


def card(
    version: ModelVersion,
    items: Mapping[int, Item],
    *,
    is_admin: bool,
    taxonomy: Taxonomy,
    texts: Texts,
    timezone: str,
) -> Reply:
    """The model card of a version."""
    lines = _told(version, taxonomy, texts, timezone)
    labels = sorted(version.lessons.labels.items(), key=lambda each: -each[1][0])
    lines += [
        line(
            texts.say(
                "model-label",
                label=_name(path, taxonomy, texts),
                holds=yes,
                fails=no,
            ),
            indent=1,
        )
        for path, (yes, no) in labels[:_LABELS]
    ]
    if len(labels) > _LABELS:
        lines.append(line(faint(texts.say("model-labels-more", n=len(labels) - _LABELS)), indent=1))
    if version.report is not None:
        lines += [EMPTY, *_objections(version.report, taxonomy, texts)]
        lines += _figures(version.report, taxonomy, texts)
        lines += [EMPTY, *_shift(version.report, items, taxonomy, texts)]
    if version.failure:
        lines.append(line(version.failure))
    lines += [EMPTY, line(faint(texts.say("model-licence")))]
    return reply(lines, buttons=_deciding(version, texts) if is_admin else [])


def _deciding(version: ModelVersion, texts: Texts) -> list[list[Button]]:
    number = version.number
    use = Button(texts.say("model-button-use", number=number), f"model use {number}")
    match version.state:
        case VersionState.CANDIDATE:
            keep = Button(texts.say("model-button-keep"), f"model keep {number}")
            return [[use, keep]]
        case VersionState.RETIRED:
            return [[use]]
        case VersionState.LIVE:
            return [[Button(texts.say("model-button-rollback"), "model rollback")]]
        case _:
            return []


def _told(version: ModelVersion, taxonomy: Taxonomy, texts: Texts, timezone: str) -> list[Line]:
    """What a version is, and what it learnt from."""
    lessons = version.lessons
    lines = [line(strong(_in_brief(version, texts, timezone)))]
    if version.model:
        lines.append(line(faint(version.model), indent=1))
    lines.append(
        line(
            texts.say("model-learnt", n=lessons.examples, others=lessons.unlabelled),
            indent=1,
        )
    )
    lines.append(
        line(
            texts.say(
                "model-codebook",
                codebook=lessons.codebook or "—",
                wording=lessons.wording or "—",
                rounds=lessons.rounds,
            ),
            indent=1,
        )
    )
    for dimension, alpha in lessons.agreement.items():
        name = dimension_name(dimension, taxonomy, texts)
        said = texts.say("model-agreement", dimension=name, alpha=f"{alpha:.2f}")
        lines.append(line(said, indent=1))
    return lines


def _in_brief(version: ModelVersion, texts: Texts, timezone: str) -> str:
    return texts.say(
        "model-version",
        number=version.number,
        state=texts.say(f"model-state-{version.state}"),
        cause=str(version.cause),
        day=texts.day(version.begun_at, timezone=timezone),
    )


def _figures(report: Report, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    against = (
        texts.say("model-against-package")
        if report.live is None
        else texts.say("model-against", number=report.live)
    )
    title = texts.say(
        "model-judged", texts=report.texts, decisions=report.decisions, against=against
    )
    return [
        line(title),
        *(line(_figure(each, taxonomy, texts), indent=1) for each in report.figures),
    ]


def _figure(figure: Figure, taxonomy: Taxonomy, texts: Texts) -> str:
    kind, _, id_ = figure.name.partition(":")
    name = dimension_name(id_, taxonomy, texts) if id_ else texts.say(f"model-figure-{kind}")
    return texts.say(
        "model-figure",
        name=name,
        live=f"{figure.live:.0%}",
        candidate=f"{figure.candidate:.0%}",
        gain=f"{figure.gain * 100:+.1f}",
        low=f"{figure.low * 100:+.1f}",
        high=f"{figure.high * 100:+.1f}",
    )


def _objections(report: Report, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    return [line(_objection(each, taxonomy, texts), indent=1) for each in report.objections]


def _objection(each: Objection, taxonomy: Taxonomy, texts: Texts) -> str:
    kind, _, id_ = each.name.partition(":")
    name = dimension_name(id_, taxonomy, texts) if id_ else kind
    in_points = each.reason in ("dimension", "general")
    value = f"{each.value * 100:.1f}" if in_points else f"{each.value:.0f}"
    limit = f"{each.limit * 100:.1f}" if in_points else f"{each.limit:.0f}"
    return texts.say("model-objection", reason=each.reason, name=name, value=value, limit=limit)


def _shift(
    report: Report, items: Mapping[int, Item], taxonomy: Taxonomy, texts: Texts
) -> list[Line]:
    """What would change about the community's own items, with examples."""
    lines = [
        line(
            texts.say(
                "model-shift",
                changed=report.changed,
                items=report.items,
                towards=report.towards,
                away=report.away,
            )
        )
    ]
    for direction in ("away", "towards", ""):
        found = [
            change
            for change in report.changes
            if change.direction == direction and change.item in items
        ]
        lines += [
            line(_change(change, items[change.item], taxonomy, texts), indent=1)
            for change in found[:_EXAMPLES]
        ]
    return lines


def _change(change: Change, item: Item, taxonomy: Taxonomy, texts: Texts) -> str:
    signs = [f"+{_name(path, taxonomy, texts)}" for path in change.gains]
    signs += [f"−{_name(path, taxonomy, texts)}" for path in change.loses]
    return texts.say(
        "model-change",
        number=str(item.number),
        title=cards.shortened(item.title, _TITLE),
        labels=texts.listed(signs),
        direction=change.direction or "neither",
    )


def _name(path: str, taxonomy: Taxonomy, texts: Texts) -> str:
    return taxonomy.name(path, texts.language, full=True) if path in taxonomy else path
