"""The database of an archive: its tables, their version, and how an older one is brought up to date.

One file of SQLite holds all, so that whatever was committed is whole after a crash, and readers go on beside a writer
(write-ahead log). What is derived hangs on a document or a pair of claims alone, and can be made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from contradict.errors import ArchiveError

VERSION = 2
FILE = "archive.sqlite"
BUSY = 30.0  # seconds that a statement waits for another's transaction
CACHE = 64_000  # kibibytes of pages held

# `number` orders the documents as they were added and is never given twice; a document read again keeps its own.
# A claim's `row` is `first_row` of its document and its place among the document's pairable claims; never given twice.
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,      -- as every record names it
    name TEXT NOT NULL,           -- the id that it came with, which another may have, too
    key TEXT NOT NULL,            -- equal for what takes its place: its own id, else its address, else where it lies
    path TEXT NOT NULL,
    location TEXT NOT NULL,       -- the whole path, nothing for what came through a pipe
    digest BLOB NOT NULL,         -- of all that was found of it
    source TEXT NOT NULL,
    first INTEGER, last INTEGER,  -- ordinals of the days of publication
    head BLOB NOT NULL,           -- title, address, what is left out
    text BLOB NOT NULL,
    identity BLOB NOT NULL, headline TEXT NOT NULL, sketch BLOB NOT NULL, keys BLOB NOT NULL  -- its signature
);
CREATE INDEX documents_by_key ON documents (key);
CREATE TABLE revisions (
    document INTEGER NOT NULL, number INTEGER NOT NULL,  -- from 1, the oldest
    path TEXT NOT NULL, source TEXT NOT NULL, first INTEGER, last INTEGER, head BLOB NOT NULL, text BLOB NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE losses (
    file TEXT NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL
);
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
CREATE TABLE neighbours (
    list INTEGER PRIMARY KEY,     -- three times the row of the claim, and the kind
    entries BLOB NOT NULL         -- of each neighbour its row and the product, the nearest first
);
CREATE TABLE compared (
    document INTEGER PRIMARY KEY,
    marks BLOB NOT NULL           -- of each claim whether it is compared, and the product of its last neighbours
);
CREATE TABLE refined (row INTEGER PRIMARY KEY, vectors BLOB NOT NULL);
CREATE TABLE lots (number INTEGER PRIMARY KEY AUTOINCREMENT, pairs BLOB NOT NULL, judged INTEGER NOT NULL);
CREATE TABLE verdicts (
    one INTEGER NOT NULL, other INTEGER NOT NULL,
    near INTEGER NOT NULL,        -- product of the encoder's vectors
    record BLOB NOT NULL,         -- empty where it is not listed
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID; -- watched
CREATE TABLE unreported (document INTEGER PRIMARY KEY);      -- watched, and what was found of it not yet printed
CREATE TABLE reported (finding TEXT PRIMARY KEY) WITHOUT ROWID;
"""

DERIVED = ("neighbours", "compared", "refined", "lots", "verdicts")
"""Tables that can be emptied: the next run fills them again from the readings."""


def connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    """A connection to the database at `path`, made when it is not there and `writable`; raises `ArchiveError`."""
    where = str(path) if writable else f"{path.absolute().as_uri()}?mode=ro"
    try:
        connection = sqlite3.connect(where, uri=not writable, timeout=BUSY, isolation_level=None)
    except sqlite3.Error as error:
        raise _unusable(path, error) from error
    try:
        _bring_up(connection, path, writable=writable)
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error as error:
        connection.close()
        raise _unusable(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _unusable(path: Path, error: sqlite3.Error) -> ArchiveError:
    return ArchiveError(
        f"{path}: cannot be opened as an archive ({error}); make room on the disk, or name another folder"
    )


def _bring_up(connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
    """Makes the tables of a new archive, and an older one a present one. Raises `ArchiveError` for a newer one."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise ArchiveError(
            f"{path}: written by a newer contradict (format {version}, this one knows {VERSION}); update contradict"
        )
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise ArchiveError(f"{path}: a database of another program; name another folder")
    if writable:
        connection.execute("PRAGMA journal_mode = WAL")
    if version == VERSION:
        return
    if version == 0 and not writable:
        raise ArchiveError(f"{path}: nothing was added to this archive yet; run 'contradict archive add' on it")
    if not writable:
        raise ArchiveError(f"{path}: of an older format ({version}); run 'contradict archive add' on it once")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version == 0:
            for statement in _statements(SCHEMA):
                connection.execute(statement)
        else:
            for step in range(version, VERSION):
                MIGRATIONS[step](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, which `executescript` would not keep in one transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _claims_apart(connection: sqlite3.Connection) -> None:
    """Claims were packed, and their neighbours kept, a document at a time: the documents are read anew."""
    for table in ("readings", "refined", "lots", "verdicts"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own
    connection.execute("DROP TABLE neighbours")
    for statement in _statements(SCHEMA):
        if statement.lstrip().startswith(("CREATE TABLE neighbours", "CREATE TABLE compared")):
            connection.execute(statement)


MIGRATIONS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _claims_apart}
"""From each older version to the next."""
