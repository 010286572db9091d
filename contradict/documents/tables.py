"""Tables of articles: CSV and TSV in any usual dialect, and parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from contradict.documents.encoding import encoding_of
from contradict.documents.records import Fields, Item, Unreadable, article_of, chosen_names
from contradict.documents.streams import PACKED, ByteStream, sampled, unpacked
from contradict.types import Skipped

MAX_CELL = 1 << 24
"""Characters of one cell of a table."""
MAX_PARQUET_BYTES = 1 << 30
"""Bytes of a packed parquet file, which must be unpacked whole."""
BATCH = 256


def read_table(chunks: Iterator[bytes], shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """A table with a header; the separator is the one that the header uses. Rows are named by their first line."""
    head, chunks = sampled(chunks)
    if not head.strip():
        yield Skipped(shown, "empty")
        return
    encoding = encoding_of(head, whole=False)
    stream = io.BufferedReader(ByteStream(chunks), 1 << 18)
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
    header = head.decode(encoding, "replace").lstrip("\ufeff").split("\n", 1)[0]
    before = csv.field_size_limit(MAX_CELL)
    try:
        rows = csv.reader(lines, delimiter=max("\t,;|", key=header.count), strict=False)
        yield from _rows(rows, shown, place, fields)
    finally:
        csv.field_size_limit(before)


def _rows(rows: Iterator[list[str]], shown: str, place: str, fields: Fields) -> Iterator[Item]:
    names = [name.strip().lstrip("\ufeff") for name in next(rows)]
    if "text" not in chosen_names(names, fields):
        yield article_of(dict.fromkeys(names), path=shown, place=place, fields=fields)
        return
    while True:
        line = rows.line_num + 1  # type: ignore[attr-defined]  # csv readers count lines, Iterator does not say so
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"{shown}:{line}", f"broken table: {error}")
            continue
        except Unreadable as error:
            yield Skipped(f"{shown}:{line}", f"{error}; read up to here")
            return
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(names):
            row += [""] * (len(names) - len(row))
        yield article_of(
            dict(zip(names, row, strict=False)), path=f"{shown}:{line}", place=f"{place}:{line}", fields=fields
        )


def read_parquet(path: Path, shown: str, place: str, fields: Fields) -> Iterator[Item]:
    """A parquet file, batch by batch, only the columns that are used."""
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(_parquet_source(path))
    except (pyarrow.ArrowInvalid, pyarrow.ArrowException) as error:
        raise Unreadable(f"not whole parquet data ({str(error).splitlines()[0]})") from error
    names = [field.name for field in file.schema_arrow]
    chosen = chosen_names(names, fields)
    if "text" not in chosen:
        yield article_of(dict.fromkeys(names), path=shown, place=place, fields=fields)
        return
    number = 0
    try:
        for batch in file.iter_batches(batch_size=BATCH, columns=sorted(set(chosen.values()))):
            for record in batch.to_pylist():
                number += 1
                yield article_of(record, path=f"{shown}:{number}", place=f"{place}:{number}", fields=fields)
    except (pyarrow.ArrowException, OSError) as error:
        yield Skipped(f"{shown}:{number + 1}", f"damaged parquet data ({str(error).splitlines()[0]}); read up to here")
    if not number:
        yield Skipped(shown, "empty")


def _parquet_source(path: Path) -> object:
    if path.suffix.lower() not in PACKED:
        return str(path)
    parts, total = [], 0
    for chunk in unpacked(path):
        total += len(chunk)
        if total > MAX_PARQUET_BYTES:
            raise Unreadable(f"too long: more than {MAX_PARQUET_BYTES:,} bytes of packed parquet; unpack it first")
        parts.append(chunk)
    return io.BytesIO(b"".join(parts))
