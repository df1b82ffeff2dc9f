"""Everything that the bot can do, in one list; menus and /help are made from it.

A command is one function in this package, its line here, and its words in the locale files.
"""

from bot.dispatch import Command, Features
from bot.features import (
    agreement,
    articles,
    codebook,
    giving,
    groups,
    looking_up,
    mending,
    people,
    picking,
    reactions,
    reading,
    talk,
    votes,
    working,
)
from core.domain import Role

DAILY = "section-daily"
LABELS = "section-labels"
MENDING = "section-mending"
GROUP = "section-group"
OTHER = "section-other"

FEATURES = Features(
    commands=(
        Command("save", articles.save, DAILY, is_for_messages=True),
        Command("search", reading.search, DAILY, suggest=reading.suggest_query, is_quiet=True),
        Command("recent", reading.recent, DAILY, is_quiet=True),
        Command("show", reading.show, DAILY, suggest=reading.suggest_item, is_quiet=True),
        Command("similar", reading.similar, DAILY, suggest=reading.suggest_item, is_quiet=True),
        Command("more", talk.more, DAILY, is_quiet=True),
        Command(
            "labels", codebook.labels, LABELS, suggest=codebook.suggest_dimension, is_quiet=True
        ),
        Command("label", codebook.label, LABELS, suggest=codebook.suggest_label, is_quiet=True),
        Command("why", codebook.why, LABELS, suggest=reading.suggest_item, is_quiet=True),
        Command("vote", votes.vote, LABELS, suggest=picking.suggest, is_quiet=True),
        Command("agreement", agreement.agreement, LABELS, suggest=agreement.suggest, is_quiet=True),
        Command("retry", mending.retry, MENDING, suggest=mending.suggest_failed),
        Command("paste", mending.paste, MENDING, suggest=mending.suggest_failed),
        Command("split", mending.split, MENDING, suggest=reading.suggest_item),
        Command("remove", mending.remove, MENDING, suggest=reading.suggest_item),
        Command(
            "settings", groups.settings, GROUP, suggest=groups.suggest_setting, needs=Role.ADMIN
        ),
        Command("link", groups.link, GROUP, needs=Role.ADMIN, is_quiet=True),
        Command("join", groups.join, GROUP, needs=Role.ADMIN),
        Command("editor", groups.editor, GROUP, needs=Role.ADMIN),
        Command(
            "export",
            giving.export,
            GROUP,
            suggest=giving.suggest_export,
            needs=Role.EDITOR,
            is_quiet=True,
        ),
        Command("doctor", groups.doctor, GROUP, needs=Role.ADMIN, is_quiet=True),
        Command("status", talk.status, OTHER, is_quiet=True),
        Command("language", talk.language, OTHER, suggest=talk.suggest_language, is_quiet=True),
        Command("privacy", people.privacy, OTHER, is_quiet=True),
        Command("mydata", people.my_data, OTHER, is_quiet=True),
        Command("forgetme", people.forget_me, OTHER, is_quiet=True),
        Command("consent", people.consent, OTHER, is_quiet=True),
        Command("help", talk.help_, OTHER, is_quiet=True),
        Command("start", talk.start),
        Command("setup", groups.setup, needs=Role.ADMIN, is_for_buttons=True),
        Command("ballot", votes.ballot, is_for_buttons=True, is_quiet=True),
        Command("shut", votes.shut, is_for_buttons=True, is_quiet=True),
        Command("nonefits", votes.none_fits, is_for_buttons=True, is_quiet=True),
        Command("discuss", votes.discuss, is_for_buttons=True, is_quiet=True),
        Command("add", picking.add, is_for_buttons=True, is_quiet=True),
        Command("browse", picking.browse, is_for_buttons=True, is_quiet=True),
        Command("choose", picking.choose, is_for_buttons=True, is_quiet=True),
    ),
    wrote=articles.wrote,
    reacted=reactions.reacted,
    edited=articles.edited,
    deleted=articles.deleted,
    joined=groups.joined,
    owed=working.owed,
    card=working.card,
    look_up=looking_up.look_up,
)
"""The register."""
