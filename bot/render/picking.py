"""Choosing a label to add: the tree by pages of buttons, or what answers to some words."""

from collections.abc import Sequence

from bot.chat import Button, Reply
from bot.render import cards, labels
from bot.render.spans import code, faint, line, reply
from bot.render.votes import Row, key_of, rows_of, typed
from bot.texts import Texts
from core.domain import Item, LabelPath
from core.taxonomy import Dimension, Label, Taxonomy, dimension_of, parent_of

_ROWS = 6  # of labels on a page, where a message can bear more


def dimensions(item: Item, *, rows: int, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """Where to look first: `rows` is how many rows of buttons can be shown, 0 where people type."""
    buttons = [
        Button(f"{labels.dimension_name(each.id, taxonomy, texts)} ›", _browse(item, each.id, rows))
        for each in taxonomy.dimensions
    ]
    shown = rows_of(buttons, most=rows or len(buttons)) if rows else [[each] for each in buttons]
    return _asking(item, texts.say("pick-dimension"), shown, texts)


def below(
    item: Item,
    node: Dimension | Label,
    *,
    page: int,
    rows: int,
    taxonomy: Taxonomy,
    texts: Texts,
) -> Reply:
    """The labels of a dimension, or a label with its children; those without any are chosen."""
    children = node.labels if isinstance(node, Dimension) else node.children
    buttons = [_child(item, each, rows, taxonomy, texts) for each in children]
    own: list[Row] = []
    if isinstance(node, Label):
        words = texts.say("button-choose", label=labels.name(node.path, taxonomy, texts))
        own = [[Button(words, _choose(item, node.path, rows, taxonomy, texts))]]
        asked = labels.name(node.path, taxonomy, texts, full=True)
    else:
        asked = labels.dimension_name(node.id, taxonomy, texts)
    back = Button(texts.say("button-back"), _above(item, node, rows))
    if not rows:
        return _asking(item, asked, [*own, *([each] for each in buttons), [back]], texts)
    room = min(rows - 1 - len(own), _ROWS)
    abreast = len(rows_of(buttons, most=len(buttons))[0]) if buttons else 1
    start = (page - 1) * room * abreast
    here = buttons[start : start + room * abreast] or buttons[: room * abreast]
    last = [back]
    if len(here) < len(buttons):
        further = page + 1 if start + len(here) < len(buttons) else 1
        turn = f"{_browse(item, _id(node), rows)} page:{further}"
        last.append(Button(texts.say("button-further"), turn))
    grid = [here[at : at + abreast] for at in range(0, len(here), abreast)]
    return _asking(item, asked, [*own, *grid, last], texts)


def matches(
    item: Item,
    words: str,
    found: Sequence[LabelPath],
    *,
    rows: int,
    taxonomy: Taxonomy,
    texts: Texts,
) -> Reply:
    """The labels that may have been meant, best first; the tree, if it was none of them."""
    tree = Button(texts.say("button-tree"), f"add {item.number}")
    most = rows - 1 if rows else len(found)
    buttons = [
        [
            Button(
                labels.name(path, taxonomy, texts, full=True),
                _choose(item, path, rows, taxonomy, texts),
            )
        ]
        for path in found[:most]
    ]
    message = "pick-which" if found else "pick-nothing"
    return _asking(item, texts.say(message, words=words), [*buttons, [tree]], texts)


def _asking(item: Item, asked: str, buttons: Sequence[Row], texts: Texts) -> Reply:
    hint = texts.say("pick-hint")
    return reply(
        line(asked),
        line(faint(cards.shortened(item.title, 60)), lead=cards.number(item.number)),
        line(faint(hint), code(f"/vote {item.number} {texts.say('pick-hint.example')}")),
        buttons=buttons,
        asks=True,
    )


def _child(item: Item, label: Label, rows: int, taxonomy: Taxonomy, texts: Texts) -> Button:
    called = labels.name(label.path, taxonomy, texts)
    if label.children:
        return Button(f"{called} ›", _browse(item, label.path, rows))
    return Button(called, _choose(item, label.path, rows, taxonomy, texts))


def _choose(item: Item, path: LabelPath, rows: int, taxonomy: Taxonomy, texts: Texts) -> str:
    if rows:
        return f"choose {item.number} {key_of(path)}"
    return f"vote {item.number} {typed(path, taxonomy, texts)}"


def _browse(item: Item, node: str, rows: int) -> str:
    return f"browse {item.number} {key_of(node) if rows else node}"


def _above(item: Item, node: Dimension | Label, rows: int) -> str:
    if isinstance(node, Dimension):
        return f"add {item.number}"
    return _browse(item, parent_of(node.path) or dimension_of(node.path), rows)


def _id(node: Dimension | Label) -> str:
    return node.id if isinstance(node, Dimension) else node.path
