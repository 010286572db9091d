"""Reads the figures of a sentence: value, hedge, move, unit, what is counted, of whom or where, per what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from contradict.figures import exclusions
from contradict.figures.hedges import ALMOST, bounds, change_before, hedge_after, hedge_before
from contradict.figures.numerals import Numeral, read_numeral
from contradict.figures.phrases import EVENT_PARTICIPLES, counted_after, per_after, per_near
from contradict.figures.tokens import Token, tokenise
from contradict.figures.units import (
    AFTER_DIGITS_ONLY,
    CURRENCY_WORDS,
    DOLLARS_OF,
    MOST_WORDS,
    TOUCHING,
    UNITS,
    currency_of_sign,
)
from contradict.places import is_place
from contradict.types import Change, Figure, Hedge, Role

_ANY_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundreds?|thousands?|millions?|billions?|trillions?|"
    r"dozens?|half|halved|third|quarter|fifth|tenth|several|few|couple|tens|scores|doubled?|tripled?|quadrupled?|\w+fold)\b",
    re.IGNORECASE,
)
_JOINS = frozenset(("to", "-", "–", "—", "‑", "and", "or"))
_MULTIPLE_VERBS = {
    "doubled": Decimal(2),
    "tripled": Decimal(3),
    "trebled": Decimal(3),
    "quadrupled": Decimal(4),
    "halved": Decimal("0.5"),
}
_FOLDS = {
    "twofold": 2,
    "threefold": 3,
    "fourfold": 4,
    "fivefold": 5,
    "sixfold": 6,
    "sevenfold": 7,
    "eightfold": 8,
    "ninefold": 9,
    "tenfold": 10,
}
_TIMES_OF = frozenset(
    "more less as higher lower larger greater the earnings its their his that faster bigger likelier sales book normal".split()
)
_NOT_ONE = frozenset(
    "no this that another any every each the some which only-one loved little big first last next other".split()
)


class _Side(NamedTuple):
    """One number with its sign, unit and extent, before it is joined with another into a range."""

    numeral: Numeral
    begin: int
    after: int
    unit: str | None
    role: Role
    negative: bool
    sign: bool


class _Range(NamedTuple):
    """The second number of a range; `move` tells two levels of a move, `back` that the second is the earlier one."""

    end: _Side
    move: bool = False
    back: bool = False


def read_figures(text: str) -> tuple[Figure, ...]:
    """The figures of `text`, in order. Offsets are in `text`; nothing is resolved against a date here."""
    if not _ANY_NUMBER.search(text):
        return ()
    tokens = tokenise(text)
    closed = _closed(tokens, exclusions.spans(text))
    figures: list[Figure] = []
    at = 0
    while at < len(tokens):
        figure, after = _figure_at(tokens, at, closed, text)
        if figure is not None:
            figures.append(figure)
        at = max(after, at + 1)
    return tuple(_distribute(_apposed(figures, text), text))


def _closed(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> set[int]:
    """Indices of the tokens within the spans; both are in order, so one pass does."""
    closed: set[int] = set()
    at = 0
    for start, end in spans:
        while at < len(tokens) and tokens[at].end <= start:
            at += 1
        while at < len(tokens) and tokens[at].start < end:
            closed.add(at)
            at += 1
    return closed


def _figure_at(tokens: Sequence[Token], at: int, closed: set[int], text: str) -> tuple[Figure | None, int]:
    """The figure whose number begins at token `at`, with the token after it; (None, the token to go on from) otherwise."""
    if at in closed:
        return None, at + 1
    word = tokens[at].low
    if word in _MULTIPLE_VERBS or word in _FOLDS:
        return _multiple_word(tokens, at, text), at + 1
    numeral = read_numeral(tokens, at)
    if numeral is None:
        return None, at + 1
    if _excluded(tokens, numeral):
        return None, _past_dashes(tokens, numeral.after)
    side = _side(tokens, numeral)
    if side is None:
        return None, numeral.after
    other = _range_end(tokens, side, closed)
    if other is None and word == "one" and numeral.low == 1 and not numeral.share:
        return _bare_one(tokens, numeral, text), numeral.after
    return _figure(tokens, side, other, text)


def _past_dashes(tokens: Sequence[Token], after: int) -> int:
    """Past the rest of a number that is none: of "ISO 3888-2" and "16-18 High Street" the second half too."""
    while (
        after + 1 < len(tokens)
        and tokens[after].text in "-–/"
        and tokens[after + 1].kind == "number"
        and tokens[after].start == tokens[after - 1].end
    ):
        after += 2
    return after


def _excluded(tokens: Sequence[Token], numeral: Numeral) -> bool:
    hedge, begin = hedge_before(tokens, numeral.first)
    signed = numeral.first > 0 and currency_of_sign(tokens[numeral.first - 1].text) is not None
    hedged = hedge is not Hedge.EXACT and tokens[numeral.first - 1].low not in ("its", "his", "their", "the")
    if not signed and exclusions.is_year(tokens, numeral, hedged=hedged):
        return True
    if exclusions.is_bullet(tokens, numeral):
        return True
    if begin != numeral.first or signed:
        return False
    if exclusions.is_label(tokens, numeral):
        return True
    before = tokens[numeral.first - 1] if numeral.first else None
    follower = tokens[numeral.after] if numeral.after < len(tokens) else None
    lower = (
        follower is not None
        and follower.kind == "word"
        and not follower.capital
        and counted_after(tokens, numeral.after) is not None
    )
    noun = lower or (
        follower is not None and (follower.text in "%-" or follower.low in UNITS or follower.low in CURRENCY_WORDS)
    )
    place = before is not None and (is_place(before.text) or before.low in exclusions.MONTHS)
    return exclusions.is_name_number(tokens, numeral, place=place, noun_follows=noun)


def _side(tokens: Sequence[Token], numeral: Numeral) -> _Side | None:
    """The number with sign, currency and unit; None for letters that make it no figure (a model number)."""
    begin, after, negative, sign = numeral.first, numeral.after, False, False
    unit: str | None = None
    role = Role.PERCENT if numeral.share else Role.COUNT
    if begin and tokens[begin - 1].kind == "mark" and (currency := currency_of_sign(tokens[begin - 1].text)):
        unit, role, begin = currency, Role.MONEY, begin - 1
    elif (
        begin > 1
        and tokens[begin - 1].text in "-−"
        and tokens[begin - 1].end == tokens[begin].start
        and currency_of_sign(tokens[begin - 2].text)
    ):
        unit, role, begin, negative = currency_of_sign(tokens[begin - 2].text), Role.MONEY, begin - 2, True
    if begin and _is_minus(tokens, begin):
        negative = True
        begin -= 2 if tokens[begin - 1].text == "-" and begin > 1 and tokens[begin - 2].low == "minus" else 1
    elif begin and tokens[begin - 1].text == "+" and (begin == 1 or tokens[begin - 2].end < tokens[begin - 1].start):
        sign, begin = True, begin - 1
    touching = after < len(tokens) and not numeral.words and tokens[after].start == tokens[after - 1].end
    if touching and tokens[after].kind == "word":
        return _with_letters(tokens, numeral, begin, unit, role, negative, sign)
    unit, role, after = _unit_after(tokens, numeral, after, unit, role)
    return _Side(numeral, begin, after, unit, role, negative, sign)


def _is_minus(tokens: Sequence[Token], begin: int) -> bool:
    before = tokens[begin - 1]
    if before.low == "minus":
        return True
    if before.text == "-" and begin > 1 and tokens[begin - 2].low == "minus":
        return True
    if before.text not in ("-", "−") or before.end != tokens[begin].start:
        return False
    return begin == 1 or (tokens[begin - 2].end < before.start and tokens[begin - 2].kind != "number")


def _with_letters(
    tokens: Sequence[Token], numeral: Numeral, begin: int, unit: str | None, role: Role, negative: bool, sign: bool
) -> _Side | None:
    """Letters written onto the digits: a unit ("500mg", "80km/h"), an ordinal ("21st"), a multiple ("3x"); else no figure."""
    letters = tokens[numeral.after].low
    after = numeral.after + 1
    if letters in ("st", "nd", "rd", "th"):
        return _Side(numeral, begin, after, None, Role.ORDINAL, negative, sign)
    if letters == "x":
        return _Side(numeral, begin, after, None, Role.MULTIPLE, negative, sign)
    spelled, longer = _unit_words(tokens, numeral.after, touching=True)
    if spelled is not None:
        measured = UNITS[spelled] if spelled in UNITS else TOUCHING[spelled]
        return _Side(numeral, begin, longer, measured.name, _role_of(measured.dimension), negative, sign)
    if letters in CURRENCY_WORDS:
        return _Side(numeral, begin, after, CURRENCY_WORDS[letters], Role.MONEY, negative, sign)
    return None


def _unit_words(
    tokens: Sequence[Token], at: int, *, touching: bool = False, words: bool = False
) -> tuple[str | None, int]:
    """The longest spelling of a unit from token `at` on, and the token after it."""
    for length in range(MOST_WORDS, 0, -1):
        if at + length > len(tokens):
            continue
        spelling = " ".join(token.low for token in tokens[at : at + length])
        compact = spelling.replace(" / ", "/")
        for candidate in (spelling, compact, spelling.replace(" - ", "-")):
            if candidate in UNITS and not (words and candidate in AFTER_DIGITS_ONLY):
                return candidate, at + length
    if touching and at < len(tokens) and tokens[at].low in TOUCHING:
        return tokens[at].low, at + 1
    return None, at


def _unit_after(
    tokens: Sequence[Token], numeral: Numeral, after: int, unit: str | None, role: Role
) -> tuple[str | None, Role, int]:
    """The unit that follows the number, apart or by a hyphen: "per cent", "miles", "-foot", "US dollars", "-year-old"."""
    at = after
    if (
        at + 1 < len(tokens)
        and tokens[at].text in ("-", "‑")
        and tokens[at].start == tokens[at - 1].end
        and tokens[at + 1].kind == "word"
    ):
        at += 1
    if role is Role.MONEY:
        if at < len(tokens) and tokens[at].low in CURRENCY_WORDS and unit == "$":
            after = at + 1
        return unit, role, after
    if _old(tokens, at):
        return "year", Role.AGE, at + _old(tokens, at)
    spelled, longer = _unit_words(tokens, at, words=numeral.words)
    if spelled is not None and not (spelled in ("second", "point", "points") and _not_unit(tokens, at, spelled)):
        return UNITS[spelled].name, _role_of(UNITS[spelled].dimension), longer
    for length in (2, 1):
        nation = " ".join(token.low for token in tokens[at : at + length])
        if nation in DOLLARS_OF and at + length < len(tokens) and tokens[at + length].low in ("dollar", "dollars"):
            return DOLLARS_OF[nation], Role.MONEY, at + length + 1
    if (
        at < len(tokens)
        and tokens[at].low in CURRENCY_WORDS
        and not (tokens[at].low in ("real", "won", "rand") and not tokens[at].capital)
    ):
        return CURRENCY_WORDS[tokens[at].low], Role.MONEY, at + 1
    if at < len(tokens) and tokens[at].low == "times" and at + 1 < len(tokens) and tokens[at + 1].low in _TIMES_OF:
        return None, Role.MULTIPLE, at + 1
    if at + 1 < len(tokens) and tokens[at].low == "fold" and at > after:
        return None, Role.MULTIPLE, at + 1
    return unit, role, after


def _not_unit(tokens: Sequence[Token], at: int, spelled: str) -> bool:
    """ "two second-hand cars", "one point" of an argument: the word is not the unit."""
    if spelled == "second":
        return at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at].start != tokens[at - 1].end
    return False


def _old(tokens: Sequence[Token], at: int) -> int:
    """How many tokens of "year-old", "years old", "month-old", "years of age" stand at `at`; 0 where none does."""
    if at >= len(tokens) or tokens[at].low not in ("year", "years", "month", "months", "yr"):
        return 0
    if at + 2 < len(tokens) and tokens[at + 1].text in ("-", "‑") and tokens[at + 2].low in ("old", "olds"):
        return 3
    if at + 1 < len(tokens) and tokens[at + 1].low in ("old", "olds"):
        return 2
    if at + 2 < len(tokens) and tokens[at + 1].low == "of" and tokens[at + 2].low == "age":
        return 3
    return 0


def _role_of(dimension: str) -> Role:
    if dimension == "share":
        return Role.PERCENT
    return Role.MONEY if dimension.startswith("money") else Role.MEASURE


def _range_end(tokens: Sequence[Token], side: _Side, closed: set[int]) -> _Range | None:
    """The other end of a range or a move that begins with `side`: "3 to 5", "from 12 to 34", "to 34 from 12"."""
    lead = _lead(tokens, side)
    if lead == "to" and (back := _moved_back(tokens, side, closed)) is not None:
        return back
    at = side.after
    if lead == "from" and at < len(tokens) and tokens[at].low not in _JOINS:
        at = _skip_to(tokens, at)
    if at >= len(tokens) - 1 or tokens[at].low not in _JOINS or at in closed:
        return None
    join, at = tokens[at].low, at + 1
    if join == "-" and tokens[at].low == "to" and at + 1 < len(tokens):
        join, at = "to", at + 1
    while at < len(tokens) - 1 and (tokens[at].low in _BETWEEN_ENDS or (join == "to" and tokens[at].text == "-")):
        at += 1
    other = _end_at(tokens, at, closed)
    if other is None or side.numeral.vague or (join != "to" and other.numeral.share != side.numeral.share):
        return None
    return _Range(other, move=lead == "from") if _one_range(side, other, join=join, lead=lead, tokens=tokens) else None


_BETWEEN_ENDS = frozenset("about around even nearly almost maybe perhaps up the".split())


def _end_at(tokens: Sequence[Token], at: int, closed: set[int]) -> _Side | None:
    """The number at token `at`, its currency sign passed over."""
    if at < len(tokens) - 1 and tokens[at].kind == "mark" and currency_of_sign(tokens[at].text):
        at += 1
    if at >= len(tokens) or at in closed:
        return None
    numeral = read_numeral(tokens, at)
    return _side(tokens, numeral) if numeral is not None and not numeral.vague else None


def _moved_back(tokens: Sequence[Token], side: _Side, closed: set[int]) -> _Range | None:
    """ "rose to 34 from 12", "narrowed to 138,285 lots from 212,577": the earlier level named after the later one."""
    at = side.after
    while (
        at < min(side.after + 3, len(tokens))
        and tokens[at].kind == "word"
        and tokens[at].low not in ("from", "in", "on", "and", "at", "for")
    ):
        at += 1
    if at >= len(tokens) - 1 or tokens[at].low != "from" or tokens[at - 1].low in ("up", "down"):
        return None
    while at + 1 < len(tokens) and tokens[at + 1].low in ("a", "the", "an", "about", "around"):
        at += 1
    other = _end_at(tokens, at + 1, closed)
    if other is None or not _same_unit(side, other) or other.numeral.share != side.numeral.share:
        return None
    if other.unit is None and (side.unit is not None or exclusions.is_year(tokens, other.numeral, hedged=False)):
        return None
    return _Range(other, move=True, back=True)


def _same_unit(side: _Side, other: _Side) -> bool:
    dollars = {"$", "USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"}
    return (
        side.unit is None
        or other.unit is None
        or side.unit == other.unit
        or ("$" in (side.unit, other.unit) and {side.unit, other.unit} <= dollars)
    )


def _lead(tokens: Sequence[Token], side: _Side) -> str:
    """ "between", "from", "by" or "to" before the number, hedges passed over; else ""."""
    _, begin = hedge_before(tokens, side.begin)
    before = tokens[begin - 1].low if begin else ""
    return before if before in ("between", "from", "by", "to") else ""


def _skip_to(tokens: Sequence[Token], at: int) -> int:
    """After "from 36,040 ...": the "to" within the next words of the same clause."""
    for ahead in range(at, min(at + 8, len(tokens))):
        if tokens[ahead].low == "to":
            return ahead
        if (
            tokens[ahead].kind == "number"
            and ahead > at
            and tokens[ahead - 1].low not in ("at",)
            or tokens[ahead].text in ",;"
        ):
            break
    return at


def _one_range(side: _Side, other: _Side, *, join: str, lead: str, tokens: Sequence[Token]) -> bool:
    """Whether two numbers with a join between them make one range."""
    if not _same_unit(side, other) or (lead == "by" and join == "to" and side.unit is not None):
        return False
    if (
        side.role is Role.MONEY
        and other.role is not Role.MONEY
        and not (join in ("-", "–") or lead in ("from", "between"))
    ):
        return False
    if side.unit is not None and other.unit is None and side.role is not Role.MONEY and lead not in ("from", "between"):
        return False
    low, high = side.numeral.low * _shared(side, other), other.numeral.low
    if join == "and":
        return lead == "between" and low < high
    if join == "or":
        return (
            low < high <= low * 2
            and side.unit in (None, other.unit)
            and (side.numeral.words == other.numeral.words)
            and high - low <= low
            and side.after == side.numeral.after
        )
    if join == "to" and lead == "from":
        return True
    if join in ("-", "–", "—", "‑") and not _tight(tokens, side.after):
        return False
    return low < high and not (side.sign or other.sign)


def _tight(tokens: Sequence[Token], at: int) -> bool:
    """Whether the dash at `at` touches both numbers or is spaced on both sides: "5-10", "5 - 10"."""
    before = tokens[at].start - tokens[at - 1].end
    after = tokens[at + 1].start - tokens[at].end
    return before == after


def _shared(side: _Side, other: _Side) -> Decimal:
    """The magnitude that the first number takes from the second ("3 to 5 million"), 1 where it has its own."""
    first, second = side.numeral, other.numeral
    shared = first.scale == 1 < second.scale and first.low < second.low / second.scale
    moved = (
        first.scale == 1 < second.scale
        and 1 <= first.low < 1000 <= second.scale
        and first.low <= 3 * second.low / second.scale
    )
    return second.scale if shared or (moved and side.unit == other.unit) else Decimal(1)


def _figure(tokens: Sequence[Token], side: _Side, other: _Range | None, text: str) -> tuple[Figure | None, int]:
    """Puts a figure together from its side or its two sides."""
    if other is None and _is_score(tokens, side):
        return _score(tokens, side, text)
    last = other.end if other else side
    unit = side.unit or last.unit
    role = last.role if side.role is Role.COUNT else side.role
    before, begin = hedge_before(tokens, side.begin)
    trailing, after = hedge_after(tokens, last.after)
    hedge = before if before is not Hedge.EXACT else trailing
    if (side.numeral.vague and hedge is Hedge.ABOUT) or (other and other.move):
        hedge = Hedge.EXACT
    change = (
        Change.UP
        if side.sign
        else change_before(tokens, begin, of_level=role in (Role.PERCENT, Role.MONEY) or unit in _STEPS)
    )
    per = per_after(tokens, after)
    after = per[1] if per else after
    low, high = _interval(side, other)
    almost = any(token.low in ALMOST for token in tokens[begin : side.begin])
    bottom, top = bounds(low, high, hedge, below_only=almost)
    end_token = after if trailing is not Hedge.EXACT and not per else last.after
    start, end = tokens[min(begin, side.begin)].start, tokens[end_token - 1].end
    figure = Figure(
        start=start,
        end=end,
        surface=text[start:end],
        value=low if low == high else None,
        low=bottom,
        high=top,
        hedge=hedge,
        role=_final_role(tokens, side, last, role),
        change=change,
        unit=unit,
        counted=_counted(tokens, side, last, after, role, unit),
        per=per[0] if per else per_near(tokens, begin, after),
        moved_from=_moved_from(side, other),
    )
    return figure, last.after


_STEPS = ("point", "basis point", "percentage point", "cent")


def _interval(side: _Side, other: _Range | None) -> tuple[Decimal, Decimal]:
    low = -side.numeral.low if side.negative else side.numeral.low
    high = -side.numeral.high if side.negative else side.numeral.high
    if other is None:
        return min(low, high), max(low, high)
    low *= _shared(side, other.end)
    end = -other.end.numeral.high if other.end.negative else other.end.numeral.high
    return min(low, end), max(low, end)


def _moved_from(side: _Side, other: _Range | None) -> Decimal | None:
    """The earlier level of a move "from 12 to 34"; the figure's interval spans both."""
    if other is None or not other.move:
        return None
    earlier = other.end if other.back else side
    scale = Decimal(1) if other.back else _shared(side, other.end)
    return earlier.numeral.low * scale * (-1 if earlier.negative else 1)


