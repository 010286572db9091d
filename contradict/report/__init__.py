"""The report of a scan: data files, page, terminal summary and brief."""

from contradict.report.escaping import json_line
from contradict.report.loading import Report, read_report, report_of
from contradict.report.markdown import findings_markdown
from contradict.report.page import report_page
from contradict.report.records import (
    Record,
    document_record,
    figure_record,
    finding_record,
    judgement_record,
    pair_record,
)
from contradict.report.terminal import print_found, print_summary
from contradict.report.write import write_report

__all__ = [
    "Record",
    "Report",
    "document_record",
    "figure_record",
    "finding_record",
    "findings_markdown",
    "json_line",
    "judgement_record",
    "pair_record",
    "print_found",
    "print_summary",
    "read_report",
    "report_of",
    "report_page",
    "write_report",
]
