"""Small public sets on disk, in the form that the recipe reads; sentences made up for it."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ZH = {"環境": "工廠偷排廢水，魚群死亡。", "勞動": "工會要求加班費，資方拒絕。"}
EN = {"environment": "The factory let waste into the river.", "labour": "The union asked for pay."}


def write_sets(folder: Path, *, copies: int = 6) -> Path:
    """Every set that the recipe reads, with a few texts each."""

    def lines(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        file = folder / f"{name}.jsonl.gz"
        file.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(file, "wt", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def names(name: str, labels: Mapping[str, Mapping[str, str]]) -> None:
        text = json.dumps(labels, ensure_ascii=False)
        (folder / name / "labels.json").write_text(text, encoding="utf-8")

    english = [
        {"text": f"{text} {n}", "labels": [label]}
        for n in range(copies)
        for label, text in EN.items()
    ]
    chinese = [
        {"text": f"{text}{n}", "labels": [label]}
        for n in range(copies)
        for label, text in ZH.items()
    ]
    for name, parts in {
        "huffpost": ("titles", "with_summary"),
        "clinc150": ("train", "val", "test"),
        "banking77": ("train", "test"),
    }.items():
        for part in parts:
            lines(f"{name}/{part}", english)
        names(name, {label: {"en": label} for label in EN})
    shifted = [{"text": "A singer from Tainan.", "labels": ["company"]}] * copies
    shifted += [{"text": "A river in Hualien.", "labels": ["plant"]}] * copies
    for part in ("val", "test"):
        lines(f"dbpedia14/{part}", shifted)
    known = ("company", "artist", "plant", "river, mountain or lake")
    names("dbpedia14", {label: {"en": label} for label in known})
    for name, part in {"cold": "train", "nlpcc2017": "test_full", "smp2019": "train"}.items():
        lines(f"{name}/{part}", chinese)
        names(name, {label: {"zh-Hans": label} for label in ZH})
    law = [{"text": row["text"], "labels": [*row["labels"], "細目"]} for row in chinese]
    lines("tw_law/zh", law)
    lines(
        "tw_law/en", [{"text": row["text"], "labels_zh": ["環境"], "labels": []} for row in english]
    )
    (folder / "tw_law" / "labels_en.json").write_text('{"環境": "environment"}', encoding="utf-8")
    lines(
        "csl_keywords/dev_test",
        [{"text": row["text"], "labels": ["汙染", "pay"]} for row in chinese],
    )
    people = [
        {"text": f"歌手\n{row['text']}", "labels": ["人物", "音樂"], "lang": "zh-Hant"}
        for row in chinese
    ]
    people += [
        {"text": f"Singer\n{row['text']}", "labels": ["music"], "lang": "en"} for row in english
    ]
    lines("taiwan_md_people/all", people)
    lines(
        "tatoeba_zh_en/pairs", [{"zh": f"這是{n}。", "en": f"This is {n}."} for n in range(3_000)]
    )
    for name in ("cedict", "tw_law_parallel"):
        lines(f"{name}/pairs", [{"zh": f"第{n}條。", "en": f"Article {n}."} for n in range(64)])
    follows = {"premise": "A man sleeps.", "hypothesis": "Somebody sleeps.", "label": "entailment"}
    not_so = {"premise": "A man sleeps.", "hypothesis": "Nobody sleeps.", "label": "contradiction"}
    unsaid = {"premise": "A man sleeps.", "hypothesis": "He dreams.", "label": "-"}
    for name in ("snli/dev", "scitail/dev", "conjnli/adv15k", "conjnli/dev", "breaking_nli/all"):
        lines(name, [follows, not_so, unsaid] * 2)
    for name in ("rte/train", "cnli/dev", "cnli/test"):
        lines(name, [follows, not_so])
    return folder
