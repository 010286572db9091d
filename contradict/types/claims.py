"""What a sentence states: figures, who says so, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from contradict.types.articles import Document, Sentence
from contradict.types.digests import digest
from contradict.types.spans import TimeMention, TimeSpan


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


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to state something, and through whom ("the ministry told Interfax": name ministry, via Interfax)."""

    name: str
    start: int
    end: int
    via: str | None = None
    denies: bool = False


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
