"""What use cases need from the outside, as protocols; each has a suite in `tests/contract/`.

An adapter lives in `core/sources/`, `core/models/` or `core/store/`; a hand-written fake of each
lives in `tests/fakes.py` and passes the same suite.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain import (
    Document,
    Example,
    Labelling,
    LabelPath,
    Language,
    Premise,
    Resource,
    Summary,
)
from core.taxonomy import Taxonomy
from core.unseen import Answered

Vectors = NDArray[np.float32]


class Clock(Protocol):
    """Tells the time, so that tests can tell another."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...


class Opener(Protocol):
    """Opens connections: the only way to the network (see `core.sources.net`)."""

    def open(self, url: str) -> Resource:
        """Fetch an address.

        Args:
            url: http or https, as written by anybody.

        Returns:
            The body with what the server declared, `url` being where it really came from.

        Raises:
            SenderError: BadAddress, BlockedAddress, NotFound, Forbidden, TooLarge.
            LaterError: RateLimited (with `retry_after_s`), TimedOut, Unreachable.
        """
        ...


class Source(Protocol):
    """Reads one kind of resource into a document. In `core.sources.SOURCES`, first match wins."""

    @property
    def name(self) -> str:
        """A short key: "web", "pdf", "text"."""
        ...

    def accepts(self, resource: Resource) -> bool:
        """Whether this source is the one to read it, by type, name and first bytes; cheap."""
        ...

    def read(self, resource: Resource) -> Document:
        """Read it.

        Returns:
            A document with a non-empty text; `canonical_url` is set where `resource.url` is.

        Raises:
            NotAnArticle, Forbidden, NotFound: the page is a wall, an error or a shell.
            Unreadable, TooLarge, TimedOut: broken, encrypted, or more than the limits allow.
        """
        ...


