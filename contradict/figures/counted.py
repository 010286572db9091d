"""What a figure counts or measures: the noun after it, else the verb or noun before it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from contradict.figures.hedges import hedge_before
from contradict.figures.moves import MOVED, MOVES
from contradict.figures.phrases import EVENT_PARTICIPLES, counted_after, is_adverb, place_ending
from contradict.figures.tokens import HYPHENS, Token, low_at, touches
from contradict.figures.units import UNITS

_EVENT_WORDS = EVENT_PARTICIPLES | frozenset(
    "killing injuring wounding leaving affecting infecting arresting claiming claimed kills killed died".split()
)
_TOTALS = frozenset("number total toll tally count figure estimate sum cost price level rate".split())
_TOLLS = ("toll", "tolls", "tally")
_OF_TOLLS = ("from", "in", "after", "since", "across", "nationwide", "worldwide")
_LINKING = frozenset(
    """a an the of to at by in on for is are was were be been being has have had will would could may might rose risen
    rises rising fell fallen falls reached reaching climbed stands stood stand hit hits up down from as its with about
    put puts still now currently so far already passed crossed topped spiked jumped grew increased dropped remains
    totalled totaled this only just worth set not also further another more some including into over under around
    almost nearly between among least most high low many much total off those till can could did do does should must
    soon maybe perhaps again ever even too quite like record""".split()
)
# Words that are no noun and that no noun before them reaches across: what stands there is of another clause.
_PARTING = frozenset(
    """they he she we you i it who which what when where while if and or but plus versus compared then than because
    though although yes no that how why extra tune
    said says say saying told tells announced announces""".split()
)
# When and where, which only the subject of "the number of cases stood last night at" reaches across.
_ASIDE = frozenset("there here last past next".split())
# A second verb of the same subject: "the toll has risen again and stands at".
_PREDICATES = frozenset("is are was were has have stands stood now reached reaches hit hits remains".split())
_OWNING = ("has", "have", "had")  # right before the number: whose it is, the words before tell, and not of what
_PASSED = frozenset("topped exceeded surpassed".split())  # "has topped": no owner, the subject's growth
_INSETS = frozenset("meanwhile however though also too therefore then".split())  # ", meanwhile,"
_AMOUNTS = frozenset(
    "thousand million billion trillion m bn k percent points more than nearly almost about some".split()
)
_MOST_GROWTH = 6  # tokens of "by more than $5 million"
_NO_GOODS = frozenset("trading trade total part fact return exchange addition advance turn".split())
_BREAKS = (",", ";", ":", "(", ")")
_AUXILIARIES = frozenset(
    """is are was were be been being has have had to still also more others remain remained reported believed thought
    estimated known said feared""".split()
)
_MOST_AUXILIARIES = 6
_MOST_BRACKETED = 6  # tokens of a conversion: "(about 61 million pounds)"
_OF_A_CLOCK = frozenset("a.m. p.m. am pm et est edt pt gmt utc bst cet".split())
_MOST_LINKING = 7
_MOST_TO_TOTAL = 9
_MOST_NOUNS = 3


def read_counted(
    tokens: Sequence[Token],
    begin: int,
    last: int,
    after: int,
    *,
    partitive: bool,
    leads: Set[str] = frozenset(),
    money: bool = False,
) -> str | None:
    """What the number at tokens[begin:last] is of, from the noun after it or else the words before it.

    `after` is the token after its hedge and its rate; `partitive` lets the noun follow "of" ("dozens of the men"),
    `leads` are words that may stand between ("half | the town", "240m | long jetty"), `money` tells that an "in" may
    ("$5m in damages").
    """
    at = max(_past_strong(tokens, last), after)
    if money:
        at = _past_conversion(tokens, at)
    while low_at(tokens, at) in leads:
        at += 1
    phrase = counted_after(tokens, at, partitive=partitive)
    if phrase is None and money and low_at(tokens, at) == "in":
        phrase = _spent_on(tokens, at + 1)
    if phrase is not None:
        return surface(tokens, *phrase)
    return _befell(tokens, at) or _counted_before(tokens, begin)


def _past_conversion(tokens: Sequence[Token], at: int) -> int:
    """Past the same amount in another currency: "$90m | (£61m) | in aid"."""
    if low_at(tokens, at) != "(":
        return at
    inside = tokens[at + 1 : at + 1 + _MOST_BRACKETED]
    end = next((k for k, token in enumerate(inside) if token.text == ")"), None)
    return at if end is None or not any(token.kind == "number" for token in inside[:end]) else at + 2 + end


def _spent_on(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """ "$5m in damages", "$900 in cash": what an amount of money is made of, no time and no place."""
    if at >= len(tokens) or tokens[at].capital:
        return None
    phrase = counted_after(tokens, at)
    return None if phrase is None or tokens[phrase[1] - 1].low in _NO_GOODS else phrase


OF_WHOLE = frozenset("the a an its their his her our my your this these those all as many much more".split())
OF_LENGTH = frozenset("long wide deep high tall thick".split())


def read_spanned(tokens: Sequence[Token], begin: int, last: int, after: int) -> str | None:
    """What a span of time at tokens[begin:last] is of: "30 years of drought", "two-hour delay", "jailed for 20 years".

    One that only says when or how long something went on ("three weeks later", "for six hours") is of nothing.
    """
    at = max(_past_strong(tokens, last), after)
    single = last - begin == 2 and not tokens[last - 1].low.endswith("s") and tokens[begin].low not in ("1", "one", "a")
    tied = single or (last > 1 and tokens[last - 2].text in HYPHENS) or (low_at(tokens, at) in _OWNED)
    if tied or low_at(tokens, at) == "of":
        phrase = counted_after(tokens, at, partitive=True)
        return surface(tokens, *phrase) if phrase else None
    _, hedged = hedge_before(tokens, begin)
    if _is_said_of(tokens, hedged, at):
        return _counted_before(tokens, begin)
    return _superlative(tokens, hedged - 1) if low_at(tokens, hedged - 1) in ("in", "for") else None


_SUPERLATIVES = frozenset("worst best first".split())
_NO_SUPERLATIVES = frozenset(
    """west midwest northwest southwest test contest protest forest interest request arrest rest guest quest harvest
    invest suggest chest nest vest pest latest manifest honest modest digest breast priest budapest bucharest""".split()
)
_OWNED = ("'", "’")  # "20 years' exile"
_SAID_OF = frozenset("of is was were are be been to at by reached reaches exceeds exceeded averaged averages".split())
_ADVERBIAL_ENDS = frozenset("ago later earlier after before late early since from hence away long longer now".split())
_TERMS = frozenset("jailed imprisoned sentenced banned suspended barred delayed postponed extended".split())


def _is_said_of(tokens: Sequence[Token], begin: int, after: int) -> bool:
    """Whether the span at tokens[begin:after] measures what stands before it: "a wait of", "was", "jailed for"."""
    if low_at(tokens, after) in _ADVERBIAL_ENDS:
        return False
    return low_at(tokens, begin - 1) in _SAID_OF or low_at(tokens, begin - 2) in _TERMS


def _superlative(tokens: Sequence[Token], lead: int) -> str | None:
    """ "the driest spring in 20 years": what had not been for so long, from the superlative before `lead`."""
    for at in range(lead - 1, max(lead - _MOST_TO_TOTAL, -1), -1):
        token = tokens[at]
        if token.kind == "number" or token.text in _BREAKS:
            return None
        if token.low in _SUPERLATIVES or (token.low.endswith("est") and token.low not in _NO_SUPERLATIVES):
            phrase = counted_after(tokens, at)
            owned = at - 1 if low_at(tokens, at - 1).endswith("'s") else at  # "Togo's worst"
            return surface(tokens, owned, phrase[1] if phrase else at + 1)
    return None


def read_multiplied(tokens: Sequence[Token], begin: int, after: int) -> str | None:
    """What "doubled" multiplies: its object ("doubled the price"), else its subject ("the price has doubled")."""
    if low_at(tokens, after) in OF_WHOLE:
        phrase = counted_after(tokens, after + 1)
        if phrase is not None:
            return surface(tokens, *phrase)
    while low_at(tokens, begin - 1) in _AUXILIARIES:
        begin -= 1
    return _counted_before(tokens, begin)


def _befell(tokens: Sequence[Token], at: int) -> str | None:
    """ "12 were wounded", "another 12 are still missing": the participle that says what happened to those counted."""
    first = at
    while at < len(tokens) and at - first < _MOST_AUXILIARIES and tokens[at].low in _AUXILIARIES:
        at += 1
    return tokens[at].text if first < at < len(tokens) and tokens[at].low in _EVENT_WORDS else None


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
    if hedged == begin and low_at(tokens, first - 1) in ("a", "an") and not _links(tokens, first):
        first -= 2  # "a stunning 40"
    if low_at(tokens, first) in _OWNING and not (hedged < begin and tokens[hedged].low in _PASSED):
        return None
    at = first
    while at > max(first - _MOST_LINKING, -1):
        token = tokens[at]
        if token.low in _EVENT_WORDS:
            return token.text
        if token.low == "to" and (grown := _before_growth(tokens, at)) is not None:
            at = grown
            continue
        if token.text == "," and low_at(tokens, at - 1) in _INSETS and low_at(tokens, at - 2) == ",":
            at -= 3
            continue
        if token.low in _ASIDE or token.low in UNITS:
            return _total_of(tokens, at)
        if token.kind == "number" or token.low in _OF_A_CLOCK or (token.text in _BREAKS and at < first):
            return None
        if _parts(token) and not (token.low == "and" and low_at(tokens, at + 1) in _PREDICATES):
            return None
        if token.kind == "word" and not _links(tokens, at) and token.low != "and":
            return _total_of(tokens, at) or _noun_ending(tokens, at)
        at -= max(place_ending(tokens, at), 1)
    return None


def _before_growth(tokens: Sequence[Token], at: int) -> int | None:
    """From the "to" of "sales rose by $5 million to" the token before the growth; None where none is told."""
    first = at - 1
    while first >= 0 and at - first <= _MOST_GROWTH and _in_amount(tokens[first]):
        first -= 1
    grown = any(token.kind == "number" for token in tokens[first + 1 : at])
    return first if grown and (low_at(tokens, first) == "by" or low_at(tokens, first) in MOVES) else None


def _in_amount(token: Token) -> bool:
    """Whether a token may stand in "more than $5 million"."""
    return token.low in _AMOUNTS if token.kind == "word" else token.text not in (*_BREAKS, ".")


def _links(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word before a number is none that could be counted: a function word, a move, an adverb, a place."""
    token = tokens[at]
    return token.low in _LINKING or token.low in MOVED or is_adverb(token) or place_ending(tokens, at) > 0


