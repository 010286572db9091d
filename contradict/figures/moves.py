"""Moves around a number: "rose by", "down"; and those that are a number themselves: "doubled", "sixfold"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from contradict.figures.tokens import Token, low_at
from contradict.types import Change

_UP_WORDS = """
    up upward upwards rose rise rises risen rising gained gain gains gaining jumped jump jumps climbed climb climbs
    climbing increased increase increases increasing grew grow grows grown growing advanced advance advances surged
    surge surges soared soar soars rallied added adding expanded boosted raised raise raises raising higher hiked
    hike hiking ballooned swelled spiked spikes spiking rocketed skyrocketed skyrocketing mushroomed"""
_DOWN_WORDS = """
    down downward downwards fell fall falls fallen falling dropped drop drops dropping declined decline declines
    declining decreased decrease decreases decreasing lost lose loses losing slid slide slides sliding slipped slip
    slips tumbled tumble tumbles plunged plunge plummeted plummeting sank sink shed sheds shrank shrink shrunk lower
    dwindled dwindling eased dipped dips dip reduced reduce reduces reducing contracted slumped slashed cut cuts
    cutting lowered"""
MOVES = dict.fromkeys(_UP_WORDS.split(), Change.UP) | dict.fromkeys(_DOWN_WORDS.split(), Change.DOWN)
# Verbs that take an amount as their object ("lost 26 men", "cut 50 jobs", "raised $5m"): a move only of a share, a
# price or with "by".
_TRANSITIVE = frozenset(
    """lost lose loses losing shed sheds added adding raised raise raises raising cut cuts cutting gained gain gains
    slashed reduced lowered boosted hiked advanced spiked spikes spiking""".split()
)
# Verbs of a move that has happened and that takes no object: "the index plunged".
MOVED = frozenset(word for word in MOVES if word.endswith("ed")) | frozenset("rose fell grew slid sank shrank".split())
MOVED -= _TRANSITIVE
_FILLERS = frozenset(
    "by from another further additional a an the up down sharply only just more than some record".split()
)
# With "up" or "down" behind them no move of a number: "signed up 30 tenors".
_PHRASAL = frozenset(
    """signed sign signs set sets setting made make makes making picked pick put puts took take takes gave give built
    build blew blow blown rounded locked opened open showed shown turned turn ended ends coughed cough lined tracked
    hunted shot broke broken torn tore burned burnt used shut struck bought buy buys""".split()
)
_STATES = ("is", "are", "was", "were", "be", "been")
_MOST_FILLERS = 5
_MOST_NOUNS = 3
MULTIPLES = {
    "doubled": (Decimal(2), Change.UP),
    "tripled": (Decimal(3), Change.UP),
    "trebled": (Decimal(3), Change.UP),
    "quadrupled": (Decimal(4), Change.UP),
    "halved": (Decimal("0.5"), Change.DOWN),
    "twofold": (Decimal(2), None),
    "threefold": (Decimal(3), None),
    "fourfold": (Decimal(4), None),
    "fivefold": (Decimal(5), None),
    "sixfold": (Decimal(6), None),
    "sevenfold": (Decimal(7), None),
    "eightfold": (Decimal(8), None),
    "ninefold": (Decimal(9), None),
    "tenfold": (Decimal(10), None),
}


def change_before(tokens: Sequence[Token], begin: int, *, of_level: bool) -> Change | None:
    """The move that the words before token `begin` (the hedge included) make of the number.

    "rose 5%", "up by 12", "fell nearly 3 points": yes; "rose to 5%": no, that is a level. `of_level` tells that the
    number is a share, an amount of money or points, which even a transitive verb ("lost 3%") moves.
    """
    if of_level and low_at(tokens, begin - 1) == "off" and low_at(tokens, begin - 2) in _STATES:
        return Change.DOWN  # "the index is off 40 points"
    at, by = begin - 1, False
    if low_at(tokens, at - 1) in ("a", "an") and low_at(tokens, at) not in MOVES and low_at(tokens, at - 2) in MOVES:
        at -= 1  # "fell a stunning 6%"
    while at >= 0 and (tokens[at].low in _FILLERS or tokens[at].low.endswith("ly")):
        if _moves_alone(tokens, at):
            return MOVES[tokens[at].low]
        by = by or tokens[at].low == "by"
        at -= 1
        if begin - at > _MOST_FILLERS:
            return None
    if by:
        at = _past_nouns(tokens, at)
    move = MOVES.get(low_at(tokens, at))
    if move is None or _leads_from(tokens, at) or (tokens[at].low in _TRANSITIVE and not by and not of_level):
        return None
    return move


def _moves_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether "up" or "down" itself is the move: not in "up from 5", and "climbed up 5" leaves it to the verb."""
    if tokens[at].low not in ("up", "down") or _leads_from(tokens, at):
        return False
    return low_at(tokens, at - 1) not in MOVES and low_at(tokens, at - 1) not in _PHRASAL


def _leads_from(tokens: Sequence[Token], at: int) -> bool:
    """Whether "up from", "down from" stand at `at`: the number is the earlier level."""
    return tokens[at].low in ("up", "down") and low_at(tokens, at + 1) == "from"


def _past_nouns(tokens: Sequence[Token], at: int) -> int:
    """Back over the object of "raised interest rates by": up to three words that are no move."""
    first = at
    while at >= 0 and first - at < _MOST_NOUNS and tokens[at].kind == "word" and tokens[at].low not in MOVES:
        at -= 1
    return at
