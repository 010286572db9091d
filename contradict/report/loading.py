"""A report as its data files tell it: what `show`, `review` and `decisions` read, and what the page is made from.

The same records as those of a scan, so that whatever shows a scan shows a report read again. Not in the files, and so
not here: the offsets of a speaker, what a matter is made of, the cosines of a pair, and documents that no pair cites.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from contradict.errors import InputError
from contradict.isodates import read_iso
from contradict.report.records import Record
from contradict.report.run_record import run_record
from contradict.types import (
    Anchor,
    Change,
    Check,
    CheckKind,
    Claim,
    Document,
    Figure,
    Finding,
    Hedge,
    Interval,
    Kind,
    Matter,
    Pair,
    Probabilities,
    Relation,
    Role,
    Scan,
    Sentence,
    Speaker,
    Statement,
    Term,
    TermRole,
    TimeMention,
    TimeSpan,
    Verdict,
)

MAX_LINE = 1 << 28  # bytes; a line of documents.jsonl holds a whole article
FILES = ("findings.jsonl", "pairs.jsonl", "documents.jsonl", "run.json")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """The findings in their order, the listed pairs and the cited documents by their ids, and the run record."""

    findings: tuple[Finding, ...]
    pairs: Mapping[str, Verdict]
    documents: Mapping[str, Document]
    run: Record


def report_of(scan: Scan) -> Report:
    """The report of a scan just made, with all the documents that were read."""
    pairs = {verdict.id: verdict for finding in scan.findings for verdict in finding.verdicts}
    for verdict in scan.verdicts:
        pairs.setdefault(verdict.id, verdict)
    return Report(
        findings=scan.findings,
        pairs=pairs,
        documents={document.id: document for document in scan.collection.documents},
        run=run_record(scan, started=None, finished=None, pairs=len(pairs)),
    )


def read_report(directory: Path) -> Report:
    """The report that a scan wrote into a folder. Raises `InputError` with the file and the line that is at fault."""
    missing = [name for name in FILES if not (directory / name).is_file()]
    if missing:
        raise InputError(
            f"{directory}: no report ({', '.join(missing)} missing); "
            f"name the folder that a scan wrote with -o, or scan into it again"
        )
    documents = {document.id: document for document in _each(directory / "documents.jsonl", _document)}
    pairs = dict(_each(directory / "pairs.jsonl", lambda record: (str(record["id"]), _verdict(record, documents))))
    findings = tuple(_each(directory / "findings.jsonl", lambda record: _finding(record, pairs, documents)))
    return Report(findings=findings, pairs=pairs, documents=documents, run=_run(directory / "run.json"))


def _each(path: Path, read: Callable[[Record], _T]) -> Iterator[_T]:
    """Every line of a file of JSON lines, as `read` makes it."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(iter(lambda: lines.readline(MAX_LINE + 1), b""), start=1):
                if len(line) > MAX_LINE:
                    raise InputError(f"{path}:{number}: the line is longer than {MAX_LINE} bytes")
                if line.strip():
                    yield _read(line, read, f"{path}:{number}")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _read(line: bytes, read: Callable[[Record], _T], where: str) -> _T:
    try:
        return read(json.loads(line))
    except KeyError as error:
        raise InputError(f"{where}: no {error} here or no such line beside it; {_AGAIN}") from error
    except (ValueError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise InputError(f"{where}: not as a scan writes it ({error}); {_AGAIN}") from error


_AGAIN = "scan again into the folder"


def _run(path: Path) -> Record:
    try:
        record = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON ({error}); {_AGAIN}") from error
    if not isinstance(record, dict):
        raise InputError(f"{path}: not a JSON object; {_AGAIN}")
    return record


def _document(record: Record) -> Document:
    return Document(
        id=_text(record, "id"),
        path=_text(record, "path"),
        text=_text(record, "text"),
        title=_text(record, "title"),
        source=_text(record, "source"),
        date=_span(record["date"]),
        url=_text(record, "url"),
        version_of=record.get("version_of"),
    )


def _verdict(record: Record, documents: Mapping[str, Document]) -> Verdict:
    kind = Kind(record["kind"])
    shares = record["probabilities"]
    return Verdict(
        pair=Pair(_claim(record["a"], documents), _claim(record["b"], documents), 0.0, 0.0),
        relation=Relation(record["relation"]),
        kind=kind,
        probabilities=Probabilities(**{relation.value: float(shares[relation.value]) for relation in Relation}),
        reason=_text(record, "reason"),
        matter=_text(record, "matter"),
        same_speaker=record["same_speaker"],
        same_source=bool(record["same_source"]),
    )


def _claim(side: Record, documents: Mapping[str, Document]) -> Claim:
    document = documents[side["document"]]
    sentence = Sentence(document, 0, int(side["start"]), int(side["end"]))
    if sentence.text != side["text"]:
        raise ValueError("its text does not stand at its place in documents.jsonl")
    figure, time = side["figure"], side["time"]
    return Claim(
        sentence=sentence,
        kind=Kind.FIGURE if figure else Kind.DATE if time else Kind.CLAIM,
        matter=Matter(),
        figure=_figure(figure) if figure else None,
        time=_time(time) if time else None,
        speaker=Speaker(_text(side, "speaker"), 0, 0) if side["speaker"] is not None else None,
        as_of=_span(side["as_of"]),
    )


def _figure(record: Record) -> Figure:
    return Figure(
        start=int(record["start"]),
        end=int(record["end"]),
        surface=_text(record, "surface"),
        value=_number(record["value"]),
        low=_number(record["low"]),
        high=_number(record["high"]),
        hedge=Hedge(record["hedge"]),
        role=Role(record["role"]),
        change=Change(record["change"]) if record["change"] is not None else None,
        unit=record["unit"],
        counted=record["counted"],
        of=record["of"],
        per=record["per"],
        as_of=_span(record["as_of"]),
    )


def _time(record: Record) -> TimeMention:
    span = read_iso(_text(record, "span"))
    return TimeMention(
        int(record["start"]), int(record["end"]), _text(record, "surface"), span, Anchor(record["anchor"])
    )


def _finding(record: Record, pairs: Mapping[str, Verdict], documents: Mapping[str, Document]) -> Finding:
    check = record.get("check")
    return Finding(
        id=_text(record, "id"),
        matter=_text(record, "matter"),
        relation=Relation(record["relation"]),
        score=float(record["score"]),
        verdicts=tuple(pairs[name] for name in record["pairs"]),
        timeline=tuple(_statement(line) for line in record["timeline"]),
        check=_check(check, _text(record, "matter"), documents) if check is not None else None,
    )


def _check(record: Record, matter: str, documents: Mapping[str, Document]) -> Check:
    return Check(
        kind=CheckKind(record["kind"]),
        terms=tuple(Term(TermRole(term["role"]), _claim(term, documents)) for term in record["terms"]),
        expected=_interval(record["expected"]),
        stated=_interval(record["stated"]),
        holds=bool(record["holds"]),
        reason=_text(record, "reason"),
        matter=matter,
    )


def _interval(record: Record) -> Interval:
    return Interval(_number(record["low"]), _number(record["high"]))


def _statement(record: Record) -> Statement:
    return Statement(
        date=_span(record["date"]),
        low=_number(record["low"]),
        high=_number(record["high"]),
        said=_text(record, "said"),
        speaker=record["speaker"],
        source=_text(record, "source"),
        document=_text(record, "document"),
        group=record.get("group"),
        alone=bool(record.get("alone", False)),
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record[name]
    if not isinstance(value, str):
        raise TypeError(f"{name!r} is no text")
    return value


def _span(value: object) -> TimeSpan | None:
    return _period(str(value)) if value is not None else None


@lru_cache(maxsize=10_000)
def _period(text: str) -> TimeSpan:
    """Articles share few dates."""
    return read_iso(text)


def _number(value: object) -> Decimal | None:
    return Decimal(str(value)) if value is not None else None
