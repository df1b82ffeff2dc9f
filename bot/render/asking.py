"""A question in private as people see it: the text, the label as the codebook has it, the answers.

Nothing that a model or another member said of the label is shown, and no label that the item bears.
"""

from collections.abc import Iterable, Sequence

from bot.chat import Button, Line, Reply
from bot.render import cards, labels
from bot.render.spans import EMPTY, faint, line, plain, reply, strong
from bot.texts import Texts
from core.domain import Item
from core.questions import Progress, Purpose, Question, Said
from core.taxonomy import Taxonomy, localised

MAX_SUMMARY = 500  # characters: text, label and buttons stay on one screen of a phone
MAX_ENTRY = 90  # of one line of the codebook
MAX_LINES = 2  # of each kind of line


def question(
    asked: Question,
    item: Item | None,
    *,
    title: str,
    progress: Progress,
    taxonomy: Taxonomy,
    texts: Texts,
    above: Iterable[Line] = (),
    can_explain: bool = False,
) -> Reply:
    """One question with its answers.

    Args:
        asked: the question.
        item: what it is about; None: `asked.text`.
        title: why it is asked.
        progress: where it stands.
        above: said first, such as what was just recorded.
        can_explain: the member's next message can be the reason.
    """
    first = list(above)
    place = texts.say("asking-place", n=progress.place, total=progress.total)
    lines = [
        *first,
        *([EMPTY] if first else []),
        line(strong(title), faint(f"  {place}")),
        *_text(asked, item, texts),
        EMPTY,
        *_label(asked, taxonomy, texts),
    ]
    said = []
    if asked.answer is not None:
        said.append(line(faint(texts.say("asking-yours", answer=_answer(asked.answer, texts)))))
    if asked.reason is not None:
        said.append(line(faint(texts.say("asking-reason")), asked.reason))
    buttons = [
        [_said(asked, each, texts) for each in Said],
        _others(asked, progress, texts, can_explain=can_explain),
    ]
    return reply(lines, [EMPTY, *said] if said else [], buttons=buttons, asks=True)


def noted(asked: Question, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """What was recorded."""
    name = labels.name(asked.path, taxonomy, texts)
    if asked.answer is None:
        return [line(faint(texts.say("asking-skipped", label=name)))]
    answer = _answer(asked.answer, texts)
    return [line(faint(texts.say("asking-noted", label=name, answer=answer)))]


def done(texts: Texts, *, last: Question | None, above: Sequence[Line] = ()) -> Reply:
    """Nothing is left; `last` can still be changed."""
    return reply(above, line(texts.say("asking-done")), buttons=back_to(last, texts))


def back_to(last: Question | None, texts: Texts) -> list[list[Button]]:
    """The way back to a question."""
    return [] if last is None else [[Button(texts.say("button-change"), f"answer {last.id} show")]]


def stopped(texts: Texts) -> Reply:
    """Enough for today."""
    return reply([line(each) for each in texts.say("asking-stopped").split("\n")])


def nothing(texts: Texts) -> Reply:
    """No question waits."""
    return reply(line(texts.say("asking-nothing")))


def explain(asked: Question, taxonomy: Taxonomy, texts: Texts) -> Reply:
    """The next message is the reason."""
    name = labels.name(asked.path, taxonomy, texts)
    return reply(line(texts.say("asking-explain", label=name)))


def how_to_explain(asked: Question, texts: Texts) -> Reply:
    """How a reason is typed where it cannot be the next message."""
    return reply(line(texts.say("asking-how-to-explain", number=str(asked.id))))


def not_understood(asked: Question, found: str, texts: Texts) -> Reply:
    """What was typed is no answer."""
    said = texts.say("asking-not-understood", found=found, number=str(asked.id))
    return reply([line(each) for each in said.split("\n")])


def _text(asked: Question, item: Item | None, texts: Texts) -> list[Line]:
    if item is None:
        return [line(plain(asked.text or ""), indent=1, quote=True)]
    lines = [cards.heading(item), *cards.source(item, texts)]
    if item.summary is not None:
        summary = cards.summary_within(item.summary, MAX_SUMMARY)
        if summary != item.title:
            is_quoted = item.summary.generated is None
            lines.append(line(summary, indent=1, quote=is_quoted))
    return lines


def _label(asked: Question, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    """What is asked, with what the codebook says of it in short; in practice, where exercises are
    made from them, without the cases and without the sentence that is asked about."""
    speaks, path = texts.language, asked.path
    is_practice = asked.occasion.purpose is Purpose.PRACTICE
    lines = [
        line(strong(texts.say("asking-fits", label=labels.name(path, taxonomy, texts, full=True))))
    ]
    if path not in taxonomy:
        return lines
    label = taxonomy.label(path)
    definition = localised(label.definitions, speaks, "")
    if definition and not (is_practice and definition == asked.text):
        lines.append(line(cards.shortened(definition, MAX_ENTRY), indent=1))
    if is_practice:
        return lines
    for term, entries in (
        ("label-include", label.includes),
        ("label-exclude", label.excludes),
        ("label-edge", label.edge_cases),
    ):
        for number, words in enumerate(localised(entries, speaks, ())[:MAX_LINES]):
            lead = faint(texts.say(term) if number == 0 else "")
            lines.append(line(cards.shortened(words, MAX_ENTRY), lead=lead, indent=1))
    return lines


def _said(asked: Question, said: Said, texts: Texts) -> Button:
    words = texts.say(f"button-said-{said}")
    is_it = asked.answer is said
    return Button(f"● {words}" if is_it else words, f"answer {asked.id} {said}")


def _others(
    asked: Question, progress: Progress, texts: Texts, *, can_explain: bool
) -> list[Button]:
    before = progress.before
    named = [
        (f"answer {before.id} show", "button-before") if before is not None else None,
        (f"answer {asked.id} skip", "button-skip"),
        (f"answer {asked.id} why", "button-explain") if can_explain else None,
        (f"answer {asked.id} stop", "button-stop"),
    ]
    return [Button(texts.say(each[1]), each[0]) for each in named if each is not None]


def _answer(said: Said, texts: Texts) -> str:
    return texts.say(f"button-said-{said}")
