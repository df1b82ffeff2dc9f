"""Which community a chat speaks for, how chats come together, and who may do what."""

from datetime import timedelta

import pytest

from core.domain import ChatRef, MemberRef, PastedText, Role
from core.errors import BadCode
from core.membership import Membership
from tests.fakes.rooms import Rooms

GROUP = ChatRef("telegram", "-4711")
SERVER = ChatRef("discord", "77", "770")
DIRECT = ChatRef("telegram", "12")
ANN = MemberRef("telegram", "12")


@pytest.fixture
def rooms():
    built = Rooms()
    built.membership = Membership(
        built.repository, built.vectors, built.clock, language="zh-TW", timezone="Asia/Taipei"
    )
    yield built
    built.close()


def of(rooms, where, *, is_private=False, title=None, locale=None, member=ANN):
    return rooms.membership.of(
        where, is_private=is_private, title=title, locale=locale, member=member
    )


# ── finding and founding ─────────────────────────────────────────────────────────────────────────


def test_a_chat_founds_its_community_when_it_is_heard_from_first(rooms):
    """From then on it is found."""
    chat, community, is_new = of(rooms, GROUP, title="河邊的人", locale="en-GB")

    assert (community.name, community.title, is_new) == ("telegram-4711", "河邊的人", True)
    assert (community.language, community.timezone) == ("en", "Asia/Taipei")
    assert (chat.where, chat.is_private, chat.is_set_up) == (GROUP, False, False)
    assert rooms.repository.member_communities(ANN) == [community]
    assert of(rooms, GROUP, title="河邊的人", locale="zh") == (chat, community, False)


def test_a_group_that_has_another_name_is_called_by_it(rooms):
    """Unless others share its collection, whose name it is too."""
    of(rooms, GROUP, title="河邊的人")
    _, renamed, _ = of(rooms, GROUP, title="河邊與海邊的人")
    of(rooms, SERVER, title="Riverside")
    rooms.repository.join_community(SERVER, renamed.id)
    _, shared, _ = of(rooms, SERVER, title="Riverside")

    assert renamed.title == "河邊與海邊的人"
    assert shared == rooms.repository.community_by_id(renamed.id) == renamed


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-hant", "zh-TW"), ("ZH", "zh-TW"), ("de", "en"), (None, "zh-TW"), ("", "zh-TW")],
)
def test_a_new_community_speaks_the_language_of_who_wrote(rooms, locale, language):
    """Where that is not known, the house's."""
    _, community, _ = of(rooms, DIRECT, is_private=True, locale=locale, member=None)

    assert community.language == language


def test_every_place_of_a_server_is_one_community(rooms):
    """Channels are threads of it."""
    _, community, _ = of(rooms, SERVER)

    assert of(rooms, ChatRef("discord", "77", "771"))[1:] == (community, False)


def test_a_chat_that_is_heard_from_again_is_not_paused(rooms):
    """The bot was let in again."""
    of(rooms, GROUP)
    rooms.membership.leave(GROUP)
    assert rooms.repository.chat(GROUP).paused_at == rooms.clock.now()

    chat, _, is_new = of(rooms, GROUP)

    assert (chat.paused_at, is_new) == (None, False)


def test_a_chat_that_moves_keeps_its_community(rooms):
    """It is found under its new address."""
    _, community, _ = of(rooms, GROUP)

    rooms.membership.move(GROUP, ChatRef("telegram", "-1004711"))

    assert of(rooms, ChatRef("telegram", "-1004711"))[1:] == (community, False)


# ── linking ──────────────────────────────────────────────────────────────────────────────────────


def test_a_code_links_two_platforms(rooms):
    """It is typed on the other side, as people type."""
    _, community, _ = of(rooms, GROUP)
    of(rooms, SERVER)
    code = rooms.membership.code_for(community.id)

    linked = rooms.membership.link(SERVER, f" {code.lower().replace('-', ' ')} ")

    assert linked == community
    assert of(rooms, SERVER)[1] == community


