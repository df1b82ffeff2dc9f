"""Everything that the bot can do, in one list; menus and /help are made from it.

A command is one function in this package, its line here, and its words in the locale files.
"""

from bot.dispatch import Command, Features
from bot.features import (
    agreement,
    articles,
    asking,
    briefs,
    changing,
    codebook,
    daily,
    digests,
    discussions,
    figures,
    giving,
    groups,
    learning,
    log,
    looking_up,
    mending,
    people,
    picking,
    practising,
    reactions,
    reading,
    rounds,
    ruling,
    talk,
    votes,
    working,
)
from core.domain import Role
from core.questions import Purpose

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
        Command("digest", digests.digest, DAILY, suggest=digests.suggest, is_quiet=True),
        Command("brief", briefs.brief, DAILY, suggest=reading.suggest_query, is_quiet=True),
        Command("stats", figures.stats, DAILY, suggest=figures.suggest_stats, is_quiet=True),
        Command("trend", figures.trend, DAILY, suggest=figures.suggest_trend, is_quiet=True),
        Command("gaps", figures.gaps, DAILY, suggest=figures.suggest_gaps, is_quiet=True),
        Command("more", talk.more, DAILY, is_quiet=True),
        Command(
            "labels", codebook.labels, LABELS, suggest=codebook.suggest_dimension, is_quiet=True
        ),
        Command("label", codebook.label, LABELS, suggest=codebook.suggest_label, is_quiet=True),
        Command("codebook", changing.codebook, LABELS, suggest=changing.suggest),
        Command("why", codebook.why, LABELS, suggest=reading.suggest_item, is_quiet=True),
        Command("vote", votes.vote, LABELS, suggest=picking.suggest, is_quiet=True),
        Command("agreement", agreement.agreement, LABELS, suggest=agreement.suggest, is_quiet=True),
        Command("daily", daily.daily, LABELS, suggest=daily.suggest, is_quiet=True),
        Command("answer", asking.answer, LABELS, is_quiet=True),
        Command("round", rounds.round_, LABELS, suggest=rounds.suggest),
        Command("practice", practising.practice, LABELS, is_quiet=True),
        Command("discussions", discussions.discussions, LABELS, is_quiet=True),
        Command("suggest", discussions.suggest, LABELS, is_quiet=True),
        Command(
            "rule",
            ruling.rule,
            LABELS,
            suggest=picking.suggest,
            needs=Role.EDITOR,
            is_quiet=True,
        ),
        Command("keep", digests.keep, LABELS, needs=Role.EDITOR, is_quiet=True),
        Command("hold", digests.hold, LABELS, needs=Role.EDITOR, is_quiet=True),
        Command("model", learning.model, LABELS, suggest=learning.suggest, is_quiet=True),
        Command("log", log.log, LABELS, suggest=log.suggest, is_quiet=True),
        Command("retry", mending.retry, MENDING, suggest=mending.suggest_failed),
        Command("paste", mending.paste, MENDING, suggest=mending.suggest_failed),
        Command("split", mending.split, MENDING, suggest=reading.suggest_item),
        Command("remove", mending.remove, MENDING, suggest=reading.suggest_item),
        Command(
            "settings", groups.settings, GROUP, suggest=groups.suggest_setting, needs=Role.ADMIN
        ),
        Command("train", learning.train, GROUP, needs=Role.ADMIN),
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
        Command(
            "settle", discussions.settle, needs=Role.EDITOR, is_for_buttons=True, is_quiet=True
        ),
        Command(
            "sentence", discussions.sentence, needs=Role.EDITOR, is_for_buttons=True, is_quiet=True
        ),
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
    discussion=discussions.discussion,
    look_up=looking_up.look_up,
    note=agreement.weekly,
    digest=digests.weekly,
    digest_news=digests.news,
    ask=asking.ask,
    manners={Purpose.ROUND: rounds.MANNER, Purpose.PRACTICE: practising.MANNER},
    remind=rounds.remind,
    trained=learning.trained,
)
"""The register."""