def _is_score(tokens: Sequence[Token], side: _Side) -> bool:
    """ "2-2", "won 3-1": two whole numbers on a tight dash that make no rising range."""
    at = side.after
    if side.unit is not None or side.numeral.words or at + 1 >= len(tokens):
        return False
    if tokens[at].text not in ("-", "–") or tokens[at + 1].kind != "number" or tokens[at].start != tokens[at - 1].end:
        return False
    return tokens[at + 1].start == tokens[at].end


def _score(tokens: Sequence[Token], side: _Side, text: str) -> tuple[Figure | None, int]:
    """A result as a range of its two sides; a tie ("2-2") has no range and is left out."""
    other = read_numeral(tokens, side.after + 1)
    if other is None or other.low >= side.numeral.low or side.numeral.low > 200:
        return None, side.after + 2
    start, end = tokens[side.begin].start, tokens[other.after - 1].end
    low, high = other.low, side.numeral.low
    return Figure(start, end, text[start:end], None, low, high, Hedge.EXACT, Role.SCORE), other.after


def _final_role(tokens: Sequence[Token], side: _Side, last: _Side, role: Role) -> Role:
    before = tokens[side.begin - 1] if side.begin else None
    follower = tokens[last.after] if last.after < len(tokens) else None
    if role is Role.COUNT and before is not None and before.low in ("aged", "age", "ages"):
        return Role.AGE
    between_commas = before is not None and before.text == "," and follower is not None and follower.text in ",."
    if (
        role is Role.COUNT
        and between_commas
        and side.begin > 1
        and tokens[side.begin - 2].capital
        and 1 < side.numeral.low < 110
        and "," not in tokens[side.numeral.first].text
    ):
        return Role.AGE
    return role


