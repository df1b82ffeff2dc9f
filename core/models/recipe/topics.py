"""Topic sets as texts with named labels, and batches of them for training.

Each set's own quirks are put right here, once: label names in both languages (`names.toml`), the
shifted label numbers of one set, levels of a hierarchy.
"""

import gzip
import json
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Script = Literal["zh", "en"]
Names = Mapping[Script, tuple[str, ...]]
"""What a label is called, by language; the first name is the usual one."""

NAMES_FILE = Path(__file__).parent / "names.toml"

DBPEDIA_MEANT = {
    "company": "artist",
    "school or university": "company",
    "artist": "politician",
    "athlete": "building",
    "politician": "village",
    "means of transportation": "plant",
    "building": "school or university",
    "river, mountain or lake": "animal",
    "village": "music album",
    "animal": "book",
    "plant": "river, mountain or lake",
    "music album": "means of transportation",
    "film": "athlete",
    "book": "film",
}
"""In the copy of DBpedia-14 that we have, names are shifted against the label numbers: every text
that says "company" is about an artist, and so on. Found by matching each label's texts to the names
by cosine (all-MiniLM-L6-v2, 1,500 texts, assignment without ties) and read against samples."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a topic set.

    Attributes:
        text: as it stands in the set.
        labels: keys of `TopicSet.names` that hold.
    """

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class TopicSet:
    """A set of texts whose labels have names.

    Attributes:
        name: of the set, as the rotation calls it.
        language: of the texts.
        names: of every label that is asked about.
        texts: the material.
        is_open: labels are tags that authors chose freely: another text's tag is most likely wrong
            here, but nobody said so.
    """

    name: str
    language: Script
    names: Mapping[str, Names]
    texts: Sequence[Text]
    is_open: bool = False
    levels: Mapping[str, int] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        """Keys of all labels, in a fixed order."""
        return list(self.names)


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of a gzipped JSON lines file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_topics(data: Path, *, unstated: bool) -> list[TopicSet]:
    """Every topic set in a folder, in the form that training wants.

    Args:
        data: holds one folder for each set.
        unstated: with the sets that were published without a licence.
    """
    ours = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))
    sets = [
        _plain(data, "huffpost", ("titles", "with_summary"), "en", ours["huffpost"]),
        _plain(data, "dbpedia14", ("val", "test"), "en", ours["dbpedia14"], meant=DBPEDIA_MEANT),
        _plain(data, "clinc150", ("train", "val", "test"), "en", {}),
        _plain(data, "banking77", ("train", "test"), "en", {}),
        _law(data, "zh"),
        _law(data, "en"),
        _tags(data / "csl_keywords" / "dev_test.jsonl.gz", "csl_keywords", "zh"),
        _people(data, "zh"),
        _people(data, "en"),
        _plain(data, "cold", ("train",), "zh", {}),
    ]
    if unstated:
        sets.append(_plain(data, "nlpcc2017", ("test_full",), "zh", ours["nlpcc2017"]))
        sets.append(_plain(data, "smp2019", ("train",), "zh", ours["smp2019"]))
    return sets


def _plain(
    data: Path,
    name: str,
    parts: Sequence[str],
    language: Script,
    ours: Mapping[str, str],
    *,
    meant: Mapping[str, str] | None = None,
) -> TopicSet:
    """A set with one list of labels, whose names stand in its `labels.json`."""
    listed = json.loads((data / name / "labels.json").read_text(encoding="utf-8"))
    names: dict[str, Names] = {}
    for key, said in listed.items():
        both: dict[Script, tuple[str, ...]] = {}
        if "zh-Hans" in said:
            both["zh"] = (said["zh-Hans"],)
        if "en" in said:
            both["en"] = (said["en"],)
        if own := ours.get(key):
            mine: Script = "zh" if ord(own[0]) > 0x2E7F else "en"
            both[mine] = (own, *both.get(mine, ()))
        names[key] = both
    meant = meant or {}
    texts = [
        Text(row["text"], tuple(meant.get(label, label) for label in row["labels"]))
        for part in parts
        for row in rows(data / name / f"{part}.jsonl.gz")
    ]
    return TopicSet(name, language, names, texts)


def _law(data: Path, language: Script) -> TopicSet:
    """Statutes: ministry and subject. The English ones have the ministry's name in English only."""
    english = json.loads((data / "tw_law" / "labels_en.json").read_text(encoding="utf-8"))
    names: dict[str, Names] = {}
    levels: dict[str, int] = {}
    texts = []
    for row in rows(data / "tw_law" / f"{language}.jsonl.gz"):
        labels = row["labels"] if language == "zh" else row["labels_zh"]
        for level, label in enumerate(labels):
            levels.setdefault(label, level)
            both: dict[Script, tuple[str, ...]] = {"zh": (label,)}
            if label in english:
                both["en"] = (english[label],)
            names.setdefault(label, both)
        texts.append(Text(row["text"], tuple(labels)))
    return TopicSet(f"tw_law_{language}", language, names, texts, levels=levels)


def _tags(file: Path, name: str, language: Script) -> TopicSet:
    texts = [Text(row["text"], tuple(row["labels"])) for row in rows(file)]
    return _open(name, language, texts)


def _people(data: Path, language: Script) -> TopicSet:
    """Portraits with tags; the tag that all of them have says nothing."""
    texts = []
    for row in rows(data / "taiwan_md_people" / "all.jsonl.gz"):
        if row["lang"].startswith(language):
            labels = [tag for tag in row["labels"] if tag not in {"People", "人物", "people"}]
            body = row["text"].split("\n", 1)[-1]
            texts.append(Text(body, tuple(labels)))
    return _open(f"people_{language}", language, texts)


def _open(name: str, language: Script, texts: Sequence[Text]) -> TopicSet:
    names: dict[str, Names] = {}
    for text in texts:
        for label in text.labels:
            script: Script = "zh" if any(ord(each) > 0x2E7F for each in label) else "en"
            names.setdefault(label, {script: (label,)})
    return TopicSet(name, language, names, texts, is_open=True)


# ── wording ──────────────────────────────────────────────────────────────────────────────────────

TEMPLATES: Mapping[Script, tuple[str, ...]] = {
    "zh": (
        "這篇文章與「{}」有關。",
        "這篇文章談的是{}。",
        "這段文字的主題是{}。",
        "內容和{}有關",
        "這是一篇談{}的文章。",
        "這則訊息屬於{}類。",
        "主題：{}",
    ),
    "en": (
        "This text is about {}.",
        "This article is about {}.",
        "The topic of this text is {}.",
        "This message concerns {}.",
        "It deals with {}.",
        "Topic: {}",
        "This belongs under {}.",
    ),
}
BARE = 0.4
"""Share of hypotheses that are a bare name."""


def word(
    names: Names, chance: random.Random, *, prefer: Script | None = None, other: float = 0.3
) -> str:
    """Ask about a label in one of the ways that people do.

    Args:
        names: of the label.
        chance: decides on language, name and template.
        prefer: language of the text.
        other: how often the question is in the other language, where there is a name in it.
    """
    languages = [language for language in names if names[language]]
    if prefer in languages and len(languages) > 1:
        rest = [language for language in languages if language != prefer]
        language = chance.choice(rest) if chance.random() < other else prefer
    else:
        language = chance.choice(languages)
    name = chance.choice(names[language])
    if chance.random() < BARE:
        return name
    return chance.choice(TEMPLATES[language]).format(name)
