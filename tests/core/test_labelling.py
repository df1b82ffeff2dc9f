"""Labels follow from answers by rules that can be told without a model."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import Document, Extract, LabelPath, Summary
from core.labelling import (
    BUILTIN_RULE,
    LONGEST_PREMISE,
    PLAIN_RULE,
    SHORT_TEXT,
    Rule,
    Threshold,
    choose_premise,
    descend,
    question_language,
)
from core.taxonomy import Dimension, Label, Taxonomy, ancestors, parent_of, parse, starter

# ── a taxonomy to walk ───────────────────────────────────────────────────────────────────────────


def label(path: str, *children: Label, threshold: float | None = None) -> Label:
    return Label(
        path=LabelPath(path),
        names={"en": path},
        aliases={},
        definitions={},
        includes={},
        excludes={},
        edge_cases={},
        hypotheses={"en": f"This text is about {path}."},
        children=children,
        threshold=threshold,
    )


def dimension(id_: str, *labels: Label, **settings) -> Dimension:
    return Dimension(
        **{"id": id_, "names": {"en": id_}, "choice": "many", "labels": labels, **settings}
    )


TREE = Taxonomy(
    dimensions=(
        dimension(
            "topic",
            label(
                "topic/a",
                label("topic/a/x", label("topic/a/x/deep")),
                label("topic/a/y"),
            ),
            label("topic/b", label("topic/b/z")),
            label("topic/c"),
            label("topic/d"),
            label("topic/e"),
            label("topic/f"),
            most=2,
        ),
        dimension("form", label("form/p", label("form/p/q")), label("form/r"), choice="one"),
        dimension("use", label("use/s"), label("use/t", threshold=0.6), threshold=0.9),
    )
)
PATHS = tuple(each.path for each in TREE.walk())


def answer(**said: float) -> dict[LabelPath, float]:
    """Answers to all questions: 0.01, save for those named (a_x stands for topic/a/x)."""
    named = {LabelPath("topic/" + key.replace("_", "/")): value for key, value in said.items()}
    return dict.fromkeys(PATHS, 0.01) | named


def accepted(answers: dict[LabelPath, float], rule: Rule = PLAIN_RULE) -> list[str]:
    return [each.path for each in descend(TREE, answers, rule=rule).labels]


# ── the walk ─────────────────────────────────────────────────────────────────────────────────────


def test_the_first_questions_are_the_top_labels():
    """Before any answer, every dimension's top labels are asked, and nothing is accepted."""
    walk = descend(TREE, {})

    assert [each.path for each in walk.next] == [path for path in PATHS if path.count("/") == 1]
    assert walk.labels == ()


def test_children_are_asked_under_accepted_parents_only():
    """A refused parent's children are never asked."""
    top = {path: 0.01 for path in PATHS if path.count("/") == 1} | {LabelPath("topic/a"): 0.9}

    walk = descend(TREE, top, rule=PLAIN_RULE)

    assert [each.path for each in walk.next] == ["topic/a/x", "topic/a/y"]


def test_a_parent_alone_is_a_legal_answer():
    """When no child is accepted, the parent stands, and the walk is complete."""
    walk = descend(TREE, answer(a=0.9), rule=PLAIN_RULE)

    assert [each.path for each in walk.labels] == ["topic/a"]
    assert walk.next == ()


def test_none_fits_is_a_legal_answer():
    """When nothing is accepted, there are no labels and nothing more to ask."""
    walk = descend(TREE, answer(), rule=PLAIN_RULE)

    assert (walk.labels, walk.next) == ((), ())


def test_a_certain_child_does_not_bring_in_a_refused_parent():
    """Nothing is judged under a refused parent, whatever was answered there."""
    assert accepted(answer(a=0.1, a_x=0.99, a_x_deep=0.99)) == []


def test_a_chain_is_followed_to_the_bottom():
    """Each accepted label opens the next level; scores are the model's own."""
    walk = descend(TREE, answer(a=0.7, a_x=0.8, a_x_deep=0.9), rule=PLAIN_RULE)

    assert [(each.path, each.score) for each in walk.labels] == [
        ("topic/a", 0.7),
        ("topic/a/x", 0.8),
        ("topic/a/x/deep", 0.9),
    ]


