"""The documents of an archive: what is written of each and read again, what was lost, what it said before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from contradict.archive.codec import deflated, inflated, left_out_rows
from contradict.archive.database import Database
from contradict.documents.copies import Likeness
from contradict.documents.linking import Told
from contradict.documents.preparing import Signature
from contradict.errors import ArchiveError
from contradict.types import Document, LeftOut, Skipped, TimeSpan

LOSSES = ("skipped", "not_compared", "notes")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A document as the archive knows it: its number, and what linking needs of it."""

    number: int
    id: str
    path: str
    told: Told
    signature: Signature
    digest: bytes


class DocumentRecords(Database):
    """Documents, by the numbers that they were given when they were added."""

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
            "DELETE FROM compared WHERE document = ?1",
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


def _days(span: TimeSpan | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start.toordinal(), span.end.toordinal())


def _span(first: int | None, last: int | None) -> TimeSpan | None:
    return None if first is None or last is None else TimeSpan(date.fromordinal(first), date.fromordinal(last))
