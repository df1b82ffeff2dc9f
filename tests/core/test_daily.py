"""Who wants it is asked a few questions every day; and what becomes of the answers."""

from datetime import UTC, datetime, time

import pytest

from core.asking import Asking, AsVotes
from core.daily import Daily
from core.domain import Customs, LabelPath, MemberRef, PastedText, Vote
from core.errors import QuestionOver
from core.people import People
from core.questions import Asked, Occasion, Purpose, QuestionState, Said, Wish
from core.store.keyword import FtsKeywordIndex
from tests.fakes.rooms import MEI, TOM, Rooms

ANN = MemberRef("console", "ann")
ENVIRONMENT, ENERGY = LabelPath("topic/environment"), LabelPath("topic/environment/energy")
LABOUR = LabelPath("topic/labour")
TODAY = Occasion(Purpose.DAILY, "2026-03-01")
ROUND = Occasion(Purpose.ROUND, "7")


class Place:
    """Rooms with the machinery of questions; it is 20:00 in Taipei, where the community is."""

    def __init__(self) -> None:
        self.rooms = Rooms(keywords=FtsKeywordIndex)
        self.repository, self.clock = self.rooms.repository, self.rooms.clock
        voting = self.rooms.voting()
        self.asking = Asking(self.repository, self.clock, {Purpose.DAILY: AsVotes(voting)})
        self.daily = Daily(self.repository, self.asking, lambda _: self.rooms.taxonomy, self.clock)
        self.id = self.rooms.community.id

    def item(self, text: str = "能源政策公布。環境團體要求檢討。") -> int:
        return self.rooms.add(PastedText(text), member=TOM).item.id

    def questions(self, member: MemberRef = ANN, occasion: Occasion = TODAY) -> list[str]:
        found = self.repository.questions(self.id, occasion, member=member)
        return [each.path for each in found if each.state is not QuestionState.LAPSED]


@pytest.fixture
def place():
    place = Place()
    yield place
    place.rooms.close()


# ── queues ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_put_twice_is_asked_once(place):
    """However often a round is begun again."""
    item = place.item()
    asked = [Asked(item, ENERGY), Asked(item, ENVIRONMENT)]

    counts = [place.asking.put(place.id, ANN, ROUND, asked) for _ in range(2)]

    assert counts == [2, 0]
    assert place.questions(occasion=ROUND) == [ENVIRONMENT, ENERGY]


def test_an_answer_can_be_changed_until_it_is_over(place):
    """A vote follows it; an unsure member has none, and what lapsed is not answered."""
    item = place.item()
    place.asking.put(place.id, ANN, TODAY, [Asked(item, ENVIRONMENT), Asked(item, ENERGY)])
    first = place.asking.next(place.id, ANN, TODAY)

    def votes() -> dict[str, bool]:
        return {vote.path: vote.is_for for vote in place.repository.votes(item)}

    place.asking.answer(first.id, ANN, Said.YES)
    second = place.asking.next(place.id, ANN, TODAY)
    place.asking.answer(second.id, ANN, Said.YES)
    assert votes() == {ENVIRONMENT: True, ENERGY: True}

    place.asking.answer(first.id, ANN, Said.NO, reason="  順帶提到  ")
    assert votes() == {ENVIRONMENT: False}, "what is below does not hold either"
    with pytest.raises(QuestionOver):
        place.asking.answer(second.id, ANN, Said.YES)

    changed = place.asking.answer(first.id, ANN, Said.UNSURE)
    assert votes() == {}
    assert changed.reason == "順帶提到"
    assert place.asking.next(place.id, ANN, TODAY).id == second.id


def test_answers_of_a_round_are_no_votes(place):
    """They are kept apart."""
    item = place.item()
    place.asking.put(place.id, ANN, ROUND, [Asked(item, ENVIRONMENT)])

    question = place.asking.next(place.id, ANN, ROUND)
    place.asking.answer(question.id, ANN, Said.YES)

    assert place.repository.votes(item) == []
    (kept,) = place.repository.questions(place.id, ROUND)
    assert kept.answer is Said.YES


