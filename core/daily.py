"""Use case: who wants it is asked a few questions every day.

1. A member says so to a community, and from what time of day on (`turn_on`).
2. `due` tells whose time has come today, by the community's clock. Whoever missed it, because the
   program was not running, is due later the same day.
3. `take` chooses their questions (`core.choosing_questions`), puts them into their queue, and
   writes down that they had their day, before anything is shown: a crash may cost somebody a day,
   and never asks twice. `not_given` takes that back if they could not be reached.
4. `now` does the same at once for who asks; the day's questions are the same ones.

Questions of an earlier day lapse when another day's are chosen. Answers are votes
(`core.asking.AsVotes`).
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.asking import Asking
from core.choosing_questions import Candidate, Known, agreed, choose
from core.domain import Community, LabelPath, MemberRef, Origin, Tally
from core.ports import Clock
from core.questions import OPEN, Occasion, Purpose, Wish
from core.store.daily import Doubtful
from core.store.repository import Repository
from core.taxonomy import Taxonomy, ancestors

log = logging.getLogger(__name__)

USUAL = time(20)
"""When questions come if nobody says otherwise: in the evening."""

NEWEST = 400
"""Items that are looked at, the newest ones, besides all that are in dispute. At three a day nobody
gets through more, and old news is a poor question."""

LATELY = timedelta(days=90)
"""How far back agreement is measured: what was meant by a label long ago counts no more."""


class Daily:
    """Keeps wishes, and fills queues.

    Args:
        repository: knows what there is to ask about.
        asking: holds the queues.
        taxonomies: a community's taxonomy.
        clock: tells the time.
    """

    def __init__(
        self,
        repository: Repository,
        asking: Asking,
        taxonomies: Callable[[Community], Taxonomy],
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._asking = asking
        self._taxonomies = taxonomies
        self._clock = clock

    # ── wishes ───────────────────────────────────────────────────────────────────────────────────

    def wish(self, community_id: int, member: MemberRef) -> Wish | None:
        """What a member wants; None if they never said."""
        return self._repository.wish(community_id, member)

    def turn_on(self, community_id: int, member: MemberRef, *, at: time | None = None) -> Wish:
        """Let a member be asked every day. If today's time is over, it begins tomorrow.

        Args:
            at: from when on, to the minute; None: as before, or at the usual time.
        """
        with self._repository.transaction():
            before = self._repository.wish(community_id, member)
            at = at or (before.at if before is not None else USUAL)
            now = self._local_now(community_id)
            given_on = before.given_on if before is not None else None
            if now.time() >= at:
                given_on = now.date()
            wish = Wish(True, at, given_on)
            self._repository.set_wish(community_id, member, wish)
            return wish

    def turn_off(self, community_id: int, member: MemberRef) -> None:
        """Let a member be asked no more; what waits lapses."""
        with self._repository.transaction():
            before = self._repository.wish(community_id, member)
            if before is not None:
                wish = Wish(False, before.at, before.given_on)
                self._repository.set_wish(community_id, member, wish)
            self._repository.lapse_questions(community_id, purpose=Purpose.DAILY, member=member)

    # ── days ─────────────────────────────────────────────────────────────────────────────────────

    def due(self) -> list[tuple[int, MemberRef]]:
        """Whose time has come and who had nothing today: the community's id, and the member."""
        found = []
        for community_id, member, wish in self._repository.wishes():
            now = self._local_now(community_id)
            if wish.given_on != now.date() and now.time() >= wish.at:
                found.append((community_id, member))
        return found

    def today(self, community_id: int) -> Occasion:
        """The occasion of this day's questions in a community."""
        return Occasion(Purpose.DAILY, self._local_now(community_id).date().isoformat())

    def take(self, community_id: int, member: MemberRef) -> Occasion | None:
        """Fill a member's queue for today, who needs no more today from then on.

        Returns:
            The occasion; None: nothing is worth asking, or all of it is answered.
        """
        with self._repository.transaction():
            self.has_had(community_id, member)
            occasion = self._fill(community_id, member)
            return occasion if self._has_open(community_id, member, occasion) else None

    def has_had(self, community_id: int, member: MemberRef) -> None:
        """A member needs no more today."""
        day = self._local_now(community_id).date()
        self._repository.daily_given(community_id, member, day)

    def not_given(self, community_id: int, member: MemberRef) -> None:
        """A member did not get what they were to get today; they are due again."""
        self._repository.daily_given(community_id, member, None)

    def has_today(self, wish: Wish, community_id: int) -> bool:
        """Whether a wish needs no more today."""
        return wish.given_on == self._local_now(community_id).date()

    def now(self, community_id: int, member: MemberRef) -> Occasion | None:
        """Today's questions at once, also for who has no wish, and those that rest; see `take`."""
        with self._repository.transaction():
            occasion = self.take(community_id, member)
            if occasion is not None:
                self._asking.resume(community_id, member, occasion)
            return occasion

    def is_done(self, community_id: int, member: MemberRef) -> bool:
        """Whether a member had questions today, and has answered them all."""
        occasion = self.today(community_id)
        questions = self._repository.questions(community_id, occasion, member=member)
        return bool(questions) and not self._has_open(community_id, member, occasion)

    # ── questions ────────────────────────────────────────────────────────────────────────────────

    def _fill(self, community_id: int, member: MemberRef) -> Occasion:
        repository, occasion = self._repository, self.today(community_id)
        if repository.questions(community_id, occasion, member=member):
            return occasion
        repository.lapse_questions(
            community_id, purpose=Purpose.DAILY, but=occasion.reference, member=member
        )
        community = repository.community_by_id(community_id)
        asked = choose(
            self._candidates(community),
            member=member,
            customs=community.customs,
            taxonomy=self._taxonomies(community),
            known=self._known(community),
        )
        self._asking.put(community_id, member, occasion, asked)
        return occasion

    def _has_open(self, community_id: int, member: MemberRef, occasion: Occasion) -> bool:
        questions = self._repository.questions(community_id, occasion, member=member)
        return any(each.state in OPEN for each in questions)

    def _candidates(self, community: Community) -> list[Candidate]:
        """Every label of the newest items that is on them, nearly was, or was spoken about."""
        repository = self._repository
        doubtful = repository.doubtful(community.id, newest=NEWEST)
        items = sorted({each.item for each in doubtful})
        voices: dict[tuple[int, LabelPath], dict[MemberRef, bool]] = defaultdict(dict)
        for item, vote in repository.votes_on(items):
            voices[item, vote.path][vote.member] = vote.is_for
        owners = repository.owners_of(items)
        asked: dict[tuple[int, LabelPath], set[MemberRef]] = defaultdict(set)
        being_asked: dict[tuple[int, LabelPath], set[MemberRef]] = defaultdict(set)
        for question in repository.questions_about(items, Purpose.DAILY):
            assert question.item is not None
            asked[question.item, question.path].add(question.member)
            if question.state in OPEN:
                being_asked[question.item, question.path].add(question.member)
        customs = community.customs
        newcomers = customs.practice_first
        practised = repository.practised(community.id) if newcomers else frozenset()

        def decides(member: MemberRef, own: Collection[MemberRef]) -> bool:
            is_through = not newcomers or member in practised
            return is_through and (customs.counts_own or member not in own)

        def candidate(each: Doubtful) -> Candidate:
            key = (each.item, each.path)
            own = owners.get(each.item, frozenset())
            counted = [is_for for member, is_for in voices[key].items() if decides(member, own)]
            return Candidate(
                each.item,
                each.path,
                status=each.status,
                probability=each.probability,
                threshold=each.threshold,
                models_differ=each.origin is Origin.LLM,
                tally=Tally(sum(counted), len(counted) - sum(counted)),
                voters=frozenset(voices[key]),
                refusers=frozenset(
                    member
                    for above in ancestors(each.path)
                    for member, is_for in voices[each.item, above].items()
                    if not is_for
                ),
                owners=own,
                asked=frozenset(asked[key]),
                being_asked=frozenset(being_asked[key]),
            )

        known = {(each.item, each.path) for each in doubtful}
        proposed = [Doubtful(*key) for key in list(voices) if key not in known]
        return [candidate(each) for each in (*doubtful, *proposed)]

    def _known(self, community: Community) -> dict[LabelPath, Known]:
        since = self._clock.now() - LATELY
        agrees = agreed(self._repository.votes_since(community.id, since))
        decided = self._repository.decisions_by_label(community.id)
        return {path: Known(number, path in agrees) for path, number in decided.items()}

    def _local_now(self, community_id: int) -> datetime:
        zone = ZoneInfo(self._repository.community_by_id(community_id).timezone)
        return self._clock.now().astimezone(zone)
