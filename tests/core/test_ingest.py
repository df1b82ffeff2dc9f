"""A link, a text or a file becomes a stored, summarised, labelled, searchable item."""

from datetime import timedelta

import pytest

from core.domain import (
    ChatRef,
    ItemLabel,
    LabelStatus,
    Link,
    MessageRef,
    PastedText,
    SentFile,
    State,
)
from core.errors import (
    ModelUnavailable,
    NotAnArticle,
    NotFound,
    RateLimited,
    UnknownItem,
)
from core.ingest import MAX_ATTEMPTS, Step
from core.ports import KeywordQuery
from tests.fakes.rooms import MEI, TOM, Rooms

URL = "https://news.example/energy"
TEXT = (
    "政府公布新的能源政策。民間團體認為目標太低，要求重新檢討。\n"
    "環境團體說，再生能源的比例必須在五年之內加倍，否則無法達成承諾。"
)
LONG = "\n".join(
    f"第{number}段說明了社區合作社如何在屋頂裝設太陽能板，並把電賣回電網。" for number in range(40)
)


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def message(id_: str, thread: str | None = None) -> MessageRef:
    return MessageRef(ChatRef("console", "room", thread), id_)


# ── the way of one item ──────────────────────────────────────────────────────────────────────────


def test_a_link_becomes_a_finished_item(rooms):
    """It is fetched, summarised, labelled, and found by words and by meaning."""
    rooms.reader.page(URL, TEXT, title="能源政策", language="zh-Hant", site="news.example")

    finished = rooms.add(Link(URL))

    item = finished.item
    assert (finished.how, item.number, item.state) == ("new", 1, State.DONE)
    assert item.document.text == TEXT
    assert item.summary.text == "政府公布新的能源政策。民間團體認為目標太低，要求重新檢討。"
    assert all(TEXT[e.start : e.end] == e.text for e in item.summary.extracts)
    assert item.labels == (
        ItemLabel("topic/environment", 0.9),
        ItemLabel("topic/environment/energy", 0.9),
    )
    found = rooms.keywords.find(rooms.community.id, KeywordQuery(any_of=("檢討",)), limit=9)
    assert [hit.item_id for hit in found] == [item.id]
    assert list(rooms.vectors.get(rooms.community.id, [item.id])) == [item.id]
    assert rooms.ingest.unfinished() == []


def test_receiving_asks_nobody(rooms):
    """A link is written down before anything is fetched."""
    receipt = rooms.ingest.receive(Link(URL), community=rooms.community, member=MEI)

    assert (receipt.outcome, receipt.item.state) == ("new", State.RECEIVED)
    assert rooms.reader.read_links == []
    assert rooms.ingest.unfinished() == [receipt.item.id]


def test_every_step_is_told_before_it_begins(rooms):
    """Whoever waits sees what is being done."""
    told = []
    receipt = rooms.ingest.receive(PastedText(TEXT), community=rooms.community, member=MEI)

    rooms.ingest.work(receipt.item.id, on_step=told.append)

    assert told == [Step.FETCHING, Step.SUMMARISING, Step.LABELLING, Step.SAVING]


def test_working_on_a_finished_item_does_nothing_again(rooms):
    """Work may be called at any time."""
    first = rooms.add(PastedText(TEXT))
    embedded = list(rooms.embedder.embedded)

    again = rooms.ingest.work(first.item.id)

    assert again == first
    assert len(rooms.annotator.annotated) == 1
    assert rooms.embedder.embedded == embedded


def test_a_file_becomes_an_item(rooms):
    """Its bytes are kept, but do not travel with the item."""
    finished = rooms.add(SentFile("report.txt", TEXT.encode()))

    assert finished.item.given == SentFile("report.txt", b"")
    assert rooms.repository.given(finished.item.id) == SentFile("report.txt", TEXT.encode())
    assert finished.item.document.text == TEXT


def test_what_the_model_said_is_kept(rooms):
    """Every question, with its wording and the version of the model."""
    item = rooms.add(PastedText(TEXT)).item

    labelling = rooms.repository.labelling(item.id)

    assert (labelling.model, labelling.wording) == ("fake-annotator@1", rooms.taxonomy.wording)
    assert [(a.path, a.hypothesis, a.probability) for a in labelling.answers] == [
        ("topic/environment", "環境", 0.9),
        ("topic/environment/energy", "能源", 0.9),
        ("topic/labour", "勞動", 0.1),
    ]
    assert labelling.premise == rooms.annotator.annotated[0]
    assert labelling.labels == item.labels


