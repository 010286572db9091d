"""`contradict show`: findings of a report as text."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.output import print_record, records_on_stdout, text_console, write_out
from contradict.errors import InputError

if TYPE_CHECKING:
    from contradict.types import Finding


class ShowFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def show(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a report, as scan -o named it.")],
    finding: Annotated[
        str | None, typer.Argument(metavar="ID", help="One finding whole, by its id or how it begins.")
    ] = None,
    form: Annotated[
        ShowFormat, typer.Option("--format", help="For people, as lines of JSON, or as a brief.")
    ] = ShowFormat.TEXT,
) -> None:
    """
    Print the findings of a report, with the parts that differ marked.

    Examples:

      contradict show report | less

      contradict show report 8aa4 --format markdown
    """
    from contradict.report import findings_markdown, read_report
    from contradict.report.showing import finding_with_pairs, print_finding, print_findings

    report = read_report(directory)
    findings = report.findings if finding is None else [_named(report.findings, finding, directory)]
    records_on_stdout()
    if form is ShowFormat.JSON:
        for each in findings:
            print_record(finding_with_pairs(each))
    elif form is ShowFormat.MARKDOWN:
        write_out(findings_markdown(findings).rstrip("\n"))
    elif finding is not None:
        print_finding(findings[0], text_console())
    else:
        print_findings(findings, text_console())


def _named(findings: Sequence[Finding], name: str, directory: Path) -> Finding:
    """The finding of that id, or the only one whose id begins so. Raises `InputError`."""
    found = [each for each in findings if each.id == name] or [each for each in findings if each.id.startswith(name)]
    if not found:
        raise InputError(f"{directory}: no finding {name!r}; contradict show {directory} lists them with their ids")
    if len(found) > 1:
        raise InputError(f"{name!r} begins the ids of {len(found)} findings; give more of it, as {found[0].id}")
    return found[0]
