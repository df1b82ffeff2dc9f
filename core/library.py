"""One community library, assembled: what the chat and the command line both call.

Building one is cheap: models, the vector store and other heavy parts load on first use. It is
made in one place (`bot/app.py`) and closed in reverse order.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.asking import Asking
from core.briefs import Briefs
from core.codebook_trial import Trials
from core.codebooks import Codebooks
from core.consistency import Consistency
from core.counting import Figures
from core.daily import Daily
from core.decision_log import DecisionLog
from core.digests import Digests
from core.discussing import Discussing
from core.domain import Community
from core.exporting import Exporting
from core.ingest import Ingest
from core.membership import Membership
from core.newcomers import Newcomers
from core.opinions import Opinions
from core.people import People
from core.ports import Annotator, Clock, Embedder, Entailer, KeywordIndex, VectorIndex
from core.promotion import Promotion
from core.relabelling import Relabelling
from core.releasing import Releasing
from core.restoring import Restoring
from core.reviews import Reviews
from core.search import Search
from core.sources import Reader
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.training import Training
from core.voting import Voting


@dataclass(frozen=True, slots=True)
class Library:
    """The use cases with the parts they share.

    Attributes:
        repository: what is stored (the truth).
        ingest: link, text or file -> stored, summarised, labelled item.
        search: words and meaning -> ranked hits.
        voting: votes and rulings on labels -> decisions.
        discussing: what people do about labels that are disputed.
        log: what was decided.
        membership: which community a chat speaks for, and who may do what.
        asking: members are asked in private whether labels fit.
        reviews: members judge the same texts, and compare.
        newcomers: practice sets, and whose votes count.
        daily: who wants it is asked a few questions every day.
        digests: what a week brought, for who wants it.
        briefs: dossiers for writers.
        figures: the collection in numbers.
        people: what is kept about a person, told or forgotten.
        consistency: how far people agree.
        exporting, releasing, restoring: the collection in forms for others; as a data set; a whole
            one brought in again.
        reader: reads links and files without storing anything.
        annotator, entailer, embedder: the models of the settings, loaded on first use.
        promotion: communities' own models: which is live, and where they lie.
        training: makes them.
        keywords, vectors: the two indexes, both rebuilt from the repository at any time.
        taxonomies: a community's taxonomy, as its codebook has it now.
        codebooks: versions of codebooks, and changes of them.
        trials: what a change of a codebook would do.
        relabelling: labels items again when questions or the model changed.
        clock: tells the time.
        opinions: of a language model, if one is set up.
        sends_to: the host of the language model's server, where texts are sent; None: they stay
            here.
    """

    repository: Repository
    ingest: Ingest
    search: Search
    voting: Voting
    discussing: Discussing
    log: DecisionLog
    membership: Membership
    asking: Asking
    reviews: Reviews
    newcomers: Newcomers
    daily: Daily
    digests: Digests
    briefs: Briefs
    figures: Figures
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
    codebooks: Codebooks
    trials: Trials
    relabelling: Relabelling
    promotion: Promotion
    training: Training
    clock: Clock
    opinions: Opinions | None = None
    sends_to: str | None = None
