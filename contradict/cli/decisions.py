"""`contradict decisions`: the decisions of a review, out of a report's folder and into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.inputs import open_lines
from contradict.cli.output import records_on_stdout, say, write_out
from contradict.errors import InputError, SettingError

if TYPE_CHECKING:
    from contradict.review.records import Decision

MOST_NAMED = 20  # bad lines that are told one by one; the others are counted

decisions = typer.Typer(
    name="decisions",
    help="Take the decisions of a review out of a report's folder, or bring others in.",
    no_args_is_help=True,
)


class Format(StrEnum):
    """What decisions are written as."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    CLAIMREVIEW = "claimreview"
    SARIF = "sarif"


@decisions.command("export")
def export_decisions(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a report.")],
    form: Annotated[
        Format, typer.Option("--format", help="JSON lines to import elsewhere, or what others read.")
    ] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write.", show_default="stdout")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Only this reviewer's decisions.")] = None,
) -> None:
    """
    Write the decisions on a report.

    jsonl is the whole log, which import and evaluate read; csv a table of what
    holds now; markdown a brief for an editor; claimreview schema.org's JSON-LD
    of the contradictions; sarif SARIF 2.1.0, what was dismissed suppressed.

    Example: contradict decisions export report --format markdown -o brief.md
    """
    from contradict.report.files import write_together
    from contradict.report.loading import read_report
    from contradict.review.exchange import Format as Written
    from contradict.review.exchange import export
    from contradict.review.matching import Matcher
    from contradict.review.state import present

    report = read_report(directory)
    log = _log(directory, reviewer)
    state = present(log, Matcher(report), today=datetime.now(UTC).date())
    pieces = export(report, log, state, form=Written(form.value))
    if output is not None:
        write_together(output.parent, {output.name: pieces})
        say(f"{output}: written")
        return
    records_on_stdout()
    write_out("".join(pieces).removesuffix("\n"))


@decisions.command("import")
def import_decisions(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a report.")],
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="JSON lines from a report.html or an export; - for stdin."),
    ],
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose decisions these are, whatever the file says.")
    ] = None,
) -> None:
    """
    Bring in decisions made elsewhere: downloaded from a report.html, or another reviewer's.

    What is there already, by its id, is left; lines that cannot be used are
    named, counted and left out.

    Example: contradict decisions import report kari.jsonl --reviewer Kari
    """
    from dataclasses import replace

    from contradict.report.loading import read_report
    from contradict.review.exchange import completed, read_decisions
    from contradict.review.records import read_name
    from contradict.review.store import NAME, Store

    try:
        name = read_name(reviewer) if reviewer is not None else None
    except ValueError as error:
        raise SettingError(f"--reviewer: {error}") from error
    with open_lines(file) as (shown, lines):
        read, faults = read_decisions(lines, name=shown, now=datetime.now(UTC))
    _tell(faults)
    if faults and not read:
        raise InputError(f"{shown}: no line holds a decision; export them as jsonl")
    report = read_report(directory)
    findings = {finding.id: finding for finding in report.findings}
    made = [completed(each, report, findings) for each in read]
    made = [replace(each, reviewer=name) if name is not None else each for each in made]
    with Store(directory / NAME) as store:
        added = store.add(made)
    known = f", {len(made) - added:,} were there already" if added < len(made) else ""
    left = f", {len(faults):,} bad lines left out" if faults else ""
    say(f"{added:,} decisions brought in{known}{left}")


def _log(directory: Path, reviewer: str | None) -> list[Decision]:
    """The log of a folder, or of one reviewer in it; where none has been made, none is made now."""
    from contradict.review.store import NAME, Store

    path = directory / NAME
    if not path.is_file():
        records: Sequence[Decision] = ()
    else:
        with Store(path) as store:
            records = store.log()
    log = [each for each in records if reviewer in (None, each.reviewer)]
    if reviewer is not None and not log:
        names = ", ".join(sorted({each.reviewer for each in records})) or "nobody"
        raise InputError(f"--reviewer: {reviewer} decided nothing here; decisions are there by {names}")
    return log


def _tell(faults: Sequence[str]) -> None:
    for fault in faults[:MOST_NAMED]:
        say(fault)
    if len(faults) > MOST_NAMED:
        say(f"{len(faults) - MOST_NAMED:,} more bad lines")
