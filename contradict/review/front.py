"""The page to work in and its data, made by the report's own page."""

from __future__ import annotations

from dataclasses import replace

from contradict.report.loading import Report
from contradict.report.page import Sitting, review_page
from contradict.report.page_data import page_data
from contradict.report.passages import lead
from contradict.types import Finding, Probabilities, Verdict


def front_page(report: Report, *, token: str, reviewer: str, blind: bool) -> tuple[str, str]:
    """The page of findings and the Content-Security-Policy of its header, beside the one in the page."""
    page = review_page(_shown(report, blind=blind), Sitting(token, reviewer, blind))
    return page, "frame-ancestors 'none'; object-src 'none'; base-uri 'none'"


def findings_json(report: Report, *, blind: bool) -> str:
    """The findings as the page's script reads them."""
    return page_data(_shown(report, blind=blind)).json


def _shown(report: Report, *, blind: bool) -> Report:
    """The report without its scores where the reviewer is not to know them."""
    return replace(report, findings=tuple(_unscored(finding) for finding in report.findings)) if blind else report


def _unscored(finding: Finding) -> Finding:
    """Its first pair goes first, since without scores the first of equals stands for the finding."""
    first = lead(finding)
    ordered = sorted(finding.verdicts, key=lambda verdict: verdict is not first)
    return replace(finding, score=0.0, verdicts=tuple(_without_score(verdict) for verdict in ordered))


def _without_score(verdict: Verdict) -> Verdict:
    return replace(verdict, probabilities=Probabilities(0.0, 0.0, 0.0, 0.0))