class Entailer(Protocol):
    """Says how probable it is that a premise entails a hypothesis."""

    @property
    def version(self) -> str:
        """Name and version of the weights; a new version means new answers."""
        ...

    def entail(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Answer many questions in one call; repeated premises and hypotheses cost once.

        Args:
            pairs: n pairs of (premise, hypothesis); each side is cut at the model's own length.

        Returns:
            n probabilities, 0 to 1, in the order given; the same pair always gets the same answer
            to within 1e-3, whatever else is in the batch.
        """
        ...


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness."""

    @property
    def version(self) -> str:
        """Name and version of the weights; vectors of different versions are never compared."""
        ...

    @property
    def size(self) -> int:
        """Length of a vector."""
        ...

    def embed(
        self, texts: Sequence[str], *, role: Literal["passage", "query"] = "passage"
    ) -> Vectors:
        """Embed texts.

        Args:
            texts: n plain texts; each is cut at the model's own length; an empty one is allowed.
            role: some models read questions and passages differently.

        Returns:
            Array of shape (n, size), unit norm, in the order given.
        """
        ...


class Summariser(Protocol):
    """Shortens a text to whole sentences of its own; it may word what is shown in their place."""

    @property
    def method(self) -> str:
        """Name and version, kept with every summary."""
        ...

    def summarise(self, text: str, *, title: str | None = None) -> Summary:
        """Choose sentences.

        Args:
            text: paragraphs separated by newlines.
            title: helps to choose; never quoted.

        Returns:
            Sentences in their order with their offsets; a short text is its own summary; never
            empty for a text with a letter in it.
        """
        ...


Examples = Callable[[], Mapping[LabelPath, Vectors]]
"""Vectors of texts to which people gave a label, by label: arrays of shape (n, size), unit norm, by
the embedder in use. Called only by who needs them."""


class Chooser(Protocol):
    """Says cheaply how alike texts and labels are, so that a dear model is asked about few."""

    def likeness(
        self,
        premises: Sequence[str],
        *,
        taxonomy: Taxonomy,
        language: Language,
        examples: Examples | None = None,
    ) -> list[Mapping[LabelPath, float]]:
        """Compare every premise with every label.

        Args:
            premises: n texts.
            taxonomy: its labels.
            language: of the hypotheses that will be asked.
            examples: texts to which people gave the labels.

        Returns:
            n mappings in the order given: for each label of the taxonomy a likeness, -1 to 1, to be
            compared with those of the same premise only.
        """
        ...


class Annotator(Protocol):
    """Labels premises under a taxonomy. By entailment, or otherwise."""

    def annotate(
        self,
        premises: Sequence[Premise],
        *,
        taxonomy: Taxonomy,
        language: Language,
        exhaustive: bool = False,
        earlier: Collection[Labelling] = (),
        examples: Examples | None = None,
    ) -> list[Labelling]:
        """Label each premise.

        Args:
            premises: n premises.
            taxonomy: what may be said.
            language: of the hypotheses.
            exhaustive: ask every question, also those under refused parents and those that are not
                worth it; labels are the same, unless an unlikely one would have been accepted.
            earlier: labellings made before: their answers to the same questions, by the same model
                about the same text, may be taken over instead of asked anew.
            examples: what people decided, for an annotator that chooses what to ask.

        Returns:
            n labellings in the order given.
        """
        ...


Annotators = Callable[[int], Annotator]
"""Who labels a community's items, by its id: a community may have a model of its own."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a model is to be trained on, and where it goes.

    Attributes:
        examples: file of texts with what is right about them (`core.labelled`).
        taxonomy: file of the labels.
        output: folder of the model. It need not exist; with what a stopped training left in it, the
            training goes on from there.
        language: in which texts in other languages than ours are asked about.
        seed: of every choice.
    """

    examples: Path
    taxonomy: Path
    output: Path
    language: Language
    seed: int = 1


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """How far a training is.

    Attributes:
        done, total: steps.
        remaining_s: seconds that are left, about; None: nobody knows yet.
    """

    done: int
    total: int
    remaining_s: float | None = None


class Trainer(Protocol):
    """Makes a model of a community's own from examples, starting with the model of the settings."""

    @property
    def reads_unlabelled(self) -> bool:
        """Whether texts of which nobody decided anything teach its models as well."""
        ...

    def check(self) -> None:
        """See whether anything can be trained here.

        Raises:
            ModelUnavailable: a library is not installed, or the model cannot be trained.
        """
        ...

    def train(
        self,
        lesson: Lesson,
        *,
        on_progress: Callable[[TrainingProgress], None],
        should_stop: Callable[[], bool],
    ) -> bool:
        """Train, in a process of its own and behind everything else on the machine.

        Args:
            on_progress: hears how far it is, with `done` never falling.
            should_stop: is asked again and again.

        Returns:
            Whether the model is there; False: it was stopped, and the same call goes on with it.

        Raises:
            BadExamples: nothing can be learnt from these examples.
            ModelUnavailable: the model cannot be trained.
        """
        ...


class Shelf(Protocol):
    """Opens models from their folders, and keeps a few of them open."""

    def annotator(self, folder: Path | None) -> Annotator:
        """Who labels by the model in a folder; None: by the model of the settings."""
        ...

    def entailer(self, folder: Path | None) -> Entailer:
        """The model in a folder itself; None: that of the settings."""
        ...

    def unseen(self, folder: Path | None) -> Mapping[str, Answered]:
        """What the model would have said of the texts that it learnt from, by their digests.

        Raises:
            ModelUnavailable: what is kept of that is damaged.
        """
        ...

    def learnt(self, folder: Path | None) -> Collection[str]:
        """Digests of texts that the model learnt from and that it is not known of what it would
        have said of them: it cannot be judged by them.

        Raises:
            ModelUnavailable: what is kept of that is damaged.
        """
        ...

    def forget(self, folder: Path) -> None:
        """Let go of a model, as its folder goes."""
        ...


class Precedents(Protocol):
    """Texts of one community whose labels people have decided."""

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[Example]:
        """The most alike ones, best first; `vector` is of unit norm."""
        ...


class Ledger(Protocol):
    """Keeps account of the tokens that language models were paid, or worked, for."""

    def spent(self, day: date) -> int:
        """Tokens on one day, UTC."""
        ...

    def spend(self, day: date, tokens: int) -> int:
        """Add to a day; a negative number gives back. Returns what the day stands at then."""
        ...


@dataclass(frozen=True, slots=True)
class Scored:
    """An item found, with a score whose meaning is the index's own; higher is better."""

    item_id: int
    score: float


class VectorIndex(Protocol):
    """Nearest items by vector, per community. A copy of what SQL holds; can always be rebuilt."""

    def upsert(self, community: int, item_ids: Sequence[int], vectors: Vectors) -> None:
        """Store vectors of shape (n, size) for n items, replacing what was there."""
        ...

    def remove(self, community: int, item_ids: Collection[int]) -> None:
        """Forget items; unknown ones are passed over."""
        ...

    def get(self, community: int, item_ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors of those items that are here."""
        ...

    def nearest(
        self,
        community: int,
        vector: NDArray[np.float32],
        *,
        limit: int,
        among: Collection[int] | None = None,
    ) -> list[Scored]:
        """The most alike items, best first; `score` is the cosine, -1 to 1.

        Args:
            community: whose.
            vector: of length `size`, unit norm.
            limit: how many at most.
            among: only these items, exactly; None: all of the community's.
        """
        ...

    def count(self, community: int) -> int:
        """How many items of the community are here."""
        ...

    def clear(self, community: int) -> None:
        """Forget the community's items."""
        ...

    def reset(self) -> None:
        """Forget everything, of all communities, also what cannot be read any more."""
        ...

    def close(self) -> None:
        """Let go of files; the object is not used afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class KeywordQuery:
    """Words to find. Each entry is a word or a phrase as typed; folding is the index's business.

    Attributes:
        all_of: every one must be there, as it stands (phrases in quotes).
        any_of: plain words; ranked by how many and how rare they are. One of them must be there,
            unless `all_of` says what must.
        none_of: none may be there.
    """

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


class KeywordIndex(Protocol):
    """Items by their words, per community: Traditional = Simplified, full-width = half-width,
    accents and case alike; Chinese words of one and two characters are found."""

    def index(self, community: int, item_id: int, *, title: str, body: str) -> None:
        """Store an item's words, replacing what was there."""
        ...

    def remove(self, community: int, item_ids: Collection[int]) -> None:
        """Forget items; unknown ones are passed over."""
        ...

    def compact(self, community: int) -> None:
        """Let nothing be left of forgotten items, where forgetting left something behind."""
        ...

    def find(
        self,
        community: int,
        query: KeywordQuery,
        *,
        limit: int,
        among: Collection[int] | None = None,
    ) -> list[Scored]:
        """The best matches, best first, equal ones newest (highest id) first.

        Args:
            community: whose.
            query: what to find. An entry without a letter or digit in it is passed over. With
                nothing to find but something to leave out, every other item is a match.
            limit: how many at most.
            among: only these items, exactly; None: all of the community's.

        Returns:
            Items with the share (0 to 1) of the query that they hold, rare words weighing more.
        """
        ...

    def clear(self, community: int) -> None:
        """Forget the community's items."""
        ...
