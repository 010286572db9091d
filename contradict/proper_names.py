"""The places and the other proper names of a text, read from its runs of capitalised words."""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from contradict.figures.tokens import MONEY, VULGAR, WORD
from contradict.places import canonical_place, is_place, is_state

Names = tuple[frozenset[str], frozenset[str]]

_LONGEST = 4  # words of one name
_COMMON_STARTS = frozenset(
    """across during under amid inside throughout the a an in on at for from but and so this that these those it he she
    they we there more about some at least
    nearly almost over up since
    after before as by with when while what who how if no not one two three four five many most other last officials
    police according""".split()
)

# The tokens of `tokenise` that begin no name are passed over in one go and never made. What is left are runs of words
# that begin with a capital or a letter beyond ASCII: of these, `_read_run` sees whether they are capitals.
_MONEY = rf"(?=[$A-Z])(?:{MONEY})"  # the other signs of a currency are marks by themselves
_CAPITAL_RUN = re.compile(
    rf"""
    (?: [a-z]++(?![\w'’.])\s*+ | [^\w\s$] | \s++ | [\d{VULGAR}]++ | {_MONEY} | [$_] | (?=[a-z])(?:{WORD}) )*+
    (?: (?P<run> (?![a-z{VULGAR}])(?:{WORD}) (?: \s*+ (?![a-z{VULGAR}] | {_MONEY}) (?:{WORD}) )*+ ) | \Z )
    """,
    re.VERBOSE,
)
_WORD = re.compile(WORD, re.VERBOSE)


def sentence_names(text: str) -> Names:
    """The places (canonical) and the other capitalised names of a sentence, a word that only begins it left out."""
    places: set[str] = set()
    names: set[str] = set()
    for match in _CAPITAL_RUN.finditer(text):
        run = match["run"]
        if run:
            opens = match.start() == 0 and not text[: match.start("run")].strip()
            found, others = _read_run(run, opens)
            places |= found
            names |= others
    return frozenset(places), frozenset(names)


def last_state(text: str) -> frozenset[str]:
    """The state of the United States that a text names last; empty where another place is named after it, or none."""
    for match in reversed(list(_CAPITAL_RUN.finditer(text))):
        places = _read_run(match["run"] or "", opens=False)[0] - {"united states"}
        if places:
            return places if all(map(is_state, places)) else frozenset()
    return frozenset()


def context_names(text: str) -> frozenset[str]:
    """The places and names of the sentences around one: what its article is about just there."""
    places, names = sentence_names(text)
    return places | names


@lru_cache(maxsize=4096)  # the texts around neighbouring sentences overlap, and an article names few again and again
def _read_run(run: str, opens: bool) -> Names:
    """The places and names of a run of words; `opens` tells that it begins the text."""
    places: set[str] = set()
    names: set[str] = set()
    words = _WORD.findall(run)
    lows = [word.lower().replace("’", "'") for word in words]
    at = 0
    while at < len(words):
        first = opens and at == 0
        if not words[at][0].isupper() or (first and lows[at] in _COMMON_STARTS and lows[at] != "the"):
            at += 1
            continue
        end = at + 1
        while end < len(words) and words[end][0].isupper() and end - at < _LONGEST:
            end += 1
        size = next((size for size in range(end - at, 0, -1) if is_place(" ".join(words[at : at + size]))), 0)
        if size:
            places.add(canonical_place(" ".join(words[at : at + size])))
            end = at + size
        elif not first or len(words[at]) > 1:
            names.update(
                sys.intern(low.removesuffix("'s"))
                for word, low in zip(words[at:end], lows[at:end], strict=True)
                if len(word) > 1 and (not first or low not in _COMMON_STARTS)
            )
        at = end
    return frozenset(places), frozenset(names)
