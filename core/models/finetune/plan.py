"""How long and how hard a community's model is trained."""

from dataclasses import dataclass

from core.models.finetune.seen import Move


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides about the weights, besides the examples.

    Attributes:
        epochs: how often each text is seen, on average.
        least_steps, most_steps: batches, whatever the number of texts.
        texts: in a batch; `labels`: asked about each at most.
        text_tokens, hypothesis_tokens: where each is cut in training; unlabelled texts are cut
            there whenever they are read.
        rate: learning rate at its highest.
        frozen: layers from below that are left as they are, as word vectors are.
        kept: share of the weights as they were that is mixed into the result: against forgetting
            what no example teaches (Wortsman et al. 2022, arXiv:2109.01903).
        contrast: weight of the loss that draws texts with a label in common together.
        rank: of what is added to a matrix.
        moves: of what labels are compared with, from which the best is chosen; what changes least
            first.
        folds: parts of the examples; each is judged by a model that has not seen it.
        parts: the same for what costs no training, a multiple of `folds`.
        tunes: whether weights are trained at all, or only labels learnt on the vectors as they are.
        seed: of every choice.
    """

    epochs: float = 4.0
    least_steps: int = 12
    most_steps: int = 240
    texts: int = 32
    labels: int = 28
    text_tokens: int = 64
    hypothesis_tokens: int = 24
    rate: float = 5e-5
    frozen: int = 2
    kept: float = 0.5
    contrast: float = 0.5
    rank: int = 32
    moves: tuple[Move, ...] = (
        Move(),
        Move(0.5),
        Move(1.0),
        Move(1.0, unlabelled=1.0),
        Move(unlabelled=1.0),
        Move(1.0, 16.0),
        Move(1.0, 4.0),
        Move(1.0, 4.0, unlabelled=1.0),
        Move(1.0, 1.0),
    )
    folds: int = 3
    parts: int = 9
    tunes: bool = True
    seed: int = 1

    def steps(self, examples: int) -> int:
        """Batches for so many texts."""
        wanted = round(self.epochs * examples / self.texts)
        return max(self.least_steps, min(self.most_steps, wanted))
