"""Pairs for the entailment judge, from the file to the batch: read, encode, draw by source, collate."""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations, product
from pathlib import Path

import numpy as np
import rewritten
import torch
from records import read_records
from rewritten import read_items
from tokenizers import Tokenizer
from torch import Tensor

from contradict.restated import Restated, restated

LABELS = ("e", "n", "c")
UNOPPOSED = 3  # the label `nc`: entailment or neutral, not known which, and no contradiction
UNKNOWN = 4  # the label `?`: only what the teacher says of it is known
NAMED = {name: at for at, name in enumerate(LABELS)} | {"nc": UNOPPOSED, "?": UNKNOWN}
# kinds of near misses that may tell what the other sentence does, in other words
WORDED = frozenset("double_negation wording other_measure quoted_to_reject background claim_of_another".split())
# of the sides of an item, what the second is to the first
REWRITTEN = (
    ("text", "faithful", "e"),
    ("text", "conflict", "c"),
    ("faithful", "conflict", "c"),
    ("text", "neutral", "n"),
    ("faithful", "neutral", "n"),
    ("faithful", "text", "nc"),
)
CONTRASTED = (
    ("a", "claim_a", "e"),
    ("b", "claim_a", "c"),
    ("b", "claim_b", "e"),
    ("a", "claim_b", "c"),
    ("a", "neither", "n"),
    ("b", "neither", "n"),
    ("a", "b", "c"),
)
# a batch has one of these lengths, so that few shapes are compiled
WIDTHS = (16, 24, 32, 40, 48, 56, 64, 80, 96)


@dataclass(frozen=True, slots=True)
class Pair:
    """One premise and hypothesis with its label (`e`, `n`, `c`; `nc`: one of the first two; `?`) and its source."""

    source: str
    premise: str
    hypothesis: str
    label: str


