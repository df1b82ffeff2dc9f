"""How the built-in model is made: what is asked in training, stopping and going on, the folder."""

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import BadFile
from core.models.encoder import Encoder
from core.models.entailer import BuiltinEntailer, make_entailer
from core.models.judge import Judge
from core.models.recipe import bodies, judging, towers
from core.models.recipe.build import Recipe, build, inference, without_strangers
from core.models.recipe.entailment import NEGATED, Pair, topic_pairs, translations
from core.models.recipe.running import Progress
from core.models.recipe.topics import Text, TopicSet, read_topics, word
from tests.fakes.checkpoints import write_built, write_chinese_base, write_two_tower
from tests.fakes.sets import write_sets

TOPICS = TopicSet(
    name="own",
    language="zh",
    names={"env": {"zh": ("環境",), "en": ("environment",)}, "lab": {"zh": ("勞動",)}},
    texts=[Text("工廠偷排廢水。", ("env",)), Text("工會要求加班費。", ("lab",))],
)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sets(tmp_path_factory.mktemp("sets"))


# ── what is asked ────────────────────────────────────────────────────────────────────────────────


def test_every_set_is_read_with_names_in_both_languages_where_we_have_them(sets: Path):
    """Names that a set lacks come from our own list; sets without a licence only if wanted."""
    all_sets = {each.name: each for each in read_topics(sets, unstated=True)}
    stated = {each.name for each in read_topics(sets, unstated=False)}

    assert all_sets["dbpedia14"].names["artist"] == {"en": ("artist",), "zh": ("藝術家",)}
    assert all_sets["tw_law_en"].names["環境"] == {"zh": ("環境",), "en": ("environment",)}
    assert all_sets["tw_law_zh"].levels == {"環境": 0, "勞動": 0, "細目": 1}
    assert set(all_sets) - stated == {"nlpcc2017", "smp2019"}


def test_shifted_labels_are_put_right(sets: Path):
    """The copy of DBpedia that says "company" means an artist."""
    (dbpedia,) = [each for each in read_topics(sets, unstated=False) if each.name == "dbpedia14"]

    assert Text("A singer from Tainan.", ("artist",)) in dbpedia.texts
    assert Text("A river in Hualien.", ("river, mountain or lake",)) in dbpedia.texts


def test_a_tag_that_all_portraits_share_is_not_asked(sets: Path):
    """Nor does the headline give the answer away."""
    (people,) = [each for each in read_topics(sets, unstated=False) if each.name == "people_zh"]

    assert set(people.names) == {"音樂"}
    assert not any(text.text.startswith("歌手") for text in people.texts)


def test_labels_are_worded_in_both_languages_bare_and_in_sentences():
    """A text is mostly asked in its own language, sometimes in the other."""
    chance = random.Random(1)

    asked = {word(TOPICS.names["env"], chance, prefer="zh") for _ in range(200)}

    assert {
        "環境",
        "environment",
        "這篇文章與「環境」有關。",
        "This text is about environment.",
    } <= asked


def test_a_negated_question_has_the_opposite_answer():
    """ "與…無關" follows where the topic does not hold."""
    pairs = list(topic_pairs(TOPICS, 200, seed=1, negated=1.0))

    openings = [sentence.partition("{")[0] for each in NEGATED.values() for sentence in each]
    assert all(any(pair.hypothesis.startswith(opening) for opening in openings) for pair in pairs)
    for pair in pairs:
        is_own = ("廢水" in pair.premise) == any(
            name in pair.hypothesis for name in ("環境", "environment")
        )
        assert pair.entails is not is_own


def test_a_text_that_disclaims_a_topic_keeps_its_own():
    """What a text says it is not about does not follow; its own topic still does."""
    pairs = list(topic_pairs(TOPICS, 100, seed=1, negated=0.0, disclaimed=1.0))

    assert {pair.entails for pair in pairs} == {True, False}
    for pair in pairs:
        is_own = ("廢水" in pair.premise) == any(
            name in pair.hypothesis for name in ("環境", "environment")
        )
        assert pair.entails is is_own
        assert len(pair.premise) > len("工會要求加班費。")


def test_translations_follow_and_other_sentences_do_not(sets: Path):
    """Both directions occur; half of them are right."""
    pairs = list(translations(sets / "tatoeba_zh_en" / "pairs.jsonl.gz", 400, seed=2))

    assert 120 < sum(pair.entails for pair in pairs) < 280
    for pair in pairs:
        numbers = ["".join(filter(str.isdigit, side)) for side in (pair.premise, pair.hypothesis)]
        assert (numbers[0] == numbers[1]) is pair.entails


def test_pairs_that_nobody_labelled_are_left_out(sets: Path):
    """SNLI marks disagreement by "-"."""
    pairs = inference(sets, Recipe())

    assert Pair("A man sleeps.", "Somebody sleeps.", entails=True) in pairs
    assert not any(pair.hypothesis == "He dreams." for pair in pairs)


