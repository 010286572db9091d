"""An order of pairs in which whoever reads them meets few documents at a time, and the same ones again soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAF = 32  # documents that are not told apart any further
ROUNDS = 6  # of the power iteration: a rough direction is enough
TILE = 2048  # documents of each side whose pairs lie together: two such tiles are held at once


def by_topic(
    owners: NDArray[np.int32], vectors: NDArray[np.int8], one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.int64]:
    """(pairs,) the order of the pairs of claims `one` and `other`; `owners` (claims,) are their documents, ascending.

    Documents are put in a row by what their claims say, and pairs of documents gone through tile by tile, back and
    forth. What is found does not hang on it.
    """
    documents, place = np.unique(owners[np.concatenate([one, other])], return_inverse=True)
    row = _row_of_topics(_means(owners, vectors, documents))
    low, high = np.sort(row[place].reshape(2, -1), axis=0)
    tile, across = low // TILE, high // TILE
    return np.lexsort((high, low, np.where(tile % 2 == 0, across, -across), tile))


def _means(owners: NDArray[np.int32], vectors: NDArray[np.int8], documents: NDArray[np.int32]) -> NDArray[np.float32]:
    """(documents, dimensions) the direction of the mean vector of the claims of each document."""
    first, behind = np.searchsorted(owners, documents), np.searchsorted(owners, documents, side="right")
    means = np.empty((len(documents), vectors.shape[1]), dtype=np.float32)
    for mean, start, end in zip(means, first.tolist(), behind.tolist(), strict=True):
        mean[:] = vectors[start:end].sum(axis=0, dtype=np.int32)
    return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1))


def _row_of_topics(means: NDArray[np.float32]) -> NDArray[np.int64]:
    """(documents,) the place of each in a row: halved where they differ most, and each half again."""
    order: list[NDArray[np.int64]] = []
    waiting = [np.arange(len(means))]
    while waiting:
        part = waiting.pop()
        if len(part) <= LEAF:
            order.append(part)
            continue
        centred = means[part] - means[part].mean(axis=0)
        direction = centred[0] + np.float32(1e-3)
        for _ in range(ROUNDS):
            direction = centred.T @ (centred @ direction)
            direction /= max(float(np.linalg.norm(direction)), 1e-12)
        along = part[np.argsort(centred @ direction, kind="stable")]
        waiting += [along[len(part) // 2 :], along[: len(part) // 2]]
    row = np.empty(len(means), dtype=np.int64)
    row[np.concatenate(order) if order else np.empty(0, dtype=np.int64)] = np.arange(len(means))
    return row
