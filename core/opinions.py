"""Use case: a language model, if there is one, is asked about finished items beside all else.

1. `core.ingest` writes down with an item's labels that an opinion is owed. Imports owe none: ten
   thousand requests are not for a default.
2. `ask_next` asks about the one that waits longest, and keeps the answer: suggestions of their own
   kind (`core.domain.Origin`). They are no votes; what people decided stays; votes are recounted,
   since some speak of whatever is suggested.
3. What fails stays owed: later, if waiting helps; a few times, if the answer cannot be used.

Items are done without it. Nobody waits for it, and nothing is lost by it.
"""

import logging
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.annotating import annotate
from core.domain import Cause, Community, Example, Item, Labelling, State
from core.errors import BadAnswer, ModelBusy, UnknownItem
from core.outcomes import MAX_ATTEMPTS
from core.ports import Annotator, Clock, Precedents, VectorIndex
from core.store.opinions import example_of
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.voting import Voting

log = logging.getLogger(__name__)


class Decided:
    """The texts of a community whose labels its votes decided; see `core.ports.Precedents`.

    Args:
        repository: knows which.
        vectors: finds the nearest.
        community: whose.
        but: an item that is no example: the one that is asked about.
    """

    def __init__(
        self, repository: Repository, vectors: VectorIndex, community: Community, *, but: int
    ) -> None:
        self._repository = repository
        self._vectors = vectors
        self._community = community.id
        self._but = but

    def nearest(self, vector: NDArray[np.float32], *, limit: int) -> list[Example]:
        """The most alike ones, best first."""
        among = self._repository.voted_items(self._community) - {self._but}
        if not among:
            return []
        found = self._vectors.nearest(self._community, vector, limit=limit, among=among)
        items = self._repository.items([each.item_id for each in found])
        return [example_of(item) for item in items]


class Opinions:
    """Asks a language model.

    Args:
        repository: keeps debts and answers.
        vectors: finds decided texts that are alike.
        voting: recounts when labels were suggested.
        taxonomies: a community's taxonomy.
        clock: tells the time.
        annotator: makes the one that is asked, from examples of a community.
    """

    def __init__(
        self,
        repository: Repository,
        vectors: VectorIndex,
        voting: Voting,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
        annotator: Callable[[Precedents], Annotator],
    ) -> None:
        self._repository = repository
        self._vectors = vectors
        self._voting = voting
        self._taxonomies = taxonomies
        self._clock = clock
        self._annotator = annotator
        self._is_closed = False

    def ask_next(self) -> int | None:
        """Ask about the item that has waited longest.

        Returns:
            Its id, whether or not an opinion came of it; None: no item waits.

        Raises:
            LaterError: the server, or the budget, wants us to wait; the item stays owed.
            ModelUnavailable: the operator must act; the item stays owed.
        """
        item = self._next()
        if item is None or self._is_closed:
            return None
        try:
            labelling = self._ask(item)
        except ModelBusy as error:
            if error.facts.get("reason") == "timed-out":  # another one's text may be shorter
                self._repository.opinion_failed(item.id)
            raise
        except BadAnswer as error:
            self._give_up_on(item, error)
        else:
            self._keep(item, labelling)
        return item.id

    def close(self) -> None:
        """Keep nothing any more: an answer that comes now is asked for again after the start."""
        self._is_closed = True

    def _next(self) -> Item | None:
        for owed in self._repository.owed_opinions():
            try:
                item = self._repository.item_by_id(owed.item)
            except UnknownItem:  # removed since
                continue
            if item.state is State.DONE and item.document is not None:
                return item
        return None

    def _ask(self, item: Item) -> Labelling:
        assert item.document is not None
        community = self._repository.community_by_id(item.community)
        examples = Decided(self._repository, self._vectors, community, but=item.id)
        (labelling,) = annotate(
            self._annotator(examples),
            [(item.document, item.summary)],
            taxonomy=self._taxonomies(community),
            language=community.language,
        )
        return labelling

    def _keep(self, item: Item, labelling: Labelling) -> None:
        """Save an opinion, if the item still is what it was asked about."""
        if self._is_closed:
            return
        try:
            with self._repository.transaction():
                now = self._repository.item_by_id(item.id)
                if (now.document, now.summary) != (item.document, item.summary):
                    return  # it stays owed, and is asked about as it is now
                community = self._repository.community_by_id(now.community)
                with self._voting.around(now.id, cause=Cause("labelling")):
                    self._repository.add_labelling(
                        now.id,
                        labelling,
                        position=self._taxonomies(community).position,
                        at=self._clock.now(),
                    )
                self._repository.drop_opinion(now.id)
        except UnknownItem:
            log.info("removed while it was asked about item=%s", item.id)

    def _give_up_on(self, item: Item, error: BadAnswer) -> None:
        attempts = self._repository.opinion_failed(item.id)
        log.warning("no opinion item=%s attempts=%s: %s", item.id, attempts, error)
        if attempts >= MAX_ATTEMPTS:
            self._repository.drop_opinion(item.id)
