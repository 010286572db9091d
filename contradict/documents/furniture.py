"""Sentences that an outlet prints under article after article: found by their number, not by their words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from contradict.documents.boilerplate import merged
from contradict.documents.layout import Layout, Span, layout_of
from contradict.types import Document, LeftOut

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIN_ARTICLES = 6
"""Articles of one outlet that a sentence must stand in to be furniture. In 676 articles on two events, background
sentences of plain reporting stand in 5 articles at most, notices and sidebars in 7 to 34."""


def sentence_keys(document: Document, layout: Layout) -> NDArray[np.uint64]:
    """The keys of the sentences of a document that are not left out; what `recurring` counts."""
    import numpy as np

    return np.array(sorted({key for _, key in _sentences(document, layout)}), dtype=np.uint64)


def recurring(
    sources: Sequence[str], originals: Sequence[bool], keys: Sequence[NDArray[np.uint64]]
) -> dict[int, frozenset[int]]:
    """By number, the keys of the sentences to leave out of an article: those that stand in `MIN_ARTICLES` of its
    outlet, save in the first of these.

    What an outlet states in many articles is thereby read once and never lost. Versions of one article (those that are
    no `originals`) do not count.
    """
    import numpy as np

    by_source: dict[str, list[int]] = {}
    for number, source in enumerate(sources):
        by_source.setdefault(source, []).append(number)
    left_out: dict[int, set[int]] = {}
    for numbers in by_source.values():
        counted = [keys[number] for number in numbers if originals[number]]
        if len(counted) < MIN_ARTICLES:
            continue
        values, counts = np.unique(np.concatenate(counted), return_counts=True)
        every = np.concatenate([keys[number] for number in numbers])
        owners = np.repeat(numbers, [len(keys[number]) for number in numbers])
        frequent = np.isin(every, values[counts >= MIN_ARTICLES])
        every, owners = every[frequent], owners[frequent]
        later = np.ones(len(every), dtype=bool)
        later[np.unique(every, return_index=True)[1]] = False
        for number, key in zip(owners[later].tolist(), every[later].tolist(), strict=True):
            left_out.setdefault(number, set()).add(key)
    return {number: frozenset(keys) for number, keys in left_out.items()}


def without_recurring(document: Document, keys: Set[int]) -> Document:
    """The document with the sentences of these keys left out."""
    if not keys:
        return document
    extra = [LeftOut(*span, "recurring") for span, key in _sentences(document, layout_of(document.text)) if key in keys]
    return replace(document, left_out=merged([*document.left_out, *extra]))


def _sentences(document: Document, layout: Layout) -> Iterator[tuple[Span, int]]:
    """The sentences that are not left out, not even in part, each with its key."""
    starts = [left.start for left in document.left_out]
    ends = [left.end for left in document.left_out]
    for line in layout.lines:
        for span in line.sentences:
            # the first left-out span that ends behind the sentence's beginning must begin behind its end
            following = bisect_right(ends, span[0])
            if following < len(starts) and starts[following] < span[1]:
                continue
            key = layout.key(*span)
            if key:
                yield span, key
