"""Numbers as news writes them, in digits and words, from tokens: "1.2 million", "twenty-five", "half a million"."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from contradict.figures.tokens import VULGAR, Token, low_at, touches

_ZERO, _ONE, _DOZEN, _HUNDRED = Decimal(0), Decimal(1), Decimal(12), Decimal(100)
_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: Decimal(value) for value, word in enumerate(_ONES)}
_SMALL |= {word: Decimal(value) for word, value in zip(_TENS, range(20, 100, 10), strict=True)}
_SMALL["fourty"] = Decimal(40)

MAGNITUDES = {
    "hundred": _HUNDRED,
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
}
_MULTIPLIERS = MAGNITUDES | {"dozen": _DOZEN}
# Letters written directly after a number, and those of them that may stand apart. "m" alone is a million in money and
# a metre elsewhere: `_stands_apart` decides.
_SUFFIXES = {
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
_APART = ("bn", "mn", "mln", "bln", "tn")
_APART_IN_MONEY = ("B", "M", "m", "b")
_MONEY_SIGNS = "$£€¥#"
_EXTENTS = frozenset(
    """long deep wide high tall thick away apart race final sprint dash hurdles freestyle breaststroke backstroke
    butterfly relay heat heats""".split()
)
_PART_WORDS = {
    2: "half halves",
    3: "third thirds",
    4: "quarter quarters fourth fourths",
    5: "fifth fifths",
    6: "sixth sixths",
    7: "seventh sevenths",
    8: "eighth eighths",
    9: "ninth ninths",
    10: "tenth tenths",
    100: "hundredth hundredths",
    1000: "thousandths",
}
_PARTS = {word: Decimal(part) for part, words in _PART_WORDS.items() for word in words.split()}
_PARTS_AFTER_A = ("third", "quarter", "fifth", "tenth", "half")
# Words after "half" that make it a share of something ("half of", "half the"), not half an hour.
_HALF_OF = ("of", "the", "its", "their", "those", "these", "his", "all", "our")
# Vague counts as intervals: the least that the plural allows (ACLED codebook, "Fatalities": dozens 12, hundreds 100) up
# to the next power that the writer would have named instead.
_VAGUE = {
    "dozens": (_DOZEN, _HUNDRED),
    "scores": (Decimal(20), _HUNDRED),
    "hundreds": (_HUNDRED, Decimal(1000)),
    "thousands": (Decimal(1000), Decimal(10_000)),
    "millions": (Decimal(10**6), Decimal(10**7)),
    "billions": (Decimal(10**9), Decimal(10**10)),
    "trillions": (Decimal(10**12), Decimal(10**13)),
}
_VAGUE_LEADS = {"tens": (Decimal(10), _HUNDRED)} | {word: _VAGUE[word] for word in ("dozens", "scores", "hundreds")}
_SEVERAL = {"several": (3, 9), "few": (3, 9), "couple": (2, 2)}
OPENING = _SMALL.keys() | _VAGUE.keys() | _SEVERAL.keys() | {"half", "quarter", "tens", "dozen", "a", "an"}
"""The words that a number can begin with."""

NAMING = (OPENING - {"a", "an"}) | _MULTIPLIERS.keys() | set(_PARTS_AFTER_A)
"""The words of which a text without digits has one if it has a number: "a" and "an" begin one only before these."""

_LARGEST = Decimal(10**18)  # beyond it no news counts: "trillion trillion trillion" is no number
_MOST_DIGITS = 1000  # beyond it a number is no number but a blot, and arithmetic may overflow
_LARGEST_WHOLE = 1000  # of a fraction; beyond it "3/4000" is a code
# "two in 3 days", "one in four states": a count within something, and no share.
_NO_WHOLES = frozenset("day hour week month year minute game state".split())


class Numeral(NamedTuple):
    """A number at tokens[first:after]; `low` and `high` differ for a vague count.

    `scale` is the magnitude that it was written with, 1 where there is none.
    """

    first: int
    after: int
    low: Decimal
    high: Decimal
    words: bool
    share: bool = False
    vague: bool = False
    scale: Decimal = _ONE


def read_numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The number that begins at token `i`, or None. Reads the longest that makes one number."""
    token = tokens[i]
    if token.kind == "number":
        return _digits(tokens, i) if len(token.text) <= _MOST_DIGITS else None
    if token.kind != "word":
        return None
    word = token.low
    article, then = word in ("a", "an"), low_at(tokens, i + 1)
    if word in ("half", "quarter") or (article and then in _PARTS_AFTER_A):
        return _fraction_of(tokens, i)
    if word in _VAGUE or word == "tens":
        return _vague(tokens, i)
    if word in _SEVERAL or (word == "a" and then in ("few", "couple")):
        return _several(tokens, i)
    if word in _SMALL or word == "dozen" or (article and then in _MULTIPLIERS):
        return _words(tokens, i)
    return None


