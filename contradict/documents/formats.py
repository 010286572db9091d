"""One reader per format: each yields articles as found, or the reason why there is none."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from contradict.documents.encoding import Decoded, decode, encoding_of
from contradict.documents.outlets import front_matter
from contradict.documents.pages import page_article
from contradict.documents.records import (
    MAX_TEXT,
    Fields,
    Item,
    Unreadable,
    article,
    article_of,
    articles_of,
    chosen_names,
)
from contradict.documents.streams import PACKED, ByteStream, sampled, unpacked
from contradict.documents.tables import read_parquet, read_table
from contradict.types import Skipped

MAX_LINE = 1 << 26
"""Characters of one line of JSON; a longer line is reported and passed over."""
MAX_TEXT_BYTES = 4 * MAX_TEXT + 4096
"""Bytes of a text file that are decoded: enough for `MAX_TEXT` characters in any encoding."""
MAX_JSON_BYTES = 1 << 28
MAX_PAGE_BYTES = 1 << 22

Chunks = Iterator[bytes]
Reader = Callable[[Chunks, str, str, Fields], Iterator[Item]]


def format_of(path: Path) -> str:
    """The ending that says the format, without that of a packing: `.jsonl` for `news.jsonl.xz`."""
    suffix = path.suffix.lower()
    return Path(path.stem).suffix.lower() if suffix in PACKED else suffix


def read_file(path: Path, *, shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """The articles of one file; damage found on the way is the last item, after all that could be read.

    `shown` is the path as reports give it, `place` the one that identifies the file within what was scanned.
    """
    try:
        if format_of(path) == ".parquet":
            yield from read_parquet(path, shown, place, fields)
        else:
            yield from READERS[format_of(path)](unpacked(path), shown, place, fields)
    except Unreadable as error:
        yield Skipped(shown, str(error))
    except OSError as error:
        yield Skipped(shown, f"cannot be opened: {error.strerror or error}")
    except RecursionError:
        yield Skipped(shown, "nested too deeply")
    except Exception as error:  # a parser may fail on hostile input in ways of its own; one file never stops a run
        yield Skipped(shown, f"cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:200]}")


def read_lines(chunks: Chunks, shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """JSON Lines: one record a line, blank lines passed over."""
    head, chunks = sampled(chunks)
    encoding = encoding_of(head, whole=False)
    if not encoding.startswith("utf"):
        encoding = "utf-8"  # each line that is not is told by itself
    stream = io.BufferedReader(ByteStream(chunks), 1 << 18)
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="\n")
    number, blank = 0, True
    while True:
        number += 1
        try:
            line = lines.readline(MAX_LINE)
        except Unreadable as error:
            yield Skipped(f"{shown}:{number}", f"{error}; read up to here")
            return
        if not line:
            if blank:
                yield Skipped(shown, "empty")
            return
        blank = blank and line.isspace()
        if len(line) == MAX_LINE and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = lines.readline(MAX_LINE)
            yield Skipped(f"{shown}:{number}", f"a line of more than {MAX_LINE:,} characters")
        elif line.strip():
            yield _line_article(line, f"{shown}:{number}", f"{place}:{number}", fields)


def _line_article(line: str, shown: str, place: str, fields: Fields) -> Item:
    notes: tuple[str, ...] = ()
    try:
        if _undecoded(line):
            mended = decode(line.encode("utf-8", "surrogateescape"))
            line, notes = mended.text, (f"read as {mended.encoding}",)
        record = json.loads(line)
    except Unreadable as error:
        return Skipped(shown, str(error))
    except RecursionError:
        return Skipped(shown, "broken JSON: nested too deeply")
    except ValueError as error:
        return Skipped(shown, _broken(error))
    if not isinstance(record, Mapping):
        return Skipped(shown, "the line holds no record (a JSON object)")
    found = article_of(record, path=shown, place=place, fields=fields)
    return found if isinstance(found, Skipped) or not notes else _noted(found, notes)


def _undecoded(line: str) -> bool:
    """Whether bytes that are not UTF-8 were carried into the line as lone surrogates."""
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _noted(found: Item, notes: tuple[str, ...]) -> Item:
    return found if isinstance(found, Skipped) else replace(found, notes=(*found.notes, *notes))


def _broken(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error.msg} at column {error.pos + 1}"
    return f"broken JSON: {error}"


def read_json(chunks: Chunks, shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """A JSON file: a record, a list of records, or an object that holds one list of them; else JSON Lines."""
    data = _whole(chunks, MAX_JSON_BYTES, "JSON file; as JSON Lines (.jsonl) it is read record by record")
    text = _decoded(data).text
    try:
        value = json.loads(text)
    except RecursionError:
        yield Skipped(shown, "broken JSON: nested too deeply")
    except ValueError as error:
        if _starts_with_record(text):
            yield from read_lines(iter([text.encode("utf-8", "surrogatepass")]), shown, place, fields)
        else:
            yield Skipped(shown, _broken(error))
    else:
        yield from articles_of(value, path=shown, place=place, fields=fields)


def _starts_with_record(text: str) -> bool:
    """Whether the first of several lines is a JSON object of its own."""
    first, _, rest = text.strip().partition("\n")
    try:
        return bool(rest) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def read_text(chunks: Chunks, shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """Plain text, one article a file; a saved web page under the wrong name is read as one."""
    decoded, cut = _text_head(chunks)
    if decoded.text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        yield page_article(decoded.text, path=shown, place=place)
        return
    notes = (f"{decoded.replaced:,} places cannot be decoded and show as �",) if decoded.replaced else ()
    yield article(decoded.text, path=shown, place=place, notes=notes, cut=cut)


def read_markdown(chunks: Chunks, shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """Markdown, one article a file, with the fields of its front matter."""
    for found in read_text(chunks, shown, place, fields):
        if isinstance(found, Skipped):
            yield found
            continue
        front = front_matter(found.text)
        stated = {part: front[name] for part, name in chosen_names(front, fields).items()}
        yield replace(
            found,
            markdown=True,
            title=stated.get("title", found.title),
            source=stated.get("source", ""),
            date=stated.get("date"),
            url=stated.get("url", found.url),
            id=stated.get("id", ""),
        )


def read_page(chunks: Chunks, shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """A web page: its main text and its metadata."""
    data = _whole(chunks, MAX_PAGE_BYTES, "web page")
    yield page_article(_decoded(data, page=True).text, path=shown, place=place)


def _whole(chunks: Chunks, limit: int, what: str) -> bytes:
    parts, total = [], 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise Unreadable(f"too long: more than {limit:,} bytes for a {what}")
        parts.append(chunk)
    return b"".join(parts)


def _text_head(chunks: Chunks) -> tuple[Decoded, bool]:
    """As much of a text as can be an article, and whether there is more."""
    data = b""
    for chunk in chunks:
        data += chunk
        if len(data) > MAX_TEXT_BYTES:
            decoded = _decoded(data[:MAX_TEXT_BYTES])
            split = decoded.text.endswith("�")  # the cut went through a character
            return Decoded(decoded.text.rstrip("�"), decoded.encoding, decoded.replaced - split), True
    return _decoded(data), False


def _decoded(data: bytes, *, page: bool = False) -> Decoded:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    declared = _declared(data) if page else ""
    if declared:
        return Decoded(data.decode(declared), declared)
    return decode(data)


def _declared(data: bytes) -> str:
    """The encoding that a page declares for itself, where the page is indeed in it."""
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", data[:4096], re.IGNORECASE)
    if not found:
        return ""
    name = found[1].decode("ascii")
    name = "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else name
    try:
        data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return ""
    return name


READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
}

FORMATS = frozenset({*READERS, ".parquet"})
