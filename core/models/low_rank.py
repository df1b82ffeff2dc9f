"""A model kept as what it differs by from another: matrices of low rank.

What fine-tuning adds to a matrix is close to a product of two thin ones. So a second model on the
same body costs a tenth of the body: of the judge, whose 36 matrices have 384 to 1,536 rows, rank 32
keeps 1.3 of 10.6 million numbers, and answers as well as the whole
(`python -m tests.eval.low_rank`).

Source: the form is LoRA's (Hu et al. 2021, arXiv:2106.09685), here taken from a whole model after
training by the truncated singular value decomposition, which is the nearest matrix of that rank
(Eckart and Young 1936).
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from core.models import weights as weights_file
from core.models.model_folder import BUILTIN
from core.models.weights import Floats, Rows, Weights

BASE, BASE_DIGEST = "base", "base_digest"
"""What `config.json` may say of another folder: which one, and the digest of its weights then."""

_BUILTIN = "builtin"
_LEFT, _RIGHT = ".left", ".right"
_SAME = 1e-6


def difference(changed: Mapping[str, Floats], base: Weights, *, rank: int) -> Weights:
    """What to add to a model to have another one of the same shape.

    Args:
        changed: the other one's tensors. Those that `base` lacks are kept whole.
        base: the model as it is stored.
        rank: of what is added to a matrix, at least 1; a matrix that is not bigger than the product
            would be kept whole.

    Returns:
        For a matrix `X` of shape (rows, columns), `X.left` of shape (rows, rank) and `X.right` of
        shape (rank, columns); every other tensor as it is in `changed`. Matrices that are the same
        in both are left out.
    """
    found: dict[str, Rows | Floats] = {}
    for name, tensor in changed.items():
        before = base.get(name)
        if not isinstance(before, Rows):
            found[name] = Rows.of(tensor) if tensor.ndim == 2 else tensor
            continue
        added = tensor - before.floats()
        if np.abs(added).max() < _SAME:
            continue
        if rank * sum(added.shape) >= added.size:
            found[name] = Rows.of(tensor)
            continue
        left, strength, right = np.linalg.svd(added, full_matrices=False)
        half = np.sqrt(strength[:rank])  # on both sides, so that neither is much coarser in 8 bits
        found[name + _LEFT] = Rows.of(left[:, :rank] * half)
        found[name + _RIGHT] = Rows.of(half[:, None] * right[:rank])
    return found


def applied(added: Weights, base: Weights) -> Weights:
    """The other model: `base` with what `difference` found, in 8 bits again.

    Raises:
        KeyError: a product has one side only, or `base` has no such matrix.
    """
    whole = dict(base)
    for name, tensor in added.items():
        if name.endswith(_LEFT):
            stem = name.removesuffix(_LEFT)
            matrix, left, right = base[stem], tensor, added[stem + _RIGHT]
            if not (
                isinstance(matrix, Rows) and isinstance(left, Rows) and isinstance(right, Rows)
            ):
                raise KeyError(stem)
            whole[stem] = Rows.of(matrix.floats() + left.floats() @ right.floats())
        elif not name.endswith(_RIGHT):
            whole[name] = tensor
    return whole


def base_of(folder: Path, own: Mapping[str, Any]) -> Path:
    """The folder that a model is added to, which also has its tokenizer; its own, if it is whole.

    Args:
        folder: the model's.
        own: our part of its configuration. `base` is relative to the folder, or begins with
            "builtin", the model in the package.
    """
    name = str(own.get(BASE, "."))
    if name.partition("/")[0] == _BUILTIN:
        return BUILTIN / name.partition("/")[2]
    return (folder / name).resolve()


def read(folder: Path, own: Mapping[str, Any]) -> Weights:
    """All weights of a model, whether its folder has them all or what it adds to another.

    Raises:
        OSError, ValueError: a file is missing or damaged, or the base is not what it was.
        KeyError: what is added does not fit its base.
    """
    weights = weights_file.read(folder / weights_file.FILE)
    base = base_of(folder, own)
    if BASE not in own:
        return weights
    expected = own.get(BASE_DIGEST)
    if expected is not None and digest(base) != expected:
        raise ValueError(
            f"it adds to the model in {base}, which has changed since (a new version of the "
            "package?); train it again"
        )
    return applied(weights, weights_file.read(base / weights_file.FILE))


def digest(folder: Path) -> str:
    """12 hex digits that change with a folder's weights."""
    return hashlib.sha256((folder / weights_file.FILE).read_bytes()).hexdigest()[:12]
