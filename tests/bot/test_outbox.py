"""What is written down before it is sent is read back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Button, Line, Picture, Reply, Span, Style
from bot.outbox import decode, encode
from core.domain import SentFile

words = st.text(max_size=12)
spans = st.builds(Span, words, st.sampled_from(Style), st.none() | words)
lines = st.builds(
    Line, st.lists(spans).map(tuple), st.lists(spans, max_size=1).map(tuple), st.integers(0, 3),
    st.booleans(),
)  # fmt: skip
files = st.builds(SentFile, words, st.binary(max_size=9)) | st.builds(
    Picture, words, st.binary(max_size=9), words
)
replies = st.builds(
    Reply,
    st.lists(lines, max_size=3).map(tuple),
    st.lists(
        st.lists(st.builds(Button, words, words, st.none() | words), max_size=2).map(tuple),
        max_size=2,
    ).map(tuple),
    asks=st.booleans(),
    previews=st.none() | words,
    files=st.lists(files, max_size=2).map(tuple),
)


@given(replies, st.none() | replies)
def test_a_reply_survives_a_restart(reply, late):
    """Words, buttons and files, with what is said when it is too late."""
    assert decode(encode(reply, late=late)) == (reply, late)
