"""A scan in a few words: what was found, what was read, and what was left out for which reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contradict.isodates import read_iso
from contradict.report.escaping import printable
from contradict.report.passages import clip
from contradict.report.words import count_words, date_words, relation_words
from contradict.types import Finding, Relation, Skipped

NAMED_PATHS = 50  # of each reason; the others are counted here and listed in run.json
_LINE = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """Things that share a reason: how many, and the first of them with the number of things that each stands for."""

    reason: str
    count: int
    items: tuple[tuple[str, int], ...]

    def named(self, limit: int) -> tuple[str, ...]:
        """The first paths, with their number where one stands for several: `photos/*.png (12)`."""
        return tuple(path if count == 1 else f"{path} ({count:,})" for path, count in self.items[:limit])

    def more(self, limit: int) -> int:
        """How many things the first paths do not account for."""
        return self.count - sum(count for _, count in self.items[:limit])


def headline(findings: Iterable[Finding]) -> str:
    """`12 contradictions and 30 updates`, or that nothing was found."""
    relations = Counter(finding.relation for finding in findings)
    parts = [relation_words(relations[relation], relation) for relation in Relation if relations[relation]]
    return _series(parts) if parts else "No conflict found"


def reading_line(read: Mapping[str, Any]) -> str:
    """What was read: `1,719 articles of 5 outlets, 12 January 2010 to 3 June 2011`; `read` as the run record has it."""
    line = count_words(read["articles"], "article")
    if read["outlets"]:
        line += f" of {count_words(len(read['outlets']), 'outlet')}"
    if read["period"] is not None:
        line += f", {date_words(read_iso(read['period']))}"
        if read["undated"]:
            line += f"; {read['undated']:,} undated"
    return line


def group(items: Iterable[Skipped]) -> list[Group]:
    """Things left out, by reason, the most frequent reason first."""
    found: dict[str, list[Skipped]] = {}
    for item in items:
        found.setdefault(item.reason, []).append(item)
    groups = [
        Group(
            reason=clip(printable(reason), _LINE),
            count=sum(item.count for item in same),
            items=tuple((clip(printable(item.path), _LINE), item.count) for item in same[:NAMED_PATHS]),
        )
        for reason, same in found.items()
    ]
    return sorted(groups, key=lambda each: (-each.count, each.reason))


def how_many(items: Iterable[Skipped]) -> int:
    """How many things the items stand for."""
    return sum(item.count for item in items)


def _series(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
