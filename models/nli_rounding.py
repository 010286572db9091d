"""Weights to whole numbers: each rounding made up for by the weights not rounded yet (GPTQ, Frantar et al. 2023); those
that are whole steps already told; and four bits for each packed into bytes."""

from __future__ import annotations

import numpy as np

MOST = 7  # that a weight of four bits is here, in steps
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


def whole_steps(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """(rows, columns) whole numbers from -7 to 7 and (rows,) the step of each row, where a matrix is their product."""
    largest = np.abs(matrix).max(axis=1) + 1e-12
    steps = np.zeros_like(largest)
    for most in range(1, MOST + 1):  # the smallest step that fits stays: the one that a row was learned with, mostly
        whole = matrix * (most / largest)[:, None]
        fits = np.abs(whole - np.round(whole)).max(axis=1) < 1e-3
        steps[fits] = largest[fits] / most
    return (np.round(matrix / steps[:, None]), steps) if steps.all() else None


def nibbles(numbers: np.ndarray) -> bytes:
    """Whole numbers from -8 to 7, two to a byte, the first in its lower half, as ONNX packs them."""
    flat = numbers.astype(np.int8).ravel()
    flat = np.append(flat, np.zeros(len(flat) % 2, dtype=np.int8)).view(np.uint8) & 15
    return (flat[::2] | flat[1::2] << 4).tobytes()
