"""Everything that can go wrong, drawn at the top by who must act.

Each error has a `code` that is stable (scripts and the words for people hang on it), a message in
plain English for logs and command-line users, and `facts`: the values that the sentence in the
reader's language mentions. A sentence for people is found by `code` in `bot/locales/`.
"""

from typing import ClassVar

Fact = str | int | float


class CommonplaceError(Exception):
    """The root: nobody but us can act on a bare one.

    Args:
        message: one English sentence: what was found, what was expected, what to try.
        **facts: values that a translated sentence mentions; names are the sentence's variables.
    """

    code: ClassVar[str] = "internal"

    def __init__(self, message: str, **facts: Fact) -> None:
        super().__init__(message)
        self.message = message
        self.facts: dict[str, Fact] = facts


# ── the sender can act: another link, the text itself, another word ──────────────────────────────


class SenderError(CommonplaceError):
    """What was sent cannot be used as it is; trying the same again will not help."""

    code = "sender"


class BadAddress(SenderError):
    """Not an http or https address, or not one that can be read."""

    code = "bad-address"


class BlockedAddress(SenderError):
    """The address leads to a private, local or reserved network, or to a port not allowed."""

    code = "blocked-address"


class NotFound(SenderError):
    """The server says that there is no such page (404, 410), or the name does not exist."""

    code = "not-found"


class Forbidden(SenderError):
    """The server refuses (401, 402, 403, 451), or the page is behind a login or a paywall.

    Facts: `reason` where the page says it: "login", "paywall", "bot-challenge", "access-denied".
    """

    code = "forbidden"


class TooLarge(SenderError):
    """More bytes, pages or elements than the limits allow."""

    code = "too-large"


class NotAnArticle(SenderError):
    """The page holds no text to keep.

    Facts: `reason`, one of "consent-wall", "error-page", "empty-shell", "link-list", "no-text".
    """

    code = "not-an-article"


class UnsupportedType(SenderError):
    """A kind of file that no source reads."""

    code = "unsupported-type"


class Unreadable(SenderError):
    """The right kind of file, but broken, encrypted or without a text layer."""

    code = "unreadable"


class BadQuery(SenderError):
    """A search that is not understood. Facts: `part`, what is at fault; `reason`, a short key."""

    code = "bad-query"


class UnknownItem(SenderError):
    """No item with that number in this community. Facts: `number`."""

    code = "unknown-item"


class UnknownLabel(SenderError):
    """No label of that path or name. Facts: `name`, `suggestions` (by commas, may be empty)."""

    code = "unknown-label"


class UnknownRound(SenderError):
    """No review round of that number in this community. Facts: `number`."""

    code = "unknown-round"


class BadRound(SenderError):
    """A review round that cannot be started, joined or closed as it was asked for.

    Facts: `reason`, one of "size", "target", "dimension", "no-items", "is-open", "is-closed",
    "not-closed", "must-practise"; `found` and `expected` where they are known.
    """

    code = "bad-round"


class DiscussionOver(SenderError):
    """A discussion that is over already, or whose item was removed."""

    code = "discussion-over"


class BadChange(SenderError):
    """A change that the codebook does not bear.

    Facts: `reason`, one of "id-taken", "name-taken", "own-child", "last", "retired", "not-there",
    "above-retired", "too-few", "nothing", "form", "bad-id", "needs-id", "grammar"; `name`, what is
    at fault; `found`, what stands in its way; `problem`, of "form", in English.
    """

    code = "bad-change"


class BadModel(SenderError):
    """Something that cannot be done with a community's model now. Facts: `reason`, `number`,
    `found`, `expected`.

    `reason` is one of "under-way", "too-few", "not-under-way", "unknown", "no-weights", "is-live",
    "not-live", "not-passed".
    """

    code = "bad-model"


class ChangedMeanwhile(SenderError):
    """A proposal for a codebook that is another one by now. Facts: `number`, of its version now."""

    code = "changed-meanwhile"


class NotAllowed(SenderError):
    """A member may not do this. Facts: `role`, the least that may ("editor", "admin")."""

    code = "not-allowed"


class BadCode(SenderError):
    """A code that links nothing: wrong, used before, or over."""

    code = "bad-code"


class QuestionOver(SenderError):
    """A question that cannot be answered any more: it is over, gone, or somebody else's."""

    code = "question-over"


# ── later: waiting helps ─────────────────────────────────────────────────────────────────────────


class LaterError(CommonplaceError):
    """It may work when tried again.

    Args:
        message: as in CommonplaceError.
        retry_after_s: seconds to wait before the next try, if the other side named them.
        **facts: as in CommonplaceError.
    """

    code = "later"

    def __init__(self, message: str, *, retry_after_s: float | None = None, **facts: Fact) -> None:
        super().__init__(message, **facts)
        self.retry_after_s = retry_after_s


class RateLimited(LaterError):
    """The server asks us to come back later (429, or 503 with Retry-After)."""

    code = "rate-limited"


class TimedOut(LaterError):
    """Connecting, reading or the whole took longer than the limits allow."""

    code = "timed-out"


class Unreachable(LaterError):
    """The server could not be reached, broke off, or answered with a server error (5xx)."""

    code = "unreachable"


class ModelBusy(LaterError):
    """The server of a language model did not answer, broke off, or asks us to wait.

    Facts: `model`; `reason`, one of "timed-out", "unreachable", "rate-limited".
    """

    code = "model-busy"


class OverBudget(LaterError):
    """What may be spent on a language model today is spent. Facts: `spent`, `limit`, in tokens."""

    code = "over-budget"


class BadAnswer(LaterError):
    """A language model did not answer in the form that it was asked for. Facts: `model`."""

    code = "bad-answer"


class DataInUse(LaterError):
    """Another process owns the data folder. Facts: `folder`, `pid`."""

    code = "data-in-use"


# ── us: the person who runs the bot must act ─────────────────────────────────────────────────────


class OperatorError(CommonplaceError):
    """Configuration, files or installation are not as they must be."""

    code = "operator"


class BadConfig(OperatorError):
    """A setting that cannot be used. Facts: `key`, `found`, `expected`."""

    code = "bad-config"


class BadTaxonomy(OperatorError):
    """A taxonomy file that cannot be used. Facts: `where`, the dimension or label at fault."""

    code = "bad-taxonomy"


class BadFile(OperatorError):
    """An input file of a command that cannot be read. Facts: `file`, `line` where known."""

    code = "bad-file"


class BadExamples(OperatorError):
    """Labelled texts from which nothing can be learnt. Facts: `file`, `line`, `found`, `reason`.

    `reason` is one of "unknown-label", "unknown-dimension", "no-labels", "no-text", "empty",
    "too-few", "too-few-to-learn", "too-few-to-split", "nothing-learnt", "contradiction".
    """

    code = "bad-examples"


class BadJudgements(OperatorError):
    """A table of judgements that cannot be used. Facts: `file`, `line`, `found`, `expected`,
    `where`, `limit`, `reason`.

    `reason` is one of "unreadable", "encoding", "no-csv", "too-large", "columns", "empty-cell",
    "contradiction", "empty".
    """

    code = "bad-judgements"


class ModelUnavailable(OperatorError):
    """Weights are missing, do not fit, or the model has no entailment label. Facts: `model`."""

    code = "model-unavailable"


class BadStore(OperatorError):
    """The database is newer than this program, or damaged. Facts: `file`."""

    code = "bad-store"
