"""Where a sentence denies: the words that turn what follows them into its contrary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contradict.figures.tokens import Token
from contradict.opposites import DENIALS, DENYING_PHRASES, NO_DENIALS

_PHRASES = sorted((tuple(phrase.split()) for phrase in DENYING_PHRASES), key=len, reverse=True)
_UNTIL = ("until", "till")
_REACH = 6  # words after "not" in which an "until" says that it happened then
_CLOSE = 4  # words after a verb in which what it rejects is named

# Words that deny in one place and tell something else in another: "rejected the claim" and "rejected the bill",
# "declined to say" and "declined by a tenth", "disputed the result" and "the disputed isles", "hardly a threat" and
# "barely a week later".
_TURNED_DOWN = frozenset("dismiss dismissed dismisses dismissing reject rejected rejects rejecting".split())
_CLAIMED = frozenset(
    """claim claims report reports allegation allegations accusation accusations suggestion suggestions rumour rumours
    rumor rumors idea notion assertion assertions argument arguments charge charges criticism criticisms concern
    concerns speculation fears call calls demand demands request requests appeal appeals plea pleas offer offers
    as""".split()
)
_SHRANK = frozenset("decline declined declines declining".split())
_HOW = frozenset("in of by since from to among after over on during at and but for as with across".split())
_AT_ODDS = frozenset("disputed disputes contested failed failing".split())
_BEFORE_NOUN = frozenset("a an the its his her their our of in over on several hotly bitterly fiercely".split())
_BETWEEN = frozenset("between over about with among".split())
_SCARCE = frozenset("barely hardly scarcely".split())
_UNITS = frozenset("second minute hour day night week month year decade".split())


def denials_in(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Of the words and numbers of a sentence, where each denial begins and ends.

    "Not only", "no doubt" and "no 22" deny nothing, nor does "not called until noon", "a steep decline" or "the
    disputed isles".
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
    return int(low in DENIALS and _denies(words, at))


def _denies(words: Sequence[Token], at: int) -> bool:
    """Whether a word that may deny does so where it stands."""
    low, before = words[at].low, words[at - 1].low if at else ""
    after = [word.low for word in words[at + 1 : at + 1 + _CLOSE]]
    following = after[0] if after else ""
    if low in _TURNED_DOWN:
        return not _CLAIMED.isdisjoint(after)
    if low in _SHRANK:
        goal = following == "to"  # "to say", not "to 40" or "to a low"
        about = words[at + 1 + goal] if at + 1 + goal < len(words) else None
        if about is None or about.kind != "word" or before in _BEFORE_NOUN:
            return False
        return about.low not in (_BEFORE_NOUN if goal else _HOW)
    if low in _AT_ODDS:
        return before not in _BEFORE_NOUN and following not in _BETWEEN
    if low in _SCARCE:
        counted = [word for word in after[:3] if word.rstrip("s") in _UNITS]
        return not counted and (at + 1 == len(words) or words[at + 1].kind == "word")
    return True
