"""One sentence as two outlets print it, with small edits that change nothing, and the same with one that does.

Most near-equal sentences of a collection are one agency's copy, cut, joined or freshened by an editor. A judge that
has seen no such pairs takes every small change for a conflict, since made contradictions are near-equal, too. So each
kind is made from the other here: what parts a reprint from its altered copy is the alteration alone.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from zlib import crc32

from nli_alter import ALTERATIONS, Names
from nli_data import Pair
from nli_made import Sentence, content, overlap

RUN = 5  # words in common, one after the other, that a reprint has
HOLDERS = 6  # sentences with the same run of words that are looked at; more is furniture of a page
LEAST = 0.45  # share of the words of both that stand in both
ALTERED = 0.8  # of the reprints of a few days, nearest in wording, have an altered copy, too
ALTERED_LEAST = 0.6  # share of the words in both from which two sentences are surely of one matter ...
ALTERED_DAYS = 7  # ... if printed within so many days
COMMON = ("negation", "opposite")  # kinds of alteration that nearly every sentence allows
RARE = tuple(kind for kind in ALTERATIONS if kind not in COMMON)
RARE_FIRST = 0.6  # of the pairs are tried with the rare kinds before the common ones
_WORD = re.compile(r"[\w$%]+(?:['’.,][\w]+)*")
_DENIAL = re.compile(r"\b(?:not|no|never|none|nobody|without|cannot|den(?:y|ies|ied))\b|n['’]t\b", re.IGNORECASE)
_TELLING = re.compile(
    r"\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|[mb]illion)s?\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)


def reprinted(sentences: list[Sentence], names: Names, *, seed: int) -> Iterator[Pair]:
    """Pairs of two articles in nearly the same words (`e`, or `nc` where one says more), and altered ones (`c`)."""
    rng = random.Random(seed)
    for a, b in _near_equal(sentences):
        first, other = (a.text, b.text) if rng.random() < 0.5 else (b.text, a.text)
        yield Pair("reprinted", first, other, "e" if content(first) == content(other) else "nc")
        if _of_one_matter(a, b) and rng.random() < ALTERED and (changed := _altered(first, other, rng, names)):
            yield Pair("reprint_altered", first, changed, "c")


def _near_equal(sentences: list[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Near-equal sentences of different articles with the same figures, days and denials; each pair once."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        words = sentence.text.lower().split()
        runs = {crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)}
        near = {j for run in runs for j in holders[run] if len(holders[run]) <= HOLDERS}
        for run in runs:
            if len(holders[run]) <= HOLDERS:
                holders[run].append(i)
        for j in sorted(near):
            other = sentences[j]
            if (
                other.article != sentence.article
                and other.text.lower() != sentence.text.lower()
                and overlap(other.text, sentence.text) >= LEAST
                and _telling(other.text) == _telling(sentence.text)
            ):
                yield other, sentence


def _of_one_matter(a: Sentence, b: Sentence) -> bool:
    try:
        apart = abs((date.fromisoformat(a.date[:10]) - date.fromisoformat(b.date[:10])).days)
    except ValueError:
        return False
    return apart <= ALTERED_DAYS and overlap(a.text, b.text) >= ALTERED_LEAST


def _telling(text: str) -> tuple[list[str], int]:
    """What makes another statement of a sentence where it is another: figures and days, and how often it denies."""
    return sorted(match[0].lower() for match in _TELLING.finditer(text)), len(_DENIAL.findall(text))


def _altered(first: str, other: str, rng: random.Random, names: Names) -> str | None:
    """The other with one alteration, at a place where both have the same two words."""
    both = set(_pairs(first))
    kinds = [*rng.sample(RARE, len(RARE)), *rng.sample(COMMON, len(COMMON))]
    if rng.random() > RARE_FIRST:
        rng.shuffle(kinds)
    for kind in kinds:
        changed = ALTERATIONS[kind](other, rng, names)
        if changed and changed != other:
            before, after = _WORD.findall(other), _WORD.findall(changed)
            at = next((k for k, (x, y) in enumerate(zip(before, after, strict=False)) if x != y), 0)
            if at and (before[at - 1].lower(), before[at].lower()) in both:
                return changed
    return None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return itertools.pairwise(word.lower() for word in _WORD.findall(text))
