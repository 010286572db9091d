"""One article as found, made ready on its own: its document, and the signature by which it is set against others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contradict.documents.boilerplate import article_text
from contradict.documents.copies import facts_of, identity_of, sketch_of, tokens_of, without_headline
from contradict.documents.dates import parse_date
from contradict.documents.furniture import sentence_keys
from contradict.documents.language import foreign_language
from contradict.documents.layout import layout_of
from contradict.documents.reading import document_from_text
from contradict.documents.records import Raw
from contradict.types import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What tells whether an article is a copy or a version of another, and which of its sentences recur elsewhere.

    `identity` is equal for the same words; `headline` the facts of the title; `sketch` the smallest hashes of its
    shingles, `keys` those of its sentences, both ascending, uint64.
    """

    identity: bytes
    headline: tuple[str, ...]
    sketch: NDArray[np.uint64]
    keys: NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An article made ready, or the reason why it is not compared (`foreign`) or not an article at all (`empty`)."""

    document: Document
    signature: Signature
    foreign: str = ""
    empty: bool = False


def prepare(item: Raw) -> Prepared:
    """The document of an article as found, and its signature; nothing here hangs on other articles."""
    layout = layout_of(item.text)
    document = document_from_text(
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
    tokens = body_tokens(document)
    signature = Signature(
        identity=identity_of(tokens),
        headline=tuple(facts_of(tokens_of(document.title))),
        sketch=sketch_of(tokens),
        keys=sentence_keys(document, layout),
    )
    foreign = foreign_language(document.text, tokens)
    return Prepared(document, signature, foreign or "", not any(token[0].isalpha() for token in tokens))


def prepare_all(items: Sequence[Raw]) -> list[Prepared]:
    """The articles of one lot, for a worker."""
    return [prepare(item) for item in items]


def body_tokens(document: Document) -> list[str]:
    """The words of an article without its headline and what is left out, by which copies are found."""
    return without_headline(tokens_of(article_text(document.text, document.left_out)), tokens_of(document.title))