def _counted(tokens: Sequence[Token], side: _Side, last: _Side, after: int, role: Role, unit: str | None) -> str | None:
    """What is counted or measured: the noun after the number, else the verb or noun before it that says what the number is of."""
    at = last.after
    if at < len(tokens) and tokens[at].text in ("-", "‑") and tokens[at].start == tokens[at - 1].end:
        at += 1
        if at < len(tokens) and tokens[at].low == "strong":
            at += 1
    at = max(at, after) if after > last.after else at
    partitive = last.numeral.vague or last.numeral.share or unit is not None or role is Role.PERCENT
    phrase = counted_after(tokens, at, partitive=partitive)
    if phrase is not None and not (role in (Role.MEASURE, Role.MONEY, Role.PERCENT) and not partitive):
        return _surface(tokens, *phrase)
    return _counted_before(tokens, side)


def _counted_before(tokens: Sequence[Token], side: _Side) -> str | None:
    """ "killed 26", "the death toll rose to 150", "number of cases at 40": what the words before the number say that it is of."""
    _, begin = hedge_before(tokens, side.begin)
    at = begin - 1
    skipped = 0
    while at >= 0 and skipped < 7:
        token = tokens[at]
        if token.low in EVENT_PARTICIPLES or token.low in _EVENT_VERBS:
            return token.text
        if token.text in ",;:()" and skipped:
            break
        if token.kind == "word" and token.low not in _LINKING and not (token.capital and is_place(token.text)):
            return _total_of(tokens, at) or _noun_before(tokens, at)
        at, skipped = at - 1, skipped + 1
    return None


