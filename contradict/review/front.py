"""The page to work in and its data, made by the report's own page."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from html import unescape

from contradict.report.loading import Report
from contradict.report.page import Sitting, review_page
from contradict.report.page_data import page_data
from contradict.report.passages import lead
from contradict.review.desk import Edition
from contradict.types import Finding, Probabilities, Verdict

BUDGET = 32_000_000  # bytes of findings; they come from this machine and are not handed around, as a report.html is
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_FRAMES = "frame-ancestors 'none'"  # which a page cannot say of itself


class Front:
    """The page and the data of the present edition; the data are made once for each edition."""

    def __init__(self, *, blind: bool) -> None:
        self._blind = blind
        self._lock = threading.Lock()
        self._made: tuple[Edition, bytes] | None = None

    def page(self, edition: Edition, *, token: str, reviewer: str) -> tuple[str, str]:
        """The page of findings and its Content-Security-Policy, which stands in the page, too."""
        sitting = Sitting(token=token, reviewer=reviewer, blind=self._blind)
        page = review_page(_shown(edition.report, blind=self._blind), sitting)
        stated = _POLICY.search(page)
        return page, f"{unescape(stated[1])}; {_FRAMES}" if stated else f"default-src 'none'; {_FRAMES}"

    def data(self, edition: Edition) -> bytes:
        """The findings as the page's script reads them, UTF-8."""
        with self._lock:
            if self._made is None or self._made[0] is not edition:
                shown = _shown(edition.report, blind=self._blind)
                self._made = edition, page_data(shown, budget=BUDGET).json.encode("utf-8")
            return self._made[1]


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
