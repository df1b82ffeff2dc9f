"""Everything that the bot can do, in one list; menus and /help are made from it.

A command is one function in this package, its line here, and its words in the locale files.
"""

from bot.dispatch import Command, Features
from bot.features import articles, codebook, mending, reading, talk

DAILY = "section-daily"
LABELS = "section-labels"
MENDING = "section-mending"
OTHER = "section-other"

FEATURES = Features(
    commands=(
        Command("save", articles.save, DAILY),
        Command("search", reading.search, DAILY, suggest=reading.suggest_query),
        Command("recent", reading.recent, DAILY),
        Command("show", reading.show, DAILY, suggest=reading.suggest_item),
        Command("similar", reading.similar, DAILY, suggest=reading.suggest_item),
        Command("more", talk.more, DAILY),
        Command("labels", codebook.labels, LABELS, suggest=codebook.suggest_dimension),
        Command("label", codebook.label, LABELS, suggest=codebook.suggest_label),
        Command("why", codebook.why, LABELS, suggest=reading.suggest_item),
        Command("retry", mending.retry, MENDING, suggest=mending.suggest_failed),
        Command("paste", mending.paste, MENDING, suggest=mending.suggest_failed),
        Command("remove", mending.remove, MENDING, suggest=reading.suggest_item),
        Command("status", talk.status, OTHER),
        Command("language", talk.language, OTHER, suggest=talk.suggest_language),
        Command("help", talk.help_, OTHER),
        Command("start", talk.start),
    ),
    wrote=articles.wrote,
    resume=articles.resume,
)
"""The register."""
