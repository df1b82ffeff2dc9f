"""`python -m bot`, and the `commonplace` command."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from bot.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
