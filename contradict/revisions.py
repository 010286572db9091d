"""An article against what it said before: figures and dates that were changed where the words around them stayed.

A newsroom that changes a figure after printing says so, by its own rules, in a note: "Correction:", "Clarification:"
(the corrections columns of the Associated Press and the BBC), "An earlier version of this article misstated" (the New
York Times), "This article was amended on" (the Guardian's footnotes), "(Corrects figure in paragraph 3)" and "This
story has been corrected to" (Reuters and AP). A change that a new note owns to is an update, and so is a running toll
that is higher in an article of a later date; any other is a contradiction of the article with itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from contradict.claims import pairable, read_document
from contradict.compare import Course, Outcome, compare, course, rule, same_source
from contradict.documents.copies import SHINGLE, likeness_of
from contradict.documents.preparing import body_tokens
from contradict.matter import clause_of
from contradict.reasons import matter_of
from contradict.sentences import read_sentences
from contradict.speakers import same_speaker
from contradict.types import Claim, Document, Kind, Pair, Probabilities, Relation, Sentence, Verdict

CHANGED = (
    0.9  # probability that a figure changed in words that stayed is a change of fact, held low: no sample was read
)
ALIKE = 0.2  # least overlap of shingles of two versions of one article; two articles under one id share almost none
LEAST_WORDS = 4  # of a clause that stayed while its sentence did not; fewer meet by chance
MANY = 1000  # sentences from which those that recur often are not aligned by: bounds the time
_SHOWN = 100  # characters of a note

_ARTICLE = "(?:article|story|report|post|page|piece|dispatch|item|version|headline)"
_NOTES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:corrections?|clarifications?|erratum|editor['’]s note|correction appended)"
        r"\s*(?:\([^)\n]{1,40}\)\s*)?[:—–]",
        rf"\ban? (?:earlier|previous|prior|original) version of (?:this|the|our) {_ARTICLE}",
        rf"\bthis {_ARTICLE} (?:has been|was) (?:corrected|amended|changed|revised|clarified|updated to)",
        r"\b(?:has|have) been (?:corrected|updated|amended|revised|changed) to\b",
        r"\(\s*(?:corrects|corrected|clarifies|refiles to correct|this version corrects)\b",
        r"\b(?:misstated|incorrectly (?:stated|said|reported|gave|listed)|(?:stated|said|reported) incorrectly)\b",
        r"\bregrets? the error\b",
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A sentence, its claims in order, and its words with every figure and date replaced by one sign."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    words: str


def changes(before: Document, after: Document) -> list[Verdict]:
    """The figures and dates that an article states otherwise than before in the same words, in the order of `after`."""
    tokens = body_tokens(after), body_tokens(before)
    if min(map(len, tokens)) < SHINGLE or likeness_of(*tokens).overlap < ALIKE:
        return []
    note = owned(before, after)
    told = _changed(_told(before), _told(after))
    return [verdict for one, other in told if (verdict := _verdict(one, other, note)) is not None]


def owned(before: Document, after: Document) -> str:
    """The note in which an article owns to a change, which was not there before; nothing where there is none."""
    found = (match for pattern in _NOTES for match in pattern.finditer(after.text))
    for match in sorted(found, key=lambda match: match.start()):
        end = after.text.find("\n", match.end())
        note = after.text[match.start() : end if end >= 0 else len(after.text)].strip()
        if note not in before.text:
            return note
    return ""


def _told(document: Document) -> list[_Told]:
    claims: dict[int, list[Claim]] = {}
    for claim in read_document(document):
        claims.setdefault(claim.sentence.start, []).append(claim)
    return [_masked(sentence, claims.get(sentence.start, ())) for sentence in read_sentences(document)]


def _masked(sentence: Sentence, claims: Sequence[Claim]) -> _Told:
    parts, at, kept = [], 0, []
    for claim in sorted(claims, key=_start):
        mark = claim.figure or claim.time
        if mark is not None and mark.start >= at:
            parts += [sentence.text[at : mark.start], "#"]
            at = mark.end
            kept.append(claim)
    parts.append(sentence.text[at:])
    return _Told(sentence, tuple(kept), " ".join("".join(parts).split()))


def _start(claim: Claim) -> int:
    mark = claim.figure or claim.time
    return mark.start if mark is not None else 0


def _changed(before: Sequence[_Told], after: Sequence[_Told]) -> Iterator[tuple[Claim, Claim]]:
    """The claims that stand at one place in words that stayed."""
    words = [each.words for each in before], [each.words for each in after]
    matcher = SequenceMatcher(None, *words, autojunk=len(after) > MANY)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            for one, other in zip(before[first:last], after[start:end], strict=True):
                yield from zip(one.claims, other.claims, strict=False)
        elif kind == "replace":
            yield from _clauses(before[first:last], after[start:end])


def _clauses(before: Sequence[_Told], after: Sequence[_Told]) -> Iterator[tuple[Claim, Claim]]:
    """The claims of reworded sentences whose clause stayed, where no other has the same."""
    one, other = _by_clause(before), _by_clause(after)
    for clause, claims in other.items():
        if len(claims) == 1 and len(one.get(clause, ())) == 1 and len(clause.split()) > LEAST_WORDS:
            yield one[clause][0], claims[0]


def _by_clause(told: Sequence[_Told]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for each in told:
        for claim in each.claims:
            found.setdefault(" ".join(clause_of(claim).split()), []).append(claim)
    return found


def _verdict(a: Claim, b: Claim, note: str) -> Verdict | None:
    if a.kind is not b.kind or a.said == b.said or not (pairable(a) and pairable(b)) or not _apart(a, b):
        return None
    days = _days_later(a, b)
    grown = not note and _grows(a, b, days)
    relation = Relation.UPDATE if note or grown else Relation.CONTRADICTION
    shares = {each.value: 0.0 for each in Relation} | {relation.value: CHANGED, Relation.AGREEMENT.value: 1 - CHANGED}
    matter = matter_of(a, b)
    if note:
        says = f"it says so: “{note[:_SHOWN].rstrip(' .')}{'…' if len(note) > _SHOWN else ''}”"
    elif grown:
        later = "1 day" if days == 1 else f"{days} days"
        says = f"it does not say so, but its date is {later} later, and such a toll rises"
    else:
        says = "it does not say so"
    return Verdict(
        pair=Pair(a, b, 1.0, 1.0),
        relation=relation,
        kind=Kind.FIGURE if a.kind is Kind.FIGURE else Kind.DATE,
        probabilities=Probabilities(**shares),
        reason=f"{matter}: the article itself was changed, from {a.said} to {b.said}; {says}.",
        matter=matter,
        same_speaker=same_speaker(a.speaker, b.speaker),
        same_source=same_source(a, b),
    )


def _apart(a: Claim, b: Claim) -> bool:
    if a.time is not None and b.time is not None:
        return not a.time.span.overlaps(b.time.span)
    comparison = compare(a.stated, b.stated)
    return comparison is not None and comparison.outcome is Outcome.APART


def _days_later(a: Claim, b: Claim) -> int:
    """By how many days the date of the article moved on; 0 where it did not, or is not known."""
    first, second = a.document.date, b.document.date
    return 0 if first is None or second is None or second.start <= first.end else first.gap(second)


def _grows(a: Claim, b: Claim, days: int) -> bool:
    """Whether it is a running toll that is higher in an article of a later date."""
    if not days or a.figure is None or b.figure is None or course(a, b) is not Course.RUNNING:
        return False
    comparison = compare(a.figure, b.figure)
    return comparison is not None and rule(comparison, Course.RUNNING, days) is Relation.UPDATE
