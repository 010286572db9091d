"""Moves beside their levels: "rose by 5 to 12 from 6", "doubled from 40 to 90", "lost 35 points, or 1.5%, to 2,300"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contradict.arithmetic.intervals import LOOSE, difference, half_unit, interval, met, percent, plain, share, tight
from contradict.arithmetic.rows import Row
from contradict.figures.moves import MOVES
from contradict.types import Change, Check, CheckKind, Claim, Figure, Hedge, Interval, Role, Term, TermRole

REACH = 60  # characters between the amount of a move and its levels
MOST_WORDS = 6
WIDE = Decimal("0.25")  # of an amount that its levels leave wider than this, nothing is said to hold
_POINTS = ("point", "percentage point")

# What makes the levels those of another comparison than the amount's.
_OTHER = re.compile(
    r"\b(?:and|compared|year|annual\w*|earlier|quarter|month|week|since|while|than|as|after|when|with|adjusted|before|but|"
    r"average|expected|forecast|estimate\w*|who|which|that|per)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.;:()—–…]|--")
_TO = re.compile(r"\b(?:to|at|to reach|reaching|to close at|to end at|to finish at|closing at)$", re.IGNORECASE)
_LEVEL_ONLY = re.compile(
    r"^[,)]?(?: [\w'’-]+){0,3} ?(?:to|to close at|to end at|to finish at|and closed at|closing at|at)$", re.IGNORECASE
)
_OR = re.compile(r"^(?:,? or|\(|,)$")
_FROM = re.compile(r"^(?:[\w'’-]+ ){0,3}?,?(?: ?(?:up|down))? ?from(?: the| a)?$", re.IGNORECASE)
_NOUNS = dict.fromkeys("rise increase gain jump growth surge".split(), Change.UP) | dict.fromkeys(
    "drop fall decline decrease loss reduction cut".split(), Change.DOWN
)
_A_MOVE = re.compile(rf"\b(?:a|an) (?:\w+ )?(?P<move>{'|'.join(_NOUNS)}) of$")
_MOVE_AFTER = re.compile(rf"^(?:\w+ )?(?P<move>{'|'.join(_NOUNS)})\b")
_ELAPSED = re.compile(r"\b(?:earlier|ago|before)\b")
# Between two levels and the amount of the same move: "from 40 to 30 tonnes, a drop of", "from 60 to 48 (down".
_SAME = re.compile(
    rf"^(?:[\w%-]+ ?){{0,2}}(?:,|\(|—|–|--|-) ?(?:or |and )?"
    rf"(?:up|down|by|an?|(?:up|down) by|an? (?:\w+ )?(?:{'|'.join(_NOUNS)}) of)$"
)
_LOOSELY = re.compile(r"\b(?:about|around|almost|nearly|some|roughly|over|more|less|under)\b")


@dataclass(frozen=True, slots=True)
class Move:
    """An amount or a share or a multiple, with the levels before and after it: the claims, and the figures meant."""

    amount: Claim
    before: Claim
    after: Claim
    size: Figure
    old: Figure
    new: Figure
    change: Change | None


def read_changes(rows: Sequence[Row]) -> Iterator[Check | None]:
    """The moves that the sentences of one document state with their levels; None for one that they do not decide."""
    for row in rows:
        for at in range(len(row.claims) - 1):
            move = _move(row, at)
            if move is not None:
                yield check_change(move)
        for at in range(len(row.claims) - 2):
            yield from _of_index(row, at)


def _move(row: Row, at: int) -> Move | None:
    """The move that figures `at` and the next one or two tell."""
    first, second = row.claims[at], row.claims[at + 1]
    gap = row.after(at)
    joined = _near(gap)
    if joined and first.stated.moved_from is None and second.stated.moved_from is not None and _moves(row, at):
        return Move(first, second, second, first.stated, *_levels(second.stated), _change(row, at))
    if first.stated.moved_from is not None and _SAME.search(gap) and (change := _change(row, at + 1)) is not None:
        return Move(second, first, first, second.stated, *_levels(first.stated), change)
    if row.before(at).lower().endswith(" by") and _FROM.match(gap) and (split := _by_to(first.stated)) is not None:
        size, level = split
        return Move(first, second, first, size, second.stated, level, _direction(row.before(at)))
    levels = at + 2 < len(row.claims) and joined and _TO.search(gap) and _FROM.match(row.after(at + 1))
    if levels and _moves(row, at):
        third = row.claims[at + 2]
        return Move(first, third, second, first.stated, third.stated, second.stated, _change(row, at))
    return None


def _moves(row: Row, at: int) -> bool:
    return row.figure(at).role is Role.MULTIPLE or _change(row, at) is not None


def _near(gap: str) -> bool:
    """Whether the words between an amount and its levels name at most what moved."""
    inner = gap.strip(" ,(-–—")
    short = len(gap) <= REACH and len(inner.split()) <= MOST_WORDS
    return short and not _BREAK.search(inner) and not _OTHER.search(gap)


def _change(row: Row, at: int) -> Change | None:
    """Which way a figure moves: by the words before it, or by the noun of "a drop of 10", "a 25% increase"."""
    figure = row.figure(at)
    named = _A_MOVE.search(row.before(at)) or (
        _MOVE_AFTER.match(row.after(at)) if re.search(r"\ban?$", row.before(at)) else None
    )
    if named is not None:
        return _NOUNS[named.group("move")]
    return figure.change if figure.moved_from is None and figure.value is not None else None


def _levels(figure: Figure) -> tuple[Figure, Figure]:
    """The two levels of a figure that moves, the earlier first, each as a figure of its own."""
    old, (new, _) = figure.moved_from, figure.level
    return _level(figure, old), _level(figure, new)


def _level(figure: Figure, value: Decimal | None) -> Figure:
    """One level of a figure; of its surface as much as writes that number, whose digits tell the rounding."""
    if value is None:
        return replace(figure, value=None, moved_from=None)
    surface = next((number for number in _NUMBER.findall(figure.surface) if _writes(number, value)), "")
    hedge = Hedge.ABOUT if _LOOSELY.search(figure.surface) else Hedge.EXACT
    slack = value * LOOSE if hedge is Hedge.ABOUT else Decimal(0)
    return replace(
        figure, value=value, low=value - slack, high=value + slack, moved_from=None, hedge=hedge, surface=surface
    )


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _writes(number: str, value: Decimal) -> bool:
    """Whether a number in digits is the value but for a power of ten ("4.8" in "4.8 million")."""
    written = Decimal(number.replace(",", ""))
    return written.normalize().as_tuple().digits == value.normalize().as_tuple().digits


def _by_to(figure: Figure) -> tuple[Figure, Figure] | None:
    """The amount and the level of "by 22 to 530", which a reader of figures takes for a range."""
    if figure.value is not None or figure.moved_from is not None or " to " not in figure.surface:
        return None
    return _level(figure, figure.low), _level(figure, figure.high)


def _direction(words: str) -> Change | None:
    """Which way the last word that moves anything moves it."""
    return next((MOVES[word] for word in reversed(words.lower().split()) if word in MOVES), None)


def check_change(move: Move) -> Check | None:
    """An amount held to the levels before and after it; None where the figures do not decide."""
    old, new, amount = interval(move.old), interval(move.new), move.size
    if old is None or new is None or move.old.value is None or move.new.value is None or not move.old.value:
        return None
    if (
        _ELAPSED.search(move.before.stated.surface)
        or move.old.unit != move.new.unit
        or move.old.role is not move.new.role
        or move.old.role is Role.AGE
    ):
        return None
    readings = list(_readings(move, old, new, move.old.value, move.new.value))
    if not readings or any(low is None for each in readings for low in (each.expected.low, each.expected.high)):
        return None
    holding = [each for each in readings if each.expected.overlaps(each.stated)]
    best = holding[0] if holding else readings[0]
    if holding and not best.exact and not tight(best.expected, WIDE):
        return None
    said = " ".join(amount.surface.split())
    levels = f"From {plain(move.old.value, move.old.unit)} to {plain(move.new.value, move.new.unit)}"
    reason = f"{levels} is {best.words}, {'as stated' if holding else f'but {said} is stated'}."
    terms = (
        Term(TermRole.BEFORE, move.before), Term(TermRole.AFTER, move.after), Term(TermRole.AMOUNT, move.amount),
    )  # fmt: skip
    counted = move.old.counted or amount.counted or "the level"
    matter = f"{counted[:1].upper()}{counted[1:]}: change"
    return Check(CheckKind.CHANGE, terms, best.expected, best.stated, bool(holding), reason, matter)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the levels come to, what is stated of it, the first in words, and whether both are one number."""

    expected: Interval
    stated: Interval
    words: str
    exact: bool = False


