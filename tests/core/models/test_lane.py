"""Calls from several threads share batches, and each gets what it asked for."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.lane import LaneEntailer, fair_shares
from tests.fakes.models import FakeEntailer


class GatedEntailer(FakeEntailer):
    """A fake that computes only when it is let, and notes batches and threads.

    Attributes:
        batches: what was asked at once.
        began: set when a batch begins; gate: each release lets one batch pass.
    """

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[tuple[str, str]]] = []
        self.began = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)
        self.inside = 0
        self.most_inside = 0

    def entail(self, pairs):
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        self.batches.append(list(pairs))
        self.began.release()
        self.gate.acquire()
        try:
            if any(premise == "bad" for premise, _ in pairs):
                raise ValueError("bad")
            return super().entail(pairs)
        finally:
            self.inside -= 1


def questions(name: str, count: int) -> list[tuple[str, str]]:
    return [(name, f"about {n}") for n in range(count)]


def in_turn(lane: LaneEntailer, threads: ThreadPoolExecutor, *calls):
    """Start calls one after the other, each only when the one before waits in the lane."""
    started = []
    for pairs in calls:
        waiting = len(lane._waiting)
        started.append(threads.submit(lane.entail, pairs))
        while len(lane._waiting) == waiting:
            time.sleep(0.001)
    return started


@pytest.fixture
def model():
    return GatedEntailer()


@pytest.fixture
def threads():
    with ThreadPoolExecutor(8) as threads:
        yield threads


def let(model: GatedEntailer, batches: int) -> None:
    for _ in range(batches):
        model.gate.release()


def test_a_call_alone_goes_straight_through():
    """Nobody else, no other thread: the caller asks the model itself."""
    before = threading.active_count()
    lane = LaneEntailer(FakeEntailer())

    answers = lane.entail(questions("1", 3))

    assert answers == FakeEntailer().entail(questions("1", 3))
    assert threading.active_count() == before
    assert lane._waiting == []


def test_calls_that_come_while_a_batch_runs_share_the_next(model, threads):
    """Three items that arrive together are two batches, and each has its own answers."""
    lane = LaneEntailer(model)
    calls = in_turn(lane, threads, questions("1", 2), questions("2", 3), questions("3", 1))

    let(model, 2)

    assert [call.result(5) for call in calls] == [
        FakeEntailer().entail(questions(name, count))
        for name, count in (("1", 2), ("2", 3), ("3", 1))
    ]
    assert model.batches == [questions("1", 2), questions("2", 3) + questions("3", 1)]
    assert model.most_inside == 1


def test_a_short_call_does_not_wait_for_a_long_one(model, threads):
    """An import of a thousand questions is cut, and a question that comes later overtakes it."""
    lane = LaneEntailer(model, batch_pairs=4)
    long, short = in_turn(lane, threads, questions("long", 20), questions("short", 2))

    let(model, 2)
    answers = short.result(5)

    assert len(answers) == 2
    assert not long.done()
    assert model.batches[1] == questions("long", 20)[4:6] + questions("short", 2)
    let(model, 20)
    assert len(long.result(5)) == 20
    assert all(len(batch) <= 4 for batch in model.batches)


def test_a_long_call_gets_on_whatever_else_comes(model, threads):
    """While short calls wait, the long one still has its share of every batch."""
    lane = LaneEntailer(model, batch_pairs=4)
    shorts = [questions(str(number), 4) for number in range(3)]
    long, *_ = in_turn(lane, threads, questions("long", 12), *shorts)

    let(model, 6)

    assert len(long.result(5)) == 12
    assert all(any(premise == "long" for premise, _ in batch) for batch in model.batches)


def test_an_error_finds_its_owner(model, threads):
    """One call that the model cannot answer fails; those in the same batch do not."""
    lane = LaneEntailer(model)
    first, bad, good = in_turn(
        lane, threads, questions("1", 1), questions("bad", 1), questions("good", 1)
    )

    let(model, 4)

    assert first.result(5) == FakeEntailer().entail(questions("1", 1))
    assert good.result(5) == FakeEntailer().entail(questions("good", 1))
    with pytest.raises(ValueError, match="bad"):
        bad.result(5)
    let(model, 1)
    assert lane.entail(questions("after", 1)) == FakeEntailer().entail(questions("after", 1))


def test_a_leader_that_is_interrupted_leaves_nobody_waiting(threads):
    """Even when the thread that leads is torn away, the next one leads on."""

    class Torn(GatedEntailer):
        def entail(self, pairs):
            answers = super().entail(pairs)
            if len(self.batches) == 1:
                raise KeyboardInterrupt
            return answers

    model = Torn()
    lane = LaneEntailer(model)
    torn, other = in_turn(lane, threads, questions("1", 1), questions("2", 1))

    let(model, 2)

    assert other.result(5) == FakeEntailer().entail(questions("2", 1))
    assert isinstance(torn.exception(5), KeyboardInterrupt)
    assert lane._waiting == []


def test_many_threads_all_get_their_own_answers():
    """Whatever the order, nothing is lost, mixed up or asked twice."""
    model = FakeEntailer()
    lane = LaneEntailer(model, batch_pairs=7)
    calls = [questions(str(number), 1 + number % 13) for number in range(200)]

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lane.entail, calls))

    assert answers == [FakeEntailer().entail(call) for call in calls]
    assert len(model.asked) == sum(map(len, calls))


@given(st.lists(st.integers(1, 50), max_size=12), st.integers(1, 40))
def test_shares_are_fair(wanted, room):
    """All room is used, nobody has more than it wants, and who wants more has no less."""
    shares = fair_shares(wanted, room=room)

    assert sum(shares) == min(room, sum(wanted))
    assert all(0 <= share <= want for share, want in zip(shares, wanted, strict=True))
    unsatisfied = [share for share, want in zip(shares, wanted, strict=True) if share < want]
    assert all(share <= least + 1 for least in unsatisfied for share in shares)
