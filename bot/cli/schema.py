"""`schema`: the database, told for those who read it with SQL."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.cli.frame import Frame, print_json, shared_options
from bot.cli.page import Page
from bot.texts import Texts

if TYPE_CHECKING:
    from core.store.describing import TableTold


@click.command(cls=Page)
@click.argument("names", metavar="[TABLE]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def schema(frame: Frame, names: tuple[str, ...], *, as_json: bool) -> None:
    """Print views and tables with what their columns mean."""
    from core.store.describing import rules
    from core.store.describing import schema as told

    texts, all_tables = frame.texts, told()
    known = {table.name for table in all_tables}
    for name in names:
        if name not in known:
            raise click.UsageError(
                texts.say("schema-unknown", name=name, known=", ".join(sorted(known)))
            )
    wanted = [table for table in all_tables if not names or table.name in names]
    if as_json:
        print_json([asdict(table) for table in wanted])
        return
    if not names:
        click.echo(texts.say("schema-about", file=str(frame.settings().data / "commonplace.db")))
        for rule in rules():
            click.echo(f"- {rule}")
    for table in wanted:
        _print(table, texts)


def _print(table: "TableTold", texts: Texts) -> None:
    kind = texts.say("schema-view" if table.is_view else "schema-table")
    click.secho(f"\n{table.name}", bold=True, nl=False)
    click.echo(f"  ({kind})\n  {table.about}")
    width = max(len(column.name) for column in table.columns)
    for column in table.columns:
        facts = [
            column.kind,
            texts.say("schema-key") if column.is_key else "",
            f"→ {column.refers}" if column.refers else "",
            texts.say("schema-null") if column.can_be_null and not table.is_view else "",
        ]
        told = " ".join(each for each in facts if each)
        about = " — ".join(each for each in (told, column.about) if each)
        click.echo(f"    {click.style(column.name.ljust(width), fg='cyan')}  {about}")