def _exact(
    first: int, after: int, value: Decimal, *, words: bool, share: bool = False, scale: Decimal = _ONE
) -> Numeral:
    return Numeral(first, after, value, value, words, share=share, scale=scale)


def _value(token: Token) -> Decimal:
    if token.text in VULGAR:
        return Decimal(repr(unicodedata.numeric(token.text)))
    return Decimal("".join(token.text.replace(",", "").split()))


def _ratio(above: Decimal, below: Decimal) -> Decimal:
    """A fraction to the sixteen digits that a double carries."""
    return Decimal(repr(float(above / below)))


# In digits


def _digits(tokens: Sequence[Token], i: int) -> Numeral | None:
    value = _value(tokens[i])
    if _is_slashed(tokens, i):
        return _slashed(tokens, i, value)
    if i + 1 < len(tokens) and tokens[i + 1].kind == "number" and _is_slashed(tokens, i + 1):
        part = _slashed(tokens, i + 1, _value(tokens[i + 1]))
        if part is not None:
            return _exact(i, part.after, value + part.low, words=False)
    last = i
    if tokens[i].text in VULGAR:
        return _exact(i, i + 1, value, words=False, share=True)
    if i + 1 < len(tokens) and tokens[i + 1].text in VULGAR:
        last, value = i + 1, value + _value(tokens[i + 1])
    suffix = _suffix(tokens, last)
    scale, after = (_ONE, last + 1) if suffix is None else (suffix, last + 2)
    if (ratio := _one_in(tokens, i, after, value * scale)) is not None:
        return ratio
    if low_at(tokens, after) in ("×", "x") and low_at(tokens, after + 1) == "10":
        return _scientific(tokens, i, after + 2, value * scale)
    product, after = _magnitude(tokens, after)
    scale *= product
    return _exact(i, after, value * scale, words=False, scale=scale if value else _ONE)


def _suffix(tokens: Sequence[Token], i: int) -> Decimal | None:
    """What the letters after the digits at `i` multiply them by ("4bn", "$5 m"); None where they do not."""
    if i + 1 >= len(tokens):
        return None
    letters = tokens[i + 1]
    onto = touches(tokens, i + 1) and letters.text != "t" and not _is_in_metres(tokens, i)
    return _SUFFIXES.get(letters.low) if onto or _stands_apart(tokens, i + 1) else None


def _is_in_metres(tokens: Sequence[Token], i: int) -> bool:
    """Whether the "m" after the number at `i` is a metre: "a 240m long jetty", "the 100m final"; not in money."""
    if tokens[i + 1].text != "m" or low_at(tokens, i + 2) not in _EXTENTS:
        return False
    return i == 0 or tokens[i - 1].kind != "mark" or not any(sign in tokens[i - 1].text for sign in _MONEY_SIGNS)


def _stands_apart(tokens: Sequence[Token], at: int) -> bool:
    """Whether letters apart from their number are a magnitude: "bn" always, "m" in money, "B" before a common noun."""
    letters = tokens[at].text
    if letters in _APART:
        return True
    if letters not in _APART_IN_MONEY:
        return False
    if at > 1 and tokens[at - 2].kind == "mark" and any(sign in tokens[at - 2].text for sign in _MONEY_SIGNS):
        return True
    return letters == "B" and at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].text.islower()


def _magnitude(tokens: Sequence[Token], i: int) -> tuple[Decimal, int]:
    """The product of the magnitude words from token `i` on ("hundred thousand", "-million"), and the token after."""
    product, after = _ONE, i
    while True:
        at = after + 1 if low_at(tokens, after) == "-" else after
        magnitude = MAGNITUDES.get(low_at(tokens, at))
        if magnitude is None or product * magnitude > _LARGEST:
            return product, after
        product, after = product * magnitude, at + 1


