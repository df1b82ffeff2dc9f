"""What an installed copy has that is no code."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PATTERNS: dict[str, list[str]] = tomllib.loads(
    (ROOT / "pyproject.toml").read_text(encoding="utf-8")
)["tool"]["setuptools"]["package-data"]


@pytest.mark.parametrize("package", ["core", "bot"])
def test_every_file_of_a_package_is_installed_with_it(package: str):
    """Weights, taxonomies and words for people: what a pattern misses is missing elsewhere."""
    folder = ROOT / package
    there = {
        file
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".py" and "__pycache__" not in file.parts
    }
    installed = {file for pattern in PATTERNS[package] for file in folder.glob(pattern)}
    # `**` stands for folders alone in pathlib, for files too in setuptools
    deep = [pattern for pattern in PATTERNS[package] if pattern.endswith("/**")]
    installed |= {file for pattern in deep for file in folder.glob(f"{pattern}/*")}

    assert sorted(there - installed) == []
