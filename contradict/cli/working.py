"""A scan of files: its working archive lies beside the report, so that a run which was cut off can be gone on with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contradict.cli.archived import Asked, check_output, check_relations, prepared, scanned, tell, write
from contradict.cli.output import say
from contradict.errors import ContradictError, SettingError
from contradict.types import Skipped

if TYPE_CHECKING:
    from contradict.archive import Archive, Rules
    from contradict.calibration import Calibration
    from contradict.parallel import Workers
    from contradict.progress import Progress
    from contradict.types import Scan

WORK = ".contradict-work"


def scan_files(
    paths: Sequence[str], output: Path, asked: Asked, *, against: Sequence[str], resume: bool, quiet: bool
) -> Scan:
    """Scans files and writes the report; of drafts `against` others, what touches the drafts."""
    from contradict.calibration import load_calibration
    from contradict.parallel import Workers
    from contradict.progress import Clock, progress_on_stderr

    started = datetime.now(UTC)
    settings = asked.settings
    prepared(asked)
    check_output(output)
    calibration = load_calibration(settings.calibration)
    progress, clock = progress_on_stderr(quiet=quiet), Clock()
    with (
        _working(output, paths, against, asked, calibration, resume=resume) as archive,
        Workers(settings.jobs) as workers,
    ):
        check_relations(archive, settings)
        with clock("read"):
            touching, notes = _read(archive, paths, against, output, asked, workers, progress)
        result = scanned(
            archive, asked, progress=progress, workers=workers, clock=clock, calibration=calibration, touching=touching
        )
        if notes:
            result = replace(result, collection=replace(result.collection, notes=(*result.collection.notes, *notes)))
        report = write(result, output, asked, started=started, progress=progress)
    tell(result, report, asked)
    return result


@contextmanager
def _working(
    output: Path,
    paths: Sequence[str],
    against: Sequence[str],
    asked: Asked,
    calibration: Calibration | None,
    *,
    resume: bool,
) -> Iterator[Archive]:
    """The working archive of a run, taken away when the run has ended well or had not begun to read.

    Raises `SettingError` where `resume` is to go on with a run of other articles or other rules.
    """
    from contradict.archive import Archive, is_archive
    from contradict.pipeline import rules_of

    folder = output / WORK
    kept = _archive_among(against)
    rules = None if kept is not None else rules_of(asked.settings, calibration)
    run = json.dumps({"paths": list(paths), "against": list(against), "fields": asdict(asked.fields)}, sort_keys=True)
    if folder.exists() and (not resume or kept is not None or not is_archive(folder)):
        _clear(folder)
    if kept is not None:
        with Archive(kept, rules=asked.rules, fixed=asked.fixed) as source:
            source.copy_to(folder)
    with Archive(folder, writable=True, rules=rules, fixed=()) as archive:
        _check_same(archive, rules, run)
        archive.put_note("run", run)
        begun = True
        try:
            yield archive
        except KeyboardInterrupt:
            say(f"what was done is kept in {folder}: the same command with --resume goes on with it")
            raise
        except ContradictError:
            begun = archive.documents > 0
            raise
        finally:
            if not begun:
                shutil.rmtree(folder)
    _clear(folder)


def _check_same(archive: Archive, rules: Rules | None, run: str) -> None:
    """Raises `SettingError` where what an archive was left by is another run."""
    if rules is not None and (archive.rules != rules or archive.note("run") not in (None, run)):
        raise SettingError(
            f"--resume: {archive.folder} was left by a scan of other articles or with other options; give the same "
            "ones, or leave --resume away to start anew"
        )


def _archive_among(against: Sequence[str]) -> Path | None:
    """The archive that drafts are checked against, if one is. Raises `SettingError` for two."""
    from contradict.archive import is_archive

    archives = [Path(each) for each in against if is_archive(Path(each))]
    if len(archives) > 1:
        raise SettingError(
            f"--against: {archives[0]} and {archives[1]} are both archives; name one, and files beside it"
        )
    return archives[0] if archives else None


def _clear(folder: Path) -> None:
    """Takes a working archive away. Raises `ArchiveHeld` where another run works in it."""
    from contradict.archive.lock import writing

    with writing(folder):
        shutil.rmtree(folder)


def _read(
    archive: Archive,
    paths: Sequence[str],
    against: Sequence[str],
    output: Path,
    asked: Asked,
    workers: Workers,
    progress: Progress,
) -> tuple[frozenset[str] | None, tuple[Skipped, ...]]:
    """Reads all articles; the ids of the drafts where there is something to check them against, and what to know of
    them."""
    kept = _archive_among(against)
    others = [each for each in against if kept is None or Path(each) != kept]
    met: set[int] = set()
    if others:
        met |= archive.add(others, fields=asked.fields, exclude=[output], workers=workers, progress=progress).met
    drafts = archive.add(
        paths, fields=asked.fields, exclude=[output], workers=workers, progress=progress, replacing=not against
    ).met
    if kept is None:
        archive.keep_only(met | drafts)
    if not against:
        return None, ()
    copies, ids, where = archive.copies_of(drafts), archive.ids_of(drafts), archive.paths_of(drafts)
    notes = tuple(
        Skipped(where[number], f"a copy of {original}, which it is compared as")
        for number, original in sorted(copies.items())
    )
    return frozenset(copies.get(number, own) for number, own in ids.items()), notes
