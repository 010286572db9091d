"""Reads the figures of a sentence: value, hedge, move, unit, what is counted, per what."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from decimal import Decimal

from contradict.figures.counted import (
    OF_LENGTH,
    OF_WHOLE,
    counted_until,
    read_counted,
    read_multiplied,
    read_spanned,
    surface,
)
from contradict.figures.exclusions import counts_nothing, spans
from contradict.figures.hedges import bounds, hedge_after, hedge_before, hedge_behind, is_from_below
from contradict.figures.moves import MULTIPLES, change_before
from contradict.figures.neighbours import restated, share_nouns
from contradict.figures.numerals import NAMING, OPENING, read_numeral
from contradict.figures.phrases import counted_after, per_after, per_named, per_near
from contradict.figures.ranges import Range, read_range
from contradict.figures.sides import Side, currency_before, read_side
from contradict.figures.tokens import VULGAR, Token, low_at, tokenise, touches
from contradict.figures.units import dimension
from contradict.types import Change, Figure, Hedge, Role

# A sentence without a digit and without any of these words has no figure, and is not cut into tokens.
_DIGIT = re.compile(rf"[\d{VULGAR}]")
_WORDS = re.compile(r"[a-z]+")
_NAMING = NAMING | MULTIPLES.keys()
_OPENING = OPENING | MULTIPLES.keys()
# Before and after "one" where it is a pronoun: "this one", "one another".
_BEFORE_PRONOUN = frozenset(
    "no this that another any every each the some which loved little big first last next other -".split()
)
_AFTER_PRONOUN = ("another", "day", "time", "thing", "side", "end", "way", "who")
# Units that move as a level does: "lost 190 points".
_STEPS = ("point", "basis point", "percentage point", "cent")
_OLDEST = 110
_LARGEST_PRICE = 1_000_000
_HIGHEST_SCORE = 200


def read_figures(text: str) -> tuple[Figure, ...]:
    """The figures of `text`, in order. Offsets are in `text`; nothing is resolved against a date here."""
    if not _DIGIT.search(text) and _NAMING.isdisjoint(_WORDS.findall(text.lower())):
        return ()
    tokens = tokenise(text)
    closed = _closed(tokens, spans(text))
    figures: list[Figure] = []
    after = 0
    for at, token in enumerate(tokens):
        if at < after or not (token.kind == "number" or token.low in _OPENING):
            continue
        figure, after = _figure_at(tokens, at, closed, text)
        if figure is not None:
            figures.append(figure)
    return tuple(share_nouns(restated(figures, text), text))


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


def _figure_at(tokens: Sequence[Token], at: int, closed: Set[int], text: str) -> tuple[Figure | None, int]:
    """The figure whose number begins at token `at`, None where there is none, and the token to go on from."""
    if at in closed:
        return None, at + 1
    if tokens[at].low in MULTIPLES:
        return _multiple(tokens, at, text), at + 1
    numeral = read_numeral(tokens, at)
    if numeral is None:
        return None, at + 1
    if counts_nothing(tokens, numeral):
        return None, _past_dashes(tokens, numeral.after)
    side = read_side(tokens, numeral)
    if side is None:
        return None, numeral.after
    joined = read_range(tokens, side, closed)
    if joined is not None:
        return _figure(tokens, side, joined, text), joined.last.after
    if tokens[at].low == "one" and numeral.low == 1:
        return _one(tokens, side, text), numeral.after
    if _is_score(tokens, side):
        return _score(tokens, side, text)
    return _figure(tokens, side, None, text), side.after


def _past_dashes(tokens: Sequence[Token], after: int) -> int:
    """Past the rest of a number that is none: of "ISO 3888-2" and "16-18 High Street" the second half too."""
    while touches(tokens, after) and tokens[after].text in ("-", "–", "/"):
        if after + 1 >= len(tokens) or tokens[after + 1].kind != "number":
            break
        after += 2
    return after


def _figure(tokens: Sequence[Token], side: Side, joined: Range | None, text: str) -> Figure:
    """Puts a figure together from its number, or from the two of a range, and the words around."""
    last = joined.last if joined else side
    unit, role = side.unit or last.unit, last.role if side.role is Role.COUNT else side.role
    before, begin = hedge_before(tokens, side.begin)
    if role is Role.COUNT and begin < side.begin and (signed := currency_before(tokens, begin)) is not None:
        (unit, begin), role = signed, Role.MONEY
    trailing, hedged = hedge_after(tokens, last.after)
    per, after = per_after(tokens, hedged)
    if before is trailing is Hedge.EXACT:
        trailing = hedge_behind(tokens, counted_until(tokens, last.after, after, partitive=True))
    hedge = _hedge(side, joined, before, trailing)
    low, high = joined.interval if joined else side.interval
    bottom, top = bounds(low, high, hedge, from_below=is_from_below(tokens[begin : side.begin]))
    start, end = tokens[begin].start, tokens[(last.after if per else hedged) - 1].end
    price = role is Role.MONEY and high < _LARGEST_PRICE  # the firm "lost $2bn": a loss; the share "lost $2": a move
    of_level = role is Role.PERCENT or unit in _STEPS or price
    return Figure(
        start=start,
        end=end,
        surface=text[start:end],
        value=low if low == high else None,
        low=bottom,
        high=top,
        hedge=hedge,
        role=Role.AGE if role is Role.COUNT and _is_age(tokens, side, last) else role,
        change=Change.UP if side.rises else change_before(tokens, begin, of_level=of_level),
        unit=unit,
        counted=_counted(tokens, side, last, after, unit=unit, role=role),
        per=per or per_near(tokens, begin, after) or (per_named(tokens, begin, after) if _flows(unit, role) else None),
        moved_from=joined.moved_from if joined else None,
    )


def _counted(
    tokens: Sequence[Token], side: Side, last: Side, after: int, *, unit: str | None, role: Role
) -> str | None:
    """What is counted or measured, by the kind of quantity."""
    if role is Role.ORDINAL:
        phrase = counted_after(tokens, last.after)
        return surface(tokens, *phrase) if phrase else None
    if dimension(unit) == "duration" and role is not Role.AGE:
        return read_spanned(tokens, side.begin, last.after, after)
    share = last.numeral.share or role is Role.MULTIPLE
    partitive = last.numeral.vague or share or unit is not None or role is Role.PERCENT
    leads = OF_WHOLE if share else OF_LENGTH if dimension(unit) == "length" else frozenset[str]()
    money = role is Role.MONEY
    return read_counted(tokens, side.begin, last.after, after, partitive=partitive, leads=leads, money=money)


def _flows(unit: str | None, role: Role) -> bool:
    """Whether a quantity may come by the year or day without saying so beside it: money, goods, not time."""
    return role is Role.MONEY or (role is Role.MEASURE and dimension(unit) in ("mass", "volume", "energy"))


def _hedge(side: Side, joined: Range | None, before: Hedge, trailing: Hedge) -> Hedge:
    """The hedge before the number, else the one after; a vague count is not made vaguer, a move has no hedge."""
    hedge = trailing if before is Hedge.EXACT else before
    if (side.numeral.vague and hedge is Hedge.ABOUT) or (joined is not None and joined.move):
        return Hedge.EXACT
    return hedge


_BEING, _PERSONS = ("was", "is", "am", "turned", "turns"), ("he", "she", "i")  # "she was 43"
_NO_AGE = ("for", "of", "under", "over", "in", "-", "to")
_ENDS_OF_LIFE = frozenset("died dies dead death retired retires retirement married".split())
_BOUNDS_OF_AGE = frozenset("over under above below".split())
_AGED = frozenset("those people anyone adults children patients women men persons everyone".split())  # "those over 65"


def _is_age(tokens: Sequence[Token], side: Side, last: Side) -> bool:
    """Whether a bare number is an age: "aged 43", "Jane Roe, 43, was", "those over 65"."""
    if not 1 < side.numeral.low < _OLDEST:
        return False
    before = low_at(tokens, side.begin - 1)
    first = _past_numbers(tokens, side.begin)
    if low_at(tokens, first - 1) in ("aged", "age", "ages"):
        return first == side.begin or low_at(tokens, last.after) in _LIST_GOES_ON
    at = hedge_before(tokens, side.begin)[1] - 1
    if low_at(tokens, at) in _BEING and low_at(tokens, at - 1) in _PERSONS:
        return low_at(tokens, last.after) not in _NO_AGE and counted_after(tokens, last.after) is None
    if before == "at" and low_at(tokens, side.begin - 2) in _ENDS_OF_LIFE:
        return counted_after(tokens, last.after, partitive=True) is None
    if before in _BOUNDS_OF_AGE and low_at(tokens, side.begin - 2) in _AGED:
        return counted_after(tokens, last.after) is None
    if before != "," or low_at(tokens, last.after) not in (",", ".") or tokens[side.numeral.first].grouped:
        return False
    at = _past_parentheses(tokens, side.begin - 2)
    return at >= 0 and tokens[at].capital


_LIST_GOES_ON = ("", ",", ".", ";", ")", "and", "or")
_MOST_LISTED = 24  # tokens of a list of ages, or in parentheses


def _past_numbers(tokens: Sequence[Token], at: int) -> int:
    """Where the list of bare numbers begins that ends before `at`: of "aged 43, 51 and 60" before any of the three."""
    least = at - _MOST_LISTED
    while at > least:
        joint = at
        while joint > 0 and tokens[joint - 1].low in (",", "and", "or"):
            joint -= 1
        if joint in (0, at) or tokens[joint - 1].kind != "number":
            return at
        at = joint - 1
    return at


def _past_parentheses(tokens: Sequence[Token], at: int) -> int:
    """The token before the parentheses that end at `at`; `at` where none do."""
    if at < 0 or tokens[at].text != ")":
        return at
    return next((k - 1 for k in range(at, max(at - _MOST_LISTED, -1), -1) if tokens[k].text == "("), at)


def _is_score(tokens: Sequence[Token], side: Side) -> bool:
    """ "2-2", "won 3-1": two numbers on a tight dash that make no rising range."""
    at = side.after
    if side.unit is not None or side.numeral.words or low_at(tokens, at) not in ("-", "–"):
        return False
    return touches(tokens, at) and touches(tokens, at + 1) and tokens[at + 1].kind == "number"


def _score(tokens: Sequence[Token], side: Side, text: str) -> tuple[Figure | None, int]:
    """A result as a range of its two sides; a tie ("2-2") has no range and is left out."""
    other = read_numeral(tokens, side.after + 1)
    if other is None or other.low >= side.numeral.low or side.numeral.low > _HIGHEST_SCORE:
        return None, side.after + 2
    start, end = tokens[side.begin].start, tokens[other.after - 1].end
    low, high = other.low, side.numeral.low
    return Figure(start, end, text[start:end], None, low, high, Hedge.EXACT, Role.SCORE), other.after


def _one(tokens: Sequence[Token], side: Side, text: str) -> Figure | None:
    """ "one solution", "one of the dead": a count kept out of pairing; the pronoun ("this one", "one must") is none."""
    first = side.numeral.first
    if low_at(tokens, first - 1) in _BEFORE_PRONOUN or low_at(tokens, first + 1) in _AFTER_PRONOUN:
        return None
    role, counted = side.role, None
    if side.unit is None:
        phrase = counted_after(tokens, first + 1, partitive=True)
        if phrase is None:
            return None
        role, counted = Role.BARE, surface(tokens, *phrase)
    start, end = tokens[first].start, tokens[side.after - 1].end
    one = Decimal(1)
    return Figure(start, end, text[start:end], one, one, one, Hedge.EXACT, role, unit=side.unit, counted=counted)


def _multiple(tokens: Sequence[Token], at: int, text: str) -> Figure:
    """ "doubled", "halved", "sixfold": a multiple of what was before."""
    value, change = MULTIPLES[tokens[at].low]
    hedge, begin = hedge_before(tokens, at)
    low, high = bounds(value, value, hedge)
    start, end = tokens[begin].start, tokens[at].end
    counted = read_multiplied(tokens, begin, at + 1)
    return Figure(start, end, text[start:end], value, low, high, hedge, Role.MULTIPLE, change=change, counted=counted)
