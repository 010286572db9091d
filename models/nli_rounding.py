"""Weights to whole numbers, each rounding made up for by the weights not rounded yet (GPTQ, Frantar et al. 2023)."""

from __future__ import annotations

import numpy as np

DAMPING = 0.01  # of the mean of the diagonal, added to it: channels that hardly move would else have no inverse


def rounded(matrix: np.ndarray, spread: np.ndarray, *, most: int) -> np.ndarray:
    """(inputs, outputs) whole numbers from -`most` to `most` whose product with activations is near that of `matrix`.

    `spread` (inputs, inputs) is the mean product of each two activations. The inputs are rounded in turn, those that
    move most first; what a product loses by one is put right in those that are not rounded yet.
    """
    damped = spread + np.eye(len(spread)) * DAMPING * np.diag(spread).mean()
    order = np.argsort(-np.diag(damped), kind="stable")
    left = matrix[order].astype(np.float64)
    makes_up = np.linalg.cholesky(np.linalg.inv(damped[np.ix_(order, order)])).T  # upper: row i for those after i
    found = np.empty_like(left)
    for i in range(len(left)):
        found[order[i]] = np.clip(np.round(left[i]), -most, most)
        missed = (left[i] - found[order[i]]) / makes_up[i, i]
        left[i + 1 :] -= np.outer(makes_up[i, i + 1 :], missed)
    return found
