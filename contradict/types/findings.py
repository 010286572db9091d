"""What a run comes to: calculations, findings, and all of it together."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from contradict.types.articles import Collection
from contradict.types.claims import Claim
from contradict.types.digests import digest
from contradict.types.spans import TimeSpan
from contradict.types.verdicts import Relation, Verdict


class CheckKind(StrEnum):
    """Which calculation a text invites."""

    SUM = "sum"
    SHARE = "share"
    CHANGE = "change"


class TermRole(StrEnum):
    """What a figure is in a calculation."""

    PART = "part"
    WHOLE = "whole"
    SHARE = "share"
    BEFORE = "before"
    AFTER = "after"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of numbers, None where a side is open."""

    low: Decimal | None
    high: Decimal | None

    def overlaps(self, other: Interval) -> bool:
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A claim in its place in a calculation; one figure that tells two levels stands in two places."""

    role: TermRole
    claim: Claim


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A calculation that the text itself invites, done over: parts and whole, a share of counts, a move of levels.

    The last of `terms` is the figure that is held to the others: `stated` is the interval that it states, `expected`
    the one that the others come to (a share in per cent), both with the roundings and hedges of the figures.
    """

    kind: CheckKind
    terms: tuple[Term, ...]
    expected: Interval
    stated: Interval
    holds: bool
    reason: str
    matter: str

    @property
    def id(self) -> str:
        """Stable across runs, as the ids of the statements are."""
        return digest(self.kind, *(f"{term.role}\x1f{term.claim.key}" for term in self.terms))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the terms, each once."""
        return tuple({term.claim.key: term.claim for term in self.terms}.values())


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a finding's timeline: what was said when, by whom.

    `group` numbers the statements that agree with each other, None where they were too many to compare; `alone` tells
    that every other source of the same moment says otherwise, and two of them the same.
    """

    date: TimeSpan | None
    low: Decimal | None
    high: Decimal | None
    said: str
    speaker: str | None
    source: str
    document: str
    group: int | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """All listed pairs about one matter, with their timeline; what a person decides on.

    `check` is set, and there are no pairs, where the finding is a calculation: a contradiction where it does not hold,
    an agreement where it does.
    """

    id: str
    matter: str
    relation: Relation
    score: float
    verdicts: tuple[Verdict, ...]
    timeline: tuple[Statement, ...]
    check: Check | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The result of a run: what the report writes down.

    `counts` and `seconds` are per stage, in the order of the line; arithmetic that a worker does beside the rest counts
    with the time that was waited for it.
    """

    collection: Collection
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