def test_what_was_skipped_takes_its_vote_back(place):
    """The member no longer says anything."""
    item = place.item()
    place.asking.put(place.id, ANN, TODAY, [Asked(item, ENVIRONMENT)])
    question = place.asking.next(place.id, ANN, TODAY)

    place.asking.answer(question.id, ANN, Said.YES)
    place.asking.skip(question.id, ANN)

    assert place.repository.votes(item) == []
    assert place.asking.next(place.id, ANN, TODAY) is None


def test_what_rests_can_be_gone_on_with(place):
    """Until the community's next day it rests, unless the member wants it."""
    item = place.item()
    place.asking.put(place.id, ANN, ROUND, [Asked(item, ENVIRONMENT)])
    question = place.asking.next(place.id, ANN, ROUND)

    until = place.asking.stop(question.id, ANN)

    assert until == datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Taipei
    assert place.asking.question(question.id, ANN).rests_until == until
    place.asking.resume(place.id, ANN, ROUND)
    assert place.asking.question(question.id, ANN).rests_until is None


def test_a_closed_occasion_takes_no_answers(place):
    """Answers that were given stay."""
    item = place.item()
    for member in (ANN, MEI):
        place.asking.put(place.id, member, ROUND, [Asked(item, ENVIRONMENT)])
    question = place.asking.next(place.id, ANN, ROUND)
    place.asking.answer(question.id, ANN, Said.NO)

    assert place.asking.close(place.id, ROUND) == 1

    states = {each.member.id: each.state for each in place.repository.questions(place.id, ROUND)}
    assert states == {"ann": QuestionState.ANSWERED, "mei": QuestionState.LAPSED}


def test_a_question_about_a_text_of_its_own_needs_no_item(place):
    """Such as an edge case of the codebook."""
    practice = Occasion(Purpose.PRACTICE, "first")
    place.asking.put(place.id, ANN, practice, [Asked(None, LABOUR, text="外送員罷工")])

    question = place.asking.next(place.id, ANN, practice)
    place.asking.answer(question.id, ANN, Said.YES)

    assert question.text == "外送員罷工"
    assert place.asking.waiting(ANN) is None


def test_questions_go_with_their_item(place):
    """Nobody is asked about what was removed."""
    item = place.item()
    place.asking.put(place.id, ANN, TODAY, [Asked(item, ENVIRONMENT)])

    place.repository.remove(item)

    assert place.questions() == []


def test_who_is_forgotten_leaves_answers_of_rounds_without_a_name(place):
    """Under the pseudonym of their votes on the item; reasons and all other questions go."""
    item = place.item()
    for occasion in (ROUND, TODAY):
        place.asking.put(place.id, ANN, occasion, [Asked(item, ENVIRONMENT), Asked(item, LABOUR)])
        first = place.asking.next(place.id, ANN, occasion)
        place.asking.answer(first.id, ANN, Said.NO, reason="順帶提到")

    People(place.repository, place.rooms.vectors).forget(ANN)

    (left,) = place.repository.questions(place.id, ROUND)
    (vote,) = place.repository.votes(item)
    assert (left.answer, left.reason, left.message) == (Said.NO, None, None)
    assert left.member == vote.member
    assert left.member.id.startswith("~")
    assert place.repository.questions(place.id, TODAY) == []


# ── days ─────────────────────────────────────────────────────────────────────────────────────────


def test_who_wants_it_is_due_once_a_day(place):
    """From their time on, by the community's clock, also when it was missed."""
    place.item()
    wish = place.daily.turn_on(place.id, ANN, at=time(20, 30))
    assert wish == Wish(True, time(20, 30))

    assert place.daily.due() == []
    place.clock.forward(2 * 3600)  # 22:00: nobody was there at half past eight
    assert place.daily.due() == [(place.id, ANN)]
    assert place.daily.take(place.id, ANN) == TODAY
    assert place.daily.due() == []
    assert place.questions() == [ENVIRONMENT, ENERGY]
    place.clock.forward(3600)
    assert place.daily.due() == []
    place.clock.forward(22 * 3600)
    assert place.daily.due() == [(place.id, ANN)]


