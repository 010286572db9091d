"""Joins pairs about one matter into findings with a timeline, and ranks them by what a person should look at first.

A calculation that does not hold is a finding of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from contradict.compare import base_bounds, central, moment, scale_of
from contradict.ledger import Standing, standings
from contradict.lexicon import EXCLUSIVE
from contradict.types import Check, Claim, Finding, Relation, Statement, TimeSpan, Verdict, digest

UPDATE_WEIGHT = 0.5  # an update is worth reading after a contradiction of the same probability
FAILED = 0.8  # eval/arithmetic_read.jsonl: probability that a calculation which fails is a true conflict, held low
HELD = 0.0  # the same of one that holds


def find(verdicts: Sequence[Verdict]) -> tuple[Finding, ...]:
    """The findings of the listed verdicts, the most worth looking at first; every verdict is in exactly one.

    Pairs on one thing that share a statement are joined. So are, in a second step, those whose strongest pairs set the
    same two figures against each other and that share a statement: a budget that is "asked for", "wanted" and
    "demanded" is one matter, however each article puts it.
    """
    numbers: dict[str, int] = {}  # in place of the keys of the statements, each of which holds a sentence
    for verdict in verdicts:
        for claim in (verdict.pair.a, verdict.pair.b):
            numbers.setdefault(claim.key, len(numbers))
    parts = _joined([[verdict] for verdict in verdicts], (_on_one_thing(verdict, numbers) for verdict in verdicts))
    return _ranked(map(_finding, _joined(parts, (_of_one_conflict(part, numbers) for part in parts))))


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


def _on_one_thing(verdict: Verdict, numbers: Mapping[str, int]) -> list[Hashable]:
    """Each statement, with the scale, the kind of event or else the thing counted, and the place that both have."""
    one, other = verdict.pair.a, verdict.pair.b
    scale = scale_of(one.figure) if one.figure is not None else verdict.kind.value
    events = tuple(sorted(one.matter.events & other.matter.events))
    heads = () if events else tuple(sorted({one.matter.head, other.matter.head}))
    places = tuple(sorted(one.matter.places & other.matter.places)[:1])
    return [(scale, events, heads, places, numbers[claim.key]) for claim in (one, other)]


def _of_one_conflict(verdicts: Sequence[Verdict], numbers: Mapping[str, int]) -> set[Hashable]:
    """Each statement, with the two figures or dates of the strongest verdict and the events of which one never answers
    another; none where that verdict has no two."""
    lead = min(verdicts, key=_place).pair
    conflict = frozenset((_stated(lead.a), _stated(lead.b)))
    if None in conflict:
        return set()
    events = lead.a.matter.events & lead.b.matter.events & EXCLUSIVE
    claims = {numbers[claim.key] for verdict in verdicts for claim in (verdict.pair.a, verdict.pair.b)}
    return {(conflict, events, claim) for claim in claims}


def _stated(claim: Claim) -> Hashable | None:
    """The figure, however it is written and hedged, or the day that a claim states; None for a claim as a whole."""
    figure = claim.figure
    if figure is None:
        return claim.time.span if claim.time is not None else None
    number = central(figure)
    return scale_of(figure), figure.change, base_bounds(figure) if number is None else number


def _joined(parts: Sequence[list[Verdict]], marks: Iterable[Iterable[Hashable]]) -> list[list[Verdict]]:
    """The verdicts of parts that share a mark, at one remove or more, together, in the order of the parts."""
    parent = list(range(len(parts)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[Hashable, int] = {}
    for at, own in enumerate(marks):
        for mark in own:
            one, other = root(first.setdefault(mark, at)), root(at)
            parent[max(one, other)] = min(one, other)
    groups: dict[int, list[Verdict]] = defaultdict(list)
    for at, part in enumerate(parts):
        groups[root(at)] += part
    return list(groups.values())


def _finding(verdicts: Sequence[Verdict]) -> Finding:
    ordered = tuple(sorted(verdicts, key=_place))
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


def _place(verdict: Verdict) -> tuple[float, str]:
    """Where a verdict stands in its finding."""
    return -worth(verdict), verdict.id


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
