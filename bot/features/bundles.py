"""What the messages that came together are: things to keep, and what is said about them.

Pure rules. A thought arrives in pieces: a comment and then the forward it is about, an article
forwarded as five messages, an album. So, of the messages of one member in one place:

1. Messages of one album are one message.
2. A message with links and few other words is those links, each an item, the words a note. One with
   files is those files. Any other text is an item itself if it is long enough, was forwarded, or
   stands under a picture.
3. Texts forwarded in a row from one origin are one text, unless they are more than a thought.
4. What is left are words, as is a member's own text beside something else; they are a note on
   the thing that follows them, else on the one before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.chat import Attachment, Origin, Wrote
from core.domain import Link, MessageRef, PastedText, SentFile
from core.sources.urls import find_links

SHORTEST_TEXT = 40
"""A text of fewer reading units (a Chinese character is one, any other word two) is rather words
about something, or something to look for, than something to keep. A judgement, not tuned."""

LONGEST_NOTE = 200
"""A text with links is a note about them if it has at most so many units besides; a longer one is
an article that mentions links. A judgement, not tuned."""

ONE_THOUGHT = 5
"""So many forwarded texts in a row are one thing; more are a collection. A judgement."""

_SEEN_ONLY = ("image/", "video/", "audio/")  # pictures first: their words may be read

Given = Link | PastedText | SentFile | Attachment


@dataclass(frozen=True, slots=True)
class Bundle:
    """What becomes one item.

    Attributes:
        given: what is to be kept.
        message: the message that brought it.
        note: what the member said about it, and where it was forwarded from.
        parts: each message and its text, for a text that came in several.
        also: further messages that belong to it: comments, the rest of an album.
    """

    given: Given
    message: MessageRef
    note: str | None = None
    parts: tuple[tuple[MessageRef, str], ...] = ()
    also: tuple[MessageRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A message that is nothing to keep by itself; `has_picture`: with something nobody reads."""

    message: MessageRef
    text: str
    has_picture: bool = False


def bundles(
    pieces: Iterable[Wrote], *, reads_pictures: bool = False
) -> tuple[list[Bundle], list[Words]]:
    """Tell what messages are.

    Args:
        pieces: of one member in one place, in the order in which they came.
        reads_pictures: a picture is something to keep, for the words in it.

    Returns:
        What is to be kept; and the words that are about nothing of it, which are there only if
        nothing is to be kept.
    """
    found: list[Bundle | Words] = []
    for piece in _whole_albums(pieces):
        found += _of_message(piece, reads_pictures=reads_pictures)
    found = _comments(_one_text_each(found))
    if not any(isinstance(each, Bundle) for each in found):
        return [], [each for each in found if isinstance(each, Words)]
    return _with_notes(found), []


def has_link(piece: Wrote) -> bool:
    """Whether a message has an address in it."""
    return bool(find_links(piece.text))


def units(text: str) -> int:
    """Reading units: a wide character counts one, a run of others two."""
    wide = sum(character > "\u2e7f" for character in text)
    others = "".join(" " if character > "\u2e7f" else character for character in text)
    return wide + 2 * len(others.split())


# ── 1: albums ────────────────────────────────────────────────────────────────────────────────────


def _whole_albums(pieces: Iterable[Wrote]) -> list[tuple[Wrote, tuple[MessageRef, ...]]]:
    """Each message, and the further ones of its album."""
    whole: list[tuple[Wrote, tuple[MessageRef, ...]]] = []
    at: dict[str, int] = {}
    for piece in pieces:
        if piece.album is not None and piece.album in at:
            first, others = whole[at[piece.album]]
            text = "\n".join(each for each in (first.text, piece.text) if each)
            joined = replace(first, text=text, files=(*first.files, *piece.files))
            whole[at[piece.album]] = (joined, (*others, piece.message))
            continue
        if piece.album is not None:
            at[piece.album] = len(whole)
        whole.append((piece, ()))
    return whole


# ── 2: messages ──────────────────────────────────────────────────────────────────────────────────