def _readings(move: Move, old: Interval, new: Interval, began: Decimal, ended: Decimal) -> Iterator[Reading]:
    """The ways in which an amount may be meant: of percentages, in points and in per cent."""
    amount, sign = move.size, -1 if move.change is Change.DOWN else 1
    step = ended - began
    way = "a rise" if step >= 0 else "a fall"
    if amount.role is Role.MULTIPLE:
        ratio, stated = percent(new, old), _multiple(amount)
        if ratio is not None and stated is not None and amount.change is not None:
            yield Reading(ratio, stated, f"{plain(ended / began)} times as much")
        return
    if amount.role is Role.PERCENT:
        moved, stated = percent(difference(new, old), old), share(amount)
        if moved is not None and stated is not None:
            words = f"{way} of {plain(abs(step) / began * 100)}%"
            yield Reading(_signed(moved, sign), stated, words)
    of_shares = move.old.role is Role.PERCENT and (amount.unit in _POINTS or amount.role is Role.PERCENT)
    if of_shares or (amount.unit == move.old.unit and amount.role is move.old.role):
        stated, moved = interval(amount), difference(new, old)
        if stated is not None and moved is not None:
            size = f"{plain(abs(step))} points" if of_shares else plain(abs(step), move.old.unit)
            found = _signed(_halved(moved) if of_shares else moved, sign)
            yield Reading(found, stated, f"{way} of {size}", exact=abs(step) == amount.value)


