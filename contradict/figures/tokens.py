"""Cuts a sentence into words, numbers and marks with their offsets: the one view of the text that all readers share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

HYPHENS = ("-", "‑")
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
# Spaces that part the thousands of one number and never two words: no-break, thin and narrow no-break.
_THIN = "\u00a0\u2009\u202f"


class Token(NamedTuple):
    """A word, a number in digits, or a mark. `low` is the text in lower case with plain apostrophes."""

    text: str
    low: str
    start: int
    end: int
    kind: str  # "number", "word" or "mark"

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def grouped(self) -> bool:
        """Whether this is a number with its thousands parted: an amount, no label."""
        return self.kind == "number" and any(mark in self.text for mark in ("," + _THIN))


# "$", "£" and their like are marks, with the letters that name the country before them ("US$", "HK $").
MONEY = r"""
    (?:\b(?:US|HK|NZ|AU|CA|SG|NT|R|A|C|S)\s?)?\$(?:US|AU|NZ|CA)?(?=\s?-?\s?[\d.])
      | [£€¥₹₽₩₪$\u20a6] | \bUS\s(?=\$) | \bRs\.?(?=\s?\d)
      | \b(?:RM|PS|USD|EUR|GBP|JPY|AUD|CAD|INR|CHF|CNY|RMB|SGD|HKD|NZD|ZAR|BRL|MXN|KRW|RUB|TRY|SEK|NOK|DKK|PLN|ILS)
        (?=\s?\d)
      | \bY=(?=\d) | \#(?=\s?\d)
"""
# A word may hold digits ("H1N1") and inner apostrophes, dots between single letters ("U.S.") stay.
WORD = r"(?:[A-Za-z]\.){2,} | [^\W\d_](?:[\w]|['’](?=\w))*"
# A number in digits swallows its separators but not a sentence's full stop; letters that follow it directly ("500mg",
# "4.2bn") are a word of their own.
# A plain word, as most are, comes first: the branch of all words would read it alike, and the others need no trial. The
# space before a token is taken with it, lest every branch be tried there.
_TOKEN = re.compile(
    rf"""
    \s*+ (?:
    (?P<plain> [a-z]++ (?![\w'’.]) )
  | (?P<number> \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)? (?!\d)
        | [1-9]\d{{0,2}}(?:[{_THIN}]\d{{3}})+(?:\.\d+)? (?!\d)
        | [{VULGAR}] | \d+(?:\.\d+)? | (?<![\w.])\.\d+ )
  | (?P<money> (?=[A-Z$£€¥₹₽₩₪\u20a6\#]) (?: {MONEY} ) )
  | (?P<word> {WORD} )
  | (?P<mark> \.\.\. | [^\w\s] | _ )
  | \Z )
    """,
    re.VERBOSE,
)
_KINDS = {"plain": "word", "money": "mark"}  # the branches of the pattern that are not named as their kind


@lru_cache(maxsize=4)  # the readers of one sentence follow one another
def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order; white space is dropped and everything else is kept."""
    tokens = []
    for match in _TOKEN.finditer(text):
        branch = match.lastgroup
        if branch is None:  # the end of the text
            break
        surface = match[branch]
        low = surface if branch == "plain" else surface.lower().replace("’", "'")
        tokens.append(Token(surface, low, *match.span(branch), _KINDS.get(branch, branch)))
    return tuple(tokens)


def low_at(tokens: Sequence[Token], at: int) -> str:
    """The lower-case text of token `at`, empty outside the sentence."""
    return tokens[at].low if 0 <= at < len(tokens) else ""


def touches(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` follows the one before it without a space."""
    return 0 < at < len(tokens) and tokens[at].start == tokens[at - 1].end


def past_hyphen(tokens: Sequence[Token], at: int) -> int:
    """Past a hyphen at `at` that ties a word to the token before it ("40-foot"); `at` where there is none."""
    tied = touches(tokens, at) and tokens[at].text in HYPHENS and at + 1 < len(tokens) and tokens[at + 1].kind == "word"
    return at + 1 if tied else at
