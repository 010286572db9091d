"""Numbers as news writes them, in digits and in words, read from tokens: "1.2 million", "twenty-five", "half a million"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from contradict.figures.tokens import Token

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: Decimal(value) for value, word in enumerate(_ONES)}
SMALL |= {word: Decimal(value) for word, value in zip(_TENS, range(20, 100, 10), strict=True)}
SMALL["fourty"] = Decimal(40)

MAGNITUDES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
}
# Letters written directly after a number. "m" alone is a million in money and a metre elsewhere: `unit_letters`
# decides.
SUFFIXES = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mil": Decimal(10**6),
    "mln": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "t": Decimal(10**12),
}
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "hundredth": 100, "halves": 2, "thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6,
    "sevenths": 7, "eighths": 8, "ninths": 9, "tenths": 10, "hundredths": 100, "thousandths": 1000,
}  # fmt: skip
# Vague counts as intervals: the least that the plural allows (ACLED codebook, "Fatalities": dozens 12, hundreds 100) up
# to
# the next power that the writer would have named instead.
VAGUE = {
    "dozens": (Decimal(12), Decimal(100)),
    "scores": (Decimal(20), Decimal(100)),
    "hundreds": (Decimal(100), Decimal(1000)),
    "thousands": (Decimal(1000), Decimal(10_000)),
    "millions": (Decimal(10**6), Decimal(10**7)),
    "billions": (Decimal(10**9), Decimal(10**10)),
    "trillions": (Decimal(10**12), Decimal(10**13)),
}
_VAGUE_LEADS = {"tens": (10, 100), "dozens": (12, 100), "scores": (20, 100), "hundreds": (100, 1000)}
_FEW = {"several": (3, 9), "few": (3, 9)}
_LAST = Decimal(1)


class Numeral(NamedTuple):
    """A number at tokens[first:after]; `low` and `high` differ for a vague count; `scale` is the magnitude it was written with."""

    first: int
    after: int
    low: Decimal
    high: Decimal
    words: bool
    share: bool = False
    vague: bool = False
    scale: Decimal = Decimal(1)


def read_numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The number that begins at token `i`, or None. Reads the longest that makes one number."""
    token = tokens[i]
    if token.kind == "number":
        return _digits(tokens, i)
    if token.kind != "word":
        return None
    word = token.low
    if word in ("half", "quarter") or (
        word in ("a", "an") and _low(tokens, i + 1) in ("third", "quarter", "fifth", "tenth", "half")
    ):
        return _fraction_of(tokens, i)
    if word in VAGUE or word in ("tens",):
        return _vague(tokens, i)
    if word in ("several", "few", "couple") or (word == "a" and _low(tokens, i + 1) in ("few", "couple")):
        return _several(tokens, i)
    if word in SMALL or (word in ("a", "an") and _low(tokens, i + 1) in (*MAGNITUDES, "dozen")) or word == "dozen":
        return _words(tokens, i)
    return None


