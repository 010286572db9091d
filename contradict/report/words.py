"""Dates and counts in words, as every output for people has them."""

from __future__ import annotations

from datetime import date

from contradict.types import CheckKind, Kind, Relation, TimeSpan

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

RELATION_SIGN = {
    Relation.CONTRADICTION: "\u2260",
    Relation.UPDATE: "\u2192",
    Relation.AGREEMENT: "=",
    Relation.UNRELATED: "\u00b7",
}
KIND_WORDS: dict[str, str] = {
    Kind.FIGURE.value: "figures",
    Kind.DATE.value: "dates",
    Kind.CLAIM.value: "claims",
    CheckKind.SUM.value: "sums",
    CheckKind.SHARE.value: "shares",
    CheckKind.CHANGE.value: "changes",
    Kind.NONE.value: "no claim compared",
}
CHOICE_WORDS = {
    "contradiction": "Contradiction",
    "update": "Update",
    "agreement": "Agreement",
    "unrelated": "Not the same matter",
    "unsure": "Unsure",
}
"""What a person may say of a finding, in the order of the keys 1 to 5."""

_RELATION_PLURAL = {Relation.AGREEMENT: "agreements", Relation.UNRELATED: "unrelated pairs"}


def count_words(count: int, noun: str, *, plural: str | None = None) -> str:
    """`1 article`, `1,719 articles`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def relation_words(count: int, relation: Relation) -> str:
    """`1 contradiction`, `12 updates`."""
    return count_words(count, relation.value, plural=_RELATION_PLURAL.get(relation))


def date_words(span: TimeSpan | None) -> str:
    """`12 January 2010`, `June 2023`, `2023`, `1 March to 30 April 2023`; `undated` where there is none."""
    if span is None:
        return "undated"
    iso = str(span)
    if "/" in iso:
        return f"{_day(span.start, year=span.start.year != span.end.year)} to {_day(span.end)}"
    return (str(span.start.year), f"{MONTHS[span.start.month - 1]} {span.start.year}", _day(span.start))[iso.count("-")]


def _day(day: date, *, year: bool = True) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
