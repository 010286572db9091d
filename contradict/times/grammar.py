"""Finds the time expressions of a text by the table of patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from contradict.times.patterns import ORDER, PATTERNS, Expression, Shape
from contradict.times.standing import stands
from contradict.times.words import MONTH_WORDS, NUMBER_WORDS, WEEKDAY_WORDS

_NAMED = {shape: re.compile(pattern, re.IGNORECASE) for shape, pattern in PATTERNS.items()}
_ANY = re.compile(
    "|".join(f"(?P<{shape}>{re.sub(r'[?]P<[a-z0-9]+>', '?:', PATTERNS[shape])})" for shape in ORDER), re.IGNORECASE
)
_OPENING = re.compile(r"(?<![\w$£€#])(?<![0-9][.,:/-])(?:[a-z]+|['’]?[0-9])", re.IGNORECASE)
_OPENING_WORDS = frozenset(
    "q h fy fiscal first second third fourth final spring summer autumn fall winter start beginning end middle close "
    "rest earlier later early late so this last next the current previous past coming these its his her their that "
    "today tonight yesterday tomorrow overnight more over at a an few several couple dozen christmas new boxing "
    "valentine halloween july fourth".split()
).union(NUMBER_WORDS, MONTH_WORDS, WEEKDAY_WORDS)
"""The words that a pattern can begin with; the patterns are tried nowhere else."""
_AFTER_ARTICLE = {
    "the": re.compile(
        r"\s{1,2}(?:[0-9'’]|first|second|third|fourth|final|current|previous|prior|preceding|following|past|last|next"
        r"|coming|fiscal|twent|thirt|fort|fift|sixt|sevent|eight|ninet|day|year|weekend|same)",
        re.IGNORECASE,
    ),
    "a": re.compile(
        r"(?:-|\s{1,2})(?:couple|few|dozen|second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|centur)",
        re.IGNORECASE,
    ),
}
_AFTER_ARTICLE["an"] = _AFTER_ARTICLE["a"]
"""How a pattern that begins with an article goes on: articles are the commonest words, and few begin a time."""


@lru_cache(maxsize=16)
def find_expressions(text: str) -> tuple[Expression, ...]:
    """The time expressions of a text in order, none overlapping another; a match that fails its check is left out."""
    if not _may_hold_time(text):
        return ()
    found: list[Expression] = []
    position = 0
    for opening in _OPENING.finditer(text):
        word = opening[0].lower()
        if opening.start() < position or (opening[0].isalpha() and word not in _OPENING_WORDS):
            continue
        if word in _AFTER_ARTICLE and not _AFTER_ARTICLE[word].match(text, opening.end()):
            continue
        expression = _read_at(text, opening.start())
        if expression is not None:
            position = expression.end
            found.append(expression)
    return tuple(found)


def _read_at(text: str, start: int) -> Expression | None:
    """The first shape in order that matches here and passes its check."""
    match = _ANY.match(text, start)
    if match is None:
        return None
    first = ORDER.index(Shape(match.lastgroup or ""))
    for shape in ORDER[first:]:
        named = _NAMED[shape].match(text, start)
        if named is not None and stands(shape, named, text):
            return Expression(start, named.end(), shape, named.groupdict())
    return None


_WORD_PARTS = (
    "day tomorrow hour month week year quarter decade century ago night overnight morning evening half ties fortnight "
    "summer winter spring fall autumn fiscal halloween christmas january february march april may june july august "
    "september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec."
).split()
_DIGIT = re.compile(r"[0-9]")
_DIGITS_OF_TIME = re.compile(
    r"[0-9]{4}|[0-9]/[0-9]|[0-9]['’]?s\b|[qh][1-4]|fy"
    r"|[0-9][a-z]{0,2}[\s-](?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)t?\s(?:the\s)?[0-9]",
    re.IGNORECASE,
)


def _may_hold_time(text: str) -> bool:
    """Whether a text has any word or number that an expression needs; it clears most sentences at little cost."""
    if any(map(text.lower().__contains__, _WORD_PARTS)):
        return True
    return _DIGIT.search(text) is not None and _DIGITS_OF_TIME.search(text) is not None
