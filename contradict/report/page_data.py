"""The findings as the page's script reads them: one JSON object in which nothing stands twice.

Documents, sentences and sides (a claim as one side of a pair) are kept once and named by their index. What is shown is
cut step by step until it fits; whatever is left out is counted where it is missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from contradict.report.escaping import script_json, web_link, whole
from contradict.report.loading import Report
from contradict.report.passages import clip, lead, mark, passage, window
from contradict.report.records import Record, kind_of
from contradict.types import Check, Claim, Document, Finding, Interval, Statement, TimeSpan, Verdict

BUDGET = 9_000_000  # bytes; a page of this weight opens from disk in about a second


@dataclass(frozen=True, slots=True)
class Room:
    """How much is shown of each finding: characters of a sentence and around it, pairs, lines of the timeline."""

    sentence: int
    context: int
    pairs: int
    timeline: int
    copies: int


ROOMS = (
    Room(sentence=900, context=700, pairs=60, timeline=120, copies=20),
    Room(sentence=800, context=350, pairs=20, timeline=80, copies=10),
    Room(sentence=700, context=180, pairs=8, timeline=50, copies=5),
    Room(sentence=500, context=90, pairs=3, timeline=30, copies=2),
    Room(sentence=400, context=0, pairs=2, timeline=20, copies=2),
)
_NAME, _TITLE, _LINE, _SAID, _TERMS = 160, 300, 1000, 80, 24


@dataclass(frozen=True, slots=True)
class PageData:
    """The JSON text, safe inside `<script>`; how many findings are in it, and how many did not fit."""

    json: str
    shown: int
    left_out: int
    room: Room


def page_data(report: Report, *, budget: int = BUDGET) -> PageData:
    """All findings in the fullest form that stays within `budget` bytes; the last ones are left out if none does."""
    numbers = {name: number for number, name in enumerate(report.documents)}
    copies = _copies_by_document(report.run.get("copies"))
    for room in ROOMS:
        builder = _Builder(room=room, budget=budget, copies=copies, numbers=numbers)
        shown = builder.add_all(report.findings)
        if shown == len(report.findings):
            break
    left_out = len(report.findings) - shown
    return PageData(json=builder.json(left_out), shown=shown, left_out=left_out, room=room)


@dataclass(slots=True)
class _Builder:
    """Grows the tables finding by finding, and knows how heavy they are."""

    room: Room
    budget: int
    copies: dict[str, list[Record]]
    numbers: dict[str, int]
    weight: int = 0
    documents: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    index: dict[object, int] = field(default_factory=dict)

    def add_all(self, findings: Sequence[Finding]) -> int:
        """Adds findings until one would exceed the budget; how many were added."""
        for count, finding in enumerate(findings):
            self._append(self.findings, self._finding(finding))
            if self.weight > self.budget:
                if self.room is ROOMS[-1]:
                    self.findings.pop()
                    return count
                return -1
        return len(findings)

    def json(self, left_out: int) -> str:
        tables = ("documents", "passages", "sides", "findings")
        lists = ",".join(f'"{name}":[{",".join(getattr(self, name))}]' for name in tables)
        return f'{{{lists},"leftOut":{left_out}}}'

    def _append(self, table: list[str], value: object) -> int:
        text = script_json(value)
        self.weight += len(text.encode("utf-8")) + 1
        table.append(text)
        return len(table) - 1

    def _finding(self, finding: Finding) -> dict[str, Any]:
        first = lead(finding)
        ordered = [first, *(verdict for verdict in finding.verdicts if verdict is not first)] if first else []
        kept = ordered[: self.room.pairs]
        lines, missing = _timeline(finding, first, limit=self.room.timeline)
        return _without_empty(
            {
                "id": finding.id,
                "matter": clip(finding.matter, _TITLE),
                "relation": finding.relation.value,
                "kind": kind_of(finding),
                "score": round(finding.score, 3),
                "check": self._check(finding.check) if finding.check is not None else 0,
                "pairs": [self._pair(verdict, full=verdict is first) for verdict in kept],
                "morePairs": len(ordered) - len(kept),
                "timeline": lines,
                "moreTimeline": len(missing),
                "moreOutlets": sorted({clip(line.source, _NAME) for line in missing if line.source}),
            }
        )

    def _pair(self, verdict: Verdict, *, full: bool) -> list[object]:
        pair = verdict.pair
        return [
            self._side(pair.a, full=full),
            self._side(pair.b, full=full),
            verdict.relation.value,
            round(verdict.score, 3),
            clip(verdict.reason, _LINE),
            verdict.same_speaker,
            verdict.same_source,
        ]

    def _check(self, check: Check) -> dict[str, Any]:
        """A calculation: its reason, each figure with its place in it, what is stated and what the others come to."""
        return {
            "reason": clip(check.reason, _LINE),
            "holds": check.holds,
            "stated": _bounds(check.stated),
            "expected": _bounds(check.expected),
            "terms": [[term.role.value, self._side(term.claim, full=True)] for term in check.terms[:_TERMS]],
            "moreTerms": max(0, len(check.terms) - _TERMS),
        }

    def _side(self, claim: Claim, *, full: bool) -> int:
        """A claim: passage, start and end of its mark (UTF-16 units, as scripts count), speaker, as-of, statement."""
        place = self._passage(claim, full=full)
        start, end = window(claim, length=self.room.sentence)
        offset = start - claim.sentence.start
        text = claim.document.text[start:end]
        first, last = (_utf16(text, max(0, min(point - offset, end - start))) for point in mark(claim))
        speaker = clip(claim.speaker.name, _NAME) if claim.speaker else ""
        as_of = _iso(claim.as_of or (claim.figure.as_of if claim.figure else None))
        value = (place, first, last, speaker, as_of, claim.statement)
        if value not in self.index:
            self.index[value] = self._append(self.sides, value)
        return self.index[value]

    def _passage(self, claim: Claim, *, full: bool) -> int:
        """A sentence, with the text around it only where `full` (the pair that stands for its finding)."""
        span = window(claim, length=self.room.sentence)
        key = ("passage", claim.document.id, span, full)
        rich = ("passage", claim.document.id, span, True)
        if rich in self.index:
            return self.index[rich]
        if key not in self.index:
            shown = passage(claim, length=self.room.sentence, context=self.room.context if full else 0)
            value = [self._document(claim.document), shown.text, shown.before, shown.after]
            if shown.cut_before or shown.cut_after:
                value += [shown.cut_before, shown.cut_after]
            self.index[key] = self._append(self.passages, value)
        return self.index[key]

    def _document(self, document: Document) -> int:
        """An article: outlet, title, date, address, path, version of, copies (outlet, date), more copies, number.

        Its number is its place in the report, by which the review application serves its full text.
        """
        key = ("document", document.id)
        if key not in self.index:
            copies = self.copies.get(document.id, [])
            shown = [
                [clip(copy["source"] or copy["path"], _NAME), copy["date"] or ""] for copy in copies[: self.room.copies]
            ]
            value = [
                clip(document.source, _NAME),
                clip(document.title, _TITLE),
                _iso(document.date),
                web_link(whole(document.url)),
                clip(document.path, _TITLE),
                clip(document.version_of or "", _TITLE),
                shown,
                len(copies) - len(shown),
                self.numbers.get(document.id),
            ]
            self.index[key] = self._append(self.documents, value)
        return self.index[key]


def _timeline(finding: Finding, first: Verdict | None, *, limit: int) -> tuple[list[list[object]], list[Statement]]:
    """The lines of the timeline that are shown, spread evenly where they are too many, and those that are not.

    A line: date, low, high, what was said, speaker, outlet, 1 where it belongs to the pair that stands for the finding;
    and where they are known, the number of the group that agrees with it, and 1 where it stands alone.
    """
    sides = {(claim.document.id, claim.said) for claim in (first.pair.a, first.pair.b)} if first else set()
    chosen = [(line.document, line.said) in sides for line in finding.timeline]
    total = len(finding.timeline)
    keep = {round(step * (total - 1) / (limit - 1)) for step in range(limit)} if total > limit else set(range(total))
    lines: list[list[object]] = []
    missing: list[Statement] = []
    for number, line in enumerate(finding.timeline):
        if number not in keep and not chosen[number]:
            missing.append(line)
            continue
        said, who, where = clip(line.said, _SAID), clip(line.speaker or "", _NAME), clip(line.source, _NAME)
        shown: list[object] = [
            _iso(line.date),
            _number(line.low),
            _number(line.high),
            said,
            who,
            where,
            int(chosen[number]),
        ]
        lines.append(shown if line.group is None else [*shown, line.group, int(line.alone)])
    return lines, missing


def _copies_by_document(copies: Iterable[Record] | None) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = {}
    for copy in copies or ():
        grouped.setdefault(copy["document"], []).append(copy)
    return grouped


def _bounds(interval: Interval) -> list[float | int | None]:
    return [_number(interval.low), _number(interval.high)]


def _without_empty(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (0, [])}


def _iso(span: TimeSpan | None) -> str:
    return str(span) if span is not None else ""


def _number(value: Decimal | None) -> float | int | None:
    """For the chart only, where a rounded number is as good; None for what a script cannot hold."""
    if value is None:
        return None
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _utf16(text: str, offset: int) -> int:
    """The offset in UTF-16 code units, which is how JavaScript counts."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
