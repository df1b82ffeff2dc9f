"""A small strict Bot API server on 127.0.0.1, with people, groups and messages behind it.

Every call is checked against the Bot API's own description, and so is every update before it goes
out (`description`); HTML is parsed by the documented rules (`markup`). Nothing here sleeps.
"""

from tests.fakes.telegram.server import Person, TelegramServer

__all__ = ["Person", "TelegramServer"]
