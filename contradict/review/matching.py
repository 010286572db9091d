"""Decisions found again among the findings of a later run, though settings, models or articles have changed.

A decision is about the pair that stood for its finding. Each side of that pair is looked for by its statement id, then
in its article by a similar sentence, then in any article by the very sentence (an article that was moved); the finding
that holds both sides is the one decided on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import product

from contradict.report.loading import Report
from contradict.review.described import claims_of, mark_of
from contradict.review.records import Decision, Mark

SIMILAR = 0.6  # share of words two forms of an edited sentence have in common: more was rewritten than kept below it
MAX_WORDS = 400  # of a sentence compared
MAX_CANDIDATES = 60  # sentences of one article compared with one that has gone, the likest by their words first
MAX_PLACES = 6  # of one statement tried in combination with the other side's


class What(StrEnum):
    """What is different in a finding since it was decided on."""

    FIGURE = "figure"
    TEXT = "text"
    JOINED = "joined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different: of a statement that changed what it was and what it is now."""

    what: What
    statement: str
    source: str
    date: str | None
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Match:
    """The finding that a decision is about now; `lead` where it still stands for the same two statements.

    `grown`: at least as many statements joined as the decision knew.
    """

    finding: str
    differences: tuple[Difference, ...] = ()
    grown: bool = False
    lead: bool = True


class Matcher:
    """Finds decisions again in one report."""

    def __init__(self, report: Report) -> None:
        self._findings = {
            finding.id: tuple(mark_of(claim) for claim in claims_of(finding)) for finding in report.findings
        }
        self._holders: dict[str, list[str]] = defaultdict(list)
        self._by_document: dict[str, dict[str, Mark]] = defaultdict(dict)
        self._by_text: dict[str, dict[str, Mark]] = defaultdict(dict)
        for finding, marks in self._findings.items():
            for mark in marks:
                self._holders[mark.statement].append(finding)
                self._by_document[mark.document][mark.statement] = mark
                self._by_text[_plain(mark.text)][mark.statement] = mark
        self._marks = {mark.statement: mark for marks in self._findings.values() for mark in marks}
        self._done: dict[tuple[str, tuple[Mark, ...]], Match | None] = {}
        self._by_record: dict[str, Match | None] = {}

    def find(self, decision: Decision) -> Match | None:
        """The finding that a decision is about; None where the report has it no more."""
        if decision.id not in self._by_record:  # of a log that only grows
            key = (decision.finding, decision.texts[:2])  # a finding is looked for once, however many decided on it
            if key not in self._done:
                self._done[key] = self._find(decision)
            self._by_record[decision.id] = self._done[key]
        return self._by_record[decision.id]

    def _find(self, decision: Decision) -> Match | None:
        if decision.finding in self._findings:
            return Match(decision.finding)  # the id is made from the statements: none has changed
        sides = decision.texts[:2]
        if len(sides) < 2:
            return self._by_statements(decision)
        found = [
            (rank_a + rank_b, holder, (one, other))
            for (rank_a, one), (rank_b, other) in product(*(list(self._places(side)) for side in sides))
            if one.statement != other.statement
            for holder in self._holders[one.statement]
            if holder in self._holders[other.statement]
        ]
        if not found:
            return None
        _, holder, now = min(found, key=lambda each: (each[0], each[1]))
        return self._matched(decision, holder, dict(zip(sides, now, strict=True)))

    def _by_statements(self, decision: Decision) -> Match | None:
        """For a record that carries no texts: the finding with the most of its statements, two at least."""
        shared = Counter(holder for name in decision.statements for holder in self._holders.get(name, ()))
        if not shared:
            return None
        holder, count = min(shared.items(), key=lambda entry: (-entry[1], entry[0]))
        return self._matched(decision, holder, {}) if count >= 2 else None

    def _places(self, side: Mark) -> Iterator[tuple[float, Mark]]:
        """Where a statement may stand now, the surest place first: the lower the rank, the surer."""
        if side.statement in self._marks:
            yield 0.0, self._marks[side.statement]
            return
        ranked = sorted(
            [*self._edited(side), *((0.4, mark) for mark in self._moved(side))],
            key=lambda each: (each[0], each[1].statement),
        )
        yield from ranked[:MAX_PLACES]

    def _edited(self, side: Mark) -> Iterator[tuple[float, Mark]]:
        """Similar sentences of the same article; one with another figure ranks behind all that kept it."""
        words = _words(side.text)
        counted = Counter(words)
        here = self._by_document.get(side.document, {}).values()
        likest = sorted(here, key=lambda mark: (-_shared(counted, _words(mark.text)), mark.statement))
        for mark in likest[:MAX_CANDIDATES]:
            alike = similarity(words, _words(mark.text))
            if alike >= SIMILAR:
                yield (1.0 - alike) + (0.0 if mark.value == side.value else 1.0), mark

    def _moved(self, side: Mark) -> Iterable[Mark]:
        """The same sentence with the same figure in an article of another id; of the same outlet where there is one."""
        alike = [mark for mark in self._by_text.get(_plain(side.text), {}).values() if mark.value == side.value]
        return [mark for mark in alike if mark.source == side.source] or alike

    def _matched(self, decision: Decision, finding: str, now: Mapping[Mark, Mark]) -> Match:
        marks = self._findings[finding]
        known = set(decision.statements) | {mark.statement for mark in now.values()}
        replaced = {was.statement for was, is_ in now.items() if was.statement != is_.statement}
        present = {mark.statement for mark in marks}
        joined = [mark for mark in marks if mark.statement not in known]
        left = [mark for mark in decision.texts if mark.statement not in present | replaced]
        differences = [each for was, is_ in now.items() for each in _edits(was, is_)]
        differences += [
            Difference(What.JOINED, each.statement, each.source, each.date, "", each.text) for each in joined
        ]
        differences += [Difference(What.LEFT, each.statement, each.source, each.date, each.text, "") for each in left]
        lead = {mark.statement for mark in marks[:2]} == {mark.statement for mark in now.values()}
        return Match(finding, tuple(differences), grown=len(joined) >= max(len(decision.statements), 2), lead=lead)


def similarity(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of two sentences is the same, by words in their order (Ratcliff and Obershelp), 0 to 1."""
    matcher = SequenceMatcher(None, one[:MAX_WORDS], other[:MAX_WORDS], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SIMILAR else 0.0


def _edits(was: Mark, now: Mark) -> Iterator[Difference]:
    if was.value != now.value:
        said = (was.said or was.text, now.said or now.text)
        yield Difference(What.FIGURE, now.statement, now.source, now.date, *said)
    if _plain(was.text) != _plain(now.text):
        yield Difference(What.TEXT, now.statement, now.source, now.date, was.text, now.text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _shared(counted: Counter[str], words: Sequence[str]) -> int:
    return (counted & Counter(words)).total()
