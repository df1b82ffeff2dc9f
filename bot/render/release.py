"""The pages of a data set, in Markdown: its datasheet, and its codebook as people read it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.render.changing import change_words
from bot.texts import Texts
from core.agreement import Agreement
from core.codebook_versions import Version
from core.domain import LANGUAGES, LabelPath, LabelStatus
from core.exports.markdown import escaped
from core.exports.record import COLUMNS
from core.releasing import MIN_VOTERS, MOST_SITES, Facts
from core.store.surveying import BY
from core.taxonomy import Dimension, Label, Taxonomy, depth_of, localised, parse

FILES = (
    *("items.jsonl", "items.csv", "votes.csv", "agreement.csv"),
    *("codebook.toml", "codebook_history.jsonl"),
)
_STATUSES = tuple(LabelStatus)


def pages(facts: Facts, taxonomy: Taxonomy) -> dict[str, str]:
    """Both pages in every language, by file name."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        texts = Texts(language)
        found[f"datasheet.{language}.md"] = datasheet(facts, taxonomy, texts)
        found[f"codebook.{language}.md"] = codebook(facts.versions, taxonomy, texts)
    return found


# ── datasheet ────────────────────────────────────────────────────────────────────────────────────


def datasheet(facts: Facts, taxonomy: Taxonomy, texts: Texts) -> str:
    """The questions of Gebru et al., answered from data."""
    parts: list[str] = [f"# {texts.say('datasheet-title')}", texts.say("datasheet-about")]
    for heading, body in (
        ("motivation", [texts.say("datasheet-motivation-text")]),
        ("composition", list(_composition(facts, taxonomy, texts))),
        ("collection", [texts.say("datasheet-collection-text", **_spans(facts, texts))]),
        ("labelling", list(_labelling(facts, taxonomy, texts))),
        ("uses", [texts.say("datasheet-uses-text")]),
        ("distribution", list(_distribution(facts, texts))),
        ("maintenance", [_maintenance(facts, texts)]),
    ):
        parts += [f"## {texts.say(f'datasheet-{heading}')}", *body]
    return "\n\n".join(parts) + "\n"


def _composition(facts: Facts, taxonomy: Taxonomy, texts: Texts) -> Iterator[str]:
    yield texts.say("datasheet-items", items=facts.items, query=escaped(facts.query) or "none")
    yield texts.say("datasheet-files")
    files = [
        each for each in FILES if facts.votes_told or each not in ("votes.csv", "agreement.csv")
    ]
    yield _entries({each: texts.say(f"datasheet-file-{_key(each)}") for each in files}, texts)
    yield texts.say("datasheet-columns")
    yield _entries({each: texts.say(f"export-column-{_key(each)}") for each in COLUMNS}, texts)
    unknown = texts.say("datasheet-unknown")
    languages = [
        (texts.language_name(tag) if tag else unknown, n) for tag, n in _most(facts.languages)
    ]
    yield _table(texts, ("language", "items"), languages)
    sites = [(escaped(site) if site else unknown, n) for site, n in _most(facts.sites)]
    yield _table(texts, ("site", "items"), sites[:MOST_SITES])
    if len(sites) > MOST_SITES:
        yield texts.say("datasheet-more-sites", count=len(sites) - MOST_SITES)
    media = [(each or unknown, n) for each, n in _most(facts.media)]
    yield _table(texts, ("medium", "items"), media)
    yield texts.say("datasheet-left-out", count=facts.left_out, notes=facts.with_notes)
    yield texts.say("datasheet-people")
    del taxonomy


def _labelling(facts: Facts, taxonomy: Taxonomy, texts: Texts) -> Iterator[str]:
    yield texts.say(
        "datasheet-labelling-text",
        codebook=facts.codebook,
        number=facts.versions[-1].number if facts.versions else 1,
    )
    paths = sorted(facts.labels, key=lambda path: (taxonomy.position(path), path))
    rows = [
        (
            _name(path, taxonomy, texts),
            f"`{path}`",
            *(facts.labels[path][each] for each in _STATUSES),
        )
        for path in paths
    ]
    yield _table(texts, ("label", "path", *_STATUSES), rows)
    by = Counter[str]()
    for (_, _, kind), number in facts.decided.items():
        by[kind] += number
    yield texts.say("datasheet-decided", count=by.total())
    yield _table(
        texts, ("by", "labels"), [(texts.say(f"datasheet-by-{each}"), by[each]) for each in BY]
    )
    yield texts.say("datasheet-votes", votes=facts.votes, voters=facts.voters,
                    told="yes" if facts.votes_told else "no", least=MIN_VOTERS)  # fmt: skip
    if facts.agreement:
        yield texts.say("datasheet-agreement")
        yield _table(
            texts,
            ("dimension", "alpha", "interval", "agreement", "items"),
            list(_agreed(facts.agreement, taxonomy, texts)),
        )


