"""What happens by the clock, beside the conversation."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from core.errors import CommonplaceError

if TYPE_CHECKING:
    from bot.app import App
    from bot.dispatch import Dispatch

log = logging.getLogger(__name__)


OPINIONS_MIN = 15
"""Minutes after which a language model that was busy, or over its budget, is asked again, and items
are labelled again whose model could not be asked."""

REMINDERS_MIN = 30
"""Minutes between looks at who is due a reminder; time zones are half an hour apart."""


DAILY_MIN = 1
"""Minutes between looks for members who want questions at this time of day: they name a minute."""


DIGESTS_MIN = 1
"""Minutes between looks for digests that are due: they name a minute."""


DELIVERIES_DAYS = 60
"""For so long it is known what was sent; no occasion is older when it is looked at."""


NOTES_MIN = 15
"""Minutes after which it is asked again whether a weekly note is due."""


TRAINING_H = 24
"""Hours between looks at whether enough was decided for a new model; one is made once a week."""


@contextmanager
def scheduled(app: "App", dispatch: "Dispatch") -> Iterator[None]:
    """Run the jobs on this event loop as long as the block lasts."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    async def forget() -> None:
        await dispatch.in_lane("work", lambda: forget_what_is_over(app))

    async def ask() -> None:
        dispatch.upkeep.ask_opinions()

    async def remind() -> None:
        await dispatch.outreach.remind()

    async def ask_members() -> None:
        dispatch.outreach.ask_daily()

    async def post_digests() -> None:
        dispatch.digests.post_due()

    async def relabel() -> None:
        dispatch.upkeep.relabel()

    async def tell_of_models() -> None:
        await dispatch.learning.tell_owed()

    async def train() -> None:
        await dispatch.learning.begin_due()

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(forget, "interval", hours=24, next_run_time=app.library.clock.now())
    scheduler.add_job(ask_members, "interval", minutes=DAILY_MIN)
    if app.library.opinions is not None:
        scheduler.add_job(ask, "interval", minutes=OPINIONS_MIN)
    # often, so that a note goes out when its hour comes in whatever time zone; asking costs little
    scheduler.add_job(
        dispatch.notes.send_due,
        "interval",
        minutes=NOTES_MIN,
        next_run_time=app.library.clock.now(),
    )
    scheduler.add_job(post_digests, "interval", minutes=DIGESTS_MIN)
    scheduler.add_job(remind, "interval", minutes=REMINDERS_MIN)
    scheduler.add_job(relabel, "interval", minutes=OPINIONS_MIN)
    scheduler.add_job(tell_of_models, "interval", minutes=NOTES_MIN)
    scheduler.add_job(train, "interval", hours=TRAINING_H)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def forget_what_is_over(app: "App") -> None:
    """Forget communities that the bot left long ago, by what old events were known, and what old
    buttons meant that were too long to bear it."""
    library, kept = app.library, app.settings.retention
    try:
        library.membership.sweep(kept.after_leaving_days)
        before = library.clock.now() - timedelta(days=kept.event_days)
        library.repository.prune_events(before)
        library.repository.prune_phrases(before)
        library.repository.prune_deliveries(library.clock.now() - timedelta(days=DELIVERIES_DAYS))
    except CommonplaceError:
        log.exception("not forgotten; the next day tries again")
