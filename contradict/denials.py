"""Where a sentence denies: the words that turn what follows them into its contrary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contradict.figures.tokens import Token
from contradict.opposites import DENIALS, DENYING_PHRASES, NO_DENIALS

_PHRASES = sorted((tuple(phrase.split()) for phrase in DENYING_PHRASES), key=len, reverse=True)
_UNTIL = ("until", "till")
_REACH = 6  # words after "not" in which an "until" says that it happened then


def denials_in(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Of the words and numbers of a sentence, where each denial begins and ends.

    "Not only", "no doubt" and "no 22" deny nothing, nor does "not called until noon".
    """
    at = 0
    while at < len(words):
        size = _size(words, at)
        if size:
            yield at, at + size
        at += size or 1


def _size(words: Sequence[Token], at: int) -> int:
    """How many words the denial that begins at a word has; 0 where none does."""
    low = words[at].low
    if at + 1 < len(words) and (
        (low, words[at + 1].low) in NO_DENIALS or (low == "no" and words[at + 1].kind != "word")
    ):
        return 0
    if low == "not" or low.endswith("n't"):
        return int(all(word.low not in _UNTIL for word in words[at + 1 : at + 1 + _REACH]))
    for phrase in _PHRASES:
        if low == phrase[0] and tuple(word.low for word in words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return int(low in DENIALS)
