"""`run.json`: what was run, with what, on what, and what was left out. The only output that knows a clock."""

from __future__ import annotations

import math
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from importlib import metadata
from pathlib import PurePath

from contradict.report.records import Record
from contradict.types import Document, Relation, Scan, Skipped, TimeSpan

LIBRARIES = (
    "contradict", "dateparser", "jinja2", "numpy", "onnxruntime", "pyarrow", "scikit-learn", "sentence-transformers",
    "tokenizers", "torch", "trafilatura", "transformers",
)  # fmt: skip
_PLACES = 3  # of seconds


def run_record(scan: Scan, *, started: datetime | None, finished: datetime | None, pairs: int) -> Record:
    """Everything about the run; `pairs` is how many lines `pairs.jsonl` has."""
    collection = scan.collection
    by_relation = Counter(finding.relation for finding in scan.findings)
    return {
        "started": started.isoformat() if started is not None else None,
        "finished": finished.isoformat() if finished is not None else None,
        "settings": _plain(scan.settings),
        "versions": versions(),
        "models": dict(scan.models),
        "read": what_was_read(collection.documents),
        "counts": dict(scan.counts),
        "seconds": {stage: round(seconds, _PLACES) for stage, seconds in scan.seconds.items()},
        "findings": {relation.value: by_relation[relation] for relation in Relation if by_relation[relation]},
        "pairs": pairs,
        "skipped": _skipped(collection.skipped),
        "not_compared": _skipped(collection.not_compared),
        "notes": _skipped(collection.notes),
        "copies": [
            {
                "path": copy.path,
                "source": copy.source,
                "date": str(copy.date) if copy.date is not None else None,
                "document": copy.document,
            }
            for copy in collection.copies
        ],
    }


def what_was_read(documents: Sequence[Document]) -> Record:
    """What was read: how many articles, when published, how many without a date, and how many of each outlet."""
    dates = [document.date for document in documents if document.date is not None]
    outlets = Counter(document.source for document in documents if document.source)
    period = TimeSpan(min(date.start for date in dates), max(date.end for date in dates)) if dates else None
    return {
        "articles": len(documents),
        "period": str(period) if period is not None else None,
        "undated": len(documents) - len(dates),
        "outlets": dict(sorted(outlets.items(), key=lambda entry: (-entry[1], entry[0]))),
    }


def versions() -> dict[str, str | None]:
    """The versions of Python and of the libraries that the results hang on; None for one that is not installed."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


def _skipped(items: Iterable[Skipped]) -> list[Record]:
    return [{"path": item.path, "reason": item.reason, "count": item.count} for item in items]


def _plain(value: object) -> object:
    """A setting as JSON has it: enums and paths by their text, sets sorted, anything else by its own words."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, PurePath | date | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)
