"""Any server that speaks as OpenAI's chat completions do: one question, one answer in JSON.

The official client opens the connections, waits, and tries again after 408, 409, 429 and 5xx. What
is left of errors becomes ours. Servers differ in how far they can be held to a form: a JSON schema
is asked for first, then any JSON, then nothing but the prompt's own words; what a server refuses is
not asked of it again.

Source: platform.openai.com/docs/api-reference/chat; github.com/ggml-org/llama.cpp, tools/server;
docs.ollama.com/openai.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.errors import BadAnswer, CommonplaceError, ModelBusy, ModelUnavailable
from core.models.llm.budget import Budget, estimate

if TYPE_CHECKING:
    from openai import OpenAI

log = logging.getLogger(__name__)

Schema = Mapping[str, Any]

FORMS = ("json_schema", "json_object", "text")
"""How an answer's form is asked for, strictest first."""

_ABOUT_FORM = ("response_format", "json_schema", "json_object", "schema", "grammar")


@dataclass(frozen=True, slots=True)
class Account:
    """Where the model is, and how it is asked.

    Attributes:
        base_url: up to and with "/v1", as the official client takes it.
        api_key: empty where the server wants none.
        timeout_s: for one answer.
        max_tokens: of one request, question and answer together.
        answer_tokens: of an answer alone, the thinking of models that think aloud included.
        retries: by the official client, within one request.
        seed: so that a server that can answers the same again.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    timeout_s: float = 60.0
    max_tokens: int = 8000
    answer_tokens: int = 800
    retries: int = 2
    seed: int = 20


class Server:
    """Asks questions. Connects on first use; may be used by several threads.

    Args:
        account: where, and how.
        budget: admits each request.
    """

    def __init__(self, account: Account, budget: Budget) -> None:
        self.account = account
        self._budget = budget
        self._lock = threading.Lock()
        self._form = 0
        self._cap = "max_tokens"

    @property
    def model(self) -> str:
        """The model's name."""
        return self.account.model

    @property
    def room(self) -> int:
        """Tokens that a question may have."""
        return self.account.max_tokens - self.account.answer_tokens

    def ask(self, *, system: str, user: str, schema: Schema) -> str:
        """Ask for one JSON object.

        Args:
            system, user: the two messages.
            schema: of the answer, as JSON Schema; also a server that ignores it must answer so.

        Returns:
            What was answered, unchecked.

        Raises:
            OverBudget: the day's tokens are spent.
            ModelBusy: no answer, or one that asks to wait.
            ModelUnavailable: the extra `llm` is missing, or the server refuses key, model or
                question.
            BadAnswer: there is no text in the answer, or it was cut off.
        """
        expected = estimate(system + user) + self.account.answer_tokens
        while True:
            with self._lock:
                form, cap = self._form, self._cap
            reserved = self._budget.reserve(expected)
            try:
                answer = self._send(system, user, schema, form=FORMS[form], cap=cap)
            except ModelBusy as error:
                if error.facts["reason"] != "timed-out":  # the model may have worked all the while
                    self._budget.settle(reserved, 0)
                raise
            except _Refused as refused:
                self._budget.settle(reserved, 0)
                if not self._yield_to(refused, form=form, cap=cap):
                    raise self._unavailable(refused.words) from refused.__cause__
                continue
            except CommonplaceError:
                self._budget.settle(reserved, 0)
                raise
            self._budget.settle(reserved, _usage(answer) or expected)
            return self._text(answer)

    def check(self) -> None:
        """Ask something small, to see whether key, model and server are right; raises as `ask`."""
        self.ask(
            system="Answer with JSON only.",
            user='Answer with {"labels": []}.',
            schema={
                "type": "object",
                "properties": {"labels": {"type": "array", "items": {"type": "string"}}},
                "required": ["labels"],
                "additionalProperties": False,
            },
        )

    def _yield_to(self, refused: "_Refused", *, form: int, cap: str) -> bool:
        """Ask for less from now on, if it was the form that was refused; False if it was not."""
        words = refused.words.lower()
        with self._lock:
            if cap == "max_tokens" and "max_completion_tokens" in words:
                self._cap = "max_completion_tokens"
                return True
            if form + 1 < len(FORMS) and any(word in words for word in _ABOUT_FORM):
                self._form = max(self._form, form + 1)
                log.info("server refuses %s; asking for %s", FORMS[form], FORMS[self._form])
                return True
        return False

    def _send(self, system: str, user: str, schema: Schema, *, form: str, cap: str) -> Any:
        import openai

        account = self.account
        told: dict[str, Any] = {cap: account.answer_tokens}
        if form == "json_schema":
            named = {"name": "answer", "strict": True, "schema": schema}
            told["response_format"] = {"type": form, "json_schema": named}
        elif form == "json_object":
            told["response_format"] = {"type": form}
        try:
            return self._client.chat.completions.create(
                model=account.model,
                messages=[
                    {"role": "system", "content": system},
                    {"role": "user", "content": user},
                ],
                temperature=0,
                seed=account.seed,
                **told,
            )
        except openai.APITimeoutError as error:
            raise self._busy(f"did not answer within {account.timeout_s:g} s", "timed-out") from (
                error
            )
        except openai.APIConnectionError as error:
            raise self._busy("cannot be reached", "unreachable") from error
        except openai.RateLimitError as error:
            raise self._busy("asks us to wait", "rate-limited", _retry_after(error)) from error
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            raise _Refused(error.message) from error
        except openai.APIStatusError as error:
            if error.status_code in (408, 409) or error.status_code >= 500:
                raise self._busy(
                    f"answers {error.status_code}", "unreachable", _retry_after(error)
                ) from error
            raise self._unavailable(f"{error.status_code}: {error.message}") from error
        except (openai.OpenAIError, ValueError) as error:  # e.g. a body that is no JSON
            raise BadAnswer(
                f"The server at {account.base_url} does not answer as OpenAI's does: {error}. "
                "Check base_url under [llm]; it mostly ends in /v1.",
                model=account.model,
            ) from error

    @cached_property
    def _client(self) -> "OpenAI":
        try:
            from openai import Omit, OpenAI
        except ImportError as error:
            raise ModelUnavailable(
                "A language model needs the extra `llm`, which is not installed. In the program's "
                'folder: pip install ".[llm]"',
                model=self.account.model,
            ) from error
        account = self.account
        return OpenAI(
            base_url=account.base_url,
            api_key=account.api_key or "none",  # without one the client looks in the environment
            # nor shall it tell this server what the environment holds for another
            default_headers={"OpenAI-Organization": Omit(), "OpenAI-Project": Omit()},  # type: ignore[dict-item]
            timeout=account.timeout_s,
            max_retries=account.retries,
        )

    def _text(self, answer: Any) -> str:
        """The words of an answer; a stream, or anything else that was not asked for, has none."""
        choices = getattr(answer, "choices", None)
        message = getattr(choices[0], "message", None) if choices else None
        text = getattr(message, "content", None)
        if not isinstance(text, str) or not text.strip():
            raise BadAnswer(f"The model {self.model} answered nothing.", model=self.model)
        if choices and choices[0].finish_reason == "length":
            raise BadAnswer(
                f"The answer of {self.model} was cut off after {self.account.answer_tokens} "
                "tokens. Raise answer_tokens under [llm].",
                model=self.model,
            )
        return text

    def _busy(self, what: str, reason: str, retry_after_s: float | None = None) -> ModelBusy:
        return ModelBusy(
            f"The server at {self.account.base_url} {what}. It is tried again later.",
            retry_after_s=retry_after_s,
            model=self.model,
            reason=reason,
        )

    def _unavailable(self, words: str) -> ModelUnavailable:
        return ModelUnavailable(
            f"The server at {self.account.base_url} refuses the model {self.model!r}: {words} "
            "Check base_url, model and api_key under [llm].",
            model=self.model,
        )


class _Refused(Exception):
    """The server does not take the question as it is (400, 422)."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def _usage(answer: Any) -> int:
    total = getattr(getattr(answer, "usage", None), "total_tokens", None)
    return total if isinstance(total, int) and total > 0 else 0


def _retry_after(error: Any) -> float | None:
    try:
        return max(0.0, float(error.response.headers["retry-after"]))
    except (KeyError, ValueError):  # none, or a date
        return None