_EVENT_VERBS = frozenset(
    "killing injuring wounding leaving affecting infecting arresting claiming claimed kills killed died".split()
)
_TOTALS = frozenset("number total toll tally count figure estimate sum cost price level rate".split())


def _noun_before(tokens: Sequence[Token], at: int) -> str:
    first = at
    while first > 0 and tokens[first - 1].kind == "word" and tokens[first - 1].low not in _LINKING and at - first < 2:
        first -= 1
    return _surface(tokens, first, at + 1)


def _total_of(tokens: Sequence[Token], at: int) -> str | None:
    """ "the number of people killed could be as high as 150": the noun of which a number, total or tally is told."""
    for back in range(at, max(at - 9, -1), -1):
        if tokens[back].low in _TOTALS and back + 1 < len(tokens) and tokens[back + 1].low == "of":
            phrase = counted_after(tokens, back + 1, partitive=True)
            return _surface(tokens, *phrase) if phrase else None
        if tokens[back].kind == "number" or tokens[back].text in ",;:()":
            return None
    return None


_LINKING = frozenset(
    """a an the of to at by in on for is are was were be been being has have had will would could may might rose risen
    rises rising fell fallen falls
    reached reaching climbed stands stood stand hit hits up down from as than that it its with about put puts still now
    currently so far
    already passed topped jumped grew increased dropped remains totalled totaled this only just worth set and or not
    also further
    another more some including into over under around almost nearly between among least most high low many much total
    up-to""".split()
)