def test_at_most_so_many_siblings_are_accepted():
    """Of three that would pass, the two most probable stay, as their dimension says."""
    assert accepted(answer(a=0.7, b=0.9, c=0.8)) == ["topic/b", "topic/c"]


def test_equals_are_taken_in_file_order():
    """A tie at the limit goes to the label that stands first."""
    assert accepted(answer(b=0.8, c=0.8, d=0.8)) == ["topic/b", "topic/c"]


def test_a_choice_of_one_has_one_chain():
    """Only the most probable sibling is accepted at each level."""
    answers = answer() | {
        LabelPath("form/p"): 0.8,
        LabelPath("form/r"): 0.9,
        LabelPath("form/p/q"): 0.9,
    }

    assert accepted(answers) == ["form/r"]


def test_thresholds_of_the_file_replace_the_judgement():
    """A label's own threshold, else its dimension's, is compared with the probability as it is."""
    answers = answer() | {LabelPath("use/s"): 0.89, LabelPath("use/t"): 0.61}

    assert accepted(answers, Rule()) == ["use/t"]


def test_a_label_must_stand_out_from_the_typical_one():
    """The same probability is a yes among low answers and none among high ones."""
    among_low = answer(a=0.3)
    among_high = answer(a=0.3, b=0.2, c=0.2, d=0.2, e=0.2, f=0.2)

    assert accepted(among_low, Rule()) == ["topic/a"]
    assert accepted(among_high, Rule()) == []


def test_few_top_labels_have_no_typical_one():
    """In a small dimension, the floor decides, not the others."""
    answers = answer() | {LabelPath("form/p"): 0.5, LabelPath("form/r"): 0.4}

    assert accepted(answers, Rule()) == ["form/p"]


def test_a_label_may_not_lag_far_behind_its_best_sibling():
    """Beside a near-certain label, a weak one is dropped."""
    assert accepted(answer(a=0.3), Rule()) == ["topic/a"]
    assert accepted(answer(a=0.3, b=0.95), Rule()) == ["topic/b"]


def test_a_child_may_not_lag_far_behind_its_parent():
    """A parent that is much surer than its child stands alone."""
    assert accepted(answer(a=0.5, a_x=0.4), Rule()) == ["topic/a", "topic/a/x"]
    assert accepted(answer(a=0.9, a_x=0.4), Rule()) == ["topic/a"]


def test_nothing_is_accepted_below_the_floor():
    """Standing out from next to nothing is not enough."""
    answers = dict.fromkeys(PATHS, 0.0001) | {LabelPath("topic/a"): 0.09}

    assert accepted(answers, Rule()) == []


def test_thresholds_under_a_refused_parent_cannot_be_reached():
    """No probability would have accepted a label whose parent is refused."""
    walk = descend(TREE, answer(a=0.1, a_x=0.9), rule=PLAIN_RULE)

    assert walk.thresholds[LabelPath("topic/a")] == 0.5
    assert walk.thresholds[LabelPath("topic/a/x")] == 1.0


# ── labels that are passed over ──────────────────────────────────────────────────────────────────


def test_a_label_passed_over_is_refused_without_a_question():
    """It is never next, and its siblings are judged without it."""
    over = {LabelPath("topic/b"), LabelPath("topic/c")}

    first = descend(TREE, {}, rule=PLAIN_RULE, passed_over=over)
    answers = {each.path: 0.9 for each in first.next if each.path.startswith("topic/")}
    then = descend(TREE, answers, rule=PLAIN_RULE, passed_over=over)

    assert over.isdisjoint(each.path for each in first.next)
    assert [each.path for each in then.labels] == ["topic/a", "topic/d"]


def test_an_answer_that_is_known_anyway_counts():
    """Passed over or not, what was answered is judged."""
    answers = answer(b=0.9)

    walk = descend(TREE, answers, rule=PLAIN_RULE, passed_over={LabelPath("topic/b")})

    assert [each.path for each in walk.labels] == ["topic/b"]


# ── unsure ───────────────────────────────────────────────────────────────────────────────────────


