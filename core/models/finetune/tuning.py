"""One tower trained on a community's questions, and the vectors that it then makes."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from core.models.finetune.material import Material
from core.models.finetune.plan import Plan
from core.models.recipe.bodies import Body
from core.models.recipe.running import Task
from core.models.recipe.towers import Towers, losses

Vectors = NDArray[np.float32]

BATCH = 32

CONTRAST_SCALE = 14.0
"""Of cosines between texts; the scale of the built-in model before it was trained."""

_NEVER = -1e4


class TuneTask(Task[Towers]):
    """Trains a tower.

    Args:
        body: what to begin with.
        plan: how.
        material: draws batches.
        steps: how many.
        device: "cpu", or as torch names another.
    """

    def __init__(
        self, body: Body, plan: Plan, material: Material, *, steps: int, device: str = "cpu"
    ) -> None:
        towers = Towers(body.model, pooling=body.pooling, scale=body.scale, bias=body.bias)
        super().__init__(towers.to(device), steps=steps, seed=plan.seed)
        self._plan = plan
        self._material = material
        self._tokenise = body.tokenise
        self._device = device
        self._before = {name: each.clone() for name, each in body.model.state_dict().items()}
        layers = body.model.encoder.layer
        for part in (body.model.embeddings, *layers[: min(plan.frozen, len(layers) - 1)]):
            part.requires_grad_(False)
        towers.scale.requires_grad_(False)  # calibration does it, and labels without examples stay
        towers.bias.requires_grad_(False)
        trained = [each for each in body.model.parameters() if each.requires_grad]
        self.optimise([{"params": trained, "lr": plan.rate, "weight_decay": 0.01}])

    def loss(self, step: int) -> torch.Tensor:
        """The loss of one step, whose batch depends on seed and number alone."""
        plan = self._plan
        drawn = self._material.draw(random.Random(f"{plan.seed} {step}"), plan)
        texts = self.model.vectors(self._tokenise(drawn.premises, plan.text_tokens))
        logits = self.model.logits(
            texts, self.model.vectors(self._tokenise(drawn.hypotheses, plan.hypothesis_tokens))
        )
        truth = torch.from_numpy(drawn.truth).to(self._device)
        loss = losses(logits, truth, torch.from_numpy(drawn.known).to(self._device))
        return loss + plan.contrast * contrast(
            texts,
            torch.from_numpy(drawn.alike).to(self._device),
            torch.from_numpy(drawn.strange).to(self._device),
        )

    def mixed(self) -> dict[str, NDArray[np.float32]]:
        """The body's weights after training, with what the plan keeps of those before."""
        kept = self._plan.kept
        return {
            name: (kept * self._before[name] + (1 - kept) * each).cpu().numpy()
            for name, each in self.model.body.state_dict().items()
        }


def contrast(texts: torch.Tensor, alike: torch.Tensor, strange: torch.Tensor) -> torch.Tensor:
    """How much nearer strangers are than texts with a label in common; 0 where there is no such
    pair.

    Source: Khosla et al. 2020, arXiv:2004.11362.

    Args:
        texts: unit vectors of shape (texts, hidden).
        alike, strange: of shape (texts, texts), see `Batch`.
    """
    likeness = CONTRAST_SCALE * texts @ texts.T
    rows = alike.any(1)
    if not rows.any():
        return likeness.sum() * 0
    everyone = torch.logsumexp(likeness.masked_fill(~(alike | strange), _NEVER), 1)
    friends = torch.logsumexp(likeness.masked_fill(~alike, _NEVER), 1)
    return (everyone - friends)[rows].mean()


def load(body: Body, weights: dict[str, NDArray[np.float32]]) -> None:
    """Give a body other weights of the same shape."""
    body.model.load_state_dict(
        {name: torch.from_numpy(np.array(each)) for name, each in weights.items()}
    )


def encode(body: Body, texts: Sequence[str], *, max_tokens: int, device: str = "cpu") -> Vectors:
    """Unit vectors of n texts, shape (n, hidden), in order."""
    towers = Towers(body.model, pooling=body.pooling).to(device).eval()
    numbers = body.tokenise(texts, max_tokens)
    order = sorted(range(len(numbers)), key=lambda at: len(numbers[at]))
    found = np.zeros((len(numbers), body.model.config.hidden_size), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            found[batch] = towers.vectors([numbers[at] for at in batch]).cpu().numpy()
    return found


def settle(*, threads: int | None, seed: int) -> None:
    """Make torch use so many threads, and chance the same in every run."""
    if threads is not None:
        torch.set_num_threads(threads)
    torch.manual_seed(seed)


def forget(state: Path) -> None:
    """Delete what a task kept to go on from."""
    state.unlink(missing_ok=True)
