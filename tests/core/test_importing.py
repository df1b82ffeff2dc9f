"""Collections from elsewhere, taken in by batches."""

import pytest

from core.domain import ItemLabel, LabelStatus, Link, PastedText, State
from core.errors import ModelUnavailable, NotFound
from core.ingest import ImportEntry
from core.ports import KeywordQuery
from tests.fakes.rooms import MEI, TOM, Rooms

LONG = "\n".join(f"第{n}段說明社區如何在屋頂裝設太陽能板，並把電賣回電網。" for n in range(20))


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def take(rooms, *entries, fetch=False, label=True):
    (finished,) = rooms.ingest.import_all(
        [entries], community=rooms.community, member=MEI, fetch=fetch, label=label
    )
    return finished


def test_texts_are_finished_in_one_go(rooms):
    """Stored, summarised, labelled, found by words and by meaning; in the order given."""
    finished = take(
        rooms,
        ImportEntry(external_id="a", title="能源", text="再生能源的比例應該提高。"),
        ImportEntry(external_id="b", text="勞動條件應該改善。", url="https://news.example/b"),
    )

    assert [(f.how, f.item.external_id, f.item.state) for f in finished] == [
        ("new", "a", State.DONE),
        ("new", "b", State.DONE),
    ]
    first, second = (each.item for each in finished)
    assert [label.path for label in first.labels] == [
        "topic/environment",
        "topic/environment/energy",
    ]
    assert [label.path for label in second.labels] == ["topic/labour"]
    assert second.document.canonical_url == "https://news.example/b"
    assert rooms.repository.labelling(first.id).model == "fake-annotator@1"
    found = rooms.keywords.find(rooms.community.id, KeywordQuery(any_of=("條件",)), limit=9)
    assert [hit.item_id for hit in found] == [second.id]
    assert rooms.vectors.count(rooms.community.id) == 2
    assert rooms.ingest.unfinished() == []


def test_a_batch_is_the_same_as_one_by_one(rooms):
    """An import ends with the same item as a message with the same text."""
    (imported,) = take(rooms, ImportEntry(title="屋頂", text=LONG))
    alone = Rooms()

    sent = alone.add(PastedText(LONG, title="屋頂"))

    assert imported == sent
    assert alone.repository.labelling(1) == rooms.repository.labelling(1)
    alone.close()


def test_an_import_can_be_run_again(rooms):
    """What is known by id or address is skipped, and computed no second time."""
    entries = [
        ImportEntry(external_id="a", text="A text about energy."),
        ImportEntry(url="https://news.example/b", text="Another text."),
        ImportEntry(text="A third one."),
    ]
    first = take(rooms, *entries)
    embedded = len(rooms.embedder.embedded)

    again = take(rooms, *entries, ImportEntry(external_id="c", text="And a new one."))

    assert [each.how for each in again] == ["known", "known", "known", "new"]
    assert [each.item for each in again[:3]] == [each.item for each in first]
    assert len(rooms.embedder.embedded) == embedded + 1


def test_the_same_entry_twice_in_a_batch_is_one_item(rooms):
    """The second is known as soon as the first is saved."""
    finished = take(
        rooms,
        ImportEntry(url="https://news.example/a", text="A text."),
        ImportEntry(url="http://www.news.example/a?utm_source=x", text="A text."),
    )

    assert [each.how for each in finished] == ["new", "known"]
    assert finished[0].item == finished[1].item


def test_ids_tell_equal_texts_apart(rooms):
    """Two entries of different ids stay two items, of one story."""
    finished = take(
        rooms, ImportEntry(external_id="a", text=LONG), ImportEntry(external_id="b", text=LONG)
    )

    assert [each.item.external_id for each in finished] == ["a", "b"]
    assert [each.how for each in finished] == ["same-story", "same-story"]
    assert finished[1].like.id == finished[0].item.id


def test_labels_of_an_import_are_peoples(rooms):
    """They are confirmed, with all that is above them, by path or by name."""
    (finished,) = take(rooms, ImportEntry(text="Some words.", labels=("能源",)), label=False)

    assert finished.item.labels == (
        ItemLabel("topic/environment", 1.0, LabelStatus.CONFIRMED),
        ItemLabel("topic/environment/energy", 1.0, LabelStatus.CONFIRMED),
    )


def test_labels_that_the_taxonomy_does_not_know_are_told(rooms):
    """They are not dropped in silence."""
    (finished,) = take(
        rooms, ImportEntry(text="Some words.", labels=("topic/labour", "sports/football"))
    )

    assert finished.unknown_labels == ("sports/football",)
    assert [label.path for label in finished.item.labels] == ["topic/labour"]