def test_a_near_miss_is_told_as_unsure():
    """Refused labels within the factor of odds that the rule names, and no others."""
    walk = descend(TREE, answer(a=0.49, b=0.34, c=0.32, d=0.9), rule=PLAIN_RULE)

    assert [(each.path, each.score) for each in walk.unsure] == [
        ("topic/a", 0.49),
        ("topic/b", 0.34),
    ]
    assert [each.path for each in walk.labels] == ["topic/d"]


def test_nothing_is_asked_below_an_unsure_label():
    """The walk stops where it is unsure."""
    top = {path: 0.01 for path in PATHS if path.count("/") == 1} | {LabelPath("topic/a"): 0.45}

    walk = descend(TREE, top, rule=PLAIN_RULE)

    assert [each.path for each in walk.unsure] == ["topic/a"]
    assert walk.next == ()


def test_nothing_under_a_refused_label_is_unsure():
    """A child's near miss says nothing while its parent is refused."""
    assert descend(TREE, answer(a=0.1, a_x=0.49), rule=PLAIN_RULE).unsure == ()


def test_of_two_rivals_for_one_place_the_loser_is_unsure():
    """In a choice of one, a close second is a doubt worth telling."""
    answers = answer() | {LabelPath("form/p"): 0.8, LabelPath("form/r"): 0.82}

    walk = descend(TREE, answers, rule=PLAIN_RULE)

    assert [each.path for each in walk.labels] == ["form/r"]
    assert [each.path for each in walk.unsure] == ["form/p"]


# ── what always holds ────────────────────────────────────────────────────────────────────────────

probabilities = st.floats(0, 1, allow_nan=False)
all_answers = st.fixed_dictionaries(dict.fromkeys(PATHS, probabilities))
rules = st.builds(
    Rule,
    floor=st.floats(0.01, 0.9),
    stand_out=st.floats(1, 100),
    lag=st.floats(1, 100),
    child_lag=st.floats(1, 100),
    most=st.integers(1, 4),
    few=st.integers(2, 8),
)


@given(all_answers, rules)
def test_labels_are_closed_under_ancestors(answers, rule):
    """Every label is there with all that stands above it."""
    paths = {each.path for each in descend(TREE, answers, rule=rule).labels}

    assert all(above in paths for path in paths for above in ancestors(path))


@given(all_answers, rules)
def test_a_label_is_accepted_exactly_when_it_reaches_its_threshold(answers, rule):
    """Thresholds tell the whole truth, ties and limits included."""
    walk = descend(TREE, answers, rule=rule)
    paths = {each.path for each in walk.labels}

    for path in PATHS:
        parent = parent_of(path)
        is_open = parent is None or parent in paths
        assert (path in paths) == (is_open and answers[path] >= walk.thresholds[path])


@given(all_answers, rules)
def test_asking_step_by_step_gives_the_same_labels(answers, rule):
    """Asking only what is next ends with the same labels as asking everything."""
    known: dict[LabelPath, float] = {}
    walk = descend(TREE, known, rule=rule)
    while walk.next:
        known |= {each.path: answers[each.path] for each in walk.next}
        walk = descend(TREE, known, rule=rule)

    assert walk.labels == descend(TREE, answers, rule=rule).labels
    assert all(
        walk.thresholds[path] == descend(TREE, answers, rule=rule).thresholds[path]
        for path in known
    )


tops = st.sets(st.sampled_from([path for path in PATHS if path.count("/") == 1]))


@given(all_answers, rules, tops)
def test_passing_over_never_hides_a_child(answers, rule, over):
    """The children of every accepted label are asked, all of them, whatever was passed over."""
    known: dict[LabelPath, float] = {}
    walk = descend(TREE, known, rule=rule, passed_over=over)
    while walk.next:
        known |= {each.path: answers[each.path] for each in walk.next}
        walk = descend(TREE, known, rule=rule, passed_over=over)

    paths = {each.path for each in walk.labels}
    assert all(child.path in known for path in paths for child in TREE.label(path).children)
    assert over.isdisjoint(known)
    assert over.isdisjoint(paths)


@given(all_answers, st.sampled_from([0.3, 0.5, 0.9]), tops)
def test_passing_over_what_would_be_refused_changes_no_label(answers, floor, over):
    """Under a plain threshold, a refused label may as well not be asked."""
    rule = replace(PLAIN_RULE, floor=floor)
    everything = descend(TREE, answers, rule=rule)
    refused = over - {each.path for each in everything.labels}
    known = {path: value for path, value in answers.items() if path not in refused}

    assert descend(TREE, known, rule=rule, passed_over=refused).labels == everything.labels