def _low(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _touching(tokens: Sequence[Token], i: int) -> bool:
    """Whether token `i` follows the one before it without a space."""
    return 0 < i < len(tokens) and tokens[i].start == tokens[i - 1].end


def _magnitude(tokens: Sequence[Token], i: int) -> tuple[Decimal, int]:
    """The product of the magnitude words from token `i` on ("hundred thousand", "-million"), and the token after them."""
    product, after = _LAST, i
    while True:
        at = after + 1 if _low(tokens, after) == "-" and _low(tokens, after + 1) in MAGNITUDES else after
        if _low(tokens, at) not in MAGNITUDES:
            return product, after
        product *= MAGNITUDES[_low(tokens, at)]
        after = at + 1


def _digits(tokens: Sequence[Token], i: int) -> Numeral | None:
    token = tokens[i]
    value = Decimal(token.text.replace(",", ""))
    after = i + 1
    if _low(tokens, after) in ("/", "⁄") and after + 1 < len(tokens) and tokens[after + 1].kind == "number":
        return _slashed(tokens, i, value)
    if after + 1 < len(tokens) and tokens[after].kind == "number" and _low(tokens, after + 1) in ("/", "⁄"):
        part = _slashed(tokens, after, Decimal(tokens[after].text.replace(",", "")))
        if part is not None and part.low < 1:
            return Numeral(i, part.after, value + part.low, value + part.low, False)
    if after < len(tokens) and _touching(tokens, after) and tokens[after].low in SUFFIXES and tokens[after].text != "t":
        value *= SUFFIXES[tokens[after].low]
        after += 1
    elif (
        tokens
        and after < len(tokens)
        and tokens[after].text in ("bn", "mn", "mln", "bln", "tn", "B", "M", "m", "b")
        and _standalone(tokens, i)
    ):
        value *= SUFFIXES[tokens[after].low]
        after += 1
    if _low(tokens, after) in ("in", "out") and (ratio := _one_in(tokens, i, after, value)) is not None:
        return ratio
    if _low(tokens, after) in ("×", "x") and _low(tokens, after + 1) == "10":
        return _scientific(tokens, i, after + 2, value)
    product, after = _magnitude(tokens, after)
    scale = value * product / Decimal(token.text.replace(",", "")) if value else _LAST
    return Numeral(i, after, value * product, value * product, False, scale=scale)


def _scientific(tokens: Sequence[Token], i: int, at: int, value: Decimal) -> Numeral | None:
    """ "1.99×10−30", "3 x 10^8"."""
    negative = False
    while at < len(tokens) and tokens[at].text in ("^", "-", "−", "–"):
        negative = negative or tokens[at].text != "^"
        at += 1
    if at >= len(tokens) or tokens[at].kind != "number" or not tokens[at].text.isdigit() or len(tokens[at].text) > 2:
        return None
    power = Decimal(tokens[at].text)
    value = value.scaleb(int(-power if negative else power))
    return Numeral(i, at + 1, value, value, False)


def _standalone(tokens: Sequence[Token], i: int) -> bool:
    """Whether a spaced letter after the number at `i` may be a magnitude: "B" always, "m" and "b" only in money."""
    follower = tokens[i + 1].text
    if follower in ("bn", "mn", "mln", "bln", "tn"):
        return True
    money = i > 0 and tokens[i - 1].kind == "mark" and any(sign in tokens[i - 1].text for sign in "$£€¥#")
    return money or (
        follower == "B" and i + 2 < len(tokens) and tokens[i + 2].kind == "word" and tokens[i + 2].text.islower()
    )


def _slashed(tokens: Sequence[Token], i: int, above: Decimal) -> Numeral | None:
    below = Decimal(tokens[i + 2].text.replace(",", ""))
    if not (0 < above < below <= 1000) or _low(tokens, i + 3) in ("/", "⁄") or below != below.to_integral_value():
        return None
    value = _ratio(above, below)
    return Numeral(i, i + 3, value, value, False, share=True)


def _ratio(above: Decimal, below: Decimal) -> Decimal:
    """A fraction to the sixteen digits that a double carries."""
    return Decimal(repr(float(above / below)))


def _words(tokens: Sequence[Token], i: int) -> Numeral | None:
    """Number words by the usual grammar: (ones | tens-ones) magnitude ("and")? ..., and "two-thirds", "one in five"."""
    total, group, after, seen = Decimal(0), Decimal(0), i, False
    last_scale: Decimal | None = None
    at = i
    while at < len(tokens):
        word = tokens[at].low
        if word in ("a", "an") and not seen and _low(tokens, at + 1) in (*MAGNITUDES, "dozen"):
            group, at, seen = Decimal(1), at + 1, True
            continue
        if word in SMALL:
            value = SMALL[word]
            if group and not _joins(group, value):
                break
            group, seen = group + value, True
        elif word == "dozen":
            group = (group or _LAST) * 12
            seen = True
        elif word == "hundred" and seen:
            group = (group or _LAST) * 100
        elif word in MAGNITUDES and seen:
            scale = MAGNITUDES[word]
            if last_scale is not None and scale >= last_scale:
                total, group = (total + group) * scale, Decimal(0)
            else:
                total, group = total + (group or _LAST) * scale, Decimal(0)
            last_scale = scale
        elif (
            word == "-"
            and seen
            and at + 1 < len(tokens)
            and (tokens[at + 1].low in SMALL or tokens[at + 1].low in MAGNITUDES)
        ):
            if tokens[at + 1].low in SMALL and (not group or not _joins(group, SMALL[tokens[at + 1].low])):
                break
            at += 1
            continue
        elif word == "and" and seen and (last_scale is not None or group >= 100) and _low(tokens, at + 1) in SMALL:
            if group and not _joins(group, SMALL[_low(tokens, at + 1)]):
                break
            at += 1
            continue
        elif (
            word == "and"
            and seen
            and _low(tokens, at + 1) in ("a", "one")
            and _low(tokens, at + 2) in ("half", "quarter")
        ):
            group += _LAST / PARTS[_low(tokens, at + 2)]
            at += 2
        else:
            break
        at += 1
        after = at
    if not seen:
        return None
    value = total + group
    share = _share(tokens, i, after, value) or _one_in(tokens, i, after, value)
    if share is not None:
        return share
    return Numeral(
        i, after, value, value, True, scale=last_scale or (Decimal(100) if value % 100 == 0 and value else _LAST)
    )


def _joins(group: Decimal, value: Decimal) -> bool:
    """Whether `value` continues a group of words: ones after tens ("twenty five"), anything after hundreds."""
    if group % 100 == 0:
        return True
    return group % 10 == 0 and group % 100 >= 20 and 0 < value < 10


def _share(tokens: Sequence[Token], i: int, after: int, value: Decimal) -> Numeral | None:
    """ "two-thirds", "one fifth", "three quarters": a whole number of parts."""
    at = after + 1 if _low(tokens, after) == "-" else after
    part = PARTS.get(_low(tokens, at))
    if part is None or part == 2 or value >= part or value != value.to_integral_value():
        return None
    if value != 1 and not _low(tokens, at).endswith("s"):
        return None
    ratio = _ratio(value, Decimal(part))
    return Numeral(i, at + 1, ratio, ratio, True, share=True)


def _one_in(tokens: Sequence[Token], i: int, after: int, value: Decimal) -> Numeral | None:
    """ "one in five", "three out of four", "1 in 10": a share of a round or small whole, no place or period ("two in 3 days")."""
    at = (
        after + 1
        if _low(tokens, after) == "in"
        else after + 2
        if _low(tokens, after) == "out" and _low(tokens, after + 1) == "of"
        else after
    )
    if at == after or at >= len(tokens) or value > 9 or value != value.to_integral_value():
        return None
    whole = (
        SMALL.get(tokens[at].low)
        if tokens[at].kind == "word"
        else Decimal(tokens[at].text.replace(",", ""))
        if tokens[at].kind == "number"
        else None
    )
    follower = tokens[at + 1] if at + 1 < len(tokens) else None
    if (
        whole is None
        or not value < whole <= 1000
        or whole == 0
        or (
            follower is not None
            and follower.low.rstrip("s") in ("day", "hour", "week", "month", "year", "minute", "game", "state")
        )
    ):
        return None
    if (
        follower is not None
        and follower.text in ("-", "%")
        or (at + 1 < len(tokens) and _low(tokens, at + 1) in MAGNITUDES)
    ):
        return None
    return Numeral(i, at + 1, _ratio(value, whole), _ratio(value, whole), True, share=True)


def _fraction_of(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "half a million", "a quarter of a million", "half of", "a third of the"; a bare "third" or "quarter" is none."""
    at = i + 1 if tokens[i].low in ("a", "an") else i
    part = PARTS[tokens[at].low]
    after = at + 1
    then = after + 1 if _low(tokens, after) == "of" else after
    if _low(tokens, then) in ("a", "an") and _low(tokens, then + 1) in (*MAGNITUDES, "dozen"):
        scale = MAGNITUDES.get(_low(tokens, then + 1), Decimal(12))
        return Numeral(i, then + 2, scale / part, scale / part, True)
    follower = _low(tokens, after)
    if part == 2 and follower in ("of", "the", "its", "their", "those", "these", "his", "all", "our"):
        if follower != "of" and _low(tokens, after + 1) in ("time", "way"):
            return None
        return Numeral(i, after, _ratio(_LAST, Decimal(part)), _ratio(_LAST, Decimal(part)), True, share=True)
    if part != 2 and tokens[i].low in ("a", "an") and follower == "of":
        return Numeral(i, after, _ratio(_LAST, Decimal(part)), _ratio(_LAST, Decimal(part)), True, share=True)
    return None


def _vague(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "dozens", "tens of thousands", "hundreds of millions"; a "hundreds" that is somebody's ("the hundreds who") counts too."""
    word = tokens[i].low
    if _low(tokens, i + 1) == "of" and _low(tokens, i + 2) in VAGUE and word in _VAGUE_LEADS:
        base = VAGUE[_low(tokens, i + 2)][0]
        low, high = _VAGUE_LEADS[word]
        return Numeral(i, i + 3, low * base, high * base, True, vague=True)
    if word in VAGUE and word != "scores":
        low_value, high_value = VAGUE[word]
        return Numeral(i, i + 1, low_value, high_value, True, vague=True)
    if word == "scores" and _low(tokens, i + 1) == "of":
        return Numeral(i, i + 1, *VAGUE["scores"], True, vague=True)
    return None


def _several(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "several hundred", "a few thousand", "a couple of hundred"; alone they are no number."""
    at = i + 1 if tokens[i].low == "a" else i
    word = tokens[at].low
    then = at + 1
    if word == "couple":
        if _low(tokens, then) != "of":
            return None
        then += 1
    scale = MAGNITUDES.get(_low(tokens, then))
    if scale is None and _low(tokens, then) == "dozen":
        scale = Decimal(12)
    if scale is None:
        return None
    low, high = (2, 2) if word == "couple" else _FEW[word]
    return Numeral(i, then + 1, low * scale, high * scale, True, vague=word != "couple")