def _scientific(tokens: Sequence[Token], i: int, at: int, value: Decimal) -> Numeral | None:
    """ "1.99×10−30", "3 x 10^8", from the exponent at `at`."""
    negative = False
    while at < len(tokens) and tokens[at].text in ("^", "-", "−", "–"):
        negative = negative or tokens[at].text != "^"
        at += 1
    exponent = tokens[at] if at < len(tokens) else None
    if exponent is None or exponent.kind != "number" or not exponent.text.isdigit() or len(exponent.text) > 2:
        return None
    power = int(exponent.text)
    return _exact(i, at + 1, value.scaleb(-power if negative else power), words=False)


def _is_slashed(tokens: Sequence[Token], i: int) -> bool:
    return low_at(tokens, i + 1) in ("/", "⁄") and i + 2 < len(tokens) and tokens[i + 2].kind == "number"


def _slashed(tokens: Sequence[Token], i: int, above: Decimal) -> Numeral | None:
    below = _value(tokens[i + 2])
    if not 0 < above < below <= _LARGEST_WHOLE or below != below.to_integral_value():
        return None
    if low_at(tokens, i + 3) in ("/", "⁄"):
        return None
    return _exact(i, i + 3, _ratio(above, below), words=False, share=True)


# In words


@dataclass(slots=True)
class _Spelled:
    """The running value of number words: the group below a thousand, and the total of those with their magnitude."""

    total: Decimal = _ZERO
    group: Decimal = _ZERO
    scale: Decimal | None = None

    @property
    def value(self) -> Decimal:
        return self.total + self.group

    def fits(self, word: str) -> bool:
        """Whether the number goes on with `word`: ones after tens ("twenty five"), anything after hundreds."""
        if word in _MULTIPLIERS:
            return self._multiplied(_MULTIPLIERS[word]) <= _LARGEST
        if word not in _SMALL:
            return False
        if self.group % 100 == 0:
            return True
        return self.group % 10 == 0 and self.group % 100 >= 20 and 0 < _SMALL[word] < 10

    def add(self, word: str) -> None:
        if word in _SMALL:
            self.group += _SMALL[word]
        elif word in ("dozen", "hundred"):
            self.group = self._multiplied(_MULTIPLIERS[word])
        else:
            scale = MAGNITUDES[word]
            rest = _ZERO if self._multiplies_all(scale) else self.total
            self.total, self.group, self.scale = rest + self._multiplied(scale), _ZERO, scale

    def _multiplies_all(self, scale: Decimal) -> bool:
        """Whether a magnitude is as large as the last one, and so multiplies all before it ("two thousand million")."""
        return self.scale is not None and scale >= self.scale

    def _multiplied(self, scale: Decimal) -> Decimal:
        return (self.value if self._multiplies_all(scale) else self.group or _ONE) * scale


def _words(tokens: Sequence[Token], i: int) -> Numeral | None:
    """Number words by the usual grammar: (ones | tens-ones) magnitude ("and")? ..., and "two-thirds", "one in five"."""
    spelled, at = _Spelled(), i
    if tokens[i].low in ("a", "an"):
        spelled.group, at = _ONE, i + 1
    while taken := _take(spelled, tokens, at):
        at += taken
    value = spelled.value
    share = _share(tokens, i, at, value) or _one_in(tokens, i, at, value)
    if share is not None:
        return share
    hundreds = _HUNDRED if value and value % 100 == 0 else _ONE
    return _exact(i, at, value, words=True, scale=spelled.scale or hundreds)


def _take(spelled: _Spelled, tokens: Sequence[Token], at: int) -> int:
    """Adds what stands at token `at` to the number, and tells how many tokens that is; 0 where the number ends."""
    word, then = low_at(tokens, at), low_at(tokens, at + 1)
    if spelled.fits(word):
        spelled.add(word)
        return 1
    if _is_link(spelled, word, then):
        if not spelled.fits(then):
            return 0
        spelled.add(then)
        return 2
    tied = [token.low for token in tokens[at : at + 6] if token.text != "-"]
    if tied[:1] == ["and"] and tied[1:2] in (["a"], ["one"]) and tied[2:3] in (["half"], ["quarter"]):
        spelled.group += _ONE / _PARTS[tied[2]]
        return 6 if word == "-" else 3
    return 0


