"""The time expressions of news English: a table of patterns, one for each shape.

Every pattern is linear: all repetition is bounded, and no two neighbouring parts can match the same text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contradict.times.words import NUMBER

Groups = dict[str, str | None]


class Shape(StrEnum):
    """What an expression is made of; each shape has one pattern and one resolver."""

    ISO = "iso"
    COMPACT = "compact"
    NUMERIC = "numeric"
    SEPTEMBER_11 = "september_11"
    DAY_MONTH = "day_month"
    MONTH_DAY = "month_day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    FISCAL = "fiscal"
    DECADE = "decade"
    CENTURY = "century"
    YEARS = "years"
    YEAR = "year"
    HOLIDAY = "holiday"
    AGO = "ago"
    EARLIER = "earlier"
    PERIOD = "period"
    EDGE = "edge"
    UNIT = "unit"
    WEEKDAY = "weekday"
    DAY_WORD = "day_word"
    DEICTIC = "deictic"


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as found: its shape, where it stands, and the parts of its pattern that took part."""

    start: int
    end: int
    shape: Shape
    groups: Groups


S = r"\s{1,2}"
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)(?![a-z])"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WEEKDAY_BEFORE_DATE = rf"(?:(?P<weekday>{WEEKDAY}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?),?{S})?"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9%:/]|\.[0-9]|,[0-9]{3}(?![0-9]))"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9%]|[,.:][0-9])"
# Of a text whose marks stand apart, as some come: "May 3 , 2014 .", and not "May 3 , 1500 people".
APART = rf"\s,(?=\s{YEAR}(?:\s?[.,;:)]|\s?$|\s(?:in|at|by|on|for|and|to|with|as|from|after|before)\b))"
OF_YEAR = rf"(?:(?:(?:{APART}|,)?{S}(?:of{S})?|,)(?P<year>{YEAR})|,?{S}(?:of{S})?(?P<yearref>this|last|next){S}year\b)?"
DAYS_MORE = (
    rf"(?:(?:\s?[-–—]\s?|{S}(?:to|through|until){S})(?P<day2>{DAY})|{S}and{S}(?P<day3>{DAY})(?=\s?(?:[,.;:)]|$)))?"
)
SEASON = r"(?:spring|summer|autumn|fall|winter)"
LARGE_UNIT = r"(?:weekend|week|fortnight|month|quarter|year|decade|century)"
UNIT = r"(?:second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|centurie|century)"
PAST = r"(?:this(?:\s(?:past|coming))?|last|next|(?:the\s)?(?:current|previous))"
YEAR_OF_PART = (
    rf"(?:(?:,?{S}(?:of{S}|in{S})?(?:the{S})?(?:fiscal{S}(?:year{S})?)?(?P<year>{YEAR})|['’](?P<yy>[0-9]{{2}}))"
    rf"|{S}(?:of{S})?(?P<yearref>this|last|next|the){S}(?:fiscal{S})?year\b)?"
)

