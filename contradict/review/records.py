"""A decision as one record: the same line in the store, from the static report, in an export and in an import."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from contradict.errors import InputError
from contradict.report.escaping import whole
from contradict.report.records import Record

MAX_NOTE = 10_000  # characters
MAX_NAME = 100
MAX_STATEMENTS = 5_000
MAX_TEXTS = 40  # statements of a finding whose texts a decision carries, its pair's first
MAX_TEXT = 4_000  # characters of a sentence; a longer one is cut around its figure
_MAX_ID = 80
_AHEAD = timedelta(days=1)  # a clock may be wrong by as much; a later time would outdate every decision to come
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_MARKS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Choice(StrEnum):
    """What a person says of a finding, in the order of the keys 1 to 5."""

    CONTRADICTION = "contradiction"
    UPDATE = "update"
    AGREEMENT = "agreement"
    UNRELATED = "unrelated"
    UNSURE = "unsure"


ACCEPTED = frozenset({Choice.CONTRADICTION, Choice.UPDATE})
DISMISSED = frozenset({Choice.AGREEMENT, Choice.UNRELATED})


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement as it was when it was decided on, to find it again: `said` is its figure or date as written.

    `value` is that figure or date in a normal form (bounds and unit), by which "7,000" and "seven thousand" are equal.
    """

    statement: str
    document: str
    text: str
    said: str
    value: str
    source: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """All that a reviewer holds of one finding from `at` on, or the taking back of such a record (`undoes`).

    `relation` and `score` are what the tool said. `texts` are the finding's statements, those of its pair first;
    `pair` is that pair as `judge` and `evaluate` read pairs, with the tool's answer; None where it is not known.
    """

    id: str
    at: str
    reviewer: str
    finding: str
    statements: tuple[str, ...] = ()
    decision: Choice | None = None
    note: str = ""
    trusted: str | None = None
    snoozed_until: str | None = None
    undoes: str | None = None
    settles: bool = False
    matter: str = ""
    relation: str | None = None
    score: float | None = None
    texts: tuple[Mark, ...] = ()
    pair: Mapping[str, Any] | None = None

    def record(self) -> Record:
        """As a line of JSON has it."""
        record = {field.name: getattr(self, field.name) for field in fields(self)}
        record["statements"] = list(self.statements)
        record["decision"] = self.decision.value if self.decision is not None else None
        record["texts"] = [{field.name: getattr(mark, field.name) for field in fields(mark)} for mark in self.texts]
        return record


def read_decision(record: Mapping[str, object], where: str, *, now: datetime) -> Decision:
    """A decision from its JSON object; `where` names it in messages. Raises `InputError`.

    A time more than a day after `now` is refused, and so is what is longer than a person would write.
    """
    try:
        return Decision(
            id=_identity(record.get("id"), "id"),
            at=_moment(record.get("at"), now),
            reviewer=read_name(record.get("reviewer")),
            finding=_identity(record.get("finding"), "finding"),
            statements=_identities(record.get("statements")),
            decision=_choice(record.get("decision")),
            note=_text(record.get("note"), "note", MAX_NOTE),
            trusted=_optional(record.get("trusted"), "trusted"),
            snoozed_until=_day(record.get("snoozed_until")),
            undoes=_optional(record.get("undoes"), "undoes"),
            settles=_flag(record.get("settles")),
            matter=_text(record.get("matter"), "matter", MAX_TEXT),
            relation=_text(record.get("relation"), "relation", MAX_NAME) or None,
            score=_share(record.get("score")),
            texts=_marks(record.get("texts")),
            pair=_pair(record.get("pair")),
        )
    except ValueError as error:
        raise InputError(f"{where}: {error}") from error


@dataclass(frozen=True, slots=True)
class Change:
    """What a reviewer asks to be recorded of a finding; `fields` holds the given fields alone, checked.

    A field that is not given keeps its value, one that is null is cleared. A change that brings the `id` its record
    is to have can be sent again without being recorded twice.
    """

    finding: str
    fields: Mapping[str, Any]
    id: str | None = None


