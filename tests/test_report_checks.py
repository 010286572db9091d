"""Calculations and standings in the report: written, read again, and told to people."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from test_report_scans import ferry_scan, scan

from contradict.arithmetic import check_arithmetic
from contradict.claims import read_document
from contradict.findings import FAILED, with_calculations
from contradict.report import finding_record, findings_markdown, print_summary, read_report, write_report
from contradict.types import Document, Finding, Relation, Scan, TimeSpan

TEXT = "Twenty people were hurt: 8 in Zagora and 15 in Milna. The 6 nurses (2 men and 4 women) were tired."


def sums() -> tuple[Finding, ...]:
    """One sum that fails and one that holds."""
    day = TimeSpan(date(2023, 6, 1), date(2023, 6, 1))
    document = Document(id="hurt", path="hurt.txt", text=TEXT, source="Echo", date=day)
    return with_calculations((), check_arithmetic([read_document(document)]).checks)


def summed() -> Scan:
    findings = sums()
    documents = {claim.document.id: claim.document for each in findings if each.check for claim in each.check.claims}
    made = scan(*findings)
    return replace(made, collection=replace(made.collection, documents=tuple(documents.values())))


def test_a_calculation_is_a_finding_without_pairs() -> None:
    failed, held = sums()
    assert (failed.relation, failed.score, failed.verdicts) == (Relation.CONTRADICTION, FAILED, ())
    assert (held.relation, held.score) == (Relation.AGREEMENT, 0.0)
    assert [line.said for line in failed.timeline] == ["8", "15", "Twenty"]
    assert {(line.group, line.alone) for line in failed.timeline} == {(None, False)}


def test_the_record_of_a_calculation_carries_all_that_shows_it() -> None:
    record = finding_record(sums()[0])
    assert (record["kind"], record["pairs"]) == ("sum", [])
    check = record["check"]
    assert (check["kind"], check["holds"], check["reason"]) == (
        "sum",
        False,
        "8 + 15 = 23, but Twenty is stated.",
    )
    assert (check["expected"], check["stated"]) == ({"low": "23", "high": "23"}, {"low": "20", "high": "20"})
    assert [(term["role"], term["figure"]["surface"], term["document"]) for term in check["terms"]] == [
        ("part", "8", "hurt"),
        ("part", "15", "hurt"),
        ("whole", "Twenty", "hurt"),
    ]


def test_a_calculation_is_the_same_when_the_report_is_read_again(tmp_path: Path) -> None:
    files = write_report(summed(), tmp_path)
    written = [json.loads(line) for line in files["findings.jsonl"].read_text("utf-8").splitlines()]
    assert [finding_record(finding) for finding in read_report(tmp_path).findings] == written


def test_the_terminal_tells_the_calculation_and_its_figures() -> None:
    text = printed(summed())
    assert "    8 + 15 = 23, but Twenty is stated.\n" in text
    assert [f"    {said}  Echo, 1 June 2023\n" in text for said in ("8", "15", "Twenty")] == [True] * 3


def test_the_brief_quotes_the_figures_of_a_calculation() -> None:
    text = findings_markdown(sums())
    assert "8 + 15 = 23, but Twenty is stated." in text
    assert "> **Twenty** people were hurt: 8 in Zagora and 15 in Milna." in text


@pytest.fixture
def lonely() -> Finding:
    """A finding of which one statement stands alone."""
    finding = ferry_scan().findings[0]
    first, second = finding.timeline
    return replace(finding, timeline=(replace(first, group=1), replace(second, group=2, alone=True), first))


def printed(made: Scan) -> str:
    stream = io.StringIO()
    print_summary(made, Console(file=stream, width=80))
    return stream.getvalue()


def test_the_terminal_names_the_statements_that_stand_alone(lonely: Finding) -> None:
    assert "    stands alone: about 260  Island Gazette, 3 March 2024\n" in printed(scan(lonely))
    assert "stands alone" not in printed(ferry_scan())


def test_the_table_of_a_brief_tells_who_agrees_and_who_stands_alone(lonely: Finding) -> None:
    rows = [line for line in findings_markdown([lonely]).splitlines() if line.startswith("| ")]
    assert [row.split("|")[-2].strip() for row in rows] == ["agrees", "---", "group 1", "**alone** (group 2)", ""]


def test_standings_are_written_and_read_again(lonely: Finding, tmp_path: Path) -> None:
    made = ferry_scan()
    write_report(replace(made, findings=(lonely,)), tmp_path)
    (finding,) = read_report(tmp_path).findings
    assert [(line.group, line.alone) for line in finding.timeline] == [(1, False), (2, True), (None, False)]
