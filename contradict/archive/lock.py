"""One writer at a time: a lock on a file beside the database, which says who holds it and falls with its process."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from contradict.errors import ArchiveError

FILE = "lock"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds the lock of an archive. Raises `ArchiveError` where another process does, naming it."""
    path = folder / FILE
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ArchiveError(f"{folder}: {_holder(path)} is writing to it; wait until it has ended") from error
        file.seek(0)
        file.truncate()
        holder = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat("T", "seconds"),
        }
        json.dump(holder, file)
        file.flush()
        yield


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return f"process {held['process']} on {held['host']}, since {held['since']},"
    except (OSError, ValueError, TypeError, KeyError):
        return "another process"
