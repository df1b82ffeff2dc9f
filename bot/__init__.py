"""The bot: conversations about a library that `core` keeps."""
