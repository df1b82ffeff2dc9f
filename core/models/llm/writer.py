"""Summaries by a language model on a server; checked by `core.models.abstractive`."""

import secrets

from core.models.llm import answers, prompt
from core.models.llm.annotator import ask_twice
from core.models.llm.budget import estimate
from core.models.llm.server import Server


class LlmWriter:
    """Words summaries by asking a language model.

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

    def write(self, text: str, *, title: str | None, most: int) -> str:
        """Word a summary; see `core.models.abstractive.Writer`. A text too long for one request is
        read from its beginning.

        Raises:
            OverBudget, ModelBusy, ModelUnavailable, BadAnswer: see `Server.ask`.
        """
        while True:
            question = prompt.summary_question(text, title=title, most=most, key=self._key)
            if estimate(question.system + question.user) <= self._server.room or len(text) < 200:
                break
            text = text[: len(text) * 3 // 4]
        return ask_twice(self._server, question, answers.summary_schema(), answers.read_summary)
