"""Pairs that teach the judge to compare figures and dates: "more than 215" follows from 218, "fewer than 215" does not.

Made from labelled pairs whose claim sets a bound, and from sentences of news. Figure and bound are drawn anew, so that
nothing but the comparison tells the label: one interval within the other is entailment, apart contradiction, and
neither leaves it open.
"""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nli_alter import reword, shorten
from nli_data import Pair

MOST_DIGITS = 15
VARIANTS = {"e": 8, "n": 3, "c": 2}  # drawn from one labelled pair; one that contradicts may do so elsewhere, too
NEWS_VARIANTS = 3

# ---- figures and dates, and how they are bounded -----------------------------------------------------------------

_MONTHS = "|".join(calendar.month_name[1:])
_DAY = re.compile(
    rf"\b(?:(?P<month>{_MONTHS}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?P<tail> ?, (?P<year>\d{4})\b|,? (?P<year2>\d{4})\b)?"
    rf"|(?P<day2>\d{{1,2}}) (?P<month2>{_MONTHS})(?:,? (?P<year3>\d{{4}})\b)?)(?!\d)"
)
_YEAR = re.compile(r"(?<![\w$,.–/-])(?:1[6-9]\d\d|20[0-4]\d)(?![\w–/%-]|,\d|\.\d| ?(?:percent|per cent|million|%))")
_FIGURE = re.compile(
    r"(?<![\w.,:/–-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?![\w/:–-]|[.,]\d| ?[ap]\.?m\b| ?(?:of|/) \d)"
    r"(?P<scale> ?(?:%|percent\b|per cent\b|hundred\b|thousand\b|million\b|billion\b|trillion\b))?"
)
# no figures of anything that is counted: parts of names and of dates, ends of ranges
_BARRED_BEFORE = re.compile(
    r"(?:(?<=\S )[A-Z][\w'’]*\.? |[#+±×*^] ?|[-–][$€£] ?"
    r"|\b(?:[Nn]o\.|number|season|chapter|part|route|aged?|between|from|[Ff]light|[Pp]ier|[Rr]oom|[Cc]hannel) )$"
)
_ABOVE = {
    "more than": False,
    "over": False,
    "above": False,
    "greater than": False,
    "higher than": False,
    "exceeding": False,
    "upwards of": False,
    "at least": True,
    "no fewer than": True,
}  # whether the bound itself counts
_BELOW = {
    "less than": False,
    "fewer than": False,
    "under": False,
    "below": False,
    "lower than": False,
    "at most": True,
    "no more than": True,
    "up to": True,
}
_PAIRED = {"above": "below", "higher than": "lower than", "greater than": "lower than"}
_PAIRED |= {b: a for a, b in _PAIRED.items()}
_BOUND = re.compile(
    r"(?<!not )(?<!no )\b("
    + "|".join(sorted([*_ABOVE, *_BELOW], key=len, reverse=True))
    + r") (?:a |an |the |€ ?|£ ?|\$ ?)?$",
    re.I,
)
_DENIED_BOUND = re.compile(r"\b(?:not|no) (?:\w+ than|over|under|above|below) (?:[$€£] ?)?$", re.I)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|approximately|roughly|nearly|almost|some|close to|as many as|as much as|only|just|"
    r"(?:max|min)imum of|topp\w+|exceed\w+|surpass\w+|pass(?:ed|es|ing)?)|\d\S*(?: \w+)? (?:to|or)|\bbetween \S+ and) "
    r"(?:[$€£] ?)?$|[~≈]\s?$",
    re.I,
)
_TIMED = {"before": (False, False), "prior to": (False, False), "by": (False, True), "after": (True, False)}
TIMED = ("day", "year")
_TIME_BOUND = re.compile(r"(?<!not )(?<!no )\b(before|prior to|by|after) $", re.I)
_TIME_EXACT = re.compile(r"\b(in|on) $", re.I)
_TIME_OPEN = re.compile(
    r"\b(?:as of|until|till|since|from|to|between|and|through|before|after|by|early|late|mid) (?:the )?$|[–-]$", re.I
)

