"""Hedges around a number: "almost", "up to", "or more"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from contradict.figures.tokens import Token, touches
from contradict.types import Hedge

_NEAR = Decimal("0.1")  # gold guideline: hedged figures within a tenth of each other agree

_WORDS_BEFORE = {
    Hedge.ABOUT: (
        "about|around|roughly|approximately|approx|approx .|some|circa|ca .|estimated|an estimated|nearly|almost|near|"
        "nearing|close to|approaching|virtually|practically|more or less|in the region of|in the order of|"
        "on the order of|somewhere around|something like|an approximate|towards|toward|barely|~|average of around|"
        "estimated at|approximated at"
    ),
    Hedge.ABOVE: (
        "more than|over|above|exceeding|in excess of|upwards of|upward of|north of|well over|just over|just above|"
        "greater than|higher than|larger than|longer than|topping|topped|surpassing|surpassed|exceeded|exceeds|beyond|"
        "a little over|slightly more than|slightly over|little more than|not just|well above|far more than|older than|"
        "bigger than|>|over the age of"
    ),
    Hedge.AT_LEAST: (
        "at least|a minimum of|minimum of|no less than|no fewer than|not less than|not fewer than|as low as|a low of|"
        "> =|≥"
    ),
    Hedge.BELOW: (
        "less than|fewer than|under|below|just under|just below|just shy of|shy of|lower than|smaller than|short of|"
        "well under|slightly less than|slightly under|sub -|sub|<|younger than|shorter than|under the age of|well below"
    ),
    Hedge.AT_MOST: (
        "up to|at most|as many as|as much as|no more than|not more than|a maximum of|maximum of|as high as|as far as|"
        "as long as|upto|< =|≤|at the most|potentially"
    ),
}
_WORDS_AFTER = {
    Hedge.ABOUT: "or so|odd|- odd|or thereabouts|- something",
    Hedge.AT_LEAST: (
        "or more|plus|- plus|+|or higher|or above|or over|or older|and counting|and rising|at least|, at least|"
        "or greater|or better|and more"
    ),
    Hedge.AT_MOST: "or less|or fewer|or under|or below|at most",
}


def _by_words(phrases: dict[Hedge, str]) -> dict[tuple[str, ...], Hedge]:
    return {tuple(phrase.split()): hedge for hedge, joined in phrases.items() for phrase in joined.split("|")}


_BEFORE = _by_words(_WORDS_BEFORE)
_AFTER = _by_words(_WORDS_AFTER)
_LONGEST_BEFORE = max(map(len, _BEFORE))
_LONGEST_AFTER = max(map(len, _AFTER))
_LAST_BEFORE = frozenset(words[-1] for words in _BEFORE)
# None of them definite: before "the" and "its" the words of a hedge are prepositions ("under the $5m contract").
_FILLERS = frozenset("a an another further additional only just total of at full whole grand exactly".split())
_MOST_FILLERS = 4
_ENDS = (".", ",", ";", ":", ")", "!", "?")
# "40 boats or more than a hundred", "40 dogs and more cats": what stands behind the noun begins a new number or noun.
_GOES_ON = frozenset("than of a an one two three four five six seven eight nine ten".split())
_BOUNDS = (Hedge.ABOVE, Hedge.AT_LEAST, Hedge.BELOW, Hedge.AT_MOST)
_FROM_BELOW = frozenset("almost nearly approaching nearing virtually practically".split())


def hedge_before(tokens: Sequence[Token], first: int) -> tuple[Hedge, int]:
    """The hedge that ends right before token `first`, and the token that it begins with (`first` where there is none).

    Fillers ("a total of") may stand between. Where hedges meet ("up to about"), a bound outweighs an approximation.
    """
    found, begin, at, fillers = Hedge.EXACT, first, first, 0
    while at > 0:
        ending = _hedge_ending(tokens, at)
        if ending is not None:
            hedge, at = ending
            begin = at
            if found is Hedge.EXACT or hedge in _BOUNDS:
                found = hedge
        elif tokens[at - 1].low in _FILLERS and fillers < _MOST_FILLERS:
            at, fillers = at - 1, fillers + 1
        else:
            break
    return found, begin


def _hedge_ending(tokens: Sequence[Token], after: int) -> tuple[Hedge, int] | None:
    """The longest hedge whose last token stands right before token `after`, and its first token."""
    if tokens[after - 1].low not in _LAST_BEFORE:
        return None
    for length in range(min(_LONGEST_BEFORE, after), 0, -1):
        first = after - length
        hedge = _BEFORE.get(tuple(token.low for token in tokens[first:after]))
        if hedge is not None and not _has_other_sense(tokens, first, length):
            return hedge, first
    return None


def _has_other_sense(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Whether words are no hedge after the one before them: "turned over 30", "what about 5", "added up to 9"."""
    before = tokens[at - 1].low if at else ""
    word = tokens[at].low
    if length > 1:
        return word == "up" and before in ("add", "adds", "added", "adding")
    if word == "over":
        return before in ("all", "turned", "handed")
    if word == "about":
        return before in ("what", "how", "brought", "worried", "concerned")
    if word in ("towards", "toward"):
        return before not in ("up", "heading", "moving")
    return word == "some" and before == "than"


def hedge_after(tokens: Sequence[Token], after: int) -> tuple[Hedge, int]:
    """The hedge that begins at token `after`, and the token after it (`after` where there is none)."""
    for length in range(min(_LONGEST_AFTER, len(tokens) - after), 0, -1):
        hedge = _AFTER.get(tuple(token.low for token in tokens[after : after + length]))
        if hedge is not None and (tokens[after].low != "+" or touches(tokens, after)):
            return hedge, after + length
    return Hedge.EXACT, after


def hedge_behind(tokens: Sequence[Token], after: int) -> Hedge:
    """The hedge that stands at token `after` behind the noun of a number: "40 boats or more", "40 boats at least."."""
    lead = tokens[after].low if after < len(tokens) else ""
    if lead not in ("or", "and", "at"):
        return Hedge.EXACT
    hedge, end = hedge_after(tokens, after)
    if hedge is Hedge.EXACT or end >= len(tokens):
        return hedge
    if lead != "or":  # "held 40 people at least 9 of them armed": a hedge of the next number
        return hedge if tokens[end].text in _ENDS else Hedge.EXACT
    return Hedge.EXACT if tokens[end].kind == "number" or tokens[end].low in _GOES_ON else hedge


def is_from_below(tokens: Sequence[Token]) -> bool:
    """Whether the words of a hedge say that the number is not quite reached: "almost", "nearly"."""
    return any(token.low in _FROM_BELOW for token in tokens)


def bounds(
    low: Decimal, high: Decimal, hedge: Hedge, *, from_below: bool = False
) -> tuple[Decimal | None, Decimal | None]:
    """The interval that a hedged number states; None where it is open. A number hedged from below is never exceeded."""
    if hedge in (Hedge.ABOVE, Hedge.AT_LEAST):
        return low, None
    if hedge in (Hedge.BELOW, Hedge.AT_MOST):
        return None, high
    if hedge is Hedge.ABOUT:
        return low - abs(low) * _NEAR, high if from_below else high + abs(high) * _NEAR
    return low, high
