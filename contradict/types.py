"""Every record that travels along the line, from document to finding.

Data only: frozen, slotted, with small derived properties and no input or output. Offsets of a sentence are in its
document's text, offsets of a figure, a time or a speaker are in the sentence's text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

_SURROGATE = re.compile("[\ud800-\udfff]")


class Hedge(StrEnum):
    """How a figure bounds the quantity; the sign as printed in every record."""

    EXACT = "="
    ABOUT = "~"
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


class Change(StrEnum):
    """The direction of a figure that states a move and not a level."""

    UP = "up"
    DOWN = "down"


class Role(StrEnum):
    """What kind of quantity a figure is; see `COMPARABLE` for those that are ever paired."""

    COUNT = "count"
    MEASURE = "measure"
    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    AGE = "age"
    SCORE = "score"
    ORDINAL = "ordinal"
    BARE = "bare"


class Kind(StrEnum):
    """On what two statements differ."""

    FIGURE = "figure"
    DATE = "date"
    CLAIM = "claim"
    NONE = "none"


class Relation(StrEnum):
    """How two statements stand to each other; the labelling guideline says exactly when each holds."""

    CONTRADICTION = "contradiction"
    UPDATE = "update"
    AGREEMENT = "agreement"
    UNRELATED = "unrelated"


LISTED = frozenset({Relation.CONTRADICTION, Relation.UPDATE})
"""The relations that a report lists unless it is asked for all."""


class Anchor(StrEnum):
    """How a time expression bears on what the sentence states."""

    ON = "on"
    SINCE = "since"
    UNTIL = "until"
    AS_OF = "as-of"


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """A closed interval of days; its length is its precision, so "June 2023" is thirty days and no day is guessed."""

    start: date
    end: date

    def __str__(self) -> str:
        """ISO 8601: `2023-06-30`, `2023-06`, `2023`, or an interval `2023-03-01/2023-04-30`."""
        first, last = self.start, self.end
        if first == last:
            return first.isoformat()
        following = date.fromordinal(last.toordinal() + 1) if last < date.max else last
        if first.day == 1 and following.day == 1:
            if (first.year, first.month) == (last.year, last.month):
                return f"{first:%Y-%m}"
            if first.month == 1 and following.month == 1 and first.year == last.year:
                return f"{first:%Y}"
        return f"{first.isoformat()}/{last.isoformat()}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def overlaps(self, other: TimeSpan) -> bool:
        return self.start <= other.end and other.start <= self.end

    def gap(self, other: TimeSpan) -> int:
        """Days between the two intervals; 0 where they overlap."""
        if self.overlaps(other):
            return 0
        return (max(self.start, other.start) - min(self.end, other.end)).days


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression in a sentence, resolved against the publication date where it needs one."""

    start: int
    end: int
    surface: str
    span: TimeSpan
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to state something, and through whom ("the ministry told Interfax": name ministry, via Interfax)."""

    name: str
    start: int
    end: int
    via: str | None = None
    denies: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A span of a document's text that no claim is read from, and why ("boilerplate", "repeated", "byline", ...)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One article. `text` is never altered after reading; `left_out` marks the spans that are not the article itself.

    `id` is stable across runs and unique in a collection: the record's own id, else its URL, else its path.
    """

    id: str
    path: str
    text: str
    title: str = ""
    source: str = ""
    date: TimeSpan | None = None
    url: str = ""
    left_out: tuple[LeftOut, ...] = ()
    version_of: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, or read and not compared: where (path, with `:line` for a record) and why.

    `count` is how many things it stands for: files of one ending, further lines with the same fault.
    """

    path: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Copy:
    """An article met again: `document` is the id under which the same article was read first."""

    path: str
    source: str
    date: TimeSpan | None
    document: str


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """All that was read, in the order of reading, and all that was not.

    `notes` is no loss: what a person should know about something that was read (an id that was not unique, a date that
    may be day first or month first).
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()
    copies: tuple[Copy, ...] = ()
    not_compared: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a document: `document.text[start:end] == text`."""

    document: Document
    index: int
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as a sentence states it: an interval with a hedge, a unit, and what is counted.

    `value` is the number as written (a percentage keeps 5 for "5%"), None for a range or a vague count. `low` and
    `high` bound the quantity as the hedge has it, None where the hedge leaves that side open. `moved_from` is the first
    level of a move ("fell from 12 to 5": 12), whose interval spans both.
    """

    start: int
    end: int
    surface: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    hedge: Hedge
    role: Role
    change: Change | None = None
    unit: str | None = None
    counted: str | None = None
    of: str | None = None
    per: str | None = None
    as_of: TimeSpan | None = None
    moved_from: Decimal | None = None

    @property
    def level(self) -> tuple[Decimal | None, Decimal | None]:
        """The bounds of the level that holds: of "fell from 12 to 5" the 5, else `low` and `high`."""
        if self.moved_from is None or self.low is None or self.high is None:
            return self.low, self.high
        last = self.high if self.moved_from == self.low else self.low
        return last, last


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """What a claim is about, in the normal form that pairing and comparison read.

    `words` are lower-case stems of what is counted with its qualifiers, `head` the stem of its head noun, `events` the
    classes of event that make the figure (`death`, `injury`, `case`, ...), `categories` what narrows it (confirmed,
    suspected, new, ...), `places` and `names` the proper names that it is said of (`placed`: the places stand right at
    the figure and not merely in its sentence), `topics` and `clause` the stems of the content words of the sentence
    and of the figure's clause, `context` the names of the sentence and of those before and after it, `sure` that its
    own clause names the events, `part` that the figure is said to be a part of another ("including").
    """

    head: str = ""
    words: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    placed: bool = False
    sure: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """Something a sentence asserts that can be checked against another document."""

    sentence: Sentence
    kind: Kind
    matter: Matter
    figure: Figure | None = None
    time: TimeMention | None = None
    speaker: Speaker | None = None
    as_of: TimeSpan | None = None

    @property
    def document(self) -> Document:
        return self.sentence.document

    @property
    def stated(self) -> Figure:
        """The figure of a claim of kind `figure`; asking it of another claim is a fault of the program."""
        if self.figure is None:
            raise ValueError("a claim without a figure was asked for it")
        return self.figure

    @property
    def said(self) -> str:
        """The words of the claim that are compared: the figure or the date as written, else the sentence."""
        if self.figure is not None:
            return self.figure.surface
        return self.time.surface if self.time is not None else self.sentence.text

    @property
    def key(self) -> str:
        """Identifies the statement across runs: document, text of the sentence, and which of its figures.

        The figure by its offset within the sentence, so that an edit elsewhere in the article does not move it.
        """
        mark = self.figure or self.time
        return f"{self.document.id}\x1f{self.sentence.text}\x1f{mark.start if mark else ''}"

    @property
    def statement(self) -> str:
        """The id of the statement in every record; decisions are tied to it."""
        return digest(self.key)


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two claims that may be about the same matter, and the cosines of their masked sentences and masked clauses."""

    a: Claim
    b: Claim
    similarity: float
    clause_similarity: float


@dataclass(frozen=True, slots=True)
class Probabilities:
    contradiction: float
    update: float
    agreement: float
    unrelated: float

    @property
    def top(self) -> Relation:
        return max(Relation, key=lambda relation: getattr(self, relation.value))


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """The relation of a pair, with a reason that a person can check."""

    pair: Pair
    relation: Relation
    kind: Kind
    probabilities: Probabilities
    reason: str
    matter: str
    same_speaker: bool | None
    same_source: bool
    id: str = field(init=False)
    """Stable across runs and independent of the order of the two sides."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", digest(*sorted((self.pair.a.key, self.pair.b.key))))

    @property
    def score(self) -> float:
        """Probability that the two conflict or differ as stated."""
        return self.probabilities.contradiction + self.probabilities.update