# ── training ─────────────────────────────────────────────────────────────────────────────────────


def small_task(folder: Path) -> towers.TowersTask:
    body = bodies.of_ours(folder)
    plan = towers.Plan(steps=6, sets={"own": 1.0}, texts=2, frozen=0, rate=1e-3)
    return towers.TowersTask(body, plan, [TOPICS], {})


def test_a_run_that_was_stopped_ends_like_one_that_was_not(two_tower: Path, tmp_path: Path):
    """Batches hang on seed and number, and the state holds everything else."""
    whole = small_task(two_tower)
    whole.train("x", state=tmp_path / "whole.pt", tell=lambda _: None)

    class Stop(Exception):
        pass

    def stop_at_three(progress: Progress) -> None:
        if progress.step == 3:
            stopped._save(tmp_path / "stopped.pt", 3)
            raise Stop

    stopped = small_task(two_tower)
    with pytest.raises(Stop):
        stopped.train("x", state=tmp_path / "stopped.pt", tell=stop_at_three)
    again = small_task(two_tower)
    seen: list[int] = []
    again.train("x", state=tmp_path / "stopped.pt", tell=lambda each: seen.append(each.step))

    assert seen == [4, 5, 6]
    for name, tensor in whole.model.state_dict().items():
        assert torch.allclose(tensor, again.model.state_dict()[name], atol=1e-6), name


def test_training_learns_what_it_is_shown(two_tower: Path, tmp_path: Path):
    """After some steps the loss is well below what it was."""
    body = bodies.of_ours(two_tower)
    plan = towers.Plan(steps=60, sets={"own": 1.0}, texts=2, frozen=0, rate=3e-3)
    task = towers.TowersTask(body, plan, [TOPICS], {})
    before = float(np.mean([float(task.loss(step).detach()) for step in range(20)]))

    task.train("x", state=tmp_path / "state.pt", tell=lambda _: None)

    after = float(np.mean([float(task.loss(step).detach()) for step in range(20)]))
    assert after < 0.6 * before


def test_the_mixture_lies_between_before_and_after(two_tower: Path, tmp_path: Path):
    """Half of what was there stays; word vectors stay whole."""
    before = {
        key: each.clone() for key, each in bodies.of_ours(two_tower).model.state_dict().items()
    }
    task = small_task(two_tower)
    task.train("x", state=tmp_path / "state.pt", tell=lambda _: None)

    mixed, after = task.mixed(), task.model.body.state_dict()
    name = "encoder.layer.1.output.dense.weight"
    assert not torch.equal(after[name], before[name])
    assert torch.allclose(mixed[name], (before[name] + after[name]) / 2)
    words = "embeddings.word_embeddings.weight"
    assert torch.equal(mixed[words], before[words])


# ── the folder ───────────────────────────────────────────────────────────────────────────────────


def test_words_that_folded_text_never_has_are_left_out(tmp_path: Path):
    """BERT's special tokens keep their places; traditional, foreign, capital and glued ones go."""
    content = (write_chinese_base(tmp_path) / "tokenizer.json").read_text(encoding="utf-8")
    before = json.loads(content)["model"]["vocab"]

    kept, after_text = without_strangers(content)

    after = json.loads(after_text)["model"]["vocab"]
    assert set(before) - set(after) == {"勞", "##环", "A", "か"}
    assert (after["[UNK]"], after["[CLS]"], after["[SEP]"]) == (100, 101, 102)
    assert [before[word] for word in after] == kept


def within_positions(recipe: Recipe) -> Recipe:
    """The test's bodies read 48 tokens at most."""
    short = {"pair_tokens": 40, "hypothesis_tokens": 16}
    return replace(
        recipe,
        judge=replace(recipe.judge, **short),
        chinese_judge=replace(recipe.chinese_judge, **short),
    )


def test_a_model_is_built_and_found_by_its_folder(sets: Path, tmp_path: Path):
    """The command's work from sets and bases to answers; a second run has nothing left to do."""
    recipe = Recipe().quick()
    recipe = within_positions(recipe)
    bases = {
        "chinese_base": write_chinese_base(tmp_path / "chinese"),
        "base": write_two_tower(tmp_path / "base"),
    }
    told: list[Progress] = []

    build(sets, tmp_path / "out", recipe=recipe, tell=told.append, **bases)
    judges = [tmp_path / "out" / each / "model.safetensors" for each in ("judge", "zh/judge")]
    first = [each.read_bytes() for each in judges]
    build(sets, tmp_path / "out", recipe=recipe, tell=told.append, **bases)

    assert {each.stage for each in told} == {"bilingual", "chinese", "judge", "chinese-judge"}
    for stage, plan in (("bilingual", recipe.bilingual), ("chinese", recipe.chinese)):
        assert len([each for each in told if each.stage == stage]) == plan.steps
    assert [each.read_bytes() for each in judges] == first
    entailer = make_entailer(str(tmp_path / "out"))
    assert isinstance(entailer, BuiltinEntailer)
    answers = entailer.entail([("台灣環境", "環境"), ("abc", "def")])
    assert all(0 < answer < 1 for answer in answers)


