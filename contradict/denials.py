"""Where a sentence denies: the words that turn what follows them into its contrary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contradict.figures.tokens import Token, tokenise
from contradict.opposites import DENIALS, DENYING_PHRASES, NO_DENIALS

_PHRASES = sorted((tuple(phrase.split()) for phrase in DENYING_PHRASES), key=len, reverse=True)
_CONTRACTED = {"can't": "can", "won't": "will", "shan't": "shall", "ain't": "is"}
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


def affirmed(text: str) -> Iterator[str]:
    """The sentence with each of its denials in turn taken back: "did not land" as "did land", "no longer" as "still".

    Roughly worded, as is enough for whoever asks what would follow. "Neither" is taken back with its "nor"; what is
    part of a longer word or stands by itself ("no-fly", "No, ...", "or not") is left.
    """
    words = [token for token in tokenise(text) if token.kind != "mark"]
    found = list(denials_in(words))
    for at, (start, stop) in enumerate(found):
        low = words[start].low
        if low == "nor" and at and words[found[at - 1][0]].low == "neither":
            continue
        changes = [(words[start].start, words[stop - 1].end, _instead(words[start:stop]))]
        if _stands_apart(text, words, start, stop):
            continue
        if low == "neither" and at + 1 < len(found) and words[found[at + 1][0]].low == "nor":
            nor = words[found[at + 1][0]]
            changes.append((nor.start, nor.end, DENIALS["nor"]))
        yield _with(text, changes)


def _with(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    for start, end, instead in reversed(changes):
        text = text[:start] + instead + text[end:]
    return " ".join(text.split())


def _stands_apart(text: str, words: Sequence[Token], start: int, stop: int) -> bool:
    before, after = text[: words[start].start], text[words[stop - 1].end :]
    alone = words[start].low == "no" and after.lstrip()[:1] in {"", *",.;:!"}
    return alone or before.endswith("-") or after.startswith("-") or (start > 0 and words[start - 1].low == "or")


def _instead(denial: Sequence[Token]) -> str:
    low = " ".join(word.low for word in denial).replace("’", "'")
    if low.endswith("n't"):
        return _CONTRACTED.get(low, low.removesuffix("n't"))
    return DENYING_PHRASES[low] if low in DENYING_PHRASES else DENIALS[low]


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
