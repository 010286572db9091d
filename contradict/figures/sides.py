"""One number with its sign, its currency and its unit: a figure, or one end of a range."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from contradict.figures.numerals import MAGNITUDES, Numeral, read_numeral
from contradict.figures.tokens import HYPHENS, Token, low_at, past_hyphen, touches
from contradict.figures.units import (
    AFTER_DIGITS_ONLY,
    CURRENCY_WORDS,
    MOST_WORDS,
    NATIONAL,
    TOUCHING,
    UNITS,
    Unit,
    currency_of_sign,
)
from contradict.types import Role

_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
_TIMES_OF = frozenset(
    """more less as higher lower larger greater the earnings its their his that faster bigger likelier sales book
    normal""".split()
)
_GENERATIONS = range(2, 8)  # of mobile networks: "5G"
_TIED = ((" / ", "/"), (" - ", "-"), ("° ", "°"))  # marks that tie the words of a unit, with and without spaces
_BEFORE_DECADE = frozenset("his her their its my your our the early mid middle late".split())
# Spelled the same as an everyday word in lower case: "won", "real".
_CAPITAL_ONLY = ("real", "won", "rand")


class Side(NamedTuple):
    """One number at tokens[begin:after] with its sign and unit, before it is joined with another into a range.

    `rises` tells that a plus is written before it.
    """

    numeral: Numeral
    begin: int
    after: int
    unit: str | None
    role: Role
    negative: bool = False
    rises: bool = False

    @property
    def level(self) -> Decimal:
        """The number with its sign; the least of a vague count."""
        return -self.numeral.low if self.negative else self.numeral.low

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The bounds of the number with its sign, which differ for a vague count."""
        low, high = self.numeral.low, self.numeral.high
        return (-high, -low) if self.negative else (low, high)


def read_side(tokens: Sequence[Token], numeral: Numeral) -> Side | None:
    """The number with sign, currency and unit; None for letters that make it no figure (a model number)."""
    side = _with_sign(tokens, _with_currency(tokens, numeral))
    if not numeral.words and touches(tokens, side.after) and tokens[side.after].kind == "word":
        return _with_letters(tokens, side)
    return _with_unit(tokens, side)


# Before the number


def _with_currency(tokens: Sequence[Token], numeral: Numeral) -> Side:
    """The number with the currency before it: "$5", "US$5", "$-5"."""
    first, after = numeral.first, numeral.after
    before = tokens[first - 1] if first else None
    if before is not None and before.kind == "mark" and (currency := currency_of_sign(before.text)):
        return Side(numeral, first - 1, after, currency, Role.MONEY)
    if before is not None and before.text in ("-", "−") and touches(tokens, first) and first > 1:
        currency = currency_of_sign(tokens[first - 2].text)
        if currency is not None:
            return Side(numeral, first - 2, after, currency, Role.MONEY, negative=True)
    return Side(numeral, first, after, None, Role.PERCENT if numeral.share else Role.COUNT)


def currency_before(tokens: Sequence[Token], begin: int) -> tuple[str, int] | None:
    """The currency whose sign stands before a hedge that begins at token `begin`, and the token of the sign: "Rs over
    5,000 crore", "$ more than 5 million"."""
    at = begin - 2 if low_at(tokens, begin - 1) == "." and low_at(tokens, begin - 2) == "rs" else begin - 1
    if at < 0 or not (tokens[at].kind == "mark" or tokens[at].low == "rs"):
        return None
    currency = currency_of_sign(tokens[at].text)
    if currency is None or (at > 0 and (tokens[at - 1].kind == "number" or tokens[at - 1].low in MAGNITUDES)):
        return None  # of the number before it: "5 million $ or more than 3"
    return currency, at


def _with_sign(tokens: Sequence[Token], side: Side) -> Side:
    begin = _minus_begin(tokens, side.begin)
    if begin < side.begin:
        return side._replace(begin=begin, negative=True)
    if low_at(tokens, begin - 1) == "+" and not touches(tokens, begin - 1):
        return side._replace(begin=begin - 1, rises=True)
    return side


def _minus_begin(tokens: Sequence[Token], begin: int) -> int:
    """Where the minus right before token `begin` starts ("minus 5", "minus -5", "-5"), `begin` where there is none."""
    before = low_at(tokens, begin - 1)
    if before == "minus":
        return begin - 1
    if before == "-" and low_at(tokens, begin - 2) == "minus":
        return begin - 2
    if before not in ("-", "−") or not touches(tokens, begin):
        return begin
    apart = begin == 1 or not (touches(tokens, begin - 1) or tokens[begin - 2].kind == "number")
    return begin - 1 if apart else begin


# After the number


def _with_letters(tokens: Sequence[Token], side: Side) -> Side | None:
    """Letters written onto the digits: a unit ("500mg"), an ordinal ("21st", "5G"), a multiple ("3x"); else None."""
    letters, after = tokens[side.after].low, side.after + 1
    if letters in _ORDINAL_ENDINGS:
        return side._replace(after=after, unit=None, role=Role.ORDINAL)
    if letters == "x":
        return side._replace(after=after, unit=None, role=Role.MULTIPLE)
    if tokens[side.after].text == "G" and side.role is Role.COUNT and side.numeral.low in _GENERATIONS:
        return side._replace(after=after, role=Role.ORDINAL)
    unit, longer = _unit_at(tokens, side.after, words=False)
    if unit is not None:
        return _measured(side, unit, longer)
    if letters == "s" and _is_decade(tokens, side.numeral):
        return None
    if letters in TOUCHING:
        return _measured(side, TOUCHING[letters], after)
    if letters in CURRENCY_WORDS:
        return side._replace(after=after, unit=CURRENCY_WORDS[letters], role=Role.MONEY)
    return None


