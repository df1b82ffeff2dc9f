"""Settings: `config.toml` and the environment become checked values, or a sentence that helps.

A value is looked for in this order: the command line, the environment (`COMMONPLACE_FETCH__ALLOW`
is `allow` in the section `[fetch]`), the file, the default. The file is `--config`, else
`COMMONPLACE_CONFIG`, else `config.toml` in the data folder. Each key is explained in
`config.example.toml`.
"""

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from core.domain import Language
from core.errors import BadConfig

CONFIG_FILE = "config.toml"
PREFIX = "COMMONPLACE_"


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError('an IANA time zone such as "Asia/Taipei"')
    return name


def environment_language(environ: Mapping[str, str] = os.environ) -> Language:
    """The language that a terminal asks for: zh-TW for any Chinese locale, English otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "zh-TW" if value.lower().startswith("zh") else "en"
    return "en"


def default_data() -> Path:
    """The data folder when nobody names one: where the operating system keeps such things."""
    return user_data_path("commonplace", appauthor=False)


def _handle(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
        raise ValueError('1 to 40 of the characters a-z, 0-9 and -, such as "green-taipei"')
    return name


class Section(BaseModel):
    """Frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Fetch(Section):
    """`[fetch]`: what may be fetched, and how long and how much at most.

    Attributes:
        ports: TCP ports that may be connected to.
        allow: hosts, "host:port" or networks ("10.1.0.0/16") that may be fetched although their
            address is private: a group's own intranet.
        connect_timeout_s, read_timeout_s, total_timeout_s: seconds.
        max_bytes: of one body as it comes over the wire; max_decompressed_bytes: unpacked.
        max_pages: of one PDF.
        contact: an address or page for the User-Agent, so that publishers can reach the operator.
    """

    ports: tuple[Annotated[int, Field(ge=1, le=65535)], ...] = (80, 443, 8080, 8443)
    allow: tuple[str, ...] = ()
    connect_timeout_s: float = Field(default=5, gt=0, le=120)
    read_timeout_s: float = Field(default=10, gt=0, le=120)
    total_timeout_s: float = Field(default=30, gt=0, le=600)
    max_bytes: int = Field(default=10_000_000, ge=10_000)
    max_decompressed_bytes: int = Field(default=30_000_000, ge=10_000)
    max_pages: int = Field(default=300, ge=1)
    contact: str = ""


class Summaries(Section):
    """`[summary]`: how texts are shortened.

    Attributes:
        max_characters: the longest one, in Chinese characters (see `core.models.summariser`).
        method: "extractive" quotes sentences; "seq2seq" and "llm" word a summary of their own,
            which is checked against the text and marked (see `core.models.abstractive`).
        model: of "seq2seq": hub name or folder; needs the extra `hub`.
    """

    max_characters: int = Field(default=220, ge=40, le=2000)
    method: Literal["extractive", "seq2seq", "llm"] = "extractive"
    model: str = ""


