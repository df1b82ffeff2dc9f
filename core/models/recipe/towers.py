"""Training of two towers: text and hypothesis apart, probability by the likeness of their vectors.

Each step takes texts of one set with a choice of that set's labels, and asks every text about every
label. Two losses are added: binary cross-entropy, so that probabilities mean something, and softmax
over the labels of the same text, so that the right one comes first. In some steps the "labels" are
translations or titles, which keeps the two languages in one space and the encoder good for search.

Source: two towers by in-batch contrast as in Reimers and Gurevych 2019, arXiv:1908.10084; several
right answers in one softmax as in Khosla et al. 2020, arXiv:2004.11362.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.nn import functional

from core.models.bert import Pooling
from core.models.recipe.bodies import Body, Tokens, tensors
from core.models.recipe.running import Task
from core.models.recipe.topics import Names, TopicSet, word


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train.

    Attributes:
        steps: batches.
        sets: how often each topic set is drawn, as relative weights.
        texts: in a batch; `labels`: asked about each at most.
        text_tokens, hypothesis_tokens: where each is cut.
        rate: learning rate at its highest.
        frozen: layers from below that are left as they are; word vectors always are, so that words
            that the sets do not have stay in line with those that they have.
        pairs: share of steps that are about pairs.
        kept: share of the body's weights as they were that is mixed into the result.
        sharpen: factor of the log odds that are written down: averaged weights say the same more
            timidly.
        seed: of every choice.

    `kept`: fine-tuned and original weights averaged keep what the sets do not teach (Wortsman et
    al. 2022, arXiv:2109.01903). Headlines left out of training, accuracy with the original's share
    0, 0.25, 0.5, 0.75, 1: 52.8, 54.6, 54.9, 53.8, 52.1 (zh-Hans, 800 texts, 300 steps).
    """

    steps: int
    sets: Mapping[str, float]
    texts: int = 32
    labels: int = 40
    text_tokens: int = 64
    hypothesis_tokens: int = 24
    rate: float = 6e-5
    frozen: int = 1
    pairs: float = 0.12
    kept: float = 0.5
    sharpen: float = 1.0
    seed: int = 1


class Towers(nn.Module):
    """A BERT body with a scale and a bias.

    Args:
        body: `transformers.BertModel` without pooler.
        pooling: "mean" over tokens, or "cls".
    """

    def __init__(
        self, body: Any, *, pooling: Pooling, scale: float = 16.0, bias: float = -7.5
    ) -> None:
        super().__init__()
        self.body = body
        self.pooling = pooling
        self.scale = nn.Parameter(torch.tensor(math.log(scale)))
        self.bias = nn.Parameter(torch.tensor(bias))

    def vectors(self, batch: Sequence[Tokens]) -> torch.Tensor:
        """Unit vectors of shape (texts, hidden)."""
        ids, mask = (each.to(self.body.device) for each in tensors(batch))
        hidden = self.body(ids, attention_mask=mask).last_hidden_state
        if self.pooling == "cls":
            pooled = hidden[:, 0]
        else:
            weight = mask[..., None].to(hidden.dtype)
            pooled = (hidden * weight).sum(1) / weight.sum(1)
        return functional.normalize(pooled, dim=1)

    def logits(self, texts: torch.Tensor, hypotheses: torch.Tensor) -> torch.Tensor:
        """Log odds of entailment, of shape (texts, hypotheses)."""
        return self.scale.exp() * texts @ hypotheses.T + self.bias