def test_labels_reach_an_item_that_is_known(rooms):
    """What people said elsewhere about a known item is put on it."""
    item = rooms.add(PastedText("Some words.")).item

    (finished,) = take(rooms, ImportEntry(text="Some words.", labels=("topic/labour",)))

    assert (finished.how, finished.item.id) == ("known", item.id)
    assert [label.path for label in finished.item.labels] == ["topic/labour"]


def test_without_labelling_nothing_is_asked(rooms):
    """Not now, and not when work is resumed."""
    take(rooms, ImportEntry(text="A text about energy."), label=False)
    receipt = rooms.repository.receive(
        rooms.community.id,
        PastedText("Energy again."),
        share=rooms.repository.shares(1)[0],
        is_to_label=False,
    )
    rooms.ingest.work(receipt[0])

    assert rooms.annotator.annotated == []


def test_links_are_fetched_if_wanted(rooms):
    """Pages become items like those that members send; what cannot be fetched fails by itself."""
    rooms.reader.page("https://a.example/1", "A text about energy.", title="One")
    rooms.reader.page("https://b.example/2", "A text about labour.")
    rooms.reader.fails("https://b.example/3", NotFound("Gone.", status=410))

    finished = take(
        rooms,
        ImportEntry(url="https://a.example/1", title="Bookmark"),
        ImportEntry(url="https://b.example/2"),
        ImportEntry(url="https://b.example/3", labels=("topic/labour",)),
        fetch=True,
    )

    assert [each.how for each in finished] == ["new", "new", "failed"]
    assert [each.item.title for each in finished] == [
        "One",
        "A text about labour.",
        "https://b.example/3",
    ]
    assert finished[2].item.failure.code == "not-found"
    assert [label.path for label in finished[2].item.labels] == ["topic/labour"]
    assert rooms.vectors.count(rooms.community.id) == 2


def test_a_site_is_asked_for_one_page_at_a_time(rooms):
    """Politeness: while one page of a site is read, no other one is."""
    at_once = []
    reading = set()

    def on_read(url):
        host = url.split("/")[2]
        at_once.append(host in reading)
        reading.add(host)

    urls = [f"https://{host}.example/{n}" for n in range(3) for host in "abc"]
    for url in urls:
        rooms.reader.page(url, f"Words of {url}.")
    rooms.reader.on_read = on_read
    read = rooms.reader._open

    def leave(url):
        document = read(url)
        reading.discard(url.split("/")[2])
        return document

    rooms.reader._open = leave

    finished = take(rooms, *(ImportEntry(url=url) for url in urls), fetch=True)

    assert [each.how for each in finished] == ["new"] * 9
    assert not any(at_once)


def test_links_that_lead_to_one_page_are_one_item(rooms):
    """As when members send them."""
    first = rooms.reader.page("https://a.example/1", "A text about energy.")
    rooms.reader.page("https://short.example/x", "A text about energy.", to=first)

    finished = take(
        rooms,
        ImportEntry(url="https://short.example/x"),
        ImportEntry(url=first),
        fetch=True,
    )

    assert sorted(each.how for each in finished) == ["known", "new"]
    assert len({each.item.id for each in finished}) == 1


def test_a_link_that_is_not_fetched_is_found_by_its_title(rooms):
    """It stays a link, so that it can be fetched one day."""
    finished = take(
        rooms,
        ImportEntry(url="https://a.example/1", title="The rooftop plan"),
        ImportEntry(url="https://a.example/2"),
        fetch=False,
    )

    assert [each.item.title for each in finished] == ["The rooftop plan", "https://a.example/2"]
    assert finished[0].item.given == Link("https://a.example/1")
    assert rooms.reader.read_links == []
    found = rooms.keywords.find(rooms.community.id, KeywordQuery(any_of=("rooftop",)), limit=9)
    assert [hit.item_id for hit in found] == [finished[0].item.id]


def test_an_entry_without_words_fails_by_itself(rooms):
    """It is told, and the others are taken in."""
    finished = take(rooms, ImportEntry(external_id="a", text="  "), ImportEntry(text="Words."))

    assert [each.how for each in finished] == ["failed", "new"]
    assert finished[0].item.failure.facts == {"reason": "no-text"}


