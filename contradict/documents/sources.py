"""Which files a scan reads: files, folders, globs; each once, in a stable order, never out of a folder by its links."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contradict.documents.formats import FORMATS, format_of
from contradict.errors import InputError
from contradict.types import Skipped

OUTPUTS = frozenset(
    """findings.jsonl pairs.jsonl documents.jsonl pairs.csv report.html report.md run.json
    decisions.sqlite decisions.sqlite-wal decisions.sqlite-shm""".split()
)
"""Files that a scan and a review write; a folder that holds `run.json` and `findings.jsonl` is the result of one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, how reports name it, and what identifies it within what was scanned."""

    file: Path
    shown: str
    place: str


def _fixed_part(pattern: str) -> Path:
    """The folder of a pattern before its first wildcard."""
    fixed = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed)


class Walk:
    """Goes over files, folders and globs, and remembers which files it has met."""

    def __init__(self, exclude: Sequence[Path] = ()) -> None:
        self._excluded = {path.resolve() for path in exclude}
        self._read: dict[tuple[int, int] | str, str] = {}

    def expand(self, given: str, *, root: Path | None = None) -> Iterator[Found | Skipped]:
        """The files that a path or a glob names, sorted within each folder, and what is passed over.

        Files are identified as in a scan of the folder `root` where it is given. Raises InputError for a path that is
        not there and a glob that matches nothing.
        """
        if os.path.lexists(given):
            yield from self._path(Path(given), given, root=root)
            return
        if not glob.has_magic(given):
            raise InputError(f"{given}: no such file or folder")
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise InputError(f"{given}: nothing matches; quote the pattern and check the folder")
        root = _fixed_part(given)
        for match in matches:
            yield from self._path(Path(match), match, root=root)

    def _path(self, path: Path, shown: str, *, root: Path | None = None) -> Iterator[Found | Skipped]:
        """A path as given: a folder is read whole; a file must have an ending that is read."""
        if os.path.isdir(path):
            yield from self._folder(path, root or path)
            return
        place = path.relative_to(root).as_posix() if root and path.is_relative_to(root) else path.name
        if self._is_output(path):
            yield Skipped(shown, "written by an earlier scan")
        elif format_of(path) not in FORMATS:
            yield Skipped(shown, f"{_ending(path)}: not a format that is read")
        else:
            yield from self._file(path, shown, place)

    def _folder(self, root: Path, named_from: Path) -> Iterator[Found | Skipped]:
        others: Counter[str] = Counter()
        examples: dict[str, str] = {}
        waiting = [root]
        while waiting:
            folder = waiting.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                yield Skipped(str(folder), f"cannot be opened: {error.strerror}")
                continue
            inner = []
            for entry in entries:
                path = folder / entry.name
                if entry.name.startswith("."):
                    if path.resolve() not in self._excluded:
                        yield Skipped(str(path), "hidden")
                elif os.path.isdir(path):
                    refused = self._refused(path, entry)
                    if refused:
                        yield Skipped(str(path), refused)
                    else:
                        inner.append(path)
                elif self._is_output(path):
                    yield Skipped(str(path), "written by an earlier scan")
                elif format_of(path) not in FORMATS:
                    ending = _ending(path)
                    others[ending] += 1
                    examples.setdefault(ending, path.relative_to(root).as_posix())
                else:
                    yield from self._file(path, str(path), path.relative_to(named_from).as_posix())
            waiting += reversed(inner)
        for ending, count in sorted(others.items()):
            files = "1 file" if count == 1 else f"{count:,} files, the first"
            yield Skipped(str(root), f"{ending}: not a format that is read ({files}: {examples[ending]})", count)

    def _refused(self, path: Path, entry: os.DirEntry[str]) -> str:
        """Why a folder within a folder is not read; "" where it is."""
        if entry.is_symlink():
            return f"a link to the folder {os.readlink(path)}: not followed; name that folder to read it"
        if path.resolve() in self._excluded:
            return "the folder of this scan's results"
        return "the results of an earlier scan" if _holds_results(path) else ""

    def _is_output(self, path: Path) -> bool:
        if path.name not in OUTPUTS:
            return False
        return path.parent.resolve() in self._excluded or _holds_results(path.parent)

    def _file(self, path: Path, shown: str, place: str) -> Iterator[Found | Skipped]:
        try:
            about = path.stat()
        except OSError as error:
            yield Skipped(shown, f"cannot be opened: {error.strerror}")
            return
        if not stat.S_ISREG(about.st_mode):
            yield Skipped(shown, "not a regular file; pipe JSON lines in with -")
            return
        key = (about.st_dev, about.st_ino) if about.st_ino else str(path.resolve())
        if key not in self._read:
            self._read[key] = shown
            yield Found(path, shown, place)
        elif self._read[key] != shown:
            yield Skipped(shown, f"the same file as {self._read[key]}")


def _holds_results(folder: Path) -> bool:
    return (folder / "run.json").is_file() and (folder / "findings.jsonl").is_file()


def _ending(path: Path) -> str:
    return f"files ending in {path.suffix.lower()}" if path.suffix else "files without an ending"
