"""Labels explained: the tree with counts, a codebook entry, and why an item got its labels."""

from collections.abc import Iterable, Mapping, Sequence

from bot.chat import Button, Line, Reply, Span, Style
from bot.render import cards, labels
from bot.render.spans import EMPTY, code, faint, joined, line, reply, strong
from bot.texts import Texts
from core.domain import Answer, Item, Labelling, LabelPath
from core.taxonomy import (
    Label,
    Taxonomy,
    ancestors,
    depth_of,
    dimension_of,
    localised,
    parent_of,
)

REFUSED_SHOWN = 2  # of each group of questions that were answered "no"; the rest is counted


# ── the tree ─────────────────────────────────────────────────────────────────────────────────────


def dimensions(taxonomy: Taxonomy, counts: Mapping[LabelPath, int], texts: Texts) -> Reply:
    """Every dimension with the first level of its tree and how many items each label has."""
    lines: list[Line] = []
    for dimension in taxonomy.dimensions:
        choice = texts.say(f"choice-{dimension.choice}")
        name = localised(dimension.names, texts.language, dimension.id)
        lines += [EMPTY, line(strong(name), faint(f"  {choice}"))]
        lines.append(
            line(
                *joined((_counted(each, counts, texts) for each in dimension.labels), " · "),
                indent=1,
            )
        )
    lines += [EMPTY, line(faint(texts.say("labels-hint")))]
    return reply(lines[1:])


def tree(
    labels: Iterable[Label], *, name: str, counts: Mapping[LabelPath, int], texts: Texts
) -> Reply:
    """The whole tree below a dimension or a label."""
    return reply(line(strong(name)), list(_branches(labels, counts, texts, depth=1)))


def _branches(
    labels: Iterable[Label], counts: Mapping[LabelPath, int], texts: Texts, *, depth: int
) -> Iterable[Line]:
    for label in labels:
        yield line(*_counted(label, counts, texts), indent=depth)
        yield from _branches(label.children, counts, texts, depth=depth + 1)


def _counted(label: Label, counts: Mapping[LabelPath, int], texts: Texts) -> tuple[Span, ...]:
    name = Span(localised(label.names, texts.language, label.path))
    n = counts.get(label.path, 0)
    return (name, Span(f" {n}", Style.GOOD)) if n else (name,)


# ── an entry ─────────────────────────────────────────────────────────────────────────────────────


def entry(label: Label, *, taxonomy: Taxonomy, count: int, texts: Texts, version: str) -> Reply:
    """A label as the codebook has it in this version."""
    speaks = texts.language
    dimension = localised(taxonomy.dimension(label.path).names, speaks, "")
    lines = [
        line(strong(taxonomy.name(label.path, speaks, full=True)), faint(f"  {dimension}")),
        line(faint(texts.say("label-count", n=count)), faint(" · "), code(label.path), indent=1),
    ]
    if definition := localised(label.definitions, speaks, ""):
        lines += [EMPTY, line(definition, indent=1)]
    facts = [
        (texts.say("label-also"), texts.listed(localised(label.aliases, speaks, ()))),
        (texts.say("label-asked"), localised(label.hypotheses, speaks, "")),
        *((texts.say("label-include"), each) for each in localised(label.includes, speaks, ())),
        *((texts.say("label-exclude"), each) for each in localised(label.excludes, speaks, ())),
        *((texts.say("label-edge"), each) for each in localised(label.edge_cases, speaks, ())),
        (
            texts.say("label-below"),
            texts.listed([localised(child.names, speaks, child.path) for child in label.children]),
        ),
    ]
    if label.is_retired:
        into = texts.listed(labels.name(each, taxonomy, texts) for each in label.into)
        told = texts.say("label-split", into=into) if into else texts.say("label-retired")
        lines += [EMPTY, line(told, indent=1)]
    lines.append(EMPTY)
    said = ""
    for term, words in facts:
        if words:
            lines.append(line(words, lead=faint("" if term == said else term), indent=1))
            said = term
    lines.append(line(faint(texts.say("label-version", version=version)), indent=1))
    search = Button(texts.say("button-find"), f"search label:{label.path}")
    past = Button(texts.say("codebook-button-history"), f"label {label.path} history")
    return reply(lines, buttons=[[search, past]] if count else [[past]])


# ── why ──────────────────────────────────────────────────────────────────────────────────────────


