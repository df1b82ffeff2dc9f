"""The values that every room of the house shares: frozen, complete, free of behaviour.

Chat addresses (`ChatRef`, `MessageRef`, `MemberRef`) are opaque to the core: it keeps and compares
them, nothing more. Times are aware UTC. A `LabelPath` is `"dimension/parent/child"` made of stable
ids, at any depth.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NewType

LabelPath = NewType("LabelPath", str)
"""`"dimension/parent/child"`: stable ids joined by slashes; the first is the dimension's."""

Language = Literal["zh-TW", "en"]
"""The languages that people are spoken to in. (That of a *text* is a BCP 47 tag: `str`.)"""

LANGUAGES: tuple[Language, ...] = ("zh-TW", "en")


# ── where and who ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ChatRef:
    """A conversation, or one thread of it, on one platform.

    `chat` is what a community lives in: a private chat, a group, a server with all its channels.
    """

    platform: str
    chat: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message; kept in the database, because votes and edits arrive days later."""

    where: ChatRef
    id: str


@dataclass(frozen=True, slots=True)
class MemberRef:
    """A person on one platform. A person is never a chat."""

    platform: str
    id: str


class Role(StrEnum):
    """What a member may do in a community, each more than the one before.

    Members send, search and vote; editors also mend and remove what others sent; admins also
    set things up. Whoever the platform lets look after the chat is an admin; editors are appointed.
    """

    MEMBER = "member"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Customs:
    """How a community wants things done.

    Attributes:
        intake: which messages of a group are kept: "mention", those that address the bot; "links",
            those with a link; "reaction", those that a member marks with the intake sign; "off",
            only what a command is given on. In private everything is kept.
        reply: how a kept message is answered in a group: "card"; "reaction", a sign on the message;
            "silent", nothing but failures.
        quorum: so many voices for or against a label at least make a decision.
        lead: and so many more than there are on the other side.
        counts_own: whether a member's voice counts on what they handed in themself.
        on_deletion: when the platform tells that a member's message is gone: "ask" the sender
            whether to keep the item, "remove" it, or "keep" it.
        note: who gets the weekly consistency note: nobody ("off"), "editors", each in private, or
            everybody in the "chat".
        practice_first: whether a newcomer's votes count only when they are through with their
            practice set (`core.practice`).
        discussions: so many about disputed labels are open at a time; 0: none is opened.
    """

    intake: Literal["mention", "links", "reaction", "off"] = "mention"
    reply: Literal["card", "reaction", "silent"] = "card"
    quorum: int = 2
    lead: int = 1
    counts_own: bool = True
    on_deletion: Literal["ask", "remove", "keep"] = "ask"
    note: Literal["off", "editors", "chat"] = "off"
    practice_first: bool = False
    discussions: int = 3


@dataclass(frozen=True, slots=True)
class Community:
    """A group of people with one collection.

    Attributes:
        name: a short handle, unique, for commands.
        title: what people call it, such as a group's title; None: the handle.
        taxonomy: file of its labels, or "starter"; None: what the operator configured.
    """

    id: int
    name: str
    language: Language
    timezone: str
    title: str | None = None
    customs: Customs = Customs()
    taxonomy: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that speaks for a community; several, on several platforms, may speak for one.

    Attributes:
        where: its address, without a thread.
        is_private: one person's.
        is_set_up: its admins were shown the set-up card.
        paused_at: since when the bot is no longer there; its data are kept for a while.
    """

    where: ChatRef
    community: int
    is_private: bool
    is_set_up: bool = False
    paused_at: datetime | None = None


# ── what was sent ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Link:
    """An address as the member wrote it."""

    url: str


@dataclass(frozen=True, slots=True)
class PastedText:
    """A text sent in itself; `title` and `url` are there when it came from an import."""

    text: str
    title: str | None = None
    url: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file's bytes with the name it had."""

    name: str
    data: bytes


