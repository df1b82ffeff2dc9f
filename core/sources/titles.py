"""Titles without the names of sites and sections that publishing systems hang on them."""

import re

from core.sources.tidy import clean_line

_SITE_MARK = r"[|｜\-–—―‐:：·•»›>@_/∣︱‧～~]+"
_GENERIC = frozenset(
    (
        "home",
        "news",
        "新聞",
        "首頁",
        "blog",
        "部落格",
        "生活",
        "政治",
        "社會",
        "國際",
        "財經",
        "娛樂",
        "體育",
        "即時",
        "焦點",
    )
)


def without_site(title: str, site: str | None, *, also: tuple[str, ...] = ()) -> str:
    """A title without the site's name and what stands between ("… | 生活 | 聯合新聞網").

    Cuts only at a separator beside the name, and only where something is left; a title that merely
    mentions the site stays as it is. What stands between is cut only with bars, which no
    title has in itself, or where it is the name of a section.
    """
    title = clean_line(title) or title
    names = [name for name in (site, *also) if name and len(name) >= 2]
    for name in sorted(names, key=len, reverse=True):
        escaped = re.escape(name)
        end = re.compile(
            rf"^(?P<rest>.+?)\s*{_SITE_MARK}\s*(?:the\s+)?{escaped}[\s.:：!]*$", re.IGNORECASE
        )
        # "Site: title" is how old blog systems have it; a hyphen there would be a compound word
        start = re.compile(rf"^{escaped}\s*(?:[|｜:：»›]|\s[-–—]\s)\s*(?P<rest>.+)$", re.IGNORECASE)
        for pattern in (end, start):
            match = pattern.match(title)
            if match and len(match["rest"].strip()) >= 2:
                return _without_sections(match["rest"].strip())
    return title


def _without_sections(title: str) -> str:
    """What is left of "title | section | subsection" when the site's name is off."""
    for bar in ("|", "｜"):
        if bar in title:
            parts = [part.strip() for part in title.split(bar)]
            # sections are short, and shorter than the title itself
            while len(parts) > 1 and len(parts[-1]) <= 12 and len(parts[-1]) < len(parts[0]):
                parts.pop()
            return f" {bar} ".join(parts)
    head, separator, tail = title.rpartition(" - ")
    return head.strip() if separator and tail.strip().lower() in _GENERIC else title