def _halved(found: Interval) -> Interval:
    """The middle half: two rounded percentages are seldom off by half a point both, and in opposite ways."""
    if found.low is None or found.high is None:
        return found
    quarter = (found.high - found.low) / 4
    return Interval(found.low + quarter, found.high - quarter)


def _signed(found: Interval, sign: int) -> Interval:
    if sign > 0:
        return found
    return Interval(None if found.high is None else -found.high, None if found.low is None else -found.low)


def _multiple(figure: Figure) -> Interval | None:
    """What "doubled" states of the new level, in per cent of the old: 180 to 220."""
    if figure.value is None:
        return None
    value = figure.value * 100
    low, high = value * (1 - LOOSE), value * (1 + LOOSE)
    if figure.hedge in (Hedge.ABOVE, Hedge.AT_LEAST):
        return Interval(value, None)
    if figure.hedge in (Hedge.BELOW, Hedge.AT_MOST):
        return Interval(None, value)
    if figure.hedge is Hedge.ABOUT:
        return Interval(value * (1 - 3 * LOOSE), value * (1 + 3 * LOOSE))
    return Interval(low, high)


# An index: its move in points and in per cent, and where it ends


def _of_index(row: Row, at: int) -> Iterator[Check | None]:
    """ "lost 35.24 points, or 1.55 per cent, to 2,238.41": the share of points in the level that they came from."""
    first, second, level = row.claims[at : at + 3]
    points, rate = (first, second) if second.stated.role is Role.PERCENT else (second, first)
    if points.stated.unit != "point" or rate.stated.role is not Role.PERCENT or rate.stated.unit != "%":
        return
    change = first.stated.change or second.stated.change
    if change is None or not _OR.match(row.after(at)) or not _LEVEL_ONLY.match(row.after(at + 1)):
        return
    if level.stated.role is not Role.COUNT and level.stated.unit != "point":
        return
    yield _check_index(points, rate, level, change)


def _check_index(points: Claim, rate: Claim, level: Claim, change: Change) -> Check | None:
    moved, ended, stated = interval(points.stated), interval(level.stated), share(rate.stated)
    step, end = points.stated.value, level.stated.value
    if moved is None or ended is None or stated is None or step is None or end is None:
        return None
    began = difference(ended, moved) if change is Change.UP else _plus(ended, moved)
    expected = percent(moved, began)
    start = end - step if change is Change.UP else end + step
    if expected is None or start <= 0 or end < 5 * half_unit(points.stated):
        return None
    holds = expected.overlaps(stated)
    if expected.low is None or expected.high is None or (holds and not tight(expected, WIDE)):
        return None
    way, middle = "rise" if change is Change.UP else "fall", step / start * 100
    verdict = met(middle, stated, rate.stated, holds=holds)
    reason = f"A {way} of {plain(step)} points to {plain(end)} is one of {plain(middle)}%, {verdict}."
    terms = (Term(TermRole.AMOUNT, points), Term(TermRole.AFTER, level), Term(TermRole.SHARE, rate))
    return Check(CheckKind.CHANGE, terms, expected, stated, holds, reason, "Points and per cent of one move")


def _plus(a: Interval, b: Interval) -> Interval:
    return Interval(
        None if a.low is None or b.low is None else a.low + b.low,
        None if a.high is None or b.high is None else a.high + b.high,
    )
