"""Every check of the house in one command: `python -m tests.check`.

Runs format, lint, types, import rules and tests in this order, stops at the first that fails, and
hands on its exit code. Words after the command go to pytest; `-n 0` runs the tests in one process.
"""

import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

AT_ONCE = ("-n", "logical", "--dist", "loadfile")
"""A worker for each core; the tests of a file stay together, and what they share is made once."""

STEPS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("import rules", ["lint-imports"]),
    (
        "tests",
        ["pytest", *AT_ONCE, "--cov", "--cov-report=term:skip-covered", "--cov-fail-under=90"],
    ),
)


def main() -> int:
    """Run the steps; return the first exit code that is not 0."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    for name, command in STEPS:
        sys.stdout.write(f"── {name}: {' '.join(command)}\n")
        sys.stdout.flush()
        words = sys.argv[1:] if name == "tests" else []
        done = subprocess.run([BIN / command[0], *command[1:], *words], cwd=HOUSE, env=environment)
        if done.returncode:
            sys.stdout.write(f"── {name} failed\n")
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
