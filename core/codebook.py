"""The codebook over time: what changed between two versions, and where each label went.

A version is the content of a taxonomy file. Labels keep their identity by what the file says they
were (`was`): a label that moved names its old path, one that took another in names that one's. So
two versions are enough to tell in words what happened, and what is kept under an old path can be
carried to the new one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from core.domain import LabelPath, Language
from core.taxonomy import Dimension, Label, Taxonomy, parse
from core.taxonomy_file import Table, read
from core.taxonomy_writing import written

Kind = Literal[
    "added", "renamed", "reworded", "alias-added", "alias-dropped", "moved", "merged", "split",
    "retired", "restored", "gone", "dimension-added", "dimension-gone", "choice", "threshold",
]  # fmt: skip
Field = Literal[
    "name", "definition", "hypothesis", "include", "exclude", "edge-case", "choice", "threshold"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise in a newer version.

    Attributes:
        kind: what happened.
        path: of the label, or the id of the dimension, as the newer version has it; of a label that
            was merged into another one or is gone, its last path.
        to: where it went: the path of the label that took it in, or the path before it moved.
        into: what took the place of a label that was split.
        field, language: which words changed, and in which language.
        before, after: those words; None: there were none, or are none now.
    """

    kind: Kind
    path: LabelPath
    to: LabelPath | None = None
    into: tuple[LabelPath, ...] = ()
    field: Field | None = None
    language: Language | None = None
    before: str | None = None
    after: str | None = None

    @property
    def paths(self) -> tuple[LabelPath, ...]:
        """Every label that it is about."""
        return (self.path, *((self.to,) if self.to else ()), *self.into)


# ── what changed ─────────────────────────────────────────────────────────────────────────────────


def changes(before: Taxonomy, after: Taxonomy) -> tuple[Change, ...]:
    """What a newer version says otherwise, in its order; what went comes last."""
    origins = _origins(before, after)
    found = list(_of_dimensions(before, after))
    for label in (*after.walk(), *after.retired):
        origin = origins.get(label.path)
        if origin is None:
            found.append(Change("added", label.path))
        else:
            found += _of_label(origin, label)
        for old in label.was:
            if (taken := _exact(before, old)) is not None and taken is not origin:
                found.append(Change("merged", taken.path, to=label.path))
    for label in (*before.walk(), *before.retired):
        if after.known(label.path) is None:
            found.append(Change("gone", label.path))
    return tuple(found)


def carried(before: Taxonomy, after: Taxonomy) -> dict[LabelPath, LabelPath]:
    """Where what is kept under paths of an older version belongs in a newer one, if elsewhere."""
    return {
        label.path: now.path
        for label in (*before.walk(), *before.retired)
        if (now := after.known(label.path)) is not None and now.path != label.path
    }


def history(versions: Mapping[int, tuple[Change, ...]], label: Label) -> dict[int, list[Change]]:
    """The changes of one label, also under its former paths, by version; newest first."""
    paths = {label.path, *label.was}
    found = {
        number: [each for each in said if not paths.isdisjoint(each.paths)]
        for number, said in sorted(versions.items(), reverse=True)
    }
    return {number: said for number, said in found.items() if said}


def _exact(taxonomy: Taxonomy, path: str) -> Label | None:
    """The label that is at a path itself, not one that moved from there."""
    found = taxonomy.known(path)
    return found if found is not None and found.path == path else None


def _origins(before: Taxonomy, after: Taxonomy) -> dict[LabelPath, Label]:
    """What each label was in the older version: the label of its path, else the newest of the paths
    that it had, unless that one became part of a label that was there already."""
    origins: dict[LabelPath, Label] = {}
    for label in (*after.walk(), *after.retired):
        for path in (label.path, *reversed(label.was)):
            if (origin := _exact(before, path)) is not None:
                origins[label.path] = origin
                break
    return origins


def _of_dimensions(before: Taxonomy, after: Taxonomy) -> Iterator[Change]:
    old = {each.id: each for each in before.dimensions}
    new = {each.id: each for each in after.dimensions}
    for id_, dimension in new.items():
        path = LabelPath(id_)
        if id_ not in old:
            yield Change("dimension-added", path)
            continue
        was = old[id_]
        if was.choice != dimension.choice:
            yield Change("choice", path, field="choice", before=was.choice, after=dimension.choice)
        if was.threshold != dimension.threshold:
            yield _threshold(path, was.threshold, dimension.threshold)
        yield from _names(path, was, dimension)
        yield from _texts(path, "definition", was.definitions, dimension.definitions)
        yield from _texts(path, "hypothesis", was.templates, dimension.templates)
    for id_ in old:
        if id_ not in new:
            yield Change("dimension-gone", LabelPath(id_))


