"""Ruling as editors see it: the buttons for each label, and what is said to who ruled."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat import Button, Reply
from bot.render import cards, votes
from bot.render.ruled import name_of, told
from bot.render.spans import code, faint, line, reply
from bot.render.votes import Booth, Row, key_of
from bot.texts import Texts
from core.deciding import in_force
from core.domain import NONE_FITS, Item, LabelPath, Ruling
from core.taxonomy import Taxonomy

_ROWS = 8  # labels on a page; two more rows may be for a reason and for the next page


def choices(
    item: Item,
    booth: Booth,
    taxonomy: Taxonomy,
    texts: Texts,
    *,
    page: int = 1,
    above: Sequence[str] = (),
) -> Reply:
    """Right, wrong and withdraw for each label and for none fits; what was just done stands above.

    Args:
        item: as it is now.
        booth: whose ballot names labels that only members propose.
        page: from 1; there are more where the place has few rows of buttons.
    """
    shown = votes.with_proposals(item, booth.ballot, refused=True)
    listed = [each for each in shown.labels if each.path in taxonomy]
    names = votes.names_of(listed, taxonomy, texts) | {NONE_FITS: texts.say("button-none-fits")}
    paths = [*(each.path for each in listed), NONE_FITS]
    most = len(paths) if booth.is_typed else max(1, min(booth.rows - 2, _ROWS))
    pages = -(-len(paths) // most)
    page = min(page, pages)
    ruled = {each.path: each for each in item.rulings}
    valid = in_force(item.rulings, taxonomy)
    rows = [
        _row(item, path, names[path], ruled.get(path), booth, page, taxonomy, texts)
        for path in paths[(page - 1) * most : page * most]
    ]
    if pages > 1:
        turn = f"rule {item.number} page:{page % pages + 1}"
        rows.append([Button(texts.say("button-further"), turn)])
    standing = [
        line(faint(told(each, taxonomy, texts)))
        for each in item.rulings
        if valid.get(each.path) == each
    ]
    hint = line(
        faint(texts.say("rule-hint")), code(f"/rule {item.number} {texts.say('rule-hint.example')}")
    )
    return reply(
        [line(each) for each in above],
        cards.heading(item),
        standing,
        line(texts.say("rule-ask")),
        hint,
        buttons=rows,
        asks=booth.is_typed,
    )


def noted(
    item: Item, path: LabelPath, taxonomy: Taxonomy, texts: Texts, *, is_withdrawn: bool
) -> str:
    """What was ruled, or taken back."""
    label = name_of(path, taxonomy, texts, full=True)
    if is_withdrawn:
        return texts.say("ruled-withdrawn", label=label)
    ruling = next(each for each in item.rulings if each.path == path)
    return texts.say("ruled-right" if ruling.is_for else "ruled-wrong", label=label)


def with_reason(told: Reply, item: Item, path: LabelPath, texts: Texts) -> Reply:
    """The same with a way to say why."""
    does = f"rule {item.number} why {key_of(path)}"
    button = Button(texts.say("button-reason"), does)
    return replace(told, buttons=((button,), *told.buttons))


def _row(
    item: Item,
    path: LabelPath,
    name: str,
    ruling: Ruling | None,
    booth: Booth,
    page: int,
    taxonomy: Taxonomy,
    texts: Texts,
) -> Row:
    def does(key: str, word: str) -> str:
        if booth.is_typed:
            typed = name if path == NONE_FITS else votes.typed(path, taxonomy, texts)
            return f"rule {item.number} {typed} {texts.words(word)[0]}"
        return f"rule {item.number} {key} {key_of(path)} page:{page}"

    def mark(is_for: bool) -> str:
        return "⚖ " if ruling is not None and ruling.is_for == is_for else ""

    row = [
        Button(f"{mark(True)}✓ {name}", does("y", "rule-yes")),
        Button(f"{mark(False)}✗ {name}", does("n", "rule-no")),
    ]
    if ruling is not None:
        row.append(Button(f"↩ {name}", does("w", "rule-withdraw")))
    return row
