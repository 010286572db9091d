"""All that a person points at, as a stream of articles made ready, file by file, with every loss and its reason."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from contradict.documents.comments import readers_comments
from contradict.documents.dates import DayOrder, is_ambiguous, order_shown, parse_date
from contradict.documents.formats import read_file, read_lines
from contradict.documents.preparing import Prepared, prepare_all
from contradict.documents.records import Fields, Item, Raw
from contradict.documents.sources import Walk
from contradict.documents.streams import read_chunks
from contradict.parallel import Workers, lots_of
from contradict.types import Skipped, TimeSpan

STDIN = "-"
MAX_LISTED = 20
"""Losses of one kind in one file that are listed one by one; the rest is one line with their number."""
LOT = 32  # articles that a worker is given at once


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """An article made ready, and the digest of all that was found of it: equal for one that has not changed.

    `key` is equal for what takes the place of another: its own id, else its address, else where it lies, else, of what
    came through a pipe, its digest. `location` is the whole path, nothing of what came through a pipe.
    """

    prepared: Prepared
    digest: bytes
    key: str
    location: str


@dataclass(frozen=True, slots=True, eq=False)
class FileEnd:
    """What is known when a file has been read to its end: its losses, and the dates that only its other dates tell.

    `dates` has the place of an article among those of the file, and the date that it gets.
    """

    shown: str
    skipped: tuple[Skipped, ...] = ()
    not_compared: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()
    dates: tuple[tuple[int, TimeSpan], ...] = ()


def read_articles(
    paths: Sequence[str],
    *,
    fields: Fields,
    exclude: Sequence[Path] = (),
    stdin: IO[bytes] | None = None,
    workers: Workers | None = None,
    root: Path | None = None,
) -> Iterator[Article | FileEnd]:
    """The articles of each file in turn, and then its end; losses without a file are a file's end of their own.

    Files are identified as in a scan of the folder `root` where it is given. Raises InputError for a path that is not
    there.
    """
    walk = Walk(exclude)
    workers = workers or Workers()
    for given in dict.fromkeys(paths):
        if given == STDIN:
            items = read_lines(read_chunks(stdin or sys.stdin.buffer), STDIN, "stdin", fields)
            yield from _read_file(STDIN, items, workers)
            continue
        for found in walk.expand(given, root=root):
            if isinstance(found, Skipped):
                yield FileEnd(found.path, skipped=(found,))
            else:
                items = read_file(found.file, shown=found.shown, place=found.place, fields=fields)
                yield from _read_file(found.shown, items, workers)


@dataclass(slots=True)
class _File:
    """What is met on the way through one file. Dates such as 05/09/2023 wait for its end: the others may show their
    order."""

    skipped: list[Skipped] = field(default_factory=list)
    not_compared: list[Skipped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)
    orders: set[DayOrder] = field(default_factory=set)
    waiting: list[tuple[int, str, object]] = field(default_factory=list)
    articles: int = 0

    def raws(self, items: Iterable[Item]) -> Iterator[Raw]:
        for item in items:
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                self.orders |= order_shown(item.date)
                yield item

    def take(self, item: Raw, prepared: Prepared) -> Iterator[Article]:
        if prepared.foreign:
            reason = f"the models do not speak its language: {prepared.foreign}"
            self.not_compared.append(Skipped(item.path, reason))
        elif prepared.empty:
            self.skipped.append(Skipped(item.path, "nothing but page furniture"))
        else:
            if is_ambiguous(item.date):
                self.waiting.append((self.articles, item.path, item.date))
            self.articles += 1
            self.not_compared += [Skipped(item.path, loss) for loss in item.losses]
            if readers_comments(prepared.document.text) is not None:
                self.not_compared.append(Skipped(item.path, "what readers wrote below the article"))
            self.notes += [Skipped(item.path, note) for note in item.notes]
            yield _article(item, prepared)

    def end(self, shown: str) -> FileEnd:
        order = next(iter(self.orders)) if len(self.orders) == 1 else None
        dates = []
        for place, path, value in self.waiting:
            date = parse_date(value, order=order) if order is not None else None
            if date is not None:
                dates.append((place, date))
            if order is None:
                self.notes.append(Skipped(path, f"no date: it may be day first or month first: {value}"))
        skipped, not_compared, notes = (
            tuple(_summed(shown, found)) for found in (self.skipped, self.not_compared, self.notes)
        )
        return FileEnd(shown, skipped, not_compared, notes, tuple(dates))


def _read_file(shown: str, items: Iterable[Item], workers: Workers) -> Iterator[Article | FileEnd]:
    file = _File()
    sent: list[list[Raw]] = []

    def lots() -> Iterator[list[Raw]]:
        for lot in lots_of(file.raws(items), LOT):
            sent.append(lot)
            yield lot

    for ready in workers.map(prepare_all, lots()):
        for item, prepared in zip(sent.pop(0), ready, strict=True):
            yield from file.take(item, prepared)
    yield file.end(shown)


def _article(item: Raw, prepared: Prepared) -> Article:
    digest = _digest(item)
    location = "" if item.path.startswith(f"{STDIN}:") else os.path.abspath(item.path)
    return Article(prepared, digest, key=item.id or item.url or location or digest.hex(), location=location)


RULES = 1
"""Raised whenever other parts of a text are left out than before: an archive then takes an article that comes again for
a changed one."""


def _digest(item: Raw) -> bytes:
    parts = (str(RULES), item.text, item.title, item.source, str(item.date), item.url, item.id)
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).digest()


def _summed(shown: str, losses: Sequence[Skipped]) -> Iterator[Skipped]:
    """The losses of one file, of each kind at most `MAX_LISTED` one by one and the others as one."""
    counts: Counter[str] = Counter()
    for loss in losses:
        kind = loss.reason.partition(":")[0]
        counts[kind] += 1
        if counts[kind] <= MAX_LISTED:
            yield loss
    for kind, count in counts.items():
        if count > MAX_LISTED:
            yield Skipped(shown, f"{count - MAX_LISTED:,} more: {kind}", count - MAX_LISTED)