def why(
    item: Item,
    labelling: Labelling,
    *,
    taxonomy: Taxonomy,
    texts: Texts,
    opinion: Labelling | None = None,
    all_of_it: bool = False,
) -> Reply:
    """The questions asked about an item with their answers, by dimension and level.

    Under each parent all accepted labels are shown and the likeliest refused ones; `all_of_it`
    shows all. `opinion` is what a language model said beside it.
    """
    accepted = {label.path: label.score for label in labelling.labels}
    lines: list[Line] = [
        cards.heading(item),
        line(faint(texts.say(f"why-premise-{labelling.premise.kind}")), indent=1),
        line(cards.shortened(labelling.premise.text, 140), indent=1, quote=True),
    ]
    by_dimension: dict[str, list[Answer]] = {}
    for answer in labelling.answers:
        by_dimension.setdefault(dimension_of(answer.path), []).append(answer)
    for dimension, answers in by_dimension.items():
        name = labels.dimension_name(dimension, taxonomy, texts)
        lines += [EMPTY, line(strong(name), indent=1)]
        lines += _levels(answers, None, accepted, taxonomy, texts, all_of_it=all_of_it)
    model = texts.say("why-model", model=labelling.model, wording=labelling.wording)
    lines += [EMPTY, line(faint(model), indent=1)]
    if opinion is not None:
        said = texts.listed(
            labels.name(label.path, taxonomy, texts, full=True)
            for label in labels.narrowest(opinion.labels)
        )
        told = texts.say("why-llm", labels=said or texts.say("card-no-labels"), model=opinion.model)
        lines.append(line(faint(told), indent=1))
    everything = Button(texts.say("button-all"), f"why {item.number} all")
    return reply(lines, buttons=[] if all_of_it else [[everything]])


def no_labelling(item: Item, texts: Texts) -> Reply:
    """No model was asked about the item yet."""
    return reply(line(texts.say("why-nothing", title=cards.shortened(item.title, 60))))


def _levels(
    answers: Sequence[Answer],
    parent: LabelPath | None,
    accepted: Mapping[LabelPath, float],
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    all_of_it: bool,
) -> list[Line]:
    """The questions under one parent, accepted first, and under each accepted one its own."""
    level = sorted(
        (answer for answer in answers if parent_of(answer.path) == parent),
        key=lambda answer: (answer.path not in accepted, -answer.probability),
    )
    n_accepted = sum(answer.path in accepted for answer in level)
    shown = level if all_of_it else level[: n_accepted + REFUSED_SHOWN]
    lines: list[Line] = []
    for answer in shown:
        because = _because(answer, answers, accepted)
        reason = _threshold(answer, texts) if because is None else _cause(because, taxonomy, texts)
        lines.append(_asked(answer, answer.path in accepted, reason, texts))
        lines += _levels(answers, answer.path, accepted, taxonomy, texts, all_of_it=all_of_it)
    if rest := level[len(shown) :]:
        most = texts.percent(rest[0].probability)
        said = texts.say("why-rest", n=len(rest), percent=most)
        lines.append(line(faint(said), indent=1 + depth_of(rest[0].path)))
    return lines


def _because(
    answer: Answer, answers: Sequence[Answer], accepted: Mapping[LabelPath, float]
) -> Answer | None:
    """The likeliest answer below a label that holds only because of its children: what is about a
    narrow label is about the broad one above it (`core.labelling.Rule.lift`)."""
    lifted = accepted.get(answer.path, 0.0) > answer.probability
    if not lifted or answer.probability > answer.threshold:
        return None
    below = [each for each in answers if answer.path in ancestors(each.path)]
    return max(below, key=lambda each: each.probability, default=None)


def _asked(answer: Answer, is_accepted: bool, reason: str, texts: Texts) -> Line:
    share = texts.percent(answer.probability)
    bar = texts.say("why-accepted" if is_accepted else "why-refused")
    words = Span(answer.hypothesis) if is_accepted else faint(answer.hypothesis)
    lead = Span(f"{bar} {share:>4}", Style.GOOD if is_accepted else Style.FAINT)
    return line(words, faint(f"  {reason}"), lead=lead, indent=1 + depth_of(answer.path))


def _threshold(answer: Answer, texts: Texts) -> str:
    return texts.say("why-threshold", percent=texts.percent(answer.threshold))


def _cause(answer: Answer, taxonomy: Taxonomy, texts: Texts) -> str:
    name = labels.name(answer.path, taxonomy, texts)
    return texts.say("why-because", label=name, percent=texts.percent(answer.probability))
