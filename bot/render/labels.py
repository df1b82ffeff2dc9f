"""An item's labels as people see them: a suggestion looks like one, a decision like one, and what
only a language model suggests bears a mark of its own."""

from collections.abc import Collection, Sequence

from bot.chat import Line, Span, Style
from bot.render.spans import faint, joined, line
from bot.texts import Texts
from core.deciding import in_force
from core.domain import NONE_FITS, Item, ItemLabel, LabelPath, LabelStatus, Origin
from core.taxonomy import Taxonomy, ancestors, dimension_of, localised

STYLES = {
    LabelStatus.SUGGESTED: Style.SUGGESTED,
    LabelStatus.CONFIRMED: Style.DECIDED,
    LabelStatus.DISPUTED: Style.DISPUTED,
}


def by_dimension(item: Item, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """A line for each dimension that has labels; one that says so if none fits."""
    labels = shown(item)
    if not labels:
        return [line(_none(item, taxonomy, texts), indent=1)]
    ruled = {path for path, ruling in in_force(item.rulings, taxonomy).items() if ruling.is_for}
    lines: list[Line] = []
    for dimension in dict.fromkeys(dimension_of(label.path) for label in labels):
        own = [label for label in labels if dimension_of(label.path) == dimension]
        lines.append(
            line(
                *joined((_in_full(each, taxonomy, texts, ruled) for each in narrowest(own)), "  "),
                lead=faint(dimension_name(dimension, taxonomy, texts)),
                indent=1,
            )
        )
    if any(is_from_llm(label) for label in narrowest(labels)):
        lines.append(line(faint(texts.say("card-llm")), indent=1))
    if item.none_fits is LabelStatus.DISPUTED:
        lines.append(line(faint(texts.say("card-none-disputed")), indent=1))
    return lines


def _none(item: Item, taxonomy: Taxonomy, texts: Texts) -> Span:
    """Why an item has no label: people decided that none fits, or nobody did yet."""
    match item.none_fits:
        case LabelStatus.CONFIRMED:
            is_ruled = NONE_FITS in in_force(item.rulings, taxonomy)
            said = texts.say("card-none-ruled" if is_ruled else "card-none-decided")
            return Span(said, Style.DECIDED)
        case LabelStatus.DISPUTED:
            return Span(texts.say("card-none-disputed"), Style.DISPUTED)
        case _:
            return faint(texts.say("card-no-labels"))


def in_brief(item: Item, taxonomy: Taxonomy, texts: Texts) -> list[Span]:
    """The narrowest labels by their own names, a suggestion with its "?": enough to recognise an
    item in a list; that none fits, if people decided so."""
    if item.none_fits is LabelStatus.CONFIRMED:
        return [Span(texts.say("card-none-brief"), Style.DECIDED)]
    return [
        Span(
            texts.say(
                f"label-brief-{_standing(label)}", name=taxonomy.name(label.path, texts.language)
            ),
            STYLES[label.status],
        )
        for label in narrowest(shown(item))
        if label.path in taxonomy
    ]


def is_from_llm(label: ItemLabel) -> bool:
    """Whether nobody but a language model has said anything of a label."""
    return label.status is LabelStatus.SUGGESTED and label.origin is Origin.LLM


def _standing(label: ItemLabel) -> str:
    """Its status, as messages are named after."""
    return "llm" if is_from_llm(label) else label.status.value


def shown(item: Item) -> list[ItemLabel]:
    """The labels that people have not rejected."""
    return [label for label in item.labels if label.status is not LabelStatus.REJECTED]


def narrowest(found: Sequence[ItemLabel]) -> list[ItemLabel]:
    """The labels that no other one is below of; the others are implied by them."""
    above = {path for label in found for path in ancestors(label.path)}
    return [label for label in found if label.path not in above]


def name(path: LabelPath, taxonomy: Taxonomy, texts: Texts, *, full: bool = False) -> str:
    """What a label is called, retired or not; its path if the taxonomy no longer has it."""
    known = taxonomy.known(path)
    return taxonomy.name(path, texts.language, full=full) if known else str(path)


def is_retired(path: LabelPath, taxonomy: Taxonomy) -> bool:
    """Whether a label is asked no more."""
    known = taxonomy.known(path)
    return known is not None and known.is_retired


def dimension_name(dimension: str, taxonomy: Taxonomy, texts: Texts) -> str:
    """What a dimension is called; its id if the taxonomy no longer has it."""
    for each in taxonomy.dimensions:
        if each.id == dimension:
            return localised(each.names, texts.language, dimension)
    return dimension


def _in_full(
    label: ItemLabel, taxonomy: Taxonomy, texts: Texts, ruled: Collection[LabelPath]
) -> tuple[Span, ...]:
    """A label with its ancestors: a suggestion with how sure and a "?", a decision with a tick, an
    editor's with a sign of its own.

    No model is sure of a label that only members propose, and a language model never says how sure
    it is.
    """
    if label.status is LabelStatus.SUGGESTED and not label.score and not is_from_llm(label):
        sure = texts.say("label-proposed")
    elif label.path in ruled:
        sure = texts.say("label-ruled")
    else:
        sure = texts.say(f"label-{_standing(label)}", percent=texts.percent(label.score))
    if is_retired(label.path, taxonomy):
        sure = texts.say("label-retired-brief", sure=sure)
    called = name(label.path, taxonomy, texts, full=True)
    return (Span(called, STYLES[label.status]), faint(f" {sure}"))
