"""Whether what a pattern matched is a time in its sentence: "May" the month, "2010" the year, "Friday" the day."""

from __future__ import annotations

import re
from collections.abc import Callable

from contradict.times.patterns import MONTH, Shape
from contradict.times.words import (
    COUNTED_AFTER_NUMBER,
    NAME_BEFORE_WEEKDAY,
    NAMES_AFTER_WEEKDAY,
    VERB_AFTER_MONTH,
    YEAR_BEFORE,
    YEAR_VERB_AFTER,
)


def stands(shape: Shape, match: re.Match[str], text: str) -> bool:
    """Whether the match passes the check of its shape; a shape without one always does."""
    check = CHECKS.get(shape)
    return check is None or check(match, text)


def word_before(text: str, position: int) -> str:
    """The word that ends right before `position`, spaces passed over; "" after punctuation."""
    found = _WORD_BEFORE.search(text, max(0, position - 30), position)
    return found[1] if found else ""


def word_after(text: str, position: int) -> str:
    """The word that begins right after `position`, spaces passed over; "" before punctuation."""
    found = _WORD_AFTER.match(text, position, position + 30)
    return found[1] if found else ""


_WORD_BEFORE = re.compile(r"(['’]?\w+)[\s-]{1,2}\Z")
_WORD_AFTER = re.compile(r"[\s-]{1,2}(\w+)")
_MONTH_CUES = frozenset(
    "in since until till by last next this early late mid of through before after from between during for and to or "
    "every each ending starting beginning to".split()
)
_NAME_MONTHS = frozenset({"may", "march", "april", "june", "august"})
_SECOND_MONTH = re.compile(rf"\s?(?:[-–—/]|to|through|and|or)\s?{MONTH}", re.IGNORECASE)


_MRS_MAY = re.compile(r"\b(?:theresa|mrs|minister|ms)\.?\smay\b", re.IGNORECASE)


def _month_stands(match: re.Match[str], text: str) -> bool:
    """Whether a month without a day is the month: capitalised, and no verb ("may"), no person ("April Ryan")."""
    month, end = match["month"], match.end()
    if match["year"] or match["yearref"]:
        return not (month[0].islower() and month.lower() in ("may", "march", "mar"))
    if month[0].islower():
        return month in ("january", "february", "september", "october", "november", "december")
    before, after = word_before(text, match.start()), word_after(text, end)
    if before.lower() in ("in", "early", "mid", "late") or match["rel"]:
        return after.lower() not in VERB_AFTER_MONTH or month.lower() not in ("may", "march")
    cued = before.lower() in _MONTH_CUES or _SECOND_MONTH.match(text, end) is not None
    if month.lower() in ("may", "march"):
        person = month == "May" and _MRS_MAY.search(text, 0, 400) is not None
        return cued and not person and after.lower() not in VERB_AFTER_MONTH and not after[:1].isdigit()
    if len(month.rstrip(".")) <= 4 and month.lower() not in ("june", "july"):
        return cued and not after[:1].isdigit()
    if month.lower() in _NAME_MONTHS and not cued:
        return not after[:1].isupper() and not before[:1].isupper()
    return True


def _month_day_stands(match: re.Match[str], text: str) -> bool:
    """Whether month and day are a date: "may 12 people" and "march 5 miles" are not."""
    if match["month"][0].isupper() or match["year"] or match["yearref"]:
        return True
    if match["month"].lower() in ("may", "march", "mar", "sun", "sat", "dec"):
        return False
    return word_after(text, match.end()).lower() not in COUNTED_AFTER_NUMBER


def _day_month_stands(match: re.Match[str], text: str) -> bool:
    """Whether day and month are a date: "the 12 march on" and "30 may be" are not."""
    month = match["month"]
    if month.lower() in ("may", "march", "mar") and not match["year"]:
        return month[0].isupper() and word_after(text, match.end()).lower() not in VERB_AFTER_MONTH
    return True


def _weekday_stands(match: re.Match[str], text: str) -> bool:
    """Whether a weekday is a day: not a habit ("Sundays"), a paper ("Sunday Times") or a name ("Black Friday")."""
    name, end = match["weekday"], match.end()
    if name[0].islower() and name in ("sun", "sat"):
        return False
    after = word_after(text, end)
    if after[:1].isupper() and after.lower() in NAMES_AFTER_WEEKDAY:
        return False
    return NAME_BEFORE_WEEKDAY.search(text, max(0, match.start() - 12), match.start()) is None