def _of_label(before: Label, after: Label) -> Iterator[Change]:
    path = after.path
    if before.path != path:
        yield Change("moved", path, to=before.path)
    if after.is_retired and not before.is_retired:
        if after.into:
            yield Change("split", path, into=after.into)
        else:
            yield Change("retired", path)
    elif before.is_retired and not after.is_retired:
        yield Change("restored", path)
    yield from _names(path, before, after)
    yield from _texts(path, "definition", before.definitions, after.definitions)
    if _own(before) != _own(after):
        yield from _texts(path, "hypothesis", before.hypotheses, after.hypotheses)
    for language in sorted({*before.aliases, *after.aliases}):
        old, new = before.aliases.get(language, ()), after.aliases.get(language, ())
        for each in new:
            if each not in old:
                yield Change("alias-added", path, language=language, after=each)
        for each in old:
            if each not in new:
                yield Change("alias-dropped", path, language=language, before=each)
    lists: tuple[tuple[Field, Any, Any], ...] = (
        ("include", before.includes, after.includes),
        ("exclude", before.excludes, after.excludes),
        ("edge-case", before.edge_cases, after.edge_cases),
    )
    for field, was, now in lists:
        for language in sorted({*was, *now}):
            dropped = [each for each in was.get(language, ()) if each not in now.get(language, ())]
            added = [each for each in now.get(language, ()) if each not in was.get(language, ())]
            for place in range(max(len(dropped), len(added))):
                yield Change(
                    "reworded",
                    path,
                    field=field,
                    language=language,
                    before=dropped[place] if place < len(dropped) else None,
                    after=added[place] if place < len(added) else None,
                )
    if before.threshold != after.threshold:
        yield _threshold(path, before.threshold, after.threshold)


def _own(label: Label) -> dict[Language, str]:
    """How it is asked, but for its name: a new name in an old template is no news of its own."""
    return {
        language: words.replace(label.names[language], "{label}")
        if label.names.get(language)
        else words
        for language, words in label.hypotheses.items()
    }


def _names(
    path: LabelPath, before: Label | Dimension, after: Label | Dimension
) -> Iterator[Change]:
    for change in _texts(path, "name", before.names, after.names):
        yield Change(
            "renamed", path, field="name", language=change.language,
            before=change.before, after=change.after,
        )  # fmt: skip


def _texts(
    path: LabelPath, field: Field, before: Mapping[Language, str], after: Mapping[Language, str]
) -> Iterator[Change]:
    for language in sorted({*before, *after}):
        was, now = before.get(language), after.get(language)
        if was != now:
            yield Change("reworded", path, field=field, language=language, before=was, after=now)


def _threshold(path: LabelPath, before: float | None, after: float | None) -> Change:
    return Change(
        "threshold",
        path,
        field="threshold",
        before=None if before is None else str(before),
        after=None if after is None else str(after),
    )


# ── a file beside what a community has ───────────────────────────────────────────────────────────


def adopted(text: str, present: Taxonomy, *, source: str = "taxonomy") -> str:
    """A file's content as the next version of a codebook, which forgets nothing.

    Labels that the file leaves out are retired, those that are retired stay so, and former paths
    stay with their labels; a label that the file has where it once was goes back there. A file that
    says all this itself is left as it is.

    Raises:
        BadTaxonomy: the file cannot be used.
    """
    table = cast("dict[str, Any]", read(text, source=source))
    coming = parse(text, source=source)
    former = read(present.text, source=source) if present.text else None
    placed: dict[LabelPath, LabelPath] = {}
    is_changed = False
    for label in (*present.walk(), *sorted(present.retired, key=lambda each: each.path)):
        now = coming.known(label.path)
        if now is None and (back := _back(label, coming, present)) is not None:
            tables_of(table, back.path).setdefault("was", []).append(label.path)
            is_changed = True
        elif now is None:
            if former is not None and label.path.split("/")[0] in {
                each["id"] for each in table["dimension"]
            }:
                kept = dict(tables_of(former, label.path))
                placed[label.path] = _keep_retired(table, label, kept, coming, placed)
                is_changed = True
        elif lost := [each for each in label.was if coming.known(each) is None]:
            tables_of(table, now.path)["was"] = [*now.was, *lost]
            is_changed = True
    if not is_changed:
        return text
    told = written(table)
    read(told, source=source)
    return told


def _back(label: Label, coming: Taxonomy, present: Taxonomy) -> Label | None:
    """Where a file has a label that is elsewhere by now: at one of the paths that it had."""
    for path in reversed(label.was):
        found = _exact(coming, path)
        if found is not None and present.known(path) == label:
            return found
    return None


def _keep_retired(
    table: dict[str, Any],
    label: Label,
    kept: dict[str, Any],
    coming: Taxonomy,
    placed: Mapping[LabelPath, LabelPath],
) -> LabelPath:
    """Put a label that a file left out below what is left of its parents, retired; its path there.

    Whoever stood above may have moved, or was put somewhere just before.
    """
    above: str = label.path.rsplit("/", 1)[0]
    if "/" in above:
        at = coming.known(above)
        above = placed[LabelPath(above)] if at is None else at.path
    path = LabelPath(f"{above}/{kept['id']}")
    kept.pop("label", None)
    kept["retired"] = True
    if path != label.path:
        kept["was"] = [*kept.get("was", []), label.path]
    tables_of(table, above).setdefault("label", []).append(kept)
    return path


def tables_of(table: Table, path: str) -> dict[str, Any]:
    """The table of a dimension or label in a taxonomy's tables; there must be one."""
    below, found = table["dimension"], None
    for id_ in path.split("/"):
        found = next(each for each in below if each["id"] == id_)
        below = found.get("label", [])
    assert found is not None
    return cast("dict[str, Any]", found)
