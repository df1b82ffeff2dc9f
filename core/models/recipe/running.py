"""Training as a task that can be stopped at any step and goes on from there.

A task's batches depend on its seed and the number of the step alone, so that a run that was stopped
and one that was not end alike. State is written aside and renamed, so that a stop while writing
leaves the state before.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import nn

M = TypeVar("M", bound=nn.Module)
Tell = Callable[["Progress"], None]

SAVE_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is.

    Attributes:
        stage: its name.
        step, steps: done, and in all.
        loss: mean of the last steps.
        left_s: seconds that the rest will take; None before there is anything to go by.
    """

    stage: str
    step: int
    steps: int
    loss: float
    left_s: float | None


class Task(ABC, Generic[M]):
    """Something to train in steps.

    Args:
        model: what is trained.
        steps: how many.
        seed: of what chance decides.
    """

    def __init__(self, model: M, *, steps: int, seed: int) -> None:
        self.model = model
        self.steps = steps
        self.seed = seed

    @abstractmethod
    def loss(self, step: int) -> torch.Tensor:
        """The loss of a step, from 0; the same number asks the same."""

    def optimise(self, groups: list[dict[str, Any]]) -> None:
        """Choose AdamW with these groups; the rate climbs for a twelfth of the way, then falls."""
        self.optimiser = torch.optim.AdamW(groups)
        self._rates = [group["lr"] for group in groups]

    def train(self, stage: str, *, state: Path, tell: Tell) -> None:
        """Do the steps that are left.

        Args:
            stage: name for progress.
            state: file for what must outlive a stop; made, kept up to date, left there.
            tell: is called after each step; if it raises, the step is kept.
        """
        torch.manual_seed(self.seed)
        self.model.train()
        first = self._resume(state)
        began = saved = time.monotonic()
        recent: list[float] = []
        for step in range(first, self.steps):
            recent = [*recent[-49:], self._step(step)]
            now = time.monotonic()
            left = (now - began) / (step + 1 - first) * (self.steps - step - 1)
            try:
                tell(Progress(stage, step + 1, self.steps, sum(recent) / len(recent), left))
            except BaseException:  # whoever stops us by it wants to go on from here
                self._save(state, step + 1)
                raise
            if now - saved > SAVE_EVERY_S:
                self._save(state, step + 1)
                saved = time.monotonic()
        self._save(state, self.steps)
        self.model.eval()

    def _step(self, step: int) -> float:
        warm = max(1, self.steps // 12)
        share = min((step + 1) / warm, max(0.02, (self.steps - step) / max(1, self.steps - warm)))
        for group, rate in zip(self.optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * share
        loss = self.loss(step)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        trained = [each for each in self.model.parameters() if each.requires_grad]
        nn.utils.clip_grad_norm_(trained, 1.0)
        self.optimiser.step()
        return float(loss.detach())

    def _resume(self, state: Path) -> int:
        """Take up what a state file holds; the number of the step to go on with."""
        if not state.is_file():
            return 0
        kept = torch.load(state, weights_only=True)
        self.model.load_state_dict(kept["model"], strict=False)  # the rest is as it was
        self.optimiser.load_state_dict(kept["optimiser"])
        return int(kept["step"])

    def _save(self, state: Path, step: int) -> None:
        state.parent.mkdir(parents=True, exist_ok=True)
        aside = state.with_suffix(".new")
        torch.save(
            {
                "model": self._trained(),
                "optimiser": self.optimiser.state_dict(),
                "step": step,
            },
            aside,
        )
        aside.replace(state)

    def _trained(self) -> dict[str, torch.Tensor]:
        """What a state must hold of the model: what is trained."""
        return {name: each for name, each in self.model.named_parameters() if each.requires_grad}
