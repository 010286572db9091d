"""One writer at a time: a lock on a file beside the database, which says who holds it and falls with its process."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from contradict.errors import ArchiveError, ArchiveHeld

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str], *, shared: bool = False) -> None:
        del shared
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str], *, shared: bool = False) -> None:
        """Locks an open file for as long as it is open. Raises `OSError` where another process has."""
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


FILE = "lock"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds the lock of an archive. Raises `ArchiveHeld` where another process does, naming it."""
    path = folder / FILE
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}; give the archive's folder the rights to write in it") from error
    with file:
        try:
            _take(file)
        except OSError as error:
            holder = holder_of(folder) or "another process"
            raise ArchiveHeld(f"{folder}: {holder} is writing to it; wait until it has ended") from error
        now = datetime.now(UTC).isoformat("T", "seconds")
        try:
            file.seek(0)
            file.truncate()
            json.dump({"process": os.getpid(), "host": socket.gethostname(), "since": now}, file)
            file.flush()
        except OSError as error:
            raise ArchiveError(f"{folder}: cannot be written ({error.strerror}); make room on the disk") from error
        yield


def holder_of(folder: Path) -> str:
    """Who wrote to the archive last, in words; nothing where it did not say."""
    try:
        held = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return f"process {held['process']} on {held['host']}, since {held['since']},"
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def is_held(folder: Path) -> bool:
    """Whether a process writes to the archive now."""
    try:
        with (folder / FILE).open("r", encoding="utf-8") as file:
            _take(file, shared=True)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
