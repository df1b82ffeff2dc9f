"""A library over a real store, with models that answer as tests expect."""

from core.asking import Asking, AsVotes
from core.codebook_trial import Trials
from core.codebook_versions import Source
from core.codebooks import Codebooks
from core.consistency import Consistency
from core.counting import Figures
from core.daily import Daily
from core.decision_log import DecisionLog
from core.digests import Digests
from core.discussing import Discussing
from core.ingest import Ingest
from core.library import Library
from core.membership import Membership
from core.newcomers import Newcomers
from core.opinions import Opinions
from core.people import People
from core.ports import Annotator, Clock
from core.questions import Purpose
from core.relabelling import Relabelling, join
from core.reviews import InRounds, Reviews
from core.search import Search
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.voting import Voting
from tests.fakes.indexes import FakeVectorIndex
from tests.fakes.models import FakeAnnotator, FakeEmbedder, FakeEntailer, FakeSummariser
from tests.fakes.reader import FakeReader


def make_library(
    database: Database,
    reader: FakeReader,
    taxonomy: Taxonomy,
    clock: Clock,
    *,
    second: Annotator | None = None,
) -> Library:
    """Assemble it: SQL and its full-text index are real.

    Args:
        second: plays the language model that is asked beside; None: there is none.
    """
    keywords = FtsKeywordIndex(database)
    vectors = FakeVectorIndex()
    repository = Repository(database, keywords)
    embedder = FakeEmbedder()
    annotator = FakeAnnotator()

    codebooks = Codebooks(repository, lambda _: Source(taxonomy.text, "labels.toml", "file"), clock)
    taxonomies = codebooks.taxonomy
    ingest = Ingest(
        repository,
        reader,
        FakeSummariser(max_characters=60),
        annotator,
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
        repository, annotator, voting, taxonomies, clock, embedder=embedder, vectors=vectors
    )
    join(codebooks, voting, relabelling)
    opinions = None
    if second is not None:
        opinions = Opinions(repository, vectors, voting, taxonomies, clock, lambda _: second)
    search = Search(repository, keywords, vectors, embedder, taxonomies, clock)
    return Library(
        repository=repository,
        ingest=ingest,
        search=search,
        reader=reader,
        annotator=annotator,
        entailer=FakeEntailer(),
        embedder=embedder,
        keywords=keywords,
        vectors=vectors,
        taxonomies=taxonomies,
        codebooks=codebooks,
        trials=Trials(repository, codebooks, annotator),
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
        figures=Figures(repository, search, taxonomies, clock),
        people=People(repository, vectors),
        consistency=Consistency(repository, taxonomies, clock),
        opinions=opinions,
        sends_to=None if opinions is None else "llm.example",
    )
