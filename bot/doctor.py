"""What the doctor looks at: configuration, storage, models, fonts, and what can be reached.

Each check is a function that returns findings, never raises, and says by a message id how to mend
what it found (`doctor-ID` and `doctor-ID-mend` in the locale files).
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import CONFIG_FILE, Settings
from core.domain import State
from core.errors import BadStore, CommonplaceError, DataInUse, Fact

if TYPE_CHECKING:
    from bot.app import App

MIN_FREE_BYTES = 500_000_000
PROBE_URL = "https://example.com/"  # reserved for such use, RFC 2606
CJK_FONTS = (
    "notosanscjk", "notosanstc", "notoserifcjk", "notoseriftc", "sourcehansans", "sourcehanserif",
    "pingfang", "msjh", "mingliu", "wqy", "droidsansfallback", "uming", "ukai", "stheiti",
    "hiragino", "lihei", "taipeisans", "jf-openhuninn",
)  # fmt: skip
FONT_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip


class Health(StrEnum):
    """How bad a finding is. A warning leaves the program usable."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        id: stable key; also the message ids `doctor-ID` and, unless OK, `doctor-ID-mend`.
        health: how it is.
        facts: values of the sentences.
        error: what was raised, if anything; it has a sentence of its own.
    """

    id: str
    health: Health
    facts: Mapping[str, Fact] = field(default_factory=dict)
    error: CommonplaceError | None = None


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, cheapest first; each finding comes as soon as it is known."""
    yield configuration(settings)
    yield platforms(settings)
    yield data_folder(settings)
    yield taxonomy(settings)
    yield from storage(settings)
    yield from models(settings)
    if settings.llm.is_on:
        yield language_model(settings)
    yield fonts()
    yield network(settings)


def configuration(settings: Settings) -> Finding:
    """Which file is in force. (A wrong one is refused before anybody gets here.)"""
    file = settings.data / CONFIG_FILE
    name = os.environ.get("COMMONPLACE_CONFIG") or (str(file) if file.exists() else "")
    return Finding(
        "configuration" if name else "configuration-none", Health.OK, {"file": name or str(file)}
    )


def platforms(settings: Settings) -> Finding:
    """Which chat platforms have a token; whether it is the right one is said when they start."""
    tokens = {"Telegram": settings.telegram.token, "Discord": settings.discord.token}
    names = [name for name, token in tokens.items() if token.get_secret_value()]
    if not names:
        return Finding("platforms-none", Health.OK)
    return Finding("platforms", Health.OK, {"names": ", ".join(names)})


def data_folder(settings: Settings) -> Finding:
    """Whether the folder can be written and has room."""
    folder = settings.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".doctor-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return Finding(
            "data-not-writable",
            Health.FAILURE,
            {"folder": str(folder), "problem": error.strerror or str(error)},
        )
    free = shutil.disk_usage(folder).free
    facts: dict[str, Fact] = {"folder": str(folder), "free_mb": free // 1_000_000}
    return Finding("data", Health.OK if free >= MIN_FREE_BYTES else Health.WARNING, facts)


def taxonomy(settings: Settings) -> Finding:
    """Whether the labels can be used."""
    from bot.app import make_taxonomy

    def look() -> Finding:
        tree = make_taxonomy(settings)
        count = sum(1 for _ in tree.walk())
        return Finding("taxonomy", Health.OK, {"dimensions": len(tree.dimensions), "labels": count})

    return _guarded("taxonomy-bad", look)


def storage(settings: Settings) -> Iterator[Finding]:
    """Whether the database opens, how items are, and whether the vectors agree with it."""
    from bot.app import build

    try:
        with build(settings) as app:
            repository, community = app.library.repository, app.community
            states = repository.states(community.id)
            if problems := repository.problems():
                facts: dict[str, Fact] = {"count": len(problems), "first": problems[0]}
                yield Finding("database-damaged", Health.FAILURE, facts)
            yield Finding("database", Health.OK, {"items": repository.count(community.id)})
            unfinished = len(app.library.ingest.unfinished())
            if unfinished:
                yield Finding("unfinished", Health.WARNING, {"items": unfinished})
            if failed := states.get(State.FAILED, 0):
                yield Finding("failed-items", Health.WARNING, {"items": failed})
            done = states.get(State.DONE, 0)
            yield _guarded("vectors-bad", lambda: _vectors(app, done=done))
            for each in repository.communities():
                if app.library.codebooks.is_behind(each):
                    yield Finding("codebook-behind", Health.WARNING, {"community": each.name})
    except DataInUse as error:
        yield Finding("data-in-use", Health.WARNING, error.facts, error)
    except CommonplaceError as error:
        yield Finding("database-bad", Health.FAILURE, error.facts, error)
    except OSError as error:  # a file where a folder must be, a disk that fails
        bad = BadStore(f"The system answers: {error}.", file=error.filename or str(settings.data))
        yield Finding("database-bad", Health.FAILURE, bad.facts, bad)


def _vectors(app: "App", *, done: int) -> Finding:
    stored = app.library.vectors.count(app.community.id)
    missing = max(done - stored, 0)
    health = Health.WARNING if missing else Health.OK
    return Finding("vectors", health, {"stored": stored, "missing": missing})


def models(settings: Settings) -> Iterator[Finding]:
    """Whether both models load and answer."""
    from bot.app import make_embedder, make_entailer_from

    def embedder() -> Finding:
        began = time.monotonic()
        model = make_embedder(settings)
        model.embed(["資料", "data"])
        return Finding("embedder", Health.OK, {"model": model.version, "seconds": _since(began)})

    def entailer() -> Finding:
        began = time.monotonic()
        model = make_entailer_from(settings)
        model.entail([("貓坐在墊子上。", "這篇文章與「動物」有關。")])
        return Finding("entailer", Health.OK, {"model": model.version, "seconds": _since(began)})

    yield _guarded("embedder-bad", embedder)
    yield _guarded("entailer-bad", entailer)


def language_model(settings: Settings) -> Finding:
    """Whether the language model's server answers one small question."""
    from bot.app import make_llm, sends_to

    def look() -> Finding:
        began = time.monotonic()
        server = make_llm(settings)
        assert server is not None
        server.check()
        facts: dict[str, Fact] = {
            "model": server.model,
            "host": sends_to(settings) or settings.llm.base_url,
            "seconds": _since(began),
        }
        return Finding("llm", Health.OK, facts)

    return _guarded("llm-bad", look, health=Health.WARNING)


def fonts() -> Finding:
    """Whether pictures can show Chinese: a font file with its glyphs is installed."""
    for folder in FONT_FOLDERS:
        for _, _, files in os.walk(Path(folder).expanduser()):
            for name in files:
                if any(known in name.lower().replace("_", "") for known in CJK_FONTS):
                    return Finding("fonts", Health.OK, {"font": name})
    return Finding("fonts-missing", Health.WARNING)


def network(settings: Settings) -> Finding:
    """Whether pages can be fetched at all."""
    from bot.app import make_net

    def look() -> Finding:
        began = time.monotonic()
        net = make_net(settings)
        try:
            net.open(PROBE_URL)
        finally:
            net.close()
        return Finding("network", Health.OK, {"url": PROBE_URL, "seconds": _since(began)})

    return _guarded("network-bad", look, health=Health.WARNING)


def _guarded(
    id_when_bad: str, look: Callable[[], Finding], *, health: Health = Health.FAILURE
) -> Finding:
    try:
        return look()
    except CommonplaceError as error:
        return Finding(id_when_bad, health, error.facts, error)


def _since(began: float) -> float:
    return round(time.monotonic() - began, 1)
