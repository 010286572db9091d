"""Which articles are copies or versions of others, and which sentences an outlet prints again and again.

All of it is told from the signatures of the articles in the order of reading, so that a collection which has grown is
linked as one that was read at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contradict.documents.copies import CopyFinder, Likeness, Link
from contradict.documents.furniture import recurring
from contradict.documents.preparing import Signature
from contradict.types import TimeSpan


@dataclass(frozen=True, slots=True)
class Told:
    """What linking needs of an article beside its signature."""

    source: str
    date: TimeSpan | None


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """By the numbers of the articles: the original of each copy, that of each version, and the keys of the sentences
    that are left out of an article since its outlet prints them under many."""

    copies: Mapping[int, int]
    versions: Mapping[int, int]
    recurring: Mapping[int, frozenset[int]]


def link(articles: Sequence[Told], signatures: Sequence[Signature], likeness: Callable[[int, int], Likeness]) -> Links:
    """How the articles, in the order of reading, stand to each other.

    `likeness` compares two of them, the later first; it is asked about likely pairs only.
    """
    finder = CopyFinder()
    kept: list[int] = []
    copies: dict[int, int] = {}
    for number, signature in enumerate(signatures):
        before = finder.add(signature.identity, signature.headline, signature.sketch)
        if before is None:
            kept.append(number)
        else:
            copies[number] = kept[before]
    near = finder.near(lambda later, earlier: likeness(kept[later], kept[earlier]))
    copied = {kept[later]: kept[earlier] for later, (kind, earlier) in near.items() if kind is Link.COPY}
    linked = {kept[later]: kept[earlier] for later, (kind, earlier) in near.items() if kind is Link.VERSION}
    versions = _originals(articles, linked)
    copies = {number: copied.get(before, before) for number, before in copies.items()} | copied
    alone = [number for number in range(len(articles)) if number not in copies]
    again = recurring(
        [articles[number].source for number in alone],
        [number not in versions for number in alone],
        [signatures[number].keys for number in alone],
    )
    return Links(copies, versions, {alone[at]: keys for at, keys in again.items()})


def _originals(articles: Sequence[Told], links: Mapping[int, int]) -> dict[int, int]:
    """For each version, the number of its original: of the articles linked with each other the earliest dated, else the
    one that was read first."""
    root = {number: number for number in links.values()}
    for later in sorted(links):
        root[later] = root[links[later]]
    groups: dict[int, list[int]] = {}
    for number in sorted(root):
        groups.setdefault(root[number], []).append(number)
    originals = {}
    for group in groups.values():
        original = min(group, key=lambda number: (_last_day(articles[number]), number))
        originals.update({number: original for number in group if number != original})
    return originals


def _last_day(article: Told) -> date:
    return article.date.end if article.date else date.max