def test_meaning_is_title_and_summary(rooms):
    """A long text is embedded by its title and summary, a short one whole."""
    long = rooms.add(PastedText(LONG, title="屋頂")).item
    short = rooms.add(PastedText("只有一句話。")).item

    assert rooms.embedder.embedded == [f"屋頂\n{long.summary.text}", short.document.text]
    assert len(long.summary.text) < len(LONG)


# ── identity ─────────────────────────────────────────────────────────────────────────────────────


def test_a_known_link_computes_nothing(rooms):
    """The same article under another spelling is known before anything is fetched."""
    rooms.reader.page(URL, TEXT)
    first = rooms.add(Link(URL)).item

    receipt = rooms.ingest.receive(
        Link(f"{URL}?utm_source=line&fbclid=x#top"), community=rooms.community, member=TOM
    )

    assert (receipt.outcome, receipt.item.id) == ("known", first.id)
    assert (receipt.item.shares, receipt.item.first_shared_by) == (2, MEI)
    assert rooms.reader.read_links == [URL]


def test_a_link_that_leads_to_a_known_page_becomes_that_item(rooms):
    """After the fetch shows what it is, share and note move there, and its number leads there."""
    rooms.reader.page(URL, TEXT)
    known = rooms.add(Link(URL)).item
    short = rooms.reader.page("https://short.example/x", TEXT, to=URL)

    finished = rooms.add(Link(short), member=TOM, note="請看", message=message("2"))

    assert (finished.how, finished.item.id) == ("known", known.id)
    assert [(s.member, s.note) for s in rooms.repository.shares(known.id)] == [
        (MEI, None),
        (TOM, "請看"),
    ]
    assert rooms.repository.count(rooms.community.id) == 1
    assert rooms.repository.item(rooms.community.id, 2).id == known.id
    again = rooms.ingest.receive(Link(short), community=rooms.community, member=TOM)
    assert (again.outcome, again.item.id) == ("known", known.id)
    assert rooms.reader.read_links == [URL, short]


def test_whoever_remembers_an_item_that_moved_finds_it(rooms):
    """Its old id leads to what it turned out to be, as long as that is there."""
    rooms.reader.page(URL, TEXT)
    known = rooms.add(Link(URL)).item
    short = rooms.reader.page("https://short.example/x", TEXT, to=URL)
    old = rooms.ingest.receive(Link(short), community=rooms.community, member=TOM).item
    rooms.ingest.work(old.id)

    again = rooms.ingest.work(old.id)
    rooms.repository.reopen(old.id)

    assert (again.how, again.item.id) == ("known", known.id)
    rooms.ingest.remove(rooms.community, old.number)
    for gone in (known.id, old.id):
        with pytest.raises(UnknownItem):
            rooms.ingest.work(gone)


def test_a_number_that_moved_is_not_given_again(rooms):
    """The next item takes the next number."""
    rooms.reader.page(URL, TEXT)
    rooms.add(Link(URL))
    rooms.add(Link(rooms.reader.page("https://short.example/x", TEXT, to=URL)))

    assert rooms.add(PastedText("Something else entirely.")).item.number == 3


def test_a_page_that_failed_under_one_address_takes_what_another_brings(rooms):
    """The item that failed is the item: it gets the document, and is finished."""
    rooms.reader.fails(URL, NotFound("No such page.", status=404))
    failed = rooms.add(Link(URL)).item
    mirror = rooms.reader.page("https://short.example/x", TEXT, to=URL)

    finished = rooms.add(Link(mirror), member=TOM)

    assert (finished.how, finished.item.id) == ("known", failed.id)
    assert (finished.item.state, finished.item.failure) == (State.DONE, None)
    assert finished.item.shares == 2


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(TEXT, id="same"),
        pytest.param(TEXT.replace("\n", "\r\n\r\n  "), id="other-line-breaks"),
        pytest.param(TEXT.replace("政府", "政府 ").replace("檢討", "检讨"), id="simplified"),
    ],
)
def test_the_same_text_is_known(rooms, copy):
    """Spaces, line breaks and Chinese characters make no other text."""
    first = rooms.add(PastedText(TEXT)).item

    receipt = rooms.ingest.receive(PastedText(copy), community=rooms.community, member=TOM)

    assert (receipt.outcome, receipt.item.id) == ("known", first.id)


