"""Texts to token numbers for the built-in encoders: words in pieces, Chinese in pieces of its own.

A text is spelled in Simplified characters first. Stretches of Chinese are cut into the likeliest
sequence of pieces (unigram model, Viterbi); everything in between goes through a WordPiece
tokenizer (uncased). A character that is in neither becomes the token for the unknown.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.folding import to_simplified

if TYPE_CHECKING:
    from tokenizers import Tokenizer as WordPiece

WORDPIECE_FILE = "wordpiece.json"
PIECES_FILE = "pieces.tsv"

UNKNOWN, START, END = 100, 101, 102
"""BERT's numbers for [UNK], [CLS] and [SEP]; [PAD] is 0."""

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_UNKNOWN_PENALTY = 10.0
"""How far below the rarest piece an unknown character scores (as SentencePiece does)."""

_CHARACTERS_PER_TOKEN = 16
"""No ordinary text has longer tokens on average, so what lies beyond is cut before any work."""


class Pieces:
    """A unigram model of Chinese.

    Args:
        scores: log probability of each piece, in the order of their numbers.
        first: number of the first piece.

    Source: Kudo 2018, arXiv:1804.10959, section 3.2 (the Viterbi segmentation only).
    """

    def __init__(self, scores: dict[str, float], *, first: int) -> None:
        self._numbers = {piece: first + index for index, piece in enumerate(scores)}
        self._scores = scores
        self._unknown = min(scores.values()) - _UNKNOWN_PENALTY
        self._longest: dict[str, int] = {}
        for piece in scores:
            self._longest[piece[0]] = max(len(piece), self._longest.get(piece[0], 1))

    def cut(self, run: str) -> list[int]:
        """The likeliest pieces that make up a stretch of Chinese, as numbers."""
        size = len(run)
        best = [0.0] + [float("-inf")] * size  # of run[:end], by end
        begin = [0] * (size + 1)  # where its last piece begins
        scores, longest, unknown = self._scores, self._longest, self._unknown
        for start, character in enumerate(run):
            so_far = best[start]
            score = so_far + scores.get(character, unknown)
            if score > best[start + 1]:
                best[start + 1], begin[start + 1] = score, start
            for end in range(start + 2, min(start + longest.get(character, 1), size) + 1):
                piece = scores.get(run[start:end])
                if piece is not None and so_far + piece > best[end]:
                    best[end], begin[end] = so_far + piece, start
        numbers: list[int] = []
        end = size
        while end:
            numbers.append(self._numbers.get(run[begin[end] : end], UNKNOWN))
            end = begin[end]
        return numbers[::-1]


def tokenizer_files(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The tokenizer's files in a folder with this configuration; both, if it says nothing."""
    own = config.get("commonplace")
    kind = own.get("tokenizer") if isinstance(own, dict) else None
    return (WORDPIECE_FILE,) if kind == "wordpiece" else (WORDPIECE_FILE, PIECES_FILE)


class BilingualTokenizer:
    """Reads its files on first use.

    Args:
        folder: holds `wordpiece.json` (a `tokenizers` file) and, if Chinese is cut into pieces of
            its own, `pieces.tsv` (piece, log score; a piece's number is its line after the numbers
            of the first file). Without it, the first file knows Chinese too, in small letters.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._parts: tuple[WordPiece, Pieces | None] | None = None

    def load(self) -> None:
        """Read the files now.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        self._load()

    def encode(self, texts: Sequence[str], *, max_tokens: int) -> list[list[int]]:
        """Turn texts into token numbers.

        Args:
            texts: any texts; nothing in them is taken for a special token.
            max_tokens: what each is cut to, the opening and the closing token included; at least 2.

        Returns:
            Numbers for each text, without padding.
        """
        wordpiece, pieces = self._load()
        room = max_tokens - 2
        return [[START, *_numbers(text, room, wordpiece, pieces), END] for text in texts]

    def _load(self) -> "tuple[WordPiece, Pieces | None]":
        with self._lock:
            if self._parts is None:
                self._parts = _read(self._folder)
            return self._parts


def _read(folder: Path) -> "tuple[WordPiece, Pieces | None]":
    from tokenizers import Tokenizer as WordPiece

    wordpiece = WordPiece.from_str((folder / WORDPIECE_FILE).read_text(encoding="utf-8"))
    wordpiece.no_padding()
    wordpiece.no_truncation()
    wordpiece.encode_special_tokens = True  # "[SEP]" in a text is five characters, not the end
    if not (folder / PIECES_FILE).is_file():
        return wordpiece, None
    scores: dict[str, float] = {}
    for line in (folder / PIECES_FILE).read_text(encoding="utf-8").splitlines():
        piece, _, score = line.partition("\t")
        scores[piece] = float(score)
    return wordpiece, Pieces(scores, first=wordpiece.get_vocab_size())


def _numbers(text: str, room: int, wordpiece: "WordPiece", pieces: Pieces | None) -> list[int]:
    simplified = to_simplified(text[: room * _CHARACTERS_PER_TOKEN])
    if pieces is None:
        whole: list[int] = wordpiece.encode(simplified.lower(), add_special_tokens=False).ids
        return whole[:room]
    numbers: list[int] = []
    done = 0
    for run in _CHINESE.finditer(simplified):
        if len(numbers) >= room:
            break
        between = simplified[done : run.start()]
        if between and not between.isspace():
            numbers += wordpiece.encode(between, add_special_tokens=False).ids
        numbers += pieces.cut(run.group())
        done = run.end()
    else:
        numbers += wordpiece.encode(simplified[done:], add_special_tokens=False).ids
    return numbers[:room]
