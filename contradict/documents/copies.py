"""The same article met twice, and later versions of one, found without comparing every article with every other.

Articles are compared by the overlap of their four-word shingles with every number masked, so that a version that only
changes a figure is as near as a copy. Candidates share some of the smallest shingle hashes (a bottom-k sketch, Broder
1997). Near ones that state the same figures, dates, negations and directions in the same order are copies; the others
are versions.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

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

    MOST = 1_000_000

    def __missing__(self, token: str) -> int:
        if len(self) > self.MOST:
            self.clear()
        masked = "#" if not token[0].isalpha() or token in _NUMBER_WORDS else token
        value = int.from_bytes(hashlib.blake2b(masked.encode("utf-8", "replace"), digest_size=8).digest())
        self[token] = value
        return value


_WORDS = _Words()


def sketch_of(tokens: Sequence[str]) -> NDArray[np.uint64]:
    """The smallest hashes of an article's shingles, ascending; none of one too short to be linked by them."""
    return shingles(tokens if len(tokens) >= MIN_TOKENS else ())[:SKETCH].copy()


def shingles(tokens: Sequence[str]) -> NDArray[np.uint64]:
    """The distinct hashes of an article's shingles in ascending order; none where it is shorter than one."""
    import numpy as np

    if len(tokens) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    row = np.fromiter(map(_WORDS.__getitem__, tokens), np.uint64, len(tokens))
    count = len(row) - SHINGLE + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):  # the rounds of splitmix64, which spread every bit
        mixed = (mixed ^ row[offset : offset + count]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(31)
    mixed.sort()
    distinct: NDArray[np.uint64] = mixed[np.append(True, mixed[1:] != mixed[:-1])]
    return distinct


class Likeness(NamedTuple):
    """How alike two articles are: the Jaccard overlap of their shingles, the share of the later's in the earlier, that
    of the smaller set in the other, and whether they state the same facts in the same order."""

    overlap: float
    inside: float
    contained: float
    same_facts: bool


def likeness_of(later: Sequence[str], earlier: Sequence[str]) -> Likeness:
    """How alike the articles with these tokens are."""
    import numpy as np

    a, b = shingles(later), shingles(earlier)
    both = len(np.intersect1d(a, b, assume_unique=True))
    overlap = both / (len(a) + len(b) - both)
    return Likeness(overlap, both / len(a), both / min(len(a), len(b)), facts_of(later) == facts_of(earlier))


class CopyFinder:
    """Takes the signatures of articles one by one, tells equal ones at once and near ones at the end."""

    def __init__(self) -> None:
        self._equal: dict[bytes, int] = {}
        self._sketches: list[NDArray[np.uint64]] = []
        self._headlines: list[Sequence[str]] = []

    def add(self, identity: bytes, headline: Sequence[str], sketch: NDArray[np.uint64]) -> int | None:
        """The number of the article added before that this one is equal to; None where it is new, and then counted.

        `headline` has the facts of the title, which is no part of what `identity` is of: one outlet prints it above
        the text, another has it in a field.
        """
        before = self._equal.setdefault(identity, len(self._sketches))
        if before < len(self._sketches) and _agree(headline, self._headlines[before]):
            return before
        self._headlines.append(headline)
        self._sketches.append(sketch)
        return None

    def near(self, likeness: Callable[[int, int], Likeness]) -> dict[int, tuple[Link, int]]:
        """For each article that is a copy or a version of an earlier one: which, and the earlier one's number.

        `likeness` compares the later with the earlier; it is asked about candidates only. A copy is linked to an
        article that is no copy itself.
        """
        links: dict[int, tuple[Link, int]] = {}
        for later, candidates in self._candidates():
            best: tuple[float, int] | None = None
            for earlier in candidates:
                kind, other = links.get(earlier, (Link.VERSION, earlier))
                earlier = other if kind is Link.COPY else earlier
                alike = likeness(later, earlier)
                same = alike.same_facts and _agree(self._headlines[later], self._headlines[earlier])
                if alike.overlap >= SAME and alike.inside >= NOTHING_NEW and same:
                    links[later] = (Link.COPY, earlier)
                    break
                version = alike.overlap >= NEAR or alike.contained >= CONTAINED
                if version and (best is None or alike.overlap > best[0]):
                    best = (alike.overlap, earlier)
            else:
                if best is not None:
                    links[later] = (Link.VERSION, best[1])
        return links

    def _candidates(self) -> Iterator[tuple[int, list[int]]]:
        """Each article that shares enough of its sketch with earlier ones, and those, nearest first."""
        import numpy as np

        if not self._sketches:
            return
        sizes = np.array([len(sketch) for sketch in self._sketches])
        later, earlier, shared = _sharing(np.concatenate(self._sketches), np.repeat(np.arange(len(sizes)), sizes))
        least = np.minimum(MIN_SHARED, np.maximum(1, np.minimum(sizes[later], sizes[earlier]) // 2))
        near = np.flatnonzero(shared >= least)
        near = near[np.lexsort((earlier[near], -shared[near], later[near]))]
        for each in np.split(near, np.flatnonzero(np.diff(later[near])) + 1) if len(near) else ():
            yield int(later[each[0]]), earlier[each[:MAX_VERIFIED]].tolist()


def _sharing(
    hashes: NDArray[np.uint64], owners: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of owners, later and earlier, that have a hash in common, and how many they have; of those that share
    one hash, each with the first `MAX_LINKS` of them alone."""
    import numpy as np

    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    begins = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
    first = np.maximum.accumulate(np.where(begins, np.arange(len(hashes)), 0))  # of those with the same hash
    behind = np.arange(len(hashes)) - first
    at = np.arange(len(hashes))
    found = [np.empty(0, dtype=np.int64)]
    for place in range(MAX_LINKS):
        at = at[behind[at] > place]
        found.append(owners[at] << 32 | owners[first[at] + place])
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    return keys >> 32, keys & 0xFFFFFFFF, counts


def _agree(facts: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two headlines state the same facts, or one of them none: then the text has them."""
    return not facts or not others or facts == others