def _surface(tokens: Sequence[Token], first: int, after: int) -> str:
    """The words of tokens[first:after] as written, single-spaced."""
    parts = [tokens[first].text]
    for before, token in zip(tokens[first:after], tokens[first + 1 : after], strict=False):
        parts.append(token.text if token.start == before.end else f" {token.text}")
    return "".join(parts)


def _bare_one(tokens: Sequence[Token], numeral: Numeral, text: str) -> Figure | None:
    """ "one solution", "one of the dead": a count that is kept out of pairing; the pronoun ("this one", "one must") is none."""
    first = numeral.first
    before = tokens[first - 1].low if first else ""
    if numeral.after != first + 1 or before in _NOT_ONE or (first and tokens[first - 1].text == "-"):
        return None
    side = _side(tokens, numeral)
    follower = tokens[numeral.after].low if numeral.after < len(tokens) else ""
    if side is None or follower in ("another", "day", "time", "thing", "side", "end", "way", "who"):
        return None
    if side.unit is not None:
        role, counted = side.role, None
    else:
        phrase = counted_after(tokens, numeral.after, partitive=True)
        if phrase is None:
            return None
        role, counted = Role.BARE, _surface(tokens, *phrase)
    start, end = tokens[first].start, tokens[side.after - 1].end
    one = Decimal(1)
    return Figure(start, end, text[start:end], one, one, one, Hedge.EXACT, role, unit=side.unit, counted=counted)


