"""The database of an archive: its tables, their version, and how an older one is brought up to date.

One file of SQLite holds all, so that whatever was committed is whole after a crash, and readers go on beside a writer
(write-ahead log). What is derived hangs on a document or a pair of claims alone, and can be made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from contradict.errors import ArchiveError

VERSION = 1
FILE = "archive.sqlite"
BUSY = 30.0  # seconds that a statement waits for another's transaction
CACHE = 64_000  # kibibytes of pages held

# `number` orders the documents as they were added and is never given twice; a document that is read again keeps its own.
# A claim's `row` is `first_row` of its document and its place among the document's pairable claims; never given twice.
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,      -- as every record names it
    name TEXT NOT NULL,           -- the id that it came with, which another may have, too
    path TEXT NOT NULL,
    digest BLOB NOT NULL,         -- of all that was found of it
    source TEXT NOT NULL,
    first INTEGER, last INTEGER,  -- ordinals of the days of publication
    head BLOB NOT NULL,           -- title, address, what is left out
    text BLOB NOT NULL,
    identity BLOB NOT NULL, headline TEXT NOT NULL, sketch BLOB NOT NULL, keys BLOB NOT NULL  -- its signature
);
CREATE INDEX documents_by_name ON documents (name);
CREATE TABLE losses (file TEXT NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL);
CREATE INDEX losses_by_file ON losses (file);
CREATE TABLE likeness (
    later INTEGER NOT NULL, earlier INTEGER NOT NULL,
    overlap REAL NOT NULL, inside REAL NOT NULL, contained REAL NOT NULL, same_facts INTEGER NOT NULL,
    PRIMARY KEY (later, earlier)
) WITHOUT ROWID;
CREATE TABLE readings (
    document INTEGER PRIMARY KEY,
    mark BLOB NOT NULL,           -- of all that its claims hang on
    first_row INTEGER NOT NULL UNIQUE,
    claims INTEGER NOT NULL,      -- how many are pairable
    payload BLOB NOT NULL,        -- all claims, packed
    rows BLOB NOT NULL,           -- of contradict.columns.ROW
    vectors BLOB NOT NULL         -- int8
);
CREATE TABLE neighbours (document INTEGER PRIMARY KEY, lists BLOB NOT NULL);
CREATE TABLE refined (row INTEGER PRIMARY KEY, vectors BLOB NOT NULL);
CREATE TABLE lots (number INTEGER PRIMARY KEY AUTOINCREMENT, pairs BLOB NOT NULL, judged INTEGER NOT NULL);
CREATE TABLE verdicts (one INTEGER NOT NULL, other INTEGER NOT NULL, record BLOB NOT NULL, PRIMARY KEY (one, other))
    WITHOUT ROWID;
"""

DERIVED = ("neighbours", "refined", "lots", "verdicts")
"""Tables that can be emptied: the next run fills them again from the readings."""

MIGRATIONS: Mapping[int, Callable[[sqlite3.Connection], None]] = {}
"""From each older version to the next."""


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A connection to the database at `path`, made when it is not there and `writable`; raises `ArchiveError`."""
    try:
        if writable:
            connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
        else:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY, isolation_level=None
            )
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        connection.execute("PRAGMA synchronous = NORMAL")
        _bring_up(connection, path, writable=writable)
    except sqlite3.Error as error:
        raise ArchiveError(f"{path}: cannot be opened as an archive ({error}); name another folder") from error
    return connection


def _bring_up(connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
    """Makes the tables of a new archive, and an older one a present one. Raises `ArchiveError` for a newer one."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise ArchiveError(
            f"{path}: written by a newer contradict (format {version}, this one knows {VERSION}); update contradict"
        )
    if version == VERSION:
        return
    if not writable:
        raise ArchiveError(f"{path}: of an older format ({version}); run 'contradict archive add' on it once")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version == 0:
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
        else:
            for step in range(version, VERSION):
                MIGRATIONS[step](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
