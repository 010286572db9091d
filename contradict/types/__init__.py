"""Every record that travels along the line, from document to finding.

Data only: frozen, slotted, with small derived properties and no input or output. Offsets of a sentence are in its
document's text, offsets of a figure, a time or a speaker are in the sentence's text.
"""

from contradict.types.articles import Collection, Copy, Document, LeftOut, Sentence, Skipped
from contradict.types.claims import Change, Claim, Figure, Hedge, Kind, Matter, Role, Speaker
from contradict.types.digests import digest
from contradict.types.findings import Check, CheckKind, Finding, Interval, Scan, Statement, Term, TermRole
from contradict.types.spans import Anchor, TimeMention, TimeSpan
from contradict.types.verdicts import LISTED, Answers, Inference, Pair, Probabilities, Relation, Verdict

__all__ = [
    "LISTED",
    "Anchor",
    "Answers",
    "Change",
    "Check",
    "CheckKind",
    "Claim",
    "Collection",
    "Copy",
    "Document",
    "Figure",
    "Finding",
    "Hedge",
    "Inference",
    "Interval",
    "Kind",
    "LeftOut",
    "Matter",
    "Pair",
    "Probabilities",
    "Relation",
    "Role",
    "Scan",
    "Sentence",
    "Skipped",
    "Speaker",
    "Statement",
    "Term",
    "TermRole",
    "TimeMention",
    "TimeSpan",
    "Verdict",
    "digest",
]
