"""The log of decisions: one SQLite file beside the report, to which records are only ever added.

A decision is acknowledged once it is on the disk (WAL, `synchronous=FULL`), so that a killed process or a power cut
loses none. Triggers forbid changing or deleting a record. Several processes may have the file open.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from contradict.errors import InputError, SettingError
from contradict.report.escaping import json_line
from contradict.review.records import Decision, read_decision, stamp

NAME = "decisions.sqlite"
VERSION = 1
MAX_VIEWS = 200
_APPLICATION = 0x436F4E74  # marks the file as ours: "CoNt"
_MAGIC = b"SQLite format 3\0"
_WAIT = 30.0  # seconds for which a writer waits for another one
_SCHEMA = """
CREATE TABLE decisions (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    finding TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_reviewer ON decisions (reviewer, at, place);
CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
CREATE TRIGGER decisions_are_not_deleted BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END;
CREATE TABLE views (name TEXT PRIMARY KEY, query TEXT NOT NULL) STRICT;
CREATE TABLE runs (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, findings TEXT NOT NULL) STRICT;
"""

Clock = Callable[[], datetime]


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class View:
    """A saved set of filters: its name, and the query string that the page has for them."""

    name: str
    query: str


class Store:
    """The log of one report. Every method is one transaction; any thread may call it."""

    def __init__(self, path: Path, *, clock: Clock = now) -> None:
        """Opens the file, or makes it. Raises `SettingError` where that cannot be, or its format is a newer one."""
        self.path = path
        self._clock = clock
        self._lock = threading.RLock()
        self._known: list[Decision] = []
        self._read_up_to = 0
        _look(path)
        try:
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            self._prepare()
        except sqlite3.Error as error:
            raise SettingError(f"{path}: cannot be used as a log of decisions ({error}); move it aside") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def append(self, draft: Callable[[Sequence[Decision], str, str], Decision]) -> Decision:
        """Adds the record that `draft` makes of the log so far, a new id and the present time; then it is on the disk.

        A record of the log that `draft` answers with is not added again.
        The time is later than that of any record before it by the same reviewer, even where the clock was put back.
        """
        with self._writing():
            log = self._log()
            made = draft(log, str(uuid.uuid4()), stamp(self._clock()))
            if any(made is each for each in log):
                return made  # it was sent twice, and is there
            last = max((each.at for each in log if each.reviewer == made.reviewer), default="")
            if made.at <= last:
                made = replace(made, at=stamp(datetime.fromisoformat(last) + timedelta(microseconds=1)))
            self._insert(made)
            return made

    def add(self, decisions: Iterable[Decision]) -> int:
        """Adds records that were made elsewhere, all or none; those whose id is there already are left. How many."""
        with self._writing():
            return sum(self._insert(decision) for decision in decisions)

    def log(self) -> tuple[Decision, ...]:
        """All records, in the order in which they came in."""
        with self._reading():
            return self._log()

    def count(self) -> int:
        with self._reading():
            return int(self._connection.execute("SELECT count(*) FROM decisions").fetchone()[0])

    def views(self) -> tuple[View, ...]:
        with self._reading():
            rows = self._connection.execute("SELECT name, query FROM views ORDER BY name")
            return tuple(View(*row) for row in rows)

    def save_view(self, view: View) -> None:
        """Keeps a view under its name. Raises `InputError` where there are too many."""
        with self._writing():
            held = self._connection.execute("SELECT count(*) FROM views WHERE name <> ?", (view.name,)).fetchone()[0]
            if held >= MAX_VIEWS:
                raise InputError(f"there are {MAX_VIEWS} saved views; remove one first")
            self._connection.execute(
                "INSERT INTO views VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET query = excluded.query",
                (view.name, view.query),
            )

    def remove_view(self, name: str) -> None:
        with self._writing():
            self._connection.execute("DELETE FROM views WHERE name = ?", (name,))

    def previous_run(self, run: str, findings: str) -> str | None:
        """Notes the run that is looked at now, and answers with the `findings` noted of the run before it.

        None where this is the first run. Of older runs nothing is kept.
        """
        with self._writing():
            self._connection.execute("INSERT OR IGNORE INTO runs (id, findings) VALUES (?, ?)", (run, findings))
            self._connection.execute(
                "DELETE FROM runs WHERE place NOT IN (SELECT place FROM runs ORDER BY place DESC LIMIT 2)"
            )
            row = self._connection.execute("SELECT findings FROM runs WHERE id <> ?", (run,)).fetchone()
            return str(row[0]) if row is not None else None

    def _prepare(self) -> None:
        version = self._pragma("user_version")
        if version > VERSION:
            raise SettingError(
                f"{self.path}: written by a newer contradict (format {version}, this one knows {VERSION}); update it"
            )
        if version == VERSION and self._pragma("application_id") == _APPLICATION:
            self._settle()
            return
        if version or self._pragma("application_id") or self._tables():
            raise SettingError(f"{self.path}: a database of another program; move it aside")
        self._settle()
        with self._writing():
            if not self._tables():  # another process may have been first
                for statement in _statements(_SCHEMA):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def _settle(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA trusted_schema = OFF")

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    def _tables(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])

    def _insert(self, decision: Decision) -> bool:
        done = self._connection.execute(
            "INSERT INTO decisions (id, at, reviewer, finding, record) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO NOTHING",
            (decision.id, decision.at, decision.reviewer, decision.finding, json_line(decision.record())),
        )
        return done.rowcount == 1

    def _log(self) -> tuple[Decision, ...]:
        """The records read so far and those that came since; what was once read never changes."""
        rows = self._connection.execute(
            "SELECT place, record FROM decisions WHERE place > ? ORDER BY place", (self._read_up_to,)
        )
        for place, record in rows.fetchall():
            self._known.append(self._decision(place, record))
            self._read_up_to = place
        return tuple(self._known)

    def _decision(self, place: int, record: str) -> Decision:
        where = f"{self.path}: record {place}"
        try:
            return read_decision(json.loads(record), where, now=_END)
        except ValueError as error:
            raise InputError(f"{where}: not JSON ({error})") from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise SettingError(f"{self.path}: cannot be read ({error})") from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction that has the file to itself from its beginning; taken back where anything fails."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise SettingError(f"{self.path}: cannot be written ({error}); nothing was recorded") from error


_END = datetime(9990, 1, 1, tzinfo=UTC)  # of a record in the store, the time was looked at when it came in


def _look(path: Path) -> None:
    """Raises `SettingError` for a file that is no database: of a few bytes SQLite would make one."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError:
        return  # not there yet, or not to be opened, which connecting tells
    if head and head != _MAGIC:
        raise SettingError(f"{path}: cannot be used as a log of decisions (it is no database); move it aside")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; `executescript` would end the transaction that they belong to."""
    held = ""
    for line in script.strip().splitlines():
        held += line + "\n"
        if sqlite3.complete_statement(held):
            yield held
            held = ""