def losses(logits: torch.Tensor, truth: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    """Binary cross-entropy and softmax, added.

    Args:
        logits, truth, known: of shape (texts, hypotheses); `known` is 0 where nobody said.
    """
    each = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    right, wrong = truth * known, (1 - truth) * known
    binary = 0.5 * (each * right).sum() / right.sum().clamp(min=1)
    binary = binary + 0.5 * (each * wrong).sum() / wrong.sum().clamp(min=1) * 4
    rows = right.sum(1) > 0
    masked = logits.masked_fill(known == 0, -1e4)
    chosen = torch.logsumexp(masked.masked_fill(right == 0, -1e4), 1)
    first = (torch.logsumexp(masked, 1) - chosen)[rows].mean() if rows.any() else logits.sum() * 0
    return binary + 0.5 * first


class Step(NamedTuple):
    """What one step is about: texts and hypotheses, and of shape (texts, hypotheses) what is true
    and how far it is known (0: nobody said)."""

    texts: list[str]
    hypotheses: list[str]
    truth: torch.Tensor
    known: torch.Tensor


Pairs = Mapping[str, Sequence[tuple[str, str]]]
"""Texts that mean the same (translations, a title and its summary), by source."""


class TowersTask(Task[Towers]):
    """Trains two towers.

    Args:
        body: what to begin with.
        plan: how.
        topics: sets to draw from; those without a weight in the plan are left out.
        pairs: drawn with equal chances; empty: every step is about topics.
    """

    def __init__(self, body: Body, plan: Plan, topics: Sequence[TopicSet], pairs: Pairs) -> None:
        towers = Towers(body.model, pooling=body.pooling, scale=body.scale, bias=body.bias)
        super().__init__(towers, steps=plan.steps, seed=plan.seed)
        self._plan = plan
        self._sets = [each for each in topics if plan.sets.get(each.name)]
        self._weights = [plan.sets[each.name] for each in self._sets]
        self._pairs = pairs
        self._tokenise = body.tokenise
        self._before = {name: each.clone() for name, each in body.model.state_dict().items()}
        frozen = [body.model.embeddings, *body.model.encoder.layer[: plan.frozen]]
        for part in frozen:
            part.requires_grad_(False)
        self._body = [each for each in body.model.parameters() if each.requires_grad]
        rest = [self.model.scale, self.model.bias]
        self.optimise(
            [
                {"params": self._body, "lr": plan.rate, "weight_decay": 0.01},
                {"params": rest, "lr": 2e-3, "weight_decay": 0.0},
            ]
        )

    def loss(self, step: int) -> torch.Tensor:
        """The loss of one step, whose batch depends on seed and number alone."""
        chance = random.Random(f"{self._plan.seed} {step}")
        drawn = self._draw_pairs(chance) or self._draw_topics(chance)
        plan = self._plan
        logits = self.model.logits(
            self.model.vectors(self._tokenise(drawn.texts, plan.text_tokens)),
            self.model.vectors(self._tokenise(drawn.hypotheses, plan.hypothesis_tokens)),
        )
        return losses(logits, drawn.truth, drawn.known)

    def mixed(self) -> dict[str, torch.Tensor]:
        """The body's weights after training, with what the plan keeps of those before."""
        kept = self._plan.kept
        return {
            name: kept * self._before[name] + (1 - kept) * each
            for name, each in self.model.body.state_dict().items()
        }

    def odds(self) -> dict[str, float]:
        """What turns cosines into log odds: `scale` and `bias`."""
        sharpen = self._plan.sharpen
        return {
            "scale": sharpen * float(self.model.scale.detach().exp()),
            "bias": sharpen * float(self.model.bias.detach()),
        }

    def _draw_pairs(self, chance: random.Random) -> Step | None:
        if not self._pairs or chance.random() >= self._plan.pairs:
            return None
        drawn = chance.sample(self._pairs[chance.choice(sorted(self._pairs))], self._plan.texts)
        truth = torch.eye(len(drawn))
        turned = [pair if chance.random() < 0.5 else pair[::-1] for pair in drawn]
        return Step([a for a, _ in turned], [b for _, b in turned], truth, torch.ones_like(truth))

    def _draw_topics(self, chance: random.Random) -> Step:
        plan = self._plan
        topics = chance.choices(self._sets, self._weights)[0]
        drawn = chance.sample(topics.texts, min(plan.texts, len(topics.texts)))
        labels = self._labels(
            topics, list({key: 0 for text in drawn for key in text.labels}), chance
        )
        asked = [topics.names[label] for label in labels]
        strangers = self._strangers(topics, chance)
        truth = torch.tensor([[float(label in text.labels) for label in labels] for text in drawn])
        known = torch.ones_like(truth)
        # labels of another set are wrong nearly always: what "none fits" looks like
        shape = (len(drawn), len(strangers))
        return Step(
            texts=[self._crop(text.text, chance) for text in drawn],
            hypotheses=[word(each, chance, prefer=topics.language) for each in asked + strangers],
            truth=torch.cat([truth, torch.zeros(shape)], 1),
            known=torch.cat([known, torch.full(shape, 0.5)], 1),
        )

    def _labels(self, topics: TopicSet, own: list[str], chance: random.Random) -> list[str]:
        """The texts' own labels and, where a set's labels are the only ones, others of the set."""
        chance.shuffle(own)
        labels = own[: self._plan.labels]
        if topics.is_open:
            return labels
        rest = [label for label in topics.names if label not in set(labels)]
        wanted = min(len(rest), self._plan.labels - len(labels))
        return [*labels, *chance.sample(rest, wanted)]

    def _strangers(self, topics: TopicSet, chance: random.Random) -> list[Names]:
        """Labels of another set in the same language, none of them called as one of this set."""
        other = chance.choice(self._sets)
        if other is topics or other.language != topics.language or other.is_open:
            return []
        taken = {
            name for names in topics.names.values() for each in names.values() for name in each
        }
        drawn = chance.sample(other.labels, min(4, len(other.labels)))
        found = [other.names[label] for label in drawn]
        return [
            names
            for names in found
            if not any(name in taken for each in names.values() for name in each)
        ]

    def _crop(self, text: str, chance: random.Random) -> str:
        """Sometimes begin in the middle of a long text: mostly, its labels hold for parts too."""
        limit = self._plan.text_tokens * 5
        if len(text) > limit * 2 and chance.random() < 0.3:
            start = chance.randrange(len(text) - limit)
            return text[start : start + limit]
        return text[:limit]
