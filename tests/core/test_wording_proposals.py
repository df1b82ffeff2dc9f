"""Wordings are proposed if they are better, not if they are luckier, and the same way each time."""

import random
from collections.abc import Sequence

import pytest

from core.labelled import LabelledText
from core.labelling import PLAIN_RULE
from core.wording_proposals import Comparison, gains, judge
from core.wording_trial import ask, plan
from tests.fakes.labelled import MARINE, TAXONOMY, house, text, view_of
from tests.fakes.models import FakeEntailer


def compared(texts: Sequence[LabelledText], entailer, *, seed: int = 0) -> Comparison:
    trial = plan(view_of(texts), taxonomy=TAXONOMY)
    answers = ask(entailer, trial.pairs())
    return judge(trial, answers, rule=PLAIN_RULE, seed=seed, times=400)


IN_A_ROW = "This text is about cetaceans, whales or the open sea."


def test_a_better_name_is_found():
    """The model knows whales, has never heard of cetaceans, and cannot read lists."""
    found = compared(house(), FakeEntailer({IN_A_ROW: 0.02}))

    [proposal] = found.proposals
    assert proposal.path == MARINE
    assert proposal.wording.questions == {MARINE: "This text is about whales."}
    assert (proposal.wording.kind, proposal.wording.words) == ("alias", "whales")
    assert proposal.unseen_gain == pytest.approx(1 - 1 / 3, abs=0.05)
    assert proposal.p < 0.05
    assert found.ranking_gain.gain == pytest.approx((1 - 1 / 3) / 2, abs=0.01)
    assert found.f1_gain.low > 0


class Fussy(FakeEntailer):
    """Understands what a text discusses, and nothing else."""

    def entail(self, pairs):
        said = super().entail(
            [(text, asked.replace("discusses", "about")) for text, asked in pairs]
        )
        return [
            answer if "discusses" in asked else 0.02
            for answer, (_, asked) in zip(said, pairs, strict=True)
        ]


def test_a_better_template_is_found():
    """It is better for all labels together, and what single labels are left gains no more."""
    found = compared(house(), Fussy())

    [proposal] = found.proposals
    assert proposal.path is None
    assert (proposal.wording.kind, proposal.wording.words) == (
        "template",
        "This text discusses {label}.",
    )
    chosen = {row.wording.words: row.chosen for row in found.rows if row.chosen}
    assert chosen == {"This text discusses {label}.": 1}
    assert found.rows[0].wording == proposal.wording


def test_every_label_is_told():
    """Examples, what was given, how well it ranks, and what would rank best."""
    marine, rents = compared(house(), FakeEntailer({IN_A_ROW: 0.02})).labels

    assert (marine.path, marine.examples, marine.given, marine.found) == (MARINE, 20, 0, 0)
    assert marine.precision == pytest.approx(1 / 3)
    assert marine.best.words == "whales"
    assert (rents.given, rents.found, rents.f1, rents.precision) == (20, 20, 1, 1)
    assert rents.best is None


class Squinter:
    """An entailer that knows each alias about as well as the others, and no name."""

    version = "squinter"

    def entail(self, pairs):
        return [
            random.Random(f"{words}\t{asked}").random()
            + ("whales" in words and asked[19:] in ("whales.", "the open sea."))
            for words, asked in pairs
        ]


def test_several_that_are_as_good_do_not_stand_in_each_others_way():
    """Splits differ in which they choose, and agree that there is something better."""
    [proposal] = compared(house(), Squinter()).proposals

    assert proposal.path == MARINE
    assert proposal.wording.kind == "alias"


class Dice:
    """An entailer that knows nothing."""

    version = "dice"

    def entail(self, pairs):
        return [random.Random(f"{premise}\t{asked}").random() for premise, asked in pairs]


def test_luck_is_not_proposed():
    """Of 10 trials of a model that answers by dice, a dozen wordings each, one may be fooled."""
    proposed = 0
    for round_ in range(10):
        texts = [text(each.id, f"{each.text} {round_}", *each.labels) for each in house(each=14)]
        proposed += bool(compared(texts, Dice(), seed=round_).proposals)

    assert proposed <= 1


def test_the_same_seed_finds_the_same():
    """And what is best looks best to any seed."""
    one, same, other = (compared(house(), FakeEntailer(), seed=seed) for seed in (1, 1, 2))

    assert one.rows == same.rows
    assert one.proposals == same.proposals
    assert [each.wording for each in other.proposals] == [each.wording for each in one.proposals]


def test_a_gain_can_be_confirmed_elsewhere():
    """On other texts, of any number."""
    view = view_of(house(each=5))
    present = {path: TAXONOMY.hypothesis(path, "en") for path in view.examples}
    candidate = present | {MARINE: "This text is about whales."}
    pairs = [(p, q) for p in view.premises for q in {*present.values(), *candidate.values()}]
    answers = ask(FakeEntailer(), pairs)

    ranking, f1 = gains(view, present, candidate, answers, rule=PLAIN_RULE)

    assert ranking.gain == pytest.approx((1 - 1 / 3) / 2)
    assert f1.gain == pytest.approx(0.5)
