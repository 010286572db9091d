"""The records of an archive in its database: what is written and read, one method for each, and nothing decided."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from contradict.archive.codec import deflated, inflated, left_out_rows
from contradict.archive.schema import DERIVED, FILE, connect
from contradict.columns import ROW
from contradict.documents.copies import Likeness
from contradict.documents.linking import Told
from contradict.documents.preparing import Signature
from contradict.errors import ArchiveError
from contradict.types import Document, LeftOut, Skipped, TimeSpan

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOSSES = ("skipped", "not_compared", "notes")
# Whether a row lies in a span of the table `alive`, none of which overlap.
_IN_SPAN = "coalesce((SELECT behind FROM alive WHERE first <= {0} ORDER BY first DESC LIMIT 1), 0) > {0}"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A document as the archive knows it: its number, and what linking needs of it."""

    number: int
    id: str
    path: str
    told: Told
    signature: Signature
    digest: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read of a document: `payload` its claims, packed, `rows` and `vectors` those of the `claims` pairable
    ones as bytes; `mark` is of all that they hang on."""

    document: int
    mark: bytes
    claims: int
    payload: bytes
    rows: bytes
    vectors: bytes


class Store:
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

    # ---- settings and counts

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

    # ---- documents

    def known(self, key: str) -> list[tuple[int, str, bytes]]:
        """Number, id and digest of the documents with this key, in order."""
        return list(self._rows("SELECT number, id, digest FROM documents WHERE key = ? ORDER BY number", (key,)))

    def has_id(self, id: str) -> bool:
        return self._rows("SELECT 1 FROM documents WHERE id = ?", (id,)).fetchone() is not None

    def put_document(
        self,
        document: Document,
        signature: Signature,
        digest: bytes,
        *,
        name: str,
        key: str,
        location: str,
        number: int | None = None,
    ) -> int:
        """Adds a document, or puts it in the place of `number`, whose claims and likenesses are then forgotten."""
        values = (
            document.id,
            name,
            key,
            document.path,
            location,
            digest,
            document.source,
            *_days(document.date),
            deflated([document.title, document.url, left_out_rows(document.left_out), document.version_of]),
            deflated(document.text),
            signature.identity,
            json.dumps(list(signature.headline)),
            signature.sketch.astype("<u8").tobytes(),
            signature.keys.astype("<u8").tobytes(),
        )
        if number is not None:
            self._forget([number])
        marks = ", ".join("?" * (len(values) + 1))
        found = self._rows(
            "INSERT OR REPLACE INTO documents (number, id, name, key, path, location, digest, source, first, last, "  # noqa: S608
            f"head, text, identity, headline, sketch, keys) VALUES ({marks}) RETURNING number",
            (number, *values),
        ).fetchone()
        return int(found[0])

    def set_date(self, number: int, date: TimeSpan | None) -> None:
        self._rows("UPDATE documents SET first = ?, last = ? WHERE number = ?", (*_days(date), number))

    def remove(self, numbers: Sequence[int]) -> None:
        """Takes documents out, with all that was read of them."""
        self._forget(numbers)
        for query in (
            "DELETE FROM documents WHERE number = ?",
            "DELETE FROM revisions WHERE document = ?",
            "DELETE FROM unreported WHERE document = ?",
        ):
            self._connection.executemany(query, ((number,) for number in numbers))

    def _forget(self, numbers: Sequence[int]) -> None:
        for query in (
            "DELETE FROM likeness WHERE later = ?1 OR earlier = ?1",
            "DELETE FROM readings WHERE document = ?1",
            "DELETE FROM neighbours WHERE document = ?1",
        ):
            self._connection.executemany(query, ((number,) for number in numbers))

    def entries(self) -> list[Entry]:
        """All documents in order, without their texts."""
        return [
            Entry(
                number,
                own,
                path,
                Told(source, _span(first, last)),
                Signature(
                    identity, tuple(json.loads(headline)), np.frombuffer(sketch, "<u8"), np.frombuffer(keys, "<u8")
                ),
                digest,
            )
            for number, own, path, digest, source, first, last, identity, headline, sketch, keys in self._rows(
                "SELECT number, id, path, digest, source, first, last, identity, headline, sketch, keys "
                "FROM documents ORDER BY number"
            )
        ]

    def names(self) -> list[tuple[int, str, str, str]]:
        """Number, id, the id that it came with, and path of every document, in order."""
        return list(self._rows("SELECT number, id, name, path FROM documents ORDER BY number"))

    def locations(self) -> list[tuple[int, str]]:
        """Number and whole path of every document that came from a file, in order."""
        return list(self._rows("SELECT number, location FROM documents WHERE location != '' ORDER BY number"))

    def document(self, number: int) -> Document:
        """A document as it was read, copies and versions not told. Raises `ArchiveError` where it is not there."""
        row = self._rows("SELECT id, path, source, first, last, head, text FROM documents WHERE number = ?", (number,))
        found = row.fetchone()
        if found is None:
            raise ArchiveError(f"{self.folder}: document {number} is missing; make the archive anew")
        return self._document(*found)

    def _document(
        self, id: str, path: str, source: str, first: int | None, last: int | None, head: bytes, text: bytes
    ) -> Document:
        try:
            title, url, spans, version_of = inflated(head)
            words = inflated(text)
        except ValueError as error:
            raise ArchiveError(f"{self.folder}: {id} is damaged ({error}); add it again") from error
        return Document(
            id=id,
            path=path,
            text=words,
            title=title,
            source=source,
            date=_span(first, last),
            url=url,
            left_out=tuple(LeftOut(*span) for span in spans),
            version_of=version_of,
        )

    # ---- what an article said before

    def keep_revision(self, number: int) -> None:
        """Keeps a document as it is now, before another takes its place."""
        self._rows(
            "INSERT INTO revisions SELECT number, "
            "1 + (SELECT coalesce(max(r.number), 0) FROM revisions r WHERE r.document = documents.number), "
            "path, source, first, last, head, text FROM documents WHERE number = ?",
            (number,),
        )

    def revisions(self) -> Iterator[tuple[int, Document]]:
        """What documents said before, in order, each with the number of the document and an id `ID@1`, `ID@2`, ..."""
        for number, name, place, *rest in self._rows(
            "SELECT r.document, d.id, r.number, r.path, r.source, r.first, r.last, r.head, r.text "
            "FROM revisions r JOIN documents d ON d.number = r.document ORDER BY r.document, r.number"
        ):
            yield number, self._document(f"{name}@{place}", *rest)

    # ---- watching

    def files(self) -> dict[str, tuple[int, int]]:
        """Size and time of the last change of each watched file, as it was read."""
        return {path: (size, changed) for path, size, changed in self._rows("SELECT * FROM files")}

    def put_file(self, path: str, size: int, changed: int) -> None:
        self._rows("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, size, changed))

    def unreported(self) -> list[int]:
        """The documents of which nothing was reported yet."""
        return [number for (number,) in self._rows("SELECT document FROM unreported ORDER BY document")]

    def put_unreported(self, numbers: Iterable[int]) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO unreported VALUES (?)", ((number,) for number in numbers))

    def drop_unreported(self, numbers: Iterable[int]) -> None:
        self._connection.executemany("DELETE FROM unreported WHERE document = ?", ((number,) for number in numbers))

    def reported(self) -> set[str]:
        """The ids of the findings that were reported."""
        return {finding for (finding,) in self._rows("SELECT finding FROM reported")}

    def put_reported(self, findings: Iterable[str]) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO reported VALUES (?)", ((finding,) for finding in findings))

    # ---- losses

    def drop_losses(self, file: str) -> None:
        """Forgets what was lost in a file, or in all files below a folder."""
        below = file.rstrip("/") + "/"
        self._rows("DELETE FROM losses WHERE file = ?1 OR substr(file, 1, length(?2)) = ?2", (file, below))

    def add_losses(self, file: str, losses: Mapping[str, Iterable[Skipped]], *, anew: bool) -> None:
        """What was lost in a file; `anew` in the place of what was said of it before."""
        if anew:
            self._rows("DELETE FROM losses WHERE file = ?", (file,))
        self._connection.executemany(
            "INSERT INTO losses VALUES (?, ?, ?, ?, ?)",
            ((file, kind, loss.path, loss.reason, loss.count) for kind in LOSSES for loss in losses.get(kind, ())),
        )

    def losses(self, kind: str, file: str | None = None) -> list[Skipped]:
        found = self._rows(
            "SELECT path, reason, count FROM losses WHERE kind = ?1 AND (?2 IS NULL OR file = ?2) ORDER BY rowid",
            (kind, file),
        )
        return [Skipped(*row) for row in found]

    # ---- likeness of two documents

    def likenesses(self) -> dict[tuple[int, int], Likeness]:
        return {
            (later, earlier): Likeness(overlap, inside, contained, bool(same))
            for later, earlier, overlap, inside, contained, same in self._rows("SELECT * FROM likeness")
        }

    def put_likenesses(self, found: Mapping[tuple[int, int], Likeness]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO likeness VALUES (?, ?, ?, ?, ?, ?)",
            (
                (*pair, alike.overlap, alike.inside, alike.contained, int(alike.same_facts))
                for pair, alike in found.items()
            ),
        )

    # ---- readings

    def marks(self) -> dict[int, bytes]:
        """The mark of the reading of each document that has one."""
        return dict(self._rows("SELECT document, mark FROM readings"))

    def put_readings(self, readings: Iterable[Reading]) -> None:
        """Readings in the place of earlier ones; their claims get rows that none had before."""
        following = int(self.meta("next row") or 0)
        for reading in readings:
            self._rows("DELETE FROM neighbours WHERE document = ?", (reading.document,))
            self._rows(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    reading.document,
                    reading.mark,
                    following,
                    reading.claims,
                    reading.payload,
                    reading.rows,
                    reading.vectors,
                ),
            )
            following += max(reading.claims, 1)
        self.set_meta("next row", str(following))

    def drop_readings(self, documents: Iterable[int]) -> None:
        for query in ("DELETE FROM readings WHERE document = ?", "DELETE FROM neighbours WHERE document = ?"):
            self._connection.executemany(query, ((number,) for number in documents))

    def payload(self, document: int) -> bytes:
        row = self._rows("SELECT payload FROM readings WHERE document = ?", (document,)).fetchone()
        if row is None:
            raise ArchiveError(f"{self.folder}: document {document} was not read; run 'contradict archive add' again")
        return bytes(row[0])

    def columns(
        self,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.void], NDArray[np.int8]]:
        """Of all documents with a reading, in order: numbers, first rows, how many claims; then the rows and vectors of
        all their claims, one under the other."""
        heads = np.array(
            list(self._rows("SELECT document, first_row, claims FROM readings ORDER BY document")), dtype=np.int64
        ).reshape(-1, 3)
        total = int(heads[:, 2].sum())
        rows = np.empty(total, dtype=ROW)
        vectors: NDArray[np.int8] | None = None
        at = 0
        for packed, flat in self._rows("SELECT rows, vectors FROM readings WHERE claims > 0 ORDER BY document"):
            here = np.frombuffer(packed, dtype=ROW)
            if vectors is None:
                vectors = np.empty((total, len(flat) // len(here)), dtype=np.int8)
            rows[at : at + len(here)] = here
            vectors[at : at + len(here)] = np.frombuffer(flat, dtype=np.int8).reshape(len(here), -1)
            at += len(here)
        found = vectors if vectors is not None else np.empty((0, 2), dtype=np.int8)
        return heads[:, 0], heads[:, 1], heads[:, 2], rows, found

    # ---- neighbours, pairs, verdicts

    def neighbours(self) -> Iterator[tuple[int, bytes]]:
        yield from self._rows("SELECT document, lists FROM neighbours ORDER BY document")

    def put_neighbours(self, lists: Iterable[tuple[int, bytes]]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO neighbours VALUES (?, ?)", lists)

    def drop_neighbours(self, documents: Iterable[int]) -> None:
        self._connection.executemany("DELETE FROM neighbours WHERE document = ?", ((number,) for number in documents))

    def add_lots(self, lots: Iterable[bytes]) -> None:
        """Pairs to judge: each lot of row numbers as int32, two a pair."""
        self._connection.executemany("INSERT INTO lots (pairs, judged) VALUES (?, 0)", ((pairs,) for pairs in lots))

    def lots(self, *, judged: bool | None = None) -> list[tuple[int, bytes]]:
        if judged is None:
            return list(self._rows("SELECT number, pairs FROM lots ORDER BY number"))
        return list(self._rows("SELECT number, pairs FROM lots WHERE judged = ? ORDER BY number", (int(judged),)))

    def drop_lots(self, numbers: Iterable[int]) -> None:
        self._connection.executemany("DELETE FROM lots WHERE number = ?", ((number,) for number in numbers))

    def set_judged(self, numbers: Iterable[int]) -> None:
        self._connection.executemany("UPDATE lots SET judged = 1 WHERE number = ?", ((number,) for number in numbers))

    def refined(self, rows: Sequence[int]) -> dict[int, bytes]:
        """The encoder's vectors of those of the claims that have them, sentence then clause, int8."""
        found: dict[int, bytes] = {}
        for start in range(0, len(rows), 500):
            part = rows[start : start + 500]
            marks = ", ".join("?" * len(part))
            found |= dict(self._rows(f"SELECT row, vectors FROM refined WHERE row IN ({marks})", part))  # noqa: S608
        return found

    def put_refined(self, vectors: Iterable[tuple[int, bytes]]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO refined VALUES (?, ?)", vectors)

    def put_verdicts(self, verdicts: Iterable[tuple[int, int, int, bytes]]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?)", verdicts)

    def judged(self) -> Iterator[tuple[int, int, int, int]]:
        """The rows of both claims of every judged pair, how near they are, and whether it is listed, by rows."""
        yield from self._rows("SELECT one, other, near, length(record) > 0 FROM verdicts ORDER BY one, other")

    def verdicts(self, spans: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[int, int, bytes]]:
        """The rows of both claims and the verdict of the listed pairs; only with one in `spans` (first, behind the
        last)."""
        query = "SELECT one, other, record FROM verdicts WHERE length(record) > 0"
        if spans is not None:
            self._mark_alive(spans)
            query += f" AND ({_IN_SPAN.format('one')} OR {_IN_SPAN.format('other')})"
        yield from self._rows(query)

    def clear(self, tables: Sequence[str] = DERIVED) -> None:
        """Forgets what can be made again."""
        for table in tables:
            self._rows(f"DELETE FROM {table}")  # noqa: S608  # names of our own

    def drop_dead(self, alive: Sequence[tuple[int, int]]) -> None:
        """Forgets vectors and verdicts of rows outside the spans `alive` (first, behind the last), ascending."""
        self._mark_alive(alive)
        for table, names in (("refined", ("row",)), ("verdicts", ("one", "other"))):
            for name in names:
                self._rows(f"DELETE FROM {table} WHERE NOT {_IN_SPAN.format(name)}")  # noqa: S608

    def _mark_alive(self, spans: Sequence[tuple[int, int]]) -> None:
        self._rows("CREATE TEMP TABLE IF NOT EXISTS alive (first INTEGER PRIMARY KEY, behind INTEGER)")
        self._rows("DELETE FROM alive")
        self._connection.executemany("INSERT INTO alive VALUES (?, ?)", spans)

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


def _days(span: TimeSpan | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start.toordinal(), span.end.toordinal())


def _span(first: int | None, last: int | None) -> TimeSpan | None:
    return None if first is None or last is None else TimeSpan(date.fromordinal(first), date.fromordinal(last))
