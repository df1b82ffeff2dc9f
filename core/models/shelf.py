"""Communities' models, opened from their folders when they are first asked, and a few kept open.

What two models share with the package is opened once (`core.models.encoder.shared`); what a version
adds is small, but its weights are whole in memory, so those that were not asked for longest go.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core import unseen
from core.errors import ModelUnavailable
from core.ports import Annotator, Entailer
from core.unseen import Answered

OPEN = 3
"""So many communities' models are open at a time; each is up to 30 MB."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A model, who labels by it, and its folder if it is one of ours."""

    entailer: Entailer
    annotator: Annotator
    folder: Path | None = None


@contextmanager
def _damage_told(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnavailable(
            f"{file} is damaged ({error}). Train the model again.", model=str(file.parent)
        ) from error


class ModelShelf:
    """Opens models; see `core.ports.Shelf`. Safe to share between threads.

    Args:
        configured: the model of the settings.
        open_folder: opens another one; cheap, since weights load on first use.
        close_folder: lets go of what is kept of a folder elsewhere.
        most: open at a time, besides that of the settings.
    """

    def __init__(
        self,
        configured: Opened,
        open_folder: Callable[[Path], Opened],
        close_folder: Callable[[Path], None],
        *,
        most: int = OPEN,
    ) -> None:
        self._configured = configured
        self._open = open_folder
        self._close = close_folder
        self._most = most
        self._opened: OrderedDict[Path, Opened] = OrderedDict()
        self._lock = threading.Lock()

    def annotator(self, folder: Path | None) -> Annotator:
        """Who labels by a model."""
        return self._of(folder).annotator

    def entailer(self, folder: Path | None) -> Entailer:
        """The model itself."""
        return self._of(folder).entailer

    def unseen(self, folder: Path | None) -> Mapping[str, Answered]:
        """What the model would have said of the texts that it learnt from."""
        folder = folder or self._configured.folder
        if folder is None:
            return {}
        with _damage_told(folder / unseen.FILE):
            return unseen.read(folder)

    def learnt(self, folder: Path | None) -> Collection[str]:
        """Texts that the model learnt from, of which that is not known."""
        folder = folder or self._configured.folder
        if folder is None:
            return ()
        with _damage_told(folder / unseen.LEARNT_FILE):
            return unseen.read_learnt(folder)

    def forget(self, folder: Path) -> None:
        """Let go of a model."""
        with self._lock:
            if self._opened.pop(folder, None) is not None:
                self._close(folder)

    def _of(self, folder: Path | None) -> Opened:
        if folder is None:
            return self._configured
        with self._lock:
            opened = self._opened.pop(folder, None) or self._open(folder)
            self._opened[folder] = opened
            while len(self._opened) > self._most:
                oldest, _ = self._opened.popitem(last=False)
                self._close(oldest)
            return opened