def test_a_text_that_breaks_a_model_fails_by_itself(rooms, monkeypatch):
    """A fault of ours in one text does not hold up a thousand others."""
    summarise = rooms.summariser.summarise

    def fragile(text, *, title=None):
        if "bad" in text:
            raise ZeroDivisionError
        return summarise(text, title=title)

    monkeypatch.setattr(rooms.summariser, "summarise", fragile)

    finished = take(rooms, ImportEntry(text="A bad one."), ImportEntry(text="A good one."))

    assert [each.how for each in finished] == ["failed", "new"]
    assert finished[0].item.failure.code == "internal"
    monkeypatch.undo()
    assert rooms.ingest.retry(rooms.community, finished[0].item.number).how == "new"


def test_a_batch_that_cannot_be_labelled_leaves_nothing_half_done(rooms, monkeypatch):
    """The operator is told at once; the same command goes on later."""

    def unavailable(*_args, **_how):
        raise ModelUnavailable("No weights.", model="builtin")

    with monkeypatch.context() as patch:
        patch.setattr(rooms.annotator, "annotate", unavailable)
        with pytest.raises(ModelUnavailable):
            take(rooms, ImportEntry(text="Words."))
    before = rooms.repository.count(rooms.community.id)

    (finished,) = take(rooms, ImportEntry(text="Words."))

    assert (before, finished.how) == (0, "new")


def test_an_import_finishes_what_a_stop_left_half_done(rooms, monkeypatch):
    """Fetched pages are not fetched again, and missing vectors follow."""

    class Killed(BaseException):
        pass

    def kill(*_args, **_how):
        raise Killed

    url = rooms.reader.page("https://a.example/1", "A text about energy.")
    with monkeypatch.context() as patch:
        patch.setattr(rooms.annotator, "annotate", kill)
        with pytest.raises(Killed):
            take(rooms, ImportEntry(url=url), fetch=True)
    with monkeypatch.context() as patch:
        patch.setattr(rooms.vectors, "upsert", kill)
        with pytest.raises(Killed):
            take(rooms, ImportEntry(text="Some words."))
    left = rooms.ingest.unfinished()

    take(rooms, ImportEntry(url=url), ImportEntry(text="Some words."), fetch=True)

    assert len(left) == 2
    assert rooms.ingest.unfinished() == []
    assert rooms.reader.read_links == [url]
    assert rooms.vectors.count(rooms.community.id) == 2


def test_an_item_that_cannot_be_finished_does_not_stop_an_import(rooms):
    """It fails by itself, also when it was left over from another day."""
    url = rooms.reader.fails("https://a.example/1", ZeroDivisionError())
    rooms.ingest.receive(Link(url), community=rooms.community, member=TOM)

    finished = take(rooms, ImportEntry(url=url), ImportEntry(text="Words."), fetch=True)

    assert [(each.how, each.item.state) for each in finished] == [
        ("known", State.FAILED),
        ("new", State.DONE),
    ]


def test_an_import_shares_in_the_name_of_a_member(rooms):
    """Once, however often it is run."""
    rooms.add(PastedText("Some words."), member=TOM)

    for _ in range(2):
        (finished,) = take(rooms, ImportEntry(text="Some words."))

    assert (finished.item.shares, finished.item.first_shared_by) == (2, TOM)
    assert len(rooms.repository.shares(finished.item.id)) == 2


def test_vectors_that_cannot_be_written_do_not_stop_an_import(rooms, monkeypatch):
    """Words find the items; the vectors follow."""

    def broken(*_args):
        raise OSError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(rooms.vectors, "upsert", broken)
        (finished,) = take(rooms, ImportEntry(text="Some words."))

    assert (finished.how, rooms.ingest.unfinished()) == ("new", [finished.item.id])


def test_half_an_emoji_does_not_stop_an_import(rooms):
    """Broken JSON is full of them."""
    (finished,) = take(rooms, ImportEntry(external_id="\ud83d", text="Roof \ud83d panels."))

    assert (finished.how, finished.item.document.text) == ("new", "Roof \ufffd panels.")


def test_an_address_that_is_none_fails_by_itself(rooms):
    """As if a member had sent it."""
    finished = take(rooms, ImportEntry(url="http://"), ImportEntry(text="Words."), fetch=True)

    assert [each.how for each in finished] == ["failed", "new"]


def test_batch_after_batch_ends_with_every_vector(rooms):
    """Vectors follow one batch behind; when all are through, none is missing."""
    batches = [[ImportEntry(text=f"Words of text {n}.")] for n in range(5)]

    done = list(
        rooms.ingest.import_all(
            batches, community=rooms.community, member=TOM, fetch=False, label=False
        )
    )

    assert [finished.how for (finished,) in done] == ["new"] * 5
    assert rooms.vectors.count(rooms.community.id) == 5
    assert rooms.ingest.unfinished() == []
