"""The composition root: settings become objects here, and nowhere else.

Building is cheap and touches nothing but the database: models and the vector store load when they
are first used. What was built is closed in reverse order.
"""

import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.config import Settings
from core.asking import Asking, AsVotes
from core.briefs import Briefs
from core.clock import SystemClock
from core.codebook_trial import Trials
from core.codebook_versions import Source
from core.codebooks import Codebooks
from core.consistency import Consistency
from core.counting import Figures
from core.daily import Daily
from core.decision_log import DecisionLog
from core.digests import Digests
from core.discussing import Discussing
from core.domain import ChatRef, Community, MemberRef
from core.draft import Drafter
from core.errors import BadConfig, BadStore, ModelUnavailable
from core.exporting import Exporting
from core.indexing import Indexer
from core.ingest import Ingest
from core.labelling import BUILTIN_RULE, PLAIN_RULE, Rule
from core.library import Library
from core.membership import Membership
from core.models.annotator import EntailmentAnnotator
from core.models.choosing import PrototypeChooser
from core.models.embedder import BuiltinEmbedder
from core.models.encoder import let_go, shared
from core.models.entailer import BuiltinEntailer, TowersEntailer, is_ours, make_entailer
from core.models.lane import LaneEntailer
from core.models.model_folder import TRAINING_FILE
from core.models.remembering import RememberingEntailer
from core.models.shelf import ModelShelf, Opened
from core.models.summariser import ExtractiveSummariser
from core.models.training_process import CHILD, ProcessTrainer
from core.newcomers import Newcomers
from core.opinions import Opinions
from core.people import People
from core.ports import (
    Annotator,
    Clock,
    Embedder,
    Entailer,
    Ledger,
    Precedents,
    Summariser,
    Trainer,
)
from core.promotion import Promotion
from core.questions import Purpose
from core.relabelling import Relabelling, join
from core.releasing import Releasing
from core.restoring import Restoring
from core.reviews import InRounds, Reviews
from core.search import Search
from core.sources import Reader, ReadLimits
from core.sources.net import Net, NetLimits
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from core.store.repository import Repository
from core.store.vectors import ChromaVectorIndex
from core.taxonomy import STARTER, STARTER_FILE, Taxonomy, load, starter, starter_text
from core.teaching import Teaching
from core.training import Training
from core.voting import Voting

if TYPE_CHECKING:
    from bot.chat import Platform
    from bot.dispatch import Dispatch
    from core.models.llm.server import Server

OPERATOR = MemberRef("local", "operator")
"""Who adds things from the command line and the terminal: the person at this machine."""


@dataclass(frozen=True, slots=True)
class App:
    """What was built from settings.

    Attributes:
        settings: as checked.
        library: the use cases.
        community: the one that the terminal and the command line speak for.
    """

    settings: Settings
    library: Library
    community: Community


