"""What people may call the keys of a query and their values, in English and Chinese.

Names are compared folded, so case, width and Traditional or Simplified make no difference.
"""

import re
from functools import cache
from typing import Literal

from core.folding import fold

Key = Literal["label", "site", "by", "lang", "since", "until", "is"]
Status = Literal["suggested", "confirmed", "disputed", "rejected", "none-fits", "failed"]

KEYS: dict[Key, tuple[str, ...]] = {
    "label": ("tag", "標籤", "標記"),
    "site": ("網站", "站"),
    "by": ("author", "來自", "作者", "分享者"),
    "lang": ("language", "語言"),
    "since": ("after", "從", "自"),
    "until": ("before", "到", "至"),
    "is": ("是", "狀態"),
}
STATUSES: dict[Status, tuple[str, ...]] = {
    "suggested": ("建議", "建議中", "待確認"),
    "confirmed": ("確認", "已確認"),
    "disputed": ("爭議", "有爭議"),
    "rejected": ("否決", "已否決", "不合適"),
    "none-fits": ("none", "都不合適", "無合適標籤"),
    "failed": ("失敗",),
}
TAGS = {
    "zh": ("中文", "華文", "Chinese", "漢語"),
    "zh-Hant": ("zh-TW", "zh-HK", "繁體", "繁體中文", "繁中", "正體", "正體中文"),
    "zh-Hans": ("zh-CN", "zh-SG", "簡體", "簡體中文", "簡中"),
    "en": ("英文", "英語", "English"),
    "ja": ("日文", "日語", "Japanese"),
    "ko": ("韓文", "韓語", "Korean"),
    "vi": ("越南文", "越語", "Vietnamese"),
    "id": ("印尼文", "印尼語", "Indonesian"),
    "th": ("泰文", "泰語", "Thai"),
    "tl": ("菲律賓文", "Tagalog", "Filipino"),
}

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@cache
def key_named(name: str) -> Key | None:
    """The key that goes by a name; None if there is none."""
    folded = fold(name)
    for key, names in KEYS.items():
        if folded == key or folded in map(fold, names):
            return key
    return None


def status_named(name: str) -> Status | None:
    """The status that goes by a name; None if there is none."""
    folded = fold(name)
    for status, names in STATUSES.items():
        if folded == status or folded in map(fold, names):
            return status
    return None


def language_tag(name: str) -> str | None:
    """A language's name or tag as a BCP 47 tag in its usual spelling; None if it is neither."""
    named = _tags().get(fold(name))
    if named is not None:
        return named
    if not _TAG.fullmatch(name):
        return None
    primary, *rest = name.split("-")
    return "-".join([primary.lower(), *(part.title() if len(part) == 4 else part for part in rest)])


@cache
def _tags() -> dict[str, str]:
    return {fold(name): tag for tag, names in TAGS.items() for name in (tag, *names)}
