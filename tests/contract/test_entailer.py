"""What every entailer promises: the built-in one, any pair model, and the fake."""

from pathlib import Path

import pytest

from core.models.encoder import Encoder
from core.models.entailer import BuiltinEntailer, TowersEntailer, make_entailer
from core.models.lane import LaneEntailer
from core.models.pair import PairEntailer
from core.models.remembering import RememberingEntailer
from core.ports import Entailer
from tests.fakes.checkpoints import write_built, write_pair, write_two_tower
from tests.fakes.models import FakeEntailer

PREMISES = (
    "政府公布新的能源政策，環境團體認為減碳太慢。",
    "Migrant workers marched in Taipei.",
    "",
    "環境 " * 400,
)
HYPOTHESES = ("這篇文章與「環境」有關。", "This text is about labour.", "x", "")
PAIRS = [(premise, hypothesis) for premise in PREMISES for hypothesis in HYPOTHESES]


@pytest.fixture(
    scope="module",
    params=[
        "builtin",
        "towers-float32",
        "two-tower-folder",
        "built-folder",
        "pair-three-way",
        "pair-two-way",
        "remembering",
        "lane",
        "fake",
    ],
)
def entailer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Entailer:
    folder: Path = tmp_path_factory.mktemp("model")
    match request.param:
        case "builtin":
            return make_entailer(None)
        case "towers-float32":
            return TowersEntailer(encoder=Encoder(precision="float32"))
        case "two-tower-folder":
            return TowersEntailer(write_two_tower(folder))
        case "built-folder":
            return BuiltinEntailer(write_built(folder))
        case "pair-three-way":
            return PairEntailer(str(write_pair(folder)))
        case "pair-two-way":
            return PairEntailer(str(write_pair(folder, ("entailment", "not_entailment"))))
        case "remembering":
            return RememberingEntailer(PairEntailer(str(write_pair(folder))), size=7)
        case "lane":
            return LaneEntailer(PairEntailer(str(write_pair(folder))), batch_pairs=3)
    return FakeEntailer()


def test_every_answer_is_a_probability(entailer: Entailer):
    """There is one number from 0 to 1 for each pair, and it is a plain float."""
    answers = entailer.entail(PAIRS)

    assert len(answers) == len(PAIRS)
    assert all(type(answer) is float and 0 <= answer <= 1 for answer in answers)


def test_the_same_pair_gets_the_same_answer_whatever_else_is_asked(entailer: Entailer):
    """Alone, among others or in reverse order, a pair's answer differs by less than 1e-3."""
    together = entailer.entail(PAIRS)

    alone = [entailer.entail([pair])[0] for pair in PAIRS]
    backwards = entailer.entail(PAIRS[::-1])[::-1]

    assert alone == pytest.approx(together, abs=1e-3)
    assert backwards == pytest.approx(together, abs=1e-3)


def test_a_repeated_pair_is_answered_each_time(entailer: Entailer):
    """Answers come in the order of the questions, repeated ones included."""
    first, second = PAIRS[0], PAIRS[5]

    answers = entailer.entail([first, second, first])

    assert answers[0] == pytest.approx(answers[2], abs=1e-6)
    assert answers[:2] == pytest.approx(entailer.entail([first, second]), abs=1e-3)


def test_different_questions_get_different_answers(entailer: Entailer):
    """The model reads both sides."""
    premise, other, hypothesis, claim = *PREMISES[:2], *HYPOTHESES[:2]

    answers = entailer.entail([(premise, hypothesis), (premise, claim), (other, hypothesis)])

    assert answers[0] != pytest.approx(answers[1], abs=1e-6)
    assert answers[0] != pytest.approx(answers[2], abs=1e-6)


def test_no_question_has_no_answer(entailer: Entailer):
    """An empty call is legal."""
    assert entailer.entail([]) == []


def test_the_version_names_the_weights_and_stays(entailer: Entailer):
    """`version` is `name@revision`, and the same before and after use."""
    before = entailer.version

    entailer.entail(PAIRS[:1])

    assert entailer.version == before
    name, _, revision = before.partition("@")
    assert name
    assert revision