def _base_url(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s?#]+", url):
        raise ValueError('an address such as "http://127.0.0.1:11434/v1"')
    return url.rstrip("/")


class Llm(Section):
    """`[llm]`: a language model on an OpenAI-compatible server; without `base_url` and `model`
    there is none, and no text leaves this machine.

    Attributes:
        base_url: up to and with "/v1".
        model: as the server names it.
        api_key: where the server wants one.
        labels: whether it suggests labels.
        drafts: whether it drafts a text over a dossier (`/brief`).
        timeout_s: for one answer.
        retries: after 408, 409, 429 and 5xx, within one request.
        max_tokens: of one request, question and answer together; answer_tokens: of the answer.
        requests_per_minute, tokens_per_day: limits; 0 tokens: no limit.
        seed: so that a server that can answers the same again.
    """

    base_url: Annotated[str, AfterValidator(_base_url)] = ""
    model: str = ""
    api_key: SecretStr = SecretStr("")
    labels: bool = True
    drafts: bool = True
    timeout_s: float = Field(default=60, gt=0, le=900)
    retries: int = Field(default=2, ge=0, le=10)
    max_tokens: int = Field(default=8000, ge=1000, le=1_000_000)
    answer_tokens: int = Field(default=800, ge=100, le=100_000)
    requests_per_minute: int = Field(default=20, ge=1, le=10_000)
    tokens_per_day: int = Field(default=200_000, ge=0)
    seed: int = 20

    @property
    def is_on(self) -> bool:
        """Whether there is one."""
        return bool(self.base_url and self.model)


class Models(Section):
    """`[models]`: which models, and how many processor cores they may use.

    Attributes:
        entailer: "builtin", or the hub name or folder of a sequence-classification model with an
            entailment label.
        threads: 0 means all physical cores.
        ocr: read the words in pictures; needs the extra `ocr`.
        tunes: train weights, too, when a model learns from decisions; else labels alone are
            learnt, in seconds instead of minutes.
    """

    entailer: str = Field(default="builtin", min_length=1)
    threads: int = Field(default=0, ge=0, le=256)
    ocr: bool = False
    tunes: bool = True


class Webhook(Section):
    """`[telegram.webhook]`: updates are brought to us instead of fetched; without `url`, fetched.

    Attributes:
        url: public https address that leads here (ports 443, 80, 88 or 8443).
        listen, port: where the program itself listens.
        secret: 1 to 256 of A-Z a-z 0-9 _ -; what comes without it is turned away.
    """

    url: str = ""
    listen: str = "127.0.0.1"
    port: int = Field(default=8443, ge=1, le=65535)
    secret: str = Field(default="", pattern=r"^[A-Za-z0-9_-]{0,256}$")


class Telegram(Section):
    """`[telegram]`: the bot's account there; without a token the platform is left out.

    Attributes:
        token: as BotFather gives it.
        base_url: of the Bot API server, such as a local one; base_file_url: where it hands out
            files, if that is not `/file` below it.
        webhook: see there.
    """

    token: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org"
    base_file_url: str = ""
    webhook: Webhook = Webhook()


class Discord(Section):
    """`[discord]`: the bot's account there; without a token the platform is left out.

    Attributes:
        token: as the developer portal gives it.
        reads_messages: asks for the Message Content intent, which `intake = "links"` and intake by
            reaction need; it must be switched on in the developer portal too.
        api_url, gateway_url: of a compatible server; empty: Discord's own.
    """

    token: SecretStr = SecretStr("")
    reads_messages: bool = False
    api_url: str = ""
    gateway_url: str = ""


def _chat(address: str) -> str:
    if not re.fullmatch(r"[a-z]+:-?[A-Za-z0-9_]+", address):
        raise ValueError('a chat such as "telegram:-1001234567890" or "discord:123456789"')
    return address


class Access(Section):
    """`[access]`: who is let in.

    Attributes:
        chats: "platform:id" of groups, servers and private chats; empty: everybody.
    """

    chats: tuple[Annotated[str, AfterValidator(_chat)], ...] = ()


class Retention(Section):
    """`[retention]`: how long things are kept that nobody asked for.

    Attributes:
        after_leaving_days: a community's collection after the bot left its last chat.
        event_days: the keys by which platforms' events are known again; their words are gone as
            soon as they are answered.
    """

    after_leaving_days: int = Field(default=30, ge=0)
    event_days: int = Field(default=14, ge=2)


class Settings(Section):
    """Everything that can be set.

    Attributes:
        data: folder of the database, the vectors and the history.
        community: short handle of the community that the terminal and the command line speak for.
        language: in which the community is spoken to and its labels are worded.
        timezone: IANA name; days and weeks begin by it.
        taxonomy: file of the community's labels; None is the starter taxonomy.
    """

    data: Path = Field(default_factory=default_data)
    community: Annotated[str, AfterValidator(_handle)] = "home"
    language: Language = Field(default_factory=environment_language)
    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Asia/Taipei"
    taxonomy: Path | None = None
    fetch: Fetch = Fetch()
    summary: Summaries = Summaries()
    models: Models = Models()
    llm: Llm = Llm()
    telegram: Telegram = Telegram()
    discord: Discord = Discord()
    access: Access = Access()
    retention: Retention = Retention()

    def lets_in(self, platform: str, chat: str) -> bool:
        """Whether a chat is let in."""
        return not self.access.chats or f"{platform}:{chat}" in self.access.chats


def load(
    *,
    data: Path | None = None,
    file: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    **overrides: str | None,
) -> Settings:
    """Gather the settings.

    Args:
        data: the data folder, as the command line names it.
        file: the configuration file, as the command line names it; must exist.
        environ: the environment.
        **overrides: further top-level values from the command line; None is passed over.

    Raises:
        BadConfig: unreadable file, unknown key or unusable value, with where it was found.
    """
    values = _from_environment(environ)
    if data is not None:
        values["data"] = str(data)
    values |= {key: value for key, value in overrides.items() if value is not None}

    named = file or (Path(environ[PREFIX + "CONFIG"]) if environ.get(PREFIX + "CONFIG") else None)
    path = named or Path(str(values.get("data") or default_data())).expanduser() / CONFIG_FILE
    if named is not None or path.exists():
        values = _merge(_read(path), values)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise _explain(error, path) from None
    return settings.model_copy(
        update={
            "data": settings.data.expanduser().absolute(),
            "taxonomy": settings.taxonomy
            and (path.parent / settings.taxonomy.expanduser()).absolute(),
        }
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadConfig(
            f"There is no configuration file {path}. Check the path, or leave --config out to use "
            "the defaults.",
            key="config",
            found=str(path),
            expected="an existing file",
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfig(
            f"{path} cannot be read as TOML: {error}. Compare it with config.example.toml.",
            key="config",
            found=str(error),
            expected="TOML in UTF-8",
        ) from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """COMMONPLACE_A__B=x -> {"a": {"b": x}}; lists are written as in TOML: ["a", "b"]."""
    values: dict[str, Any] = {}
    for name, text in environ.items():
        if not name.startswith(PREFIX) or name == PREFIX + "CONFIG" or not text:
            continue
        *sections, key = name.removeprefix(PREFIX).lower().split("__")
        place = values
        for section in sections:
            inner = place.get(section)
            if not isinstance(inner, dict):
                inner = place[section] = {}
            place = inner
        try:
            place[key] = json.loads(text) if text.startswith("[") else text
        except json.JSONDecodeError:
            raise BadConfig(
                f'{name} begins with "[" but is no list: {text}. Write it like ["a", "b"].',
                key=name,
                found=text,
                expected='a list such as ["a", "b"]',
            ) from None
    return values


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = (
            _merge(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
        )
    return merged


def _explain(error: ValidationError, path: Path) -> BadConfig:
    """The first problem as found, expected, try."""
    problem = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in problem["loc"] if isinstance(part, str))
    found = repr(problem["input"])
    if problem["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, _keys(Settings), n=1)
        expected = f'"{near[0]}"' if near else "one of: " + ", ".join(_keys(Settings))
        return BadConfig(
            f'Unknown setting "{key}" (in {path} or the environment). Did you mean {expected}?',
            key=key,
            found=key,
            expected=expected,
        )
    if "tuple" in problem["type"]:
        problem["msg"] = 'a list such as ["a", "b"]'
    expected = problem["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return BadConfig(
        f'The setting "{key}" is {found}; expected: {expected}. It is set in {path} or in the '
        f"environment as {PREFIX}{key.upper().replace('.', '__')}.",
        key=key,
        found=found,
        expected=expected,
    )


def _keys(section: type[BaseModel], prefix: str = "") -> list[str]:
    keys: list[str] = []
    for name, field in section.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            keys += _keys(inner, f"{prefix}{name}.")
        else:
            keys.append(prefix + name)
    return keys
