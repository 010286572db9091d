"""Numbers that count nothing: years, dates, clock times, phone, road, flight and model numbers, articles of law, list bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contradict.figures.numerals import Numeral
from contradict.figures.phrases import plural
from contradict.figures.tokens import Token
from contradict.figures.units import UNITS

MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# Whole spans of text whose digits are never figures. Each pattern is linear: bounded repeats, no nested quantifier.
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Jun\.|Jul\.|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_SPANS = re.compile(
    rf"""
      \b{_MONTH}\s{{1,2}}{_DAY}(?:\s?(?:-|–|to|and)\s?{_DAY})?(?:,?\s(?:1[4-9]|20)\d\d)?\b(?![,.]?\d)
    | \b{_DAY}(?:\s?(?:-|–|to|and)\s?{_DAY})?\s(?:of\s)?{_MONTH}\b(?:,?\s(?:1[4-9]|20)\d\d)?
    | \b{_MONTH}\s(?:of\s)?(?:1[4-9]|20)\d\d\b
    | \b(?:1[4-9]|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:[0-2]?\d|3[01])\b
    | \b(?:[0-2]?\d|3[01])[-/.](?:[0-2]?\d|3[01])[-/.](?:19|20)?\d\d\b(?!%)
    | \b\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?\s?m\b\.?|GMT|BST|EST|EDT|ET|PT|PDT|PST|CET|UTC|IST|hrs?\b|o'clock|local\stime)
    | \b\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d)?(?!\d)
    | \b\d{{1,2}}(?:\s?(?:-|to)\s?\d{{1,2}})?\s?(?:[ap]\.m\.?|[ap]m\b|o['’]clock)
    | \b[0-2]\d[0-5]\d\s?(?:GMT|BST|EST|EDT|ET|UTC|CET|hours|hrs|local\stime|Zulu|IST)
    | (?:^|(?<=\n))\s?[0-2]\d[0-5]\d:?\s(?=[A-Z"“'‘])
    | https?://\S{{1,500}} | \bwww\.\S{{1,500}} | \S{{1,80}}@\S{{1,80}}
    | (?<![\d,.])\+?\(?\d{{2,4}}\)?[-\s]\d{{3,4}}[-\s]\d{{3,4}}(?![\d,.]) | \b1-8\d\d-[\dA-Z-]{{4,12}} | \b\d{{3}}-\d{{4}}\b
    | \b(?:1[4-9]|20)\d\d\s?[-–/]\s?(?:(?:1[4-9]|20)\d\d|\d\d)\b(?![,.]?\d|%)
    | \b[12]?\d\d\ds\b | ['’]\d\ds\b
    | \b\d{{1,5}}(?:[-–]\d{{1,5}})?[A-Z]?\s(?:[A-Z][\w.']{{0,20}}\s){{1,3}}(?:Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Square|Way)\b
    | \b9/11\b | \b7/7\b | \b24/7\b | \b50/50\b | \b20/20\b
    | \bA\.?D\.?\s\d{{1,4}}(?:\s(?:and|to)\s\d{{1,4}})?\b | \b\d{{1,4}}\s?B\.?C\.?E?\b(?![\w])
    """,
    re.VERBOSE,
)
# "Article 5", "Game 7", "category 4", "Highway 101": the number names its noun.
LABELS = frozenset(
    """article articles section sections chapter title paragraph clause resolution amendment rule rules protocol number
    no nos figure table
    page pages room suite apartment apt floor gate platform terminal bus route highway interstate road motorway junction
    exit runway flight
    channel radio station game games week weeks day round lap leg stage phase tier level grade class category type form
    schedule part volume
    book episode season series version model group pool unit block reactor zone district ward precinct area sector
    division battalion
    brigade regiment squadron seed planet apollo act proposition prop measure bill hr h.r senate docket case cases count
    item step option
    line point question psalm verse formula world war super bowl world cup g p pier camp lot size note iphone galaxy
    year""".split()
) - frozenset("cases count point points weeks games line note war world cup lot size sections bill act measure number".split())  # fmt: skip
_GRADES = frozenset(
    "year grade phase stage level category type chapter day week tier class".split()
)  # "year seven pupils", "phase five"
INDICES = frozenset(
    "sp ftse nasdaq cac cac40 dax ibex asx fortune russell nikkei stoxx csi topix kospi nifty sensex ta".split()
)
_COUNTING = frozenset(
    """people troops soldiers deaths cases jobs homes houses dead killed injured wounded men women children workers
    staff students
    residents families refugees civilians protesters police officers passengers victims patients votes seats companies
    miles km dollars euros pounds
    metres meters feet tonnes tons acres hectares barrels employees delegates""".split()
)
_YEAR_LEADS = frozenset(
    """in since of by until till from during before after circa between early late mid late-season the for through to
    and or this last next
    january february march april may june july august september october november december summer winter spring autumn
    fall year
    fiscal around about than""".split()
)


def spans(text: str) -> list[tuple[int, int]]:
    """The spans of `text` that hold dates, clock times, addresses and phone numbers."""
    return [match.span() for match in _SPANS.finditer(text)]


def is_year(tokens: Sequence[Token], numeral: Numeral, *, hedged: bool) -> bool:
    """Whether four digits without a separator name a year and count nothing."""
    token = tokens[numeral.first]
    if numeral.words or numeral.after != numeral.first + 1 or len(token.text) != 4 or not token.text.isdigit():
        return False
    value = int(token.text)
    if not 1400 <= value <= 2100:
        return False
    after = tokens[numeral.after] if numeral.after < len(tokens) else None
    before = tokens[numeral.first - 1].low if numeral.first else ""
    if after is not None and after.kind == "word":
        if after.low in _COUNTING or (after.low in UNITS and after.low not in ("second", "m", "a", "stone")):
            return False
        if plural(after.low) and not after.capital and (hedged or before not in _YEAR_LEADS) and value < 1900:
            return False
    if value < 1900 and before not in _YEAR_LEADS:
        return False
    return not hedged or before in _YEAR_LEADS


def is_label(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number names the noun before it ("Article 5", "iPhone 11", "Boeing 737") or is part of a name ("Big 12")."""
    first = numeral.first
    token = tokens[first]
    if numeral.words and token.low not in (
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ):
        return False
    if first == 0:
        return False
    before = tokens[first - 1]
    whole = "," not in token.text and "." not in token.text
    if (
        before.low in LABELS
        and whole
        and (not numeral.words or before.capital or before.low in _GRADES)
        and not _measured(tokens, numeral.after)
    ):
        return True
    if before.low in INDICES or (before.text == "P" and first >= 3 and tokens[first - 3].low == "s"):
        return True
    if before.low == "." and first >= 2 and tokens[first - 2].low in ("no", "nos", "art", "sec", "ch"):
        return True
    if numeral.words and token.capital and before.kind == "word" and before.capital and first > 1:
        return True
    if not whole:
        return False
    if (
        before.text == "."
        and before.end == token.start
        and first >= 2
        and tokens[first - 2].end == before.start
        and tokens[first - 2].kind == "word"
    ):
        return True
    touching_dash = before.text in ("-", "‑") and before.end == token.start
    if touching_dash and first >= 2 and tokens[first - 2].kind == "word" and tokens[first - 2].end == before.start:
        return tokens[first - 2].low not in (
            "minus",
            "sub",
            "mid",
            "pre",
            "post",
            "plus",
            "than",
            "to",
            "over",
            "about",
        )
    if before.kind == "word" and before.end == token.start:
        return True
    return False


def _measured(tokens: Sequence[Token], at: int) -> bool:
    """Whether a unit follows: then the number measures and names nothing."""
    return (
        at < len(tokens)
        and (tokens[at].low in UNITS or tokens[at].text == "%")
        and tokens[at].low not in ("second", "a")
    )


def is_name_number(tokens: Sequence[Token], numeral: Numeral, *, place: bool, noun_follows: bool) -> bool:
    """Whether a bare number after a capitalised word belongs to that name ("Planet 9", "Windows 10", "Falcon 9")."""
    first = numeral.first
    if first == 0 or numeral.words or numeral.low >= 10_000 or place or "," in tokens[first].text:
        return False
    before = tokens[first - 1]
    if before.kind != "word" or not before.text[0].isupper() and not any(c.isupper() for c in before.text):
        return False
    sentence_start = first == 1 or tokens[first - 2].text in ('"', "“", "'", "‘")
    return not (sentence_start or noun_follows)


def is_bullet(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number only numbers an item: "1. Open", "2) Close"."""
    follower = tokens[numeral.after] if numeral.after < len(tokens) else None
    return (
        numeral.first == 0
        and not numeral.words
        and numeral.low < 100
        and follower is not None
        and follower.text in (".", ")")
        and numeral.after + 1 < len(tokens)
    )
