"""Which pairs of one list are in another: by the statements themselves, by equal words, by the documents' figures.

A pair has no direction. How far two pairs are the same is a list of keys, the strictest first; a pair is found at the
first of its keys that a pair of the other list has at the same place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contradict.types import Claim, digest

BUCKETS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where the buckets of scores begin."""

Key = tuple[str, str]
"""A pair without direction: what stands for its two sides, in order."""


def unordered(one: str, other: str) -> Key:
    return (one, other) if one <= other else (other, one)


def words(text: str) -> str:
    """What two sentences that are equal in their words share, whatever the white space between them."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Side:
    """A statement: `statement` is its id (document, text of the sentence, start of the figure or date in it).

    `worded` is the same without the document, so that equal sentences of two documents have it in common.
    """

    statement: str
    worded: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A pair as a list has it."""

    a: Side
    b: Side
    relation: str
    kind: str
    score: float

    @property
    def keys(self) -> tuple[Key, Key]:
        """By the two statements, and by statements equal in words."""
        return unordered(self.a.statement, self.b.statement), unordered(self.a.worded, self.b.worded)


def side_of_claim(claim: Claim) -> Side:
    mark = claim.figure or claim.time
    return Side(claim.statement, _worded(claim.sentence.text, mark.start if mark else None))


def side_of_record(record: Mapping[str, Any]) -> Side:
    """One side of a line of pairs.jsonl."""
    mark = record["figure"] or record.get("time")
    start = mark["start"] if mark else None
    named = record.get("statement") or digest(
        f"{record['document']}\x1f{record['text']}\x1f{'' if start is None else start}"
    )
    return Side(named, _worded(record["text"], start))


def listed_of_record(record: Mapping[str, Any]) -> Listed:
    """A line of pairs.jsonl."""
    a, b = side_of_record(record["a"]), side_of_record(record["b"])
    return Listed(a, b, relation=record["relation"], kind=record["kind"], score=record["score"])


def _worded(text: str, start: int | None) -> str:
    """A digest of the words of a sentence and of how many characters of them stand before the figure or date."""
    return digest(f"{words(text)}\x1f{'' if start is None else len(words(text[:start]))}")


def places(wanted: Sequence[Sequence[Key]], held: Sequence[Sequence[Key]]) -> list[int | None]:
    """For each wanted pair the place of its first key that a held pair has at that place; None where there is none."""
    depth = max((len(keys) for keys in (*wanted, *held)), default=0)
    known = [{keys[place] for keys in held if place < len(keys)} for place in range(depth)]
    return [next((place for place, key in enumerate(keys) if key in known[place]), None) for keys in wanted]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some pairs are found: by the strictest key alone, and by any."""

    name: str
    of: int
    strictly: int
    anyhow: int

    def record(self) -> dict[str, object]:
        return {"name": self.name, "of": self.of, "strictly": self.strictly, "anyhow": self.anyhow}


def share(name: str, found: Sequence[int | None]) -> Share:
    return Share(name, len(found), sum(place == 0 for place in found), sum(place is not None for place in found))


def shares(reference: Sequence[Listed], held: Sequence[Sequence[Key]]) -> list[Share]:
    """How much of the reference is held: in all, by relation and kind, by score."""
    found = places([pair.keys for pair in reference], held)
    told = [share("all", found)]
    for name, group in _grouped(reference):
        told.append(share(name, [found[number] for number in group]))
    return told


def _grouped(reference: Sequence[Listed]) -> list[tuple[str, list[int]]]:
    """Names of groups and the numbers of the pairs in them."""
    relations = sorted({(pair.relation, pair.kind) for pair in reference})
    groups = [
        (
            f"{relation} ({kind})",
            [n for n, pair in enumerate(reference) if (pair.relation, pair.kind) == (relation, kind)],
        )
        for relation, kind in relations
    ]
    for low, high in zip(BUCKETS, (*BUCKETS[1:], 1.01), strict=True):
        name = f"score {low:.1f} to {min(high, 1.0):.1f}"
        groups.append((name, [n for n, pair in enumerate(reference) if low <= pair.score < high]))
    return [(name, group) for name, group in groups if group]


def relations(pairs: Sequence[Listed]) -> Counter[str]:
    return Counter(pair.relation for pair in pairs)
