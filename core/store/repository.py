"""The repository: everything that is stored, in the words of the domain.

Its parts, each a reason to change: `communities` and `members` (who), `chats` (where), `inbox`
(what platforms told), `cards` (which message is which item), `phrases` (what buttons mean), `items`
(reading), `intake` (what comes and goes), `progress` (from state to state), `bulk` (many at once),
`labels` (what models said about them), `opinions` (what a language model is to be asked, and what
it cost), `votes` and `rulings` (what people said), `agreeing` (what agreement is measured on),
`standings` (what follows from it), `decisions` (the log of that), `discussions` (where people
disagree), `codebooks` (versions of it, and proposals), `carrying` (rows of labels that moved),
`relabelling` (what is labelled again), `models` (versions of communities' models), `questions` and
`daily` (what people are asked in private), `rounds` (what they judge together), `practice` (of
newcomers), `deliveries` (what is sent once and only once), `digests` (who wants one, and what is
for it), `traces` (what one person left), `indexing` (what the indexes hold). All share one
database: several calls inside one `transaction()` are one piece of work.
`relabelling` (what is labelled again), `questions` and `daily` (what people are asked in private),
`rounds` (what they judge together), `practice` (of newcomers), `deliveries` (what is sent once and
only once), `digests` (who wants one, and what is for it), `traces` (what one person left),
`copying` and `furnishing` (whole items, and
what is beside them, out and in), `surveying` (what a data set's description counts), `indexing`
(what the indexes hold). All share one database: several calls inside one `transaction()` are one
piece of work.
only once), `digests` (who wants one, and what is for it), `counting` (what figures are made of),
`traces` (what one person left), `indexing` (what the indexes hold). All share one database: several
calls inside one `transaction()` are one piece of work.
"""

from contextlib import AbstractContextManager

from core.ports import KeywordIndex
from core.store.agreeing import Agreeing
from core.store.bulk import Bulk
from core.store.cards import Cards
from core.store.carrying import Carrying
from core.store.chats import Chats
from core.store.codebooks import Codebooks
from core.store.communities import Communities
from core.store.copying import Copying
from core.store.counting import Counting
from core.store.daily import Dailies
from core.store.database import Database
from core.store.decisions import Decisions
from core.store.deliveries import Deliveries
from core.store.digests import DigestRows
from core.store.discussions import Discussions
from core.store.furnishing import Furnishing
from core.store.inbox import Inbox
from core.store.indexing import Indexing
from core.store.intake import Intake
from core.store.items import Items
from core.store.labels import Labels
from core.store.members import Members
from core.store.models import Models
from core.store.opinions import OwedOpinions
from core.store.phrases import Phrases
from core.store.practice import Practices
from core.store.progress import Progress
from core.store.questions import Questions
from core.store.relabelling import Relabellings
from core.store.rounds import Rounds
from core.store.rulings import Rulings
from core.store.standings import Standings
from core.store.surveying import Surveying
from core.store.traces import Traces
from core.store.votes import Votes


class Repository(
    Communities,
    Members,
    Chats,
    Inbox,
    Cards,
    Phrases,
    Items,
    Intake,
    Progress,
    Bulk,
    Labels,
    OwedOpinions,
    Votes,
    Agreeing,
    Questions,
    Dailies,
    Rulings,
    Standings,
    Decisions,
    Rounds,
    Practices,
    Discussions,
    Codebooks,
    Carrying,
    Relabellings,
    Deliveries,
    DigestRows,
    Models,
    Counting,
    Traces,
    Copying,
    Furnishing,
    Surveying,
    Indexing,
):
    """What is stored. Every method is a transaction of its own, or part of one around it.

    Args:
        database: open and migrated.
        keywords: where words of finished items go, within the same transaction; None: the
            full-text index of the same database.
    """

    def __init__(self, database: Database, keywords: KeywordIndex | None = None) -> None:
        if keywords is None:
            from core.store.keyword import FtsKeywordIndex

            keywords = FtsKeywordIndex(database)
        self._database = database
        self._keywords = keywords

    def problems(self) -> list[str]:
        """What is wrong with the file, a line each; empty when it is sound. Reads all of it."""
        return self._database.problems()

    def transaction(self) -> AbstractContextManager[object]:
        """Make several calls one piece of work: all of it is kept, or nothing."""
        return self._database.transaction()