@contextmanager
def build(settings: Settings) -> Iterator[App]:
    """Assemble a library over the data folder, and take it apart afterwards.

    Args:
        settings: where the data are, and how everything is set.

    Yields:
        The app; not to be used after the `with` block.

    Raises:
        BadTaxonomy: the configured labels cannot be used.
        BadStore: the folder cannot be written, or the database cannot be opened.
        DataInUse: another process has the folder.
    """
    configured, ours = cache(partial(make_source, settings)), cache(starter_source)
    if settings.taxonomy:
        configured()  # a mistake in somebody's file is told at once; ours is read when needed
    _make_folder(settings.data)
    with ExitStack() as closing:
        embedder = make_embedder(settings)
        vectors = ChromaVectorIndex(
            settings.data / "vectors", version=embedder.version, size=embedder.size
        )
        closing.callback(vectors.close)
        vectors.take()  # before anything is read: of two processes the second is told at once
        database = Database(settings.data / "commonplace.db")
        closing.callback(database.close)
        keywords = FtsKeywordIndex(database)
        repository = Repository(database, keywords)
        reader = closing.enter_context(make_reader(settings))
        entailer = make_entailer_from(settings)
        annotator = _annotator(entailer, embedder)
        clock = SystemClock()
        shelf = _make_shelf(settings, entailer, annotator, embedder)
        promotion = Promotion(
            repository,
            shelf,
            settings.data / "models",
            clock,
            lambda community, number: relabelling.begin(
                community, cause="model", version=str(number)
            ),
        )

        llm = make_llm(settings, repository, clock)
        summariser = make_summariser(settings, embedder, llm)

        codebooks = Codebooks(
            repository,
            lambda community: ours() if community.taxonomy == STARTER else configured(),
            clock,
        )
        taxonomies = codebooks.taxonomy
        voting = Voting(repository, taxonomies, clock, codebooks.version)
        asking = Asking(
            repository,
            clock,
            {Purpose.DAILY: AsVotes(voting), Purpose.ROUND: InRounds(repository)},
        )
        relabelling = Relabelling(
            repository,
            promotion.annotator,
            voting,
            taxonomies,
            clock,
            embedder=embedder,
            vectors=vectors,
        )
        join(codebooks, voting, relabelling)
        training = Training(
            repository,
            make_trainer(settings),
            shelf,
            promotion,
            Teaching(repository, promotion.folder, taxonomies, codebooks.version),
            taxonomies,
            clock,
        )
        closing.callback(training.close)
        opinions = None
        if llm is not None and settings.llm.labels:
            opinions = Opinions(
                repository,
                vectors,
                voting,
                taxonomies,
                clock,
                annotator=_opinionated(llm, embedder),
            )
            closing.callback(opinions.close)

        search = Search(
            repository=repository,
            keywords=keywords,
            vectors=vectors,
            embedder=embedder,
            taxonomies=taxonomies,
            clock=clock,
        )
        library = Library(
            repository=repository,
            ingest=Ingest(
                repository=repository,
                reader=reader,
                summariser=summariser,
                annotators=promotion.annotator,
                embedder=embedder,
                vectors=vectors,
                taxonomies=taxonomies,
                clock=clock,
                asks_opinions=opinions is not None,
                codebook_version=codebooks.version,
            ),
            search=search,
            voting=voting,
            discussing=Discussing(repository, voting, codebooks, clock),
            log=DecisionLog(repository, keywords, taxonomies, clock),
            membership=Membership(
                repository,
                vectors,
                clock,
                language=settings.language,
                timezone=settings.timezone,
            ),
            asking=asking,
            reviews=Reviews(repository, asking, voting, taxonomies, clock),
            newcomers=Newcomers(repository, asking, voting, taxonomies, clock),
            daily=Daily(repository, asking, taxonomies, clock),
            digests=Digests(repository, search, taxonomies, clock),
            briefs=Briefs(repository, search, taxonomies, clock, _drafter(settings, llm)),
            figures=Figures(repository, search, taxonomies, clock),
            people=People(repository, vectors),
            consistency=Consistency(repository, taxonomies, clock),
            exporting=Exporting(repository, search, taxonomies, clock),
            releasing=Releasing(repository, search, taxonomies, codebooks.versions, clock),
            restoring=Restoring(
                repository, Indexer(repository, embedder, vectors), taxonomies, codebooks.keep_own
            ),
            reader=reader,
            annotator=annotator,
            entailer=entailer,
            embedder=embedder,
            keywords=keywords,
            vectors=vectors,
            taxonomies=taxonomies,
            codebooks=codebooks,
            trials=Trials(repository, codebooks, promotion.annotator),
            relabelling=relabelling,
            promotion=promotion,
            training=training,
            clock=clock,
            opinions=opinions,
            sends_to=sends_to(settings),
        )
        library.people.texts_changed = library.ingest.texts_changed = training.texts_changed
        yield App(settings, library, _community(repository, settings))


