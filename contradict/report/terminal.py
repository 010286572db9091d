"""What `contradict scan` prints when it is done: counts, what was left out, and the findings to look at first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from contradict.report.escaping import printable
from contradict.report.overview import group, headline, reading_line
from contradict.report.passages import clip, lead, reason_of
from contradict.report.run_record import what_was_read
from contradict.report.words import RELATION_SIGN, count_words, date_words
from contradict.types import Claim, Finding, Relation, Scan, Skipped, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

NAMED_REASONS = 8
FIRST_PATHS = 3
_STYLE = {
    Relation.CONTRADICTION: "bold red",
    Relation.UPDATE: "bold cyan",
    Relation.AGREEMENT: "green",
    Relation.UNRELATED: "dim",
}
_MATTER, _REASON, _NAME, _SAID, _PATH, _TERMS, _ALONE = 160, 500, 60, 60, 120, 6, 2


def print_summary(scan: Scan, console: Console, *, top: int = 10, report: Path | None = None) -> None:
    """Prints the summary of a scan; `top` is how many findings are shown, `report` where the whole report lies.

    Lines are not wrapped where the output is not a terminal. Nothing from an article is read as markup or reaches the
    terminal as a control sequence.
    """
    printer = Printer(console)
    printer.line((headline(scan.findings), "bold"))
    printer.line((f"Read: {reading_line(what_was_read(scan.collection.documents))}.", ""))
    if scan.counts:
        console.print()
        console.print(_counts(scan, printer))
    _left_out(scan.collection.skipped, printer, title="Not read")
    _left_out(scan.collection.not_compared, printer, title="Read, not compared")
    _left_out(scan.collection.notes, printer, title="Worth knowing about what was read")
    if scan.collection.copies:
        console.print()
        printer.line((f"Copies of articles already read, counted once: {len(scan.collection.copies):,}", ""))
    for number, finding in enumerate(scan.findings[:top], start=1):
        console.print()
        _finding(finding, printer, number=number)
    console.print()
    if len(scan.findings) > top > 0:
        printer.line((f"{count_words(len(scan.findings) - top, 'more finding')} in the report.", ""))
    if report is not None:
        printer.line(("Report: ", ""), (str(report), "bold"))


def print_found(findings: Iterable[Finding], console: Console, *, first: int = 1) -> None:
    """Prints findings as the summary does, numbered from `first`."""
    printer = Printer(console)
    for number, finding in enumerate(findings, start=first):
        _finding(finding, printer, number=number)
        console.print()


class Printer:
    """Prints lines made of (text, style) parts; whatever the console cannot encode becomes a question mark."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.encoding = console.encoding

    def text(self, *parts: tuple[str, str]) -> Text:
        from rich.text import Text

        return Text.assemble(*((self.encodable(text), style) for text, style in parts))

    def line(self, *parts: tuple[str, str], indent: int = 0) -> None:
        from rich.padding import Padding

        text = self.text(*parts)
        if self.console.is_terminal:
            self.console.print(Padding(text, (0, 0, 0, indent), expand=False), highlight=False)
        else:
            self.console.print(self.text((" " * indent, "")) + text, soft_wrap=True, highlight=False)

    def if_encodable(self, text: str) -> str:
        return text if self.encodable(text) == text else ""

    def encodable(self, text: str) -> str:
        return text.encode(self.encoding, "replace").decode(self.encoding, "replace")


def _counts(scan: Scan, printer: Printer) -> Table:
    """Counts and seconds by stage, in the order of the line."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("stage")
    table.add_column("count", justify="right")
    table.add_column("seconds", justify="right")
    for stage in [*scan.counts, *(name for name in scan.seconds if name not in scan.counts)]:
        count = f"{scan.counts[stage]:,}" if stage in scan.counts else ""
        seconds = f"{scan.seconds[stage]:.1f}" if stage in scan.seconds else ""
        table.add_row(*(printer.text((cell, "")) for cell in (printable(stage), count, seconds)))
    return table


def _left_out(items: Iterable[Skipped], printer: Printer, *, title: str) -> None:
    """By reason, the most frequent first: the first few paths by name, the others counted."""
    groups = group(items)
    if not groups:
        return
    printer.console.print()
    printer.line((f"{title}: {sum(each.count for each in groups):,}", "bold"))
    for each in groups[:NAMED_REASONS]:
        more = each.more(FIRST_PATHS)
        names = ", ".join(clip(path, _PATH) for path in each.named(FIRST_PATHS))
        tail = f" and {more:,} more" if more else ""
        printer.line((f"{clip(each.reason, _REASON)} ({each.count:,}): ", ""), (names + tail, "dim"), indent=2)
    rest = groups[NAMED_REASONS:]
    if rest:
        total = sum(each.count for each in rest)
        printer.line((f"{total:,} for {count_words(len(rest), 'other reason')}, all in run.json", ""), indent=2)


def _finding(finding: Finding, printer: Printer, *, number: int) -> None:
    """Two to four lines: relation and matter, the reason, one line for each of the two sides."""
    first = lead(finding)
    printer.line((f"{number:>2}. ", "dim"), *title_parts(finding, printer))
    reason = reason_of(finding)
    if reason:
        printer.line((clip(printable(reason), _REASON), ""), indent=4)
    claims = (first.pair.a, first.pair.b) if first else finding.check.claims[:_TERMS] if finding.check else ()
    for claim in claims:
        printer.line(*_side(claim), indent=4)
    if not claims:
        for statement in finding.timeline[:2]:
            printer.line(*_statement(statement), indent=4)
    alone = [statement for statement in finding.timeline if statement.alone]
    for statement in alone[:_ALONE]:
        printer.line(("stands alone: ", "dim"), *_statement(statement), indent=4)
    if len(alone) > _ALONE:
        printer.line((f"and {count_words(len(alone) - _ALONE, 'other')} alone", "dim"), indent=4)


def title_parts(finding: Finding, printer: Printer) -> list[tuple[str, str]]:
    """Sign, relation, matter and score, with their styles."""
    sign = printer.if_encodable(f"{RELATION_SIGN[finding.relation]} ")
    return [
        (f"{sign}{finding.relation.value.upper()}  ", _STYLE[finding.relation]),
        (clip(printable(finding.matter), _MATTER), "bold"),
        (f"  {finding.score:.2f}", "dim"),
    ]


def _side(claim: Claim) -> list[tuple[str, str]]:
    document = claim.document
    source = clip(printable(document.source or document.path), _NAME)
    parts = [(clip(printable(claim.said), _SAID), "bold"), (f"  {source}, {date_words(document.date)}", "")]
    if claim.speaker is not None:
        parts.append((f", said by {clip(printable(claim.speaker.name), _NAME)}", ""))
    return parts


def _statement(statement: Statement) -> list[tuple[str, str]]:
    source = clip(printable(statement.source or statement.document), _NAME)
    return [(clip(printable(statement.said), _SAID), "bold"), (f"  {source}, {date_words(statement.date)}", "")]
