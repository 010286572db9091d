"""The records of an archive: what is written and read, one method for each, and nothing decided.

Documents first (documents.py), here what is made of them: claims, neighbours, pairs and verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contradict.archive.codec import same_claims
from contradict.archive.documents import DocumentRecords
from contradict.candidates import KINDS
from contradict.columns import ROW
from contradict.errors import ArchiveError

if TYPE_CHECKING:
    from numpy.typing import NDArray

AT_ONCE = 500  # values that a statement is given
# Whether a row lies in a span of the table `alive`, none of which overlap.
_IN_SPAN = "coalesce((SELECT behind FROM alive WHERE first <= {0} ORDER BY first DESC LIMIT 1), 0) > {0}"


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


class Store(DocumentRecords):
    """An open archive with all its records."""

    # ---- readings

    def marks(self) -> dict[int, bytes]:
        """The mark of the reading of each document that has one."""
        return dict(self._rows("SELECT document, mark FROM readings"))

    def put_readings(self, readings: Iterable[Reading]) -> None:
        """Readings in the place of earlier ones. Their claims get rows that none had before, unless all are the same:
        then what was found of them still holds."""
        following = int(self.meta("next row") or 0)
        for reading in readings:
            before = self._rows(
                "SELECT payload FROM readings WHERE document = ? AND rows = ? AND vectors = ?",
                (reading.document, reading.rows, reading.vectors),
            ).fetchone()
            if before is not None and same_claims(before[0], reading.payload):
                self._rows(
                    "UPDATE readings SET mark = ?, payload = ? WHERE document = ?",
                    (reading.mark, reading.payload, reading.document),
                )
                continue
            self._rows("DELETE FROM compared WHERE document = ?", (reading.document,))
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
        for query in ("DELETE FROM readings WHERE document = ?", "DELETE FROM compared WHERE document = ?"):
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

    def neighbours(self, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, bytes]]:
        """Of these lists of neighbours, or of all, those that there are, by their numbers."""
        if numbers is None:
            yield from self._rows("SELECT list, entries FROM neighbours ORDER BY list")
            return
        for part, marks in _parts(numbers):
            yield from self._rows(f"SELECT list, entries FROM neighbours WHERE list IN ({marks})", part)  # noqa: S608

    def put_neighbours(self, lists: Iterable[tuple[int, memoryview]]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO neighbours VALUES (?, ?)", lists)

    def compared(self) -> Iterator[tuple[int, bytes]]:
        """What was noted of the claims of each document when they were last compared."""
        yield from self._rows("SELECT document, marks FROM compared")

    def put_compared(self, marks: Iterable[tuple[int, bytes]], total: int) -> None:
        """`total` claims of the whole archive are compared now."""
        self._connection.executemany("INSERT OR REPLACE INTO compared VALUES (?, ?)", marks)
        self.set_meta("compared", str(total))

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
        for part, marks in _parts(rows):
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

    def drop_dead(self, alive: Sequence[tuple[int, int]]) -> None:
        """Forgets vectors, neighbours and verdicts of rows outside the spans `alive` (first, behind the last), which
        ascend."""
        self._mark_alive(alive)
        for table, names in (
            ("refined", ("row",)),
            ("verdicts", ("one", "other")),
            ("neighbours", (f"list / {KINDS}",)),
        ):
            for name in names:
                self._rows(f"DELETE FROM {table} WHERE NOT {_IN_SPAN.format(name)}")  # noqa: S608

    def _mark_alive(self, spans: Sequence[tuple[int, int]]) -> None:
        self._rows("CREATE TEMP TABLE IF NOT EXISTS alive (first INTEGER PRIMARY KEY, behind INTEGER)")
        self._rows("DELETE FROM alive")
        self._connection.executemany("INSERT INTO alive VALUES (?, ?)", spans)


def _parts(numbers: Sequence[int]) -> Iterator[tuple[Sequence[int], str]]:
    """The numbers, so many at a time as a statement takes, with the marks that stand for them in it."""
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        yield part, ", ".join("?" * len(part))