def _parts(token: Token) -> bool:
    """Whether a word parts the number from what stands before it: "they", "it's", "and"."""
    return token.low.partition("'")[0] in _PARTING


def _total_of(tokens: Sequence[Token], at: int) -> str | None:
    """ "the number of people killed could be as high as 150": the noun of which a number, total or tally is told; of
    "the death toll from the earthquake" the toll itself.
    """
    for back in range(at, max(at - _MOST_TO_TOTAL, -1), -1):
        if tokens[back].low in _TOTALS and low_at(tokens, back + 1) == "of":
            phrase = counted_after(tokens, back + 1, partitive=True)
            return surface(tokens, *phrase) if phrase else None
        if tokens[back].low in _TOLLS and low_at(tokens, back + 1) in _OF_TOLLS:
            return _noun_ending(tokens, back)
        if tokens[back].kind == "number" or tokens[back].text in _BREAKS:
            return None
    return None


def _noun_ending(tokens: Sequence[Token], at: int) -> str:
    """The noun at `at` with up to two words before it."""
    first = at
    while first > max(at - _MOST_NOUNS + 1, 0):
        before = tokens[first - 1]
        if (
            before.kind != "word"
            or before.low in _LINKING
            or before.low in _ASIDE
            or before.low in MOVED
            or _parts(before)
            or is_adverb(before)
        ):
            break
        first -= 1
    return surface(tokens, first, at + 1)


def surface(tokens: Sequence[Token], first: int, after: int) -> str:
    """The words of tokens[first:after] as written, single-spaced."""
    spaced = (
        token.text if touches(tokens, at) else f" {token.text}" for at, token in enumerate(tokens[first:after], first)
    )
    return "".join(spaced).lstrip()
