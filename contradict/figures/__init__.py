"""Figures as a sentence states them: see `read_figures`."""

from contradict.figures.reader import read_figures

__all__ = ["read_figures"]
