"""What the commands that work on an archive share: how it is opened, by which rules, and what is run over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contradict.cli.environment import prepare_environment
from contradict.cli.output import say, text_console
from contradict.errors import ArchiveHeld, InputError, SettingError
from contradict.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from contradict.archive import Archive, Rules
    from contradict.calibration import Calibration
    from contradict.documents import Fields
    from contradict.encoders import Encoder
    from contradict.parallel import Workers
    from contradict.progress import Clock, Progress
    from contradict.types import Scan

# Rules of an archive, and the settings by which they are asked for.
_ASKED = {"within": "within", "neighbours": "neighbours", "all_relations": "include_all", "encoder": "encoder"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The settings of a run, and which of them stood on the command line."""

    settings: Settings
    given: frozenset[str]

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Asked:
        """Of the parameters of a command: those called as a setting is, over what the file `config` says."""
        from contradict.settings import load_settings

        names = {field.name for field in fields(Settings)} - {"config"}
        options = {name: value for name, value in parameters.items() if name in names}
        given = frozenset(name for name, value in options.items() if value is not None)
        return cls(load_settings(parameters["config"], options), given)

    @property
    def rules(self) -> Rules:
        """Those that an archive is made with: it keeps all articles, whatever period is asked for now."""
        from contradict.archive import Rules

        settings, encoder = self.settings, self.settings.encoder
        if encoder is not None and Path(encoder).exists():
            encoder = str(Path(encoder).resolve())  # an archive is used from any folder
        return Rules(
            within=settings.within,
            neighbours=settings.neighbours,
            all_relations=settings.include_all,
            encoder=encoder,
        )

    @property
    def fixed(self) -> frozenset[str]:
        """The rules that were asked for, on the command line or in a file, and that an archive must have."""
        usual = {field.name: field.default for field in fields(Settings)}
        return frozenset(
            rule
            for rule, name in _ASKED.items()
            if rule != "all_relations" and (name in self.given or getattr(self.settings, name) != usual[name])
        )

    @property
    def fields(self) -> Fields:
        from contradict.documents import Fields

        settings = self.settings
        return Fields(
            text=settings.text_field,
            title=settings.title_field,
            date=settings.date_field,
            source=settings.source_field,
            url=settings.url_field,
            id=settings.id_field,
        )

    def encoder(self, archive: Archive) -> Encoder:
        """The encoder that an archive was made with."""
        from contradict.encoders import load_encoder

        name = archive.rules.encoder
        prepare_environment(name, self.settings.nli if self.settings.nli_budget else None, jobs=self.settings.jobs)
        return load_encoder(name, threads=self.settings.jobs)


def prepared(asked: Asked) -> None:
    """The environment of the libraries, before any of them is loaded."""
    from contradict.parallel import collect_seldom

    settings = asked.settings
    prepare_environment(settings.encoder, settings.nli if settings.nli_budget else None, jobs=settings.jobs)
    collect_seldom()


def check_relations(archive: Archive, settings: Settings) -> None:
    """Raises `SettingError` where more is to be listed than an archive keeps."""
    from contradict.types import LISTED

    if not archive.rules.all_relations and not settings.listed <= LISTED:
        asked = "--all" if settings.include_all else "the setting relations"
        raise SettingError(
            f"{asked}: {archive.folder} keeps contradictions and updates only; leave it away, or make another archive "
            "with 'contradict archive add --all'"
        )


def check_is_archive(folder: Path) -> None:
    """Raises `InputError` where there is no archive in a folder."""
    from contradict.archive import is_archive

    if not folder.exists():
        raise InputError(f"{folder}: no such folder; make an archive with 'contradict archive add {folder} PATH...'")
    if not is_archive(folder):
        raise InputError(f"{folder}: not an archive; make one with 'contradict archive add ARCHIVE PATH...'")


@contextmanager
def opened(folder: Path, asked: Asked, *, reading: bool) -> Iterator[Archive]:
    """The archive in a folder for writing, or, where another process writes to it and only `reading` is needed, as it
    stands; that is said."""
    from contradict.archive import Archive

    try:
        archive = Archive(folder, writable=True, rules=asked.rules, fixed=asked.fixed)
    except ArchiveHeld as held:
        if not reading:
            raise
        archive = Archive(folder, rules=asked.rules, fixed=asked.fixed)
        say(f"{str(held).partition(';')[0]}; this tells what it had settled by now")
    with archive:
        yield archive


def scanned(
    archive: Archive,
    asked: Asked,
    *,
    progress: Progress,
    workers: Workers,
    clock: Clock,
    calibration: Calibration | None = None,
    touching: Set[str] | None = None,
    encoder: Encoder | None = None,
) -> Scan:
    """The result of a scan of an archive."""
    from contradict.nli import load_judge
    from contradict.pipeline import scan_archive

    settings = asked.settings
    nli = load_judge(settings.nli, threads=settings.jobs) if settings.nli and settings.nli_budget else None
    return scan_archive(
        archive,
        settings=settings,
        encoder=encoder or asked.encoder(archive),
        nli=nli,
        calibration=calibration,
        progress=progress,
        workers=workers,
        clock=clock,
        touching=touching,
    )


def write(result: Scan, output: Path, asked: Asked, *, started: datetime, progress: Progress) -> Path:
    """Writes the report; where the page lies."""
    from contradict.report import write_report

    with progress.stage("writing"):
        return write_report(
            result, output, include_all=asked.settings.include_all, started=started, finished=datetime.now(UTC)
        )["report.html"]


def tell(result: Scan, report: Path, asked: Asked) -> None:
    """Prints the summary of a scan whose report is written."""
    from contradict.report import print_summary

    print_summary(result, text_console(), top=asked.settings.top, report=report)


def scan_kept(folder: Path, paths: Sequence[str], output: Path | None, asked: Asked, *, quiet: bool) -> Scan:
    """Scans an archive, to which `paths` are added first, and writes the report."""
    from contradict.archive import REPORT
    from contradict.calibration import load_calibration
    from contradict.parallel import Workers
    from contradict.progress import Clock, progress_on_stderr

    started = datetime.now(UTC)
    settings = asked.settings
    if not paths:
        check_is_archive(folder)
    output = output or folder / REPORT
    prepared(asked)
    calibration = load_calibration(settings.calibration)
    progress, clock = progress_on_stderr(quiet=quiet), Clock()
    with opened(folder, asked, reading=not paths) as archive, Workers(settings.jobs) as workers:
        check_relations(archive, settings)
        check_output(output)
        if calibration is not None and not archive.rules.all_relations:
            say(f"{folder} keeps contradictions and updates only: --calibration adds none that the head alone misses")
        if paths:
            with clock("read"):
                archive.add(paths, fields=asked.fields, exclude=[output], workers=workers, progress=progress)
        result = scanned(archive, asked, progress=progress, workers=workers, clock=clock, calibration=calibration)
    tell(result, write(result, output, asked, started=started, progress=progress), asked)
    return result


def check_output(output: Path) -> None:
    """Raises `SettingError` before the work and not after it where the report could not be written."""
    import os

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"--output: {output}: {error.strerror}; name a folder that can be written") from error
    if not os.access(output, os.W_OK | os.X_OK):
        raise SettingError(f"--output: {output}: not writable; name a folder that can be written")