def _of_message(
    whole: tuple[Wrote, tuple[MessageRef, ...]], *, reads_pictures: bool
) -> list[Bundle | Words]:
    piece, also = whole
    if piece.about is not None and not has_link(piece) and not piece.files:
        return _of_answer(piece, piece.about, reads_pictures=reads_pictures)
    text = piece.text.strip()
    seen_only = _SEEN_ONLY[reads_pictures:]
    readable = [file for file in piece.files if not _is_of(file, seen_only)]
    if readable:
        note = _note(piece.origin, text)
        return [Bundle(file, piece.message, note, also=also) for file in readable]
    links = find_links(text)
    rest = text
    for link in links:
        rest = rest.replace(link, " ").replace(link.removeprefix("https://"), " ")
    if links and units(rest) <= LONGEST_NOTE:
        says_something = any(character.isalnum() for character in rest)
        note = _note(piece.origin, text if says_something else "")
        return [Bundle(Link(link), piece.message, note, also=also) for link in links]
    if units(text) >= SHORTEST_TEXT or (text and (piece.origin is not None or piece.files)):
        url = piece.origin.link if piece.origin is not None else None
        given = PastedText(text, url=url)
        parts = ((piece.message, text),) if piece.origin is not None else ()
        return [Bundle(given, piece.message, _note(piece.origin, ""), parts, also)]
    return [Words(piece.message, text, has_picture=bool(piece.files))]


def _of_answer(piece: Wrote, about: Wrote, *, reads_pictures: bool) -> list[Bundle | Words]:
    """An answer to a message that holds something to keep: what is said is about that."""
    said_there = _of_message((about, ()), reads_pictures=reads_pictures)
    found = [each for each in said_there if isinstance(each, Bundle)]
    if not found:
        return _of_message((replace(piece, about=None), ()), reads_pictures=reads_pictures)
    said = piece.text.strip()
    return [
        replace(each, note=_joined(each.note, said), also=(*each.also, piece.message))
        for each in found
    ]


def _is_of(file: SentFile | Attachment, kinds: tuple[str, ...]) -> bool:
    """Whether a file is of one of these kinds, as its platform declares it."""
    return isinstance(file, Attachment) and (file.media_type or "").startswith(kinds)


def _note(origin: Origin | None, text: str) -> str | None:
    return _joined(f"↪ {origin.name}" if origin is not None and origin.name else None, text)


def _joined(*notes: str | None) -> str | None:
    return "\n".join(each for each in notes if each) or None


# ── 3: texts in a row ────────────────────────────────────────────────────────────────────────────


def _one_text_each(found: Sequence[Bundle | Words]) -> list[Bundle | Words]:
    """Texts forwarded in a row from one origin become one."""
    whole: list[Bundle | Words] = []
    for origin, row in groupby(found, key=_origin_of_text):
        texts = list(row)
        if origin is None or not 1 < len(texts) <= ONE_THOUGHT:
            whole += texts
            continue
        parts = tuple(part for each in texts if isinstance(each, Bundle) for part in each.parts)
        (first, *_) = texts
        assert isinstance(first, Bundle)
        given = PastedText("\n".join(text for _, text in parts))
        whole.append(replace(first, given=given, parts=parts))
    return whole


def _origin_of_text(each: Bundle | Words) -> str | None:
    """What forwarded texts must share to be one: the note that names their origin."""
    if isinstance(each, Bundle) and each.parts:
        return each.note or ""
    return None


# ── 4: words ─────────────────────────────────────────────────────────────────────────────────────


def _comments(found: Sequence[Bundle | Words]) -> list[Bundle | Words]:
    """A member's own text beside something else is words about it, unless it is long."""
    if all(_own_text(each) is not None for each in found if isinstance(each, Bundle)):
        return list(found)
    return [
        each
        if isinstance(each, Words) or (own := _own_text(each)) is None or units(own) > LONGEST_NOTE
        else Words(each.message, own)
        for each in found
    ]


def _own_text(bundle: Bundle) -> str | None:
    """What a member wrote themself, if that is what is to be kept."""
    given = bundle.given
    return given.text if isinstance(given, PastedText) and not bundle.parts else None


def _with_notes(found: Sequence[Bundle | Words]) -> list[Bundle]:
    """Give words to the thing that follows them, else to the one before."""
    noted: list[Bundle] = []
    waiting: list[Words] = []
    for each in found:
        if isinstance(each, Words):
            waiting.append(each)
            continue
        noted.append(_say(each, waiting))
        waiting = []
    if waiting:
        noted[-1] = _say(noted[-1], waiting)
    return noted


def _say(bundle: Bundle, words: Sequence[Words]) -> Bundle:
    return replace(
        bundle,
        note=_joined(bundle.note, *(each.text for each in words)),
        also=(*bundle.also, *(each.message for each in words)),
    )