def test_a_pasted_copy_of_a_fetched_page_is_known(rooms):
    """A page is known by its words, too."""
    rooms.reader.page(URL, TEXT)
    page = rooms.add(Link(URL)).item

    receipt = rooms.ingest.receive(PastedText(TEXT), community=rooms.community, member=TOM)

    assert (receipt.outcome, receipt.item.id) == ("known", page.id)


def test_a_file_with_the_words_of_a_known_text_is_known(rooms):
    """Other bytes, the same words: the file turns out to be the text."""
    text = rooms.add(PastedText(TEXT)).item

    finished = rooms.add(SentFile("copy.txt", f"{TEXT}\n\n".encode()), member=TOM)
    again = rooms.ingest.receive(
        SentFile("renamed.txt", f"{TEXT}\n\n".encode()), community=rooms.community, member=TOM
    )

    assert (finished.how, finished.item.id) == ("known", text.id)
    assert (again.outcome, again.item.id) == ("known", text.id)


def test_two_pages_of_one_text_are_a_story(rooms):
    """Both addresses stay, and each says which other one is like it."""
    rooms.reader.page(URL, LONG)
    first = rooms.add(Link(URL)).item
    copy = rooms.reader.page("https://other.example/copy", LONG.replace("第7段", "第七段"))

    finished = rooms.add(Link(copy))

    assert (finished.how, finished.like.id) == ("same-story", first.id)
    assert finished.item.id != first.id
    assert finished.item.story == rooms.repository.item_by_id(first.id).story == first.id


def test_a_community_knows_nothing_of_another(rooms):
    """The same link in two communities is two items, and no story."""
    rooms.reader.page(URL, LONG)
    other = rooms.repository.community("other")
    rooms.add(Link(URL))

    finished = rooms.add(Link(URL), community=other)

    assert (finished.how, finished.item.number, finished.item.community) == ("new", 1, other.id)
    assert finished.item.story is None


def test_a_message_that_is_delivered_twice_counts_once(rooms):
    """Platforms deliver again when they are not sure."""
    for _ in range(2):
        receipt = rooms.ingest.receive(
            PastedText(TEXT), community=rooms.community, member=MEI, message=message("1")
        )

    assert receipt.item.shares == 1
    assert len(rooms.repository.shares(receipt.item.id)) == 1


def test_shared_by_counts_people(rooms):
    """A member who sends it again is one member; every message stays on record."""
    for id_, member in [("1", MEI), ("2", MEI), ("3", TOM)]:
        receipt = rooms.ingest.receive(
            PastedText(TEXT),
            community=rooms.community,
            member=member,
            member_name=member.id.title(),
            message=message(id_, thread="t"),
        )

    assert receipt.item.shares == 2
    shares = rooms.repository.shares(receipt.item.id)
    assert [(s.member_name, s.message) for s in shares] == [
        ("Mei", message("1", "t")),
        ("Mei", message("2", "t")),
        ("Tom", message("3", "t")),
    ]


def test_an_address_that_cannot_be_read_fails_as_an_item(rooms):
    """It is written down like anything else; reading it says what is wrong."""
    finished = rooms.add(Link("http://"))

    assert (finished.how, finished.item.failure.code) == ("failed", "not-found")


# ── failing ──────────────────────────────────────────────────────────────────────────────────────


def test_a_failure_says_why_and_can_be_retried(rooms):
    """The reason is kept with the item; a retry goes on from the step that failed."""
    rooms.reader.fails(URL, NotAnArticle("A consent wall.", reason="consent-wall"))
    failed = rooms.add(Link(URL))
    rooms.reader.page(URL, TEXT)

    retried = rooms.ingest.retry(rooms.community, 1)

    assert (failed.how, failed.item.state) == ("failed", State.FAILED)
    assert (failed.item.failure.code, failed.item.failure.facts) == (
        "not-an-article",
        {"reason": "consent-wall"},
    )
    assert (retried.how, retried.item.state, retried.item.failure) == ("new", State.DONE, None)


