"""Words in pictures: how lines become paragraphs, and what is said when nothing can be read."""

import sys

import pytest

from core.domain import Resource, SentFile
from core.errors import ModelUnavailable, TooLarge, UnsupportedType
from core.sources import Reader, ReadLimits
from core.sources.picture import Read, extract, paragraphs
from tests.core.sources.picture_samples import CAN_READ, make_picture


def line(top: float, text: str, *, left: float = 0) -> Read:
    return Read(top, top + 40, left, text)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [line(0, "Workers marched"), line(50, "on Sunday.")],
            ["Workers marched on Sunday."],
            id="lines-of-one-paragraph",
        ),
        pytest.param(
            [line(0, "移工團體今天"), line(50, "在凱道集結。")],
            ["移工團體今天在凱道集結。"],
            id="chinese-without-a-space",
        ),
        pytest.param(
            [line(0, "標題"), line(120, "內文")], ["標題", "內文"], id="a-gap-begins-a-paragraph"
        ),
        pytest.param(
            [line(50, "第二行"), line(0, "第一行")], ["第一行第二行"], id="from-top-to-bottom"
        ),
    ],
)
def test_lines_become_paragraphs(lines, expected):
    """By how far they stand apart."""
    assert paragraphs(lines) == expected


def test_a_picture_of_too_many_points_is_not_unpacked():
    """A small file can hold a very large one."""
    with pytest.raises(TooLarge) as caught:
        extract(Resource(make_picture("words")), ReadLimits(max_picture_points=1000))

    assert caught.value.facts == {"what": "points", "limit": 1000}


def test_without_the_setting_a_picture_is_of_a_kind_that_is_not_read():
    """As before."""
    reader = Reader(None)

    with pytest.raises(UnsupportedType) as caught:
        reader.read(SentFile("photo.png", make_picture("words")))

    assert caught.value.facts["found"] == "PNG image"
    reader.close()


@pytest.mark.skipif(not CAN_READ, reason="the system lacks libGL or glib")
def test_with_the_setting_its_words_are_read():
    """In a process of its own, which has more memory than that for pages."""
    reader = Reader(None, limits=ReadLimits(reads_pictures=True))

    document = reader.read(SentFile("photo.png", make_picture("Workers marched on Sunday.")))

    assert document.text == "Workers marched on Sunday."
    assert document.media == "picture"
    reader.close()


@pytest.mark.parametrize("module", ["PIL", "rapidocr_onnxruntime"])
def test_what_is_not_installed_is_named_with_the_way_to_get_it(monkeypatch, module):
    """The operator can act on it."""
    from core.sources import picture

    picture._engine.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(ModelUnavailable, match=r"pip install"):
        extract(Resource(PICTURE), ReadLimits())


PICTURE = make_picture("words")
