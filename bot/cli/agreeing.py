"""`agreement`: how far people agree who judged the same things, from any table."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot.cli.frame import Frame, fail, print_json, shared_options
from bot.cli.page import Page
from bot.texts import Texts
from core.agreement import TIMES, Agreement, Kappa, agreement, grouped, kappas
from core.errors import CommonplaceError
from core.judgement_file import read_judgements
from core.taxonomy import dimension_of

WIDTH = 110  # of what goes to a file
PAIRS = 20  # of raters that people are shown; scripts get all


@click.command(cls=Page, name="agreement")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option(
    "--times", type=click.IntRange(0, 100_000), default=TIMES, help="cli-option-agreement-times"
)
@click.option("--seed", type=click.IntRange(0), default=0, help="cli-option-agreement-seed")
@click.option("--json", "as_json", is_flag=True, help="cli-option-json")
@shared_options
def agreement_(frame: Frame, file: Path, times: int, seed: int, *, as_json: bool) -> None:
    """Measure how far people agree."""
    try:
        judgements = read_judgements(file)
    except CommonplaceError as error:
        fail(error, texts=frame.texts, as_json=as_json)
    whole = agreement(judgements, times=times, seed=seed)
    labels = grouped(judgements, lambda each: each.label, times=times, seed=seed)
    dimensions = grouped(judgements, lambda each: dimension_of(each.label), times=times, seed=seed)
    if set(dimensions) == set(labels):  # names without a path in them
        dimensions = {}
    pairs = kappas(judgements, times=times, seed=seed)
    if as_json:
        print_json(
            {
                **agreement_json(whole),
                "dimensions": {name: agreement_json(each) for name, each in dimensions.items()},
                "labels": {name: agreement_json(each) for name, each in labels.items()},
                "pairs": [kappa_json(each) for each in pairs],
            }
        )
    else:
        click.echo(_report(whole, dimensions, labels, pairs, frame.texts))


def agreement_json(found: Agreement) -> dict[str, Any]:
    """Agreement as scripts see it."""
    return {
        "alpha": _rounded(found.alpha),
        "interval": _interval(found.low, found.high),
        "percent_agreement": _rounded(found.percent_agreement),
        "items": found.items,
        "units": found.units,
        "judgements": found.judgements,
        "raters": found.raters,
        "reason": found.reason,
    }


def kappa_json(found: Kappa) -> dict[str, Any]:
    """A pair of raters as scripts see it."""
    return {
        "raters": list(found.raters),
        "kappa": _rounded(found.kappa),
        "interval": _interval(found.low, found.high),
        "percent_agreement": _rounded(found.percent_agreement),
        "items": found.items,
        "units": found.units,
        "reason": found.reason,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _interval(low: float | None, high: float | None) -> list[float] | None:
    return None if low is None or high is None else [round(low, 6), round(high, 6)]


# ── for people ───────────────────────────────────────────────────────────────────────────────────


def _report(
    whole: Agreement,
    dimensions: Mapping[str, Agreement],
    labels: Mapping[str, Agreement],
    pairs: tuple[Kappa, ...],
    texts: Texts,
) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    def table(*columns: str) -> Table:
        made = Table(box=SIMPLE_HEAD, pad_edge=False)
        for place, column in enumerate(columns):
            heading = texts.say(f"cli-agreement-{column}")
            made.add_column(heading, justify="right" if place else "left", overflow="fold")
        return made

    figures = table("label", "alpha", "interval", "percent", "items", "raters")
    rows = {texts.say("agreement-csv-all"): whole} | dict(dimensions) | dict(labels)
    for name, each in rows.items():
        figures.add_row(
            _plain(name),
            _two(each.alpha),
            _span(each.low, each.high),
            _percent(each.percent_agreement, texts),
            str(each.items),
            str(each.raters),
        )
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False)
    with console.capture() as capture:
        console.print(figures)
        for name, each in rows.items():
            if each.reason is not None:
                console.print(f"{name}: {texts.say(f'agreement-reason-{each.reason}')}")
        if pairs:
            two = table("pair", "kappa", "interval", "percent", "items")
            for pair in pairs[:PAIRS]:
                two.add_row(
                    _plain(" – ".join(map(str, pair.raters))),
                    _two(pair.kappa),
                    _span(pair.low, pair.high),
                    _percent(pair.percent_agreement, texts),
                    str(pair.items),
                )
            console.print(two)
            if len(pairs) > PAIRS:
                console.print(texts.say("cli-agreement-more-pairs", n=len(pairs) - PAIRS))
    return capture.get().rstrip()


def _plain(name: str) -> str:
    return "".join(each if each.isprintable() else " " for each in name)


def _two(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _span(low: float | None, high: float | None) -> str:
    return "—" if low is None or high is None else f"{low:.3f} … {high:.3f}"


def _percent(share: float | None, texts: Texts) -> str:
    return "—" if share is None else texts.percent(share)
