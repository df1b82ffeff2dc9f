"""Chat platforms, each an adapter of `bot.chat.Platform`, listed here by name.

An adapter is one module (or a few with its name in front), imported only when it is used.
`tests/contract/test_platform.py` has a harness for each name and fails if one is missing.
"""

PLATFORMS = ("console", "telegram", "discord")
"""The register."""
