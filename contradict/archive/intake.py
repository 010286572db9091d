"""Articles into an archive: new ones are added, changed ones take the place of what they were, others stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from contradict.archive.documents import Entry
from contradict.archive.store import Store
from contradict.documents.articles import Article, FileEnd
from contradict.documents.copies import Likeness, likeness_of
from contradict.documents.linking import Links, link
from contradict.documents.preparing import Signature, body_tokens
from contradict.types import Collection, Document, digest

COMMIT = 256  # articles that are put down in one step


@dataclass(slots=True)
class Added:
    """What became of the articles that were read; `numbers` are those of the new and the changed, `met` of all."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    numbers: set[int] = field(default_factory=set)
    met: set[int] = field(default_factory=set)

    @property
    def articles(self) -> int:
        return self.new + self.changed + self.unchanged


def add_articles(
    store: Store,
    found: Iterable[Article | FileEnd],
    *,
    on_article: Callable[[], None],
    replacing: bool = True,
    watched: bool = False,
) -> Added:
    """Puts the articles down as they come, `COMMIT` at a time. What was put down before is not put down again, so that
    an intake which was cut off goes on where it was.

    With `replacing` off an article comes beside the one whose place it would take. `watched` says that what is found of
    them is still to be reported.
    """
    added = Added()
    of_file: list[int] = []
    waiting: list[Article] = []
    told: set[str] = set()  # files of which a loss was put down in this run

    def put_down() -> None:
        if not waiting:
            return
        before = len(of_file)
        with store.transaction():
            of_file.extend(_put(store, article, added, replacing=replacing) for article in waiting)
            if watched:
                store.put_unreported(set(of_file[before:]) & added.numbers)
        waiting.clear()

    for item in found:
        if isinstance(item, Article):
            waiting.append(item)
            on_article()
            if len(waiting) == COMMIT:
                put_down()
            continue
        put_down()
        with store.transaction():
            for place, date in item.dates:
                store.set_date(of_file[place], date)
            losses = {"skipped": item.skipped, "not_compared": item.not_compared, "notes": item.notes}
            store.add_losses(item.shown, losses, anew=item.shown not in told)
        told.add(item.shown)
        of_file.clear()
    put_down()
    return added


def _put(store: Store, article: Article, added: Added, *, replacing: bool) -> int:
    """The number of the document that the article is now; no two articles of one run are the same document."""
    document, name = article.prepared.document, article.prepared.document.id
    known = [each for each in store.known(article.key) if each[0] not in added.met]
    same = next((number for number, _, digest in known if digest == article.digest), None)
    if same is not None:
        added.unchanged += 1
        if document.date is None:  # a date that the other dates of its file gave it must be given by them again
            store.set_date(same, None)
        added.met.add(same)
        return same
    number: int | None = None
    if known and replacing:
        number, own, _ = known[0]
        added.changed += 1
        if store.document(number).text != document.text:
            store.keep_revision(number)
    else:
        own = free_id(document, store.has_id)
        added.new += 1
    number = store.put_document(
        replace(document, id=own),
        article.prepared.signature,
        article.digest,
        name=name,
        key=article.key,
        location=article.location,
        number=number,
    )
    added.met.add(number)
    added.numbers.add(number)
    return number


def free_id(document: Document, taken: Callable[[str], bool]) -> str:
    """The id of a document, told apart by its text where another has it, which no later run changes."""
    if not taken(document.id):
        return document.id
    name = f"{document.id}#{digest(document.text)[:8]}"
    number = 1
    told = name
    while taken(told):
        number += 1
        told = f"{name}-{number}"
    return told


def adopt(store: Store, collection: Collection) -> None:
    """Puts down a collection that was read and linked elsewhere, as it is."""
    nothing = Signature(b"", (), np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint64))
    with store.transaction():
        for number, document in enumerate(collection.documents):
            mark = number.to_bytes(8, "little")  # no two alike
            store.put_document(document, nothing, mark, name=document.id, key=document.id, location="")


def linked(store: Store, entries: list[Entry], *, keep: bool) -> Links:
    """How the documents stand to each other, by their places among `entries`; likeness is worked out once, and kept for
    the next time where that can be written."""
    known = store.likenesses()
    new: dict[tuple[int, int], Likeness] = {}

    @lru_cache(maxsize=64)
    def tokens_at(number: int) -> list[str]:
        return body_tokens(store.document(number))

    def likeness(later: int, earlier: int) -> Likeness:
        pair = entries[later].number, entries[earlier].number
        if pair not in known:
            known[pair] = new[pair] = likeness_of(tokens_at(pair[0]), tokens_at(pair[1]))
        return known[pair]

    links = link([entry.told for entry in entries], [entry.signature for entry in entries], likeness)
    if new and keep:
        with store.transaction():
            store.put_likenesses(new)
    return links


def by_number(
    entries: list[Entry], links: Links
) -> tuple[Mapping[int, int], Mapping[int, int], Mapping[int, frozenset[int]]]:
    """The links by the numbers of the documents and not by their places."""
    number = [entry.number for entry in entries]
    return (
        {number[at]: number[original] for at, original in links.copies.items()},
        {number[at]: number[original] for at, original in links.versions.items()},
        {number[at]: keys for at, keys in links.recurring.items()},
    )
