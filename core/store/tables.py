"""Every table: what a row is and which community it belongs to.

Rules of the schema, for those who read it with SQL or a notebook:

- Every row carries its community, and a row that hangs on an item can only hang on an item of the
  same community: the reference is (community_id, item_id).
- Moments are UTC, stored as `YYYY-MM-DD HH:MM:SS.ffffff`; days are `YYYY-MM-DD`.
- A thread is "" outside threads, so that addresses can be compared and be unique.
- Columns that end in `_folded` are copies for comparing (see `core.folding`); nobody reads them.
- Removing an item removes everything that hangs on it. Its number stays burnt.

The tables of words (`item_words` and those of FTS5) are described in `core.store.keyword`.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

_JSON = JSON(none_as_null=True)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC without a zone, and aware again when read."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To the database: only aware moments, so that nobody stores a local time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; moments come from a Clock, aware")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(SQLModel):
    """What all tables share: one metadata, with names for constraints that migrations can use."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def of_item() -> ForeignKeyConstraint:
    """The reference to an item of the same community, gone when the item goes."""
    return ForeignKeyConstraint(
        ["community_id", "item_id"], ["item.community_id", "item.id"], ondelete="CASCADE"
    )


def of_community() -> ForeignKeyConstraint:
    """The reference to a community, gone when the community goes."""
    return ForeignKeyConstraint(["community_id"], ["community.id"], ondelete="CASCADE")


def unless_said(value: str) -> dict[str, str]:
    """What rows have that were written before the column was there."""
    return {"server_default": value}


def is_ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
    """Whether a thing in the database is described here; the tables of words are not."""
    return not (kind == "table" and name is not None and name.startswith("item_words"))


# ── communities and members ──────────────────────────────────────────────────────────────────────


class CommunityRow(Table, table=True):
    """A community, and how it wants things done (`core.domain.Customs`).

    Attributes:
        last_number: the highest number ever given to one of its items.
        taxonomy: a file, or "starter"; None: what the operator configured.
    """

    __tablename__ = "community"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    language: str
    timezone: str
    last_number: int = 0
    title: str | None = None
    taxonomy: str | None = None
    intake: str = Field(default="mention", sa_column_kwargs=unless_said("mention"))
    reply: str = Field(default="card", sa_column_kwargs=unless_said("card"))
    quorum: int = Field(default=2, sa_column_kwargs=unless_said("2"))
    lead: int = Field(default=1, sa_column_kwargs=unless_said("1"))
    counts_own: bool = Field(default=True, sa_column_kwargs=unless_said("1"))
    on_deletion: str = Field(default="ask", sa_column_kwargs=unless_said("ask"))
    note: str = Field(default="off", sa_column_kwargs=unless_said("off"))
    practice_first: bool = Field(default=False, sa_column_kwargs=unless_said("0"))
    discussions: int = Field(default=3, sa_column_kwargs=unless_said("3"))


class MemberRow(Table, table=True):
    """What a person chose for themself, in whatever community they write.

    `may_train`: models may learn from their own words.
    """

    __tablename__ = "member"

    platform: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    language: str | None = None
    may_train: bool = Field(default=False, sa_column_kwargs=unless_said("0"))


class MembershipRow(Table, table=True):
    """A person in a community, as the platform showed them last. `role`: one they were given."""

    __tablename__ = "membership"
    __table_args__ = (of_community(), Index(None, "platform", "member"))

    community_id: int = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    name: str | None = None
    role: str | None = None
    seen_at: datetime | None = Field(default=None, sa_type=Moment)


class ChatRow(Table, table=True):
    """A chat that speaks for a community (`core.domain.Chat`)."""

    __tablename__ = "chat"
    __table_args__ = (of_community(), Index(None, "community_id"))

    platform: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    community_id: int
    is_private: bool
    is_set_up: bool = False
    paused_at: datetime | None = Field(default=None, sa_type=Moment)


class LinkCodeRow(Table, table=True):
    """A word by which another chat joins a community, once; only its hash is known."""

    __tablename__ = "link_code"
    __table_args__ = (of_community(),)

    code_hash: str = Field(primary_key=True)
    community_id: int
    until: datetime = Field(sa_type=Moment)


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


