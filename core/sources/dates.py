"""The day of publication in the publisher's calendar, from time stamps and from words."""

import re
from datetime import date, datetime, timedelta, timezone
from urllib.parse import urlsplit

_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_LABELLED = re.compile(
    r"(?:發[布佈]|发布|刊登|刊出|張貼|上版|上架|公告|公布|新聞|出版|建立|登載"
    r"|發文|撰寫)?(?:日期|時間|时间)\s*[:：｜|]?\s*"
    r"(?:(?:中華)?民國\s*)?(?P<year>\d{2,4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*"
    r"[-/.月]\s*(?P<day>\d{1,2})"
)
_ROC = re.compile(
    r"(?:中華)?民國\s*(?P<year>\d{2,3})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
)
_UPDATED = re.compile(r"(?:更新|修改|修訂|截止|活動|有效|到期|開始|結束)\s*$")

_OFFSETS = {"tw": 8, "hk": 8, "mo": 8, "cn": 8, "sg": 8, "jp": 9, "kr": 9}
"""Hours before UTC in countries of one zone and no summer time, by the ending of the host."""


def local_day(text: str, url: str | None = None) -> date | None:
    """The day of an ISO-like date or time, in the publisher's calendar.

    A time is given with the publisher's offset, and then its day is the publisher's; or in UTC by
    publishing systems that know no better, and then the country of the host tells the offset.
    """
    text = text.strip()
    country = (urlsplit(url or "").hostname or "").rpartition(".")[2]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        match = _ISO.match(text)
        return _day(*match.groups()) if match else None
    if moment.utcoffset() == timedelta(0) and country in _OFFSETS and len(text) > 10:
        try:
            moment = moment.astimezone(timezone(timedelta(hours=_OFFSETS[country])))
        except OverflowError:  # year 1 or 9999: a template's "never"
            return None
    return _day(moment.year, moment.month, moment.day)


def labelled_day(text: str) -> date | None:
    """The first day that is labelled as the date of publication, in either era.

    A year below 1000 is counted from 1911, as Taiwanese offices do: 113-04-12 is 2024-04-12.
    """
    for pattern in (_LABELLED, _ROC):
        for match in pattern.finditer(text):
            if _UPDATED.search(text[max(0, match.start() - 4) : match.start()]):
                continue
            year = int(match["year"])
            if year < 50 and pattern is _LABELLED:
                continue  # "24/04/12": of which order?
            if day := _day(year + 1911 if year < 1000 else year, match["month"], match["day"]):
                return day
    return None


def _day(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None
