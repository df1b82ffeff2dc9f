"""What every annotator promises: by entailment with the built-in or a fake model, by a language
model on a server, and the fake."""

from collections.abc import Iterator

import pytest

from core.domain import Premise
from core.models.annotator import EntailmentAnnotator
from core.models.choosing import PrototypeChooser
from core.models.embedder import BuiltinEmbedder
from core.models.entailer import TowersEntailer
from core.models.llm.annotator import LlmAnnotator
from core.models.remembering import RememberingEntailer
from core.ports import Annotator
from core.taxonomy import ancestors, dimension_of, parent_of, starter
from tests.fakes.llm import make_server
from tests.fakes.llm_server import serve_llm
from tests.fakes.models import FakeAnnotator, FakeEmbedder, FakeEntailer

TAXONOMY = starter()
PREMISES = [
    Premise(text="移工團體上街遊行，要求廢除私人仲介、家事移工納入勞基法。", kind="summary"),
    Premise(text="Parliament passed a bill on same-sex marriage and adoption.", kind="text"),
    Premise(text="空氣污染與再生能源、交通、教育、健康", kind="text"),
    Premise(text="👍", kind="text"),
]


@pytest.fixture(scope="module", params=["builtin", "fake-entailer", "choosing", "llm", "fake"])
def annotator(request: pytest.FixtureRequest) -> Iterator[Annotator]:
    match request.param:
        case "builtin":
            yield EntailmentAnnotator(TowersEntailer())
        case "fake-entailer":
            yield EntailmentAnnotator(FakeEntailer())
        case "choosing":
            chooser = PrototypeChooser(BuiltinEmbedder())
            yield EntailmentAnnotator(RememberingEntailer(TowersEntailer()), chooser=chooser)
        case "llm":
            with serve_llm() as llm:
                yield LlmAnnotator(make_server(llm), FakeEmbedder())
        case _:
            yield FakeAnnotator()


@pytest.fixture(params=["zh-TW", "en"])
def language(request):
    return request.param


def test_labellings_come_in_order_with_their_origin(annotator: Annotator, language):
    """One labelling per premise, each telling its premise, language, model and wording."""
    labellings = annotator.annotate(PREMISES, taxonomy=TAXONOMY, language=language)

    assert [each.premise for each in labellings] == PREMISES
    assert {each.language for each in labellings} == {language}
    assert {each.wording for each in labellings} == {TAXONOMY.wording}
    assert len({each.model for each in labellings}) == 1
    assert all(each.model for each in labellings)


def test_labels_are_answers_and_closed_under_ancestors(annotator: Annotator, language):
    """Every label was asked about, has its parents beside it, and its score is the answer's."""
    for labelling in annotator.annotate(PREMISES, taxonomy=TAXONOMY, language=language):
        answers = {each.path: each.probability for each in labelling.answers}
        paths = {each.path for each in labelling.labels}

        assert all(each.score == answers[each.path] for each in labelling.labels)
        assert all(above in paths for path in paths for above in ancestors(path))
        assert all(0 <= each.probability <= 1 for each in labelling.answers)


def test_children_are_asked_under_accepted_parents_only(annotator: Annotator, language):
    """A question below the top has its parent among the labels."""
    for labelling in annotator.annotate(PREMISES, taxonomy=TAXONOMY, language=language):
        paths = {each.path for each in labelling.labels}

        assert {parent_of(each.path) for each in labelling.answers} - {None} <= paths


def test_a_choice_of_one_is_one_chain(annotator: Annotator, language):
    """In such a dimension, no two labels stand beside each other."""
    single = {each.id for each in TAXONOMY.dimensions if each.choice == "one"}
    for labelling in annotator.annotate(PREMISES, taxonomy=TAXONOMY, language=language):
        paths = [each.path for each in labelling.labels if dimension_of(each.path) in single]

        assert len({parent_of(path) or dimension_of(path) for path in paths}) == len(paths)


def test_asking_everything_changes_no_label(annotator: Annotator, language):
    """Exhaustively, every label of the taxonomy is asked, once, and the labels are the same."""
    stepwise = annotator.annotate(PREMISES, taxonomy=TAXONOMY, language=language)

    exhaustive = annotator.annotate(PREMISES, taxonomy=TAXONOMY, language=language, exhaustive=True)

    everything = sorted(each.path for each in TAXONOMY.walk())
    assert [sorted(a.path for a in each.answers) for each in exhaustive] == [everything] * 4
    assert [{each.path for each in one.labels} for one in exhaustive] == [
        {each.path for each in one.labels} for one in stepwise
    ]


def test_earlier_labellings_change_no_label(annotator: Annotator, language):
    """What was said before may save questions; the labels are the same."""
    before = annotator.annotate(PREMISES, taxonomy=TAXONOMY, language=language)

    again = annotator.annotate(
        PREMISES, taxonomy=TAXONOMY, language=language, earlier=before, examples=dict
    )

    assert [each.labels for each in again] == [each.labels for each in before]


def test_nothing_asked_nothing_answered(annotator: Annotator, language):
    """An empty batch gives an empty list."""
    assert annotator.annotate([], taxonomy=TAXONOMY, language=language) == []
