"""Hedges and moves around a number: "almost", "up to", "or more"; "rose by", "down"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from contradict.figures.tokens import Token
from contradict.types import Change, Hedge

NEAR = Decimal("0.1")  # gold guideline: hedged figures within a tenth of each other agree

_BEFORE_TEXT: dict[Hedge, str] = {
    Hedge.ABOUT: (
        "about|around|roughly|approximately|approx|approx .|some|circa|ca .|estimated|an estimated|nearly|almost|near|nearing|close to|"
        "approaching|virtually|practically|more or less|in the region of|in the order of|on the order of|somewhere around|"
        "something like|an approximate|towards|toward|barely|~|average of around|estimated at|approximated at"
    ),
    Hedge.ABOVE: (
        "more than|over|above|exceeding|in excess of|upwards of|upward of|north of|well over|just over|just above|greater than|"
        "higher than|larger than|longer than|topping|topped|surpassing|surpassed|exceeded|exceeds|beyond|a little over|"
        "slightly more than|slightly over|little more than|not just|well above|far more than|older than|bigger than|>|over the age of"
    ),
    Hedge.AT_LEAST: (
        "at least|a minimum of|minimum of|no less than|no fewer than|not less than|not fewer than|as low as|a low of|> =|≥"
    ),
    Hedge.BELOW: (
        "less than|fewer than|under|below|just under|just below|just shy of|shy of|lower than|smaller than|short of|well under|"
        "slightly less than|slightly under|sub -|sub|<|younger than|shorter than|under the age of|well below"
    ),
    Hedge.AT_MOST: (
        "up to|at most|as many as|as much as|no more than|not more than|a maximum of|maximum of|as high as|as far as|as long as|"
        "upto|< =|≤|at the most|potentially"
    ),
}
_BEFORE = {tuple(phrase.split()): hedge for hedge, phrases in _BEFORE_TEXT.items() for phrase in phrases.split("|")}
_AFTER = {
    ("or", "more"): Hedge.AT_LEAST, ("or", "so"): Hedge.ABOUT, ("or", "less"): Hedge.AT_MOST, ("or", "fewer"): Hedge.AT_MOST,
    ("plus",): Hedge.AT_LEAST, ("-", "plus"): Hedge.AT_LEAST, ("+",): Hedge.AT_LEAST, ("odd",): Hedge.ABOUT, ("-", "odd"): Hedge.ABOUT,
    ("or", "higher"): Hedge.AT_LEAST, ("or", "above"): Hedge.AT_LEAST, ("or", "over"): Hedge.AT_LEAST, ("or", "older"): Hedge.AT_LEAST,
    ("and", "counting"): Hedge.AT_LEAST, ("and", "rising"): Hedge.AT_LEAST, ("or", "under"): Hedge.AT_MOST, ("or", "thereabouts"): Hedge.ABOUT,
    ("at", "least"): Hedge.AT_LEAST, (",", "at", "least"): Hedge.AT_LEAST, ("or", "greater"): Hedge.AT_LEAST, ("or", "better"): Hedge.AT_LEAST,
    ("and", "more"): Hedge.AT_LEAST, ("-", "something"): Hedge.ABOUT, ("or", "below"): Hedge.AT_MOST, ("at", "most"): Hedge.AT_MOST,
}  # fmt: skip
_LONGEST = max(map(len, _BEFORE))
_FILLERS = frozenset(
    "a an the another further additional only just total of at its his their this these those full whole grand exactly".split()
)
_BOUNDS = (Hedge.ABOVE, Hedge.AT_LEAST, Hedge.BELOW, Hedge.AT_MOST)


def hedge_before(tokens: Sequence[Token], first: int) -> tuple[Hedge, int]:
    """The hedge that ends right before token `first`, and the token that it begins with (`first` where there is none).

    Fillers ("a total of") may stand between. Where hedges meet ("up to about"), a bound outweighs an approximation.
    """
    found, begin, at, fillers = Hedge.EXACT, first, first, 0
    while at > 0:
        for length in range(min(_LONGEST, at), 0, -1):
            hedge = _BEFORE.get(tuple(token.low for token in tokens[at - length : at]))
            if hedge is not None and not _other_sense(tokens, at - length, at):
                if found is Hedge.EXACT or hedge in _BOUNDS:
                    found = hedge
                at -= length
                begin = at
                break
        else:
            if tokens[at - 1].low not in _FILLERS or fillers == 4:
                break
            at, fillers = at - 1, fillers + 1
    return found, begin


def _other_sense(tokens: Sequence[Token], first: int, after: int) -> bool:
    """ "took over 30 firms" bounds, "turned over 30" may not; "what about 5" and "brought about 3" are no hedges."""
    if after - first != 1:
        return False
    before = tokens[first - 1].low if first else ""
    word = tokens[first].low
    if word == "over":
        return before in ("all", "turned", "handed")
    if word == "about":
        return before in ("what", "how", "brought", "worried", "concerned")
    if word in ("towards", "toward"):
        return before not in ("up", "heading", "moving")
    return word == "some" and before == "than"


def hedge_after(tokens: Sequence[Token], after: int) -> tuple[Hedge, int]:
    """The hedge that begins at token `after`, and the token after it (`after` where there is none)."""
    for length in (3, 2, 1):
        hedge = _AFTER.get(tuple(token.low for token in tokens[after : after + length]))
        if hedge is not None:
            if length == 1 and tokens[after].low == "+" and tokens[after].start != tokens[after - 1].end:
                continue
            return hedge, after + length
    return Hedge.EXACT, after


def bounds(
    low: Decimal, high: Decimal, hedge: Hedge, *, below_only: bool = False
) -> tuple[Decimal | None, Decimal | None]:
    """The interval that a hedged number states; None where it is open. `below_only`: "almost", "nearly" never exceed."""
    if hedge in (Hedge.ABOVE, Hedge.AT_LEAST):
        return low, None
    if hedge in (Hedge.BELOW, Hedge.AT_MOST):
        return None, high
    if hedge is Hedge.ABOUT:
        return low - abs(low) * NEAR, high if below_only else high + abs(high) * NEAR
    return low, high


ALMOST = frozenset({"almost", "nearly", "approaching", "nearing", "virtually", "practically"})

_UP_WORDS = (
    "up upward upwards rose rise rises risen rising gained gain gains gaining jumped jump jumps climbed climb climbs climbing increased increase "
    "increases increasing grew grow grows grown growing advanced advance advances surged surge surges soared soar soars rallied "
    "added adding expanded boosted raised raise raises raising higher hiked hike hiking ballooned swelled"
)
_DOWN_WORDS = (
    "down downward downwards fell fall falls fallen falling dropped drop drops dropping declined decline declines declining decreased decrease "
    "decreases decreasing lost lose loses losing slid slide slides sliding slipped slip slips tumbled tumble tumbles plunged plunge "
    "plummeted plummeting sank sink shed sheds shrank shrink shrunk lower eased dipped dips dip reduced reduce reduces reducing "
    "contracted slumped slashed cut cuts cutting lowered"
)
MOVES = dict.fromkeys(_UP_WORDS.split(), Change.UP) | dict.fromkeys(_DOWN_WORDS.split(), Change.DOWN)
# Verbs that take an amount as their object ("lost 26 men", "cut 50 jobs", "raised $5m"): a move only of a share, a
# price or with "by".
_TRANSITIVE = frozenset(
    "lost lose loses losing shed sheds added adding raised raise raises raising cut cuts cutting gained gain gains slashed reduced "
    "lowered boosted hiked advanced".split()
)
_MOVE_FILLERS = frozenset(
    "by from another further additional a an the up down sharply only just more than some".split()
)


def change_before(tokens: Sequence[Token], begin: int, *, of_level: bool) -> Change | None:
    """The move that the words before token `begin` (the hedge included) make of the number.

    "rose 5%", "up by 12", "fell nearly 3 points": yes; "rose to 5%": no, that is a level. `of_level` tells that the
    number is a
    share, an amount of money or points, which even a transitive verb ("lost 3%") moves.
    """
    at, by, nouns = begin - 1, False, 0
    while at >= 0 and (tokens[at].low in _MOVE_FILLERS or tokens[at].low.endswith("ly")):
        if (
            tokens[at].low in ("up", "down")
            and tokens[at + 1].low != "from"
            and not (at > 0 and tokens[at - 1].low in MOVES)
        ):
            return MOVES[tokens[at].low]
        by = by or tokens[at].low == "by"
        at -= 1
        if begin - at > 5:
            return None
    while by and at >= 0 and nouns < 3 and tokens[at].kind == "word" and tokens[at].low not in MOVES:
        at, nouns = at - 1, nouns + 1
    if at < 0 or (tokens[at].low in ("up", "down") and tokens[at + 1].low == "from"):
        return None
    move = MOVES.get(tokens[at].low)
    if move is None or (tokens[at].low in _TRANSITIVE and not by and not of_level):
        return None
    return move
