"""`contradict scan`: the main job, from files to a report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.environment import prepare_environment
from contradict.cli.output import text_console
from contradict.errors import InputError, SettingError

if TYPE_CHECKING:
    from contradict.documents import Fields
    from contradict.settings import Settings
    from contradict.types import Relation, Scan

DOCUMENTS = "Which articles"
FINDINGS = "Which findings"
FIELDS = "Names of fields in JSON, CSV and Parquet (the usual ones are found without)"
RUNNING = "Running"
FAILED_ON = 1


class FailOn(StrEnum):
    """The relations that a run can be made to fail on."""

    CONTRADICTION = "contradiction"
    UPDATE = "update"


def scan(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders or globs; - for JSON lines on stdin.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where the report goes; made if it is missing.")
    ] = Path("contradict-report"),
    within: Annotated[
        bool | None,
        typer.Option(
            "--within/--no-within",
            help="Compare the sentences of one article with each other, too.",
            rich_help_panel=DOCUMENTS,
            show_default="no-within",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Only articles published on or after this date (YYYY-MM-DD, YYYY-MM, YYYY).",
            rich_help_panel=DOCUMENTS,
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only articles published on or before this date.", rich_help_panel=DOCUMENTS),
    ] = None,
    min_score: Annotated[
        float | None,
        typer.Option(
            metavar="SCORE",
            min=0,
            max=1,
            help="List no pair whose score is lower (0 to 1).",
            rich_help_panel=FINDINGS,
            show_default="0",
        ),
    ] = None,
    include_all: Annotated[
        bool | None,
        typer.Option("--all", help="List agreements and unrelated pairs, too.", rich_help_panel=FINDINGS),
    ] = None,
    arithmetic: Annotated[
        bool | None,
        typer.Option(
            "--arithmetic", help="List the sums, shares and changes that hold, too.", rich_help_panel=FINDINGS
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="How many findings to print; the report has them all.",
            rich_help_panel=FINDINGS,
            show_default="10",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Exit with 1 when a pair of this relation is listed.", rich_help_panel=FINDINGS),
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Another sentence-transformers model than the bundled one, by path or name.",
            rich_help_panel=RUNNING,
        ),
    ] = None,
    nli: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Also compare claims without figures: by 'bundled', or a CrossEncoder by path or name.",
            rich_help_panel=RUNNING,
        ),
    ] = None,
    nli_budget: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="How many pairs of claims without figures to judge, the nearest first; 0 for none.",
            rich_help_panel=RUNNING,
            show_default="20000",
        ),
    ] = None,
    calibration: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What contradict calibrate made of decisions.", rich_help_panel=RUNNING),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=0,
            help="Processor cores to use; 0 for all there are.",
            rich_help_panel=RUNNING,
            show_default="0",
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.toml",
            help="Settings, instead of the nearest contradict.toml or pyproject.toml with \\[tool.contradict].",
            rich_help_panel=RUNNING,
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress on stderr.", rich_help_panel=RUNNING)
    ] = False,
    text_field: Annotated[str | None, typer.Option(metavar="NAME", help="The text.", rich_help_panel=FIELDS)] = None,
    title_field: Annotated[str | None, typer.Option(metavar="NAME", help="The title.", rich_help_panel=FIELDS)] = None,
    date_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The date of publication.", rich_help_panel=FIELDS)
    ] = None,
    source_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The outlet.", rich_help_panel=FIELDS)
    ] = None,
    url_field: Annotated[str | None, typer.Option(metavar="NAME", help="The address.", rich_help_panel=FIELDS)] = None,
    id_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="The identifier.", rich_help_panel=FIELDS)
    ] = None,
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

      cat articles.jsonl | contradict scan - --text-field story
    """
    from contradict.settings import load_settings

    settings = load_settings(
        config,
        {
            "within": within,
            "since": since,
            "until": until,
            "min_score": min_score,
            "include_all": include_all,
            "arithmetic": arithmetic,
            "top": top,
            "fail_on": fail_on,
            "encoder": encoder,
            "nli": nli,
            "nli_budget": nli_budget,
            "calibration": calibration,
            "jobs": jobs,
            "text_field": text_field,
            "title_field": title_field,
            "date_field": date_field,
            "source_field": source_field,
            "url_field": url_field,
            "id_field": id_field,
        },
    )
    prepare_environment(settings.encoder, settings.nli if settings.nli_budget else None, jobs=settings.jobs)
    _check_output(output)
    result = _run(paths, output, settings=settings, quiet=quiet)
    if not result.collection.documents:
        raise InputError(f"no article could be read; {output / 'run.json'} says why for each that was skipped")
    if settings.fail_on is not None and _lists(result, settings.fail_on):
        raise typer.Exit(FAILED_ON)


def _run(paths: Sequence[str], output: Path, *, settings: Settings, quiet: bool) -> Scan:
    from contradict.archive import Archive
    from contradict.calibration import load_calibration
    from contradict.encoders import load_encoder
    from contradict.nli import load_judge
    from contradict.parallel import Workers
    from contradict.pipeline import rules_of, scan_archive
    from contradict.progress import Clock, progress_on_stderr
    from contradict.report import print_summary, write_report

    started = datetime.now(UTC)
    calibration = load_calibration(settings.calibration)
    progress = progress_on_stderr(quiet=quiet)
    clock = Clock()
    with (
        TemporaryDirectory(prefix="contradict-") as work,
        Archive(Path(work) / "archive", writable=True, rules=rules_of(settings, calibration)) as archive,
        Workers(settings.jobs) as workers,
    ):
        with clock("read"):
            archive.add(paths, fields=_fields(settings), exclude=[output], workers=workers, progress=progress)
        result = scan_archive(
            archive,
            settings=settings,
            encoder=load_encoder(settings.encoder, threads=settings.jobs),
            nli=load_judge(settings.nli, threads=settings.jobs) if settings.nli and settings.nli_budget else None,
            calibration=calibration,
            progress=progress,
            workers=workers,
            clock=clock,
        )
    with progress.stage("writing"):
        files = write_report(
            result, output, include_all=settings.include_all, started=started, finished=datetime.now(UTC)
        )
    print_summary(result, text_console(), top=settings.top, report=files["report.html"])
    return result


def _fields(settings: Settings) -> Fields:
    from contradict.documents import Fields

    return Fields(
        text=settings.text_field,
        title=settings.title_field,
        date=settings.date_field,
        source=settings.source_field,
        url=settings.url_field,
        id=settings.id_field,
    )


def _check_output(output: Path) -> None:
    """Raises `SettingError` before the work and not after it where the report could not be written."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"--output: {output}: {error.strerror}; name a folder that can be written") from error
    if not os.access(output, os.W_OK | os.X_OK):
        raise SettingError(f"--output: {output}: not writable; name a folder that can be written")


def _lists(result: Scan, relation: Relation) -> bool:
    return any(
        relation in (finding.relation, *(verdict.relation for verdict in finding.verdicts))
        for finding in result.findings
    )
