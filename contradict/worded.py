"""Texts that are word for word the same but for their figures: what stands in one place there is of one thing."""

from __future__ import annotations

from collections.abc import Sequence

from contradict.types import Figure

_FIGURE = "\0"  # in the place of a figure; no article has it


def counterparts(
    one: str, figures: Sequence[Figure], other: str, others: Sequence[Figure]
) -> tuple[tuple[Figure, Figure], ...]:
    """The figures of two texts that stand in the same places, in order; none where the words around them differ.

    `figures` and `others` are those of the texts, in order; what is left out of them has to be the same in both, as the
    words have. Case and spaces make no difference.
    """
    if not figures or len(figures) != len(others) or _words(one, figures) != _words(other, others):
        return ()
    return tuple(zip(figures, others, strict=True))


def said_again(one: str, other: str) -> bool:
    """Whether two texts are the same word for word."""
    return _words(one, ()) == _words(other, ())


def _words(text: str, figures: Sequence[Figure]) -> list[str]:
    """The words of a text, each of its figures as one."""
    parts, end = [], 0
    for figure in figures:
        parts += [text[end : figure.start], _FIGURE]
        end = max(end, figure.end)
    return " ".join([*parts, text[end:]]).casefold().split()
