"""The usual ways to label by a trained head on an encoder's vectors, to compare entailment with.

Each learns from vectors, of shape (n, size), and from what holds of k labels, and then tells of
other vectors which labels hold. All are numpy: they are small, and run where nothing can be
downloaded. `flat` knows no tree, `cascade` goes down it level by level, `sequence` writes paths.
"""

from core.models.heads.cascade import Cascade
from core.models.heads.flat import Flat
from core.models.heads.forest import Forest, Head
from core.models.heads.sequence import Sequences

__all__ = ["Cascade", "Flat", "Forest", "Head", "Sequences"]
