"""A report under review: what the pages and the API of the application are made from."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from contradict.errors import InputError
from contradict.report.loading import Report, read_report
from contradict.report.records import Record
from contradict.review.described import claims_of, described
from contradict.review.matching import Matcher
from contradict.review.records import Change, Decision
from contradict.review.state import (
    Present,
    Standing,
    Status,
    fingerprint,
    last_of,
    live,
    new_findings,
    present,
    standing_of,
)
from contradict.review.store import Store
from contradict.types import Claim, Finding, digest


class NothingToUndo(InputError):
    """The reviewer has no record that is not taken back already."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A report as it was read, with what is looked up in it; made anew when a scan writes over it."""

    report: Report
    stamp: tuple[int, ...]
    new: Sequence[str] = ()

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        return {finding.id: finding for finding in self.report.findings}

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.report)

    @cached_property
    def statements(self) -> Mapping[str, Claim]:
        return {claim.statement: claim for finding in self.report.findings for claim in claims_of(finding)}


class Desk:
    """The report of a folder, its log of decisions, and how the two stand to each other."""

    def __init__(self, directory: Path, store: Store, *, today: Callable[[], date] = date.today) -> None:
        """Reads the report. Raises `InputError`."""
        self.directory = directory
        self.store = store
        self._today = today
        self._lock = threading.Lock()
        self._edition = self._read()

    def edition(self) -> Edition:
        """The report as it is on the disk now; the one read last where a newer one cannot be read."""
        with self._lock:
            if _stamp(self.directory) != self._edition.stamp:
                try:
                    self._edition = self._read()
                except InputError:  # a scan is just moving its files into place
                    return self._edition
            return self._edition

    def present(self) -> Present:
        return present(self.store.log(), self.edition().matcher, today=self._today())

    def standing(self, finding: str, reviewer: str) -> Standing | None:
        return standing_of(finding, reviewer, self.store.log(), self.edition().matcher, today=self._today())

    def decide(self, change: Change, reviewer: str) -> Decision:
        """Records what a reviewer holds of a finding. Raises `InputError` where the report has no such finding."""
        edition = self.edition()
        finding = edition.findings.get(change.finding)
        if finding is None:
            raise InputError(f"the report has no finding {change.finding}; load the page again")
        trusted = change.fields.get("trusted")
        if trusted is not None and trusted not in {claim.statement for claim in claims_of(finding)}:
            raise InputError(f"the finding has no statement {trusted}")

        def draft(log: Sequence[Decision], id: str, at: str) -> Decision:
            sent = next((each for each in reversed(log) if each.id == change.id), None)
            if sent is not None:
                if (sent.reviewer, sent.finding) != (reviewer, finding.id):
                    raise InputError(f"the id {change.id} is that of another record")
                return sent
            name = change.id or id
            made = Decision(id=name, at=at, reviewer=reviewer, finding=finding.id, **described(finding, edition.report))
            before = standing_of(finding.id, reviewer, log, edition.matcher, today=self._today())
            if before is not None and not change.fields.get("settles"):
                held = before.decision
                if before.status is Status.CHANGED and "decision" not in change.fields:
                    made = replace(held, id=name, at=at)  # a note confirms no decision that a change put in question
                made = replace(
                    made,
                    decision=held.decision,
                    note=held.note,
                    trusted=held.trusted if held.trusted in made.statements else None,
                    snoozed_until=None if "decision" in change.fields else held.snoozed_until,
                )  # who decides has done with waiting
            return replace(made, **change.fields)

        return self.store.append(draft)

    def undo(self, reviewer: str) -> tuple[Decision, str | None]:
        """Takes back the reviewer's last record; that record, and its finding in the report (None: gone).

        Raises `NothingToUndo`.
        """
        taken: list[Decision] = []

        def draft(log: Sequence[Decision], id: str, at: str) -> Decision:
            last = last_of(log, reviewer)
            if last is None:
                raise NothingToUndo("there is nothing to undo")
            taken.append(last)
            return Decision(id=id, at=at, reviewer=reviewer, finding=last.finding, undoes=last.id)

        self.store.append(draft)
        match = self.edition().matcher.find(taken[0])
        return taken[0], match.finding if match is not None else None

    def records(self) -> list[Decision]:
        """Every record of the log that holds or held."""
        return live(self.store.log())

    def _read(self) -> Edition:
        stamp = _stamp(self.directory)
        report = read_report(self.directory)
        prints = fingerprint(report)
        previous = self.store.previous_run(digest(prints), prints)
        return Edition(report, stamp, new_findings(report, previous))


def entry(standing: Standing, *, mine: bool) -> Record:
    """A standing as the API has it."""
    decision = standing.decision
    return {
        "finding": standing.finding,
        "status": standing.status.value,
        "mine": mine,
        "reviewer": decision.reviewer,
        "id": decision.id,
        "at": decision.at,
        "decision": decision.decision.value if decision.decision is not None else None,
        "note": decision.note,
        "trusted": decision.trusted,
        "snoozed_until": decision.snoozed_until,
        "settles": decision.settles,
        "changes": [_difference(asdict(each)) for each in standing.differences],
    }


def _difference(record: dict[str, Any]) -> Record:
    return record | {"what": record["what"].value}


def _stamp(directory: Path) -> tuple[int, ...]:
    """Changes whenever a scan has written into the folder: `run.json` is moved into place last."""
    try:
        about = (directory / "run.json").stat()
    except OSError:
        return ()
    return (about.st_mtime_ns, about.st_size, about.st_ino)
