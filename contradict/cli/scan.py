"""`contradict scan`: the main job, from files to a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.options import (
    DOCUMENTS,
    RUNNING,
    Arithmetic,
    CalibrationFile,
    Config,
    DateField,
    EncoderName,
    FailsOn,
    IdField,
    IncludeAll,
    Jobs,
    MinScore,
    NliBudget,
    NliName,
    Quiet,
    Since,
    SourceField,
    TextField,
    TitleField,
    Top,
    Until,
    UrlField,
    Within,
)
from contradict.errors import InputError, SettingError

if TYPE_CHECKING:
    from contradict.settings import Settings
    from contradict.types import Relation, Scan

FAILED_ON = 1
REPORT = "report"  # in the folder of an archive


def scan(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Files, folders or globs; - for JSON lines on stdin.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Where the report goes; made if it is missing.",
            show_default="contradict-report, or report in the archive",
        ),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option(
            metavar="ARCHIVE",
            help="Scan what this archive holds, PATH... added to it first.",
            rich_help_panel=DOCUMENTS,
        ),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH|ARCHIVE",
            help="Check PATH... against these articles: only what touches PATH... is found. May be given again.",
            rich_help_panel=DOCUMENTS,
        ),
    ] = None,
    within: Within = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = None,
    include_all: IncludeAll = None,
    arithmetic: Arithmetic = None,
    top: Top = None,
    fail_on: FailsOn = None,
    encoder: EncoderName = None,
    nli: NliName = None,
    nli_budget: NliBudget = None,
    calibration: CalibrationFile = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a scan that was cut off.", rich_help_panel=RUNNING)
    ] = False,
    jobs: Jobs = None,
    config: Config = None,
    quiet: Quiet = False,
    text_field: TextField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    source_field: SourceField = None,
    url_field: UrlField = None,
    id_field: IdField = None,
) -> None:
    """
    Find where the articles in PATH... contradict each other, and write a report.

    Reads .txt, .md, .html, .jsonl, .json, .csv, .tsv and .parquet, and each
    also packed as .gz, .xz, .bz2 or .zst. Writes report.html, findings.jsonl,
    pairs.jsonl, documents.jsonl, pairs.csv and run.json, and prints what to
    look at first.

    Examples:

      contradict scan articles/ -o report

      contradict scan 'feeds/*.jsonl.xz' --since 2023-06 --fail-on contradiction

      contradict scan draft.txt --against articles/

      cat articles.jsonl | contradict scan - --text-field story
    """
    from contradict.cli.archived import Asked, scan_kept
    from contradict.cli.working import scan_files

    asked = Asked.of(context.params)
    if archive is not None:
        if against or resume:
            raise SettingError("--archive goes neither with --against nor with --resume: an archive always goes on")
        result = scan_kept(archive, paths or [], output, asked, quiet=quiet)
        output = output or archive / REPORT
    else:
        if not paths:
            raise SettingError("Missing argument 'PATH...'; name files or folders, or an archive with --archive")
        output = output or Path("contradict-report")
        result = scan_files(paths, output, asked, against=against or [], resume=resume, quiet=quiet)
    judge_result(result, asked.settings, output)


def judge_result(result: Scan, settings: Settings, output: Path) -> None:
    """The exit status of a scan: raises `InputError` where nothing could be read, `typer.Exit` where it is to fail."""
    if not result.collection.documents:
        raise InputError(f"no article could be read; {output / 'run.json'} says why for each that was skipped")
    if settings.fail_on is not None and _lists(result, settings.fail_on):
        raise typer.Exit(FAILED_ON)


def _lists(result: Scan, relation: Relation) -> bool:
    return any(
        relation in (finding.relation, *(verdict.relation for verdict in finding.verdicts))
        for finding in result.findings
    )