@given(all_answers, rules)
def test_labels_and_unsure_ones_are_different(answers, rule):
    """An unsure label is a refused one whose parent was accepted."""
    walk = descend(TREE, answers, rule=rule)
    paths = {each.path for each in walk.labels}

    assert paths.isdisjoint(each.path for each in walk.unsure)
    assert all(parent_of(each.path) in {None, *paths} for each in walk.unsure)


@given(all_answers, rules, st.randoms())
def test_the_order_of_answers_does_not_matter(answers, rule, random):
    """Answers are a mapping, not a sequence."""
    shuffled = list(answers.items())
    random.shuffle(shuffled)

    assert (
        descend(TREE, dict(shuffled), rule=rule).labels == descend(TREE, answers, rule=rule).labels
    )


@given(all_answers, rules)
def test_a_choice_of_one_never_has_two(answers, rule):
    """Its labels form one chain."""
    paths = [
        each.path
        for each in descend(TREE, answers, rule=rule).labels
        if each.path.startswith("form/")
    ]

    assert all(parent_of(below) == above for above, below in pairwise(paths))


@given(all_answers, rules, rules)
def test_a_stricter_rule_accepts_no_more(answers, one, other):
    """Where every demand is at least as high, every accepted label was accepted before."""
    lax = Rule(
        floor=min(one.floor, other.floor),
        stand_out=min(one.stand_out, other.stand_out),
        lag=max(one.lag, other.lag),
        child_lag=max(one.child_lag, other.child_lag),
        most=max(one.most, other.most),
        few=one.few,
    )
    strict = Rule(
        floor=max(one.floor, other.floor),
        stand_out=max(one.stand_out, other.stand_out),
        lag=min(one.lag, other.lag),
        child_lag=min(one.child_lag, other.child_lag),
        most=min(one.most, other.most),
        few=one.few,
    )

    kept = {each.path for each in descend(TREE, answers, rule=strict).labels}

    assert kept <= {each.path for each in descend(TREE, answers, rule=lax).labels}


# ── the premise ──────────────────────────────────────────────────────────────────────────────────


def summary(text: str) -> Summary:
    return Summary(extracts=(Extract(start=0, end=len(text), text=text),), method="test@1")


LONG = "很長的內文。" * SHORT_TEXT


@pytest.mark.parametrize(
    ("document", "given_summary", "text", "kind"),
    [
        pytest.param(
            Document(text="移工上街。\n要求廢除仲介。", title="遊行"),
            summary("移工上街。"),
            "遊行。移工上街。 要求廢除仲介。",
            "text",
            id="short-text-whole",
        ),
        pytest.param(
            Document(text=LONG, title="標題"),
            summary("摘要。"),
            "標題。摘要。",
            "summary",
            id="long",
        ),
        pytest.param(
            Document(text=LONG, title="A strike"),
            summary("They stopped work."),
            "A strike. They stopped work.",
            "summary",
            id="english",
        ),
        pytest.param(
            Document(text="Body.", title="A title."), None, "A title. Body.", "text", id="full-stop"
        ),
        pytest.param(
            Document(text="Body.", title="Why?"), None, "Why? Body.", "text", id="question"
        ),
        pytest.param(
            Document(text="內文。", title="為什麼？"),
            None,
            "為什麼？內文。",
            "text",
            id="question-zh",
        ),
        pytest.param(Document(text="內文。"), None, "內文。", "text", id="no-title"),
        pytest.param(
            Document(text="標題就是開頭。", title="標題"),
            None,
            "標題就是開頭。",
            "text",
            id="begins-so",
        ),
        pytest.param(
            Document(text="", title="只有標題"), None, "只有標題", "text", id="title-only"
        ),
        pytest.param(
            Document(text=LONG), None, LONG[:LONGEST_PREMISE], "text", id="no-summary-yet"
        ),
        pytest.param(
            Document(text=LONG),
            Summary((), "x"),
            LONG[:LONGEST_PREMISE],
            "text",
            id="empty-summary",
        ),
    ],
)
def test_the_premise_is_title_and_summary_or_a_short_text(document, given_summary, text, kind):
    """A short text is asked about whole, a long one by its summary, the title always first."""
    premise = choose_premise(document, given_summary)

    assert (premise.text, premise.kind) == (text, kind)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("zh-Hant", "zh-TW"),
        ("zh-Hans", "zh-TW"),
        ("zh", "zh-TW"),
        ("en", "en"),
        ("ja", "en"),
        (None, "en"),
    ],
)
def test_a_text_is_asked_in_its_own_language(text: str | None, asked: str):
    """In the community's, where the hypotheses are not worded in it."""
    assert question_language(text, otherwise="en") == asked


