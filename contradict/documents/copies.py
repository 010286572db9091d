"""The same article met twice, and later versions of one, found without comparing every article with every other.

Articles are compared by the overlap of their four-word shingles with every number masked, so that a version that only
changes a figure is as near as a copy. Candidates share some of the smallest shingle hashes (a bottom-k sketch, Broder
1997). Near ones that state the same figures, dates, negations and directions in the same order are copies; the others
are versions.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 4
SKETCH = 32
"""Hashes kept of each article. Two articles with an overlap of 0.5 share 16 of 32 on average."""
MIN_SHARED = 8
MAX_LINKS = 24
"""Earlier articles that one hash links an article to: bounds the work on a phrase that hundreds share."""

MIN_TOKENS = 40
"""Words below which only equal articles are linked: two reports of a sentence or two may be alike by chance."""
MAX_VERIFIED = 8
"""Candidates that an article is compared with in full, the likeliest first."""

NEAR = 0.5
"""Jaccard overlap of shingles from which two articles are versions of one. On 37,554 articles of many outlets, the
pairs from 0.5 on are one text edited, nearly all of an agency or of one outlet on one day; below 0.45 most are separate
reports of one outlet that share paragraphs of background."""
CONTAINED = 0.85
"""Share of the shorter article's shingles that makes it a version of the longer one."""
SAME = 0.8
"""Overlap from which two that state the same facts are one article: a change of one word in forty leaves about this."""

NOTHING_NEW = 0.9
"""Share of an article's shingles that must be in the earlier one, lest what it adds be lost with the copy."""

# A plain word, as most are, comes first: the branch of all words would read it alike, and slower.
_TOKEN = re.compile(r"[a-z]++(?![\w'’])|(?<![\w.])[-−](?=\d)|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[$£€¥%]")
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds"
    " thousand thousands million millions billion billions trillion dozen dozens score scores half quarter"
    " third thirds double twice triple tenth first second fourth fifth sixth seventh eighth ninth eleventh"
    " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
    " hundredth".split()
)
_DATE_WORDS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr"
    " jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday today"
    " yesterday tomorrow tonight".split()
)
_TURNS = frozenset(
    "not no never none nobody nothing neither nor without cannot hardly denied denies deny denying refused"
    " refuses refuse rejected rejects reject false untrue wrong failed fails ruled unlikely up down rose rise"
    " risen rises rising fell fall fallen falls falling increase increased decrease decreased more less fewer"
    " higher lower above below gained lost won win wins lose loses dead alive killed injured wounded hurt"
    " missing confirmed suspected probable guilty innocent acquitted convicted open closed before after yes"
    " most least".split()
)
_FACTS = _NUMBER_WORDS | _DATE_WORDS | _TURNS


class Link(Enum):
    """How an article stands to an earlier one."""

    COPY = "copy"
    VERSION = "version"


def tokens_of(text: str) -> list[str]:
    """Lower-case words, numbers without their commas, signs and currencies; all else is left out."""
    found: list[str] = _TOKEN.findall(text.lower().replace("’", "'"))
    return [token.replace(",", "") if "," in token else token for token in found]


def identity_of(tokens: Sequence[str]) -> bytes:
    """Equal for articles with the same words, numbers and signs."""
    return hashlib.blake2b(" ".join(tokens).encode("utf-8", "replace"), digest_size=16).digest()


def without_headline(tokens: list[str], headline: Sequence[str]) -> list[str]:
    """The tokens of an article behind its headline, where it begins with it."""
    return tokens[len(headline) :] if tokens[: len(headline)] == list(headline) else tokens


def facts_of(tokens: Sequence[str]) -> list[str]:
    """What a version may change that a copy may not, in order: figures, dates, negations, directions."""
    return [token for token in tokens if token in _FACTS or not token[0].isalpha() or token.endswith("n't")]


class _Words(dict[str, int]):
    """The hash of each word met; all numbers share one, so that versions with other figures stay near."""

    def __missing__(self, token: str) -> int:
        masked = "#" if not token[0].isalpha() or token in _NUMBER_WORDS else token
        value = int.from_bytes(hashlib.blake2b(masked.encode("utf-8", "replace"), digest_size=8).digest())
        self[token] = value
        return value


