"""Words for people: messages in Fluent files under `locales/`, one folder a language.

A message is found by its id in all files of the folder, so that files are chapters, nothing more.
Numbers become digits of the language, dates its long form. A missing message or variable is a
defect that tests find; at run time it is logged, and people see what there is.
"""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource

from core.domain import Failure, Language
from core.errors import CommonplaceError, LaterError

log = logging.getLogger(__name__)

Value = str | int | float


class Texts:
    """Words in one language.

    Args:
        language: whose folder is read.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._book = _book(language)

    def has(self, message: str) -> bool:
        """Whether there is a message of this id."""
        return self._book.find(message) is not None

    def say(self, message: str, /, **values: Value) -> str:
        """Word a message.

        Args:
            message: its id, or "id.attribute".
            **values: its variables; underscores in names stand for the hyphens of the file.
        """
        name, _, attribute = message.partition(".")
        found = self._book.find(name)
        pattern = found and (found.attributes.get(attribute) if attribute else found.value)
        if pattern is None:
            log.error("no message %s in %s", message, self.language)
            return message
        arguments = {key.replace("_", "-"): value for key, value in values.items()}
        words, problems = self._book.format(pattern, arguments)
        for problem in problems:
            log.error("message %s in %s: %s", message, self.language, problem)
        return words

    def words(self, message: str) -> list[str]:
        """A message and its `.also`, both lists divided by commas: the spellings of one thing."""
        found = [self.say(message)]
        if self.has_attribute(message, "also"):
            found.append(self.say(f"{message}.also"))
        return [word.strip().casefold() for words in found for word in words.split(",")]

    def has_attribute(self, message: str, attribute: str) -> bool:
        """Whether there is a message of this id with this attribute."""
        found = self._book.find(message)
        return found is not None and attribute in found.attributes

    def listed(self, words: Iterable[str]) -> str:
        """Words with the language's comma between them."""
        return self.say("comma").join(words)

    def date(self, day: date) -> str:
        """A day, written out."""
        return self.say("date", year=str(day.year), month=day.month, day=day.day)

    def day(self, at: datetime, *, timezone: str) -> str:
        """The day of a moment, by the clock of an IANA time zone."""
        return self.date(at.astimezone(ZoneInfo(timezone)).date())

    def moment(self, at: datetime, *, timezone: str) -> str:
        """A moment to the minute, by the clock of an IANA time zone."""
        local = at.astimezone(ZoneInfo(timezone))
        return self.say("moment", date=self.date(local.date()), time=f"{local:%H:%M}")

    def percent(self, share: float) -> str:
        """A share of 0 to 1 in whole per cent; what is neither 0 nor 1 never looks like it."""
        whole = round(share * 100)
        if 0 < share < 1:
            whole = min(max(whole, 1), 99)
        return self.say("percent", n=whole)

    def language_name(self, tag: str) -> str:
        """What the language of a BCP 47 tag is called; the tag, if it has no name.

        A region or script that has no name of its own is left out: "en-GB" may be just "English".

        Source: Unicode CLDR, as packed by Babel.
        """
        names = Locale.parse(self.language, sep="-").languages
        parts = tag.split("-")
        known = ("_".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((names[each] for each in known if each in names), tag)

    def wait(self, seconds: float) -> str:
        """A span of time, rounded up to the unit that people would choose."""
        if seconds < 60:
            return self.say("seconds", n=max(1, round(seconds)))
        if seconds < 3600:
            return self.say("minutes", n=-(-int(seconds) // 60))
        return self.say("hours", n=-(-int(seconds) // 3600))

    def error(
        self,
        error: CommonplaceError | Failure,
        *,
        now: datetime | None = None,
        next_step: Literal["next", "next-in-shell"] = "next",
    ) -> str:
        """What went wrong, and what to do: the sentence of the error's code, `error-CODE`.

        What to write instead, what to look at next and how long to wait follow on lines of their
        own, where they are known; the wait of a failure, only if it is told what time it is `now`.

        Args:
            error: what went wrong.
            now: the present moment.
            next_step: which attribute of the message says what to look at: a command of the chat,
                or one of the command line.
        """
        facts: dict[str, Value] = {**MISSING_FACTS, **error.facts}
        message = f"error-{error.code}"
        if facts["suggestions"] and self.has(f"{message}-near"):
            message += "-near"
        lines = [self.say(message if self.has(message) else "error-internal", **facts)]
        if facts["suggestion"]:
            lines.append(self.say("error-try", **facts))
        elif self.has_attribute(message, next_step):
            lines.append(self.say(f"{message}.{next_step}"))
        if wait_s := _wait_s(error, now):
            lines.append(self.say("error-wait", wait=self.wait(wait_s)))
        return "\n".join(lines)


# Facts that sentences choose by or mention, for an error that could not know them.
_MENTIONED = (
    *("reason", "what", "part", "name", "number", "suggestion", "suggestions"),
    *("key", "found", "expected", "where", "file", "line", "model", "limit"),
    *("problem",),
    *("texts", "examples", "least-texts", "least-examples"),
    *("place", "extra"),
)
MISSING_FACTS: Mapping[str, Value] = dict.fromkeys(_MENTIONED, "")


def _wait_s(error: CommonplaceError | Failure, now: datetime | None) -> float:
    """Seconds before which trying again is no use; 0 if nobody knows."""
    if isinstance(error, LaterError):
        return error.retry_after_s or 0
    if isinstance(error, Failure) and error.retry_at is not None and now is not None:
        return max(0.0, (error.retry_at - now).total_seconds())
    return 0


class _Book:
    """The messages of one language; each is parsed when it is first said, since most never are."""

    def __init__(self, language: Language) -> None:
        folder = resources.files("bot") / "locales" / language
        self._bundle = FluentBundle([language], use_isolating=False)
        self._sources = {
            entry[1]: entry[0]
            for file in sorted(folder.iterdir(), key=lambda each: each.name)
            if file.name.endswith(".ftl")
            for entry in _ENTRY.finditer(file.read_text(encoding="utf-8"))
        }

    def find(self, message: str) -> Any:
        """The parsed message; None if there is none of this id."""
        if not self._bundle.has_message(message):
            if message not in self._sources:
                return None
            self._bundle.add_resource(FluentResource(self._sources[message]))
        return self._bundle.get_message(message)

    def format(self, pattern: Any, values: dict[str, Value]) -> tuple[str, Sequence[Exception]]:
        """A pattern of one of its messages with its variables filled in, and what was wrong."""
        words, problems = self._bundle.format_pattern(pattern, values)
        return str(words), problems


_ENTRY = re.compile(r"^([a-zA-Z][\w-]*) *=.*(?:\n(?:[ \t}].*)?)*", re.MULTILINE)
_book = cache(_Book)
