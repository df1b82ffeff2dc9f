"""Members without their names: the same within one export, and never the same in two."""

import hmac
import secrets
from base64 import b32encode
from hashlib import sha256

from core.domain import MemberRef

PLATFORM = "pseudonym"
"""Where members come from who were brought in by an import."""

_BYTES = 10  # 80 bits: of a million members no two are likely to meet


class Pseudonyms:
    """Gives members pseudonyms by a key that is made for one export and kept nowhere.

    Nobody, not even whoever made the export, can tell afterwards who was who, or which pseudonyms
    of two exports are one person's. What somebody did may still show who they are: see the
    datasheet.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, member: MemberRef) -> str:
        """What a member is called in this export."""
        who = f"{member.platform}\0{member.id}".encode()
        digest = hmac.new(self._key, who, sha256).digest()
        return f"m-{b32encode(digest[:_BYTES]).decode().lower()}"