def _year_stands(match: re.Match[str], text: str) -> bool:
    """Whether four digits are a year, by the words on either side of them."""
    start, end = match.start(), match.end()
    if text[max(0, start - 1) : start] == "-" and not text[max(0, start - 2) : start - 1].isalpha():
        return False
    if start and text[start - 1] in "/.:’'@_=":
        return False
    number, before, after = int(match["year"]), word_before(text, start).lower(), word_after(text, end)
    joined = text[end : end + 1] in ("-", "/") and text[end + 1 : end + 2].isalnum()
    if joined or after.lower() in COUNTED_AFTER_NUMBER:
        return False
    plural = after.islower() and after.endswith("s") and after not in YEAR_VERB_AFTER and not after.endswith("ss")
    if number % 100 == 0 and plural:
        return False
    if 1700 <= number < 2100:
        return _modern_year_stands(text, start, end, before, after, plural=plural)
    return before in ("in", "since", "circa") and (not after or not plural)


_NUMBERED = frozenset("page pages no number room route flight block section article line chapter volume".split())
_COUNT_CUES = frozenset("of for to by and or with from over than about around under on at".split())


def _modern_year_stands(text: str, start: int, end: int, before: str, after: str, *, plural: bool) -> bool:
    if before in _COUNT_CUES and plural:
        return False
    if before in YEAR_BEFORE or before in ("'s", "’s"):
        return True
    if not before:
        opening = text[max(0, start - 3) : start].rstrip()[-1:]
        closing = text[end : end + 3].lstrip()[:1]
        if opening in ("(", "[") or (opening and closing in (")", "]")):
            return True
        listed = bool(opening) and closing in ",.;"
        return (not opening or opening in ",;") and (listed or after.lower() in YEAR_VERB_AFTER)
    closes = text[end : end + 1] in ("", ",", ".", ")", ";")
    return closes and before[:1].isalpha() and before not in _NUMBERED


def _period_stands(match: re.Match[str], text: str) -> bool:
    """Whether "the past ..." is a period up to, or from, the day of publication; "last year" is the calendar year."""
    if match["single"] is None:
        return match["number"].lower() not in ("a", "an") and (bool(match["led"]) or match["way"].lower() != "previous")
    if match["single"].lower() in ("second", "minute"):
        return False
    cued = bool(match["led"]) and word_before(text, match.start()).lower() in _SPAN_CUES
    return match["way2"].lower() == "past" or cued


def _unit_stands(match: re.Match[str], text: str) -> bool:
    """Whether "next week" is the one after publication; "the next week" of a story is not."""
    if match["rel"].lower() in ("last", "next") and word_before(text, match.start()).lower() == "the":
        return False
    return _named_relative_stands(match, text)


_SPAN_CUES = frozenset("in over during within for across throughout".split())


def _ago_stands(match: re.Match[str], text: str) -> bool:
    """Whether the number is whole: in "half a century ago" and "two and a half years ago" only a part of it matched."""
    return word_before(text, match.start()).lower() not in ("half", "of", "and", "or", "to")


def _named_relative_stands(match: re.Match[str], text: str) -> bool:
    """Whether "This Week" or "Today" is a time and not a title, as capitals inside a sentence are."""
    surface, start = match.group(0), match.start()
    if start == 0 or not surface[0].isupper():
        return True
    if word_before(text, start) in ("USA", "Russia"):
        return False
    inside = text[max(0, start - 3) : start].rstrip()[-1:]
    return inside in ("", ".", "!", "?", ":", "\n", "-", "–", "—", "|", ")", ">") or surface.isupper()


def _deictic_stands(match: re.Match[str], text: str) -> bool:
    return match["unit"] is not None or match["which"].lower().startswith("the day")


def _season_stands(match: re.Match[str], text: str) -> bool:
    return match["season"] is not None or match["season2"].lower() != "fall" or match["year"] is not None


def _half_stands(match: re.Match[str], text: str) -> bool:
    """Whether a half is one of a year; without a year it may be of a match, or of anything."""
    return bool(match["year"] or match["yearref"])


_SPORT = re.compile(
    r"\b(?:touchdowns?|yards?|quarterback|fumble|points?|score[ds]?|basket|rebounds?|field\sgoal)\b", re.IGNORECASE
)


def _quarter_stands(match: re.Match[str], text: str) -> bool:
    """Whether a quarter is one of a year and not of a game."""
    if match["year"] or match["yearref"] or match["yy"]:
        return True
    return match["word"] != "final" and _SPORT.search(text, max(0, match.start() - 150), match.end() + 150) is None


CHECKS: dict[Shape, Callable[[re.Match[str], str], bool]] = {
    Shape.MONTH: _month_stands,
    Shape.MONTH_DAY: _month_day_stands,
    Shape.DAY_MONTH: _day_month_stands,
    Shape.WEEKDAY: _weekday_stands,
    Shape.YEAR: _year_stands,
    Shape.YEARS: _year_stands,
    Shape.PERIOD: _period_stands,
    Shape.AGO: _ago_stands,
    Shape.DAY_WORD: _named_relative_stands,
    Shape.UNIT: _unit_stands,
    Shape.DEICTIC: _deictic_stands,
    Shape.SEASON: _season_stands,
    Shape.HALF: _half_stands,
    Shape.QUARTER: _quarter_stands,
}
