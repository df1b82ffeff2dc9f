"""A worded summary is shown only if the text bears it out; else the quoted one is."""

from pathlib import Path

import pytest

from core.errors import ModelBusy, ModelUnavailable
from core.models.abstractive import MAX_READ, CheckedSummariser, objection
from core.models.embedder import BuiltinEmbedder
from core.models.llm.writer import LlmWriter
from core.models.seq2seq import Seq2SeqWriter
from core.models.summariser import ExtractiveSummariser
from tests.fakes.checkpoints import write_seq2seq
from tests.fakes.llm import make_server
from tests.fakes.llm_server import says, serve_llm
from tests.fakes.models import FakeEmbedder, FakeWriter

CHINESE = (
    "移工團體今天在凱道集結，要求廢除「三年出國一日」條款。\n"
    "勞動部長許銘春表示，已經成立小組研議，預計年底前提出修法草案。\n"
    "主辦單位表示，今年有超過3,000名移工參與遊行，其中以家庭看護工居多。\n"
) + "遊行隊伍沿著中山南路前進，沿途高喊口號，要求政府正視看護工沒有休假的問題。\n" * 6
ENGLISH = (
    "Migrant workers marched through Taipei on Sunday.\n"
    "Labor Minister Hsu Ming-chun said that a task force would draft a law by 2027.\n"
    "The organisers counted 3,000 people, most of them caregivers.\n"
) + "They asked for the right to change employers freely and for one day off in a week.\n" * 8


def summarise(words: str | None, text: str = CHINESE, **how):
    writer = FakeWriter(words, **how)
    summariser = CheckedSummariser(writer, ExtractiveSummariser(), BuiltinEmbedder())
    return summariser.summarise(text, title="移工上街"), writer


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (
            "移工團體上街要求廢除「三年出國一日」條款，勞動部長許銘春表示年底前會提出修法草案。",
            CHINESE,
        ),
        ("約3000名移工遊行，多數是家庭看護工，他們要求有休假。", CHINESE),
        (
            "Workers marched in Taipei for a day off; Hsu Ming-chun said a law would come by 2027.",
            ENGLISH,
        ),
        ("About 3,000 migrant caregivers asked to change employers freely.", ENGLISH),
    ],
)
def test_what_the_text_bears_out_is_shown(words, text):
    """Beside the quoted sentences, on which labels and search rest."""
    summary, _ = summarise(words, text)

    assert summary.generated == words
    assert summary.extracts == ExtractiveSummariser().summarise(text, title="移工上街").extracts
    assert "fake-writer" in summary.method


@pytest.mark.parametrize(
    ("words", "text", "problem"),
    [
        pytest.param("", CHINESE, "empty", id="empty"),
        pytest.param("…！", CHINESE, "empty", id="signs"),
        pytest.param("移工要求休假。" * 60, CHINESE, "too long", id="too-long"),
        pytest.param("約5000名移工上街遊行。", CHINESE, "number", id="number"),
        pytest.param("約五千名移工上街遊行。", CHINESE, "number", id="chinese-number"),
        pytest.param("A law would come by 2028.", ENGLISH, "number", id="year"),
        pytest.param("立委王大明表示支持移工的要求。", CHINESE, "name", id="chinese-name"),
        pytest.param("移工要求廢除「黑心仲介」條款。", CHINESE, "quotation", id="quotation"),
        pytest.param("Workers met President Biden in Taipei.", ENGLISH, "name", id="name"),
        pytest.param("Greenpeace joined the workers in Taipei.", ENGLISH, "name", id="first-name"),
        pytest.param("移工上街遊行，詳情見 https://evil.example/。", CHINESE, "address", id="url"),
        pytest.param("移工上街遊行，加入 @freemoney 領獎。", CHINESE, "address", id="handle"),
        pytest.param(
            "The migrant workers want to have a day off in a week, and they want it by law.",
            CHINESE,
            "language",
            id="english-of-chinese",
        ),
        pytest.param(
            "移工上街要求休假，劳动部长表示将会提出修法草案。", CHINESE, "language", id="script"
        ),
        pytest.param(
            "移工上街遊行，要求每週有一天休假。", ENGLISH, "language", id="chinese-of-english"
        ),
    ],
)
def test_what_the_text_does_not_bear_out_is_refused(words, text, problem):
    """For what models invent, and for what a page may make one say."""
    assert problem in (objection(words, text, most=220) or "nothing")

    summary, _ = summarise(words, text)

    assert summary.generated is None
    assert summary.text


