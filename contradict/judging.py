"""Pairs of passages given as JSON lines, as rows for the judge; a label that a line may carry is never looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from contradict.errors import InputError
from contradict.isodates import read_iso
from contradict.passages import JudgeRow, Passage
from contradict.types import TimeSpan

MAX_LINE = 1 << 24  # bytes; two passages with the sentences around them have a few thousand


def read_records(lines: Iterable[bytes], *, name: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each line that is not blank as `name:line` and its JSON object. Raises `InputError`."""
    for number, line in enumerate(lines, start=1):
        where = f"{name}:{number}"
        if len(line) > MAX_LINE:
            raise InputError(f"{where}: the line is longer than {MAX_LINE} bytes; put one pair on each line")
        if line.strip():
            yield where, _object(line, where)


def read_pair(record: Mapping[str, object], where: str) -> JudgeRow:
    """One row from its JSON object; `where` names the line in messages. Raises `InputError`."""
    return JudgeRow(id=str(_id(record, where)), a=_passage(record, "a", where), b=_passage(record, "b", where))


def read_texts(record: Mapping[str, object], where: str) -> tuple[str | int, str, str]:
    """The id and the two texts alone, all that the entailment judge looks at. Raises `InputError`."""
    a, b = (_side(record, side, where)[0] for side in ("a", "b"))
    return _id(record, where), a, b


def _id(record: Mapping[str, object], where: str) -> str | int:
    identity = record.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        raise InputError(f"{where}: no 'id'; give every pair a name or a number of its own")
    return identity


def _object(line: bytes, where: str) -> Mapping[str, object]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}); write one JSON object a line") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: not a JSON object; write {{'id': ..., 'a': {{...}}, 'b': {{...}}}} as JSON")
    return record


def _side(record: Mapping[str, object], side: str, where: str) -> tuple[str, Mapping[str, object]]:
    """The text of one side, and all its fields."""
    fields = record.get(side)
    if not isinstance(fields, dict):
        raise InputError(f"{where}: no '{side}'; give each side as an object with a 'text'")
    text = fields.get("text")
    if not isinstance(text, str):
        raise InputError(f"{where}: no 'text' in '{side}'; give the passage to judge as a string")
    return text, fields


def _passage(record: Mapping[str, object], side: str, where: str) -> Passage:
    text, fields = _side(record, side, where)
    source, before, after = (
        _string(fields, name, f"{where}: '{side}.{name}'") for name in ("source", "before", "after")
    )
    return Passage(
        text=text,
        date=_date(fields.get("date"), f"{where}: '{side}.date'"),
        source=source,
        before=before,
        after=after,
    )


def _string(fields: Mapping[str, object], name: str, where: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise InputError(f"{where} is not a string; write one, or leave it out")


def _date(value: object, where: str) -> TimeSpan | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f'{where}: not a string; write "YYYY-MM-DD", or leave it out')
    try:
        return read_iso(value)
    except ValueError as error:
        raise InputError(f"{where}: {error}; write YYYY-MM-DD, YYYY-MM or YYYY, or leave it out") from error
