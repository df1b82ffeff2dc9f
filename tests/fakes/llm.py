"""A language model to ask, on the server of a test."""

from core.models.llm.budget import Budget, MemoryLedger
from core.models.llm.server import Account, Server
from tests.fakes.llm_server import KEY, MODEL, LlmServer
from tests.fakes.sources import HandClock


def make_server(llm: LlmServer, *, budget: Budget | None = None, **how: object) -> Server:
    """A client of that server; `how` are further fields of its account."""
    settings = {"api_key": KEY, "timeout_s": 5.0, "retries": 0, **how}
    return Server(
        Account(base_url=llm.url, model=MODEL, **settings),
        budget or Budget(MemoryLedger(), HandClock(), requests_per_minute=9999, tokens_per_day=0),
    )