def read_pairs(path: Path) -> Iterator[Pair]:
    """The labelled pairs of one file (`source premise hypothesis label`, tab-separated, xz), in its order."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield Pair(*line.rstrip("\n").split("\t"))


def read_rewrites(path: Path, *, held_out: bool = False) -> Iterator[Pair]:
    """Pairs of the invented sentences and their rewrites, or of those held out to measure and to calibrate.

    A conflicting and a faithful rewrite of one sentence contradict each other, too: they share few words, so that the
    judge cannot tell a conflict by how much of the wording was kept.
    """
    return _labelled(read_items(path, held_out=held_out), "rewrites", REWRITTEN)


def _labelled(items: Iterable[dict[str, str]], source: str, sides: Iterable[tuple[str, str, str]]) -> Iterator[Pair]:
    """Pairs of what items hold under two names, and their label."""
    for item in items:
        for premise, hypothesis, label in sides:
            yield Pair(source, item[premise], item[hypothesis], label)


def read_crossed(path: Path) -> Iterator[Pair]:
    """Pairs across the rewrites of one text, without those held out, in both orders.

    What is faithful in one and conflicting in the other contradicts, but where a detail that was left out is the one
    that was altered (by reading, one in some hundred); two faithful ones do not; of the others only a teacher can tell.
    """
    rewrites: dict[str, list[dict[str, str]]] = defaultdict(list)
    for item in read_items(path, held_out=False):
        rewrites[item["text"]].append(item)
    known = {("faithful", "conflict"): "c", ("conflict", "faithful"): "c", ("faithful", "faithful"): "nc"}
    kinds = ("faithful", "conflict", "neutral")
    for items in rewrites.values():
        for one, other in permutations(items, 2):
            for first, second in product(kinds, kinds):
                if one[first] != other[second]:
                    yield Pair("crossed", one[first], other[second], known.get((first, second), "?"))


def read_near_misses(path: Path, *, held_out: bool = False) -> Iterator[Pair]:
    """Pairs of the invented sentences and what other articles tell of the matter."""
    return _told_anew(read_items(path, held_out=held_out), "near_misses")


def read_retold(path: Path, news: Path, *, held_out: bool = False) -> Iterator[Pair]:
    """The same of real sentences, which stand in the articles of `news`."""
    return _told_anew(rewritten.read_retold(path, news, held_out=held_out), "retold")


def _told_anew(items: Iterable[dict[str, str]], source: str) -> Iterator[Pair]:
    """Pairs, in both orders, of a sentence, the same told anew, what conflicts with both and what only looks like it.

    What the conflict and what only looks like one are to each other only a teacher can tell.
    """
    for item in items:
        nears = [k for k in (1, 2) if f"near_{k}" in item]
        missed = [(item[f"near_{k}"], "nc" if item[f"near_kind_{k}"] in WORDED else "n") for k in nears]
        text, same, conflict = (item[name] for name in ("text", "same", "conflict"))
        labelled = [(text, conflict, "c"), (same, conflict, "c"), (text, same, "nc")]
        labelled += [(told, near, label) for told in (text, same) for near, label in missed]
        labelled += [(one, other, "?") for one, other in combinations((conflict, *(near for near, _ in missed)), 2)]
        for one, other, label in labelled:
            yield Pair(source, one, other, label)
            yield Pair(source, other, one, label)


def read_contrasts(path: Path) -> Iterator[Pair]:
    """Pairs of a piece of evidence, before and after an edit, and of short claims: two that the one bears out and the
    other rules out, and one that neither decides (the form of VitaminC, Schuster et al. 2021). Before and after rule
    each other out, too."""
    return _labelled(read_records(path), "contrasts", CONTRASTED)


def read_premises(path: Path) -> Iterator[Pair]:
    """Pairs of a premise of any genre and its hypotheses (the form of MultiNLI, Williams et al. 2018)."""
    return _labelled(read_records(path), "premises", [("premise", label, label) for label in LABELS])


@dataclass(frozen=True, slots=True)
class Encoded:
    """Tokenised pairs in one flat array: pair i is `ids[start[i]:start[i + 1]]`, of which `first[i]` its premise.

    `told` (pairs, 3) is what the teacher says of each, as shares; not a number where it was not asked. `restated`
    (pairs,) tells which hypotheses are in the figures of their premise, which holds for this order alone.
    """

    ids: np.ndarray
    start: np.ndarray
    first: np.ndarray
    label: np.ndarray
    told: np.ndarray
    restated: np.ndarray

    def take(self, i: int) -> tuple[np.ndarray, int]:
        return self.ids[self.start[i] : self.start[i + 1]], int(self.first[i])

    def lengths(self) -> np.ndarray:
        return np.diff(self.start)


def encode(tokenizer: Tokenizer, pairs: list[Pair], told: np.ndarray | None = None) -> Encoded:
    ids, first, changed, labels = [], [], [], []
    for at in range(0, len(pairs), 10_000):
        block = pairs[at : at + 10_000]
        shown = [restated(pair.premise, pair.hypothesis) for pair in block]
        changed += [each.text != pair.hypothesis for each, pair in zip(shown, block, strict=True)]
        labels += [_told_as(pair.label, each) for each, pair in zip(shown, block, strict=True)]
        for row in tokenizer.encode_batch([(pair.premise, each.text) for each, pair in zip(shown, block, strict=True)]):
            ids.append(np.array(row.ids, dtype=np.uint16))
            first.append(len(row.ids) - sum(row.type_ids))
    start = np.concatenate([[0], np.cumsum([len(row) for row in ids])])
    if told is None:
        told = np.full((len(pairs), 3), np.nan, dtype=np.float32)
    return Encoded(np.concatenate(ids), start, np.array(first), np.array(labels), told, np.array(changed))


def _told_as(label: str, hypothesis: Restated) -> int:
    """The label to learn; where a number is left open, only that it is no contradiction, for the rest is not asked."""
    return UNOPPOSED if hypothesis.open and NAMED[label] != LABELS.index("c") else NAMED[label]


class Mix:
    """Draws chunks of training pairs by source weight, each source shuffled and gone through before it repeats."""

    def __init__(
        self, pairs: list[Pair], weights: dict[str, tuple[float, float]], *, seed: int, drawn: dict[str, int]
    ) -> None:
        self.weights, self.seed, self.drawn = weights, seed, drawn
        self.rows: dict[str, np.ndarray] = {}
        by_source = defaultdict(list)
        for i, pair in enumerate(pairs):
            by_source[pair.source].append(i)
        for source in sorted(by_source):
            self.rows[source] = np.array(by_source[source])

    def draw(self, chunk: int, *, size: int, progress: float) -> np.ndarray:
        """Row numbers of one chunk; the same for the same chunk, progress and draws before."""
        shares = np.array(
            [len(rows) * np.interp(progress, (0, 1), self.weights[source]) for source, rows in self.rows.items()]
        )
        counts = np.random.default_rng([self.seed, chunk]).multinomial(size, shares / shares.sum())
        return np.concatenate([self._next(s, n) for s, n in zip(self.rows, counts, strict=True)])

    def _next(self, source: str, count: int) -> np.ndarray:
        rows, at = self.rows[source], self.drawn.get(source, 0)
        self.drawn[source] = at + int(count)
        found = []
        for k in range(at, at + count):
            if k == at or k % len(rows) == 0:
                order = np.random.default_rng([self.seed, k // len(rows), len(rows)]).permutation(len(rows))
            found.append(rows[order[k % len(rows)]])
        return np.array(found, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded token ids, segment ids, mask, labels (0 to 2, `UNOPPOSED` or `UNKNOWN`), and what the teacher says."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    labels: Tensor
    told: Tensor


def by_width(data: Encoded, rows: np.ndarray, *, tokens: int, pairs: int) -> Iterator[tuple[int, np.ndarray, int]]:
    """The rows in groups of one of few shapes: a new shape costs the matrix library seconds, a known one nothing.

    With each comes how many of its rows count: the last group of a width is filled up with its own rows again.
    """
    lengths = data.lengths()[rows]
    for low, width in zip((0, *WIDTHS), WIDTHS, strict=False):
        fitting = rows[(low < lengths) & (lengths <= width)]
        size = min(pairs, tokens // width // 8 * 8)
        for at in range(0, len(fitting), size):
            group = fitting[at : at + size]
            yield width, np.resize(group, size), len(group)


def batches(
    data: Encoded, rows: np.ndarray, *, tokens: int, pairs: int, turned_share: float, rng: np.random.Generator
) -> Iterator[Batch]:
    """The rows in batches of one length bucket each, in random order; a share of the pairs with their order turned.

    Nothing is to be learned from the rows that fill a batch up: they have no label.
    """
    groups = list(by_width(data, rng.permutation(rows), tokens=tokens, pairs=pairs))
    for at in rng.permutation(len(groups)):
        width, group, count = groups[at]
        batch = collate(data, group, rng.random(len(group)) < turned_share, width=width)
        batch.labels[count:], batch.told[count:] = UNKNOWN, torch.nan
        yield batch


def collate(data: Encoded, rows: np.ndarray, turned: np.ndarray, *, width: int) -> Batch:
    """Padded arrays. A turned contradiction stays one; a turned entailment or neutral is only known not to be one.

    What the teacher says holds for the order that it was asked in, so a pair with no other label is never turned; nor
    is one whose hypothesis is in the figures of its premise.
    """
    ids, types = np.zeros((2, len(rows), width), dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    labels, told = data.label[rows].copy(), data.told[rows].copy()
    for k, row in enumerate(rows):
        tokens, first = data.take(row)
        if turned[k] and labels[k] != UNKNOWN and not data.restated[row]:
            tokens = np.concatenate([tokens[:1], tokens[first:], tokens[1:first]])
            first = 1 + len(tokens) - first
            labels[k] = LABELS.index("c") if labels[k] == LABELS.index("c") else UNOPPOSED
            told[k] = np.nan
        ids[k, : len(tokens)] = tokens
        types[k, first : len(tokens)] = 1
        mask[k, : len(tokens)] = 1
    return Batch(*(torch.from_numpy(a) for a in (ids, types, mask, labels, told)))
