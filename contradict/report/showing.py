"""Findings of a report as text: for a terminal with the differing parts marked, plain where it is piped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from contradict.report.escaping import printable
from contradict.report.passages import clip, differences, lead, mark, passage, reason_of, window
from contradict.report.records import Record, finding_record, pair_record
from contradict.report.terminal import Printer, title_parts
from contradict.report.words import count_words, date_words
from contradict.types import Claim, Finding, Statement

if TYPE_CHECKING:
    from rich.console import Console

_SENTENCE, _CONTEXT, _REASON, _NAME, _TITLE, _SAID = 600, 300, 1000, 80, 160, 60
_COMPARED, _DIFFERS = "bold reverse", "underline"

Part = tuple[str, str]
"""A piece of a line and its style."""
Span = tuple[int, int]


def print_findings(findings: Iterable[Finding], console: Console) -> None:
    """One block for each finding: its title and id, the reason, and what is said on each side."""
    printer = Printer(console)
    for number, finding in enumerate(findings):
        if number:
            console.print()
        _head(finding, printer)
        _sides(finding, printer, context=0)


def print_finding(finding: Finding, console: Console) -> None:
    """One finding whole: the text around each side, its timeline, and its other pairs."""
    printer = Printer(console)
    _head(finding, printer)
    _sides(finding, printer, context=_CONTEXT)
    if finding.timeline:
        printer.line(("Timeline", "bold"))
        for line in finding.timeline:
            printer.line(*_line(line), indent=2)
    first = lead(finding)
    others = [verdict for verdict in finding.verdicts if verdict is not first]
    if others:
        console.print()
        printer.line((count_words(len(others), "other pair"), "bold"))
    for verdict in others:
        printer.line((f"{verdict.relation.value}  ", "bold"), (clip(printable(verdict.reason), _REASON), ""), indent=2)


def finding_with_pairs(finding: Finding) -> Record:
    """A finding as a line of `findings.jsonl` has it, with the records of its pairs in place of their ids."""
    return finding_record(finding) | {"pairs": [pair_record(verdict, finding.id) for verdict in finding.verdicts]}


def _head(finding: Finding, printer: Printer) -> None:
    printer.line(*title_parts(finding, printer), (f"  {printable(finding.id)}", "dim"))
    if reason_of(finding):
        printer.line((clip(printable(reason_of(finding)), _REASON), ""))


def _sides(finding: Finding, printer: Printer, *, context: int) -> None:
    passages = _passages(finding)
    marks = differences(*map(_shown, passages)) if len(finding.verdicts) and len(passages) == 2 else None
    for number, claims in enumerate(passages):
        printer.console.print()
        printer.line(*_source(claims[0]), indent=2)
        around = passage(claims[0], length=_SENTENCE, context=context)
        spans = marks[number] if marks is not None else []
        parts = [*_marked(claims, spans, plain=not printer.console.is_terminal)]
        if around.before:
            parts.insert(0, (f"{printable(around.before)} ", "dim"))
        if around.after:
            parts.append((f" {printable(around.after)}", "dim"))
        printer.line(*parts, indent=2)
    if context and finding.timeline:
        printer.console.print()


def _passages(finding: Finding) -> list[list[Claim]]:
    """The sentences that are shown, each with the claims marked in it: of a calculation several may be in one."""
    first = lead(finding)
    if first is not None:
        return [[first.pair.a], [first.pair.b]]
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim in finding.check.claims if finding.check is not None else ():
        found.setdefault((claim.document.id, claim.sentence.start), []).append(claim)
    return list(found.values())


def _shown(claims: Sequence[Claim]) -> str:
    start, end = window(claims[0], length=_SENTENCE)
    return claims[0].document.text[start:end]


def _marked(claims: Sequence[Claim], spans: Sequence[Span], *, plain: bool) -> Iterator[Part]:
    """The sentence in pieces; where no style shows, the compared words stand in brackets."""
    text, sentence = _shown(claims), claims[0].sentence
    start, end = window(claims[0], length=_SENTENCE)
    chosen: list[Span] = []
    for claim in claims:
        first, last = (max(0, min(offset + sentence.start - start, len(text))) for offset in mark(claim))
        chosen.append((first, last))
    edges = sorted({0, len(text), *(edge for span in (*chosen, *spans) for edge in span)})
    if start > sentence.start:
        yield "\u2026", ""
    for left, right in pairwise(edges):
        compared = next(((first, last) for first, last in chosen if first <= left and right <= last), None)
        differs = any(low <= left and right <= high for low, high in spans)
        piece = _squeezed(text[left:right])
        if compared is not None and plain:
            piece = f"{'[' if left == compared[0] else ''}{piece}{']' if right == compared[1] else ''}"
        yield piece, _COMPARED if compared is not None else _DIFFERS if differs else ""
    if end < sentence.end:
        yield "\u2026", ""


def _squeezed(piece: str) -> str:
    """A piece fit for a terminal, with the space that stands at its ends."""
    text = printable(piece)
    if not text:
        return " " if piece else ""
    return f"{' ' if piece[0].isspace() else ''}{text}{' ' if piece[-1].isspace() else ''}"


def _source(claim: Claim) -> list[Part]:
    document = claim.document
    parts = [
        (clip(printable(document.source or document.path), _NAME), "bold"),
        (f", {date_words(document.date)}", ""),
    ]
    if claim.speaker is not None:
        parts.append((f", said by {clip(printable(claim.speaker.name), _NAME)}", ""))
    if document.title:
        parts.append((f"  {clip(printable(document.title), _TITLE)}", "dim"))
    return parts


def _line(statement: Statement) -> list[Part]:
    parts = [
        (f"{date_words(statement.date)}  ", ""),
        (clip(printable(statement.said), _SAID), "bold"),
        (f"  {clip(printable(statement.source or statement.document), _NAME)}", ""),
    ]
    if statement.speaker:
        parts.append((f", said by {clip(printable(statement.speaker), _NAME)}", ""))
    return parts
