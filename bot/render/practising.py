"""A practice set as people see it: what the codebook says after each exercise, and the end."""

from bot.chat import Button, Line, Reply, Span, Style
from bot.render import labels
from bot.render.spans import line, reply
from bot.texts import Texts
from core.domain import LabelPath
from core.newcomers import Through
from core.practice import Basis, Exercise
from core.questions import Question, Said
from core.taxonomy import Taxonomy


def feedback(
    question: Question, exercise: Exercise | None, taxonomy: Taxonomy, texts: Texts
) -> list[Line]:
    """What the codebook says of an exercise, or what the community decided.

    Args:
        question: as it was answered, or skipped.
        exercise: None: nobody knows any more, and nothing is said.
    """
    if exercise is None:
        return []
    return [*_verdict(question, exercise, texts), *_says(exercise, taxonomy, texts)]


def _verdict(question: Question, exercise: Exercise, texts: Texts) -> list[Line]:
    if exercise.key is None or question.answer not in (Said.YES, Said.NO):
        return []
    if (question.answer is Said.YES) == exercise.key:
        return [line(Span(texts.say("practice-same"), Style.GOOD))]
    return [line(Span(texts.say("practice-other"), Style.DISPUTED))]


def _says(exercise: Exercise, taxonomy: Taxonomy, texts: Texts) -> list[Line]:
    name = labels.name(exercise.path, taxonomy, texts)
    fits = texts.say("button-said-yes" if exercise.key else "button-said-no")
    match exercise.basis:
        case Basis.DECIDED:
            said = texts.say("practice-decided", label=name, answer=fits)
        case Basis.DEFINITION:
            defined = labels.name(LabelPath(exercise.says), taxonomy, texts)
            said = texts.say("practice-definition", label=defined)
        case _:
            said = texts.say(f"practice-{exercise.basis}", label=name, says=exercise.says)
    return [line(said)]


def through(now: Through, texts: Texts) -> Reply:
    """The set is done."""
    if not now.counts_now:
        return reply(line(texts.say("practice-done")))
    return reply(
        line(Span(texts.say("practice-counts"), Style.GOOD)),
        [line(texts.say("practice-counts-earlier", n=now.votes))] if now.votes else [],
    )


def hint(texts: Texts) -> Reply:
    """A vote was kept and does not count yet: what to do."""
    return reply(
        [line(each) for each in texts.say("practice-hint").split("\n")],
        buttons=[[Button(texts.say("button-practice"), "practice")]],
    )
