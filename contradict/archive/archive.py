"""The living archive: articles added when they come, each read, paired and judged once, the result as if all had come
at once.

    with Archive(folder) as archive:
        archive.add(["today/"])
        archive.settle(encoder)
        verdicts = archive.verdicts()
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

import numpy as np

from contradict.archive.codec import PackedClaims
from contradict.archive.intake import Added, add_articles, adopt, by_number, in_period, linked
from contradict.archive.judging import judge_lots, unpack_verdict
from contradict.archive.lock import FILE as LOCK
from contradict.archive.lock import writing
from contradict.archive.pairing import are_pairs, load_table, pair
from contradict.archive.reading import mark_of, read_all, static_encoder
from contradict.archive.schema import FILE
from contradict.archive.store import Entry, Store
from contradict.documents.articles import read_articles
from contradict.documents.linking import Links
from contradict.documents.records import Fields
from contradict.encoders import Encoder
from contradict.errors import ArchiveError
from contradict.gate import load_gate
from contradict.parallel import Workers, lots_of
from contradict.progress import Clock, Progress, Silent
from contradict.types import LISTED, Claim, Collection, Copy, Document, Relation, Skipped, Verdict
from contradict.verdicts import load_head

if TYPE_CHECKING:
    from numpy.typing import NDArray

READING_COMMIT = 32  # lots of documents whose claims are put down in one step
_USUAL_FIELDS = Fields()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an archive compares, fixed when it is made: `within` one document, too; how many `neighbours` a claim keeps;
    `all_relations`, agreements and unrelated pairs as well; documents published `since` and `until` (ordinals)."""

    within: bool = False
    neighbours: int = 120
    all_relations: bool = False
    since: int | None = None
    until: int | None = None

    @property
    def keep(self) -> frozenset[Relation]:
        return frozenset(Relation) if self.all_relations else LISTED


