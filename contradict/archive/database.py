"""The database file of an archive: opened, written in whole steps, and never left half written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from contradict.archive.schema import DERIVED, FILE, connect
from contradict.errors import ArchiveError


class Database:
    """An open archive. One thread uses it; `transaction` makes what is written within it one step."""

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        """Raises `ArchiveError` where there is none to read, or it cannot be used."""
        self.folder = folder
        path = folder / FILE
        if not writable and not path.is_file():
            raise ArchiveError(f"{folder}: no archive; make one with 'contradict archive add {folder} PATH...'")
        self._connection = connect(path, writable=writable)

    def hold_still(self) -> None:
        """From now on reads what was committed by now, whatever another process writes."""
        self._connection.execute("BEGIN")
        self.meta("rules")  # a transaction begins with its first read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within, or nothing of it."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            raise self._failed(error) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        with suppress(sqlite3.Error):  # on a full disk SQLite has done it already, or does when it is opened again
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _failed(self, error: sqlite3.Error) -> ArchiveError:
        return ArchiveError(
            f"{self.folder}: cannot be used ({error}); what was done so far is kept: mend that, and run again"
        )

    def _rows(self, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def meta(self, key: str) -> str | None:
        row = self._rows("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        self._rows(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
        )

    def count(self, table: str) -> int:
        """How many records a table of the schema has."""
        (number,) = self._rows(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # a name of our own
        return int(number)

    def clear(self, tables: Sequence[str] = DERIVED) -> None:
        """Forgets what can be made again."""
        for table in tables:
            self._rows(f"DELETE FROM {table}")  # noqa: S608  # names of our own

    def vacuum(self) -> None:
        self._rows("VACUUM")
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, folder: Path) -> None:
        """Writes all that is committed into a database of its own in `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            copy = sqlite3.connect(folder / FILE, isolation_level=None)
            try:
                self._connection.backup(copy)
            finally:
                copy.close()
        except sqlite3.Error as error:
            raise ArchiveError(f"{folder}: no copy of {self.folder} can be made ({error}); make room there") from error
