"""A library over a real store, with models that answer as tests expect."""

from core.consistency import Consistency
from core.exporting import Exporting
from core.indexing import Indexer
from core.ingest import Ingest
from core.library import Library
from core.membership import Membership
from core.opinions import Opinions
from core.people import People
from core.ports import Annotator, Clock
from core.releasing import Releasing
from core.restoring import Restoring
from core.search import Search
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.store.repository import Repository
from core.taxonomy import Taxonomy, starter_text
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

    def taxonomies(_community: object) -> Taxonomy:
        return taxonomy

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
    )
    voting = Voting(repository, taxonomies, clock)
    opinions = None
    if second is not None:
        opinions = Opinions(repository, vectors, voting, taxonomies, clock, lambda _: second)
    search = Search(repository, keywords, vectors, embedder, taxonomies, clock)
    return Library(
        repository=repository,
        ingest=ingest,
        search=search,
        exporting=Exporting(repository, search, taxonomies, clock),
        releasing=Releasing(repository, search, taxonomies, lambda _: starter_text(), clock),
        restoring=Restoring(repository, Indexer(repository, embedder, vectors), taxonomies),
        reader=reader,
        annotator=annotator,
        entailer=FakeEntailer(),
        embedder=embedder,
        keywords=keywords,
        vectors=vectors,
        taxonomies=taxonomies,
        clock=clock,
        voting=voting,
        membership=Membership(repository, vectors, clock, language="zh-TW", timezone="Asia/Taipei"),
        people=People(repository, vectors),
        consistency=Consistency(repository, taxonomies, clock),
        opinions=opinions,
        sends_to=None if opinions is None else "llm.example",
    )