def read_change(record: Mapping[str, object]) -> Change:
    """A change as the page asks for it. Raises `InputError`."""
    readers = {
        "decision": _choice,
        "note": lambda value: _text(value, "note", MAX_NOTE),
        "trusted": lambda value: _optional(value, "trusted"),
        "snoozed_until": _day,
        "settles": _flag,
    }
    try:
        given = {name: read(record[name]) for name, read in readers.items() if name in record}
        if not given:
            raise ValueError("nothing to record: give a decision, a note, a trusted statement or a day")
        return Change(_identity(record.get("finding"), "finding"), given, _optional(record.get("id"), "id"))
    except ValueError as error:
        raise InputError(str(error)) from error


def read_name(value: object) -> str:
    """A reviewer's name: one line of at most `MAX_NAME` characters. Raises `ValueError`."""
    name = " ".join(_MARKS.sub(" ", whole(value)).split()) if isinstance(value, str) else ""
    if not name:
        raise ValueError("no 'reviewer'; give the name of who decided")
    if len(name) > MAX_NAME:
        raise ValueError(f"'reviewer' is longer than {MAX_NAME} characters")
    return name


def stamp(moment: datetime) -> str:
    """A moment as records have it, UTC to the microsecond, so that the order of text is the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _moment(value: object, now: datetime) -> str:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"'at' is {_short(value)}; give a time with its zone, as 2026-01-31T12:00:00Z")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"'at' is {_short(value)}, beyond the calendar") from error
    if moment > now + _AHEAD:
        raise ValueError(f"'at' is {_short(value)}, which is to come; mend the clock that wrote it")
    return stamp(moment)


def _identity(value: object, name: str) -> str:
    if isinstance(value, str) and len(value) <= _MAX_ID and _ID.fullmatch(value):
        return value
    raise ValueError(f"{name!r} is {_short(value)}; give an id of letters, digits, '.', '_', ':' and '-'")


def _optional(value: object, name: str) -> str | None:
    return None if value is None else _identity(value, name)


def _identities(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_STATEMENTS:
        raise ValueError(f"'statements' is no list of at most {MAX_STATEMENTS} ids")
    return tuple(_identity(item, "statements") for item in value)


def _choice(value: object) -> Choice | None:
    if value is None:
        return None
    try:
        return Choice(str(value))
    except ValueError:
        raise ValueError(f"'decision' is {_short(value)}; there are {', '.join(Choice)}, or null") from None


def _text(value: object, name: str, most: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name!r} is no text")
    if len(value) > most:
        raise ValueError(f"{name!r} is longer than {most:,} characters")
    return whole(value)


def _day(value: object) -> str | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "").isoformat()
    except ValueError:
        raise ValueError(f"'snoozed_until' is {_short(value)}; give a day as 2026-01-31, or null") from None


def _flag(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise ValueError(f"'settles' is {_short(value)}; give true or false")


def _share(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= 1:
        return float(value)
    raise ValueError(f"'score' is {_short(value)}; give a number from 0 to 1")


def _marks(value: object) -> tuple[Mark, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_TEXTS or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"'texts' is no list of at most {MAX_TEXTS} statements")
    return tuple(_mark(item) for item in value)


def _mark(item: Mapping[str, object]) -> Mark:
    when = item.get("date")
    return Mark(
        statement=_identity(item.get("statement"), "texts.statement"),
        document=_text(item.get("document"), "texts.document", MAX_TEXT),
        text=_text(item.get("text"), "texts.text", MAX_TEXT),
        said=_text(item.get("said"), "texts.said", MAX_TEXT),
        value=_text(item.get("value"), "texts.value", MAX_TEXT),
        source=_text(item.get("source"), "texts.source", MAX_TEXT),
        date=_text(when, "texts.date", _MAX_ID) if when is not None else None,
    )


def _pair(value: object) -> Mapping[str, Any] | None:
    """The pair is carried along and read by those who use it; here only its form and its size are seen to."""
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(value.get(side), dict) for side in "ab"):
        raise ValueError("'pair' has no sides 'a' and 'b'")
    return value


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
