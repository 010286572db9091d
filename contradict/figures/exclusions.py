"""Numbers that count nothing: years, dates, clock times, phone, road, flight and model numbers, articles of law."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contradict.figures.clocks import clock_spans
from contradict.figures.hedges import hedge_before
from contradict.figures.numerals import Numeral
from contradict.figures.phrases import EVENT_PARTICIPLES, counted_after, place_ending, plural
from contradict.figures.tokens import HYPHENS, Token, low_at, touches
from contradict.figures.units import CURRENCY_WORDS, UNITS, currency_of_sign
from contradict.types import Hedge

_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec""".split()
)
# Whole spans of text whose digits are never figures. Each pattern is linear: bounded repeats, no nested quantifier. The
# first line names all that one can begin with, so that the patterns are tried at few places.
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Jun\.|Jul\.|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_SPANS = re.compile(
    rf"""
    (?= [\d+('’ADFIJMNOS] )
    (?: \b{_MONTH}\s{{1,2}}{_DAY}(?:\s?(?:-|–|to|and)\s?{_DAY})?(?:,?\s(?:1[4-9]|20)\d\d)?\b(?![,.]?\d)
    | \b{_DAY}(?:\s?(?:-|–|to|and)\s?{_DAY})?\s(?:of\s)?{_MONTH}\b(?:,?\s(?:1[4-9]|20)\d\d)?
    | \b{_MONTH}\s(?:of\s)?(?:1[4-9]|20)\d\d\b
    | \b(?:1[4-9]|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:[0-2]?\d|3[01])\b
    | \b(?:[0-2]?\d|3[01])[-/.](?:[0-2]?\d|3[01])[-/.](?:19|20)?\d\d\b(?!%)
    | \b0\d{{2,4}}(?:\s\d{{2,4}}){{2,3}}\b(?![,.]?\d)
    | (?<![\d,.])(?:1[-\s])?\+?\(?\d{{2,4}}\)?[-\s]\d{{3,4}}[-\s]\d{{3,4}}(?!\d|[,.]\d)
    | \+\d{{1,3}}(?:[\s().-]{{1,2}}\d{{2,5}}){{2,5}}(?![\d,.]\d)
    | \bISBN(?:-1[03])?:?\s{{0,2}}\d(?:[\s-]?[\dX]){{9,12}}\b
    | \b1-8\d\d-[\dA-Z-]{{4,12}} | \b\d{{3}}-\d{{4}}\b
    | \b(?:1[4-9]|20)\d\d\s?[-–/]\s?(?:(?:1[4-9]|20)\d\d|\d\d)\b(?![,.]?\d|%)
    | \b[12]?\d\d\ds\b | ['’]\d\ds\b | \b(?:1[89]|20)?[1-9]0['’]s\b
    | \b\d{{1,5}}(?:[-–]\d{{1,5}})?[A-Z]?\s(?:[A-Z][\w.']{{0,20}}\s){{1,3}}
      (?:Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Square|Way)\b
    | \b9/11\b | \b7/7\b | \b24/7\b | \b50/50\b | \b20/20\b
    | \bA\.?D\.?\s\d{{1,4}}(?:\s(?:and|to)\s\d{{1,4}})?\b | \b\d{{1,4}}\s?B\.?C\.?E?\b(?![\w])
    )
    """,
    re.VERBOSE,
)
_ADDRESSES = re.compile(r"https?://\S{1,500}|\bwww\.\S{1,500}|\S{1,80}@\S{1,80}")
_DIGIT = re.compile(r"\d")
# "Article 5", "Game 7", "category 4", "Highway 101": the number names its noun.
_LABELS = frozenset(
    """article articles section chapter title paragraph clause resolution amendment rule rules protocol no nos figure
    table page pages room suite apartment apt floor gate platform terminal bus route highway interstate road
    motorway junction exit runway flight channel radio station game week day round lap leg stage phase tier level
    grade class category type form schedule part volume book episode season series version model group pool unit
    block reactor zone district ward precinct area sector division battalion brigade regiment squadron seed planet
    apollo proposition prop hr senate docket case code item step option question psalm verse formula super bowl g p pier
    camp iphone galaxy year""".split()
)
# Those that name with a number in words even in lower case: "year seven pupils", "phase five".
_GRADES = frozenset("year grade phase stage level category type chapter day week tier class".split())
_TO_TEN = frozenset("one two three four five six seven eight nine ten".split())
_ABBREVIATIONS = ("no", "nos", "art", "sec", "ch")  # "No. 10"
_INDICES = frozenset(
    "sp ftse nasdaq cac cac40 dax ibex asx fortune russell nikkei stoxx csi topix kospi nifty sensex ta".split()
)
# "mid-50s", "sub-20": what stands before the hyphen is no name.
_PREFIXES = frozenset("minus sub mid pre post plus than to over about".split())
_COUNTING = frozenset(
    """people troops soldiers deaths cases jobs homes houses dead killed injured wounded men women children workers
    staff students residents families refugees civilians protesters police officers passengers victims patients
    votes seats companies miles km dollars euros pounds metres meters feet tonnes tons acres hectares barrels
    employees delegates""".split()
)
_YEAR_LEADS = frozenset(
    """in since of by until till from during before after circa between early late mid the for through to and or this
    last next january february march april may june july august september october november december summer winter
    spring autumn fall year fiscal around about than b c d born died &""".split()
)
_DATING = ("in", "since", "during")
_YEARS, _COMMON_YEARS = range(1400, 2101), range(1900, 2101)
_BEFORE_ZERO = ("ground", "net", "patient", "absolute")
_AFTER_ZERO = ("tolerance", "hour", "gravity")
_BEFORE_HALF = ("first", "second", "latter", "last", "final")  # a part of a time or of a match
_OPENING = ('"', "“", "'", "‘")
_MOST_IN_A_NAME = 10_000
_LONGEST_TABLE = 1000
_BEFORE_RANK = frozenset("at the from is was as and a its his her our my their".split())
_BEFORE_TO_NUMBER = frozenset("expected believed thought said estimated likely known reported".split())
_UNITS_OF_ARMIES = frozenset("squadron battalion regiment brigade division commando corps platoon".split())
_MOST_TO_UNIT = 3
_BEFORE_TABLE = frozenset("the a this their its our his her 's s world's country's nation's".split())