Given = Link | PastedText | SentFile
"""What a member hands in: one of these becomes one item."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Bytes as they came off the wire or out of a file, before anybody reads them.

    Attributes:
        data: decompressed body.
        media_type: lower case, without parameters ("text/html"); None if nobody declared one.
        charset: as declared by the transport, not yet believed.
        url: where the bytes really came from, after redirects; None for a file.
        file_name: for a file, its name.
    """

    data: bytes
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what its source says about it.

    Attributes:
        text: plain, paragraphs separated by one newline, no empty lines, NFC.
        language: BCP 47 of the text: "zh-Hant", "zh-Hans", "en", "ja", …; None if too short to say.
        url: as fetched; canonical_url: its one true form (`core.sources.urls`). None for a text.
        published_on: the publisher's date, in the publisher's calendar.
        site: the publisher's name, or the host without "www.".
        image_url: the lead image's address; never fetched by us.
        media: what it was read from.
    """

    text: str
    title: str | None = None
    author: str | None = None
    published_on: date | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    image_url: str | None = None
    media: Literal["web", "pdf", "text", "picture"] = "text"


@dataclass(frozen=True, slots=True)
class Extract:
    """A whole sentence of the source: `source_text[start:end]`, offsets in characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Whole sentences of the source in their order.

    Attributes:
        method: names and versions the summariser.
        generated: what a model wrote in its own words, to be shown in place of the sentences and
            marked as such; None: the sentences are shown. Labels and search rest on the sentences.
    """

    extracts: tuple[Extract, ...]
    method: str
    generated: str | None = None

    @property
    def text(self) -> str:
        """The sentences joined: without a space after Chinese punctuation, with one elsewhere."""
        joined = ""
        for extract in self.extracts:
            gap = " " if joined and joined[-1].isascii() else ""
            joined += gap + extract.text
        return joined


# ── labels ───────────────────────────────────────────────────────────────────────────────────────


class LabelStatus(StrEnum):
    """How sure the community is. Only people move a label past SUGGESTED."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    DISPUTED = "disputed"


class Origin(StrEnum):
    """Who suggests labels: the entailment model, or a language model beside it."""

    ENTAILMENT = "entailment"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class ItemLabel:
    """A label on an item.

    Attributes:
        score: the entailment model's probability, 0 to 1; 0 if it was not asked. (In a `Labelling`,
            that of the model which made it.)
        origin: LLM if nobody but a language model suggests the label.
    """

    path: LabelPath
    score: float
    status: LabelStatus = LabelStatus.SUGGESTED
    origin: Origin = Origin.ENTAILMENT


NONE_FITS = LabelPath("-")
"""What a member votes on who says that no label fits: a decision of its own."""

DISCUSS = LabelPath("?")
"""What a member votes on who wants an item's labels to be discussed."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A member's voice on one label of one item; there is one for each member and label.

    Attributes:
        path: a label, `NONE_FITS` or `DISCUSS`.
        is_for: the label is right; False: it is wrong.
        by: how it was cast. A reaction that is taken back withdraws what it cast, not a button's.
            What a member answered in a review round is cast when the round closes.
    """

    path: LabelPath
    member: MemberRef
    is_for: bool
    by: Literal["button", "reaction", "round"]
    at: datetime


