"""All that a person points at, read once: documents, copies, and every loss with its reason."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from contradict.documents.boilerplate import article_text
from contradict.documents.copies import CopyFinder, Link, tokens_of, without_headline
from contradict.documents.dates import DayOrder, is_ambiguous, order_shown, parse_date
from contradict.documents.formats import read_file, read_lines
from contradict.documents.furniture import leave_out_furniture, sentence_keys
from contradict.documents.language import foreign_language
from contradict.documents.layout import Layout, layout_of
from contradict.documents.reading import document_from_text
from contradict.documents.records import Fields, Item, Raw
from contradict.documents.sources import Walk
from contradict.documents.streams import read_chunks
from contradict.types import Collection, Copy, Document, Skipped, digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STDIN = "-"
MAX_LISTED = 20
"""Losses of one kind in one file that are listed one by one; the rest is one line with their number."""

_USUAL_FIELDS = Fields()


def read_collection(
    paths: Sequence[str],
    *,
    fields: Fields = _USUAL_FIELDS,
    exclude: Sequence[Path] = (),
    stdin: IO[bytes] | None = None,
) -> Collection:
    """The articles that `paths` name: files, folders, globs, and `-` for JSON Lines on `stdin` (or the process's own).

    Folders in `exclude` and results of earlier scans are not read. Raises InputError for a path that is not there;
    whatever else cannot be read is in `skipped`, what was read and is not compared in `not_compared`.
    """
    shelf = _Shelf()
    walk = Walk(exclude)
    for given in dict.fromkeys(paths):
        if given == STDIN:
            shelf.add_file(STDIN, read_lines(read_chunks(stdin or sys.stdin.buffer), STDIN, "stdin", fields))
            continue
        for found in walk.expand(given):
            if isinstance(found, Skipped):
                shelf.skipped.append(found)
            else:
                items = read_file(found.file, shown=found.shown, place=found.place, fields=fields)
                shelf.add_file(found.shown, items)
    return shelf.collection()


class _Shelf:
    """Takes articles file by file, links them at the end."""

    def __init__(self) -> None:
        self.skipped: list[Skipped] = []
        self._not_compared: list[Skipped] = []
        self._notes: list[Skipped] = []
        self._documents: list[Document] = []
        self._keys: list[NDArray[np.uint64]] = []
        self._copies: list[tuple[Copy, int]] = []
        self._finder = CopyFinder()

    def add_file(self, shown: str, items: Iterable[Item]) -> None:
        """The articles of one file. Dates such as 05/09/2023 wait for its end: its other dates may show their order."""
        skipped: list[Skipped] = []
        not_compared: list[Skipped] = []
        notes: list[Skipped] = []
        orders: set[DayOrder] = set()
        waiting: list[tuple[bool, int, str, object]] = []
        for item in items:
            if isinstance(item, Skipped):
                skipped.append(item)
                continue
            orders |= order_shown(item.date)
            layout = layout_of(item.text)
            document = _document(item, layout)
            tokens = _body(document)
            language = foreign_language(document.text, tokens)
            if language:
                not_compared.append(Skipped(item.path, f"the models do not speak its language: {language}"))
            elif not any(token[0].isalpha() for token in tokens):
                skipped.append(Skipped(item.path, "nothing but page furniture"))
            else:
                kept = self._take(document, layout, tokens)
                if is_ambiguous(item.date):
                    waiting.append((kept, len(self._documents if kept else self._copies) - 1, item.path, item.date))
                not_compared += [Skipped(item.path, loss) for loss in item.losses]
                notes += [Skipped(item.path, note) for note in item.notes]
        order = next(iter(orders)) if len(orders) == 1 else None
        for kept, number, path, value in waiting:
            if order is None:
                notes.append(Skipped(path, f"no date: it may be day first or month first: {value}"))
            else:
                self._set_date(kept, number, value, order)
        self.skipped += _summed(shown, skipped)
        self._not_compared += _summed(shown, not_compared)
        self._notes += _summed(shown, notes)

    def _take(self, document: Document, layout: Layout, tokens: Sequence[str]) -> bool:
        """Keep a new article, or note it as a copy of one that was read before; whether it is kept."""
        before = self._finder.add(tokens, headline=tokens_of(document.title))
        if before is not None:
            self._copies.append((Copy(document.path, document.source, document.date, ""), before))
            return False
        self._documents.append(document)
        self._keys.append(sentence_keys(document, layout))
        return True

    def _set_date(self, kept: bool, number: int, value: object, order: DayOrder) -> None:
        date = parse_date(value, order=order)
        if kept:
            self._documents[number] = replace(self._documents[number], date=date)
        else:
            copy, before = self._copies[number]
            self._copies[number] = (replace(copy, date=date), before)

    def collection(self) -> Collection:
        documents = self._with_ids()
        links = self._finder.near(self._tokens_at())
        copied = {later: earlier for later, (kind, earlier) in links.items() if kind is Link.COPY}
        originals = _originals(
            documents, {later: earlier for later, (kind, earlier) in links.items() if later not in copied}
        )
        for later, original in originals.items():
            documents[later] = replace(documents[later], version_of=documents[original].id)
        copies = [(copy, copied.get(before, before)) for copy, before in self._copies]
        copies += [
            (Copy(documents[n].path, documents[n].source, documents[n].date, ""), at) for n, at in copied.items()
        ]
        kept = [number for number in range(len(documents)) if number not in copied]
        read = leave_out_furniture([documents[number] for number in kept], [self._keys[number] for number in kept])
        return Collection(
            documents=tuple(read),
            skipped=tuple(self.skipped),
            copies=tuple(replace(copy, document=documents[before].id) for copy, before in copies),
            not_compared=tuple(self._not_compared),
            notes=tuple(self._notes),
        )

    def _with_ids(self) -> list[Document]:
        """The documents, those whose id another has told apart by their text, which no later run changes."""
        taken: dict[str, str] = {}
        named = []
        for document in self._documents:
            name = document.id
            if name in taken:
                name = f"{name}#{digest(document.text)[:8]}"
                self._notes.append(
                    Skipped(document.path, f"its id is also that of {taken[document.id]}: called {name}")
                )
            taken.setdefault(name, document.path)
            named.append(replace(document, id=name))
        return named

    def _tokens_at(self) -> Callable[[int], list[str]]:
        @lru_cache(maxsize=64)
        def tokens_at(number: int) -> list[str]:
            return _body(self._documents[number])

        return tokens_at


def _body(document: Document) -> list[str]:
    """The words of an article without its headline and what is left out, by which copies are found."""
    return without_headline(tokens_of(article_text(document.text, document.left_out)), tokens_of(document.title))


def _document(item: Raw, layout: Layout) -> Document:
    return document_from_text(
        item.text,
        path=item.path,
        id=item.id or item.url or item.place,
        title=item.title,
        source=item.source,
        date=parse_date(item.date),
        url=item.url,
        markdown=item.markdown,
        layout=layout,
    )


def _originals(documents: Sequence[Document], links: dict[int, int]) -> dict[int, int]:
    """For each version, the number of its original: of the articles linked with each other the earliest dated, else the
    one that was read first."""
    root = {number: number for number in links.values()}
    for later in sorted(links):
        root[later] = root[links[later]]
    groups: dict[int, list[int]] = {}
    for number in sorted(root):
        groups.setdefault(root[number], []).append(number)
    originals = {}
    for group in groups.values():
        original = min(group, key=lambda number: (_last_day(documents[number]), number))
        originals.update({number: original for number in group if number != original})
    return originals


def _last_day(document: Document) -> date:
    return document.date.end if document.date else date.max


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
