"""What a figure counts or measures: the noun after it, else the verb or noun before it."""

from __future__ import annotations

from collections.abc import Sequence

from contradict.figures.hedges import hedge_before
from contradict.figures.phrases import EVENT_PARTICIPLES, counted_after
from contradict.figures.tokens import HYPHENS, Token, low_at, touches
from contradict.places import is_place

_EVENT_WORDS = EVENT_PARTICIPLES | frozenset(
    "killing injuring wounding leaving affecting infecting arresting claiming claimed kills killed died".split()
)
_TOTALS = frozenset("number total toll tally count figure estimate sum cost price level rate".split())
_LINKING = frozenset(
    """a an the of to at by in on for is are was were be been being has have had will would could may might rose risen
    rises rising fell fallen falls reached reaching climbed stands stood stand hit hits up down from as than that it
    its with about put puts still now currently so far already passed topped jumped grew increased dropped remains
    totalled totaled this only just worth set and or not also further another more some including into over under
    around almost nearly between among least most high low many much total""".split()
)
_OWNING = ("has", "have", "had")  # right before the number: whose it is, the words before tell, and not of what
_BREAKS = (",", ";", ":", "(", ")")
_AUXILIARIES = frozenset(
    """is are was were be been being has have had still also more others remain remained reported believed
    feared""".split()
)
_MOST_AUXILIARIES = 4
_MOST_LINKING = 7
_MOST_TO_TOTAL = 9
_MOST_NOUNS = 3


def read_counted(tokens: Sequence[Token], begin: int, last: int, after: int, *, partitive: bool) -> str | None:
    """What the number at tokens[begin:last] is of, from the noun after it or else the words before it.

    `after` is the token after its hedge and its rate; `partitive` lets the noun follow "of" ("dozens of the men").
    """
    at = max(_past_strong(tokens, last), after)
    phrase = counted_after(tokens, at, partitive=partitive)
    if phrase is not None:
        return surface(tokens, *phrase)
    return _befell(tokens, at) or _counted_before(tokens, begin)


def _befell(tokens: Sequence[Token], at: int) -> str | None:
    """ "12 were wounded", "another 12 are still missing": the participle that says what happened to those counted."""
    first = at
    while at < len(tokens) and at - first < _MOST_AUXILIARIES and tokens[at].low in _AUXILIARIES:
        at += 1
    return tokens[at].text if first < at < len(tokens) and tokens[at].low in EVENT_PARTICIPLES else None


def counted_until(tokens: Sequence[Token], last: int, after: int, *, partitive: bool) -> int:
    """The token after what `read_counted` reads behind the number, `after` where nothing is."""
    phrase = _phrase(tokens, last, after, partitive=partitive)
    return phrase[1] if phrase is not None else after


def _phrase(tokens: Sequence[Token], last: int, after: int, *, partitive: bool) -> tuple[int, int] | None:
    return counted_after(tokens, max(_past_strong(tokens, last), after), partitive=partitive)


def _past_strong(tokens: Sequence[Token], at: int) -> int:
    """Past the hyphen of "40-member crew" and the whole of "40-strong crew"."""
    if not touches(tokens, at) or tokens[at].text not in HYPHENS:
        return at
    return at + 2 if low_at(tokens, at + 1) == "strong" else at + 1


def _counted_before(tokens: Sequence[Token], begin: int) -> str | None:
    """ "killed 26", "the death toll rose to 150", "cases at 40": what the words before token `begin` tell."""
    _, hedged = hedge_before(tokens, begin)
    first = hedged - 1
    if low_at(tokens, first) in _OWNING:
        return None
    for at in range(first, max(first - _MOST_LINKING, -1), -1):
        token = tokens[at]
        if token.low in _EVENT_WORDS:
            return token.text
        if token.text in _BREAKS and at < first:
            return None
        if token.kind == "word" and token.low not in _LINKING and not (token.capital and is_place(token.text)):
            return _total_of(tokens, at) or _noun_ending(tokens, at)
    return None


def _total_of(tokens: Sequence[Token], at: int) -> str | None:
    """ "the number of people killed could be as high as 150": the noun of which a number, total or tally is told."""
    for back in range(at, max(at - _MOST_TO_TOTAL, -1), -1):
        if tokens[back].low in _TOTALS and low_at(tokens, back + 1) == "of":
            phrase = counted_after(tokens, back + 1, partitive=True)
            return surface(tokens, *phrase) if phrase else None
        if tokens[back].kind == "number" or tokens[back].text in _BREAKS:
            return None
    return None


def _noun_ending(tokens: Sequence[Token], at: int) -> str:
    """The noun at `at` with up to two words before it."""
    first = at
    while first > max(at - _MOST_NOUNS + 1, 0):
        before = tokens[first - 1]
        if before.kind != "word" or before.low in _LINKING:
            break
        first -= 1
    return surface(tokens, first, at + 1)


def surface(tokens: Sequence[Token], first: int, after: int) -> str:
    """The words of tokens[first:after] as written, single-spaced."""
    spaced = (
        token.text if touches(tokens, at) else f" {token.text}" for at, token in enumerate(tokens[first:after], first)
    )
    return "".join(spaced).lstrip()