def _multiple_word(tokens: Sequence[Token], at: int, text: str) -> Figure | None:
    """ "doubled", "halved", "sixfold": a multiple of what was before."""
    word = tokens[at].low
    if word in _FOLDS:
        value, change = Decimal(_FOLDS[word]), None
    else:
        value, change = _MULTIPLE_VERBS[word], Change.DOWN if word == "halved" else Change.UP
    hedge, begin = hedge_before(tokens, at)
    low, high = bounds(value, value, hedge)
    start, end = tokens[begin].start, tokens[at].end
    return Figure(start, end, text[start:end], value, low, high, hedge, Role.MULTIPLE, change=change)


_OTHER_UNIT = re.compile(r"(?:\s+\S{1,20}){0,2}(?:\s?\(|,?\s?\bor\s)")


def _apposed(figures: list[Figure], text: str) -> list[Figure]:
    """ "more than 100 kilometres (60 miles)", "lost 190 points, or 0.6%": the restatement takes the hedge and the move over."""
    result = list(figures)
    for i in range(1, len(result)):
        before, figure = result[i - 1], result[i]
        if (
            figure.hedge is not Hedge.EXACT
            or figure.change is not None
            or figure.value is None
            and figure.low != figure.high
            and not before.change
        ):
            continue
        if before.unit == figure.unit or not _OTHER_UNIT.fullmatch(text[before.end : figure.start]):
            continue
        low, high = (
            (figure.low, figure.high) if figure.value is None else bounds(figure.value, figure.value, before.hedge)
        )
        result[i] = replace(
            figure,
            hedge=before.hedge if figure.value is not None else figure.hedge,
            low=low,
            high=high,
            change=before.change,
        )
    return result


def _distribute(figures: list[Figure], text: str) -> list[Figure]:
    """Figures of a list share the noun that only one of them names: "Poland 1,831 people, Canada 601, the US 530"."""
    result = list(figures)
    for i, figure in enumerate(result):
        if figure.role is not Role.COUNT or figure.counted is not None:
            continue
        for j in (i - 1, i + 1):
            if (
                0 <= j < len(result)
                and result[j].role is Role.COUNT
                and result[j].counted
                and result[j].unit == figure.unit
            ):
                between = text[min(result[j].end, figure.end) : max(result[j].start, figure.start)]
                if (
                    len(between) < 60
                    and re.search(r",|\band\b|\bto\b|\bfrom\b|;", between)
                    and not re.search(r"[.:?!]\s", between)
                ):
                    result[i] = replace(figure, counted=result[j].counted)
                    break
    return result
