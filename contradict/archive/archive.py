"""The living archive: articles added when they come, each read, paired and judged once, the result as if all had come
at once.

    with Archive(folder) as archive:
        archive.add(["today/"])
        archive.settle(encoder)
        verdicts = archive.verdicts()
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from contradict.archive.calculations import CalculationLot, calculate, said_by
from contradict.archive.documents import Entry
from contradict.archive.intake import Added, add_articles, adopt, by_number, linked
from contradict.archive.judging import judge_lots
from contradict.archive.lock import FILE as LOCK
from contradict.archive.lock import writing
from contradict.archive.pairing import load_table, pair
from contradict.archive.reading import forget_reader, mark_of, read_all
from contradict.archive.results import revised, stated, verdicts_of
from contradict.archive.rules import RULES, Rules, rule_words
from contradict.archive.schema import FILE, VERSION
from contradict.archive.store import Store
from contradict.arithmetic import Arithmetic, check_arithmetic
from contradict.candidates import REACH
from contradict.documents.articles import read_articles
from contradict.documents.linking import Links
from contradict.documents.records import Fields
from contradict.encoders import Encoder
from contradict.errors import ArchiveError
from contradict.gate import load_gate
from contradict.parallel import Workers, lots_of
from contradict.progress import Clock, Progress, Silent
from contradict.static import static_encoder
from contradict.types import Claim, Copy, Document, Skipped, Verdict
from contradict.types import Collection as Documents
from contradict.verdicts import VERDICT_RULES, load_head

WORTH_A_PROCESS = 8000  # documents: six seconds of arithmetic, at 0.8 ms each, where processes start in one or two
MANY_PAIRS = 200_000  # read, from which workers hold much that nothing after them asks for
REPORT = "report"  # the folder beside the database that a scan of the archive writes by itself
READING_COMMIT = 32  # lots of documents whose claims are put down in one step
_USUAL_FIELDS = Fields()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What an archive holds, how many articles wait to be read and lots of pairs to be judged, and its rules."""

    articles: int
    copies: int
    to_read: int
    to_judge: int
    revisions: int
    bytes: int
    format: int
    rules: Rules


