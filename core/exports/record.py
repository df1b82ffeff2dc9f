"""What is told of one item in every form of an export: flat, without people, for people.

Decided and suggested labels stand apart. The names of `Record`'s fields are the columns of tables;
what they mean is in the locale files (`export-column-NAME`) for whoever gets them.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime

from core.domain import Document, Item, LabelStatus, Link, PastedText
from core.soundness import sound, sound_or_none


@dataclass(frozen=True, slots=True)
class Record:
    """One item, told.

    Attributes:
        number: what people call it.
        id: that an import gave; None: none did.
        labels: paths of confirmed labels, in taxonomy order like the other three.
        suggested, disputed, rejected: the others; a model's suggestion is no decision.
        none_fits: what was decided about that no label fits.
        shares: how many members handed it in.
        story: the same for items that tell the same text; None: no other one does.
        summary: whole sentences of the source; generated: what a model wrote in their place.
        notes: what members wrote beside it, of those who let their words be used.
        text: in full, if it was asked for.
    """

    number: int
    id: str | None
    title: str
    url: str | None
    site: str | None
    author: str | None
    published_at: date | None
    language: str | None
    media: str | None
    received_at: datetime
    shares: int
    story: int | None
    labels: tuple[str, ...]
    suggested: tuple[str, ...]
    disputed: tuple[str, ...]
    rejected: tuple[str, ...]
    none_fits: str | None
    summary: str | None
    generated: str | None
    notes: tuple[str, ...] = ()
    text: str | None = None


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Record))
"""In the order in which tables have them."""


def record_of(item: Item, *, notes: Collection[str] = (), with_text: bool = False) -> Record:
    """Tell an item.

    Args:
        item: as it stands.
        notes: those that may be told.
        with_text: tell the whole text, too.
    """
    summary = item.summary
    # what is not fetched yet has a title and nothing else
    document = item.document or Document("", title=item.title)

    def labelled(status: LabelStatus) -> tuple[str, ...]:
        return tuple(label.path for label in item.labels if label.status is status)

    return Record(
        number=item.number,
        id=item.external_id,
        title=_line(item.title) or "",
        url=sound_or_none(url_of(item)),
        site=_line(document.site),
        # a pasted text or a file may name the member who wrote it
        author=None if is_own_words(item) else _line(document.author),
        published_at=document.published_on,
        language=document.language,
        media=document.media if item.document else None,
        received_at=item.received_at,
        shares=item.shares,
        story=item.story,
        labels=labelled(LabelStatus.CONFIRMED),
        suggested=labelled(LabelStatus.SUGGESTED),
        disputed=labelled(LabelStatus.DISPUTED),
        rejected=labelled(LabelStatus.REJECTED),
        none_fits=None if item.none_fits is None else item.none_fits.value,
        summary=None if summary is None else sound(summary.text),
        generated=None if summary is None else sound_or_none(summary.generated),
        notes=tuple(sound(note) for note in notes),
        text=sound(document.text) if with_text and item.document else None,
    )


def _line(words: str | None) -> str | None:
    """Words on one line."""
    return None if words is None else " ".join(sound(words).split())


def url_of(item: Item) -> str | None:
    """The address by which others find it: the canonical one, else as it was given."""
    if item.document is not None and (url := item.document.canonical_url or item.document.url):
        return url
    match item.given:
        case Link(url) | PastedText(url=url):
            return url
        case _:
            return None


def is_own_words(item: Item) -> bool:
    """Whether a member handed in words instead of an address: a text without one, or a file."""
    match item.given:
        case Link():
            return False
        case PastedText(url=url):
            return not url
        case _:
            return True
