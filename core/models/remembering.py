"""An entailer that does not ask twice: answers are kept by model, premise and hypothesis.

A tree is walked level by level, a text comes again under another address, a label is reworded: most
questions were answered before, and a pair model's answer costs a pass each.
"""

from collections.abc import Sequence

from core.models.keeping import Kept
from core.ports import Entailer

ANSWERS_KEPT = 32_768
"""About 7 MB: texts are shared between the answers about them. Some 700 texts under the starter
taxonomy."""


class RememberingEntailer:
    """Asks another entailer what it was not asked lately; safe to share between threads.

    Args:
        entailer: answers.
        size: how many answers are kept, the last used ones.
    """

    def __init__(self, entailer: Entailer, *, size: int = ANSWERS_KEPT) -> None:
        self._entailer = entailer
        self._answers: Kept[tuple[str, str, str], float] = Kept(size)

    @property
    def version(self) -> str:
        """Of the entailer behind; ModelUnavailable as it says."""
        return self._entailer.version

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Answer many questions in one call; see `core.ports.Entailer`.

        Raises:
            ModelUnavailable: as the entailer behind does.
        """
        if not pairs:
            return []
        version = self.version
        kept = self._answers.get((version, *pair) for pair in pairs)
        known = {(key[1], key[2]): answer for key, answer in kept.items()}
        missing = [pair for pair in dict.fromkeys(pairs) if pair not in known]
        if missing:
            new = dict(zip(missing, self._entailer.entail(missing), strict=True))
            self._answers.put({(version, *pair): answer for pair, answer in new.items()})
            known |= new
        return [known[pair] for pair in pairs]