PATTERNS: dict[Shape, str] = {
    Shape.ISO: (
        r"(?P<year>[12][0-9]{3})(?:-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
        r"|/(?P<month2>[0-9]{1,2})/(?P<day2>[0-9]{1,2}))(?![0-9])"
    ),
    Shape.COMPACT: (
        r"(?P<year>19[0-9]{2}|20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![0-9]|[.,][0-9])"
    ),
    Shape.NUMERIC: (
        r"(?P<first>[0-9]{1,2})(?:/(?P<second>[0-9]{1,2})/(?P<year>[12][0-9]{3}|[0-9]{2})"
        r"|\.(?P<second2>[0-9]{1,2})\.(?P<year2>[12][0-9]{3})|-(?P<second3>[0-9]{1,2})-(?P<year3>[12][0-9]{3}))"
        r"(?![0-9/]|\.[0-9])"
    ),
    Shape.SEPTEMBER_11: (
        rf"(?:9/11\b(?!/)|sept(?:ember|\.)?{S}11(?:th)?(?=,?{S}(?:terror(?:ist|ism)?|attacks?|hijack(?:ers?|ings?))\b))"
    ),
    Shape.MONTH_DAY: rf"{WEEKDAY_BEFORE_DATE}(?P<month>{MONTH}){S}(?:the{S})?(?P<day>{DAY}){DAYS_MORE}{OF_YEAR}",
    Shape.DAY_MONTH: (
        rf"{WEEKDAY_BEFORE_DATE}(?:the{S})?(?P<day>{DAY}){DAYS_MORE}(?:{S}(?:day{S})?(?:of{S})?|-)"
        rf"(?P<month>{MONTH}){OF_YEAR}"
    ),
    Shape.MONTH: (
        rf"(?:(?P<rel>this(?:\spast)?|last|next|the{S}following){S}(?!{MONTH}{S}[0-9]))?(?P<month>{MONTH}){OF_YEAR}"
    ),
    Shape.SEASON: (
        rf"(?:(?:(?P<rel>{PAST}){S})(?P<season>{SEASON})(?!{S}(?:in|of|to|from)\b)"
        rf"|(?P<season2>{SEASON})(?:,?{S}(?:of{S})?(?P<year>{YEAR})(?:[-–/](?P<year2>[0-9]{{4}}|[0-9]{{2}})\b)?"
        rf"|{S}(?:of{S})?(?P<yearref>this|last|next){S}year\b))"
    ),
    Shape.QUARTER: (
        rf"(?:Q(?P<digit>[1-4])\b|(?:the{S})?(?P<word>first|second|third|fourth|final|1st|2nd|3rd|4th)[-\s]quarter\b)"
        rf"{YEAR_OF_PART}"
    ),
    Shape.HALF: rf"(?:H(?P<digit>[12])\b|(?:the{S})?(?P<word>first|second)[-\s]half\b){YEAR_OF_PART}",
    Shape.FISCAL: rf"(?:fy\s?|(?:the{S})?fiscal{S}(?:year{S})?)['’]?(?P<year>{YEAR}|[0-9]{{2}}\b)",
    Shape.DECADE: (
        r"(?:(?:the\s)?(?P<decade>(?:1[0-9]{2}|20[0-9])0)['’]?s\b|(?:the\s)?['’](?P<short>[1-9]0)s\b"
        r"|the\s(?P<word>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b))"
    ),
    Shape.CENTURY: r"(?:the\s)?(?P<century>[12]?[0-9])(?:st|nd|rd|th)[-\s]century\b",
    Shape.YEARS: rf"(?P<year>{YEAR})(?:[-–—/](?P<year2>[0-9]{{4}}|[0-9]{{2}}))(?![-0-9:%]|[,.][0-9])",
    Shape.YEAR: rf"(?P<year>{YEAR})",
    Shape.HOLIDAY: (
        rf"(?P<holiday>christmas{S}(?:day|eve)|new{S}year['’]s{S}(?:day|eve)|boxing{S}day|valentine['’]s{S}day"
        rf"|halloween|(?:the{S})?fourth{S}of{S}july|july{S}fourth)\b{OF_YEAR}"
    ),
    Shape.AGO: rf"(?:(?P<more>more{S}than|over|at{S}least){S})?(?P<number>{NUMBER})[-\s](?P<unit>{UNIT})s?{S}ago\b",
    Shape.EARLIER: (
        rf"(?:(?P<number>{NUMBER}){S}(?P<unit>{UNIT})s?{S}(?:earlier|previously|before(?=\s?(?:[,.;:)]|$)))"
        rf"|the{S}(?:year{S}before(?=\s?(?:[,.;:)]|$))|(?:previous|prior|preceding){S}year)\b)"
    ),
    Shape.PERIOD: (
        rf"(?:(?P<led>the|this|these|its|his|her|their){S})?"
        rf"(?:(?P<way>past|last|next|previous|coming){S}(?P<number>{NUMBER})[-\s](?P<unit>{UNIT})s?\b"
        rf"|(?P<way2>past|last|next|coming){S}(?P<single>{UNIT})\b)"
    ),
    Shape.EDGE: (
        rf"(?:(?P<edge>start|beginning|end|middle|close|rest){S}of{S}the{S}(?P<unit>{LARGE_UNIT})"
        rf"|(?P<part>earlier|later|early|late|so{S}far){S}in{S}the{S}(?P<unit2>{LARGE_UNIT}))\b(?!{S}of\b)"
    ),
    Shape.UNIT: rf"(?P<rel>{PAST}){S}(?P<unit>{LARGE_UNIT})\b",
    Shape.WEEKDAY: (
        rf"(?:(?P<rel>{PAST}|the{S}following){S})?(?P<weekday>{WEEKDAY})\b"
        rf"(?:{S}(?:early{S}|late{S})?(?:morning|afternoon|evening|night)\b)?"
        rf"(?:{S}(?:of{S})?(?P<weekref>this|last|next){S}week\b)?"
    ),
    Shape.DAY_WORD: (
        rf"(?:the{S}day{S}(?P<beyond>before{S}yesterday|after{S}tomorrow)\b|(?P<night>last{S}night|overnight)\b"
        rf"|(?P<word>today|tonight|yesterday|tomorrow|this{S}(?:morning|afternoon|evening))\b"
        rf"|the{S}(?P<weekend>weekend)\b)"
    ),
    Shape.DEICTIC: (
        rf"(?P<which>that|(?:the|that){S}same|the{S}(?:next|following|previous)"
        rf"|the{S}day{S}(?:after|before)(?=\s?(?:[,.;:)]|$)))(?:{S}(?P<unit>day|week|month|year)\b)?"
    ),
}
ORDER = (
    Shape.ISO,
    Shape.COMPACT,
    Shape.NUMERIC,
    Shape.SEPTEMBER_11,
    Shape.HOLIDAY,
    Shape.MONTH_DAY,
    Shape.DAY_MONTH,
    Shape.MONTH,
    Shape.SEASON,
    Shape.QUARTER,
    Shape.HALF,
    Shape.FISCAL,
    Shape.DECADE,
    Shape.CENTURY,
    Shape.AGO,
    Shape.EARLIER,
    Shape.UNIT,
    Shape.PERIOD,
    Shape.WEEKDAY,
    Shape.YEARS,
    Shape.YEAR,
    Shape.EDGE,
    Shape.DAY_WORD,
    Shape.DEICTIC,
)
"""The order in which shapes are tried where several could begin; a longer reading comes before the shorter one."""
