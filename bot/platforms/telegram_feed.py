"""Updates come in by long polling or by a webhook, and none is lost on either way.

Polling: the offset tells Telegram what it may forget. It moves past an update only when that one is
written down. The library's own updater hands updates to a queue in memory and moves on at once, so
it is not used. Webhook: 200 is said only when the update is written down; otherwise Telegram comes
again. It is asked for one connection, so that updates stay in order.
"""

import asyncio
import logging
import re
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.platforms.telegram_pace import Sleep, seconds_of
from core.errors import BadConfig, CommonplaceError

if TYPE_CHECKING:
    from telegram import Bot, Update
    from telegram.request import HTTPXRequest
    from tornado.httpserver import HTTPServer

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "message_reaction",
)
HELD_S = 50  # how long Telegram holds a poll when there is nothing to say
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
CONFLICT_PAUSE_S = 15.0
CONFIRM_S = 3.0
MAX_UPDATE_BYTES = 1_000_000
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

Take = Callable[["Update"], Awaitable[None]]
"""Returns when an update is written down; raises CommonplaceError if it could not be."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers to.

    Attributes:
        url: the public https address; Telegram accepts the ports 443, 80, 88 and 8443.
        secret: 1 to 256 of A-Z, a-z, 0-9, "_" and "-"; Telegram shows it with every update.
        listen, port: where we listen, behind something that speaks TLS.

    Raises:
        BadConfig: the secret is none; anybody could speak in Telegram's name.
    """

    url: str
    secret: str
    listen: str = "127.0.0.1"
    port: int = 8443

    def __post_init__(self) -> None:
        if not _SECRET.fullmatch(self.secret):
            raise BadConfig(
                "telegram.webhook.secret is missing or has signs that Telegram does not take.",
                key="telegram.webhook.secret",
                found="…",
                expected="1 to 256 of A-Z, a-z, 0-9, _ and -",
            )


