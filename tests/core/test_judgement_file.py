"""Tables of judgements are read from whatever spreadsheet wrote them, or refused with a reason."""

import pytest

from core.agreement import Judgement
from core.errors import BadJudgements
from core.judgement_file import read_judgements

HEADING = "rater,item,label,value\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("rater,item,label,value\n小美,1,topic/a,是\n", id="commas"),
        pytest.param("rater;item;label;value\r\n小美;1;topic/a;是\r\n", id="semicolons"),
        pytest.param("rater\titem\tlabel\tvalue\n小美\t1\ttopic/a\t是\n", id="tabs"),
        pytest.param(
            "\ufeffRater , ITEM,label,value\n 小美 ,1,topic/a,是\n\n", id="byte-order-mark"
        ),
        pytest.param("note,value,label,item,rater\nx,是,topic/a,1,小美\n", id="other-order"),
        pytest.param(HEADING + "小美,1,topic/a,是\n阿明,1,topic/a,\n", id="a-value-is-missing"),
        pytest.param(HEADING + "小美,1,topic/a,是\n" * 1 + "小美,1,topic/a,是\n", id="said-twice"),
        pytest.param(HEADING + '"小美",1,"topic/a","是"', id="quoted-without-end-of-line"),
    ],
)
def test_tables_are_read(tmp_path, text):
    """Whoever wrote them."""
    file = tmp_path / "j.csv"
    file.write_bytes(text.encode())

    assert read_judgements(file) == [Judgement("小美", "1", "topic/a", "是")]


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        pytest.param(b"", "columns", None, id="empty-file"),
        pytest.param(b"rater,item,value\na,1,x\n", "columns", None, id="a-column-is-missing"),
        pytest.param(HEADING.encode(), "empty", None, id="no-rows"),
        pytest.param(HEADING.encode() + b"a,1,l,\n", "empty", None, id="no-values"),
        pytest.param(HEADING.encode() + b"a,1,l,x\n,1,l,x\n", "empty-cell", "3", id="no-rater"),
        pytest.param(HEADING.encode() + b"a,1\n", "empty-cell", "2", id="short-row"),
        pytest.param(
            HEADING.encode() + b"a,1,l,x\na,1,l,y\n", "contradiction", "3", id="two-answers"
        ),
        pytest.param(HEADING.encode() + "小美,1,l,是\n".encode("big5"), "encoding", "2", id="Big5"),
        pytest.param((HEADING + "a,1,l,x\n").encode("utf-16"), "encoding", "1", id="UTF-16"),
        pytest.param(HEADING.encode() + b'a,1,l,"x\n', "no-csv", "2", id="open-quote"),
    ],
)
def test_what_cannot_be_read_has_a_reason(tmp_path, data, reason, line):
    """And the line, where there is one."""
    file = tmp_path / "j.csv"
    file.write_bytes(data)

    with pytest.raises(BadJudgements) as error:
        read_judgements(file)

    assert error.value.facts["reason"] == reason
    assert error.value.facts.get("line") == line


def test_a_file_that_is_not_there(tmp_path):
    """Is told by its path."""
    with pytest.raises(BadJudgements) as error:
        read_judgements(tmp_path / "nowhere.csv")

    assert error.value.facts["reason"] == "unreadable"


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    """It would not fit in memory."""
    monkeypatch.setattr("core.judgement_file.MAX_BYTES", 10)
    file = tmp_path / "j.csv"
    file.write_text(HEADING)

    with pytest.raises(BadJudgements) as error:
        read_judgements(file)

    assert error.value.facts["reason"] == "too-large"
