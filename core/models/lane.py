"""One lane to a model that computes one batch at a time: calls that come together share a batch.

Several threads ask at the same time: items that arrive together, an import beside them. Whoever
comes first leads: it asks the model what all that wait want, in batches of bounded size; whoever
comes while a batch runs is in the next one. When the leader has its own answers, the one that waits
longest leads on. So there is no thread of the lane's own, no timer and nothing to shut down, and a
call that comes alone goes straight through.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.ports import Entailer

BATCH_PAIRS = 64
"""What one batch has at most: how long a newcomer waits, a second or two for a small pair model on
two cores. Larger ones are no faster: a model cuts them into batches of its own by length."""

Pair = tuple[str, str]


@dataclass(eq=False, slots=True)
class _Call:
    """A call that waits. `wake`: it is answered, has failed, or is to lead."""

    pairs: Sequence[Pair]
    answers: list[float] = field(default_factory=list)
    error: Exception | None = None
    wake: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        return self.error is not None or len(self.answers) == len(self.pairs)

    def next(self, count: int) -> Sequence[Pair]:
        """The next questions without an answer."""
        return self.pairs[len(self.answers) : len(self.answers) + count]


class LaneEntailer:
    """Asks another entailer from one thread at a time; its callers are many.

    Every call that waits has the same share of each batch, and what a short one leaves of its share
    goes to the longer ones: a few questions do not wait for a thousand, and the thousand get on.

    Args:
        entailer: answers; never called by two threads at once.
        batch_pairs: questions put at once at most.
    """

    def __init__(self, entailer: Entailer, *, batch_pairs: int = BATCH_PAIRS) -> None:
        self._entailer = entailer
        self._batch_pairs = batch_pairs
        self._waiting: list[_Call] = []  # in the order they came; the leader's own is among them
        self._leader: _Call | None = None
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """Of the entailer behind; ModelUnavailable as it says."""
        return self._entailer.version

    def entail(self, pairs: Sequence[Pair]) -> list[float]:
        """Answer many questions in one call; see `core.ports.Entailer`.

        Raises:
            ModelUnavailable: as the entailer behind does, for this call's own questions.
        """
        if not pairs:
            return []
        call = _Call(pairs)
        try:
            if not self._enter(call):
                call.wake.wait()
            while not call.is_over:  # so it is to lead
                self._run_batch()
        finally:  # also when this thread is interrupted: the others must not wait for it
            self._leave(call)
        if call.error is not None:
            raise call.error
        return call.answers

    def _enter(self, call: _Call) -> bool:
        """Wait with the others, or lead them if nobody does."""
        with self._lock:
            self._waiting.append(call)
            if self._leader is None:
                self._leader = call
            return self._leader is call

    def _leave(self, call: _Call) -> None:
        """Wait no more; a leader lets the one that waits longest lead."""
        with self._lock:
            self._waiting = [each for each in self._waiting if each is not call]
            if self._leader is call:
                self._leader = self._waiting[0] if self._waiting else None
                if self._leader is not None:
                    self._leader.wake.set()

    def _run_batch(self) -> None:
        """Answer whoever waits, each a fair share, and wake those who have all of their answers."""
        with self._lock:
            waiting = [call for call in self._waiting if not call.is_over]
        shares = fair_shares(
            [len(call.pairs) - len(call.answers) for call in waiting], room=self._batch_pairs
        )
        batch = [
            (call, call.next(share)) for call, share in zip(waiting, shares, strict=True) if share
        ]
        self._answer(batch)
        for call, _ in batch:
            if call.is_over:
                call.wake.set()

    def _answer(self, batch: Sequence[tuple[_Call, Sequence[Pair]]]) -> None:
        """Ask all at once; if that fails, each by itself, so that an error finds its owner."""
        try:
            said = self._entailer.entail([pair for _, part in batch for pair in part])
        except Exception as error:  # noqa: BLE001 - raised where it belongs: in its owner's thread
            if len(batch) == 1:
                batch[0][0].error = error
            else:
                for each in batch:
                    self._answer([each])
            return
        given = iter(said)
        for call, part in batch:
            call.answers.extend(next(given) for _ in part)


def fair_shares(wanted: Sequence[int], *, room: int) -> list[int]:
    """Divide a batch: equal shares, and what small ones leave goes to the others.

    Args:
        wanted: what each would take, in the order they came; all above 0.
        room: what there is.

    Returns:
        What each gets: never more than it wants, together the room or all that is wanted. Where
        there is less than one for each, the first come get theirs.
    """
    shares = [0] * len(wanted)
    open_ = list(range(len(wanted)))
    while room and open_:
        equal = max(1, room // len(open_))
        for place in open_:
            given = min(equal, wanted[place] - shares[place], room)
            shares[place] += given
            room -= given
        open_ = [place for place in open_ if shares[place] < wanted[place]]
    return shares
