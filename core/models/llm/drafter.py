"""Drafts by a language model on a server; `core.drafting` holds them to the texts."""

import secrets
from collections.abc import Sequence

from core.domain import Language
from core.draft import Answered
from core.models.llm import answers, prompt
from core.models.llm.annotator import ask_twice
from core.models.llm.budget import estimate
from core.models.llm.server import Server
from core.quote import Quote

CLAIM_TOKENS = 90
"""Tokens of the answer that a claim takes: a sentence, a number and some quoted words."""


class LlmDrafter:
    """Drafts by asking a language model.

    Args:
        server: where it is.
        key: secret; marks what is data. None: a new one.
    """

    def __init__(self, server: Server, *, key: bytes | None = None) -> None:
        self._server = server
        self._key = key or secrets.token_bytes(32)

    @property
    def version(self) -> str:
        """Prompt and model."""
        return f"llm@{prompt.VERSION}/{self._server.model}"

    def draft(
        self, quotes: Sequence[Quote], *, about: str, language: Language
    ) -> Sequence[Answered]:
        """Make claims; see `core.draft.Drafter`. The last quotations are left out until the others
        have room in one request.

        Raises:
            OverBudget, ModelBusy, ModelUnavailable, BadAnswer: see `Server.ask`.
        """
        most = max(1, self._server.account.answer_tokens // CLAIM_TOKENS)
        shown = list(quotes)
        while True:
            question = prompt.draft_question(
                shown, about=about, language=language, most=most, key=self._key
            )
            if estimate(question.system + question.user) <= self._server.room or len(shown) <= 1:
                break
            shown = shown[: len(shown) * 3 // 4]
        return ask_twice(self._server, question, answers.claims_schema(), answers.read_claims)
