"""Two numbers that make one figure: ranges ("3 to 5 million") and moves between two levels ("to 34 from 12")."""

from __future__ import annotations

from collections.abc import Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from contradict.figures.exclusions import is_year
from contradict.figures.hedges import hedge_before
from contradict.figures.moves import MOVES, MULTIPLES
from contradict.figures.numerals import read_numeral
from contradict.figures.phrases import counted_after
from contradict.figures.sides import Side, read_side
from contradict.figures.tokens import Token, low_at
from contradict.figures.units import currency_of_sign
from contradict.types import Role

_DASHES = ("-", "–", "—", "‑")
_JOINS = frozenset(("to", "and", "or", *_DASHES))
_BEFORE_END = frozenset("about around even nearly almost maybe perhaps up the".split())
_NO_LEVEL_AFTER = ("from", "in", "on", "and", "at", "for")
_SPANNING = frozenset(
    "range ranges ranged ranging vary varies varied varying span spans spanned spanning anywhere anything".split()
)
_MOST_TO_SPANNING = 3  # tokens from "ranging" to its "from": "ranging in size from"
_OPENING = (",", ";", ":", "(", '"', "“", "‘", "'")
_MOST_TO_MOVE = 15  # tokens to the verb of "From 12 to 34 within a year, the toll rose"
_DOLLARS = frozenset(("$", "USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"))
# Of "grew by 21,000 to 130,000": bare counts from a hundred on that lie further apart than the ends of a range (a
# guess, held high) are a growth and the level that it led to.
_LEAST_GROWTH, _MOST_SPREAD = 100, 3
_ONE = Decimal(1)