def test_a_retry_waits_as_long_as_the_other_side_asked(rooms):
    """Before that, nothing is fetched."""
    rooms.reader.fails(URL, RateLimited("Slow down.", retry_after_s=60))
    failed = rooms.add(Link(URL)).item
    rooms.reader.page(URL, TEXT)

    early = rooms.ingest.retry(rooms.community, 1)
    reads = len(rooms.reader.read_links)
    rooms.clock.forward(60)
    late = rooms.ingest.retry(rooms.community, 1)

    assert failed.failure.retry_at == rooms.clock.now()
    assert (early.how, reads) == ("failed", 1)
    assert late.how == "new"


def test_a_retry_repeats_only_what_failed(rooms, monkeypatch):
    """What was fetched and summarised before a model was missing is not fetched again."""
    rooms.reader.page(URL, TEXT)
    annotate = rooms.annotator.annotate

    def unavailable(*_args, **_how):
        raise ModelUnavailable("No weights.", model="builtin")

    monkeypatch.setattr(rooms.annotator, "annotate", unavailable)
    failed = rooms.add(Link(URL))
    monkeypatch.setattr(rooms.annotator, "annotate", annotate)

    retried = rooms.ingest.retry(rooms.community, 1)

    assert (failed.how, failed.item.failure.code) == ("failed", "model-unavailable")
    assert failed.item.summary is not None
    assert (retried.how, rooms.reader.read_links) == ("new", [URL])


def test_retrying_a_finished_item_leaves_it(rooms):
    """There is nothing to try again."""
    done = rooms.add(PastedText(TEXT))

    assert rooms.ingest.retry(rooms.community, 1) == done


def test_a_fault_of_ours_is_kept_and_raised(rooms):
    """The item fails without people's words in its reason, and the trace goes up."""
    rooms.reader.fails(URL, ZeroDivisionError("people's words"))
    receipt = rooms.ingest.receive(Link(URL), community=rooms.community, member=MEI)

    with pytest.raises(ZeroDivisionError):
        rooms.ingest.work(receipt.item.id)

    failure = rooms.repository.item_by_id(receipt.item.id).failure
    assert failure.code == "internal"
    assert "words" not in failure.message
    assert rooms.ingest.unfinished() == []


def test_what_kills_the_program_again_and_again_is_given_up(rooms):
    """After some attempts that never ended, the item fails instead of killing once more."""

    class Killed(BaseException):
        pass

    rooms.reader.fails(URL, Killed())
    item = rooms.ingest.receive(Link(URL), community=rooms.community, member=MEI).item
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(Killed):
            rooms.ingest.work(item.id)

    finished = rooms.ingest.work(item.id)

    assert (finished.how, finished.item.failure.code) == ("failed", "internal")
    assert finished.item.failure.facts == {"step": "fetching", "attempts": MAX_ATTEMPTS}
    assert len(rooms.reader.read_links) == MAX_ATTEMPTS


def test_words_find_an_item_whose_vector_could_not_be_written(rooms, monkeypatch):
    """The item is done; its vector follows with the next start."""

    def broken(*_args):
        raise OSError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(rooms.vectors, "upsert", broken)
        item = rooms.add(PastedText(TEXT)).item
    waiting = rooms.ingest.unfinished()

    rooms.ingest.work(item.id)

    assert (item.state, waiting) == (State.DONE, [item.id])
    assert rooms.vectors.count(rooms.community.id) == 1
    assert rooms.ingest.unfinished() == []


# ── pasting, removing ────────────────────────────────────────────────────────────────────────────


def test_a_pasted_text_takes_the_place_of_a_failed_fetch(rooms):
    """The address stays, so the link is known from now on."""
    rooms.reader.fails(URL, NotAnArticle("A wall.", reason="consent-wall"))
    rooms.add(Link(URL))

    finished = rooms.ingest.paste(rooms.community, 1, TEXT)

    assert (finished.how, finished.item.number) == ("new", 1)
    assert (finished.item.document.text, finished.item.document.url) == (TEXT, URL)
    known = rooms.ingest.receive(Link(URL), community=rooms.community, member=TOM)
    assert (known.outcome, known.item.state) == ("known", State.DONE)


