"""Discord's refusals become `DeliveryFailed`: whether trying again helps, and what an admin can do.

Source: Discord's API documentation, topics/opcodes-and-status-codes (JSON error codes).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.chat import DeliveryFailed

MISSING_PERMISSIONS = 50013
# unknown message (of the deferred answer), unknown webhook or interaction, invalid token
CALL_IS_OVER = frozenset({10008, 10015, 10062, 50027})
# no right to read what is answered; an answer to a notice of Discord's own, or a form at fault
CANNOT_ANSWER = frozenset({160002, 50035})
IS_ARCHIVED = 50083
ARCHIVED = frozenset({IS_ARCHIVED, 160005})  # a thread that is archived, or locked
HAS_THREAD = 160004  # one was opened from this message before
# no access, no permission; a channel, or a message in it, that can have no threads; the message is
# gone; a notice of Discord's own; as many threads are open as a server may have
NO_THREAD = frozenset({50001, MISSING_PERMISSIONS, 50024, 10008, 50021, 160006, 160007})

NO_SUCCESS = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)
"""What a request can end with that is no success."""

SERVER_RETRY_S = 30.0  # after an answer of 5xx, which discord.py has tried five times by then
WIRE_RETRY_S = 5.0  # after a connection that broke
LIMIT_RETRY_S = (
    60.0  # after a 429 that is no rate limit of the API but a ban by the proxy before it
)


@contextmanager
def translating(what: str) -> Iterator[None]:
    """Raise what goes wrong inside as `DeliveryFailed`.

    Args:
        what: English: what is being tried.
    """
    try:
        yield
    except discord.HTTPException as error:
        raise refused(what, error) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise DeliveryFailed(
            f"{what}: Discord could not be reached ({error!r}).", retry_after_s=WIRE_RETRY_S
        ) from error
    except RuntimeError as error:
        if "closed" not in str(error):  # aiohttp, when the session ended meanwhile
            raise
        raise DeliveryFailed(f"{what}: the session ended.", retry_after_s=WIRE_RETRY_S) from error


def refused(what: str, error: discord.HTTPException) -> DeliveryFailed:
    """What an answer that is no success means for a delivery."""
    message = f"{what}: Discord answered {error.status} ({error.code}): {error.text}"
    if error.status == 429:
        return DeliveryFailed(message, retry_after_s=LIMIT_RETRY_S)
    if error.status >= 500:
        return DeliveryFailed(message, retry_after_s=SERVER_RETRY_S)
    if error.code in ARCHIVED:
        return DeliveryFailed(f"{message} Reopen the thread, then try again.")
    return DeliveryFailed(message, is_gone=error.status in (403, 404))
