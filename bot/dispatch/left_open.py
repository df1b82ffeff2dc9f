"""What the last answer to a member left open: a question, a next page, a text that was asked for.

It is held in memory only: after a restart buttons still say all they mean (`Button.does`), numbers
do not.
"""

from dataclasses import dataclass

from bot.chat import Button
from bot.texts import Texts


@dataclass(slots=True)
class LeftOpen:
    """It holds until the member's next event.

    Attributes:
        choices: buttons that are answered by number, label, yes or no.
        expects: a command that takes the next message as the rest of its argument.
        more: the command for the next page.
    """

    choices: tuple[Button, ...] = ()
    expects: str | None = None
    more: str | None = None

    def meant(self, text: str, texts: Texts) -> str | None:
        """The command that a message without a command's sign stands for, if any."""
        if chosen := self._chosen(text, texts):
            return chosen
        if not text:
            return self.more
        if self.expects:
            return f"{self.expects} {text}"
        number = text.removeprefix("#")
        return f"show {int(number)}" if number.isdecimal() and len(number) <= 9 else None

    def _chosen(self, text: str, texts: Texts) -> str | None:
        """What a typed number, label, yes or no stands for; None if it stands for nothing."""
        if text.isdecimal():
            return self.choices[int(text) - 1].does if 0 < int(text) <= len(self.choices) else None
        said = text.casefold()
        for button in self.choices:
            _, _, last = button.does.rpartition(" ")
            words = texts.words(f"answer-{last}") if last in ("yes", "no") else []
            if said in (button.label.casefold(), *words):
                return button.does
        return None