def test_a_pasted_text_replaces_what_was_read_wrongly(rooms):
    """Old words and the old vector are gone; title, number and shares stay."""
    rooms.reader.page(URL, "Please accept our cookies to continue reading.", title="能源政策")
    old = rooms.add(Link(URL)).item
    before = rooms.vectors.get(rooms.community.id, [old.id])[old.id]

    item = rooms.ingest.paste(rooms.community, 1, TEXT).item

    assert (item.id, item.title, item.document.text) == (old.id, "能源政策", TEXT)
    assert not rooms.keywords.find(rooms.community.id, KeywordQuery(any_of=("cookies",)), limit=9)
    after = rooms.vectors.get(rooms.community.id, [old.id])[old.id]
    assert float(before @ after) < 0.9
    assert rooms.repository.find(rooms.community.id, addresses=["text:old"]) is None


def test_a_pasted_text_takes_the_place_of_a_file(rooms):
    """What could not be read from it is there now; the bytes are gone."""
    rooms.add(SentFile("scan.pdf", b"  "))

    item = rooms.ingest.paste(rooms.community, 1, TEXT).item

    assert (item.number, item.state, item.document.url) == (1, State.DONE, None)
    assert rooms.repository.given(item.id) == PastedText(TEXT)


def test_an_empty_paste_changes_nothing(rooms):
    """A text that cannot be read is the sender's to mend; the item stays as it was."""
    rooms.reader.fails(URL, NotFound("Gone.", status=410))
    failed = rooms.add(Link(URL)).item

    with pytest.raises(NotAnArticle):
        rooms.ingest.paste(rooms.community, 1, "  \n ")

    assert rooms.repository.item_by_id(failed.id) == failed


def test_a_removed_item_leaves_nothing_behind(rooms):
    """No text, no name, no address, no word, no vector; and its number is burnt."""
    rooms.reader.page(URL, TEXT, author="林小美")
    rooms.add(Link(URL), member_name="阿明", note="私人的話")

    removed = rooms.ingest.remove(rooms.community, 1)

    assert removed.document.text == TEXT
    with pytest.raises(UnknownItem):
        rooms.repository.item(rooms.community.id, 1)
    with rooms.database.reading() as session:
        dump = "\n".join(session.connection().connection.dbapi_connection.iterdump())
    assert not any(word in dump for word in ("民間團體", "林小美", "阿明", "私人", "news.example"))
    assert rooms.vectors.count(rooms.community.id) == 0
    assert not rooms.keywords.find(rooms.community.id, KeywordQuery(any_of=("能源",)), limit=9)
    assert rooms.add(Link(URL)).item.number == 2


def test_removing_needs_a_number_of_this_community(rooms):
    """Nobody removes from another community."""
    other = rooms.repository.community("other")
    rooms.add(PastedText(TEXT))

    with pytest.raises(UnknownItem):
        rooms.ingest.remove(other, 1)


def test_work_on_an_item_that_is_removed_meanwhile_ends(rooms):
    """Whoever removes wins."""
    receipt = rooms.ingest.receive(Link(URL), community=rooms.community, member=MEI)
    rooms.reader.page(URL, TEXT)
    rooms.reader.on_read = lambda _url: rooms.ingest.remove(rooms.community, 1)

    with pytest.raises(UnknownItem):
        rooms.ingest.work(receipt.item.id)

    assert rooms.repository.count(rooms.community.id) == 0


def test_a_story_outlives_the_item_that_named_it(rooms):
    """When the first item gets another text, the others stay one story without it."""
    urls = [f"https://s{n}.example/" for n in range(3)]
    for number, url in enumerate(urls):
        rooms.reader.page(url, LONG.replace("第7段", f"第{number}號段"))
    first, second, third = (rooms.add(Link(url)).item.id for url in urls)

    pasted = rooms.ingest.paste(rooms.community, 1, "Something else entirely, about fish.").item

    stories = [rooms.repository.item_by_id(id_).story for id_ in (second, third)]
    assert (pasted.id, pasted.story, stories) == (first, None, [second, second])


# ── what cannot be written down ──────────────────────────────────────────────────────────────────


def test_half_an_emoji_does_not_lose_a_message(rooms):
    """Halves that belong together are joined, lone ones replaced."""
    item = rooms.add(
        PastedText("Roof \ud83c\udf1e panels \ud83d now.", title="\udf1e"),
        note="\ud83d",
        member_name="x",
    ).item

    assert item.document.text == "Roof 🌞 panels \ufffd now."
    assert item.title == "\ufffd"
    assert rooms.repository.shares(item.id)[0].note == "\ufffd"


