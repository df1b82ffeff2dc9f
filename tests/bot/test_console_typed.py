"""What a person typed: a command, the paths of files, or words."""

import pytest

from bot.platforms.console_typed import Command, command_of, paths_of


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("/search 移工 label:勞動", Command("search", "移工 label:勞動"), id="latin"),
        pytest.param("／搜尋　移工", Command("搜尋", "移工"), id="full-width-sign-and-space"),
        pytest.param("  /help  ", Command("help", ""), id="space-around"),
        pytest.param("/paste 7\n一\n二", Command("paste", "7\n一\n二"), id="several-lines"),
        pytest.param("移工 /search", None, id="not-at-the-beginning"),
        pytest.param("/", Command("help", ""), id="sign-alone"),
        pytest.param("/ help", Command("help", ""), id="space-behind-the-sign"),
        pytest.param("/home/me/a.pdf", None, id="path"),
        pytest.param("/a.pdf", None, id="path-at-the-root"),
        pytest.param("https://example.org/", None, id="address"),
    ],
)
def test_a_command_is_told_from_everything_else(typed, expected):
    """A command begins with its sign; a path does too, and is none."""
    assert command_of(typed) == expected


@pytest.fixture
def file(tmp_path):
    """A file whose name has a space, a Chinese character and a quote in it."""
    path = tmp_path / "my 報告 (1).pdf"
    path.write_bytes(b"%PDF-")
    return path


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(str, id="bare"),
        pytest.param(lambda path: f"'{path}'", id="single-quotes"),
        pytest.param(lambda path: f'"{path}"', id="double-quotes"),
        pytest.param(lambda path: f"{path} ", id="space-behind"),
        pytest.param(
            lambda path: str(path).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)"),
            id="dragged-in",
        ),
        pytest.param(lambda path: path.as_uri(), id="file-address"),
    ],
)
def test_a_path_is_found_however_a_terminal_writes_it(file, written):
    """Quoted, escaped, or as an address."""
    assert paths_of(written(file)) == [file]


def test_a_path_from_home_is_found(file, monkeypatch):
    """A tilde is the person's own folder."""
    monkeypatch.setenv("HOME", str(file.parent))

    assert paths_of("'~/my 報告 (1).pdf'") == [file]


def test_several_files_are_found(tmp_path):
    """What was dragged in together arrives in a row."""
    for name in ("a.txt", "b c.txt"):
        (tmp_path / name).write_text("x")

    assert paths_of(f"{tmp_path}/a.txt '{tmp_path}/b c.txt'") == [
        tmp_path / "a.txt",
        tmp_path / "b c.txt",
    ]


@pytest.mark.parametrize(
    "typed", ["~/nothing-here.pdf", "/no/such/file.pdf", "file:///no/such.pdf"]
)
def test_what_can_only_be_a_path_is_one_although_nothing_is_there(typed):
    """So that the person hears that it cannot be opened."""
    assert len(paths_of(typed)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "移工",
        "他說：/ 是斜線",
        "it's",
        "https://example.org/a",
        "",
        "x" * 9000,
        "a\x00b",
        "/help",
        "看 /tmp",
    ],
)
def test_words_are_no_path(typed):
    """Nor are addresses, commands and odd characters."""
    assert paths_of(typed) == []


def test_a_text_of_several_lines_is_no_path(file):
    """Even if it begins with one."""
    assert paths_of(f"{file}\n第二行") == []
