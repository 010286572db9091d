"""`contradict archive`: articles kept on disk, to which more are added as they come."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.options import (
    Archived,
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
from contradict.cli.output import print_record, records_on_stdout, write_out
from contradict.errors import InputError

if TYPE_CHECKING:
    from contradict.archive import Status

archive = typer.Typer(
    name="archive",
    help="Keep articles in an archive, add those that come, and scan it: each is read and compared once.",
    no_args_is_help=True,
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders or globs; - for JSON lines on stdin.")]


@archive.command("add")
def add_articles(
    context: typer.Context,
    folder: Archived,
    paths: Paths,
    within: Within = None,
    include_all: Annotated[bool | None, typer.Option("--all", help="Keep agreements and unrelated pairs, too.")] = None,
    encoder: EncoderName = None,
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
    Add the articles in PATH... to ARCHIVE, made if it is not there.

    Only what is new or has changed is read, and compared with all that is
    there. --within, --all and --encoder are fixed when it is made. Cut off, run
    it again: it goes on where it was.

    Example: contradict archive add news/ today.jsonl
    """
    from contradict.cli.archived import Asked, check_relations, opened, prepared
    from contradict.parallel import Workers
    from contradict.progress import progress_on_stderr

    started = time.monotonic()
    asked = Asked.of(context.params)
    prepared(asked)
    progress = progress_on_stderr(quiet=quiet)
    with opened(folder, asked, reading=False) as kept, Workers(asked.settings.jobs) as workers:
        check_relations(kept, asked.settings)
        added = kept.add(paths, fields=asked.fields, workers=workers, progress=progress)
        counts = kept.settle(asked.encoder(kept), workers=workers, progress=progress)
        copies = len(kept.copies_of(added.numbers))
        if not kept.documents:
            raise InputError(f"no article could be read; contradict archive status {folder} says why")
    write_out(
        f"{added.new:,} new, {added.changed:,} changed, {added.unchanged:,} unchanged, "
        f"{_counted(copies, 'copy', 'copies')} among them, {counts['pairs read']:,} pairs read, "
        f"{time.monotonic() - started:.1f} seconds"
    )


@archive.command("scan")
def scan_archived(
    context: typer.Context,
    folder: Archived,
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Articles that are added first.")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Where the report goes.", show_default="report in the archive"
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    min_score: MinScore = None,
    include_all: IncludeAll = None,
    arithmetic: Arithmetic = None,
    top: Top = None,
    fail_on: FailsOn = None,
    nli: NliName = None,
    nli_budget: NliBudget = None,
    calibration: CalibrationFile = None,
    jobs: Jobs = None,
    config: Config = None,
    quiet: Quiet = False,
) -> None:
    """
    Find where the articles in ARCHIVE contradict each other, and write a report.

    The same as contradict scan --archive ARCHIVE. The report lies in
    ARCHIVE/report, so that decisions of contradict review outlive the scans.

    Example: contradict archive scan news/ --since 2023-06
    """
    from contradict.archive import REPORT
    from contradict.cli.archived import Asked, scan_kept
    from contradict.cli.scan import judge_result

    asked = Asked.of(context.params)
    result = scan_kept(folder, paths or [], output, asked, quiet=quiet)
    judge_result(result, asked.settings, output or folder / REPORT)


@archive.command("status")
def tell_status(
    folder: Archived,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON, for programs.")] = False,
) -> None:
    """
    Say what ARCHIVE holds, what waits to be done, and who writes to it.
    """
    from contradict.archive import Archive
    from contradict.archive.lock import holder_of, is_held
    from contradict.cli.archived import check_is_archive

    check_is_archive(folder)
    with Archive(folder) as kept:
        status = kept.status()
        skipped = kept.skipped()
    writer = holder_of(folder).rstrip(",") or "another process" if is_held(folder) else None
    records_on_stdout()
    if as_json:
        losses = [{"path": each.path, "reason": each.reason, "count": each.count} for each in skipped]
        print_record({"archive": str(folder), **asdict(status), "skipped": losses, "writer": writer})
        return
    for line in _lines(folder, status, writer):
        write_out(line)
    for each in skipped[:MOST_SKIPPED]:
        write_out(f"not read: {each.path}: {each.reason}")
    if len(skipped) > MOST_SKIPPED:
        write_out(f"not read: {len(skipped) - MOST_SKIPPED:,} more; --json has them all")


MOST_SKIPPED = 20  # losses that are told one by one


def _lines(folder: Path, status: Status, writer: str | None) -> list[str]:
    rules = status.rules
    waiting = [
        _counted(count, one, many)
        for count, one, many in (
            (status.to_read, "article to read", "articles to read"),
            (status.to_judge, "lot of pairs to judge", "lots of pairs to judge"),
        )
        if count
    ]
    told = [
        "within articles, too" if rules.within else "between articles",
        f"{rules.neighbours} neighbours a claim",
        "all relations" if rules.all_relations else "contradictions and updates",
        f"encoder {rules.encoder or 'bundled'}",
    ]
    return [
        f"{folder}: {_counted(status.articles, 'article', 'articles')}, {status.copies:,} of them copies; "
        f"{_counted(status.revisions, 'earlier version', 'earlier versions')} of those that were changed",
        f"compared: {', '.join(told)}",
        f"waiting: {', '.join(waiting) + '; contradict archive scan does it' if waiting else 'nothing'}",
        f"size: {status.bytes:,} bytes, format {status.format}",
        f"written to: {f'by {writer}' if writer else 'by nobody now'}",
    ]


@archive.command("remove")
def remove_articles(
    folder: Archived,
    named: Annotated[
        list[str], typer.Argument(metavar="ID|PATH", help="Ids of articles, files, or folders with all in them.")
    ],
) -> None:
    """
    Take articles out of ARCHIVE, by id, file or folder.

    What is left is as if they had never been added.

    Example: contradict archive remove news/ feeds/old.jsonl
    """
    from contradict.archive import Archive
    from contradict.cli.archived import check_is_archive

    check_is_archive(folder)
    with Archive(folder, writable=True) as kept:
        gone = kept.remove(named)
    if not gone:
        raise InputError(f"{folder}: holds nothing of {', '.join(named)}; ids and paths stand in its report")
    write_out(f"{_counted(len(gone), 'article', 'articles')} removed")


@archive.command("compact")
def compact_archive(folder: Archived) -> None:
    """
    Give back the space of what ARCHIVE does not need any more.
    """
    from contradict.archive import Archive
    from contradict.cli.archived import check_is_archive

    check_is_archive(folder)
    with Archive(folder, writable=True) as kept:
        before, after = kept.compact()
    write_out(f"{before:,} bytes before, {after:,} bytes after")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