@pytest.mark.parametrize(
    "given", [Link("https://x.example/\ud83d"), SentFile("\ud83d.txt", b"A text.")]
)
def test_half_a_character_in_a_name_is_replaced(rooms, given):
    """Also in addresses and the names of files."""
    rooms.add(given)

    assert rooms.repository.count(rooms.community.id) == 1


# ── people's labels stay ─────────────────────────────────────────────────────────────────────────


def test_a_new_labelling_leaves_what_people_said(rooms):
    """Suggestions are replaced, confirmed labels stay and take the new score; both are history."""
    item = rooms.add(PastedText(TEXT)).item
    rooms.repository.confirm(item.id, ["topic/environment"], position=rooms.taxonomy.position)
    (labelling,) = rooms.annotator.annotate(
        [rooms.repository.labelling(item.id).premise], taxonomy=rooms.taxonomy, language="en"
    )
    second = type(labelling)(
        premise=labelling.premise,
        language="en",
        model="other@2",
        wording=labelling.wording,
        answers=tuple(type(a)(a.path, a.hypothesis, 0.4) for a in labelling.answers),
        labels=(ItemLabel("topic/labour", 0.7),),
    )

    rooms.repository.add_labelling(
        item.id, second, position=rooms.taxonomy.position, at=rooms.clock.now()
    )

    assert rooms.repository.item_by_id(item.id).labels == (
        ItemLabel("topic/environment", 0.4, LabelStatus.CONFIRMED),
        ItemLabel("topic/labour", 0.7),
    )
    assert [each.model for each in rooms.repository.labellings(item.id)] == [
        "fake-annotator@1",
        "other@2",
    ]
    assert rooms.repository.labelling(item.id) == second


def test_labelling_again_asks_only_what_was_not_answered(rooms):
    """An item that is labelled again brings along all that was said about it before."""
    item = rooms.add(PastedText(TEXT)).item
    before = rooms.repository.labelling(item.id)

    rooms.ingest.paste(rooms.community, item.number, TEXT)

    assert rooms.annotator.earlier == [(), (before,)]


# ── the indexes made anew ────────────────────────────────────────────────────────────────────────


def test_reindexing_makes_words_vectors_and_stories_anew(rooms):
    """Whatever was lost or left over in the copies, they are as the truth says."""
    rooms.reader.page(URL, LONG)
    first = rooms.add(Link(URL)).item
    copy = rooms.reader.page("https://other.example/copy", LONG.replace("第7段", "第七段"))
    second = rooms.add(Link(copy)).item
    before = rooms.vectors.get(rooms.community.id, [first.id])[first.id]
    rooms.vectors.clear(rooms.community.id)
    rooms.vectors.upsert(rooms.community.id, [999], before.reshape(1, -1))
    rooms.keywords.clear(rooms.community.id)
    told = []

    count = rooms.ingest.reindex(on_progress=lambda done, of: told.append((done, of)))

    assert (count, told) == (2, [(2, 2)])
    assert set(rooms.vectors.get(rooms.community.id, [first.id, second.id, 999])) == {
        first.id,
        second.id,
    }
    assert (rooms.vectors.get(rooms.community.id, [first.id])[first.id] == before).all()
    found = rooms.keywords.find(rooms.community.id, KeywordQuery(any_of=("合作社",)), limit=9)
    assert {hit.item_id for hit in found} == {first.id, second.id}
    assert [item.story for item in rooms.repository.items([first.id, second.id])] == [
        first.id,
        first.id,
    ]


def test_reindexing_one_community_leaves_the_others(rooms):
    """Their copies are not touched."""
    other = rooms.repository.community("other")
    rooms.add(PastedText(TEXT))
    rooms.add(PastedText(TEXT), community=other)
    rooms.vectors.clear(other.id)

    assert rooms.ingest.reindex(rooms.community) == 1
    assert rooms.vectors.count(other.id) == 0


def test_time_is_the_clocks(rooms):
    """An item says when it was received and first shared."""
    receipt = rooms.ingest.receive(PastedText(TEXT), community=rooms.community, member=MEI)
    at = rooms.clock.now()
    rooms.clock.forward(timedelta(hours=1).total_seconds())
    rooms.ingest.receive(PastedText(TEXT), community=rooms.community, member=TOM)

    item = rooms.repository.item_by_id(receipt.item.id)

    assert (item.received_at, item.first_shared_at) == (at, at)