class Range(NamedTuple):
    """A range of two sides; `first` comes first in the text.

    `move` tells two levels of a move, `back` that the second number is the earlier level.
    """

    first: Side
    last: Side
    move: bool = False
    back: bool = False

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The bounds of both sides; of a move too, whichever level is the higher."""
        first, last = self._first_level, self.last.level
        return min(first, last), max(first, last)

    @property
    def moved_from(self) -> Decimal | None:
        """The earlier level of a move, None for a range."""
        if not self.move:
            return None
        return self.last.level if self.back else self._first_level

    @property
    def _first_level(self) -> Decimal:
        return self.first.level * _shared_scale(self.first, self.last)


def read_range(tokens: Sequence[Token], side: Side, closed: Set[int]) -> Range | None:
    """The range or move that begins with `side`: "3 to 5", "from 12 to 34", "to 34 from 12".

    `closed` are the tokens that no number may be read from.
    """
    lead = _lead(tokens, side)
    if lead == "to" and (back := _moved_back(tokens, side, closed)) is not None:
        return back
    join, at = _join(tokens, side, lead, closed)
    if not join or side.numeral.vague:
        return None
    other = _end_at(tokens, at, closed)
    if other is None or (join != "to" and other.numeral.share != side.numeral.share):
        return None
    if not _is_range(tokens, side, other, join=join, lead=lead):
        return None
    return Range(side, other, move=lead == "from" and not _spans(tokens, side))


def _lead(tokens: Sequence[Token], side: Side) -> str:
    """ "between", "from", "by" or "to" before the number, hedges passed over; else ""."""
    _, begin = hedge_before(tokens, side.begin)
    before = low_at(tokens, begin - 1)
    return before if before in ("between", "from", "by", "to") else ""


def _spans(tokens: Sequence[Token], side: Side) -> bool:
    """Whether "from 12 to 15" is a range and no move: after "ranged", or first in a clause with no move beside it."""
    _, begin = hedge_before(tokens, side.begin)
    lead = begin - 1
    if any(token.low in _SPANNING for token in tokens[max(lead - _MOST_TO_SPANNING, 0) : lead]):
        return True
    if lead > 0 and tokens[lead - 1].text not in _OPENING:
        return False
    before, behind = tokens[max(lead - _MOST_TO_MOVE, 0) : lead], tokens[side.after : side.after + _MOST_TO_MOVE]
    comma = next((at for at, token in enumerate(behind) if token.text == ","), len(behind))
    return not any(token.low in MOVES or token.low in MULTIPLES for token in (*before, *behind[comma:]))


def _join(tokens: Sequence[Token], side: Side, lead: str, closed: Set[int]) -> tuple[str, int]:
    """The word or dash that joins `side` with another number, "" where none does, and where that number stands."""
    at = side.after
    if lead == "from" and low_at(tokens, at) not in _JOINS:
        at = _past_words_to(tokens, at)
    join, last = low_at(tokens, at), len(tokens) - 1
    if at >= last or join not in _JOINS or at in closed:
        return "", at
    at += 1
    if join == "-" and tokens[at].low == "to" and at < last:
        join, at = "to", at + 1
    while at < last and (tokens[at].low in _BEFORE_END or (join == "to" and tokens[at].text == "-")):
        at += 1
    if lead == "between" or (lead == "from" and _spans(tokens, side)):
        at = _past_most(tokens, at)
    return join, min(at, last)


def _past_most(tokens: Sequence[Token], at: int) -> int:
    """Past "as many as" before the upper end of a range, which bounds it without more; a move may end at less."""
    first, many, then = (low_at(tokens, at + k) for k in range(3))
    return at + 3 if first == then == "as" and many in ("many", "much", "high") else at


def _past_words_to(tokens: Sequence[Token], at: int) -> int:
    """After "from 36,040 ...": the "to" within the next words of the same clause, `at` where there is none."""
    for ahead in range(at, min(at + 8, len(tokens))):
        if tokens[ahead].low == "to":
            return ahead
        number = tokens[ahead].kind == "number" and ahead > at and tokens[ahead - 1].low != "at"
        if number or tokens[ahead].text in (",", ";"):
            break
    return at


def _end_at(tokens: Sequence[Token], at: int, closed: Set[int]) -> Side | None:
    """The number at token `at`, its currency sign passed over."""
    if at < len(tokens) - 1 and tokens[at].kind == "mark" and currency_of_sign(tokens[at].text):
        at += 1
    if at >= len(tokens) or at in closed:
        return None
    numeral = read_numeral(tokens, at)
    return read_side(tokens, numeral) if numeral is not None and not numeral.vague else None


def _moved_back(tokens: Sequence[Token], side: Side, closed: Set[int]) -> Range | None:
    """ "rose to 34 from 12", "narrowed to 138,285 lots from 212,577": the earlier level named after the later one."""
    at = side.after
    while at < min(side.after + 3, len(tokens)) and tokens[at].kind == "word" and tokens[at].low not in _NO_LEVEL_AFTER:
        at += 1
    if low_at(tokens, at) != "from" or low_at(tokens, at - 1) in ("up", "down"):
        return None
    while low_at(tokens, at + 1) in ("a", "the", "an", "about", "around"):
        at += 1
    other = _end_at(tokens, at + 1, closed)
    if other is None or not _same_unit(side, other) or other.numeral.share != side.numeral.share:
        return None
    if other.unit is None and (side.unit is not None or is_year(tokens, other.numeral, hedged=False)):
        return None
    return Range(side, other, move=True, back=True)


def _same_unit(side: Side, other: Side) -> bool:
    if None in (side.unit, other.unit) or side.unit == other.unit:
        return True
    return "$" in (side.unit, other.unit) and {side.unit, other.unit} <= _DOLLARS


def _is_range(tokens: Sequence[Token], side: Side, other: Side, *, join: str, lead: str) -> bool:
    """Whether two numbers with a join between them make one range."""
    if not _units_agree(side, other, join=join, lead=lead):
        return False
    rises = side.numeral.low * _shared_scale(side, other) < other.numeral.low
    if join == "and":
        return lead == "between" and rises
    if join == "or":
        return rises and _is_alternative(side, other)
    if join == "to" and lead == "from":
        return True
    if join in _DASHES and not _is_even(tokens, side.after):
        return False
    if lead == "by" and join == "to" and _grew_to(tokens, side, other):
        return False
    return rises and not (side.rises or other.rises)


def _grew_to(tokens: Sequence[Token], side: Side, other: Side) -> bool:
    """Whether "grew by 21,000 to 130,000" tells of a growth and a level, and not of a growth between two bounds."""
    _, begin = hedge_before(tokens, side.begin)
    low = side.numeral.low * _shared_scale(side, other)
    return (
        low_at(tokens, begin - 2) in MOVES
        and side.unit is other.unit is None
        and not (side.numeral.share or other.numeral.share)
        and low >= _LEAST_GROWTH
        and other.numeral.low > _MOST_SPREAD * low
        and counted_after(tokens, other.after) is None
    )


def _units_agree(side: Side, other: Side, *, join: str, lead: str) -> bool:
    """Whether the units of two numbers, named or not, may be those of one range."""
    if not _same_unit(side, other) or (lead == "by" and join == "to" and side.unit is not None):
        return False
    if lead in ("from", "between"):
        return True
    if side.role is Role.MONEY:
        return other.role is Role.MONEY or join in ("-", "–")
    return side.unit is None or other.unit is not None


def _is_alternative(side: Side, other: Side) -> bool:
    """Whether "or" names two guesses of one number ("three or four families"): close together, written alike."""
    near = other.numeral.low <= 2 * side.numeral.low * _shared_scale(side, other)
    alike = side.numeral.words == other.numeral.words and side.unit in (None, other.unit)
    return near and alike and side.after == side.numeral.after


def _is_even(tokens: Sequence[Token], at: int) -> bool:
    """Whether the dash at `at` is spaced alike on both sides: "5-10", "5 - 10"."""
    return tokens[at].start - tokens[at - 1].end == tokens[at + 1].start - tokens[at].end


def _shared_scale(side: Side, other: Side) -> Decimal:
    """The magnitude that the first number takes from the second ("3 to 5 million"), 1 where it has its own."""
    first, second = side.numeral, other.numeral
    if first.scale != 1 or second.scale <= 1:
        return _ONE
    written = second.low / second.scale
    moved = side.unit == other.unit and 1 <= first.low < 1000 <= second.scale and first.low <= 3 * written
    return second.scale if first.low < written or moved else _ONE