def _is_decade(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether the number before a lone "s" names a decade of life or a band of tens: "his 40s", "the mid-50s"."""
    if numeral.low % 10 or numeral.low >= 100:
        return False
    before = low_at(tokens, numeral.first - 1)
    return before in _BEFORE_DECADE or (before in HYPHENS and low_at(tokens, numeral.first - 2) in _BEFORE_DECADE)


def _with_unit(tokens: Sequence[Token], side: Side) -> Side:
    """The unit that follows, apart or by a hyphen: "per cent", "miles", "-foot", "US dollars", "-year-old"."""
    at = past_hyphen(tokens, side.after)
    if side.role is Role.MONEY:
        named = side.unit == "$" and _currency_at(tokens, at)[0] is not None
        return side._replace(after=at + 1) if named else side
    if low_at(tokens, side.after) in _ORDINAL_ENDINGS[1:] and not side.numeral.words:
        return side._replace(
            after=side.after + 1, unit=None, role=Role.ORDINAL
        )  # set apart, as some texts come: "12 th"
    if old := _old(tokens, at):
        unit_of_age = "month" if tokens[at].low.startswith("month") else "year"
        return side._replace(after=at + old, unit=unit_of_age, role=Role.AGE)
    if (national := _national_at(tokens, at)) is not None:
        return side._replace(after=national[1], unit=national[0], role=Role.MONEY)
    unit, after = _unit_at(tokens, at, words=side.numeral.words)
    if unit is not None and not _is_ordinal(tokens, at):
        return _measured(side, unit, after)
    currency, after = _currency_at(tokens, at)
    if currency is not None:
        return side._replace(after=after, unit=currency, role=Role.MONEY)
    if _is_multiple(tokens, at, tied=at > side.after):
        return side._replace(after=at + 1, unit=None, role=Role.MULTIPLE)
    if side.role is Role.COUNT and _is_magnitude(tokens, side.begin):
        return side._replace(unit="magnitude", role=Role.MEASURE)
    return side


def _is_magnitude(tokens: Sequence[Token], begin: int) -> bool:
    """Whether the unit stands before the number: "magnitude 6.4", "a magnitude of 7.1"."""
    at = begin - 2 if low_at(tokens, begin - 1) == "of" else begin - 1
    return low_at(tokens, at) == "magnitude"


def _measured(side: Side, unit: Unit, after: int) -> Side:
    if unit.dimension == "share":
        role = Role.PERCENT
    elif unit.dimension.startswith("money"):
        role = Role.MONEY
    else:
        role = Role.MEASURE
    return side._replace(after=after, unit=unit.name, role=role)


def _unit_at(tokens: Sequence[Token], at: int, *, words: bool) -> tuple[Unit | None, int]:
    """The unit of the longest spelling from token `at` on, and the token after it; `words`: after a number in words."""
    for length in range(min(MOST_WORDS, len(tokens) - at), 0, -1):
        spelling = " ".join(token.low for token in tokens[at : at + length])
        for candidate in (
            spelling,
            spelling.replace("° ", "°"),
            spelling.replace(" / ", "/"),
            spelling.replace(" - ", "-"),
        ):
            if candidate in UNITS and not (words and candidate in AFTER_DIGITS_ONLY):
                return UNITS[candidate], at + length
    return None, at


def _is_ordinal(tokens: Sequence[Token], at: int) -> bool:
    """Whether "second" qualifies the noun after it and is no unit: "two second homes"."""
    if tokens[at].low != "second" or touches(tokens, at):
        return False
    return at + 1 < len(tokens) and tokens[at + 1].kind == "word"


def _currency_at(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    """The currency named at token `at` ("euros", "US dollars", "Hong Kong dollars"), and the token after it."""
    word = low_at(tokens, at)
    if tokens[at : at + 1] and tokens[at].kind == "mark" and _begins_number(tokens, at + 1):
        return None, at  # "5 $ 5", "5 $-5": the sign of the second
    if word in CURRENCY_WORDS and (word not in _CAPITAL_ONLY or tokens[at].capital):
        return CURRENCY_WORDS[word], at + 1
    return None, at


def _begins_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands at token `at`, or a minus that touches one."""
    if low_at(tokens, at) in ("-", "−") and at + 1 < len(tokens) and touches(tokens, at + 1):
        at += 1
    return at < len(tokens) and read_numeral(tokens, at) is not None


def _national_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """A currency with the country that it is of, and the token after it: "Swiss francs", "pounds sterling"."""
    for length in (3, 2):
        currency = NATIONAL.get(tuple(token.low for token in tokens[at : at + length]))
        if currency is not None:
            return currency, at + length
    return None


def _is_multiple(tokens: Sequence[Token], at: int, *, tied: bool) -> bool:
    """Whether the number says how many times: "three times as many", "10-fold"."""
    if low_at(tokens, at) == "times":
        return low_at(tokens, at + 1) in _TIMES_OF
    return tied and low_at(tokens, at) == "fold"


def _old(tokens: Sequence[Token], at: int) -> int:
    """How many tokens of "year-old", "years old", "month-old", "years of age" stand at `at`; 0 where none does."""
    if low_at(tokens, at) not in ("year", "years", "month", "months", "yr"):
        return 0
    then = [low_at(tokens, at + 1), low_at(tokens, at + 2)]
    if then[0] in ("old", "olds"):
        return 2
    if then == ["of", "age"] or (then[0] in HYPHENS and then[1] in ("old", "olds")):
        return 3
    return 0
