"""One community library, assembled: what the chat and the command line both call.

Building one is cheap: models, the vector store and other heavy parts load on first use. It is
made in one place (`bot/app.py`) and closed in reverse order.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.consistency import Consistency
from core.domain import Community
from core.exporting import Exporting
from core.ingest import Ingest
from core.membership import Membership
from core.opinions import Opinions
from core.people import People
from core.ports import Annotator, Clock, Embedder, Entailer, KeywordIndex, VectorIndex
from core.releasing import Releasing
from core.restoring import Restoring
from core.search import Search
from core.sources import Reader
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.voting import Voting


@dataclass(frozen=True, slots=True)
class Library:
    """The use cases with the parts they share.

    Attributes:
        repository: what is stored (the truth).
        ingest: link, text or file -> stored, summarised, labelled item.
        search: words and meaning -> ranked hits.
        voting: votes on labels -> decisions.
        membership: which community a chat speaks for, and who may do what.
        people: what is kept about a person, told or forgotten.
        consistency: how far people agree.
        exporting, releasing, restoring: the collection in forms for others; as a data set; a whole
            one brought in again.
        reader: reads links and files without storing anything.
        annotator, entailer, embedder: the models, loaded on first use.
        keywords, vectors: the two indexes, both rebuilt from the repository at any time.
        taxonomies: a community's taxonomy.
        clock: tells the time.
        opinions: of a language model, if one is set up.
        sends_to: the host of the language model's server, where texts are sent; None: they stay
            here.
    """

    repository: Repository
    ingest: Ingest
    search: Search
    voting: Voting
    membership: Membership
    people: People
    consistency: Consistency
    exporting: Exporting
    releasing: Releasing
    restoring: Restoring
    reader: Reader
    annotator: Annotator
    entailer: Entailer
    embedder: Embedder
    keywords: KeywordIndex
    vectors: VectorIndex
    taxonomies: Callable[[Community], Taxonomy]
    clock: Clock
    opinions: Opinions | None = None
    sends_to: str | None = None