@dataclass(frozen=True, slots=True)
class Ruling:
    """An editor's word on one label of an item, beside the votes: it wins, they stay.

    Attributes:
        id: rulings are numbered as they come; where two cannot both hold, the newer one does.
        path: a label or `NONE_FITS`.
        is_for: it is right; False: it is wrong.
        member_name: as the platform shows them now; None if nobody knows, or they were forgotten.
        reason: in the editor's own words.
    """

    id: int
    path: LabelPath
    is_for: bool
    member: MemberRef
    at: datetime
    member_name: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """What brings a decision about.

    Attributes:
        kind: an open set of short keys; `cause-KIND` in the locale files is its name. There are
            "vote", "ruling", "withdrawal" (of a ruling), "import", "labelling", "merge",
            "customs", "taxonomy" and "recount".
        member: by whose act, if it was somebody's.
        reason: why, in their words.
        is_public: others may be told who it was, as of an editor's acts; of votes they are not.
        paths: labels that the act was about: they are logged even if their status stays.
    """

    kind: str
    member: MemberRef | None = None
    reason: str | None = None
    is_public: bool = False
    paths: tuple[LabelPath, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Voices on one label: for and against, those that count."""

    for_: int = 0
    against: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the decision log: a label of an item became something else.

    What models suggest is no decision: a line has a decided status on one side at least, or tells
    an act that changed nothing, such as a ruling that agrees with the votes.

    Attributes:
        id: lines are numbered as they are written.
        item: the item's id.
        path: a label or `NONE_FITS`.
        cause: see `Cause.kind`.
        before, after: None: it was not on the item.
        tally: the voices on the label at that time, those that count.
        codebook: the version of the codebook that was in force.
        member: by whose act; None if nobody may know: see `Cause.is_public`.
        member_name: as the platform shows them now.
        reason: why, in their words.
    """

    id: int
    item: int
    path: LabelPath
    at: datetime
    cause: str
    before: LabelStatus | None
    after: LabelStatus | None
    tally: Tally
    codebook: str
    member: MemberRef | None = None
    member_name: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Premise:
    """The text that questions are asked about, and which part of the document it is."""

    text: str
    kind: Literal["summary", "text"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question asked of a model: does the premise entail this hypothesis?

    `probability` is 0 to 1. `threshold` is the least probability that would have accepted it.
    """

    path: LabelPath
    hypothesis: str
    probability: float
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class Labelling:
    """What a model said about one premise: every question, and the labels that follow.

    Attributes:
        premise: what was asked about.
        language: of the hypotheses.
        model: name and version of the weights.
        wording: short hash of the taxonomy's wording at the time.
        answers: every question asked, in the order asked.
        labels: accepted ones, closed under ancestors; empty is a legal result ("none fits").
        unsure: refused ones that came near; told at once, and not stored.
        origin: which kind of model it was.
    """

    premise: Premise
    language: Language
    model: str
    wording: str
    answers: tuple[Answer, ...]
    labels: tuple[ItemLabel, ...]
    unsure: tuple[ItemLabel, ...] = field(default=(), compare=False)
    origin: Origin = Origin.ENTAILMENT


# ── items ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Share:
    """A member handed an item in.

    Attributes:
        member_name: as the platform showed it then.
        note: what the member wrote beside it.
        message: where; None from the command line.
    """

    member: MemberRef
    at: datetime
    member_name: str | None = None
    note: str | None = None
    message: MessageRef | None = None


class State(StrEnum):
    """How far an item has come. Work resumes after the last state that was reached."""

    RECEIVED = "received"
    FETCHED = "fetched"
    SUMMARISED = "summarised"
    LABELLED = "labelled"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item failed: an error's code, message and facts (see `core.errors`)."""

    code: str
    message: str
    facts: dict[str, str | int | float]
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the collection.

    Attributes:
        id: unique over all communities; never shown to people.
        number: what people call it ("7"), counted per community from 1, never reused.
        given: what was handed in; kept so that a failed fetch can be tried again.
        document: None until fetched.
        labels: in taxonomy order; rejected ones are included.
        story: items with the same story id tell the same text under different addresses.
        shares: how many different members handed it in.
        external_id: the id that an import gave, if any.
        none_fits: what people decided about that no label fits; None: nothing.
        rulings: of editors, not withdrawn, oldest first.
    """

    id: int
    community: int
    number: int
    state: State
    given: Given
    received_at: datetime
    document: Document | None = None
    summary: Summary | None = None
    labels: tuple[ItemLabel, ...] = ()
    story: int | None = None
    shares: int = 1
    first_shared_at: datetime | None = None
    first_shared_by: MemberRef | None = None
    failure: Failure | None = None
    external_id: str | None = None
    none_fits: LabelStatus | None = None
    rulings: tuple[Ruling, ...] = ()

    @property
    def title(self) -> str:
        """The document's title, else the beginning of its text, else what was sent."""
        if self.document is not None:
            return self.document.title or self.document.text.split("\n", 1)[0][:80]
        match self.given:
            case Link(url):
                return url
            case PastedText(text, title):
                return title or text.split("\n", 1)[0][:80]
            case SentFile(name):
                return name


@dataclass(frozen=True, slots=True)
class OwedCard:
    """An item's card that a chat waits for: written down with the item, gone when it is sent.

    Attributes:
        id: of the debt.
        item: the item's id.
        where: where it is to be sent; answers: the message that it answers.
        member: who handed the item in.
        since: when.
    """

    id: int
    item: int
    where: ChatRef
    member: MemberRef
    since: datetime
    answers: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class OwedOpinion:
    """An item about which a language model is still to be asked.

    Attributes:
        item: the item's id.
        since: when its entailment labels were there.
        attempts: how often it was asked without a usable answer.
    """

    item: int
    since: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose labels people have decided, for a model to learn from.

    Attributes:
        labels: confirmed ones; not_labels: rejected ones.
    """

    text: str
    labels: tuple[LabelPath, ...]
    not_labels: tuple[LabelPath, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """What a platform told and what is not done yet.

    Attributes:
        body: as it was kept.
        attempts: how often it was begun; more than once: the program stopped half way.
    """

    id: int
    platform: str
    body: str
    attempts: int


# ── finding ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search keeps. Different fields must all hold; within a field see each one.

    Attributes:
        labels: items must carry each of these or a descendant (suggested, confirmed or disputed).
        not_labels: and none of these.
        sites: one of these, as part of the site's name or host, case alike.
        by: one of these, as part of the author's or a sharing member's name, case alike.
        languages: one of these primary tags or full tags: "zh" holds for "zh-Hant".
        since, until: both inclusive; the published date, or the day received where there is none,
            in the community's time zone.
        is_any: one of these statuses of any label; "none-fits", it was decided that no label fits;
            or "failed" for the item's state.
    """

    labels: tuple[LabelPath, ...] = ()
    not_labels: tuple[LabelPath, ...] = ()
    sites: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    is_any: tuple[
        Literal["suggested", "confirmed", "disputed", "rejected", "none-fits", "failed"], ...
    ] = ()