def _user_name() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have a number and no name
        return None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadStore(
            f"{folder} cannot be made: {error.strerror}. Name another folder with --data.",
            file=str(folder),
        ) from error


def _community(repository: Repository, settings: Settings) -> Community:
    """The community of the settings; a language that is set there wins over the stored one."""
    community = repository.community(
        settings.community, language=settings.language, timezone=settings.timezone
    )
    if "language" in settings.model_fields_set and community.language != settings.language:
        repository.set_language(community.id, settings.language)
        return replace(community, language=settings.language)
    return community


@contextmanager
def make_reader(settings: Settings) -> Iterator[Reader]:
    """The reader of links and files alone, for looking without keeping."""
    net = make_net(settings)
    reader = Reader(net, limits=_read_limits(settings))
    try:
        yield reader
    finally:
        reader.close()
        net.close()


def _read_limits(settings: Settings) -> ReadLimits:
    return ReadLimits(max_pages=settings.fetch.max_pages, reads_pictures=settings.models.ocr)


def make_net(settings: Settings) -> Net:
    """The opener of connections within the configured limits."""
    fetch = settings.fetch
    return Net(
        NetLimits(
            ports=fetch.ports,
            allow=fetch.allow,
            connect_timeout_s=fetch.connect_timeout_s,
            read_timeout_s=fetch.read_timeout_s,
            total_timeout_s=fetch.total_timeout_s,
            max_bytes=fetch.max_bytes,
            max_decompressed_bytes=fetch.max_decompressed_bytes,
            contact=fetch.contact,
        ),
        clock=SystemClock(),
    )


def make_taxonomy(settings: Settings) -> Taxonomy:
    """The configured taxonomy, or the starter."""
    return load(settings.taxonomy) if settings.taxonomy else starter()


def make_source(settings: Settings) -> Source:
    """What communities begin with: the configured file, checked, or the starter."""
    if not settings.taxonomy:
        return starter_source()
    return Source(load(settings.taxonomy).text, settings.taxonomy.name, "file")


def starter_source() -> Source:
    """The labels that ship with the package, to begin with."""
    return Source(starter_text(), STARTER_FILE, "starter")


def make_embedder(settings: Settings) -> Embedder:
    """The built-in embedder."""
    return BuiltinEmbedder(encoder=shared(threads=settings.models.threads or None))


def make_entailer_from(settings: Settings) -> Entailer:
    """The configured entailer."""
    return make_entailer(settings.models.entailer, threads=settings.models.threads or None)


def make_comparing_entailer(settings: Settings) -> Entailer:
    """The configured entailer as wordings are compared with it, which takes very many questions.

    Of the built-in model only the towers are asked: they say which labels are judged at all.
    """
    entailer = make_entailer_from(settings)
    return entailer.towers if isinstance(entailer, BuiltinEntailer) else entailer


def make_annotator(settings: Settings) -> Annotator:
    """Labels by entailment with the configured model."""
    return _annotator(make_entailer_from(settings), make_embedder(settings))


def _annotator(entailer: Entailer, embedder: Embedder) -> Annotator:
    """An annotator that asks as much as the entailer's price allows.

    To two towers a label costs nothing, so everything is asked; where a judge stands beside them,
    it is asked about what they leave standing. Any other model reads text and label together and is
    asked about likely labels, which the built-in model's vectors tell. Such models are asked once,
    and by all threads in one lane.
    """
    rule = rule_for(entailer)
    if isinstance(entailer, TowersEntailer):
        return EntailmentAnnotator(entailer, rule=rule)
    asked = RememberingEntailer(LaneEntailer(entailer))
    if isinstance(entailer, BuiltinEntailer):
        return EntailmentAnnotator(asked, rule=rule, bound=entailer.towers)
    return EntailmentAnnotator(asked, rule=rule, chooser=PrototypeChooser(embedder))


