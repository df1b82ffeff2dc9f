"""What was answered is not asked again, as long as the model is the same."""

from core.models.remembering import RememberingEntailer
from tests.fakes.models import FakeEntailer

PAIR, OTHER = ("Wind power.", "This is about wind."), ("Wind power.", "This is about bread.")


def test_a_question_is_asked_once():
    """Later calls are answered from memory, in the order of the questions."""
    model = FakeEntailer()
    entailer = RememberingEntailer(model)

    first = entailer.entail([PAIR])
    second = entailer.entail([OTHER, PAIR, OTHER])

    assert model.asked == [PAIR, OTHER]
    assert second == [*FakeEntailer().entail([OTHER]), *first, second[0]]


def test_a_new_version_of_the_model_is_asked_anew():
    """Answers belong to the weights that gave them."""
    model = FakeEntailer(version="m@1")
    entailer = RememberingEntailer(model)
    entailer.entail([PAIR])

    model._version = "m@2"
    entailer.entail([PAIR])

    assert model.asked == [PAIR, PAIR]


def test_memory_is_bounded():
    """The oldest answer is forgotten, and asked again when it is wanted."""
    model = FakeEntailer()
    entailer = RememberingEntailer(model, size=1)

    entailer.entail([PAIR])
    entailer.entail([OTHER])
    entailer.entail([PAIR])

    assert model.asked == [PAIR, OTHER, PAIR]


def test_more_questions_than_memory_are_all_answered():
    """A call that is larger than what is kept is answered in full."""
    entailer = RememberingEntailer(FakeEntailer(), size=1)

    assert entailer.entail([PAIR, OTHER, PAIR]) == FakeEntailer().entail([PAIR, OTHER, PAIR])
