"""Files written as a set: either all of them are replaced by the new ones, or the old ones stay as they were."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from contradict.errors import SettingError

_BUFFER = 1 << 20


def write_together(directory: Path, contents: Mapping[str, Iterable[str]]) -> dict[str, Path]:
    """Writes each named text as UTF-8 beside its place, to the disk, and only then moves all of them into place.

    Raises `SettingError` where the directory cannot be made or written.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, chunks in contents.items():
            target = directory / name
            stream, beside = _open_beside(target)
            waiting.append((beside, target))
            with stream:
                for chunk in chunks:
                    stream.write(chunk.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
        for beside, target in waiting:
            beside.replace(target)
        _sync(directory)
    except OSError as error:
        why = error.strerror or str(error)
        raise SettingError(f"{directory}: the report cannot be written there ({why}); name another with -o") from error
    finally:
        for beside, _ in waiting:
            with suppress(FileNotFoundError):
                beside.unlink()
    return {name: directory / name for name in contents}


def _open_beside(target: Path) -> tuple[BinaryIO, Path]:
    """A new file in the same directory, with the usual permissions (`tempfile` would hide it from other readers)."""
    attempt = 0
    while True:
        beside = target.with_name(f".{target.name}.{os.getpid()}-{attempt}.tmp")
        try:
            return beside.open("xb", buffering=_BUFFER), beside
        except FileExistsError:
            attempt += 1


def _sync(directory: Path) -> None:
    """Brings the moves themselves to the disk, where the system can open a directory (Windows cannot)."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
