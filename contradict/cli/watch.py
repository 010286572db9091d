"""`contradict watch`: a folder into which articles come, each checked against an archive as soon as it is there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.options import (
    RUNNING,
    Config,
    DateField,
    IdField,
    Jobs,
    MinScore,
    Quiet,
    SourceField,
    TextField,
    TitleField,
    UrlField,
)
from contradict.cli.output import say, text_console
from contradict.errors import ArchiveError, InputError

if TYPE_CHECKING:
    from contradict.archive import Archive
    from contradict.cli.archived import Asked
    from contradict.encoders import Encoder
    from contradict.parallel import Workers
    from contradict.progress import Progress
    from contradict.types import Finding

Look = dict[str, tuple[int, int]]
"""Size and time of the last change, in nanoseconds, of each file in the folder."""


def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder into which articles come.")],
    archive: Annotated[
        Path, typer.Option(metavar="ARCHIVE", help="The archive that they are added to, made if it is not there.")
    ],
    interval: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0, help="How long to wait between two looks.", rich_help_panel=RUNNING),
    ] = 10.0,
    once: Annotated[
        bool, typer.Option("--once", help="Two looks, and an end: for cron.", rich_help_panel=RUNNING)
    ] = False,
    min_score: MinScore = None,
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
    Add the articles that come into FOLDER to ARCHIVE, and print what is found
    of them, once each; Ctrl-C ends it.

    A file is read when it has stayed the same from one look to the next.

    Example: contradict watch feeds/ --archive news/
    """
    from contradict.cli.archived import Asked, opened, prepared
    from contradict.parallel import Workers
    from contradict.progress import progress_on_stderr

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name the one into which articles come")
    asked = Asked.of(context.params)
    prepared(asked)
    with (
        suppress(KeyboardInterrupt),  # the way to end it
        opened(archive, asked, reading=False) as kept,
        Workers(asked.settings.jobs) as workers,
    ):
        watcher = Watcher(folder, kept, asked, workers, progress_on_stderr(quiet=quiet), quiet=quiet)
        watcher.look()
        if not quiet and not once:
            say(f"watching {folder}, every {interval:g} seconds (Ctrl-C ends it)")
        while True:
            time.sleep(interval)
            watcher.look()
            if once:
                break


class Watcher:
    """Looks at a folder again and again."""

    def __init__(
        self,
        folder: Path,
        archive: Archive,
        asked: Asked,
        workers: Workers,
        progress: Progress,
        *,
        quiet: bool,
    ) -> None:
        self._folder, self._archive, self._asked = folder, archive, asked
        self._workers, self._progress, self._quiet = workers, progress, quiet
        self._encoder: Encoder | None = None
        self._before: Look | None = None
        self._printed = 0

    def look(self) -> None:
        """One look: what has stayed as it was at the last one is read, and what is found of it printed."""
        now = look_at(self._folder, self._archive.folder)
        before, self._before = self._before, now
        known = self._archive.files()
        if before is not None:
            ready = {path: seen for path, seen in now.items() if before.get(path) == seen != known.get(path)}
            for path, (size, changed) in ready.items():
                self._read(path)
                self._archive.put_file(path, size, changed)
        waiting = self._archive.unreported()
        if waiting:
            self._report(waiting)

    def _read(self, path: str) -> None:
        """Adds the articles of a file; whatever is wrong with it is told, and ends nothing."""
        try:
            self._archive.add(
                [path], fields=self._asked.fields, workers=self._workers, progress=self._progress,
                root=self._folder, watched=True,
            )  # fmt: skip
        except ArchiveError:
            raise
        except Exception as error:  # a file that is gone again, or that a reader fails on in ways of its own
            say(f"{path}: not read: {error}")
            return
        for loss in self._archive.skipped(path):
            say(f"{loss.path}: not read: {loss.reason}")

    def _report(self, numbers: frozenset[int]) -> None:
        """Prints what is found of these documents and was not printed before."""
        from contradict.cli.archived import scanned
        from contradict.progress import Clock
        from contradict.report import print_found
        from contradict.report.words import count_words

        if self._encoder is None:
            self._encoder = self._asked.encoder(self._archive)
        touching = frozenset(self._archive.ids_of(numbers).values())
        result = scanned(
            self._archive, self._asked, progress=self._progress, workers=self._workers, clock=Clock(),
            touching=touching, encoder=self._encoder,
        )  # fmt: skip
        reported = self._archive.reported()
        new: list[Finding] = [finding for finding in result.findings if finding.id not in reported]
        if not self._quiet:
            say(f"{len(numbers):,} new or changed, {count_words(len(new), 'new finding')}")
        print_found(new, text_console(), first=self._printed + 1)
        self._printed += len(new)
        self._archive.put_reported(numbers, [finding.id for finding in new])


def look_at(folder: Path, archive: Path) -> Look:
    """The files in a folder that are read, as they are now."""
    return dict(_seen(folder, archive))


def _seen(folder: Path, archive: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    from contradict.documents.sources import Found, Walk

    for found in Walk([archive]).expand(str(folder)):
        if isinstance(found, Found):
            with suppress(OSError):  # gone since
                about = found.file.stat()
                yield found.shown, (about.st_size, about.st_mtime_ns)