def test_the_plain_rule_is_one_threshold():
    """Half, whatever the others are: a model that is not ours is taken at its word."""
    said = answer(a=0.5, b=0.99, c=0.49, e=0.9, a_x=0.51, a_y=0.2)

    assert accepted(said, PLAIN_RULE) == ["topic/b", "topic/e"]
    assert accepted(answer(a=0.5, b=0.99, a_x=0.51), PLAIN_RULE) == [
        "topic/a",
        "topic/a/x",
        "topic/b",
    ]


def test_a_label_is_lifted_by_its_likeliest_child():
    """A broad label that is answered worse than a narrow one below it is accepted with it."""
    taxonomy = parse(
        """
        [[dimension]]
        id = "topic"
        choice = "many"
        name = { en = "topic" }
        hypothesis = { en = "This text is about {label}." }
          [[dimension.label]]
          id = "nature"
          name = { en = "nature" }
            [[dimension.label.label]]
            id = "rivers"
            name = { en = "rivers" }
        """
    )
    nature, rivers = LabelPath("topic/nature"), LabelPath("topic/nature/rivers")
    answers = {nature: 0.2, rivers: 0.9}
    rule = Rule(floor=0.5, stand_out=1e-9, lag=math.inf, child_lag=math.inf)

    without = descend(taxonomy, answers, rule=rule)
    lifted = descend(taxonomy, answers, rule=replace(rule, lift=3.0))

    assert without.labels == ()
    assert [label.path for label in lifted.labels] == [nature, rivers]
    assert lifted.labels[0].score == pytest.approx(0.75)  # odds of 9, divided by 3
    assert lifted.thresholds[nature] <= answers[nature]


def test_a_lift_never_lowers_a_label():
    """Weak children leave a strong parent as it is."""
    answers = {label.path: 0.01 for label in starter().walk()}
    answers[LabelPath("topic/labour")] = 0.9

    walk = descend(starter(), answers, rule=BUILTIN_RULE)

    assert [(label.path, label.score) for label in walk.labels] == [("topic/labour", 0.9)]


def test_a_label_that_was_calibrated_needs_its_own_probability():
    """Not what it takes to stand out; and a threshold in the file goes first."""
    said = answer(a=0.4, b=0.95)
    learnt = Threshold(0.35)
    rule = replace(PLAIN_RULE, floor=0.9, thresholds={LabelPath("topic/a"): learnt})

    walk = descend(TREE, said, rule=rule)

    assert [label.path for label in walk.labels if label.path in ("topic/a", "topic/b")] == [
        "topic/a",
        "topic/b",
    ]
    assert walk.thresholds[LabelPath("topic/a")] == 0.35


@given(share=st.floats(0, 1), least=st.floats(0.01, 0.99))
def test_a_threshold_that_is_trusted_little_moves_little(share: float, least: float):
    """What is needed goes from the judgement in odds to the threshold, never beyond either."""
    said = answer(a=0.4, b=0.6)
    path = LabelPath("topic/a")

    def needed(trusted: float) -> float:
        thresholds = {path: Threshold(least, trusted)}
        return descend(TREE, said, rule=replace(BUILTIN_RULE, thresholds=thresholds)).thresholds[
            path
        ]

    by_odds = descend(TREE, said, rule=BUILTIN_RULE).thresholds[path]
    low, high = sorted((by_odds, least))
    assert needed(0.0) == by_odds
    assert needed(1.0) == min(least, 0.4) if least <= 0.4 else least
    assert low - 1e-9 <= needed(share) <= high + 1e-9
