"""The cheapest look at a candidate pair, on numbers alone: whether it can end up listed at all.

First what the rules of comparison and the vetoes of the evidence forbid for certain, then two looks of boosted trees
that learned from the full line which pairs it lists. Only what passes is read in words, and only of what is left then
is a model asked. With `Relation.AGREEMENT` or `UNRELATED` listed, every pair passes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from contradict.boosting import Boosted, load_trained
from contradict.candidates import split_keys
from contradict.columns import (
    AS_OF,
    DATE,
    DELTA,
    EXACT,
    FORECAST,
    GENERIC,
    PART,
    PERIOD,
    PLACED,
    SURE,
    VAGUE,
    category_bits,
    event_bits,
    group_bits,
)
from contradict.errors import ModelError
from contradict.lexicon import EXCLUSIVE, RUNNING, STOCK
from contradict.neighbours import products_of
from contradict.resources import model_path, sha256
from contradict.static import SCALE
from contradict.verdicts import DATE_SIMILARITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contradict.candidates import Claims

GATE = "gate.npz"
BLOCK = 131_072  # pairs whose features are held at once, 20 MB: of fewer, threads wait for each other between the steps
LOOK = 4 * BLOCK  # pairs that a thread looks at before it takes the closer look at what is left of them
TREES = ("first", "closer", "sentence", "clause")
_EXCLUSIVE, _RUNNING, _STOCK = (np.uint64(event_bits(names)) for names in (EXCLUSIVE, RUNNING, STOCK))
_CERTAINTY, _NOVELTY = np.uint64(group_bits("certainty")), np.uint64(group_bits("novelty"))
_EARLIER = np.uint64(category_bits(["novelty:earlier"]))

FEATURES = (
    "sentence", "clause", "noun_same", "noun_differs", "nouns_missing", "events_shared", "events_clash",
    "events_one_sided", "topics", "clause_words", "words", "names", "context", "places", "places_clash",
    "places_one_sided", "placed", "categories_differ", "novelty_differs", "part_differs", "delta", "forecast_differs",
    "period_differs", "role", "log_ratio", "log_size", "overlapping", "vague", "exact", "moves", "days", "same_day",
    "undated", "later_higher", "as_of", "running", "stock", "sure", "generic",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """Few boosted trees that tell what is never listed, more that take a closer look at what those let through, and
    others that foretell the encoder's cosines of the `sentence` and of the `clause`.

    `least` (2,) are the log-odds that a pair must reach at each look, `slack` (2,) how far cosines may well lie above
    what is foretold.
    """

    first: Boosted
    closer: Boosted
    sentence: Boosted
    clause: Boosted
    least: NDArray[np.float32]
    slack: NDArray[np.float32]
    sha256: str

    def highest(
        self, claims: Claims, one: NDArray[np.int64], other: NDArray[np.int64], *, threads: int = 1
    ) -> NDArray[np.float32]:
        """(pairs, 2): how high the encoder's cosines of sentences and clauses may well be, of any number of pairs."""
        spans = [slice(start, start + BLOCK) for start in range(0, len(one), BLOCK)]
        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(lambda span: self._highest(claims, one[span], other[span]), spans))
        return np.concatenate([np.empty((0, 2), dtype=np.float32), *found])

    def _highest(self, claims: Claims, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
        columns = features(claims, one, other)
        foretold = np.stack([self.sentence.sums(columns), self.clause.sums(columns)], axis=1)
        return np.asarray(np.minimum(foretold + self.slack, np.float32(1.0)))

    def passes(self, claims: Claims, keys: NDArray[np.int64], *, threads: int = 1) -> NDArray[np.bool_]:
        """(pairs,) which of the pairs, as `candidates.pair_keys` has them, may be listed as contradiction or update."""
        spans = [slice(start, start + LOOK) for start in range(0, len(keys), LOOK)]
        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(lambda span: self._passes(claims, keys[span]), spans))
        return np.concatenate([np.zeros(0, dtype=bool), *found])

    def _passes(self, claims: Claims, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        passed = np.zeros(len(keys), dtype=bool)
        near: list[NDArray[np.int64]] = []
        columns: list[NDArray[np.float32]] = []
        for start in range(0, len(keys), BLOCK):
            one, other = split_keys(keys[start : start + BLOCK])
            here = possible(claims.rows, one, other)
            dates = np.flatnonzero(here & (claims.rows["flags"][one] & DATE > 0))
            here[dates] = False
            figures = np.flatnonzero(here)
            high = self._highest(claims, one[dates], other[dates]).min(axis=1)
            passed[start + dates] = high >= DATE_SIMILARITY
            found = features(claims, one[figures], other[figures])
            open_ = self.first.sums(found) >= self.least[0]
            near.append(start + figures[open_])
            columns.append(found[:, open_])
        if near:  # what is left of many blocks together: of few rows the calls would take longer than the work
            open_ = self.closer.sums(np.concatenate(columns, axis=1)) >= self.least[1]
            passed[np.concatenate(near)[open_]] = True
        return passed


@lru_cache(maxsize=1)
def load_gate() -> Gate:
    """The gate that the package carries. Raises `ModelError` where it is missing or damaged."""
    path = model_path(GATE)
    found = load_trained(path, TREES, arrays=("least", "slack"))
    if found.features != FEATURES:
        raise ModelError(f"{path}: a gate for other features; install contradict again")
    first, closer, sentence, clause = (found.trees[name] for name in TREES)
    return Gate(first, closer, sentence, clause, found.arrays["least"], found.arrays["slack"], sha256(path))


def possible(rows: NDArray[np.void], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(pairs,) False where a rule says for certain that a pair is not listed: incomparable, equal, or vetoed."""
    a, b = rows.take(one), rows.take(other)  # some times as fast as an index, for records
    events = a["events"] & _EXCLUSIVE, b["events"] & _EXCLUSIVE
    both_sure = _both(a, b, SURE) & (events[0] > 0) & (events[1] > 0)
    certainty = a["categories"] & _CERTAINTY, b["categories"] & _CERTAINTY
    delta = a["flags"] & DELTA, b["flags"] & DELTA
    equal = (a["low"] == b["low"]) & (a["high"] == b["high"]) & (a["hedge"] == b["hedge"])
    equal &= (a["value"] == b["value"]) | (np.isnan(a["value"]) & np.isnan(b["value"]))
    dated = a["flags"] & DATE > 0
    forbidden: NDArray[np.bool_] = (
        ((a["move"] > 0) != (b["move"] > 0))
        | ((a["move"] == b["move"]) & equal)
        | (both_sure & (events[0] & events[1] == 0))
        | ((certainty[0] > 0) & (certainty[1] > 0) & (certainty[0] & certainty[1] == 0))
        | (delta[0] != delta[1])
        | ((delta[0] > 0) & (_gap(a, b) != 0))
        | ((a["categories"] & _EARLIER) != (b["categories"] & _EARLIER))
    )
    return dated | ~forbidden


def _both(a: NDArray[np.void], b: NDArray[np.void], flag: int) -> NDArray[np.bool_]:
    return np.asarray((a["flags"] & b["flags"] & flag) > 0)


def _gap(a: NDArray[np.void], b: NDArray[np.void]) -> NDArray[np.int64]:
    """Days between the moments of two claims, negative where the second is earlier; -1 << 40 where one has none."""
    first = a["first"].astype(np.int64), b["first"].astype(np.int64)
    last = a["last"].astype(np.int64), b["last"].astype(np.int64)
    gap = np.maximum(np.maximum(first[0], first[1]) - np.minimum(last[0], last[1]), 0)
    signed = np.where(first[1] >= first[0], gap, -gap)
    return np.where((first[0] == 0) | (first[1] == 0), _UNDATED, signed)


_UNDATED = -(1 << 40)


def features(claims: Claims, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    """(features, pairs) of `FEATURES`: what the full evidence tells of two figures, as far as rows and bits can."""
    a, b = claims.rows.take(one), claims.rows.take(other)
    cosines = cosines_of(claims, one, other)
    days = _gap(a, b)
    undated = days == _UNDATED
    distance = np.where(undated, 0, np.abs(days))
    small, large = (function(np.abs(a["value"]), np.abs(b["value"])) for function in (np.fmin, np.fmax))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.nan_to_num(np.log(large / small), nan=0.0, posinf=14.0)
    rises = np.where(days < 0, a["value"] > b["value"], b["value"] > a["value"])
    nouns = (a["noun"] > 0).astype(np.float32) + (b["noun"] > 0)
    shared = a["events"] & b["events"]
    novelty = a["categories"] & _NOVELTY, b["categories"] & _NOVELTY
    columns = {
        "sentence": cosines[:, 0],
        "clause": cosines[:, 1],
        "noun_same": (a["noun"] == b["noun"]) & (a["noun"] > 0),
        "noun_differs": (a["noun"] != b["noun"]) & (nouns == 2),
        "nouns_missing": 2 - nouns,
        "events_shared": shared > 0,
        "events_clash": (a["events"] > 0) & (b["events"] > 0) & (shared == 0),
        "events_one_sided": (a["events"] > 0) != (b["events"] > 0),
        "topics": (_alike(a["topics"][:, 0], b["topics"][:, 0]) + _alike(a["topics"][:, 1], b["topics"][:, 1])) / 2,
        "clause_words": _alike(a["clause"], b["clause"]),
        "words": _alike(a["words"], b["words"]),
        "names": _alike(a["names"], b["names"]),
        "context": _alike(a["context"], b["context"]),
        "places": (a["places"] & b["places"]) > 0,
        "places_clash": (a["places"] > 0) & (b["places"] > 0) & (a["places"] & b["places"] == 0),
        "places_one_sided": (a["places"] > 0) != (b["places"] > 0),
        "placed": _count(a, b, PLACED),
        "categories_differ": np.bitwise_count(a["categories"] ^ b["categories"]),
        "novelty_differs": novelty[0] != novelty[1],
        "part_differs": _differ(a, b, PART),
        "delta": _both(a, b, DELTA),
        "forecast_differs": _differ(a, b, FORECAST),
        "period_differs": _differ(a, b, PERIOD),
        "role": a["role"],
        "log_ratio": np.minimum(ratio, 14.0),
        "log_size": np.log10(1 + np.nan_to_num(large, nan=0.0)),
        "overlapping": (a["low"] <= b["high"]) & (b["low"] <= a["high"]),
        "vague": _count(a, b, VAGUE),
        "exact": _count(a, b, EXACT),
        "moves": (a["move"] > 0) | (b["move"] > 0),
        "days": np.log1p(distance),
        "same_day": ~undated & (days == 0),
        "undated": undated,
        "later_higher": ~undated & (days != 0) & rises,
        "as_of": _count(a, b, AS_OF),
        "running": (a["events"] | b["events"]) & _RUNNING > 0,
        "stock": (a["events"] | b["events"]) & _STOCK > 0,
        "sure": _count(a, b, SURE),
        "generic": _count(a, b, GENERIC),
    }
    found = np.empty((len(FEATURES), len(one)), dtype=np.float32)
    for row, name in zip(found, FEATURES, strict=True):
        row[:] = columns[name]
    return found


def cosines_of(claims: Claims, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    """(pairs, 2): the static cosines of the sentences and of the clauses of claims."""
    return products_of(claims.vectors, one, other).astype(np.float32) / np.float32(SCALE**2)


def _differ(a: NDArray[np.void], b: NDArray[np.void], flag: int) -> NDArray[np.bool_]:
    return np.asarray(((a["flags"] ^ b["flags"]) & flag) > 0)


def _count(a: NDArray[np.void], b: NDArray[np.void], flag: int) -> NDArray[np.int64]:
    """Of how many of the two sides a flag holds."""
    return ((a["flags"] & flag) > 0).astype(np.int64) + ((b["flags"] & flag) > 0)


def _alike(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.float32]:
    """The Dice coefficient of two Bloom filters' bits, 0 where either has none."""
    bits = np.bitwise_count(one).astype(np.float32) + np.bitwise_count(other)
    return np.asarray(2 * np.bitwise_count(one & other) / np.maximum(bits, 1), dtype=np.float32)