_DETERMINED = re.compile(
    r"\b(?:an?|the|this|that|these|those|its|his|her|their|our|my|each|every|all|past|last|next|first)[ $€£]*$", re.I
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, year or day in a text: span of its digits, value (a day: its ordinal), what it can be compared with,
    how it is written, and its bound: the span of its words, whether what is meant lies above it, whether it counts
    itself.

    `on` is the span of the preposition of a day or year on which something was; `vague` is what is hedged in another
    way, so that nothing exact follows from it.
    """

    start: int
    end: int
    value: float
    family: str
    style: str
    bound: tuple[int, int] | None = None
    above: bool = False
    inclusive: bool = False
    on: tuple[int, int] | None = None
    vague: bool = False

    @property
    def timed(self) -> bool:
        return self.family in TIMED

    def holds(self, value: float) -> bool:
        """Whether a value lies within the bound."""
        return (self.inclusive and value == self.value) or (value > self.value if self.above else value < self.value)


def measures(text: str) -> list[Measure]:
    """All figures and dates of a text that can be compared, in order."""
    days = list(_DAY.finditer(text))
    taken = [match.span() for match in days]
    found = [
        _timed(text, *match.span(), float(day.toordinal()), "day", _day_style(match))
        for match in days
        if (day := _dated(match))
    ]
    for match in _YEAR.finditer(text):
        within = any(a <= match.start() < b for a, b in taken)
        follows_month = re.search(rf"\b(?:{_MONTHS}),? $", text[: match.start()])
        if not within and not follows_month and not _BOUND.search(text[: match.start()]):
            found.append(_timed(text, match.start(), match.end(), float(match[0]), "year", ""))
            taken.append(match.span())
    for match in _FIGURE.finditer(text):
        if (
            len(match["number"]) > MOST_DIGITS
            or any(a <= match.start() < b for a, b in taken)
            or _BARRED_BEFORE.search(text[: match.start()])
        ):
            continue
        if re.match(rf" (?:{_MONTHS})\b", text[match.end() :]):
            continue
        found.append(_figure(text, match))
    return sorted(found, key=lambda m: m.start)


def _dated(match: re.Match[str]) -> date | None:
    year = match["year"] or match["year2"] or match["year3"]
    month = list(calendar.month_name).index(match["month"] or match["month2"])
    try:
        return date(int(year or 2019), month, int(match["day"] or match["day2"]))
    except ValueError:
        return None


def _day_style(match: re.Match[str]) -> str:
    year = match["year"] or match["year2"] or match["year3"]
    if match["day2"]:
        return "{d} {m}" + (" {y}" if year else "")
    return "{m} {d}" + (match["tail"].replace(year, "{y}") if year else "")


def _timed(text: str, start: int, end: int, value: float, family: str, style: str) -> Measure:
    before = text[:start]
    if bound := _TIME_BOUND.search(before):
        above, inclusive = _TIMED[bound[1].lower()]
        return Measure(start, end, value, family, style, bound.span(), above, inclusive)
    if exact := _TIME_EXACT.search(before):
        return Measure(start, end, value, family, style, on=exact.span())
    return Measure(start, end, value, family, style, vague=bool(_TIME_OPEN.search(before)))


def _figure(text: str, match: re.Match[str]) -> Measure:
    number, scale = match["number"], (match["scale"] or "").strip()
    value, before = float(number.replace(",", "")), text[: match.start()]
    family = {"percent": "%", "per cent": "%"}.get(scale, scale)
    family = "$" + family if re.search(r"[$€£] ?$", before) else family
    style = f"{len(number.partition('.')[2])}{',' if ',' in number or value < 1000 else ''}"
    start, end = match.span("number")
    if bound := _BOUND.search(before):
        words = bound[1].lower()
        above = words in _ABOVE
        return Measure(start, end, value, family, style, bound.span(1), above, (_ABOVE | _BELOW)[words])
    vague = _ABOUT.search(before) or _DENIED_BOUND.search(before) or re.match(r"\+| or \w+\b", text[match.end() :])
    return Measure(start, end, value, family, style, vague=bool(vague))


# ---- other values --------------------------------------------------------------------------------------------------


def _written(measure: Measure, value: float) -> str:
    """A value as this one is written."""
    if measure.family == "year":
        return str(int(value))
    if measure.family == "day":
        day = date.fromordinal(int(value))
        return measure.style.format(d=day.day, m=calendar.month_name[day.month], y=day.year)
    return f"{value:,.{_places(measure)}f}" if measure.style.endswith(",") else f"{value:.{_places(measure)}f}"


def _places(measure: Measure) -> int:
    """Digits behind the point of a figure."""
    return int(measure.style.rstrip(","))


def _fits(measure: Measure, value: float) -> bool:
    """Whether a value can stand in its place: no share above a hundred where there was none, no year left unsaid."""
    if measure.family == "day":
        within = 1 <= value <= date.max.toordinal()
        return within and ("{y}" in measure.style or date.fromordinal(int(value)).year == 2019)
    if measure.family == "year":
        return 1500 < value < 2050
    return value > 0 and ("%" not in measure.family or value <= 100 or measure.value > 100)


def _anew(measure: Measure, rng: random.Random) -> float:
    """Another value of its kind and size."""
    for _ in range(8):
        if measure.timed:
            value = measure.value + rng.choice((-1, 1)) * rng.randint(1, 90 if measure.family == "day" else 20)
        elif measure.value < 20 and not _places(measure):
            value = measure.value + rng.randint(-5, 8)
        else:
            value = round(measure.value * rng.lognormvariate(0, 0.7), _places(measure))
        if _fits(measure, value):
            return value
    return measure.value


def _beside(measure: Measure, value: float, side: int, rng: random.Random) -> float | None:
    """A value near another, below (side -1) or above it (+1): by the last digit, by some percent, or far."""
    if measure.timed:
        far = 45 if measure.family == "day" else 12
        found = value + side * (rng.randint(1, 3) if rng.random() < 0.5 else rng.randint(1, far))
        return found if _fits(measure, found) else None
    places = _places(measure)
    gaps = rng.randint(1, 3) * 10.0**-places, value * rng.uniform(0.01, 0.12), value * rng.uniform(0.12, 0.6)
    found = value + side * gaps[rng.choice((0, 1, 1, 2))]
    if rng.random() < 0.5 and found > 0:
        digits = len(str(int(found)))
        found = float(round(found, -max(0, digits - rng.choice((1, 2, 2, 3)))))
    found = round(found, places)
    return found if (found - value) * side > 0 and _fits(measure, found) else None


# ---- pairs ---------------------------------------------------------------------------------------------------------


def compared(pairs: Sequence[Pair], *, seed: int) -> Iterator[Pair]:
    """Labelled pairs whose claim is bounded by, or repeats, a figure or date of the text, with both drawn anew."""
    rng = random.Random(seed)
    for pair in pairs:
        if pair.label not in VARIANTS or not re.search(r"\d", pair.hypothesis):
            continue
        theirs, ours = measures(pair.premise), measures(pair.hypothesis)
        if pair.label == "n":
            told = {m.family for m in theirs}  # of these another bound may hold or fail
            if bounded := [m for m in ours if m.bound and m.family not in told]:
                for _ in range(VARIANTS["n"]):
                    one = rng.choice(bounded)
                    yield Pair("compared", pair.premise, _put(pair.hypothesis, one, _anew(one, rng)), "n")
            continue
        matched = list(_aligned(theirs, ours, pair.label))
        if not matched or (pair.label == "c" and len(matched) > 1):
            continue
        for _ in range(VARIANTS[pair.label]):
            their, our = rng.choice(matched)
            made = _drawn(pair.premise, pair.hypothesis, their, our, rng)
            # what contradicts at first may do so elsewhere, and stays a contradiction only where the figure is one
            if made and (pair.label == "e" or (made[2] == "c" and not our.timed)):
                yield Pair("compared", *made)


def compared_news(texts: Sequence[str], *, seed: int) -> Iterator[Pair]:
    """Sentences of news, and the same reworded with a bound in place of a figure or date."""
    rng = random.Random(seed)
    for text in texts:
        theirs = [m for m in measures(text) if not m.vague]
        if not theirs:
            continue
        for _ in range(NEWS_VARIANTS):
            other = reword((shorten(text, rng) if rng.random() < 0.5 else None) or text, rng, touches=rng.randrange(4))
            their = rng.choice(theirs)
            alike = [m for m in measures(other) if (m.value, m.family) == (their.value, their.family)]
            once = sum((m.value, m.family) == (their.value, their.family) for m in theirs) == 1
            if len(alike) == 1 and once and (made := _drawn(text, other, their, alike[0], rng)):
                yield Pair("compared_news", *made)


def _aligned(theirs: list[Measure], ours: list[Measure], label: str) -> Iterator[tuple[Measure, Measure]]:
    """Which figure of the text each bounded or repeated one of the claim is of: the nearest that gives the label."""
    used = set()
    for our in ours:
        near = [m for m in theirs if m.family == our.family and not m.vague and not m.bound and m.start not in used]
        if our.bound:
            near = [m for m in near if our.holds(m.value) == (label == "e") and _close(m, our)]
        elif label == "e" and not our.vague:
            near = [m for m in near if m.value == our.value]
        else:
            continue
        near.sort(key=lambda m: abs(m.value - our.value))
        if near and (len(near) == 1 or 2 * abs(near[0].value - our.value) < abs(near[1].value - our.value)):
            used.add(near[0].start)
            yield near[0], our


def _close(one: Measure, other: Measure) -> bool:
    if one.timed:
        return abs(one.value - other.value) <= (400 if one.family == "day" else 30)
    return 0.4 < (one.value + 1e-9) / (other.value + 1e-9) < 2.5


def _drawn(
    premise: str, hypothesis: str, their: Measure, our: Measure, rng: random.Random
) -> tuple[str, str, str] | None:
    """Text, claim and label with a new value there and a new bound here, or nothing where they cannot be written."""
    value = _anew(their, rng) if rng.random() < 0.7 else their.value
    if our.timed and not (our.bound or our.on):
        return None
    if not our.timed and our.bound is None and rng.random() < 0.15:
        other = _beside(their, value, rng.choice((-1, 1)), rng) if rng.random() < 0.5 else value
        if other is None or their.bound:
            return None
        label = "e" if other == value else "c"
        return _put(premise, their, value), _put(hypothesis, our, other), label
    if our.bound is None and _DETERMINED.search(hypothesis[: our.start]):
        return None
    limit = _beside(their, value, rng.choice((-1, 1)), rng) if rng.random() < 0.95 else value
    if limit is None:
        return None
    words, above, inclusive = _bound_words(hypothesis, our, rng)
    new = replace(our, value=limit, above=above, inclusive=inclusive)
    label = _label(their, value, new)
    text = _put(premise, their, value)
    return (text, _bounded(hypothesis, new, words), label) if label else None


def _label(their: Measure, value: float, ours: Measure) -> str | None:
    """What a figure, or what lies above or below it, says of a bound."""
    if their.bound is None:
        return "e" if ours.holds(value) else "c"
    if abs(value - ours.value) <= 10.0 ** -(0 if ours.timed else _places(ours)):
        return None  # "more than 400" is "at least 401"
    if their.above == ours.above:
        return "e" if ours.holds(value) else "n"
    return "n" if ours.holds(value) else "c"


def _bound_words(text: str, our: Measure, rng: random.Random) -> tuple[str, bool, bool]:
    """Words of a bound, whether it is a lower one, and whether its figure counts."""
    if our.timed:
        words = rng.choice(("before", "after", "before", "after", "by", "prior to"))
        return (words, *_TIMED[words])
    given = text[our.bound[0] : our.bound[1]].lower() if our.bound else ""
    if given in _PAIRED:
        words = rng.choice((given, _PAIRED[given]))
    else:
        few = ["fewer than"] if not our.family else []
        words = rng.choice(
            ("more than", "over", "more than", "at least", "less than", "under", "less than", "at most", *few)
        )
    return words, words in _ABOVE, (_ABOVE | _BELOW)[words]


def _put(text: str, measure: Measure, value: float) -> str:
    return text[: measure.start] + _written(measure, value) + text[measure.end :]


def _bounded(text: str, measure: Measure, words: str) -> str:
    """The text with the value of a measure and the words of its bound in place of what stood there."""
    value = _written(measure, measure.value)
    sign = re.search(r"[$€£] ?$", text[: measure.start])
    first = sign.start() if sign else measure.start
    start, end = (measure.on or measure.bound or (first, first)) if measure.timed else (measure.bound or (first, first))
    shown = words.capitalize() if text[start].isupper() or start == 0 else words
    middle = " " if measure.timed else text[end : measure.start] if measure.bound else " " + text[first : measure.start]
    return text[:start] + shown + middle + value + text[measure.end :]
