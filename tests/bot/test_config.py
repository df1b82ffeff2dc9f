"""Settings come from the line, the environment, the file and the defaults, in this order."""

from pathlib import Path

import pytest

from bot.config import Settings, _keys, environment_language, load
from core.errors import BadConfig


def test_without_anything_the_defaults_hold(tmp_path: Path):
    """Nothing needs to be configured."""
    settings = load(data=tmp_path, environ={})

    assert settings.community == "home"
    assert settings.models.entailer == "builtin"
    assert settings.data == tmp_path


def test_the_line_beats_the_environment_beats_the_file(tmp_path: Path):
    """The nearer to the person, the stronger."""
    (tmp_path / "config.toml").write_text(
        'community = "file"\nlanguage = "en"\ntimezone = "Europe/Berlin"\n', "utf-8"
    )
    environ = {"COMMONPLACE_COMMUNITY": "environment", "COMMONPLACE_LANGUAGE": "zh-TW"}

    settings = load(data=tmp_path, environ=environ, community="line")

    assert (settings.community, settings.language, settings.timezone) == (
        "line",
        "zh-TW",
        "Europe/Berlin",
    )


def test_sections_are_reached_from_the_environment(tmp_path: Path):
    """Two underscores step into a section; lists are written as in TOML; sections are merged."""
    (tmp_path / "config.toml").write_text("[fetch]\nmax_pages = 7\n", "utf-8")
    environ = {
        "COMMONPLACE_FETCH__ALLOW": '["wiki.lan", "10.1.0.0/16"]',
        "COMMONPLACE_FETCH__MAX_BYTES": "20000",
    }

    fetch = load(data=tmp_path, environ=environ).fetch

    assert (fetch.allow, fetch.max_bytes, fetch.max_pages) == (
        ("wiki.lan", "10.1.0.0/16"),
        20000,
        7,
    )


def test_a_taxonomy_is_found_beside_the_file_that_names_it(tmp_path: Path):
    """A relative path means relative to the configuration, wherever the command is run."""
    (tmp_path / "config.toml").write_text('taxonomy = "ours.toml"\n', "utf-8")

    assert load(data=tmp_path, environ={}).taxonomy == tmp_path / "ours.toml"


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        pytest.param("langauge = 'en'", "langauge", "language", id="misspelt-key"),
        pytest.param("[fetch]\nalow = []", "fetch.alow", "fetch.allow", id="misspelt-in-section"),
        pytest.param("timezone = 'Taipei'", "timezone", "Asia/Taipei", id="no-such-zone"),
        pytest.param("language = 'fr'", "language", "'zh-TW' or 'en'", id="language-we-lack"),
        pytest.param("community = 'A B'", "community", "green-taipei", id="no-handle"),
        pytest.param("[fetch]\nports = [80, 0]", "fetch.ports", "equal to 1", id="no-such-port"),
        pytest.param(
            "[fetch]\nmax_pages = 'many'", "fetch.max_pages", "integer", id="not-a-number"
        ),
        pytest.param("language = ", "config", "TOML", id="broken-file"),
    ],
)
def test_a_wrong_setting_says_what_was_expected(tmp_path: Path, text: str, key: str, expected: str):
    """Found, expected, and where to mend it."""
    (tmp_path / "config.toml").write_text(text, "utf-8")

    with pytest.raises(BadConfig) as caught:
        load(data=tmp_path, environ={})

    assert caught.value.facts["key"] == key
    assert expected in str(caught.value.facts["expected"])
    assert "config.toml" in caught.value.message


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"COMMONPLACE_FETCH__ALLOW": "[wiki"}, id="broken-list"),
        pytest.param({"COMMONPLACE_FETCH": "x"}, id="section-as-value"),
        pytest.param({"COMMONPLACE_CONFIG": "/no/such/file.toml"}, id="missing-file"),
        pytest.param({"COMMONPLACE_COLOUR": "red"}, id="unknown"),
    ],
)
def test_a_wrong_environment_is_refused(tmp_path: Path, environ: dict[str, str]):
    """A typing mistake never passes silently."""
    with pytest.raises(BadConfig):
        load(data=tmp_path, environ=environ)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_names_the_language(environ: dict[str, str], language: str):
    """Any Chinese locale gets zh-TW; everybody else English."""
    assert environment_language(environ) == language


def test_the_example_file_names_every_setting_with_its_default(tmp_path: Path):
    """What people copy is what the program does without it."""
    example = Path(__file__).parents[2] / "config.example.toml"
    commented_out = {"data", "language", "taxonomy", "telegram.token", "discord.token"}
    commented_out |= {"llm.api_key"}

    as_copied = load(file=example, data=tmp_path, environ={})

    assert as_copied == load(data=tmp_path, environ={})
    text = example.read_text("utf-8")
    for key in _keys(Settings):
        name = key.rsplit(".", 1)[-1]
        assert f"\n{'# ' if key in commented_out else ''}{name} = " in text, key