def _is_link(spelled: _Spelled, word: str, then: str) -> bool:
    """Whether `word` may tie the next one to the number: "twenty-five", "two-million", "hundred and six"."""
    if word == "-":
        return then in MAGNITUDES or (then in _SMALL and spelled.group != 0)
    return word == "and" and then in _SMALL and (spelled.scale is not None or spelled.group >= 100)


def _share(tokens: Sequence[Token], i: int, after: int, value: Decimal) -> Numeral | None:
    """ "two-thirds", "one fifth", "three quarters": a whole number of parts."""
    at = after + 1 if low_at(tokens, after) == "-" else after
    part = _PARTS.get(low_at(tokens, at))
    if part is None or part == 2 or value >= part or value != value.to_integral_value():
        return None
    if value != 1 and not low_at(tokens, at).endswith("s"):
        return None
    return _exact(i, at + 1, _ratio(value, part), words=True, share=True)


def _one_in(tokens: Sequence[Token], i: int, after: int, value: Decimal) -> Numeral | None:
    """ "one in five", "three out of four", "1 in 10": a share of a whole that is no period and no place."""
    if low_at(tokens, after) == "in":
        at = after + 1
    elif (low_at(tokens, after), low_at(tokens, after + 1)) == ("out", "of"):
        at = after + 2
    else:
        return None
    whole = _whole(tokens, at)
    if whole is None or value > 9 or value != value.to_integral_value() or not value < whole <= _LARGEST_WHOLE:
        return None
    follower = low_at(tokens, at + 1)
    if follower in ("-", "%") or follower in MAGNITUDES or follower.rstrip("s") in _NO_WHOLES:
        return None
    return _exact(i, at + 1, _ratio(value, whole), words=True, share=True)


def _whole(tokens: Sequence[Token], at: int) -> Decimal | None:
    if at < len(tokens) and tokens[at].kind == "number":
        return _value(tokens[at])
    return _SMALL.get(low_at(tokens, at))


def _fraction_of(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "half a million", "a quarter of a million", "half of", "a third of the"; a bare "third" or "quarter" is none."""
    article = tokens[i].low in ("a", "an")
    at = i + 1 if article else i
    part, after = _PARTS[tokens[at].low], at + 1
    follower = low_at(tokens, after)
    then = after + 1 if follower == "of" else after
    if low_at(tokens, then) in ("a", "an") and low_at(tokens, then + 1) in _MULTIPLIERS:
        return _exact(i, then + 2, _MULTIPLIERS[low_at(tokens, then + 1)] / part, words=True)
    if part == 2:
        halved = follower in _HALF_OF and (follower == "of" or low_at(tokens, after + 1) not in ("time", "way"))
    else:
        halved = article and follower == "of"
    return _exact(i, after, _ratio(_ONE, part), words=True, share=True) if halved else None


# Vague


def _vague(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "dozens", "tens of thousands", "hundreds of millions"; "tens" and "scores" only with "of"."""
    word, of = tokens[i].low, low_at(tokens, i + 1) == "of"
    multiplied = _VAGUE.get(low_at(tokens, i + 2))
    if of and multiplied is not None and word in _VAGUE_LEADS:
        low, high = _VAGUE_LEADS[word]
        return Numeral(i, i + 3, low * multiplied[0], high * multiplied[0], True, vague=True)
    if word == "tens" or (word == "scores" and not of):
        return None
    return Numeral(i, i + 1, *_VAGUE[word], True, vague=True)


def _several(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "several hundred", "a few thousand", "a couple of hundred"; alone they are no number."""
    at = i + 1 if tokens[i].low == "a" else i
    word, then = tokens[at].low, at + 1
    if word == "couple":
        if low_at(tokens, then) != "of":
            return None
        then += 1
    scale = _MULTIPLIERS.get(low_at(tokens, then))
    if scale is None:
        return None
    low, high = _SEVERAL[word]
    return Numeral(i, then + 1, low * scale, high * scale, True, vague=low < high)
