"""How the command line looks: help pages in the reader's language, and commands loaded when called.

Click parses; this module only lays out. Every word comes from `locales/*/cli.ftl` by the name of
the command: `cli-NAME` is the line in the list, `cli-NAME-more` what its own page adds,
`cli-NAME-examples` one example a line, and an option's help is the id given as its `help`.
"""

import importlib
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from bot.texts import Texts

if TYPE_CHECKING:  # rich is imported when a page is laid out, not when a command runs
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

NAME = "commonplace"


class Page(click.Command):
    """A command whose `--help` is laid out by us, in the reader's language."""

    def get_help(self, ctx: click.Context) -> str:
        """The page as text, coloured if the terminal can show it."""
        return _printed(self.page(ctx, ctx.find_root().obj.texts))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, in the reader's language like the rest."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "cli-option-help"
        return option

    def page(self, ctx: click.Context, texts: Texts) -> "Group":
        """Usage, what it does, arguments and options, examples."""
        from rich.console import Group
        from rich.text import Text

        usage = " ".join([ctx.command_path, *self.collect_usage_pieces(ctx)])
        return Group(
            Text(usage, style="bold"),
            _paragraph(texts.say(f"cli-{self.name}")),
            *([_paragraph(texts.say(more))] if texts.has(more := f"cli-{self.name}-more") else []),
            *self._options(ctx, texts),
            *_examples(texts, f"cli-{self.name}-examples"),
        )

    def _options(self, ctx: click.Context, texts: Texts) -> "list[Text | Padding]":
        rows: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option) and not parameter.hidden:
                value = "" if parameter.is_flag else f" {parameter.make_metavar(ctx)}"
                rows.append((", ".join(parameter.opts) + value, texts.say(parameter.help or "")))
        return _section(texts.say("cli-options"), rows)


class Book(Page, click.Group):
    """The root: a page of commands by chapter; a command's module is imported when it is called."""

    def __init__(
        self, *, chapters: Mapping[str, Sequence[str]], modules: Mapping[str, str], **attrs: object
    ) -> None:
        """Take chapters (heading id -> names), and modules (name -> "module:attribute")."""
        super().__init__(**attrs)  # type: ignore[arg-type]  # click's own keywords pass through
        self.chapters = chapters
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the page."""
        del ctx
        return [name for names in self.chapters.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None if there is no such name."""
        del ctx
        if cmd_name not in self.modules:
            return None
        module, _, attribute = self.modules[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def page(self, ctx: click.Context, texts: Texts) -> "Group":
        """The first page that anybody reads."""
        from rich.console import Group
        from rich.text import Text

        title = Text.assemble(
            ("Commonplace", "bold green"), (f"  {texts.say('cli-tagline')}", "default")
        )
        start = Text.assemble(
            (f"  {NAME} chat", "bold"), ("   " + texts.say("cli-start-here"), "dim")
        )
        chapters = [
            row
            for heading, names in self.chapters.items()
            for row in _section(
                texts.say(heading), [(name, texts.say(f"cli-{name}")) for name in names]
            )
        ]
        return Group(
            title,
            _paragraph(texts.say("cli-intro")),
            Text(),
            start,
            *chapters,
            *self._options(ctx, texts),
            _paragraph(texts.say("cli-footer", command=f"{NAME} chat --help")),
        )


def _paragraph(words: str) -> "Padding":
    from rich.padding import Padding
    from rich.text import Text

    # line breaks of the locale file are not the terminal's; Chinese is joined without a space
    joined = re.sub(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])", "", words).replace("\n", " ")
    return Padding(Text(joined), (1, 0, 0, 2))


def _section(heading: str, rows: Sequence[tuple[str, str]]) -> "list[Text | Padding]":
    from rich.cells import cell_len
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return []
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, min_width=max(12, *(min(26, cell_len(row[0])) for row in rows)))
    table.add_column()
    for left, right in rows:
        table.add_row(Text(left, style="cyan"), Text(right))
    return [Text(f"\n{heading}", style="bold"), Padding(table, (0, 0, 0, 2))]


def _examples(texts: Texts, message: str) -> "list[Text | Padding]":
    from rich.padding import Padding
    from rich.text import Text

    if not texts.has(message):
        return []
    lines = Text("\n".join(texts.say(message).splitlines()), style="green")
    return [Text(f"\n{texts.say('cli-examples')}", style="bold"), Padding(lines, (0, 0, 0, 2))]


def _printed(page: "Group") -> str:
    from rich.console import Console

    console = Console(width=min(Console().width, 100), highlight=False)
    with console.capture() as capture:
        console.print(page)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()).strip()
