"""Joins pairs about one matter into findings with a timeline, and ranks them by what a person should look at first.

A calculation that does not hold is a finding of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from contradict.compare import moment, scale_of
from contradict.ledger import Standing, standings
from contradict.types import Check, Claim, Finding, Relation, Statement, TimeSpan, Verdict, digest

UPDATE_WEIGHT = 0.5  # an update is worth reading after a contradiction of the same probability
FAILED = 0.8  # eval/arithmetic_read.jsonl: probability that a calculation which fails is a true conflict, held low
HELD = 0.0  # the same of one that holds


def find(verdicts: Sequence[Verdict]) -> tuple[Finding, ...]:
    """The findings of the listed verdicts, the most worth looking at first; every verdict is in exactly one."""
    groups: dict[tuple[object, ...], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[_key(verdict)].append(verdict)
    return _ranked(_finding(part) for group in groups.values() for part in _connected(group))


def with_calculations(findings: Iterable[Finding], checks: Iterable[Check]) -> tuple[Finding, ...]:
    """These findings and one for each calculation, the most worth looking at first."""
    return _ranked([*findings, *map(_calculation, checks)])


def _ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (-rank(finding), finding.id)))


def rank(finding: Finding) -> float:
    """How much a finding is worth a look: the best of its pairs, contradictions before updates."""
    return max((worth(verdict) for verdict in finding.verdicts), default=finding.score)


def worth(verdict: Verdict) -> float:
    return verdict.probabilities.contradiction + UPDATE_WEIGHT * verdict.probabilities.update


def _key(verdict: Verdict) -> tuple[object, ...]:
    """What joined pairs must share: the scale, the kind of event or else the thing counted, the place."""
    one, other = verdict.pair.a, verdict.pair.b
    scale = scale_of(one.figure) if one.figure is not None else verdict.kind.value
    events = tuple(sorted(one.matter.events & other.matter.events))
    heads = () if events else tuple(sorted({one.matter.head, other.matter.head}))
    places = tuple(sorted(one.matter.places & other.matter.places)[:1])
    return scale, events, heads, places


def _connected(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """The verdicts in groups that share claims, each group and its order fixed by the input's order."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for verdict in verdicts:
        one, other = root(verdict.pair.a.key), root(verdict.pair.b.key)
        if one != other:
            parent[max(one, other)] = min(one, other)
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[root(verdict.pair.a.key)].append(verdict)
    return list(groups.values())


def _finding(verdicts: Sequence[Verdict]) -> Finding:
    ordered = tuple(sorted(verdicts, key=lambda verdict: (-worth(verdict), verdict.id)))
    lead = ordered[0]
    relation = Relation.CONTRADICTION if any(v.relation is Relation.CONTRADICTION for v in ordered) else lead.relation
    claims = {claim.key: claim for verdict in ordered for claim in (verdict.pair.a, verdict.pair.b)}
    told = sorted(claims.values(), key=_when)
    return Finding(
        id=digest(*sorted(claims)),
        matter=lead.matter,
        relation=relation,
        score=lead.score,
        verdicts=ordered,
        timeline=tuple(map(_statement, told, standings(told))),
    )


def _calculation(check: Check) -> Finding:
    """A calculation as a finding, its figures as the timeline: parts and whole do not stand against each other."""
    return Finding(
        id=check.id,
        matter=check.matter,
        relation=Relation.AGREEMENT if check.holds else Relation.CONTRADICTION,
        score=HELD if check.holds else FAILED,
        verdicts=(),
        timeline=tuple(_statement(claim, Standing()) for claim in check.claims),
        check=check,
    )


def _when(claim: Claim) -> tuple[str, str]:
    time = moment(claim)
    return (str(time.start) if time else "9999", claim.key)


def _statement(claim: Claim, standing: Standing) -> Statement:
    low, high = claim.figure.level if claim.figure is not None else (None, None)
    return Statement(
        date=_date(claim),
        low=low,
        high=high,
        said=claim.said,
        speaker=claim.speaker.name if claim.speaker is not None else None,
        source=claim.document.source,
        document=claim.document.id,
        group=standing.group,
        alone=standing.alone,
    )


def _date(claim: Claim) -> TimeSpan | None:
    return claim.time.span if claim.time is not None else moment(claim)
