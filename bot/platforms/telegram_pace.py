"""How fast Telegram may be spoken to, and what its refusals mean.

One queue a chat: what is sent to a chat stays in order, about one message a second after a short
burst, 20 a minute in a group, 30 a second over all chats (https://core.telegram.org/bots/faq,
"My bot is hitting limits"). A 429 names its wait, and nothing is sent to that chat before it is
over.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bot.chat import DeliveryFailed
from bot.platforms.telegram_updates import NAME
from core.domain import ChatRef

if TYPE_CHECKING:
    from telegram.error import RetryAfter, TelegramError

log = logging.getLogger(__name__)

BURST = 4  # messages to one chat at once, before the spacing begins
SPACING_S = 1.0
GROUP_PER_MINUTE = 20
OVERALL_PER_SECOND = 30
LONGEST_WAIT_S = 60.0  # a longer one is left to the caller
LATER_S = 5.0  # after an error of the network or of Telegram itself
IDLE_LANES = 512  # so many queues are kept before those that nobody needs are dropped

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
Now = Callable[[], float]


@dataclass(slots=True)
class _Lane:
    """A queue of one chat. `due`: when its allowance is whole again; times as `Now` counts."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    due: float = 0.0
    minute: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_PER_MINUTE))


class Pace:
    """Lets calls through as fast as Telegram allows.

    Args:
        now: seconds on a clock that never goes back; `sleep`: waits by it.
    """

    def __init__(self, *, now: Now, sleep: Sleep) -> None:
        self._now = now
        self._sleep = sleep
        self._lanes: dict[tuple[str, bool], _Lane] = {}
        self._blocked: dict[str, float] = {}  # chats that Telegram asked to leave alone, until when
        self._second: deque[float] = deque(maxlen=OVERALL_PER_SECOND)
        self._closed = asyncio.Event()

    def open(self) -> None:
        """Let calls through (again)."""
        self._closed.clear()

    def close(self) -> None:
        """Whoever waits for a turn gets a failure instead, so that nobody waits for them."""
        self._closed.set()

    async def run(
        self,
        chat: str,
        tried: str,
        call: Callable[[], Awaitable[T]],
        *,
        is_message: bool = True,
    ) -> T:
        """Make a call when it is its turn, again after a short 429.

        Args:
            chat: to which it goes.
            tried: what it does, in English, for the error.
            call: makes it; may be called more than once.
            is_message: it counts for the limits on messages. What does not (reactions, typing)
                has a queue of its own, and keeps only to the waits that Telegram names.

        Raises:
            DeliveryFailed: it was refused, or has to wait for longer than `LONGEST_WAIT_S`.
        """
        from telegram.error import RetryAfter, TelegramError

        lane = self._lane(chat, is_message=is_message)
        async with lane.lock:
            while True:
                await self._turn(chat, lane, tried, is_message=is_message)
                try:
                    return await call()
                except RetryAfter as error:
                    wait_s = seconds_of(error)
                    log.info("chat=%s asks for a pause of %.0f s", chat, wait_s)
                    self._blocked[chat] = self._now() + wait_s
                except TelegramError as error:
                    raise failed(tried, error) from error

    async def _turn(self, chat: str, lane: _Lane, tried: str, *, is_message: bool) -> None:
        while True:
            now = self._now()
            blocked_s = self._blocked.get(chat, now) - now
            if blocked_s > LONGEST_WAIT_S:
                raise DeliveryFailed(
                    f"Telegram asks to wait {blocked_s:.0f} s before one can {tried}.",
                    retry_after_s=blocked_s,
                )
            waits = [blocked_s]
            if is_message:
                waits.append(lane.due - (BURST - 1) * SPACING_S - now)
                if chat.startswith("-") and len(lane.minute) == GROUP_PER_MINUTE:
                    waits.append(lane.minute[0] + 60 - now)
                if len(self._second) == OVERALL_PER_SECOND:
                    waits.append(self._second[0] + 1 - now)
            if max(waits) <= 0:
                break
            await self._rest(max(waits), tried)
        if is_message:
            lane.due = max(lane.due, now) + SPACING_S
            lane.minute.append(now)
            self._second.append(now)

    async def _rest(self, wait_s: float, tried: str) -> None:
        closing = asyncio.ensure_future(self._closed.wait())
        resting = asyncio.ensure_future(self._sleep(wait_s))
        try:
            await asyncio.wait({closing, resting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
            resting.cancel()
        if self._closed.is_set():
            raise DeliveryFailed(f"Stopped before one could {tried}.", retry_after_s=LATER_S)

    def _lane(self, chat: str, *, is_message: bool) -> _Lane:
        if len(self._lanes) > IDLE_LANES:
            now = self._now()
            self._blocked = {key: until for key, until in self._blocked.items() if until > now}
            self._lanes = {
                key: lane
                for key, lane in self._lanes.items()
                if lane.lock.locked()
                or lane.due > now
                or (key[0].startswith("-") and lane.minute and lane.minute[-1] + 60 > now)
            }
        return self._lanes.setdefault((chat, is_message), _Lane())


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────

_NOT_THERE = (
    "chat not found",
    "chat_id is empty",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "group chat was upgraded",
    "message to edit not found",
    "message can't be edited",
    "message to react not found",
    "message_id_invalid",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "bot is not a member",
    "bot was kicked",
)
_FOREVER = ("request entity too large",)


def failed(tried: str, error: "TelegramError") -> DeliveryFailed:
    """What an error of Telegram means for a delivery."""
    from telegram.error import (
        BadRequest,
        ChatMigrated,
        Forbidden,
        InvalidToken,
        NetworkError,
        RetryAfter,
    )

    # the library's own message about a token contains it
    said = "Unauthorized or not found" if isinstance(error, InvalidToken) else error.message
    message = f"Could not {tried}: {said}."
    match error:
        case RetryAfter():
            return DeliveryFailed(message, retry_after_s=seconds_of(error))
        case ChatMigrated(new_chat_id=new):
            return DeliveryFailed(message, moved_to=ChatRef(NAME, str(new)))
        case Forbidden():
            return DeliveryFailed(message, is_gone=True)
        case BadRequest():
            return DeliveryFailed(message, is_gone=says(error, *_NOT_THERE))
        case NetworkError() if not says(error, *_FOREVER):
            return DeliveryFailed(message, retry_after_s=LATER_S)
    return DeliveryFailed(message)


def says(error: "TelegramError", *phrases: str) -> bool:
    """Whether Telegram's words for an error contain one of these. It has no codes for most."""
    said = error.message.casefold()
    return any(phrase in said for phrase in phrases)


def seconds_of(error: "RetryAfter") -> float:
    """The wait that Telegram names."""
    wait = error.retry_after
    return float(wait if isinstance(wait, int) else wait.total_seconds())
