"""The present state of a review, made from its log and from a report: pure functions, no clock and no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contradict.report.loading import Report
from contradict.review.described import claims_of, value_of
from contradict.review.matching import Difference, Match, Matcher, What
from contradict.review.records import DISMISSED, Decision
from contradict.types import digest


class Status(StrEnum):
    """How a finding stands with a reviewer; `NEW` is open, and was not among the findings of the run before."""

    OPEN = "open"
    NEW = "new"
    DECIDED = "decided"
    SNOOZED = "snoozed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reviewer holds of a present finding, and what has changed in it since."""

    finding: str
    status: Status
    decision: Decision
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Present:
    """All that holds now: by finding and reviewer, the settling decisions by finding, and those of findings gone."""

    standings: Mapping[tuple[str, str], Standing]
    settled: Mapping[str, Standing]
    gone: tuple[Decision, ...]

    def of(self, reviewer: str) -> dict[str, Standing]:
        """The standings of one reviewer by finding."""
        return {finding: each for (finding, name), each in self.standings.items() if name == reviewer}

    def reviewers(self) -> tuple[str, ...]:
        return tuple(sorted({reviewer for _, reviewer in self.standings}))


def live(log: Iterable[Decision]) -> list[Decision]:
    """The records that hold or held, in the order of time: without those taken back and without the taking back.

    A reviewer takes back only records of their own; of two with one time the later in the log comes later.
    """
    records = list(log)
    made_by = {each.id: each.reviewer for each in records}
    undone = {each.undoes for each in records if each.undoes is not None and made_by.get(each.undoes) == each.reviewer}
    return sorted((each for each in records if each.undoes is None and each.id not in undone), key=lambda each: each.at)


def last_of(log: Iterable[Decision], reviewer: str) -> Decision | None:
    """The record that an undo of this reviewer takes back: the latest one not taken back yet."""
    return next((each for each in reversed(live(log)) if each.reviewer == reviewer), None)


def present(log: Iterable[Decision], matcher: Matcher, *, today: date) -> Present:
    """The state of every present finding with every reviewer who recorded something of it."""
    found: dict[tuple[str, str], list[tuple[Decision, Match]]] = {}
    settling: dict[str, list[tuple[Decision, Match]]] = {}
    gone: dict[tuple[str, str], Decision] = {}
    for decision in live(log):
        match = matcher.find(decision)
        if match is None:
            gone[decision.finding, decision.reviewer] = decision
        elif decision.settles:
            settling.setdefault(match.finding, []).append((decision, match))
        else:
            found.setdefault((match.finding, decision.reviewer), []).append((decision, match))
    return Present(
        standings={key: _standing(_holding(several), today) for key, several in sorted(found.items())},
        settled={finding: _standing(_holding(several), today) for finding, several in sorted(settling.items())},
        gone=tuple(gone.values()),
    )


def standing_of(
    finding: str, reviewer: str, log: Iterable[Decision], matcher: Matcher, *, today: date
) -> Standing | None:
    """What `present` has for one reviewer of one finding, without making all the others."""
    found = [
        (decision, match)
        for decision in live(log)
        if decision.reviewer == reviewer and not decision.settles
        for match in [matcher.find(decision)]
        if match is not None and match.finding == finding
    ]
    return _standing(_holding(found), today) if found else None


def new_findings(report: Report, previous: str | None) -> list[str]:
    """The findings that the run before did not have, by its `fingerprint`; none where there was no run before.

    A finding is not new if two of its statements were in one finding, by their ids or by article and figure.
    """
    if previous is None:
        return []
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(previous.splitlines()):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return [
        finding.id
        for finding, names in zip(report.findings, _names(report), strict=True)
        if finding.id not in groups and not _together(names, groups)
    ]


def fingerprint(report: Report) -> str:
    """The findings as the next run will ask about them: a line each, its id and its statements in both forms."""
    lines = (
        " ".join([finding.id, *(name for pair in names for name in pair)])
        for finding, names in zip(report.findings, _names(report), strict=True)
    )
    return "\n".join(lines)


def _names(report: Report) -> list[list[tuple[str, str]]]:

    return [
        [(claim.statement, digest(claim.document.id, value_of(claim))) for claim in claims_of(finding)]
        for finding in report.findings
    ]


def _together(names: Sequence[tuple[str, str]], groups: Mapping[str, set[int]]) -> bool:
    for form in (0, 1):
        seen: set[int] = set()
        for name in {pair[form] for pair in names}:
            here = groups.get(name, set())
            if seen & here:
                return True
            seen |= here
    return False


def _holding(several: Sequence[tuple[Decision, Match]]) -> tuple[Decision, Match]:
    """Of one reviewer's records the last; where findings have merged, the last on the pair that stands for them."""
    return next((each for each in reversed(several) if each[1].lead), several[-1])


def _standing(held: tuple[Decision, Match], today: date) -> Standing:
    decision, match = held
    return Standing(match.finding, _status(decision, match, today), decision, match.differences)


def _status(decision: Decision, match: Match, today: date) -> Status:
    """A dismissed finding stays dismissed while its figures do not change; any other comes back when its text did."""
    if decision.decision is not None:
        changed = {each.what for each in match.differences}
        if match.grown or What.FIGURE in changed:
            return Status.CHANGED
        if What.TEXT in changed and decision.decision not in DISMISSED:
            return Status.CHANGED
    if decision.snoozed_until is not None and date.fromisoformat(decision.snoozed_until) > today:
        return Status.SNOOZED
    return Status.DECIDED if decision.decision is not None else Status.OPEN
