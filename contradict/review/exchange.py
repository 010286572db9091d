"""Decisions out of the log and into it: JSON lines as they are kept, and the formats that others read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from contradict.errors import InputError
from contradict.report.escaping import cell, json_line
from contradict.report.loading import Report
from contradict.review.brief import editors_brief
from contradict.review.claimreview import claim_reviews
from contradict.review.described import described
from contradict.review.records import Decision, read_decision
from contradict.review.sarif import sarif_log
from contradict.review.state import Present, Standing
from contradict.types import Finding

MAX_LINE = 1 << 20  # bytes; a decision with all its texts has some thousands


class Format(StrEnum):
    """What decisions are written as."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    CLAIMREVIEW = "claimreview"
    SARIF = "sarif"


def export(report: Report, log: Sequence[Decision], state: Present, *, form: Format) -> Iterator[str]:
    """The decisions in a format, in pieces.

    JSON lines hold the log, with what was taken back, so that an import elsewhere comes to the same state; CSV has the
    present decisions of every reviewer; the others one decision for each finding (`final`).
    """
    if form is Format.JSONL:
        return (json_line(decision.record()) + "\n" for decision in log)
    if form is Format.CSV:
        return _table(state)
    writers: Mapping[Format, Callable[[Report, Mapping[str, Standing]], str]] = {
        Format.MARKDOWN: lambda report, final: editors_brief(report, final, state),
        Format.CLAIMREVIEW: claim_reviews,
        Format.SARIF: sarif_log,
    }
    return iter([writers[form](report, final(state))])


def final(state: Present) -> dict[str, Standing]:
    """One decision for each finding: the one that settles it, else the one that most made, else the latest."""
    by_finding: dict[str, list[Standing]] = {}
    for (finding, _), standing in state.standings.items():
        if standing.decision.decision is not None:
            by_finding.setdefault(finding, []).append(standing)
    chosen = {finding: _commonest(standings) for finding, standings in by_finding.items()}
    settled = {name: each for name, each in state.settled.items() if each.decision.decision is not None}
    return dict(sorted((chosen | settled).items()))


def read_decisions(lines: Iterable[bytes], *, name: str, now: datetime) -> tuple[list[Decision], list[str]]:
    """The decisions of a file of JSON lines, and a message for each line that holds none."""
    decisions: list[Decision] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            decisions.append(_decision(line, f"{name}:{number}", now))
        except InputError as error:
            faults.append(str(error))
    return decisions, faults


def completed(decision: Decision, report: Report, findings: Mapping[str, Finding]) -> Decision:
    """A record that names its finding alone, as the static report writes it, with what the report knows of it."""
    finding = findings.get(decision.finding)
    if decision.texts or decision.undoes is not None or finding is None:
        return decision
    return replace(decision, **described(finding, report))


def _decision(line: bytes, where: str, now: datetime) -> Decision:
    if len(line) > MAX_LINE:
        raise InputError(f"{where}: the line is longer than {MAX_LINE:,} bytes")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error})") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: not a JSON object")
    return read_decision(record, where, now=now)


def _commonest(standings: Sequence[Standing]) -> Standing:
    """The latest of what most decided, before it those that name a statement to trust."""
    made = [standing.decision.decision for standing in standings]

    def weight(standing: Standing) -> tuple[int, bool, str]:
        decision = standing.decision
        return made.count(decision.decision), decision.trusted is not None, decision.at

    return max(standings, key=weight)


_COLUMNS = ("finding", "status", "reviewer", "at", "decision", "note", "trusted", "snoozed_until", "settles", "matter",
            "relation", "score")  # fmt: skip
_SIDES = ("source", "date", "said", "text", "document")


def _table(state: Present) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    header = [*_COLUMNS, *(f"{side}_{name}" for side in "ab" for name in _SIDES)]
    rows = (_row(standing) for standing in [*state.standings.values(), *state.settled.values()])
    yield "\ufeff"  # without it Excel reads UTF-8 as the local code page
    for row in (header, *rows):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _row(standing: Standing) -> list[str]:
    decision = standing.decision
    record = decision.record() | {"finding": standing.finding, "status": standing.status.value}
    texts = [*decision.texts[:2], None, None][:2]
    cells = [record[name] for name in _COLUMNS]
    cells += [getattr(mark, name) if mark is not None else None for mark in texts for name in _SIDES]
    return [_cell(value) for value in cells]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, float) else cell(str(value))