class CheckKind(StrEnum):
    """Which calculation a text invites."""

    SUM = "sum"
    SHARE = "share"
    CHANGE = "change"


class TermRole(StrEnum):
    """What a figure is in a calculation."""

    PART = "part"
    WHOLE = "whole"
    SHARE = "share"
    BEFORE = "before"
    AFTER = "after"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of numbers, None where a side is open."""

    low: Decimal | None
    high: Decimal | None

    def overlaps(self, other: Interval) -> bool:
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A claim in its place in a calculation; one figure that tells two levels stands in two places."""

    role: TermRole
    claim: Claim


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """A calculation that the text itself invites, done over: parts and whole, a share of counts, a move of levels.

    The last of `terms` is the figure that is held to the others: `stated` is the interval that it states, `expected`
    the one that the others come to (a share in per cent), both with the roundings and hedges of the figures.
    """

    kind: CheckKind
    terms: tuple[Term, ...]
    expected: Interval
    stated: Interval
    holds: bool
    reason: str
    matter: str

    @property
    def id(self) -> str:
        """Stable across runs, as the ids of the statements are."""
        return digest(self.kind, *(f"{term.role}\x1f{term.claim.key}" for term in self.terms))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the terms, each once."""
        return tuple({term.claim.key: term.claim for term in self.terms}.values())


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a finding's timeline: what was said when, by whom.

    `group` numbers the statements that agree with each other, None where they were too many to compare; `alone` tells
    that every other source of the same moment says otherwise, and two of them the same.
    """

    date: TimeSpan | None
    low: Decimal | None
    high: Decimal | None
    said: str
    speaker: str | None
    source: str
    document: str
    group: int | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """All listed pairs about one matter, with their timeline; what a person decides on.

    `check` is set, and there are no pairs, where the finding is a calculation: a contradiction where it does not hold,
    an agreement where it does.
    """

    id: str
    matter: str
    relation: Relation
    score: float
    verdicts: tuple[Verdict, ...]
    timeline: tuple[Statement, ...]
    check: Check | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The result of a run: what the report writes down.

    `counts` and `seconds` are per stage, in the order of the line.
    """

    collection: Collection
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts, for ids that must not move between runs or machines.

    A lone surrogate counts as the U+FFFD that every file has in its place, so that a report read again has its ids.
    """
    text = "\x1e".join(parts)
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError:
        encoded = _SURROGATE.sub("\ufffd", text).encode("utf-8")
    return hashlib.sha256(encoded).hexdigest()[:16]
