"""Methods are given texts in portions, as often as asked, and judged by what they say."""

from collections.abc import Sequence

from core.domain import Document
from core.errors import BadAnswer
from core.evaluation import Documents, Said, evaluate
from core.labelled import LabelledText
from core.scores import Labels
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY

TREE = parse(TAXONOMY)
LABOUR, MIGRANT = "topic/labour", "topic/labour/migrant"


class Parrot:
    """Says what it was taught, one portion after the other; None: nothing that can be used."""

    at_once = 2

    def __init__(self, *portions: Sequence[Labels] | None) -> None:
        self.portions = iter(portions)
        self.heard: list[list[str]] = []

    def label(self, documents: Documents) -> Said:
        self.heard.append([document.text for document, _ in documents])
        labels = next(self.portions)
        if labels is None:
            raise BadAnswer("The parrot said hello.")
        return Said("parrot@1", labels)


def text(words: str, *labels: str) -> LabelledText:
    return LabelledText("1", words, None, "en", frozenset(labels), frozenset({"topic"}))


STRIKE, CARE, SOUP = text("strike", LABOUR), text("care", LABOUR, MIGRANT), text("soup")
TEXTS = [STRIKE, CARE, SOUP]
DOCUMENTS = [(Document(text=each.text, title=None, language="en"), None) for each in TEXTS]
BEGINNING, END = [STRIKE.labels, CARE.labels], [SOUP.labels]


def test_a_method_that_is_right_is_told_so():
    """In portions of the size that it likes, with progress."""
    parrot, steps = Parrot(BEGINNING, END), []

    told = evaluate(
        parrot, DOCUMENTS, TEXTS, taxonomy=TREE, on_progress=lambda *step: steps.append(step)
    )

    assert parrot.heard == [["strike", "care"], ["soup"]]
    assert steps == [(2, 3), (3, 3)]
    assert (told.model, told.failed, told.scores.exact) == ("parrot@1", 0, 1.0)
    assert told.dimensions == {"topic": told.scores}


def test_a_portion_without_a_usable_answer_counts_as_without_labels():
    """So what could not be said was not found; what is right without labels stays right."""
    told = evaluate(Parrot(BEGINNING, None), DOCUMENTS, TEXTS, taxonomy=TREE)
    worse = evaluate(Parrot(None, END), DOCUMENTS, TEXTS, taxonomy=TREE)

    assert (told.failed, told.scores.exact) == (1, 1.0)
    assert (worse.failed, worse.scores.recall, worse.scores.exact) == (2, 0.0, 1 / 3)


def test_a_method_that_never_answers_has_no_model():
    """It did not state one."""
    assert evaluate(Parrot(None, None), DOCUMENTS, TEXTS, taxonomy=TREE).model == ""


def test_runs_are_averaged_and_compared():
    """Two runs, of which the second finds a label too many."""
    moody = [STRIKE.labels | {MIGRANT}, CARE.labels]

    told = evaluate(Parrot(BEGINNING, END, moody, END), DOCUMENTS, TEXTS, taxonomy=TREE, repeat=2)

    assert told.scores.exact == (1 + 2 / 3) / 2
    assert (told.spread.runs, told.spread.differing) == (2, 1 / 9)
