"""All that a person points at, read once: documents, copies, and every loss with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO

from contradict.documents.articles import Article, FileEnd, read_articles
from contradict.documents.copies import Likeness, likeness_of
from contradict.documents.furniture import without_recurring
from contradict.documents.linking import Told, link
from contradict.documents.preparing import Signature, body_tokens
from contradict.documents.records import Fields
from contradict.types import Collection, Copy, Document, Skipped, digest

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
    documents: list[Document] = []
    signatures: list[Signature] = []
    ends: list[FileEnd] = []
    first = 0  # of the articles of the file that is being read
    for item in read_articles(paths, fields=fields, exclude=exclude, stdin=stdin):
        if isinstance(item, Article):
            documents.append(item.prepared.document)
            signatures.append(item.prepared.signature)
            continue
        for place, date in item.dates:
            documents[first + place] = replace(documents[first + place], date=date)
        ends.append(item)
        first = len(documents)
    return _linked(documents, signatures, ends)


def _linked(documents: Sequence[Document], signatures: Sequence[Signature], ends: Sequence[FileEnd]) -> Collection:
    links = link([Told(each.source, each.date) for each in documents], signatures, likeness_at(documents))
    kept = [number for number in range(len(documents)) if number not in links.copies]
    names, notes = names_of([documents[number] for number in kept])
    ids = dict(zip(kept, names, strict=True))
    read = []
    for number in kept:
        document = replace(
            documents[number],
            id=ids[number],
            version_of=ids[links.versions[number]] if number in links.versions else None,
        )
        read.append(without_recurring(document, links.recurring.get(number, frozenset())))
    copied = [(documents[number], ids[original]) for number, original in sorted(links.copies.items())]
    return Collection(
        documents=tuple(read),
        skipped=tuple(loss for end in ends for loss in end.skipped),
        copies=tuple(Copy(copy.path, copy.source, copy.date, original) for copy, original in copied),
        not_compared=tuple(loss for end in ends for loss in end.not_compared),
        notes=(*(loss for end in ends for loss in end.notes), *notes),
    )


def names_of(documents: Sequence[Document]) -> tuple[list[str], list[Skipped]]:
    """The ids of the documents, those whose id another has told apart by their text, which no later run changes; and a
    note on each of these."""
    taken: dict[str, str] = {}
    names, notes = [], []
    for document in documents:
        name = document.id
        if name in taken:
            name = f"{name}#{digest(document.text)[:8]}"
            notes.append(Skipped(document.path, f"its id is also that of {taken[document.id]}: called {name}"))
        taken.setdefault(name, document.path)
        names.append(name)
    return names, notes


def likeness_at(documents: Sequence[Document]) -> Callable[[int, int], Likeness]:
    """How alike two of the documents are, by their numbers."""

    @lru_cache(maxsize=64)
    def tokens_at(number: int) -> list[str]:
        return body_tokens(documents[number])

    return lambda later, earlier: likeness_of(tokens_at(later), tokens_at(earlier))