def test_who_turns_it_on_late_begins_tomorrow(place):
    """Nothing comes in the same minute, unless it is asked for."""
    place.item()
    wish = place.daily.turn_on(place.id, ANN)

    assert place.daily.has_today(wish, place.id)
    assert place.daily.due() == []
    assert place.daily.now(place.id, ANN) == TODAY


def test_who_was_not_reached_is_due_again(place):
    """With the same questions."""
    place.item()
    place.daily.turn_on(place.id, ANN, at=time(21))
    place.clock.forward(2 * 3600)
    place.daily.take(place.id, ANN)
    before = place.questions()

    place.daily.not_given(place.id, ANN)

    assert place.daily.due() == [(place.id, ANN)]
    place.daily.take(place.id, ANN)
    assert place.questions() == before


def test_nobody_is_disturbed_for_nothing(place):
    """An empty library has no questions."""
    place.daily.turn_on(place.id, ANN, at=time(21))
    place.clock.forward(2 * 3600)

    assert place.daily.take(place.id, ANN) is None
    assert place.daily.due() == []
    assert not place.daily.is_done(place.id, ANN)


def test_yesterdays_questions_make_way(place):
    """And are not asked again."""
    place.item()
    place.daily.now(place.id, ANN)

    place.clock.forward(24 * 3600)

    assert place.daily.now(place.id, ANN) is None
    assert place.questions() == []
    assert place.daily.now(place.id, MEI) is not None


def test_who_turns_it_off_is_asked_no_more(place):
    """What waits lapses."""
    place.item()
    place.daily.turn_on(place.id, ANN, at=time(21))
    place.daily.now(place.id, ANN)

    place.daily.turn_off(place.id, ANN)

    assert place.questions() == []
    place.clock.forward(26 * 3600)
    assert place.daily.due() == []


def test_no_more_people_are_asked_than_a_decision_takes(place):
    """Two, by the usual quorum; the third is left in peace."""
    place.item()

    asked = [place.daily.now(place.id, MemberRef("console", name)) for name in ("a", "b", "c")]

    assert [each is not None for each in asked] == [True, True, False]


def test_what_people_decided_is_not_asked(place):
    """By votes, however cast."""
    item = place.item()
    for member in (MEI, TOM):
        place.rooms.voting().cast(item, member, ENERGY, is_for=True, by="button")

    place.daily.now(place.id, ANN)

    assert place.questions() == []


def test_voices_of_newcomers_who_are_to_practise_are_not_enough(place):
    """Two of them decide nothing yet, so others are asked."""
    place.repository.set_customs(place.id, Customs(practice_first=True))
    item = place.item()
    for member in (MEI, TOM):
        place.rooms.voting().cast(item, member, ENERGY, is_for=True, by="button")

    place.daily.now(place.id, ANN)

    assert ENERGY in place.questions()


def test_agreement_is_looked_up_in_votes_of_late(place):
    """With how many items they decided."""
    item = place.item()
    old = Vote(LABOUR, MEI, True, "button", datetime(2025, 1, 1, tzinfo=UTC))
    place.repository.cast(item, old)
    place.rooms.voting().cast(item, TOM, ENERGY, is_for=True, by="button")

    since = datetime(2026, 1, 1, tzinfo=UTC)

    assert [vote.path for _, vote in place.repository.votes_since(place.id, since)] == [ENERGY]
    assert place.repository.decisions_by_label(place.id) == {}
    place.rooms.voting().cast(item, MEI, ENERGY, is_for=True, by="button")
    assert place.repository.decisions_by_label(place.id) == {ENERGY: 1}