class CopyFinder:
    """Takes articles one by one as tokens, tells equal ones at once and near ones at the end.

    Keeps a sketch of each article and no text.
    """

    MAX_WORDS = 1_000_000

    def __init__(self) -> None:
        self._words = _Words()
        self._equal: dict[bytes, int] = {}
        self._sketches: list[NDArray[np.uint64]] = []
        self._headlines: list[list[str]] = []

    def add(self, tokens: Sequence[str], *, headline: Sequence[str] = ()) -> int | None:
        """The number of the article added before that this one is equal to; None where it is new, and then counted.

        `headline` is no part of `tokens`: one outlet prints it above the text, another has it in a field.
        """
        before = self._equal.setdefault(identity_of(tokens), len(self._sketches))
        facts = facts_of(headline)
        if before < len(self._sketches) and _agree(facts, self._headlines[before]):
            return before
        self._headlines.append(facts)
        self._sketches.append(self._shingles(tokens if len(tokens) >= MIN_TOKENS else ())[:SKETCH].copy())
        return None

    def near(self, tokens_at: Callable[[int], Sequence[str]]) -> dict[int, tuple[Link, int]]:
        """For each article that is a copy or a version of an earlier one: which, and the earlier one's number.

        `tokens_at` gives the tokens of an article again; it is asked for candidates only. A copy is linked to an
        article that is no copy itself.
        """
        links: dict[int, tuple[Link, int]] = {}
        for later, candidates in self._candidates():
            best: tuple[float, int] | None = None
            mine = tokens_at(later)
            shingles = self._shingles(mine)
            for earlier in candidates:
                kind, other = links.get(earlier, (Link.VERSION, earlier))
                earlier = other if kind is Link.COPY else earlier
                theirs = tokens_at(earlier)
                overlap, inside, contained = _overlap(shingles, self._shingles(theirs))
                same_headline = _agree(self._headlines[later], self._headlines[earlier])
                if overlap >= SAME and inside >= NOTHING_NEW and same_headline and facts_of(mine) == facts_of(theirs):
                    links[later] = (Link.COPY, earlier)
                    break
                if (overlap >= NEAR or contained >= CONTAINED) and (best is None or overlap > best[0]):
                    best = (overlap, earlier)
            else:
                if best is not None:
                    links[later] = (Link.VERSION, best[1])
        return links

    def _shingles(self, tokens: Sequence[str]) -> NDArray[np.uint64]:
        """The distinct hashes of an article's shingles in ascending order; none where it is shorter than one."""
        import numpy as np

        if len(tokens) < SHINGLE:
            return np.empty(0, dtype=np.uint64)

        if len(self._words) > self.MAX_WORDS:
            self._words.clear()
        row = np.fromiter(map(self._words.__getitem__, tokens), np.uint64, len(tokens))
        count = len(row) - SHINGLE + 1
        mixed = np.zeros(count, dtype=np.uint64)
        for offset in range(SHINGLE):  # the rounds of splitmix64, which spread every bit
            mixed = (mixed ^ row[offset : offset + count]) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(31)
        mixed.sort()
        distinct: NDArray[np.uint64] = mixed[np.append(True, mixed[1:] != mixed[:-1])]
        return distinct

    def _candidates(self) -> Iterator[tuple[int, list[int]]]:
        """Each article that shares enough of its sketch with earlier ones, and those, nearest first."""
        import numpy as np

        if not self._sketches:
            return
        sizes = np.array([len(sketch) for sketch in self._sketches])
        hashes = np.concatenate(self._sketches)
        owners = np.repeat(np.arange(len(sizes)), sizes)
        order = np.lexsort((owners, hashes))
        hashes, owners = hashes[order], owners[order]
        if not len(hashes):
            return
        starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
        ends = np.append(starts[1:], len(hashes))
        shared: Counter[tuple[int, int]] = Counter()
        for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
            group = owners[start:end].tolist()
            for at, later in enumerate(group):
                for earlier in group[: min(at, MAX_LINKS)]:
                    shared[later, earlier] += 1
        near: dict[int, list[tuple[int, int]]] = {}
        for (later, earlier), count in shared.items():
            if count >= min(MIN_SHARED, max(1, min(sizes[later], sizes[earlier]) // 2)):
                near.setdefault(later, []).append((-count, earlier))
        for later in sorted(near):
            yield later, [earlier for _, earlier in sorted(near[later])[:MAX_VERIFIED]]


def _agree(facts: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two headlines state the same facts, or one of them none: then the text has them."""
    return not facts or not others or facts == others


def _overlap(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> tuple[float, float, float]:
    """The Jaccard overlap of two sets of shingles, the share of `a` in `b`, and that of the smaller in the other."""
    import numpy as np

    both = len(np.intersect1d(a, b, assume_unique=True))
    return both / (len(a) + len(b) - both), both / len(a), both / min(len(a), len(b))
