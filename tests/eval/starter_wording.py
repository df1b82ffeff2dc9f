"""Which wording of the starter taxonomy's topics the model understands best: to choose it by.

Texts that somebody else put into sections are labelled by the one topic that their section is
about (as in `tests.eval.labels`; a section that may be about several says nothing, one about none
of the topics says that none fits). Half of them are tuned on, by what `commonplace wording` does;
what that proposes is then measured once on the other half, which had no part in it.

    python -m tests.eval.starter_wording --data DIR [--limit 600] [--seed 5] [--model NAME]
        [--language zh-TW|en] [--try PATH "QUESTION"] [--output FOLDER]

DIR is that of `tests.eval.labels`; headlines are converted to Traditional. With --output, the
halves are written as files for `commonplace wording`, and nothing is measured. With --try (any
number of them), a question of one's own is measured on both halves, and nothing else.

Chosen so with commonplace-two-tower@d45f7c483cfd (gains in points of mean average precision and of
macro F1, with 95 % intervals):

    zh-TW, 592 + 608 texts: ranking 69.5, F1 62.0. No template is better than the labels' own
    sentences (the best -4.0; definitions -8.3, aliases in a row -9.1, the mean of all -3.2).
    Proposed: food-farming asked as 「糧食」, confirmed +1.6 (+0.5 … +2.9), F1 +1.2 (+0.1 … +2.5).
    That forgets the fishers, so it became 「…農業、漁業、糧食或飲食…」, on the confirming half
    +1.4 (+0.7 … +2.3), F1 +1.6 (+0.4 … +2.8).
    en, 608 + 592 texts: ranking 65.0, F1 60.9. No template is better (the best -0.7; definitions
    -8.5, aliases in a row -0.9). Proposed and taken: democracy asked as "politics", confirmed +0.7
    (+0.3 … +1.0), F1 +0.5 (-0.8 … +1.7).
    With both in the file the tuning halves have 71.3 and 66.0, and nothing more is proposed.
    With the weights that ship now (two-tower@db211a1813c5+f99a599b06a6) the same tuning halves have
    79.4 and 68.7, F1 66.3 and 63.0; no template is better, and nothing is proposed.
    Tried for digital and left, being within the noise: 「科技或網路」, "technology or the
    internet".
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from opencc import OpenCC

from core.bootstrap import Difference
from core.domain import LANGUAGES, LabelPath, Language
from core.labelled import LabelledText
from core.labelling import BUILTIN_RULE, PLAIN_RULE, Rule
from core.models.entailer import BuiltinEntailer, TowersEntailer, make_entailer
from core.ports import Entailer
from core.taxonomy import Taxonomy, starter
from core.wording import Wording
from core.wording_proposals import gains, judge
from core.wording_trial import View, ask, plan, views
from tests.eval.labels import SETS, cases, topics_only


def texts(data: Path, *, limit: int, seed: int) -> Iterator[LabelledText]:
    """Up to `limit` labelled texts of each set."""
    traditional = OpenCC("s2twp")
    for name, file, key, sections in SETS:
        found = [case for case in cases(data, file, key, sections) if len(case.allowed) < 2]
        chinese = not name.endswith(", en")
        drawn = random.Random(seed).sample(found, min(limit, len(found)))
        for number, case in enumerate(drawn, start=1):
            text = traditional.convert(case.text) if name.endswith("zh-Hans") else case.text
            yield LabelledText(
                id=f"{file.removesuffix('.jsonl.gz')}-{number}",
                text=text,
                title=None,
                language="zh-Hant" if chinese else "en",
                labels=frozenset(LabelPath(path) for path in case.allowed),
                dimensions=frozenset({"topic"}),
            )


def written(half: list[LabelledText], file: Path) -> None:
    """Write texts as `commonplace wording` reads them."""
    with file.open("w", encoding="utf-8") as lines:
        for text in half:
            row = {
                "id": text.id,
                "text": text.text,
                "lang": text.language,
                "labels": sorted(text.labels),
                "dimensions": sorted(text.dimensions),
            }
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def view_of(half: list[LabelledText], taxonomy: Taxonomy, language: Language) -> View:
    """The texts of one half that are of a language, asked about in it."""
    own = [each for each in half if (each.language == "en") == (language == "en")]
    (view,) = views(taxonomy, own, [each.text for each in own], [language] * len(own))
    return view


def gained(
    view: View,
    taxonomy: Taxonomy,
    questions: Mapping[LabelPath, str],
    entailer: Entailer,
    rule: Rule,
) -> tuple[Difference, Difference]:
    """What some questions gain in mean average precision and macro F1."""
    present = {path: taxonomy.hypothesis(path, view.language) for path in view.examples}
    asked = {**present, **questions}
    distinct = {*present.values(), *asked.values()}
    pairs = ((premise, question) for premise in view.premises for question in distinct)
    return gains(view, present, asked, ask(entailer, pairs), rule=rule)


def told(difference: Difference) -> str:
    """A difference in points of a hundred."""
    gain, low, high = (100 * each for each in (difference.gain, difference.low, difference.high))
    return f"{gain:+.1f} ({low:+.1f} … {high:+.1f})"


def main() -> None:
    """Build, compare, confirm, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=600, help="texts per set, both halves")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--model", default=None)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--output", type=Path, help="write the halves there; measure nothing")
    parser.add_argument("--try", dest="own", nargs=2, action="append", metavar=("PATH", "QUESTION"))
    options = parser.parse_args()

    everything = list(texts(options.data, limit=options.limit, seed=options.seed))
    random.Random(options.seed).shuffle(everything)
    tuning, confirming = everything[::2], everything[1::2]
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        written(tuning, options.output / "tuning.jsonl")
        written(confirming, options.output / "confirming.jsonl")
        return

    entailer = make_entailer(options.model)
    if isinstance(entailer, BuiltinEntailer):
        entailer = entailer.towers  # they choose what the judges are asked
    rule = BUILTIN_RULE if isinstance(entailer, TowersEntailer) else PLAIN_RULE
    taxonomy = topics_only(starter(), most=starter().dimension("topic").most)
    write = sys.stdout.write
    write(f"{entailer.version}, {options.limit} texts per set, seed {options.seed}\n")
    for language in options.language or LANGUAGES:
        view, unseen = (view_of(half, taxonomy, language) for half in (tuning, confirming))
        if options.own:
            for path, question in options.own:
                if (question.isascii()) == (language == "en"):
                    write(f"{path}: {question}\n")
                    for name, half in (("tuning", view), ("confirming", unseen)):
                        ranking, f1 = gained(half, taxonomy, {path: question}, entailer, rule)
                        write(f"  {name:10} ranking {told(ranking)}, F1 {told(f1)}\n")
            continue
        trial = plan(view, taxonomy=taxonomy)
        answers = ask(entailer, trial.pairs())
        found = judge(trial, answers, rule=rule, seed=options.seed)
        write(f"\nasked in {language}: {len(view.texts)} tuning, {len(unseen.texts)} confirming\n")
        for row in found.rows:
            ranking, f1 = (told(each) if each else "" for each in (row.ranking_gain, row.f1_gain))
            name = f"{row.wording.kind} {row.wording.words}"
            write(
                f"  {100 * row.ranking:5.1f} {ranking:22} F1 {100 * row.f1:5.1f} {f1:22} {name}\n"
            )
        for label in found.labels:
            best = ""
            if label.best and label.gain:
                question = label.best.questions[label.path]
                best = f"best {told(label.gain)}: {question}"
            write(f"  {label.path:22} {label.examples:4} {100 * label.precision:5.1f} {best}\n")
        present = dict(trial.wordings[0].questions)
        candidates = [(each.path, each.wording) for each in found.proposals]
        every: dict[LabelPath, str] = dict(present)
        for _, wording in candidates:
            every |= wording.questions
        tried = [*candidates, (LabelPath("all together"), Wording("mean", "", every))]
        write("  confirmed:\n" if candidates else "  nothing is proposed\n")
        for path, wording in tried if candidates else ():
            ranking, f1 = gained(unseen, taxonomy, wording.questions, entailer, rule)
            question = wording.questions.get(path, wording.words) if path else wording.words
            write(f"    {path or 'every label'} {question}\n")
            write(f"      ranking {told(ranking)}, F1 {told(f1)}, p {ranking.p:.4f}\n")


if __name__ == "__main__":
    main()