def test_a_code_is_short_and_nobody_can_read_it_in_the_database(rooms):
    """Nine signs, none of which is taken for another one."""
    code = rooms.membership.code_for(rooms.community.id)

    assert len(code) == 9
    assert not set("01IOL") & set(code)
    with rooms.database.reading() as session:
        kept = session.connection().exec_driver_sql("SELECT code_hash FROM link_code").scalar_one()
    assert code not in kept


@pytest.mark.parametrize(
    ("minutes", "typed"),
    [
        pytest.param(0, "WRONG-ONE", id="wrong"),
        pytest.param(31, None, id="over"),
        pytest.param(0, "", id="nothing"),
    ],
)
def test_a_code_that_links_nothing_is_told(rooms, minutes, typed):
    """The chat speaks for whom it spoke for."""
    _, community, _ = of(rooms, SERVER)
    code = rooms.membership.code_for(rooms.community.id)
    rooms.clock.forward(minutes * 60)

    with pytest.raises(BadCode):
        rooms.membership.link(SERVER, code if typed is None else typed)

    assert of(rooms, SERVER)[1] == community


def test_a_code_links_once(rooms):
    """Whoever reads it afterwards is not let in."""
    of(rooms, SERVER)
    of(rooms, GROUP)
    code = rooms.membership.code_for(rooms.community.id)
    rooms.membership.link(SERVER, code)

    with pytest.raises(BadCode):
        rooms.membership.link(GROUP, code)


# ── leaving for good ─────────────────────────────────────────────────────────────────────────────


def test_a_community_that_was_left_long_ago_is_removed(rooms):
    """With its vectors; others stay."""
    _, community, _ = of(rooms, GROUP)
    rooms.add(PastedText("The river rose."), community=community)
    rooms.add(PastedText("The dam broke."))
    rooms.membership.leave(GROUP)
    rooms.clock.forward(timedelta(days=31).total_seconds())

    assert rooms.membership.sweep(older_than_days=32) == []
    assert rooms.membership.sweep(older_than_days=30) == [community.id]

    assert rooms.repository.communities() == [rooms.community]
    assert rooms.vectors.count(community.id) == 0
    assert rooms.vectors.count(rooms.community.id) == 1


def test_a_community_stays_while_one_of_its_chats_does(rooms):
    """Also one that was paused a short while ago."""
    _, community, _ = of(rooms, GROUP)
    of(rooms, SERVER)
    rooms.membership.link(SERVER, rooms.membership.code_for(community.id))
    rooms.membership.leave(GROUP)
    rooms.clock.forward(timedelta(days=31).total_seconds())

    assert rooms.membership.sweep(older_than_days=30) == []
    rooms.membership.leave(SERVER)
    assert rooms.membership.sweep(older_than_days=30) == []


# ── rights ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("appointed", "is_platform_admin", "role"),
    [
        (None, False, Role.MEMBER),
        (Role.EDITOR, False, Role.EDITOR),
        (Role.EDITOR, True, Role.ADMIN),
        (Role.ADMIN, False, Role.ADMIN),
    ],
)
def test_a_role_comes_from_the_platform_or_from_the_community(
    rooms, appointed, is_platform_admin, role
):
    """The greater one counts."""
    _, community, _ = of(rooms, GROUP)
    rooms.repository.appoint(community.id, ANN, appointed)

    found = rooms.membership.role(
        community.id, ANN, is_platform_admin=is_platform_admin, is_private=False
    )

    assert found == role


def test_everybody_is_admin_of_what_is_theirs_alone(rooms):
    """But not of a group's community that their private chat has joined."""
    _, own, _ = of(rooms, DIRECT, is_private=True)
    _, group, _ = of(rooms, GROUP)

    def role(community):
        return rooms.membership.role(community.id, ANN, is_platform_admin=False, is_private=True)

    assert role(own) == Role.ADMIN
    rooms.membership.link(DIRECT, rooms.membership.code_for(group.id))
    assert role(group) == Role.MEMBER