def _make_shelf(
    settings: Settings, entailer: Entailer, annotator: Annotator, embedder: Embedder
) -> ModelShelf:
    """Opens communities' models beside the configured one."""

    def opened(folder: Path) -> Opened:
        if not _may_have_learnt(folder):
            raise ModelUnavailable(
                f"{folder} holds no model that learnt from a community. Name a folder that "
                "`commonplace model export` or `commonplace train` wrote.",
                model=str(folder),
            )
        own = make_entailer(str(folder), threads=settings.models.threads or None)
        return Opened(own, _annotator(own, embedder))

    named = Path(settings.models.entailer or "").expanduser()
    folder = named if settings.models.entailer and _may_have_learnt(named) else None
    return ModelShelf(Opened(entailer, annotator, folder), opened, let_go)


def _may_have_learnt(folder: Path) -> bool:
    return is_ours(folder) or (folder / TRAINING_FILE).is_file()


def make_trainer(settings: Settings, *, child: str = CHILD) -> Trainer:
    """What makes communities' models, in a process of its own."""
    return ProcessTrainer(settings.models.entailer, tunes=settings.models.tunes, child=child)


def rule_for(entailer: Entailer) -> Rule:
    """How sure a "yes" of this entailer must be; of a community's model, also as it has learnt."""
    match entailer:
        case TowersEntailer():
            return replace(BUILTIN_RULE, thresholds=entailer.thresholds)
        case BuiltinEntailer():
            return replace(BUILTIN_RULE, thresholds=entailer.towers.thresholds)
        case _:
            return PLAIN_RULE


def make_extractive(settings: Settings) -> Summariser:
    """The summariser that quotes at the configured length: labels are asked about its sentences,
    whatever words the cards."""
    return ExtractiveSummariser(max_characters=settings.summary.max_characters)


def make_summariser(
    settings: Settings, embedder: Embedder | None = None, llm: "Server | None" = None
) -> Summariser:
    """The extractive summariser at the configured length, or one that words its own beside it.

    Args:
        embedder: checks what was worded; None: the built-in one.
        llm: the language model's server; None: no account of its tokens is kept.
    """
    summary = settings.summary
    extractive = make_extractive(settings)
    if summary.method == "extractive":
        return extractive
    from core.models.abstractive import CheckedSummariser, Writer

    writer: Writer
    if summary.method == "seq2seq":
        from core.models.seq2seq import Seq2SeqWriter

        if not summary.model:
            raise _lacks("summary.model", "the hub name or folder of a sequence-to-sequence model")
        writer = Seq2SeqWriter(summary.model, threads=settings.models.threads or None)
    else:
        from core.models.llm.writer import LlmWriter

        llm = llm or make_llm(settings)
        if llm is None:
            raise _lacks(
                "llm.base_url", 'an address such as "http://127.0.0.1:11434/v1", and a model'
            )
        writer = LlmWriter(llm)
    return CheckedSummariser(
        writer,
        extractive,
        embedder or make_embedder(settings),
        max_characters=summary.max_characters,
    )


def _lacks(key: str, expected: str) -> BadConfig:
    return BadConfig(
        f'A summary of method "seq2seq" or "llm" needs the setting "{key}": {expected}.',
        key=key,
        found="nothing",
        expected=expected,
    )


def make_llm(
    settings: Settings, ledger: Ledger | None = None, clock: Clock | None = None
) -> "Server | None":
    """The language model's server, not yet connected; None if there is none.

    Args:
        ledger: keeps account of tokens; None: for this run only.
        clock: tells the time; None: the system's.
    """
    if not settings.llm.is_on:
        return None
    from core.models.llm.budget import Budget, MemoryLedger
    from core.models.llm.server import Account, Server

    llm = settings.llm
    account = Account(
        base_url=llm.base_url,
        model=llm.model,
        api_key=llm.api_key.get_secret_value(),
        timeout_s=llm.timeout_s,
        max_tokens=llm.max_tokens,
        answer_tokens=llm.answer_tokens,
        retries=llm.retries,
        seed=llm.seed,
    )
    budget = Budget(
        ledger or MemoryLedger(),
        clock or SystemClock(),
        requests_per_minute=llm.requests_per_minute,
        tokens_per_day=llm.tokens_per_day,
    )
    return Server(account, budget)


