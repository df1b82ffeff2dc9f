"""A library over a real store, with models that answer as tests expect."""

from core.ingest import Ingest
from core.library import Library
from core.membership import Membership
from core.people import People
from core.ports import Clock
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
    database: Database, reader: FakeReader, taxonomy: Taxonomy, clock: Clock
) -> Library:
    """Assemble it: SQL and its full-text index are real."""
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
    )
    return Library(
        repository=repository,
        ingest=ingest,
        search=Search(repository, keywords, vectors, embedder, taxonomies, clock),
        reader=reader,
        annotator=annotator,
        entailer=FakeEntailer(),
        embedder=embedder,
        keywords=keywords,
        vectors=vectors,
        taxonomies=taxonomies,
        clock=clock,
        voting=Voting(repository, taxonomies, clock),
        membership=Membership(repository, vectors, clock, language="zh-TW", timezone="Asia/Taipei"),
        people=People(repository, vectors),
    )
