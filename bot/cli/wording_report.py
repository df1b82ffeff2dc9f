"""What `commonplace wording` found, laid out for people and for scripts."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wcwidth import wcswidth

from bot.texts import Texts
from core.bootstrap import Difference
from core.domain import LabelPath
from core.labelled import LabelledText
from core.taxonomy import Taxonomy, localised
from core.wording import Wording
from core.wording_bench import LabelRow, Row
from core.wording_confusion import Confusion
from core.wording_proposals import Comparison, Proposal
from core.wording_trial import FEW, FEWEST_TEXTS, View

if TYPE_CHECKING:  # rich is imported when a report is laid out
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

WIDTH = 110  # of what goes to a file
FIRST_WORDS = 60  # in columns of a terminal
CONFUSIONS = 8


# ── for people ───────────────────────────────────────────────────────────────────────────────────


def report(
    found: Sequence[Comparison],
    sparse: Sequence[View],
    *,
    fragment: str,
    taxonomy: Taxonomy,
    texts: Texts,
) -> str:
    """All that was found, as lines for a terminal or a file."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    with console.capture() as capture:
        for comparison in found:
            for part in _Words(comparison, taxonomy, texts).parts():
                console.print(part)
        for view in sparse:
            console.print(_sparse(view, texts), style="dim")
        if fragment:
            console.print("\n" + texts.say("wording-paste"), style="bold")
            console.print(fragment, style="green", markup=False, soft_wrap=True)
    lines = "\n".join(line.rstrip() for line in capture.get().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _sparse(view: View, texts: Texts) -> str:
    return texts.say(
        "wording-sparse",
        dimension=_dimension(view, texts),
        language=texts.language_name(view.language),
        texts=len(view.texts),
        examples=max(view.examples.values()),
        least_texts=FEWEST_TEXTS,
        least_examples=FEW,
    )


def _dimension(view: View, texts: Texts) -> str:
    return localised(view.dimension.names, texts.language, view.dimension.id)


class _Words:
    """One comparison in the reader's language."""

    def __init__(self, comparison: Comparison, taxonomy: Taxonomy, texts: Texts) -> None:
        self._found, self._taxonomy, self._texts = comparison, taxonomy, texts

    def parts(self) -> "Iterator[RenderableType]":
        """Heading, wordings, labels, confusions, proposals."""
        view, texts = self._found.view, self._texts
        heading = texts.say(
            "wording-heading",
            dimension=_dimension(view, texts),
            language=texts.language_name(view.language),
            texts=len(view.texts),
            labels=len(self._found.labels),
        )
        yield _text(f"\n{heading}", "bold")
        yield self._wordings()
        yield _text(_joined(texts.say("wording-key")), "dim")
        yield _text("\n" + texts.say("wording-labels"), "bold")
        yield self._labels()
        yield from self._few()
        yield from self._confusions()
        yield from self._proposals()

    def _wordings(self) -> "Table":
        table = _table(self._texts, "question", "ranking", "gain", "f1", "gain")
        for row in self._found.rows:
            is_present = row.wording.kind == "present"
            table.add_row(
                self._kind(row.wording),
                f"{row.ranking * 100:.1f}",
                _gain(row.ranking_gain),
                f"{row.f1 * 100:.1f}",
                _gain(row.f1_gain),
                style="bold" if is_present else "",
            )
        return table

    def _labels(self) -> "Table":
        columns = ("label", "examples", "found", "extra", "ranking", "best", "gain")
        table = _table(self._texts, *columns)
        for row in self._found.labels:
            table.add_row(
                self._name(row.path),
                str(row.examples),
                str(row.found),
                str(row.given - row.found),
                f"{row.precision * 100:.1f}",
                self._alone(row.best) if row.best else "",
                _gain(row.gain),
                style="dim" if row.examples < FEW else "",
            )
        return table

    def _few(self) -> "Iterator[Text]":
        texts = self._texts
        few = [row for row in self._found.labels if row.examples < FEW]
        if few:
            named = (
                texts.say("wording-label-count", label=self._name(row.path), count=row.examples)
                for row in few
            )
            yield _text(texts.say("wording-few", labels=texts.listed(named), least=FEW), "dim")
        dimension = self._taxonomy.dimension(self._found.view.dimension.id)
        everything = sum(1 for _ in Taxonomy(dimensions=(dimension,)).walk())
        if none := everything - len(self._found.labels):
            yield _text(texts.say("wording-none", count=none), "dim")

    def _confusions(self) -> "Iterator[Text]":
        often = [each for each in self._found.confusions if each.count > 1][:CONFUSIONS]
        if often:
            yield _text("\n" + self._texts.say("wording-confused"), "bold")
        for each in often:
            words = self._texts.say(
                "wording-confusion",
                holds=self._name(each.holds),
                given=self._name(each.given),
                count=each.count,
            )
            yield _text(f"  {words}")
            for text in each.examples:
                said = self._texts.say("wording-example", id=text.id, words=first_words(text))
                yield _text(f"    {said}", "dim")

    def _proposals(self) -> "Iterator[Text]":
        texts, found = self._texts, self._found
        if not found.proposals or found.ranking_gain is None or found.f1_gain is None:
            yield _text("\n" + texts.say("wording-nothing"), "bold")
            return
        yield _text("\n" + texts.say("wording-proposals"), "bold green")
        for each in found.proposals:
            gain, p = f"{each.unseen_gain * 100:+.1f}", f"{each.p:.3f}"
            if each.path is None:
                question = self._kind(each.wording)
                words = texts.say("wording-proposal-dimension", question=question, gain=gain, p=p)
            else:
                words = texts.say(
                    "wording-proposal-label",
                    label=self._name(each.path),
                    question=each.wording.questions[each.path],
                    gain=gain,
                    p=p,
                )
            yield _text(f"  {words}")
        together = texts.say(
            "wording-together", ranking=_gain(found.ranking_gain), f1=_gain(found.f1_gain)
        )
        yield _text(f"  {together}", "dim")

    def _kind(self, wording: Wording) -> str:
        return self._texts.say(f"wording-kind-{wording.kind}", words=wording.words)

    def _alone(self, wording: Wording) -> str:
        """The same for a label alone: what a template does to the others is not its business."""
        is_template = wording.kind == "template-for-all"
        return self._kind(replace(wording, kind="template") if is_template else wording)

    def _name(self, path: LabelPath) -> str:
        return self._taxonomy.name(path, self._texts.language)


def _table(texts: Texts, *columns: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        is_words = column in ("question", "label", "best")
        table.add_column(
            texts.say(f"wording-column-{column}"),
            justify="left" if is_words else "right",
            no_wrap=not is_words,
        )
    return table


def _text(words: str, style: str = "") -> "Text":
    from rich.text import Text

    return Text(words, style=style)


def _gain(difference: Difference | None) -> str:
    """A difference in points of a hundred, with its interval; coloured by nobody, read by all."""
    if difference is None:
        return ""
    gain, low, high = (
        f"{round(each * 100, 1) + 0.0:+.1f}"  # no "-0.0"
        for each in (difference.gain, difference.low, difference.high)
    )
    return f"{gain} ({low} … {high})"


def _joined(words: str) -> str:
    """A message of several lines as one paragraph; Chinese is joined without a space."""
    lines = words.splitlines()
    joined = lines[0]
    for line in lines[1:]:
        joined += line if ord(joined[-1]) > 0x2E7F else f" {line}"
    return joined


def first_words(text: LabelledText) -> str:
    """How people recognise a text: its title or beginning, cut at a space where there is one."""
    words = " ".join((text.title or text.text).split())
    if wcswidth(words) <= FIRST_WORDS:
        return words
    cut = words[:FIRST_WORDS]
    while wcswidth(cut) > FIRST_WORDS:
        cut = cut[:-1]
    whole = cut.rpartition(" ")[0]
    return f"{whole if wcswidth(whole) > FIRST_WORDS // 2 else cut}…"


# ── for scripts ──────────────────────────────────────────────────────────────────────────────────


def report_json(
    found: Sequence[Comparison], sparse: Sequence[View], *, fragment: str
) -> dict[str, Any]:
    """The same with all figures, as shares of 1."""
    return {
        "comparisons": [_comparison_json(each) for each in found],
        "too_few": [
            {
                "dimension": view.dimension.id,
                "language": view.language,
                "texts": len(view.texts),
                "examples": max(view.examples.values()),
            }
            for view in sparse
        ],
        "toml": fragment,
    }


def _comparison_json(found: Comparison) -> dict[str, Any]:
    return {
        "dimension": found.view.dimension.id,
        "language": found.view.language,
        "texts": len(found.view.texts),
        "wordings": [_row_json(row) for row in found.rows],
        "labels": [_label_json(row) for row in found.labels],
        "confusions": [_confusion_json(each) for each in found.confusions],
        "proposals": [_proposal_json(each) for each in found.proposals],
        "together": {
            "ranking_gain": _difference_json(found.ranking_gain),
            "f1_gain": _difference_json(found.f1_gain),
        },
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        **_wording_json(row.wording),
        "ranking": round(row.ranking, 4),
        "f1": round(row.f1, 4),
        "log_loss": round(row.loss, 4),
        "ranking_gain": _difference_json(row.ranking_gain),
        "f1_gain": _difference_json(row.f1_gain),
        "chosen": row.chosen,
    }


def _label_json(row: LabelRow) -> dict[str, Any]:
    return {
        "path": row.path,
        "examples": row.examples,
        "given": row.given,
        "found": row.found,
        "ranking": round(row.precision, 4),
        "f1": round(row.f1, 4),
        "log_loss": round(row.loss, 4),
        "is_enough": row.examples >= FEW,
        "best": {**_wording_json(row.best), "question": row.best.questions[row.path]}
        if row.best
        else None,
        "gain": _difference_json(row.gain),
    }


def _confusion_json(found: Confusion) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "given": found.given,
        "count": found.count,
        "examples": [{"id": each.id, "words": first_words(each)} for each in found.examples],
    }


def _proposal_json(found: Proposal) -> dict[str, Any]:
    return {
        "path": found.path,
        **_wording_json(found.wording),
        "question": found.wording.questions[found.path] if found.path else None,
        "unseen_gain": round(found.unseen_gain, 4),
        "p": round(found.p, 4),
    }


def _wording_json(wording: Wording) -> dict[str, str]:
    return {"kind": wording.kind, "words": wording.words}


def _difference_json(found: Difference | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {
        "gain": round(found.gain, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "p": round(found.p, 4),
    }