class PhraseRow(Table, table=True):
    """A command too long for a button, which bears its id instead; kept for a while."""

    __tablename__ = "phrase"
    __table_args__ = (
        UniqueConstraint("community_id", "words"),
        # an id is never used twice: an old button must not do what another one says
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    words: str
    kept_at: datetime = Field(sa_type=Moment)


class EventRow(Table, table=True):
    """What a platform told, written down before it is told that we have it.

    Attributes:
        key: by which the platform tells the same event again.
        chat, thread, message: where it happened, and the message that it is about, if there is one.
        body: the event, for whoever kept it; empty once it is done.
        attempts: how often it was begun.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("platform", "key"),
        Index(None, "platform", "chat", "thread"),
        Index(None, "is_done"),
    )

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    key: str
    chat: str
    thread: str
    message: str | None = None
    body: str
    kept_at: datetime = Field(sa_type=Moment)
    attempts: int = 0
    is_done: bool = False


class OwedCardRow(Table, table=True):
    """An item's card that a place waits for (`core.domain.OwedCard`).

    `answers_chat`, `answers_thread`, `answers_id`: the message that it answers, on that platform.
    """

    __tablename__ = "owed_card"
    __table_args__ = (
        of_item(),
        UniqueConstraint("item_id", "platform", "chat", "thread", name="uq_owed_card_place"),
        Index(None, "community_id", "item_id"),
        {"sqlite_autoincrement": True},  # a debt that was paid must not be taken for another one
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    item_id: int
    platform: str
    chat: str
    thread: str
    member_platform: str
    member: str
    answers_chat: str | None = None
    answers_thread: str | None = None
    answers_id: str | None = None
    since: datetime = Field(sa_type=Moment)


class CardRow(Table, table=True):
    """A message that shows an item; one may show several.

    `staleness`: 0, it says what is so; 1, it is to be edited; 2, somebody is at it.
    """

    __tablename__ = "card"
    __table_args__ = (
        of_item(),
        Index(None, "community_id", "item_id"),
        Index(None, "platform", "chat", "message"),
        Index(None, "staleness"),
        {"sqlite_with_rowid": False},
    )

    item_id: int = Field(primary_key=True)
    platform: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    thread: str = Field(primary_key=True)
    message: str = Field(primary_key=True)
    community_id: int
    sent_at: datetime = Field(sa_type=Moment)
    staleness: int = 0


class OwedOpinionRow(Table, table=True):
    """An item about which a language model is still to be asked (`core.domain.OwedOpinion`)."""

    __tablename__ = "owed_opinion"
    __table_args__ = (of_item(), Index(None, "community_id", "item_id"))

    item_id: int = Field(primary_key=True)
    community_id: int
    since: datetime = Field(sa_type=Moment)
    attempts: int = 0


class SpendingRow(Table, table=True):
    """Tokens that language models were asked for on a day, UTC, by all communities together."""

    __tablename__ = "spending"

    day: date = Field(primary_key=True)
    tokens: int = 0


class PartRow(Table, table=True):
    """One of the messages that an item was made of. `position`: in the order they came, from 0."""

    __tablename__ = "part"
    __table_args__ = (of_item(), Index(None, "community_id", "item_id"))

    platform: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    thread: str = Field(primary_key=True)
    message: str = Field(primary_key=True)
    community_id: int
    item_id: int
    position: int
    text: str


# ── items ────────────────────────────────────────────────────────────────────────────────────────


class ItemRow(Table, table=True):
    """One thing in the collection, and how far it has come (`core.domain.State`).

    Attributes:
        story_id: the same for items that tell the same text: the id of the first one of them.
        is_to_label: False if an import asked for no labels.
        attempts: how often the step that is due was begun, so that one which keeps killing the
            program is given up.
        failed_in: for a failed item, the state it had; a retry goes on from there.
        embedded_with: the embedder's version for which the vector index holds this item as it is
            now; None: it does not.
        none_fits: what people decided about that no label fits (`core.domain.LabelStatus`); None:
            nothing.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("community_id", "id"),
        UniqueConstraint("community_id", "number"),
        UniqueConstraint("community_id", "external_id"),
        Index(None, "community_id", "state"),
        Index(None, "community_id", "story_id"),
        # ids are never used twice: an index that missed a removal must not name another item
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    number: int
    state: str
    received_at: datetime = Field(sa_type=Moment)
    external_id: str | None = None
    story_id: int | None = None
    is_to_label: bool = True
    attempts: int = 0
    failed_in: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    failure_facts: dict[str, Any] | None = Field(default=None, sa_type=_JSON)
    retry_at: datetime | None = Field(default=None, sa_type=Moment)
    embedded_with: str | None = None
    none_fits: str | None = None


class MovedRow(Table, table=True):
    """An item that turned out to be another one: its id and its number lead there from then on."""

    __tablename__ = "moved"
    __table_args__ = (
        of_item(),
        UniqueConstraint("community_id", "moved_number"),
        Index(None, "community_id", "item_id"),
    )

    moved_id: int = Field(primary_key=True)
    moved_number: int
    community_id: int
    item_id: int


class GivenRow(Table, table=True):
    """What was handed in, as it was handed in. `kind`: "link", "text" or "file"."""

    __tablename__ = "given"
    __table_args__ = (of_item(),)

    item_id: int = Field(primary_key=True)
    community_id: int
    kind: str
    url: str | None = None
    title: str | None = None
    text: str | None = None
    published_on: date | None = None
    file_name: str | None = None


class GivenFileRow(Table, table=True):
    """A file's bytes, apart from the rest because they are only read to be read again."""

    __tablename__ = "given_file"
    __table_args__ = (of_item(),)

    item_id: int = Field(primary_key=True)
    community_id: int
    data: bytes = Field(sa_type=LargeBinary)


class AddressRow(Table, table=True):
    """Everything by which an item is known again; what leads to one item leads to no other.

    `address` is a canonical address, or `text:` or `file:` and the SHA-256 of a folded text or of
    a file's bytes (see `core.identity`).
    """

    __tablename__ = "address"
    __table_args__ = (of_item(), Index(None, "community_id", "item_id"))

    community_id: int = Field(primary_key=True)
    address: str = Field(primary_key=True)
    item_id: int


class ShareRow(Table, table=True):
    """A member handed an item in. A message is counted once, however often it is delivered.

    `message_thread` is "" outside threads; without a message (the command line), all four are null.
    """

    __tablename__ = "share"
    __table_args__ = (
        of_item(),
        UniqueConstraint(
            "item_id",
            "message_platform",
            "message_chat",
            "message_thread",
            "message_id",
            name="uq_share_message",
        ),
        Index(None, "community_id", "item_id"),
        Index(None, "community_id", "member_platform", "member"),
        Index(None, "member_platform", "member"),
        Index(None, "message_platform", "message_chat", "message_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    item_id: int
    member_platform: str
    member: str
    member_name: str | None = None
    member_name_folded: str | None = None
    note: str | None = None
    message_platform: str | None = None
    message_chat: str | None = None
    message_thread: str | None = None
    message_id: str | None = None
    shared_at: datetime = Field(sa_type=Moment)


# ── what was read ────────────────────────────────────────────────────────────────────────────────


class DocumentRow(Table, table=True):
    """A text with what its source says about it (`core.domain.Document`).

    `site_folded` holds the site's name and the address's host.
    """

    __tablename__ = "document"
    __table_args__ = (of_item(), Index(None, "community_id", "published_on"))

    item_id: int = Field(primary_key=True)
    community_id: int
    text: str
    title: str | None = None
    author: str | None = None
    published_on: date | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    image_url: str | None = None
    media: str
    fetched_at: datetime = Field(sa_type=Moment)
    author_folded: str | None = None
    site_folded: str | None = None


class FingerprintRow(Table, table=True):
    """By which a text is known again, nearly; opaque (see `core.fingerprints`)."""

    __tablename__ = "fingerprint"
    __table_args__ = (of_item(),)

    item_id: int = Field(primary_key=True)
    community_id: int
    fingerprint: bytes = Field(sa_type=LargeBinary)


class FingerprintBandRow(Table, table=True):
    """Documents that share a band may tell the same story; then their fingerprints are compared."""

    __tablename__ = "fingerprint_band"
    __table_args__ = (
        of_item(),
        Index(None, "community_id", "item_id"),
        {"sqlite_with_rowid": False},
    )

    community_id: int = Field(primary_key=True)
    band: int = Field(primary_key=True, sa_type=BigInteger)
    item_id: int = Field(primary_key=True)


class SummaryRow(Table, table=True):
    """Whole sentences of the document.

    Attributes:
        extracts: a list of [start, end], in characters.
        generated: what a model wrote to be shown in their place, if one did.
    """

    __tablename__ = "summary"
    __table_args__ = (of_item(),)

    item_id: int = Field(primary_key=True)
    community_id: int
    text: str
    extracts: list[list[int]] = Field(sa_type=_JSON)
    method: str
    generated: str | None = None


# ── labels ───────────────────────────────────────────────────────────────────────────────────────


class LabellingRow(Table, table=True):
    """What a model said about an item, once; the newest of each origin counts, all are kept.

    Attributes:
        labels: a list of [path, score], closed under ancestors.
        origin: "entailment" or "llm".
    """

    __tablename__ = "labelling"
    __table_args__ = (
        of_item(),
        UniqueConstraint("community_id", "id"),
        Index(None, "community_id", "item_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    item_id: int
    made_at: datetime = Field(sa_type=Moment)
    model: str
    wording: str
    language: str
    premise_kind: str
    premise: str
    labels: list[tuple[str, float]] = Field(sa_type=_JSON)
    origin: str = Field(default="entailment", sa_column_kwargs=unless_said("entailment"))


class HypothesisRow(Table, table=True):
    """A sentence that models were asked about; kept once, asked of every item."""

    __tablename__ = "hypothesis"
    __table_args__ = (
        UniqueConstraint("community_id", "id"),
        UniqueConstraint("community_id", "text"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    text: str


class AnswerRow(Table, table=True):
    """One question of a labelling. `position`: in the order asked, from 0."""

    __tablename__ = "answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["community_id", "labelling_id"],
            ["labelling.community_id", "labelling.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["community_id", "hypothesis_id"], ["hypothesis.community_id", "hypothesis.id"]
        ),
        {"sqlite_with_rowid": False},
    )

    labelling_id: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    community_id: int
    path: str
    hypothesis_id: int
    probability: float
    threshold: float


class ItemLabelRow(Table, table=True):
    """A label on an item as it stands now (`core.domain.LabelStatus`).

    Attributes:
        score: the entailment model's probability; 0.0 if it was not asked. 1.0: an import did.
        base: what it is without any vote: "suggested" by a model, "confirmed" by an import; None:
            only votes put it there.
        position: where it stood in the taxonomy when it was put there.
        origin: "llm" if nobody but a language model suggests it.
    """

    __tablename__ = "item_label"
    __table_args__ = (
        of_item(),
        Index(None, "community_id", "path", "item_id"),
        {"sqlite_with_rowid": False},
    )

    item_id: int = Field(primary_key=True)
    path: str = Field(primary_key=True)
    community_id: int
    score: float
    status: str
    position: int
    base: str | None = None
    origin: str = Field(default="entailment", sa_column_kwargs=unless_said("entailment"))


class VoteRow(Table, table=True):
    """A member's voice on one label of an item (`core.domain.Vote`)."""

    __tablename__ = "vote"
    __table_args__ = (
        of_item(),
        Index(None, "community_id", "item_id"),
        Index(None, "member_platform", "member"),
        {"sqlite_with_rowid": False},
    )

    item_id: int = Field(primary_key=True)
    path: str = Field(primary_key=True)
    member_platform: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    community_id: int
    is_for: bool
    by: str
    at: datetime = Field(sa_type=Moment)
