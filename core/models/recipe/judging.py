"""Training of the pair model: premise and hypothesis together, one log odds out."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from core.models.recipe.bodies import Body, Tokens, tensors
from core.models.recipe.entailment import Pair, topic_pairs
from core.models.recipe.running import Task
from core.models.recipe.topics import TopicSet


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train.

    Attributes:
        rounds: how often the inference sets are gone through.
        topics: questions about topics in each round, by topic set.
        pairs: in a batch.
        pair_tokens, hypothesis_tokens: where each is cut.
        rate: learning rate of the body at its highest; the head's is four times as high.
        frozen: layers from below that are left as they are, like the word vectors.
        seed: of every choice.
    """

    rounds: float
    topics: Mapping[str, int]
    pairs: int = 48
    pair_tokens: int = 128
    hypothesis_tokens: int = 40
    rate: float = 1e-4
    frozen: int = 1
    seed: int = 1


class PairModel(nn.Module):
    """A BERT body with a head over its first token.

    Args:
        body: `transformers.BertModel` without pooler.
    """

    def __init__(self, body: Any) -> None:
        super().__init__()
        self.body = body
        hidden = body.config.hidden_size
        self.dense = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Log odds of entailment, of shape (pairs,)."""
        states = self.body(ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        logits: torch.Tensor = self.out(torch.tanh(self.dense(states[:, 0])))[:, 0]
        return logits


Encoded = tuple[Tokens, int]
"""Numbers of a pair, and how many of them are the premise's."""


class JudgeTask(Task[PairModel]):
    """Trains a pair model.

    Args:
        body: what to begin with; its word vectors stay as they are.
        plan: how.
        inference: pairs of the inference sets.
        topics: sets to ask about.
    """

    def __init__(
        self, body: Body, plan: Plan, inference: Sequence[Pair], topics: Sequence[TopicSet]
    ) -> None:
        self.plan = plan
        self._inference = inference
        self._topics = topics
        self._tokenise = body.tokenise
        self._round = -1
        self._batches: list[list[int]] = []
        self._encoded: list[Encoded] = []
        self._truth: list[float] = []
        self._per_round = len(self._order(self._lengths_only()))
        torch.manual_seed(plan.seed)  # the head begins at random
        steps = max(1, round(plan.rounds * self._per_round))
        super().__init__(PairModel(body.model), steps=steps, seed=plan.seed)
        for part in (
            body.model.embeddings.word_embeddings,
            *body.model.encoder.layer[: plan.frozen],
        ):
            part.requires_grad_(False)
        trained = [each for each in body.model.parameters() if each.requires_grad]
        head = [*self.model.dense.parameters(), *self.model.out.parameters()]
        self.optimise(
            [
                {"params": trained, "lr": plan.rate, "weight_decay": 0.01},
                {"params": head, "lr": plan.rate * 4, "weight_decay": 0.01},
            ]
        )

    def loss(self, step: int) -> torch.Tensor:
        """The loss of one step, whose batch depends on seed and number alone."""
        round_, place = divmod(step, self._per_round)
        if round_ != self._round:
            self._begin(round_)
        batch = self._batches[place % len(self._batches)]
        truth = torch.tensor([self._truth[index] for index in batch])
        logits = judge(self.model, [self._encoded[index] for index in batch])
        return functional.binary_cross_entropy_with_logits(logits, truth)

    def _begin(self, round_: int) -> None:
        """Draw the questions of a round and put them in batches."""
        pairs = list(self._pairs(round_))
        self._encoded = encode(
            pairs,
            self._tokenise,
            pair_tokens=self.plan.pair_tokens,
            hypothesis_tokens=self.plan.hypothesis_tokens,
        )
        self._truth = [float(pair.entails) for pair in pairs]
        self._batches = self._order([len(numbers) for numbers, _ in self._encoded], round_)
        self._round = round_

    def _pairs(self, round_: int) -> Iterator[Pair]:
        yield from self._inference
        for topics in self._topics:
            count = self.plan.topics.get(topics.name, 0)
            yield from topic_pairs(topics, count, seed=self.plan.seed * 1_000 + round_)

    def _lengths_only(self) -> list[int]:
        return [0 for _ in self._pairs(0)]

    def _order(self, lengths: Sequence[int], round_: int = 0) -> list[list[int]]:
        """Batches of like length in random order."""
        chance = random.Random(f"{self.plan.seed} {round_}")
        order = list(range(len(lengths)))
        chance.shuffle(order)
        size = self.plan.pairs
        batches = []
        for start in range(0, len(order), size * 32):
            near = sorted(order[start : start + size * 32], key=lambda index: lengths[index])
            batches += [near[at : at + size] for at in range(0, len(near), size)]
        chance.shuffle(batches)
        return batches


def encode(
    pairs: Sequence[Pair], tokenise: Any, *, pair_tokens: int, hypothesis_tokens: int
) -> list[Encoded]:
    """Token numbers "[CLS] premise [SEP] hypothesis [SEP]"; a long premise loses its end."""
    left = tokenise([pair.premise for pair in pairs], pair_tokens)
    right = tokenise([pair.hypothesis for pair in pairs], hypothesis_tokens)
    found = []
    for premise, hypothesis in zip(left, right, strict=True):
        claim = hypothesis[1:]
        room = pair_tokens - len(claim)
        if len(premise) > room:
            premise = [*premise[: room - 1], premise[-1]]
        found.append(([*premise, *claim], len(premise)))
    return found


def judge(model: PairModel, batch: Sequence[Encoded]) -> torch.Tensor:
    """Log odds of a batch, of shape (pairs,)."""
    ids, mask = tensors([numbers for numbers, _ in batch])
    types = mask.clone()
    for row, (_, premise) in enumerate(batch):
        types[row, :premise] = 0
    logits: torch.Tensor = model(ids, mask, types)
    return logits
