"""What `commonplace evaluate` found, laid out for people and for scripts."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.texts import Texts
from core.bootstrap import Difference, Sample
from core.comparing import Comparison, Contest, Point
from core.evaluation import Evaluated
from core.figures import Figures, Measured, interval
from core.scores import Scores
from core.taxonomy import Taxonomy, localised

WIDTH = 110  # of what goes to a file
HEADLINE = "hierarchical_f1"
"""The figure that tells most in one number: a near miss counts half."""

_HIDDEN = ("answers",)


# ── for scripts ──────────────────────────────────────────────────────────────────────────────────


def rounded(found: Evaluated) -> dict[str, Any]:
    """A method's result, each number to four places; without what it said of each text."""
    return _rounded({key: each for key, each in asdict(found).items() if key not in _HIDDEN})


def figures_json(figures: Figures) -> dict[str, Any]:
    """Each figure with its 95 % interval."""
    return {name: _sample_json(sample) for name, sample in figures.items()}


def contests_json(contests: Sequence[Contest]) -> list[dict[str, Any]]:
    """Each comparison: gains of the first way, with 95 % intervals and one-sided p."""
    return [
        {
            "method": each.way,
            "against": each.against,
            "shots": each.shots,
            "gains": _gains_json(each.gains),
            "dimensions": {id_: _gains_json(gains) for id_, gains in each.dimensions.items()},
        }
        for each in contests
    ]


def comparison_json(found: Comparison) -> dict[str, Any]:
    """A whole curve."""
    return {
        "measured": found.measured,
        "learnable": found.learnable,
        "points": [
            {
                "method": each.way,
                "shots": each.shots,
                "learnt": round(each.learnt, 1),
                "model": each.model,
                "figures": figures_json(each.measured.whole),
                "dimensions": {
                    id_: figures_json(figures) for id_, figures in each.measured.dimensions.items()
                },
                "failed": each.failed,
                "learning_s": round(each.learning_s, 2),
                "labelling_s": round(each.labelling_s, 4),
            }
            for each in found.points
        ],
        "comparisons": contests_json(found.contests),
    }


def _sample_json(sample: Sample) -> dict[str, float]:
    low, high = interval(sample)
    return {"value": _short(float(sample.value)), "low": _short(low), "high": _short(high)}


def _gains_json(gains: Mapping[str, Difference]) -> dict[str, Any]:
    return {
        name: {
            "gain": _short(each.gain),
            "low": _short(each.low),
            "high": _short(each.high),
            "p": _short(each.p),
            "is_beyond_noise": each.is_beyond_noise,
        }
        for name, each in gains.items()
    }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    def short(value: Any) -> Any:
        match value:
            case float():
                return _short(value)
            case dict():
                return _rounded(value)
            case _:
                return value

    return {key: short(value) for key, value in values.items()}


def _short(value: float) -> float:
    return round(value, 4)


# ── for people ───────────────────────────────────────────────────────────────────────────────────


def lines(
    method: str, each: Evaluated, measured: Measured, tree: Taxonomy, texts: Texts
) -> list[str]:
    """The method, all together, each dimension, the calibration, the spread."""

    def told(name: str, scores: Scores) -> str:
        return texts.say(
            "cli-evaluated-row",
            name=name,
            texts=scores.texts,
            hierarchical=_share(scores.hierarchical_f1),
            micro=_share(scores.micro_f1),
            macro=_share(scores.macro_f1),
            exact=_share(scores.exact),
        )

    names = _names(tree, texts)
    found = [
        texts.say(
            "cli-evaluated",
            method=method,
            model=each.model or "—",
            seconds=round(each.seconds, 2),
        ),
        f"  {told(texts.say('cli-evaluated-all'), each.scores)}",
        *(f"  {told(names[id_], scores)}" for id_, scores in each.dimensions.items()),
    ]
    if "calibration_error" in measured.whole:
        error = float(measured.whole["calibration_error"].value)
        found.append(f"  {texts.say('evaluate-calibration', error=_share(error))}")
    if each.spread.runs > 1:
        spread = each.spread
        said = texts.say(
            "cli-evaluated-spread",
            runs=spread.runs,
            differing=_share(spread.differing),
            micro=_share(spread.micro_sd),
            macro=_share(spread.macro_sd),
        )
        found.append(f"  {said}")
    if each.failed:
        found.append(f"  {texts.say('cli-evaluated-failed', n=each.failed)}")
    return found


def contest_lines(contests: Sequence[Contest], texts: Texts) -> list[str]:
    """One line a comparison, by the headline figure."""
    return [
        texts.say(
            "evaluate-contest",
            method=each.way,
            against=each.against,
            shots=each.shots,
            gain=_points(gain.gain),
            low=_points(gain.low),
            high=_points(gain.high),
            verdict="noise" if not gain.is_beyond_noise else "better" if gain.gain > 0 else "worse",
        )
        for each in contests
        for gain in [each.gains[HEADLINE]]
    ]


def comparison_report(found: Comparison, tree: Taxonomy, texts: Texts) -> str:
    """Tables of the curve, of the dimensions, and who is better."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
        made = Table(box=SIMPLE_HEAD, pad_edge=False)
        for place, heading in enumerate(headings):
            made.add_column(heading, justify="right" if place else "left", overflow="fold")
        for row in rows:
            made.add_row(*row)
        return made

    columns = (
        "method",
        "shots",
        "learnt",
        "hierarchical",
        "micro",
        "macro",
        "exact",
        "ece",
        "time",
    )
    names = _names(tree, texts)
    ids = list(found.points[0].measured.dimensions) if found.points else []
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False)
    with console.capture() as capture:
        console.print(
            texts.say("evaluate-measured", measured=found.measured, learnable=found.learnable)
        )
        headings = [texts.say(f"evaluate-column-{each}") for each in columns]
        console.print(table(headings, [_row(point, texts) for point in found.points]))
        if len(ids) > 1:
            console.print(texts.say("evaluate-by-dimension"))
            rows = [
                [each.way, str(each.shots)]
                + [_share(_value(each.measured.dimensions[id_], HEADLINE)) for id_ in ids]
                for each in found.points
            ]
            console.print(table([*headings[:2], *(names[id_] for id_ in ids)], rows))
        for line in contest_lines(found.contests, texts):
            console.print(line)
        if failed := sum(each.failed for each in found.points):
            console.print(texts.say("cli-evaluated-failed", n=failed))
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _row(point: Point, texts: Texts) -> list[str]:
    figures = point.measured.whole
    low, high = interval(figures[HEADLINE])
    ece = (
        "—" if "calibration_error" not in figures else _share(_value(figures, "calibration_error"))
    )
    return [
        point.way,
        str(point.shots),
        f"{point.learnt:.0f}",
        f"{_share(_value(figures, HEADLINE))} ({100 * low:.0f}–{100 * high:.0f})",
        _share(_value(figures, "micro_f1")),
        _share(_value(figures, "macro_f1")),
        _share(_value(figures, "exact_path")),
        ece,
        texts.say(
            "evaluate-time",
            learning=round(point.learning_s),
            labelling=round(1000 * point.labelling_s),
        ),
    ]


def _names(tree: Taxonomy, texts: Texts) -> dict[str, str]:
    return {each.id: localised(each.names, texts.language, each.id) for each in tree.dimensions}


def _value(figures: Figures, name: str) -> float:
    return float(figures[name].value)


def _share(share: float) -> str:
    return f"{share:.1%}"


def _points(gain: float) -> str:
    return f"{100 * gain:+.1f}"
