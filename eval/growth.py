"""How a time grows with the size of what is worked on."""

from __future__ import annotations

import math
from collections.abc import Sequence

LEAST_SECONDS = 0.02  # what is shorter is start-up and the grain of the clock, and fits nothing


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float | None:
    """The b of seconds = a * size ** b: the slope of log(seconds) on log(size) by least squares.

    1 grows with the size, 2 with its square. None where fewer than two sizes took `LEAST_SECONDS`.
    """
    points = [
        (math.log(size), math.log(taken))
        for size, taken in zip(sizes, seconds, strict=True)
        if size > 0 and taken >= LEAST_SECONDS
    ]
    if len({x for x, _ in points}) < 2:
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread


def doublings(sizes: Sequence[float], seconds: Sequence[float]) -> list[float | None]:
    """For each two consecutive sizes, by how much twice the articles multiply the time.

    Where the second size is r times the first, that is the ratio of the times to the power of log 2 / log r: the ratio
    itself where r is 2. None where one of the two took less than `LEAST_SECONDS`.
    """
    steps = zip(sizes, sizes[1:], seconds, seconds[1:], strict=False)
    return [
        (then / now) ** (math.log(2) / math.log(larger / smaller)) if min(now, then) >= LEAST_SECONDS else None
        for smaller, larger, now, then in steps
    ]
