"""The library's bot and its connections: made when first needed, closed when all stops."""

import logging
import os
import re
from typing import TYPE_CHECKING, Any

from bot.chat import DeliveryFailed
from bot.platforms.telegram_feed import polling_request
from bot.platforms.telegram_pace import LATER_S
from bot.platforms.telegram_updates import Me

if TYPE_CHECKING:
    from telegram import Bot
    from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

CONNECT_S = 10.0
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


class Client:
    """Speaks to one Bot API server as one bot.

    Args:
        token: from @BotFather.
        base_url, base_file_url: of the server, without the "/bot" behind them.
        patience_s: how long an answer may take.

    Attributes:
        me: the bot's own account, once the server has told.
    """

    def __init__(self, token: str, *, base_url: str, base_file_url: str, patience_s: float) -> None:
        self._token = token
        self._base_url = base_url.rstrip("/")
        self._base_file_url = base_file_url.rstrip("/")
        self._patience_s = patience_s
        self._requests: tuple[HTTPXRequest, ...] = ()
        self._bot: Bot | None = None
        self._is_closed = False
        self.me: Me | None = None

    @property
    def bot(self) -> "Bot":
        """The library's bot.

        Raises:
            DeliveryFailed: the client is closed.
        """
        if self._is_closed:
            raise DeliveryFailed("Telegram is stopped.", retry_after_s=LATER_S)
        if self._bot is None:
            self._bot = self._made()
        return self._bot

    @property
    def has_token(self) -> bool:
        """Whether the token looks like one; a line break or a space in it would go unnoticed."""
        return _TOKEN.fullmatch(self._token) is not None

    def open(self) -> None:
        """Be of use (again)."""
        self._is_closed = False

    async def close(self) -> None:
        """Close all connections."""
        self._is_closed = True
        requests, self._requests, self._bot = self._requests, (), None
        for request in requests:
            await request.shutdown()

    async def meet(self) -> None:
        """Ask who we are, unless it is known.

        Raises:
            TelegramError: `InvalidToken` if the token is refused.
        """
        if self.me is None:
            me = await self.bot.get_me()
            self.me = Me(me.id, me.username or "")
            log.info("speaking as @%s id=%d", self.me.username, self.me.id)

    def _made(self) -> "Bot":
        from telegram import Bot
        from telegram.request import HTTPXRequest

        # waits as spans of time, which version 23 will do anyway; else each 429 is a warning
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        _keep_the_token_out_of_logs()
        limits: dict[str, Any] = {
            "read_timeout": self._patience_s,
            "write_timeout": self._patience_s,
            "connect_timeout": min(self._patience_s, CONNECT_S),
            "pool_timeout": self._patience_s,
        }
        self._requests = (HTTPXRequest(**limits), polling_request(**limits))
        return Bot(
            self._token,
            base_url=f"{self._base_url}/bot",
            base_file_url=f"{self._base_file_url}/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )


def _keep_the_token_out_of_logs() -> None:
    """The HTTP library logs every address that it calls, and the token is a part of it."""
    for name in ("httpx", "httpcore"):
        logger = logging.getLogger(name)
        if logger.getEffectiveLevel() < logging.WARNING:
            logger.setLevel(logging.WARNING)
