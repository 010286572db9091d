"""A forest of decision trees as plain arrays: read from a file without pickle, evaluated with numpy, able to say why.

The file is an `.npz` of numbers and text only (`allow_pickle=False`), written by `models/train_head.py` from a
scikit-learn forest.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from contradict.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 20_000  # rows evaluated at once: bounds memory


STEPS = 4  # down a tree between two looks at which rows have reached a leaf; the fastest of 2 to 6


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """The nodes laid out for many rows to go down at once: of node `i` the children stand at `2 i` and `2 i + 1`.

    A leaf is its own child and splits on the first feature at infinity, so that rows may step on without being asked.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    child: NDArray[np.int64]
    leaf: NDArray[np.bool_]

    @staticmethod
    def of(forest: Forest) -> _Walk:
        leaf, here = forest.feature < 0, np.arange(len(forest.feature))
        children = np.stack([np.where(leaf, here, forest.left), np.where(leaf, here, forest.right)], axis=1)
        return _Walk(
            np.where(leaf, 0, forest.feature).astype(np.int64),
            np.where(leaf, np.inf, forest.threshold).astype(np.float32),
            children.astype(np.int64).ravel(),
            leaf,
        )

    def leaves(self, root: int, entries: NDArray[np.float32], first: NDArray[np.int64]) -> NDArray[np.int64]:
        """(rows,) the leaf that each row comes to; `first` is where its entries begin in `entries`."""
        found = np.full(len(first), root, dtype=np.int64)
        going, at, start = np.arange(len(first)), found, first
        while len(going):
            for _ in range(STEPS):
                higher = entries.take(self.feature.take(at) + start) > self.threshold.take(at)
                at = self.child.take(2 * at + higher)
            found[going] = at
            inner = np.flatnonzero(~self.leaf.take(at))
            going, at, start = going[inner], at[inner], start[inner]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees joined end to end: node `i` splits on `feature[i]` at `threshold[i]` (leaf: feature -1), `value[i]` is its
    class shares.

    Shapes: feature, left, right (nodes,) int32; threshold (nodes,) float32; value (nodes, classes) float32; roots
    (trees,) int32.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    _walk: _Walk = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_walk", _Walk.of(self))

    def first(self, trees: int) -> Forest:
        """The forest of the first trees alone: a rougher answer for less."""
        return Forest(self.feature, self.threshold, self.left, self.right, self.value, self.roots[:trees])

    def shares(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """(rows, classes) the mean class shares over the trees; each row sums to 1."""
        parts = [self._shares(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]
        return np.concatenate(parts) if parts else np.zeros((0, self.value.shape[1]))

    def _shares(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        entries = np.ascontiguousarray(rows).ravel()
        first = np.arange(len(rows), dtype=np.int64) * rows.shape[1]
        total = np.zeros((len(rows), self.value.shape[1]))
        for root in self.roots:
            total += self.value.take(self._walk.leaves(root, entries, first), axis=0)
        return total / len(self.roots)

    def contributions(self, row: NDArray[np.float32], of: int) -> NDArray[np.float64]:
        """(features,) what each entry of one row adds to the share of class `of`, over the forest's mean.

        Saabas's decomposition: along each path, a split is credited with the change of the class share that it brings.
        """
        credit = np.zeros(len(row))
        for root in self.roots:
            node = int(root)
            while (feature := int(self.feature[node])) >= 0:
                following = int(self.left[node] if row[feature] <= self.threshold[node] else self.right[node])
                credit[feature] += self.value[following, of] - self.value[node, of]
                node = following
        return credit / len(self.roots)


@dataclass(frozen=True, slots=True, eq=False)
class Forests:
    """What a file of forests holds: the forests by name, the features that they read, in order, and other arrays."""

    trees: dict[str, Forest]
    features: tuple[str, ...]
    arrays: dict[str, NDArray[np.float32]]


def load_forests(path: Path, names: tuple[str, ...], *, arrays: tuple[str, ...] = ()) -> Forests:
    """The forests called `names` in the file, and the arrays of numbers beside them.

    Raises `ModelError` where the file is damaged or lacks one.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            features = tuple(str(name) for name in held["features"])
            fields = ("feature", "threshold", "left", "right", "value", "roots")
            forests = {name: Forest(*(held[f"{name}_{field}"] for field in fields)) for name in names}
            beside = {name: held[name] for name in arrays}
        if not all(_sound(forest, len(features)) for forest in forests.values()):
            raise ValueError("its trees do not hold together")
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(f"{path}: cannot be read as a forest ({error}); install contradict again") from error
    return Forests(forests, features, beside)


def _sound(forest: Forest, features: int) -> bool:
    """Whether every split reads a feature there is and leads onward to nodes there are, so that every path ends."""
    nodes = len(forest.feature)
    at = np.arange(nodes)
    inner = forest.feature >= 0
    children = np.stack([forest.left, forest.right])
    onward = (children > at) & (children < nodes)
    return bool(
        len(forest.threshold) == len(forest.value) == nodes
        and (forest.feature < features).all()
        and onward[:, inner].all()
        and ((forest.roots >= 0) & (forest.roots < nodes)).all()
        and len(forest.roots) > 0
    )
