"""Writes all files of a report from one scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from contradict.report.escaping import json_line, json_page
from contradict.report.files import write_together
from contradict.report.loading import report_of
from contradict.report.page import report_page
from contradict.report.records import Record, document_record, finding_record, pair_record
from contradict.report.run_record import run_record
from contradict.report.table import table_lines
from contradict.types import LISTED, Document, Scan, Verdict


def write_report(
    scan: Scan,
    directory: Path,
    *,
    include_all: bool = False,
    started: datetime | None = None,
    finished: datetime | None = None,
) -> dict[str, Path]:
    """Writes `findings.jsonl`, `pairs.jsonl`, `documents.jsonl`, `pairs.csv`, `report.html`, `run.json`; their paths.

    The pairs of the findings come first, in the order of the findings, then the other listed ones; `include_all` adds
    agreements and unrelated pairs. The documents are those of the pairs, in the order of reading. Only `run.json`
    depends on the clock. Raises `SettingError` where it cannot write, and then leaves the files of an earlier run as
    they were.
    """
    chosen = _pairs(scan, include_all=include_all)
    return write_together(
        directory,
        {
            "findings.jsonl": _lines(finding_record(finding) for finding in scan.findings),
            "pairs.jsonl": _lines(_records(chosen)),
            "documents.jsonl": _lines(document_record(document) for document in _cited(scan, chosen)),
            "pairs.csv": table_lines(_records(chosen)),
            "report.html": _once(scan),
            "run.json": [json_page(run_record(scan, started=started, finished=finished, pairs=len(chosen))), "\n"],
        },
    )


def _pairs(scan: Scan, *, include_all: bool) -> list[tuple[Verdict, str | None]]:
    """The verdicts to list, each once, with the id of the finding that it belongs to."""
    chosen: dict[str, tuple[Verdict, str | None]] = {}
    for finding in scan.findings:
        for verdict in finding.verdicts:
            chosen.setdefault(verdict.id, (verdict, finding.id))
    for verdict in scan.verdicts:
        if include_all or verdict.relation in LISTED:
            chosen.setdefault(verdict.id, (verdict, None))
    return list(chosen.values())


def _cited(scan: Scan, chosen: Iterable[tuple[Verdict, str | None]]) -> list[Document]:
    """The documents of pairs, calculations and timelines, each once, those of the collection in its order."""
    cited = {claim.document.id: claim.document for verdict, _ in chosen for claim in (verdict.pair.a, verdict.pair.b)}
    checks = [finding.check for finding in scan.findings if finding.check is not None]
    cited |= {claim.document.id: claim.document for check in checks for claim in check.claims}
    told = {line.document for finding in scan.findings for line in finding.timeline}
    known = {
        document.id: document for document in scan.collection.documents if document.id in cited or document.id in told
    }
    return list((known | cited).values())


def _records(chosen: Iterable[tuple[Verdict, str | None]]) -> Iterator[Record]:
    return (pair_record(verdict, finding_id) for verdict, finding_id in chosen)


def _lines(records: Iterable[Record]) -> Iterator[str]:
    return (json_line(record) + "\n" for record in records)


def _once(scan: Scan) -> Iterator[str]:
    """The page, made only when its turn to be written comes, so that it is not held beside the data files."""
    yield report_page(report_of(scan))