class Archive:
    """An archive in a folder. Open it `writable` to add to it; one process at a time does, and readers go on."""

    def __init__(self, folder: Path, *, writable: bool = False, rules: Rules | None = None) -> None:
        """Opens the archive in `folder`, or makes it with `rules` where there is none and `writable`.

        Raises `ArchiveError` where there is none, another process writes to it, it is of a newer format, or it was made
        with other rules than are given.
        """
        self.folder, self.writable = folder, writable
        self._open = ExitStack()
        try:
            if writable:
                _make(folder)
                self._open.enter_context(writing(folder))
            self._store = self._open.enter_context(Store(folder, writable=writable))
            self.rules = self._ruled(rules, writable=writable)
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def _ruled(self, rules: Rules | None, *, writable: bool) -> Rules:
        kept = self._store.meta("rules")
        if kept is None:
            if not writable:
                raise ArchiveError(f"{self.folder}: nothing was added to this archive yet")
            rules = rules or Rules()
            with self._store.transaction():
                self._store.set_meta("rules", json.dumps(asdict(rules)))
            return rules
        found = Rules(**json.loads(kept))
        if rules is not None and rules != found:
            other = [name for name, value in asdict(rules).items() if value != asdict(found)[name]]
            raise ArchiveError(
                f"{self.folder}: made with another {' and '.join(other).replace('_', ' ')}; leave that as it is, or make "
                "another archive"
            )
        return found

    # ---- what goes in and out

    def add(
        self,
        paths: Sequence[str],
        *,
        fields: Fields = _USUAL_FIELDS,
        exclude: Sequence[Path] = (),
        stdin: IO[bytes] | None = None,
        workers: Workers | None = None,
        progress: Progress | None = None,
    ) -> Added:
        """Reads the articles that `paths` name and puts down what is new or has changed. Raises as `read_collection`."""
        progress = progress or Silent()
        with progress.stage("reading"):
            found = read_articles(paths, fields=fields, exclude=[*exclude, self.folder], stdin=stdin, workers=workers)
            return add_articles(self._store, found, on_article=progress.advance)

    def adopt(self, collection: Collection) -> None:
        """Takes a collection as it is: its copies and versions are those that it tells of."""
        adopt(self._store, collection)
        with self._store.transaction():
            self._store.set_meta("linking", "given")

    def remove(self, named: Sequence[str]) -> list[str]:
        """Takes out the documents whose id or path is named, or whose path lies under it; gives their ids."""
        wanted = [
            (number, id)
            for number, id, name, path in self._store.names()
            if any(each in (id, name, path) or _lies_under(path, each) for each in named)
        ]
        with self._store.transaction():
            self._store.remove([number for number, _ in wanted])
            for each in named:
                self._store.set_losses(each, {})
        return [id for _, id in wanted]

    # ---- the line

    def settle(
        self,
        encoder: Encoder,
        *,
        workers: Workers | None = None,
        progress: Progress | None = None,
        clock: Clock | None = None,
        counts: Counter[str] | None = None,
    ) -> Counter[str]:
        """Reads, pairs and judges whatever is not yet, in steps that each are whole: cut off, it goes on where it was."""
        workers, progress, clock = workers or Workers(), progress or Silent(), clock or Clock()
        counts = Counter() if counts is None else counts
        gate = None if self.rules.all_relations else load_gate()
        self._check_models(encoder)
        self.read(workers=workers, progress=progress, clock=clock)
        with clock("pair"), progress.stage("pairing"):
            paired = pair(
                self._store, count=self.rules.neighbours, within=self.rules.within, gate=gate, threads=workers.jobs
            )
        counts["claims"] = paired.claims + paired.repeated
        counts["repeated claims"], counts["pairs"] = paired.repeated, paired.pairs
        with clock("judge"), progress.stage("verdicts", len(self._store.lots(judged=False))):
            table = load_table(self._store)
            for wave in judge_lots(
                self._store, table, encoder, gate=gate, keep=self.rules.keep, workers=workers, progress=progress
            ):
                counts.update(wave)
        return counts

    def read(
        self, *, workers: Workers | None = None, progress: Progress | None = None, clock: Clock | None = None
    ) -> None:
        """Links the documents, and reads the claims of those that are new, have changed, or are read otherwise now."""
        workers, progress, clock = workers or Workers(), progress or Silent(), clock or Clock()
        with clock("link"):
            entries, links = self._linked()
            copies, _, recurring = by_number(entries, links)
            compared = [e for e in entries if e.number not in copies and not self._period(e)]
        with clock("extract"):
            self._read(compared, recurring, workers, progress)

    def _check_models(self, encoder: Encoder) -> None:
        """Forgets what other models than the present ones made."""
        models = json.dumps(self.models(encoder), sort_keys=True)
        with self._store.transaction():
            if self._store.meta("models") not in (None, models):
                self._store.clear()
            self._store.set_meta("models", models)

    def models(self, encoder: Encoder) -> dict[str, str]:
        """The models that verdicts hang on, with the digests of their weights."""
        gate = {} if self.rules.all_relations else {"gate": load_gate().sha256}
        static = static_encoder()
        return {encoder.name: encoder.sha256, static.name: static.sha256, "verdict head": load_head().sha256, **gate}

    def _linked(self) -> tuple[list[Entry], Links]:
        entries = self._store.entries()
        given = self._store.meta("linking") == "given"
        return entries, Links({}, {}, {}) if given else linked(self._store, entries)

    def _period(self, entry: Entry) -> str:
        return in_period(entry.told.date, self.rules.since, self.rules.until)

    def _read(
        self, compared: Sequence[Entry], recurring: Mapping[int, frozenset[int]], workers: Workers, progress: Progress
    ) -> None:
        wanted = {e.number: mark_of(e, recurring.get(e.number, frozenset())) for e in compared}
        marks = self._store.marks()
        with self._store.transaction():
            self._store.drop_readings(number for number in marks if number not in wanted)
        new = [(number, mark) for number, mark in wanted.items() if marks.get(number) != mark]
        with progress.stage("claims", len(new)):
            for lots in lots_of(read_all(self.folder, new, recurring, workers), READING_COMMIT):
                with self._store.transaction():
                    self._store.put_readings(reading for lot in lots for reading in lot)
                progress.advance(sum(map(len, lots)))

    # ---- what comes out

    def collection(self) -> Collection:
        """The documents that are compared, in order, with the copies of them and all that was not compared."""
        entries, links = self._linked()
        copies, versions, _ = by_number(entries, links)
        ids = {entry.number: entry.id for entry in entries}
        documents, left_out, copied = [], [], []
        for entry in entries:
            if entry.number in copies:
                copied.append(Copy(entry.path, entry.told.source, entry.told.date, ids[copies[entry.number]]))
                continue
            when = self._period(entry)
            if when:
                day = self.rules.since if when == "before" else self.rules.until
                left_out.append(Skipped(entry.path, f"published {when} {date.fromordinal(day or 1)}"))
            document = self._store.document(entry.number)
            version_of = ids[versions[entry.number]] if entry.number in versions else document.version_of
            documents.append(replace(document, version_of=version_of))
        skipped, not_compared, notes = (
            tuple(self._store.losses(kind)) for kind in ("skipped", "not_compared", "notes")
        )
        return Collection(tuple(documents), skipped, tuple(copied), (*not_compared, *left_out), notes)

    def verdicts(self, documents: Sequence[Document]) -> list[Verdict]:
        """The verdicts on the pairs there are now, on claims of the `documents` of `collection`."""
        table = load_table(self._store)
        stored = list(self._store.verdicts())
        rows = np.array([(one, other) for one, other, _ in stored], dtype=np.int64).reshape(-1, 2)
        known = np.flatnonzero((rows < len(table.place)).all(axis=1))
        places = table.place[rows[known]].astype(np.int64)
        there = np.flatnonzero((places >= 0).all(axis=1))
        known, places = known[there], places[there]
        met = are_pairs(self._store, table, self.rules.neighbours, places[:, 0], places[:, 1])
        known, places = known[met], places[met]
        claims = self._claims(table.within(np.unique(places)), documents)
        one, other = (list(zip(*(each.tolist() for each in table.within(side)), strict=True)) for side in places.T)
        return [
            unpack_verdict(stored[at][2], claims[a], claims[b])
            for at, a, b in zip(known.tolist(), one, other, strict=True)
        ]

    def _claims(
        self, places: tuple[NDArray[np.int64], NDArray[np.int64]], documents: Sequence[Document]
    ) -> dict[tuple[int, int], Claim]:
        """The claims at these places, by document and place; of each document only those that are asked for are held."""
        by_id = {document.id: document for document in documents}
        id_of = {number: id for number, id, _, _ in self._store.names()}
        wanted: dict[int, list[int]] = {}
        for number, place in zip(*(each.tolist() for each in places), strict=True):
            wanted.setdefault(number, []).append(place)
        claims: dict[tuple[int, int], Claim] = {}
        for number, here in wanted.items():
            packed = PackedClaims(self._store.payload(number), by_id[id_of[number]])
            claims |= {(number, place): packed.compared(place) for place in here}
        return claims

    def stated(self, documents: Sequence[Document]) -> Iterator[list[Claim]]:
        """All claims of each document of `collection` that was read, figures of every role included."""
        by_id = {document.id: document for document in documents}
        read = self._store.marks()
        for number, id, _, _ in self._store.names():
            if number in read and id in by_id:
                yield PackedClaims(self._store.payload(number), by_id[id]).all()

    # ---- upkeep

    def status(self) -> dict[str, object]:
        """What the archive holds, and what waits to be done."""
        tables = ("documents", "readings", "verdicts")
        return {
            **{table: self._store.count(table) for table in tables},
            "lots waiting": len(self._store.lots(judged=False)),
            "rules": asdict(self.rules),
            "bytes": self._size(),
        }

    def compact(self) -> tuple[int, int]:
        """Drops what belongs to nothing any more, and gives the space back; bytes before and after."""
        before = self._size()
        table = load_table(self._store)
        spans = sorted(zip(table.first_rows.tolist(), (table.first_rows + table.counts).tolist(), strict=True))
        with self._store.transaction():
            self._store.drop_dead(spans)
        self._store.vacuum()
        return before, self._size()

    def _size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.glob(f"{FILE}*"))


def _make(folder: Path) -> None:
    """The folder of a new archive. Raises `ArchiveError` where it cannot be one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{folder}: {error.strerror}; name a folder that can be written") from error
    if not (folder / FILE).exists() and any(each.name != LOCK for each in folder.iterdir()):
        raise ArchiveError(f"{folder}: neither empty nor an archive; name a folder of its own")


def _lies_under(path: str, folder: str) -> bool:
    """Whether a path, perhaps with the number of its record, is that file or lies in that folder."""
    return path.startswith((f"{folder.rstrip('/')}/", f"{folder}:"))