class Backoff:
    """Pauses that double from one failure to the next, up to a minute."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._next_s = SHORTEST_PAUSE_S

    async def pause(self, at_least_s: float = 0.0) -> None:
        """Wait before the next attempt."""
        wait_s, self._next_s = self._next_s, min(self._next_s * 2, LONGEST_PAUSE_S)
        await self._sleep(max(wait_s, at_least_s))

    def reset(self) -> None:
        """An attempt succeeded."""
        self._next_s = SHORTEST_PAUSE_S


class Polling:
    """Asks for updates, hands them over one by one, and moves on behind what is written down."""

    def __init__(self, bot: "Bot", take: Take, *, sleep: Sleep) -> None:
        self._bot = bot
        self._take = take
        self._sleep = sleep
        self._offset: int | None = None
        self._told: int | None = None  # the offset that Telegram has heard of
        self._is_troubled = False

    async def run(self) -> None:
        """Poll until cancelled, whatever happens."""
        from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

        backoff = Backoff(self._sleep)
        while True:
            try:
                updates = await self._poll(HELD_S)
            except Conflict:
                self._trouble("another program polls with the same token, or a webhook is set")
                await backoff.pause(CONFLICT_PAUSE_S)
            except RetryAfter as error:
                await self._sleep(seconds_of(error))
            except InvalidToken:
                self._trouble("Telegram no longer accepts telegram.token")
                await backoff.pause(LONGEST_PAUSE_S)
            except TelegramError as error:
                self._trouble(f"no connection: {error.message}")
                await backoff.pause()
            except Exception:  # whatever the library does not expect; nothing else listens
                log.exception("asking for updates went wrong")
                await backoff.pause()
            else:
                if self._is_troubled:
                    log.info("updates arrive again")
                self._is_troubled = False
                if await self._hand_over(updates):
                    backoff.reset()
                else:
                    await backoff.pause()

    async def confirm(self) -> None:
        """Tell Telegram what is written down, so that it will not come again."""
        from telegram.error import TelegramError

        if self._offset != self._told:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(CONFIRM_S):
                    await self._poll(0, limit=1)

    async def _poll(self, held_s: int, *, limit: int = 100) -> tuple["Update", ...]:
        asked = self._offset
        updates = await self._bot.get_updates(
            offset=asked,
            limit=limit,
            timeout=held_s,
            allowed_updates=ALLOWED_UPDATES,
        )
        self._told = asked
        return updates

    async def _hand_over(self, updates: tuple["Update", ...]) -> bool:
        """Whether all of them are written down."""
        for update in updates:
            try:
                await self._take(update)
            except CommonplaceError as error:
                log.warning("update=%d is not written down: %s", update.update_id, error)
                return False
            self._offset = update.update_id + 1
        return True

    def _trouble(self, what: str) -> None:
        """Say once what keeps updates away, until they arrive again."""
        if not self._is_troubled:
            log.error("no updates from Telegram: %s; trying again until it works", what)
        self._is_troubled = True


def polling_request(**options: Any) -> "HTTPXRequest":
    """A connection for polling which survives an update that the library cannot read.

    One such update would make the whole batch fail, again and again. It is logged and passed over.
    """
    from telegram import Update
    from telegram.request import BaseRequest, HTTPXRequest

    class ReadableUpdates(HTTPXRequest):
        @staticmethod
        def parse_json_payload(payload: bytes) -> dict[str, Any]:
            answer = BaseRequest.parse_json_payload(payload)
            if isinstance(answer.get("result"), list):
                answer["result"] = [_readable(each, Update) for each in answer["result"]]
            return answer

    return ReadableUpdates(connection_pool_size=2, **options)


def _readable(update: dict[str, Any], kind: type["Update"]) -> dict[str, Any]:
    """The update as it is, or without content if it cannot be read."""
    try:
        kind.de_json(update, None)
    except Exception:  # whatever the library raises for what it does not expect
        log.exception("update=%s cannot be read and is passed over", update["update_id"])
        return {"update_id": update["update_id"]}
    return update


# ── webhook ──────────────────────────────────────────────────────────────────────────────────────


class WebhookServer:
    """Listens for Telegram, and says 200 when what it brought is written down."""

    def __init__(self, settings: Webhook) -> None:
        self._settings = settings
        self._server: HTTPServer | None = None
        self._bot: Bot | None = None
        self._take: Take | None = None
        self._in_hand = asyncio.Lock()

    def listen(self) -> None:
        """Answer at the door; until `open`, that it is too early.

        Raises:
            BadConfig: the address or port is taken, or not ours.
        """
        from tornado.httpserver import HTTPServer

        listen, port = self._settings.listen, self._settings.port
        family = socket.AF_INET6 if ":" in listen else socket.AF_INET
        try:
            door = socket.create_server((listen, port), family=family)
        except OSError as error:
            raise BadConfig(
                f"telegram.webhook cannot listen on {listen}:{port}: {error.strerror}.",
                key="telegram.webhook.port",
                found=f"{listen}:{port}",
                expected="an address of this machine and a free port",
            ) from error
        door.setblocking(False)
        self._server = HTTPServer(self._application(), max_body_size=MAX_UPDATE_BYTES)
        self._server.add_socket(door)

    async def open(self, bot: "Bot", take: Take) -> None:
        """Tell Telegram where to deliver. What it holds back meanwhile comes then.

        Raises:
            TelegramError: it does not take the address.
        """
        self._bot, self._take = bot, take
        await bot.set_webhook(
            self._settings.url,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=self._settings.secret,
            max_connections=1,
            drop_pending_updates=False,
        )

    async def close(self) -> None:
        """Listen no more. The webhook stays set: Telegram keeps updates for 24 hours."""
        if self._server is not None:
            server, self._server = self._server, None
            server.stop()
            await server.close_all_connections()

    async def received(self, secret: str, body: bytes) -> int:
        """Take one delivery; the HTTP status to answer."""
        if not compare_digest(secret.encode(), self._settings.secret.encode()):
            log.warning("a delivery without the webhook's secret was refused")
            return 403
        if self._take is None:
            return 503
        import json

        from telegram import Update

        try:
            found = json.loads(body)
            update = Update.de_json(_readable(found, Update), self._bot)
        except (ValueError, TypeError, KeyError):
            return 400
        async with self._in_hand:  # in order, even when somebody delivers side by side
            try:
                await self._take(update)
            except CommonplaceError as error:
                log.warning("update=%d is not written down: %s", update.update_id, error)
                return 503
        return 200

    def _application(self) -> Any:
        from tornado.web import Application, RequestHandler

        received = self.received

        class Door(RequestHandler):
            async def post(self) -> None:
                secret = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
                self.set_status(await received(secret, self.request.body))

        path = urlsplit(self._settings.url).path or "/"
        return Application([(path, Door)], log_function=lambda _: None)