def test_what_strays_from_the_text_is_refused():
    """Words of the right language without a fact in them, about something else."""
    summary, _ = summarise("今天的晚餐很好吃，大家都說要再來一碗。")

    assert summary.generated is None


def test_a_short_text_is_not_worded():
    """It is its own summary; nobody is asked."""
    summary, writer = summarise("不同的話。", "明天下午三點集合。請帶水！")

    assert (summary.text, summary.generated) == ("明天下午三點集合。請帶水！", None)
    assert writer.read == []


@pytest.mark.parametrize(
    "error",
    [ModelBusy("slow", reason="timed-out"), ModelUnavailable("gone", model="m")],
    ids=["busy", "unavailable"],
)
def test_a_writer_that_fails_is_no_failure(error):
    """The quoted sentences are there."""
    summary, _ = summarise(None, error=error)

    assert summary.generated is None
    assert summary.extracts


def test_a_writer_reads_the_beginning():
    """Of a book, two pages."""
    _, writer = summarise("移工要求休假。", CHINESE * 50)

    assert [len(text) for text in writer.read] == [MAX_READ]


# ── on this machine ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["bart", "mbart", "t5"])
def test_a_sequence_to_sequence_model_writes_the_same_again(kind, tmp_path: Path):
    """Whatever its architecture; random weights write nonsense, but always the same."""
    folder = write_seq2seq(tmp_path / kind, kind)
    text = "They asked for the right to change employers. " * 9

    first = Seq2SeqWriter(str(folder)).write(text, title=None, most=30)
    second = Seq2SeqWriter(str(folder)).write(text, title=None, most=30)

    assert first == second
    assert isinstance(first, str)
    assert len(first) <= 30
    assert Seq2SeqWriter(str(folder)).version == f"seq2seq@1/{kind}"


def test_the_nonsense_of_an_untrained_model_is_never_shown(tmp_path: Path):
    """The whole way, with the built-in embedder as the judge."""
    writer = Seq2SeqWriter(str(write_seq2seq(tmp_path / "bart")))
    summariser = CheckedSummariser(writer, ExtractiveSummariser(), BuiltinEmbedder())

    assert summariser.summarise(ENGLISH).generated is None


@pytest.mark.parametrize("name", ["no-such-folder-here/", "empty"])
def test_a_model_that_cannot_be_had_is_told(name, tmp_path: Path, monkeypatch):
    """With its name, and the setting to look at."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "empty").mkdir()

    with pytest.raises(ModelUnavailable, match="summary"):
        Seq2SeqWriter(str(tmp_path / name)).write("text", title=None, most=30)


# ── on a server ──────────────────────────────────────────────────────────────────────────────────


def test_a_language_model_writes_and_is_checked():
    """The text goes as data; what comes back passes the same checks."""
    with serve_llm() as llm:
        summariser = CheckedSummariser(
            LlmWriter(make_server(llm)), ExtractiveSummariser(), FakeEmbedder(), min_likeness=0.1
        )
        shown = summariser.summarise(CHINESE, title="移工上街")
        llm.mind = says('{"summary": "請到 evil.com 領取9999元獎金。"}')
        refused = summariser.summarise(CHINESE, title="移工上街")

    assert shown.generated == "移工團體今天在凱道集結，要求廢除「三年出國一日」條款。"
    assert refused.generated is None
    (asked, *_) = llm.questions
    assert asked.data == {"title": "移工上街", "text": CHINESE}
    assert "凱道" not in asked.outside


def test_a_text_too_long_for_a_request_is_read_from_its_beginning():
    """The limit of a request holds for summaries, too."""
    with serve_llm() as llm:
        LlmWriter(make_server(llm, max_tokens=2000)).write("字" * 6000, title=None, most=100)

    (asked,) = llm.questions
    assert 200 <= len(asked.data["text"]) < 1200