def _opinionated(llm: "Server", embedder: Embedder) -> Callable[[Precedents], Annotator]:
    from core.models.llm.annotator import LlmAnnotator, Prototypes

    prototypes, key = Prototypes(embedder), token_bytes(32)
    return lambda examples: LlmAnnotator(
        llm, embedder, precedents=examples, prototypes=prototypes, key=key
    )


def _drafter(settings: Settings, llm: "Server | None") -> Drafter | None:
    """Who drafts over a dossier, if a language model shall."""
    if llm is None or not settings.llm.drafts:
        return None
    from core.models.llm.drafter import LlmDrafter

    return LlmDrafter(llm)


def sends_to(settings: Settings) -> str | None:
    """The host of the server that texts are sent to; None if they stay here."""
    llm = settings.llm
    is_used = llm.is_on and (llm.labels or llm.drafts or settings.summary.method == "llm")
    return urlsplit(llm.base_url).netloc.rpartition("@")[2] if is_used else None


def make_platforms(app: App) -> "list[Platform]":
    """The chat platforms that have a token, not yet started."""
    settings = app.settings
    return [
        make(app)
        for make, token in (
            (_telegram, settings.telegram.token),
            (_discord, settings.discord.token),
        )
        if token.get_secret_value()
    ]


def _telegram(app: App) -> "Platform":
    from bot.platforms.telegram import TelegramPlatform, Webhook

    account = app.settings.telegram
    brought = account.webhook
    webhook = None
    if brought.url:
        webhook = Webhook(brought.url, brought.secret, brought.listen, brought.port)
    return TelegramPlatform(
        account.token.get_secret_value(),
        base_url=account.base_url,
        base_file_url=account.base_file_url or None,
        webhook=webhook,
    )


def _discord(app: App) -> "Platform":
    from bot.platforms.discord import DiscordPlatform

    account = app.settings.discord

    def private_chats() -> list[ChatRef]:
        chats = app.library.repository.all_chats()
        return [
            chat.where
            for chat in chats
            if chat.is_private and chat.where.platform == DiscordPlatform.name
        ]

    return DiscordPlatform(
        account.token.get_secret_value(),
        reads_messages=account.reads_messages,
        api_url=account.api_url,
        gateway_url=account.gateway_url,
        private_chats=private_chats,
    )


def make_dispatch(app: App, platforms: "Sequence[Platform]") -> "Dispatch":
    """The conversation on platforms whose chats are communities of their own."""
    from bot.dispatch import Dispatch
    from bot.features import FEATURES

    settings = app.settings
    return Dispatch(
        app.library,
        FEATURES,
        platforms,
        is_allowed=lambda where: settings.lets_in(where.platform, where.chat),
    )


async def converse(app: App, *, history: Path) -> int:
    """Hold the conversation in this terminal, or in the pipe in its place, until it ends.

    Args:
        history: file of what was typed before.

    Returns:
        The exit code: 0, or 1 if a message was not done as it asked.
    """
    from bot.dispatch import Dispatch
    from bot.features import FEATURES
    from bot.platforms.console import ConsolePlatform
    from bot.platforms.console_screen import open_screen

    screen = open_screen(history=history)
    console = ConsolePlatform(
        screen,
        member=OPERATOR,
        member_name=_user_name(),
        folder=app.settings.data / "answers",
    )
    dispatch = Dispatch(app.library, FEATURES, [console], homes={console.name: app.community})
    try:
        await console.start(dispatch)
        if screen.is_terminal:
            app.library.reader.warm()  # while the person types, what reads pages gets ready
        return await console.finished()
    finally:
        await console.stop()
        await dispatch.stop()
