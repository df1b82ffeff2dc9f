"""A library over a real store, with models that answer as tests expect."""

import atexit
import shutil
import tempfile
from pathlib import Path

from core.asking import Asking, AsVotes
from core.briefs import Briefs
from core.codebook_trial import Trials
from core.codebook_versions import Source
from core.codebooks import Codebooks
from core.consistency import Consistency
from core.counting import Figures
from core.daily import Daily
from core.decision_log import DecisionLog
from core.digests import Digests
from core.discussing import Discussing
from core.draft import Drafter
from core.exporting import Exporting
from core.indexing import Indexer
from core.ingest import Ingest
from core.library import Library
from core.membership import Membership
from core.newcomers import Newcomers
from core.opinions import Opinions
from core.people import People
from core.ports import Annotator, Clock, Trainer
from core.promotion import Promotion
from core.questions import Purpose
from core.relabelling import Relabelling, join
from core.releasing import Releasing
from core.restoring import Restoring
from core.reviews import InRounds, Reviews
from core.search import Search
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.teaching import Teaching
from core.training import Training
from core.voting import Voting
from tests.fakes.indexes import FakeVectorIndex
from tests.fakes.learning import FakeShelf, FakeTrainer
from tests.fakes.models import FakeAnnotator, FakeEmbedder, FakeEntailer, FakeSummariser
from tests.fakes.reader import FakeReader


def _new_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="commonplace-models-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def make_library(
    database: Database,
    reader: FakeReader,
    taxonomy: Taxonomy,
    clock: Clock,
    *,
    second: Annotator | None = None,
    drafter: Drafter | None = None,
    trainer: Trainer | None = None,
    folder: Path | None = None,
) -> Library:
    """Assemble it: SQL and its full-text index are real.

    Args:
        second: plays the language model that is asked beside; None: there is none.
        drafter: plays one that drafts; None: there is none.
        trainer: None: one that learns words at once.
        folder: where models lie; None: a new one, gone with the tests.
    """
    keywords = FtsKeywordIndex(database)
    vectors = FakeVectorIndex()
    repository = Repository(database, keywords)
    embedder = FakeEmbedder()
    annotator = FakeAnnotator()
    annotators_of: list[Promotion] = []

    def annotators(community: int) -> Annotator:
        return annotators_of[0].annotator(community)

    shelf = FakeShelf(annotator)
    codebooks = Codebooks(repository, lambda _: Source(taxonomy.text, "labels.toml", "file"), clock)
    taxonomies = codebooks.taxonomy
    ingest = Ingest(
        repository,
        reader,
        FakeSummariser(max_characters=60),
        annotators,
        embedder,
        vectors,
        taxonomies,
        clock,
        asks_opinions=second is not None,
        codebook_version=codebooks.version,
    )
    voting = Voting(repository, taxonomies, clock, codebooks.version)
    asking = Asking(
        repository, clock, {Purpose.DAILY: AsVotes(voting), Purpose.ROUND: InRounds(repository)}
    )
    relabelling = Relabelling(
        repository, annotators, voting, taxonomies, clock, embedder=embedder, vectors=vectors
    )
    join(codebooks, voting, relabelling)
    promotion = Promotion(
        repository,
        shelf,
        folder or _new_folder(),
        clock,
        lambda community, number: relabelling.begin(community, cause="model", version=str(number)),
    )
    annotators_of.append(promotion)
    teaching = Teaching(repository, promotion.folder, taxonomies, codebooks.version)
    training = Training(
        repository, trainer or FakeTrainer(), shelf, promotion, teaching, taxonomies, clock
    )
    people = People(repository, vectors)
    people.texts_changed = ingest.texts_changed = training.texts_changed
    opinions = None
    if second is not None:
        opinions = Opinions(repository, vectors, voting, taxonomies, clock, lambda _: second)
    search = Search(repository, keywords, vectors, embedder, taxonomies, clock)
    return Library(
        repository=repository,
        ingest=ingest,
        search=search,
        exporting=Exporting(repository, search, taxonomies, clock),
        releasing=Releasing(repository, search, taxonomies, codebooks.versions, clock),
        restoring=Restoring(
            repository, Indexer(repository, embedder, vectors), taxonomies, codebooks.keep_own
        ),
        reader=reader,
        annotator=annotator,
        entailer=FakeEntailer(),
        embedder=embedder,
        keywords=keywords,
        vectors=vectors,
        taxonomies=taxonomies,
        codebooks=codebooks,
        trials=Trials(repository, codebooks, annotators),
        relabelling=relabelling,
        clock=clock,
        voting=voting,
        discussing=Discussing(repository, voting, codebooks, clock),
        log=DecisionLog(repository, keywords, taxonomies, clock),
        membership=Membership(repository, vectors, clock, language="zh-TW", timezone="Asia/Taipei"),
        asking=asking,
        reviews=Reviews(repository, asking, voting, taxonomies, clock),
        newcomers=Newcomers(repository, asking, voting, taxonomies, clock),
        daily=Daily(repository, asking, taxonomies, clock),
        digests=Digests(repository, search, taxonomies, clock),
        briefs=Briefs(repository, search, taxonomies, clock, drafter),
        people=people,
        promotion=promotion,
        training=training,
        figures=Figures(repository, search, taxonomies, clock),
        consistency=Consistency(repository, taxonomies, clock),
        opinions=opinions,
        sends_to=None if opinions is None else "llm.example",
    )
