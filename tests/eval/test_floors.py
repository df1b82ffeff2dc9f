"""The built-in model keeps the quality that it shipped with, on small samples of our own."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.models.embedder import BuiltinEmbedder
from core.models.entailer import TowersEntailer

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
SAMPLES = tomllib.loads((HERE / "samples.toml").read_text(encoding="utf-8"))
TEMPLATES = {"zh": "這篇文章與「{}」有關。", "en": "This text is about {}."}

REFERENCE = {
    ("台灣的能源轉型與環境正義", "Migrant workers march in Taipei."): 0.187,
    ("台灣的能源轉型與環境正義", "移工團體要求廢除仲介制度 NGO 2026"): 0.296,
    ("台灣的能源轉型與環境正義", "這篇文章與「勞動」有關。"): 0.192,
    ("Migrant workers march in Taipei.", "移工團體要求廢除仲介制度 NGO 2026"): 0.333,
    ("Migrant workers march in Taipei.", "這篇文章與「勞動」有關。"): 0.403,
    ("移工團體要求廢除仲介制度 NGO 2026", "這篇文章與「勞動」有關。"): 0.427,
}


def probabilities(text_language: str, topic_language: str) -> tuple[Any, Any]:
    """Answers of shape (texts, topics), and which topic is each text's own."""
    topics = SAMPLES["topic"]
    texts = [
        (text, own) for own, topic in enumerate(topics) for text in topic[f"texts_{text_language}"]
    ]
    hypotheses = [TEMPLATES[topic_language].format(topic[topic_language]) for topic in topics]
    answers = TowersEntailer().entail([(text, claim) for text, _ in texts for claim in hypotheses])
    return np.array(answers).reshape(len(texts), -1), np.array([own for _, own in texts])


@pytest.mark.parametrize("languages", ["zh_zh", "zh_en", "en_zh", "en_en"])
def test_the_most_probable_topic_is_the_right_one(languages: str):
    """Texts find their topic, also across languages."""
    answers, own = probabilities(*languages.split("_"))

    assert (answers.argmax(axis=1) == own).mean() >= FLOORS["topic"][languages]


def test_probabilities_tell_right_from_wrong():
    """Over all texts and topics, a right answer is nearly always above a wrong one."""
    right: list[float] = []
    wrong: list[float] = []
    for languages in FLOORS["topic"]:
        answers, own = probabilities(*languages.split("_"))
        mine = np.eye(answers.shape[1], dtype=bool)[own]
        right += answers[mine].tolist()
        wrong += answers[~mine].tolist()

    above = np.array(right)[:, None] > np.array(wrong)[None, :]
    assert above.mean() >= FLOORS["entailment"]["auc"]


@pytest.mark.parametrize("languages", ["zh_en", "en_zh"])
def test_a_translation_is_nearest(languages: str):
    """Sentences that say the same in two languages find each other."""
    source, target = languages.split("_")
    embedder = BuiltinEmbedder()
    queries = embedder.embed([pair[source] for pair in SAMPLES["pair"]], role="query")
    passages = embedder.embed([pair[target] for pair in SAMPLES["pair"]])

    nearest = (queries @ passages.T).argmax(axis=1)

    assert (nearest == np.arange(len(queries))).mean() >= FLOORS["pairs"][languages]


def test_cosines_are_those_noted_in_training():
    """Reading, rounding and running the weights leaves likeness as it was."""
    texts = sorted({text for pair in REFERENCE for text in pair})
    vectors = dict(zip(texts, BuiltinEmbedder().embed(texts), strict=True))

    errors = [
        abs(float(vectors[left] @ vectors[right]) - noted)
        for (left, right), noted in REFERENCE.items()
    ]

    assert max(errors) <= FLOORS["reference"]["largest_error"]
