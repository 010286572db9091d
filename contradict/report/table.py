"""`pairs.csv`: the pairs as a flat table that can be opened in a spreadsheet without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from contradict.report.escaping import cell
from contradict.report.records import Record

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the local code page and spoils every curly quote

_PAIR = ("id", "finding", "relation", "kind", "score", "matter", "reason", "same_speaker", "same_source")
_SIDE = ("source", "date", "title", "speaker", "as_of")
_FIGURE = ("surface", "value", "low", "high", "hedge", "unit", "counted")
_PLACE = ("text", "document", "path", "start", "end")
_NUMERIC = frozenset({"score", "value", "low", "high", "start", "end"})

HEADER = (*_PAIR, *(f"{side}_{name}" for side in "ab" for name in (*_SIDE, *_FIGURE, *_PLACE)))


def table_lines(pairs: Iterable[Record]) -> Iterator[str]:
    """The lines of the table, header first; `pairs` are pair records. Missing values are empty cells."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADER)
    yield BYTE_ORDER_MARK + _drain(buffer)
    for pair in pairs:
        writer.writerow(_row(pair))
        yield _drain(buffer)


def _row(pair: Record) -> list[str]:
    cells = [_cell(name, pair[name]) for name in _PAIR]
    for key in ("a", "b"):
        side = pair[key]
        figure = side["figure"] or {}
        cells += [_cell(name, side[name]) for name in _SIDE]
        cells += [_cell(name, figure.get(name)) for name in _FIGURE]
        cells += [_cell(name, side[name]) for name in _PLACE]
    return cells


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if name in _NUMERIC else cell(str(value))


def _drain(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