class Archive:
    """An archive in a folder. Open it `writable` to add to it; one process at a time does, and readers go on.

    Opened to read, it stays as it was at that moment.
    """

    def __init__(
        self, folder: Path, *, writable: bool = False, rules: Rules | None = None, fixed: Collection[str] = RULES
    ) -> None:
        """Opens the archive in `folder`, or makes it with `rules` where there is none and `writable`.

        Raises `ArchiveError` where there is none, it is of a newer format, or it was made with another of those rules
        than given that are named in `fixed`; `ArchiveHeld` where another process writes to it.
        """
        self.folder, self.writable = folder, writable
        self._links: tuple[list[Entry], Links] | None = None
        self._open = ExitStack()
        try:
            if writable:
                _make(folder)
                self._open.enter_context(writing(folder))
            self._store = self._open.enter_context(Store(folder, writable=writable))
            if not writable:
                self._store.hold_still()
            self.rules = self._ruled(rules, fixed)
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        forget_reader(self.folder)
        self._open.close()

    def _ruled(self, rules: Rules | None, fixed: Collection[str]) -> Rules:
        kept = self._store.meta("rules")
        if kept is None:
            if not self.writable:
                raise ArchiveError(
                    f"{self.folder}: nothing was added to this archive yet; run 'contradict archive add {self.folder} "
                    "PATH...'"
                )
            rules = rules or Rules()
            with self._store.transaction():
                self._store.set_meta("rules", json.dumps(asdict(rules)))
            return rules
        found = Rules(**json.loads(kept))
        other = [] if rules is None else [name for name in fixed if getattr(rules, name) != getattr(found, name)]
        if other:
            told = ", ".join(rule_words(name, getattr(found, name)) for name in other)
            raise ArchiveError(f"{self.folder}: was made with {told}; ask for the same, or make another archive")
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
        root: Path | None = None,
        replacing: bool = True,
        watched: bool = False,
    ) -> Added:
        """Reads the articles that `paths` name and puts down what is new or has changed. Raises as `read_collection`.

        An article takes the place of the one with its id or address that was added before, unless `replacing` is off;
        then it comes beside it. Files are identified as in a scan of the folder `root` where it is given. Of articles
        that are `watched` the archive remembers that nothing of them was reported yet.
        """
        progress = progress or Silent()
        self._links = None
        with progress.stage("reading"):
            found = read_articles(
                paths, fields=fields, exclude=[*exclude, self.folder], stdin=stdin, workers=workers, root=root
            )
            return add_articles(self._store, found, on_article=progress.advance, replacing=replacing, watched=watched)

    def adopt(self, collection: Documents) -> None:
        """Takes a collection as it is: its copies and versions are those that it tells of."""
        self._links = None
        adopt(self._store, collection)
        with self._store.transaction():
            self._store.set_meta("linking", "given")

    def remove(self, named: Sequence[str]) -> list[str]:
        """Takes out the documents whose id or path is named, or whose path lies under it; gives their ids."""
        places = {os.path.abspath(each) for each in named}
        location = dict(self._store.locations())
        wanted = [
            (number, own)
            for number, own, name, path in self._store.names()
            if any(each in (own, name, path) for each in named)
            or any(_lies_in(location.get(number, ""), place) for place in places)
        ]
        self._links = None
        with self._store.transaction():
            self._store.remove([number for number, _ in wanted])
            for each in named:
                self._store.drop_losses(os.path.normpath(each))
        return [own for _, own in wanted]

    def keep_only(self, met: Set[int]) -> None:
        """Takes out all documents but those with these numbers, and forgets what was said before."""
        self._links = None
        with self._store.transaction():
            self._store.remove([number for number, _, _, _ in self._store.names() if number not in met])
            self._store.clear(("revisions",))

    def note(self, key: str) -> str | None:
        """What was noted in the archive under `key`."""
        return self._store.meta(f"note {key}")

    def put_note(self, key: str, value: str) -> None:
        with self._store.transaction():
            self._store.set_meta(f"note {key}", value)

    def copy_to(self, folder: Path) -> None:
        """Writes a copy of the archive, as it is at this moment, into another folder."""
        self._store.copy_to(folder)

    def copies_of(self, numbers: Set[int]) -> dict[int, str]:
        """Of these documents those that are copies of others, each with the id of the first of them."""
        entries, links = self._linked()
        ids = {entry.number: entry.id for entry in entries}
        copies, _, _ = by_number(entries, links)
        return {number: ids[original] for number, original in copies.items() if number in numbers}

    @property
    def documents(self) -> int:
        """How many articles it holds, copies and all."""
        return self._store.count("documents")

    def paths_of(self, numbers: Set[int]) -> dict[int, str]:
        """The paths of the documents with these numbers."""
        return {number: path for number, _, _, path in self._store.names() if number in numbers}

    def ids_of(self, numbers: Set[int]) -> dict[int, str]:
        """The ids of the documents with these numbers."""
        return {number: own for number, own, _, _ in self._store.names() if number in numbers}

    def skipped(self, file: str | None = None) -> list[Skipped]:
        """What could not be read, of one file or of all, in the order of reading."""
        return self._store.losses("skipped", file)

    # ---- watching

    def files(self) -> dict[str, tuple[int, int]]:
        """Size and time of the last change of each watched file, as it was read."""
        return self._store.files()

    def put_file(self, path: str, size: int, changed: int) -> None:
        with self._store.transaction():
            self._store.put_file(path, size, changed)

    def unreported(self) -> frozenset[int]:
        """The watched documents of which nothing was reported yet."""
        return frozenset(self._store.unreported())

    def reported(self) -> set[str]:
        """The ids of the findings that were reported while watching."""
        return self._store.reported()

    def put_reported(self, numbers: Set[int], findings: Sequence[str]) -> None:
        """Remembers that all of these documents, and these findings, were reported."""
        with self._store.transaction():
            self._store.put_reported(findings)
            self._store.drop_unreported(numbers)

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
        """Reads, pairs and judges what is not yet, in steps that each are whole: cut off, it goes on where it was."""
        workers, progress, clock = workers or Workers(), progress or Silent(), clock or Clock()
        counts = Counter() if counts is None else counts
        gate = None if self.rules.all_relations else load_gate()
        self._check_models(encoder)
        self.read(workers=workers, progress=progress, clock=clock)
        with clock("pair"), progress.stage("pairing"):
            table = load_table(self._store)
            paired = pair(
                self._store,
                table,
                count=self.rules.neighbours * REACH,
                within=self.rules.within,
                gate=gate,
                threads=workers.jobs,
            )
        counts["claims"] = paired.claims + paired.repeated
        counts["repeated claims"], counts["pairs"] = paired.repeated, paired.pairs
        with clock("judge"), progress.stage("verdicts", len(self._store.lots(judged=False))):
            for wave in judge_lots(
                self._store, table, encoder, gate=gate, keep=self.rules.keep, workers=workers, progress=progress
            ):
                counts.update(wave)
            if counts["pairs read"] >= MANY_PAIRS:
                workers.rest()
        return counts

    def read(
        self, *, workers: Workers | None = None, progress: Progress | None = None, clock: Clock | None = None
    ) -> None:
        """Links the documents, and reads the claims of those that are new, have changed, or are read otherwise now."""
        workers, progress, clock = workers or Workers(), progress or Silent(), clock or Clock()
        with clock("link"):
            entries, links = self._linked()
            copies, _, recurring = by_number(entries, links)
            compared = self._compared(entries, copies)
        with clock("extract"):
            self._read(compared, recurring, workers, progress)

    def _check_models(self, encoder: Encoder) -> None:
        """Forgets what other models or rules than the present ones made."""
        models = json.dumps(self.models(encoder) | {"rules of verdicts": str(VERDICT_RULES)}, sort_keys=True)
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
        """The documents and how they hang together, found once for as long as they stay the same."""
        if self._links is None:
            entries = self._store.entries()
            given = self._store.meta("linking") == "given"
            self._links = (
                entries,
                Links({}, {}, {}) if given else linked(self._store, entries, keep=self.writable),
            )
        return self._links

    def _compared(self, entries: Sequence[Entry], copies: Mapping[int, int]) -> list[Entry]:
        """The documents that are compared: no copies, and none from outside the period."""
        return [entry for entry in entries if entry.number not in copies and not self.rules.outside(entry.told.date)]

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

    def collection(self) -> Documents:
        """The documents in order, with the copies of them and all that was not compared."""
        entries, links = self._linked()
        copies, versions, _ = by_number(entries, links)
        ids = {entry.number: entry.id for entry in entries}
        paths = {entry.id: entry.path for entry in entries}
        documents, copied, renamed = [], [], []
        for entry, (_, _, name, _) in zip(entries, self._store.names(), strict=True):
            if entry.number in copies:
                copied.append(Copy(entry.path, entry.told.source, entry.told.date, ids[copies[entry.number]]))
                continue
            if entry.id != name:
                taken = f"its id is also that of {paths[name]}" if name in paths else "its id was also that of another"
                renamed.append(Skipped(entry.path, f"{taken}: called {entry.id}"))
            document = self._store.document(entry.number)
            version_of = ids[versions[entry.number]] if entry.number in versions else document.version_of
            documents.append(replace(document, version_of=version_of))
        skipped, not_compared, notes = (
            tuple(self._store.losses(kind)) for kind in ("skipped", "not_compared", "notes")
        )
        return Documents(tuple(documents), skipped, tuple(copied), not_compared, (*notes, *renamed))

    def verdicts(self, documents: Sequence[Document], *, touching: Set[str] | None = None) -> list[Verdict]:
        """The verdicts on the pairs there are now, as `results.verdicts_of` has them."""
        return verdicts_of(self._store, self.rules, documents, touching=touching)

    def stated(self, documents: Sequence[Document]) -> Iterator[list[Claim]]:
        """All claims of each document of `collection` that was read, figures of every role included."""
        by_id = {document.id: document for document in documents}
        return stated(self._store, lambda _, own: by_id.get(own))

    def calculations(self, documents: Sequence[Document], workers: Workers) -> Callable[[], Arithmetic]:
        """The arithmetic of the documents of `collection`, begun in a worker where there is one; the call of what is
        given back waits for it, or does it. Call it before the archive is closed.

        What is only read is done here: a worker would see what others have written since it was opened.
        """
        if self.writable and workers.jobs > 1 and (workers.running or len(documents) >= WORTH_A_PROCESS):
            by_id = {document.id: document for document in documents}
            begun = workers.beside(calculate, CalculationLot(str(self.folder), frozenset(by_id)))
            return lambda: said_by(begun(), by_id)
        return lambda: check_arithmetic(self.stated(documents))

    def revised(self, documents: Sequence[Document]) -> Iterator[tuple[Document, Document, Document]]:
        """Each of the `documents` of `collection` that said something else before, as `results.revised` has them."""
        return revised(self._store, documents)

    # ---- upkeep

    def status(self) -> Status:
        """What the archive holds, and what waits to be done."""
        entries, links = self._linked()
        copies, _, recurring = by_number(entries, links)
        marks = self._store.marks()
        compared = self._compared(entries, copies)
        wanted = {entry.number: mark_of(entry, recurring.get(entry.number, frozenset())) for entry in compared}
        return Status(
            articles=len(entries),
            copies=len(copies),
            to_read=sum(marks.get(number) != mark for number, mark in wanted.items()),
            to_judge=len(self._store.lots(judged=False)),
            revisions=self._store.count("revisions"),
            bytes=self._size(),
            format=VERSION,
            rules=self.rules,
        )

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


def is_archive(folder: Path) -> bool:
    """Whether an archive lies in a folder."""
    return (folder / FILE).is_file()


def _make(folder: Path) -> None:
    """The folder of a new archive. Raises `ArchiveError` where it cannot be one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {each.name for each in folder.iterdir()} - {LOCK, REPORT}
    except OSError as error:
        raise ArchiveError(f"{folder}: {error.strerror}; name a folder that can be written") from error
    if FILE not in others and others:
        raise ArchiveError(f"{folder}: neither empty nor an archive; name a folder of its own")


def _lies_in(location: str, place: str) -> bool:
    """Whether a whole path, perhaps with the number of its record, is that file or lies in that folder."""
    return location == place or location.startswith((f"{place.rstrip('/')}/", f"{place}:"))