def spans(text: str) -> list[tuple[int, int]]:
    """The spans of `text` that hold dates, clock times, addresses and phone numbers, in order."""
    found = clock_spans(text)
    if _DIGIT.search(text):
        found += [match.span() for match in _SPANS.finditer(text)]
    if "@" in text or "http" in text or "www." in text:
        found += [match.span() for match in _ADDRESSES.finditer(text)]
    return sorted(found)


def counts_nothing(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number is a year, a bullet, the base of a rate ("per 1,000"), a label or part of a name."""
    hedge, begin = hedge_before(tokens, numeral.first)
    before = low_at(tokens, numeral.first - 1)
    signed = numeral.first > 0 and _is_sign(tokens[numeral.first - 1])
    if not signed and is_year(tokens, numeral, hedged=hedge is not Hedge.EXACT):
        return True
    if _is_bullet(tokens, numeral) or before == "per" or _is_named_zero(tokens, numeral):
        return True
    if numeral.share and before in _BEFORE_HALF:
        return True
    if signed or begin != numeral.first:
        return False
    return _is_label(tokens, numeral) or _is_in_name(tokens, numeral) or _is_end_of_table(tokens, numeral)


def _is_sign(token: Token) -> bool:
    """Whether a token is the sign or code of a currency, and no other word in capitals: "BBC 4", "HIV 2"."""
    return token.kind == "mark" and currency_of_sign(token.text) is not None


def is_year(tokens: Sequence[Token], numeral: Numeral, *, hedged: bool) -> bool:
    """Whether four digits without a separator name a year and count nothing."""
    digits = tokens[numeral.first].text
    if numeral.words or numeral.after != numeral.first + 1 or len(digits) != 4 or not digits.isdigit():
        return False
    if int(digits) not in _YEARS:
        return False
    common = int(digits) in _COMMON_YEARS
    if _is_born(tokens, numeral.first) or (low_at(tokens, numeral.first - 1), low_at(tokens, numeral.after)) == (
        "(",
        ")",
    ):
        return True
    if (hedged or not common) and low_at(tokens, numeral.first - 1) not in _YEAR_LEADS:
        return False
    follower = tokens[numeral.after] if numeral.after < len(tokens) else None
    if follower is None or follower.kind != "word":
        return True
    if follower.low in CURRENCY_WORDS or (follower.low in UNITS and follower.low not in ("second", "stone")):
        return False
    if follower.low in _COUNTING:
        return _dates(low_at(tokens, numeral.first - 1), follower.low)
    return common or not hedged or follower.capital or not plural(follower.low)


def _is_born(tokens: Sequence[Token], first: int) -> bool:
    """ "b. 1874", "c. 1874": the year of a life."""
    return low_at(tokens, first - 1) == "." and low_at(tokens, first - 2) in ("b", "c", "d", "ca")


def _dates(lead: str, follower: str) -> bool:
    """Whether `lead` makes a year of four digits before a counting word: "a crash in 2016 killed 40".

    "by" and "of" do so before a participle alone: "a force of 2000 troops" counts.
    """
    return lead in _DATING or (lead in ("by", "of") and follower in EVENT_PARTICIPLES)


def _is_bullet(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number only numbers an item: "1. Open", "2) Close"."""
    if numeral.first != 0 or numeral.words or numeral.low >= 100:
        return False
    return low_at(tokens, numeral.after) in (".", ")") and numeral.after + 1 < len(tokens)


def _is_named_zero(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """ "ground zero", "net zero", "zero tolerance": a name that counts nothing."""
    if tokens[numeral.first].low != "zero":
        return False
    return low_at(tokens, numeral.first - 1) in _BEFORE_ZERO or low_at(tokens, numeral.after) in _AFTER_ZERO


def _is_label(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number names the noun before it ("Article 5", "iPhone 11") or is written onto a name ("F-16")."""
    first = numeral.first
    token = tokens[first]
    if first == 0 or (numeral.words and token.low not in _TO_TEN):
        return False
    before = tokens[first - 1]
    if before.low in _INDICES or (before.text == "P" and low_at(tokens, first - 3) == "s"):
        return True
    if low_at(tokens, numeral.after) == "zip" or _is_rank(tokens, numeral) or _is_of_unit(tokens, numeral):
        return True
    if before.text == "." and low_at(tokens, first - 2) in _ABBREVIATIONS:
        return True
    if numeral.words and token.capital and before.kind == "word" and first > 1:
        lead = tokens[first - 2] if before.low == "of" else before
        if lead.capital:  # "Super Bowl One", "the Group of Eight"
            return True
    if token.grouped or "." in token.text:
        return False
    return _is_written_onto(tokens, first) or _is_of_noun(tokens, numeral)


def _is_rank(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether "number" before the number makes it a place in a list: "at number 20"; not in "they number 20"."""
    first = numeral.first
    if low_at(tokens, first - 1) != "number" or numeral.low > _LONGEST_TABLE:
        return False
    lead = low_at(tokens, first - 2)
    return lead in _BEFORE_RANK or (lead == "to" and low_at(tokens, first - 3) not in _BEFORE_TO_NUMBER)


def _is_of_unit(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number names a unit of an army: "307 Signals Squadron", "40 Commando"."""
    if numeral.words:
        return False
    for token in tokens[numeral.after : numeral.after + _MOST_TO_UNIT]:
        if not token.capital:
            return False
        if token.low in _UNITS_OF_ARMIES:
            return True
    return False


def _is_of_noun(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the noun before the number takes one as its name, and the number has no unit."""
    before = tokens[numeral.first - 1]
    if before.low not in _LABELS or (numeral.words and not before.capital and before.low not in _GRADES):
        return False
    unit = low_at(tokens, numeral.after)
    return unit not in UNITS or unit == "second"


def _is_written_onto(tokens: Sequence[Token], first: int) -> bool:
    """Whether the number is written onto a word, by nothing, a full stop or a hyphen: "A320", "v.2", "F-16"."""
    if not touches(tokens, first):
        return False
    before = tokens[first - 1]
    if before.kind == "word":
        return True
    if not touches(tokens, first - 1) or tokens[first - 2].kind != "word":
        return False
    return before.text == "." or (before.text in HYPHENS and tokens[first - 2].low not in _PREFIXES)


def _is_in_name(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a bare number after a capitalised word belongs to that name ("Planet 9", "Windows 10", "Falcon 9")."""
    first = numeral.first
    if first == 0 or numeral.words or numeral.low >= _MOST_IN_A_NAME or tokens[first].grouped:
        return False
    before = tokens[first - 1]
    if before.kind != "word" or not any(map(str.isupper, before.text)):
        return False
    opens = first == 1 or tokens[first - 2].text in _OPENING
    if opens or before.low in _MONTHS or place_ending(tokens, first - 1):
        return False
    return not _has_noun(tokens, numeral.after)


def _is_end_of_table(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number only says how much of a ranking is meant: "in the top 10", "their bottom three"."""
    if low_at(tokens, numeral.first - 1) not in ("top", "bottom") or numeral.low > _LONGEST_TABLE:
        return False
    if low_at(tokens, numeral.first - 2) not in _BEFORE_TABLE:
        return False
    follower = low_at(tokens, numeral.after)
    return follower not in UNITS and follower != "per" and counted_after(tokens, numeral.after) is None


def _has_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a unit, a plural or a participle follows the number, which then counts: not "Boeing 737 landed"."""
    if at >= len(tokens):
        return False
    follower = tokens[at]
    if follower.text in ("%", "-") or follower.low in UNITS or follower.low in CURRENCY_WORDS:
        return True
    if follower.kind != "word" or follower.capital:
        return False
    phrase = counted_after(tokens, at)
    if phrase is None:
        return False
    return follower.low in EVENT_PARTICIPLES or plural(tokens[phrase[1] - 1].low)
