"""Figures as a sentence states them: see `read_figures`."""

from functools import lru_cache

from contradict.figures.reader import read_figures
from contradict.types import Figure


@lru_cache(maxsize=8192)
def figures_of(text: str) -> tuple[Figure, ...]:
    """What `read_figures` makes of a text, kept: who compares sentences asks about each once for every neighbour."""
    return read_figures(text)


__all__ = ["figures_of", "read_figures"]
