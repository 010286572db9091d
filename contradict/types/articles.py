"""What is read: articles, those left out, and their sentences."""

from __future__ import annotations

from dataclasses import dataclass

from contradict.types.spans import TimeSpan


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A span of a document's text that no claim is read from, and why ("boilerplate", "repeated", "byline", ...)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One article. `text` is never altered after reading; `left_out` marks the spans that are not the article itself.

    `id` is stable across runs and unique in a collection: the record's own id, else its URL, else its path.
    """

    id: str
    path: str
    text: str
    title: str = ""
    source: str = ""
    date: TimeSpan | None = None
    url: str = ""
    left_out: tuple[LeftOut, ...] = ()
    version_of: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, or read and not compared: where (path, with `:line` for a record) and why.

    `count` is how many things it stands for: files of one ending, further lines with the same fault.
    """

    path: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Copy:
    """An article met again: `document` is the id under which the same article was read first."""

    path: str
    source: str
    date: TimeSpan | None
    document: str


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """All that was read, in the order of reading, and all that was not.

    `notes` is no loss: what a person should know about something that was read (an id that was not unique, a date that
    may be day first or month first).
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()
    copies: tuple[Copy, ...] = ()
    not_compared: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a document: `document.text[start:end] == text`.

    Where it is compared without what is no part of what it says (who speaks in a transcript), `whole` is all of it.
    """

    document: Document
    index: int
    start: int
    end: int
    whole: Sentence | None = None

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]
