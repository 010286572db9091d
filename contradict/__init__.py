"""Finds where articles contradict each other. The names below are the public interface; see README.md.

The functions are loaded when they are first used, so that `import contradict` costs no model library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from contradict.errors import ArchiveError, ArchiveHeld, ContradictError, InputError, ModelError, SettingError
from contradict.settings import Settings, load_settings
from contradict.types import (
    LISTED,
    Anchor,
    Change,
    Check,
    CheckKind,
    Claim,
    Collection,
    Copy,
    Document,
    Figure,
    Finding,
    Hedge,
    Interval,
    Kind,
    LeftOut,
    Matter,
    Pair,
    Probabilities,
    Relation,
    Role,
    Scan,
    Sentence,
    Skipped,
    Speaker,
    Statement,
    Term,
    TermRole,
    TimeMention,
    TimeSpan,
    Verdict,
)

if TYPE_CHECKING:
    from contradict.archive import Archive, Rules
    from contradict.documents import Fields, read_collection
    from contradict.encoders import load_encoder
    from contradict.figures import read_figures
    from contradict.parallel import Workers
    from contradict.passages import JudgeRow, Passage, judge
    from contradict.pipeline import scan, scan_archive
    from contradict.report import write_report

__version__ = "0.1.0"

_LOADED_ON_USE = {
    "Archive": "contradict.archive",
    "Fields": "contradict.documents",
    "JudgeRow": "contradict.passages",
    "Passage": "contradict.passages",
    "Rules": "contradict.archive",
    "Workers": "contradict.parallel",
    "judge": "contradict.passages",
    "load_encoder": "contradict.encoders",
    "read_collection": "contradict.documents",
    "read_figures": "contradict.figures",
    "scan": "contradict.pipeline",
    "scan_archive": "contradict.pipeline",
    "write_report": "contradict.report",
}

__all__ = [
    "LISTED",
    "Anchor",
    "Archive",
    "ArchiveError",
    "ArchiveHeld",
    "Change",
    "Check",
    "CheckKind",
    "Claim",
    "Collection",
    "ContradictError",
    "Copy",
    "Document",
    "Fields",
    "Figure",
    "Finding",
    "Hedge",
    "InputError",
    "Interval",
    "JudgeRow",
    "Kind",
    "LeftOut",
    "Matter",
    "ModelError",
    "Pair",
    "Passage",
    "Probabilities",
    "Relation",
    "Role",
    "Rules",
    "Scan",
    "Sentence",
    "SettingError",
    "Settings",
    "Skipped",
    "Speaker",
    "Statement",
    "Term",
    "TermRole",
    "TimeMention",
    "TimeSpan",
    "Verdict",
    "Workers",
    "judge",
    "load_encoder",
    "load_settings",
    "read_collection",
    "read_figures",
    "scan",
    "scan_archive",
    "write_report",
]


def __getattr__(name: str) -> object:
    if name in _LOADED_ON_USE:
        return getattr(import_module(_LOADED_ON_USE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_LOADED_ON_USE])
