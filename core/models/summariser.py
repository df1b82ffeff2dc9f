"""The summariser: a text's own sentences, chosen by `core.models.extracting`.

What that room knows about menus, bylines and captions is some hundred patterns; they are compiled
when the first text comes, not when the program starts.
"""

from core.domain import Summary


class ExtractiveSummariser:
    """Chooses whole sentences of a text, in their order, up to a length.

    Args:
        max_characters: the longest summary, in Chinese characters; three letters of another script
            count as one, so that languages get about the same content.
    """

    def __init__(self, *, max_characters: int = 220) -> None:
        self._max_units = max_characters

    @property
    def method(self) -> str:
        """Name and version of the rules, and the length."""
        return f"extractive@1/{self._max_units}"

    def summarise(self, text: str, *, title: str | None = None) -> Summary:
        """Choose sentences.

        Args:
            text: paragraphs separated by newlines; of a very long one, the beginning is read
                (`core.models.extracting.MAX_READ`).
            title: helps to choose; never quoted where there is more to quote.

        Returns:
            Sentences in their order with their offsets. A short text is its own summary, without
            what is not text; if a single sentence is longer than the length, it stands alone.
            Empty only for a text without letters and digits.
        """
        from core.models.extracting import extract

        return Summary(extract(text, title=title, max_units=self._max_units), self.method)
