"""The rooms of the core together: the real store and use case, fakes around them."""

from collections.abc import Callable
from pathlib import Path

from core.domain import Community, MemberRef
from core.ingest import Ingest
from core.ports import KeywordIndex, VectorIndex
from core.store.database import Database
from core.store.repository import Repository
from core.taxonomy import Taxonomy, parse
from core.voting import Voting
from tests.fakes.indexes import FakeKeywordIndex, FakeVectorIndex
from tests.fakes.models import FakeAnnotator, FakeEmbedder, FakeSummariser
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

TAXONOMY = """
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }
  [[dimension.label]]
  id = "environment"
  name = { zh-TW = "環境", en = "environment" }
  definition = { zh-TW = "人與自然。", en = "People and nature." }
    [[dimension.label.label]]
    id = "energy"
    name = { zh-TW = "能源", en = "energy" }
    definition = { zh-TW = "電與燃料。", en = "Power and fuel." }
  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "勞動", en = "labour" }
  definition = { zh-TW = "工作的人。", en = "People at work." }
"""

MEI = MemberRef("console", "mei")
TOM = MemberRef("console", "tom")


class Rooms:
    """Everything that an item passes through.

    Args:
        file: the database's; None: in memory.
        keywords: makes the keyword index; None: a fake one.
        vectors: the vector index; None: a fake one.
        max_summary: characters of a summary, unless its first sentence alone is longer.

    Attributes:
        community: "home", in Taipei.
        and each part by its name; the fakes keep accounts of what they were asked.
    """

    def __init__(
        self,
        file: Path | None = None,
        *,
        keywords: Callable[[Database], KeywordIndex] | None = None,
        vectors: VectorIndex | None = None,
        max_summary: int = 60,
    ) -> None:
        self.database = Database(file)
        self.keywords = keywords(self.database) if keywords else FakeKeywordIndex()
        self.vectors = vectors or FakeVectorIndex()
        self.repository = Repository(self.database, self.keywords)
        self.reader = FakeReader()
        self.summariser = FakeSummariser(max_characters=max_summary)
        self.annotator = FakeAnnotator()
        self.embedder = FakeEmbedder()
        self.clock = HandClock()
        self.taxonomy: Taxonomy = parse(TAXONOMY)
        self.ingest = Ingest(
            self.repository,
            self.reader,
            self.summariser,
            lambda _community: self.annotator,
            self.embedder,
            self.vectors,
            lambda _community: self.taxonomy,
            self.clock,
        )
        self.community: Community = self.repository.community("home")

    def add(self, given, *, member=MEI, community=None, **how):
        """Receive and work in one go."""
        community = community or self.community
        receipt = self.ingest.receive(given, community=community, member=member, **how)
        return self.ingest.work(receipt.item.id)

    def voting(self) -> Voting:
        """The use case of votes over the same store."""
        return Voting(self.repository, lambda _community: self.taxonomy, self.clock)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
