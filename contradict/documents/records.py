"""One article as a reader hands it over, and how it is taken from a record with named fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from contradict.errors import ContradictError
from contradict.types import Skipped

MAX_TEXT = 1_000_000
"""Characters of one article that are read; the rest is reported. The longest of 39,273 news articles has 673,720."""


class Unreadable(ContradictError):
    """Why a file or a record cannot be read: a clause that fits behind "not read: "."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields that hold each part of an article; None looks for the usual names, in any case."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """An article as found. `date` is as written; `place` identifies it within what was scanned.

    `losses` says what of it is not compared, `notes` what a person should know about what was read.
    """

    path: str
    place: str
    text: str
    title: str = ""
    source: str = ""
    date: object = None
    url: str = ""
    id: str = ""
    markdown: bool = False
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


Item = Raw | Skipped

USUAL: Mapping[str, Sequence[str]] = {
    "text": ("text", "body", "content", "article", "fulltext", "articletext", "articlebody", "maintext", "bodytext"),
    "title": ("title", "headline"),
    "date": (
        "date", "published", "publishedat", "publishdate", "publicationdate", "datepublished", "datepublish", "pubdate",
    ),
    "source": ("source", "outlet", "publisher", "sourcename", "sitename", "publication"),
    "url": ("url", "link"),
    "id": ("id", "docid", "articleid"),
}  # fmt: skip


@lru_cache(maxsize=256)  # the records of a file have the same names
def plain_name(name: str) -> str:
    """A field's name without case and separators: `Published_At` and `published-at` are both `publishedat`."""
    return "".join(character for character in name.lower() if character not in "_- .")


def chosen_names(names: Iterable[str], fields: Fields) -> dict[str, str]:
    """The record's own name for each part, for those parts that it has: {"text": "Body", ...}."""
    present = list(names)
    by_plain: dict[str, str] = {}
    for name in present:
        by_plain.setdefault(plain_name(name), name)
    chosen = {}
    for part, usual in USUAL.items():
        named = getattr(fields, part)
        if named is not None:
            if named in present:
                chosen[part] = named
        else:
            found = next((by_plain[name] for name in usual if name in by_plain), None)
            if found is not None:
                chosen[part] = found
    return chosen


def article_of(record: Mapping[str, object], *, path: str, place: str, fields: Fields) -> Item:
    """The article in a record, or why there is none."""
    names = chosen_names(record, fields)
    if "text" not in names:
        return Skipped(path, _no_text(list(record), fields))
    try:
        text = _text_of(record[names["text"]], names["text"])
    except Unreadable as error:
        return Skipped(path, str(error))
    values = {part: record[name] for part, name in names.items()}
    return article(
        text,
        path=path,
        place=place,
        title=_short(values.get("title")),
        source=_short(values.get("source")),
        date=values.get("date"),
        url=_short(values.get("url")),
        id=_short(values.get("id")),
    )


def article(
    text: str,
    *,
    path: str,
    place: str,
    title: str = "",
    source: str = "",
    date: object = None,
    url: str = "",
    id: str = "",
    markdown: bool = False,
    notes: tuple[str, ...] = (),
    cut: bool = False,
) -> Item:
    """An article within `MAX_TEXT`, its text fit for every encoder, or why there is none.

    `cut` says that the text goes on beyond what is given.
    """
    clean = printable(text)
    if not clean.strip():
        return Skipped(path, "empty")
    losses: tuple[str, ...] = ()
    if clean != text:
        notes = (*notes, "characters that could not be decoded are shown as �")
    if len(clean) > MAX_TEXT:
        end = clean.rfind(" ", MAX_TEXT - 1000, MAX_TEXT)
        end = MAX_TEXT if end < 0 else end
        length = f"{'more than ' if cut else ''}{len(clean):,}"
        losses = (f"only the first {end:,} of {length} characters are compared (at most {MAX_TEXT:,} an article)",)
        clean = clean[:end]
    return Raw(
        path=path,
        place=place,
        text=clean,
        title=" ".join(printable(title).split()),
        source=" ".join(printable(source).split()),
        date=date,
        url=printable(url).strip(),
        id=printable(id).strip(),
        markdown=markdown,
        losses=losses,
        notes=notes,
    )


def printable(text: str) -> str:
    """The text with lone surrogates, which no encoding can write, shown as U+FFFD; every offset stays the same."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("�" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def articles_of(value: object, *, path: str, place: str, fields: Fields) -> Iterator[Item]:
    """The articles of a parsed JSON value: a record, a list of records, or an object that holds one such list."""
    if isinstance(value, Mapping):
        lists = [item for item in value.values() if isinstance(item, list) and any(isinstance(x, dict) for x in item)]
        if "text" in chosen_names(value, fields) or len(lists) != 1:
            yield article_of(value, path=path, place=place, fields=fields)
            return
        value = lists[0]
    if not isinstance(value, list):
        yield Skipped(path, f"holds {_kind(value)}, not a record or a list of records")
        return
    if not value:
        yield Skipped(path, "holds an empty list")
    for number, record in enumerate(value, start=1):
        if isinstance(record, Mapping):
            yield article_of(record, path=f"{path}:{number}", place=f"{place}:{number}", fields=fields)
        else:
            yield Skipped(f"{path}:{number}", f"holds {_kind(record)}, not a record")


def _no_text(names: list[str], fields: Fields) -> str:
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    if fields.text is not None:
        return f"no field {fields.text!r} (--text-field); the fields are: {shown or 'none'}"
    return f"no text field; the fields are: {shown or 'none'}; name the one that holds the text with --text-field"


def _text_of(value: object, name: str) -> str:
    """The text of a field: a string, or a list of strings as paragraphs."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    raise Unreadable(f"the field {name!r} holds {_kind(value)}, not text")


def _short(value: object) -> str:
    """A title, outlet, URL or id as text; an outlet given as an object (`{"name": "..."}`) by its name."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "title", "id", "$oid") if value.get(key)), None)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)


def _kind(value: object) -> str:
    kinds = {bool: "a yes or no", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}
    return "nothing" if value is None else kinds.get(type(value), f"a {type(value).__name__}")
