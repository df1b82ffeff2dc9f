"""A library over a real store, with models that answer as tests expect."""

from core.discussing import Discussing
from core.ingest import Ingest
from core.library import Library
from core.membership import Membership
from core.opinions import Opinions
from core.people import People
from core.ports import Annotator, Clock
from core.search import Search
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.store.repository import Repository
from core.taxonomy import Taxonomy
from core.voting import Voting
from tests.fakes.indexes import FakeVectorIndex
from tests.fakes.models import FakeAnnotator, FakeEmbedder, FakeEntailer, FakeSummariser
from tests.fakes.reader import FakeReader


def _unwritten(*_: object, **__: object) -> int:
    return 2


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
        voting=voting,
        discussing=Discussing(repository, clock, rule=voting.rule, codebook=_unwritten),
        membership=Membership(repository, vectors, clock, language="zh-TW", timezone="Asia/Taipei"),
        people=People(repository, vectors),
        opinions=opinions,
        sends_to=None if opinions is None else "llm.example",
    )