def _agreed(
    found: Mapping[str, Agreement], taxonomy: Taxonomy, texts: Texts
) -> Iterator[tuple[object, ...]]:
    for each in taxonomy.dimensions:
        if (a := found.get(each.id)) is not None:
            yield (
                escaped(localised(each.names, texts.language, each.id)),
                "—" if a.alpha is None else f"{a.alpha:.2f}",
                "—" if a.low is None or a.high is None else f"{a.low:.2f} … {a.high:.2f}",
                "—" if a.percent_agreement is None else texts.percent(a.percent_agreement),
                a.items,
            )


def _distribution(facts: Facts, texts: Texts) -> Iterator[str]:
    yield texts.say("datasheet-licence", licence=escaped(facts.licence or "none"))
    yield texts.say("datasheet-texts-in" if facts.has_texts else "datasheet-texts-out")


def _maintenance(facts: Facts, texts: Texts) -> str:
    return texts.say("datasheet-maintenance-text", date=texts.date(facts.made_at.date()))


def _spans(facts: Facts, texts: Texts) -> dict[str, str]:
    unknown = texts.say("datasheet-unknown")
    spans = {"received": facts.received, "published": facts.published}
    return {
        name: unknown if span is None else " – ".join(dict.fromkeys(map(texts.date, span)))
        for name, span in spans.items()
    }


# ── codebook ─────────────────────────────────────────────────────────────────────────────────────


def codebook(versions: Sequence[Version], taxonomy: Taxonomy, texts: Texts) -> str:
    """Every dimension and label with what the codebook says of it, and how it became so."""
    language = texts.language
    title = localised(taxonomy.names, language, "") or texts.say("codebook-title")
    parts = [f"# {escaped(title)}", _about(versions, taxonomy, texts)]
    for dimension in taxonomy.dimensions:
        parts += _dimension(dimension, texts)
        for label in _all(dimension.labels):
            parts += _label(label, texts)
    parts += _history(versions, taxonomy, texts)
    return "\n\n".join(parts) + "\n"


def _about(versions: Sequence[Version], taxonomy: Taxonomy, texts: Texts) -> str:
    number = versions[-1].number if versions else 1
    return texts.say("codebook-page-about", number=number, digest=taxonomy.digest)


def _history(versions: Sequence[Version], taxonomy: Taxonomy, texts: Texts) -> Iterator[str]:
    """Versions with what changed in them, newest first."""
    if not versions:
        return
    yield f"## {texts.say('codebook-page-history')}"
    before: dict[int, Taxonomy] = {}
    for version in versions:
        before[version.number] = parse(version.text)
    for version in reversed(versions):
        day = texts.date(version.at.date())
        cause = texts.say(f"codebook-cause-{version.cause}")
        yield f"### {texts.say('codebook-version', number=version.number)} · {day} · {cause}"
        older = None if version.parent is None else before.get(version.parent)
        if version.changes:
            yield _listed(
                escaped(change_words(each, taxonomy, texts, before=older))
                for each in version.changes
            )


def _dimension(dimension: Dimension, texts: Texts) -> Iterator[str]:
    name = localised(dimension.names, texts.language, dimension.id)
    yield f"## {escaped(name)} (`{dimension.id}`)"
    yield texts.say(f"codebook-choice-{dimension.choice}")
    if words := localised(dimension.definitions, texts.language, ""):
        yield escaped(words)


def _label(label: Label, texts: Texts) -> Iterator[str]:
    language = texts.language
    marks = "#" * min(depth_of(label.path) + 2, 6)
    yield f"{marks} {escaped(localised(label.names, language, label.path))} (`{label.path}`)"
    if words := localised(label.definitions, language, ""):
        yield escaped(words)
    lines = [
        texts.say(f"codebook-{key}", words=escaped(each))
        for key, lists in (
            ("include", label.includes),
            ("exclude", label.excludes),
            ("edge-case", label.edge_cases),
        )
        for each in localised(lists, language, ())
    ]
    if aliases := localised(label.aliases, language, ()):
        lines.append(texts.say("codebook-aliases", words=escaped(texts.listed(aliases))))
    if asked := localised(label.hypotheses, language, ""):
        lines.append(texts.say("codebook-hypothesis", words=escaped(asked)))
    if lines:
        yield _listed(lines)


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────


def _name(path: LabelPath, taxonomy: Taxonomy, texts: Texts) -> str:
    return escaped(taxonomy.name(path, texts.language)) if path in taxonomy else "—"


def _all(labels: Iterable[Label]) -> Iterator[Label]:
    for label in labels:
        yield label
        yield from _all(label.children)


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _key(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")


def _entries(told: Mapping[str, str], texts: Texts) -> str:
    """What each file or column is."""
    return _listed(
        texts.say("datasheet-entry", name=f"`{name}`", about=about) for name, about in told.items()
    )


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(texts: Texts, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = [texts.say(f"datasheet-column-{each}") for each in columns]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