def test_another_recipe_does_not_go_on_in_the_same_folder(sets: Path, tmp_path: Path):
    """The error names what differs, and nothing is lost."""
    recipe = Recipe().quick()
    (tmp_path / "out").mkdir()
    bases = {
        "chinese_base": write_chinese_base(tmp_path / "chinese"),
        "base": write_two_tower(tmp_path / "base"),
    }
    recipe = within_positions(recipe)
    build(sets, tmp_path / "out", recipe=recipe, tell=lambda _: None, **bases)

    with pytest.raises(
        BadFile, match=r"another recipe \(different: bilingual, chinese, chinese_judge, judge\)"
    ):
        build(sets, tmp_path / "out", recipe=recipe.seeded(9), tell=lambda _: None, **bases)


def test_a_base_that_is_no_base_is_told_before_anything_is_trained(sets: Path, tmp_path: Path):
    """Not after the first hour."""
    told: list[Progress] = []
    (tmp_path / "empty").mkdir()

    with pytest.raises(BadFile, match=r"tokenizer\.json"):
        build(
            sets,
            tmp_path / "out",
            chinese_base=tmp_path / "empty",
            base=write_two_tower(tmp_path / "base"),
            recipe=Recipe().quick(),
            tell=told.append,
        )

    assert told == []


def test_a_missing_set_is_told(sets: Path, tmp_path: Path):
    """With the folder, and where to read what belongs there."""
    broken = tmp_path / "sets"
    shutil.copytree(sets, broken)
    (broken / "huffpost" / "titles.jsonl.gz").unlink()
    bases = {
        "chinese_base": write_chinese_base(tmp_path / "chinese"),
        "base": write_two_tower(tmp_path / "base"),
    }
    with pytest.raises(BadFile, match=r"titles\.jsonl\.gz.*model card"):
        build(broken, tmp_path / "out", recipe=Recipe().quick(), tell=lambda _: None, **bases)


# ── running what was trained ─────────────────────────────────────────────────────────────────────


def test_the_running_judge_answers_as_the_trained_one(tmp_path: Path):
    """The graph that ONNX Runtime runs computes what torch does; what is kept are differences."""
    body = bodies.of_ours(write_two_tower(tmp_path / "base"))
    plan = judging.Plan(rounds=1, topics={}, pair_tokens=40, hypothesis_tokens=16)
    pairs = [Pair("a b c", "a", entails=True), Pair("台灣 環境 " * 30, "環境", entails=False)]
    untrained = towers.TowersTask(body, towers.Plan(steps=1, sets={}), [], {})
    task = judging.JudgeTask(body, plan, pairs, [])
    torch.nn.init.normal_(task.model.out.weight)
    from core.models.recipe.build import write_bilingual, write_judge

    (tmp_path / "built").mkdir()
    write_bilingual(body, untrained, tmp_path / "built")
    write_judge(task, Recipe(judge=plan), tmp_path / "built" / "judge")
    encoded = judging.encode(pairs, body.tokenise, pair_tokens=40, hypothesis_tokens=16)
    with torch.inference_mode():
        expected = judging.judge(task.model.eval(), encoded).numpy()

    judge = Judge(tmp_path / "built" / "judge", precision="float32")
    actual = judge.logits([(pair.premise, pair.hypothesis) for pair in pairs])

    assert actual == pytest.approx(expected, abs=0.1)  # weights were rounded to 8 bits


def test_chinese_pairs_are_judged_by_the_chinese_judge(tmp_path: Path):
    """Both sides must be Chinese; without a second judge the first reads everything."""
    built = write_built(tmp_path)
    pairs = [("台灣環境", "環境"), ("台灣環境", "abc"), ("abc", "def")]

    with_both = BuiltinEntailer(built)
    both, version = with_both.entail(pairs), with_both.version
    shutil.rmtree(built / "zh" / "judge")
    one = BuiltinEntailer(built)

    assert one.entail(pairs)[1:] == pytest.approx(both[1:])
    assert one.entail(pairs)[0] != pytest.approx(both[0], abs=1e-3)
    assert one.version != version


def test_the_running_tower_takes_the_first_token_where_trained_so(tmp_path: Path):
    """Pooling is part of the folder, and the pruned words give the same vectors."""
    from core.models.recipe.build import write_chinese

    body = bodies.of_others(write_chinese_base(tmp_path / "chinese"), pooling="cls")
    task = towers.TowersTask(body, towers.Plan(steps=1, sets={}), [], {})
    texts = ["勞工 abc", "台湾环境"]
    with torch.inference_mode():
        expected = task.model.eval().vectors(body.tokenise(texts, 32)).numpy()
    write_chinese(body, task, tmp_path / "zh")

    actual = Encoder(tmp_path / "zh", precision="float32").encode(texts, max_tokens=32)

    assert (actual * expected).sum(axis=1).min() > 0.999
