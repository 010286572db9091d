"""Words of a sentence and the noun phrases that name a speaker, found leftwards and rightwards of a verb of saying."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from contradict.speakers.words import (
    AGENTS,
    CONJUNCTIONS,
    DETERMINERS,
    LINKS,
    NUMBERS,
    PAPERS,
    PREPOSITIONS,
    PRONOUNS,
    SELVES,
    VERBS,
)

MOST_TOKENS = 16
"""The longest name of a speaker, in words; what is longer is cut where it is."""
MOST_BRACKETED = 12

# A plain word, as most are, comes first: the branch of all words would read it alike, and it is its own small letters.
# The space before a token is taken with it, lest every branch be tried there.
_TOKEN = re.compile(
    r"\s*+(?:([a-z]++(?![\w.'’&/-]))|((?:[A-Za-z]\.){2,6}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Prof|St|Jr|Sr|Rev|Adm|Capt|Maj|[A-Z])\.(?=\s)"
    r"|\w+(?:[.'’&/-]\w+)*(?:(?<=s)['’](?=\s))?|['’]s\b|[^\w\s])|\Z)"
)
_CAPITAL = re.compile(r"['’]?[^\W\d_a-z]|(?:al|bin|de|von|van|el)-[A-Z]|[a-z]{1,2}[A-Z]")
_NAME_PARTS = frozenset("al bin ibn de del della da dos von van der den la le el y di".split())


_NAMES_IN_CAPITALS = frozenset(("WHO", "US", "U.S.", "IT"))
"""Abbreviations whose small letters are function words; they keep their capitals so as not to be taken for these."""


class Token(NamedTuple):
    """A word or a mark with its offsets; `low` is the word in lower case without a possessive ending."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        return _CAPITAL.match(self.text) is not None

    @property
    def owns(self) -> bool:
        return self.text.endswith(("'s", "’s", "s'", "s’"))


class Phrase(NamedTuple):
    """A noun phrase as a range of tokens, `last` included."""

    first: int
    last: int


def tokenise(text: str) -> list[Token]:
    """Words, abbreviations with their stop, and single marks, in order."""
    tokens = []
    for match in _TOKEN.finditer(text):
        branch = match.lastindex
        if branch is None:  # the end of the text
            break
        word = match[branch]
        tokens.append(Token(word, word if branch == 1 else _low(word), *match.span(branch)))
    return tokens


def _low(word: str) -> str:
    if word in _NAMES_IN_CAPITALS:
        return word
    low = word.lower()
    return low[:-2] if low.endswith(("'s", "’s")) else low.rstrip("'’.") if len(low) > 1 else low


def is_function(token: Token) -> bool:
    """Whether the word can be no part of a name, however it is written."""
    low = token.low.partition("'")[0].partition("’")[0] or token.low
    return low in CONJUNCTIONS or low in VERBS or low in SELVES or low in PRONOUNS or low in NUMBERS


def names_someone(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the phrase has a name in it, or a noun whose bearer can speak."""
    words = tokens[phrase.first : phrase.last + 1]
    return any((t.capital and t.low not in DETERMINERS) or t.low in AGENTS or t.low in PAPERS for t in words)


def phrase_before(tokens: Sequence[Token], last: int) -> Phrase | None:
    """The noun phrase that ends with the token at `last`, or None where that token ends none."""
    if last > 1 and tokens[last].text == ")":
        opening = next((k for k in range(last - 1, max(-1, last - MOST_BRACKETED), -1) if tokens[k].text == "("), 0)
        return phrase_before(tokens, opening - 1)
    if last < 0 or not tokens[last].is_word or is_function(tokens[last]) or tokens[last].low in PREPOSITIONS:
        return None
    if tokens[last].low in DETERMINERS or tokens[last].text[0].isdigit():
        return None
    first, joint = last, None
    while first > 0 and last - first < MOST_TOKENS:
        left = tokens[first - 1]
        if left.low in DETERMINERS:
            first -= 1
            if not _linked(tokens, first):
                break
        elif left.low in ("and", "&") and _joins(tokens, first - 1):
            joint = first
            first -= 2
        elif left.low in LINKS and _linked(tokens, first):
            first -= 2
        elif left.low == "people" and tokens[first].low in _INFORMED:
            first -= 1
        elif not left.is_word or is_function(left) or left.low in PREPOSITIONS or left.text[0].isdigit():
            break
        elif left.capital or left.owns or left.low in _NAME_PARTS or _modifies(tokens, first - 1):
            first -= 1
        else:
            break
    if joint is not None and not _opens_clause(tokens, first):
        first = joint
    return Phrase(first, last)


_INFORMED = frozenset("familiar briefed charge close knowledge involved".split())
"""Words that join an unnamed source to what it knows: "people familiar with the talks"."""


def _linked(tokens: Sequence[Token], first: int) -> bool:
    """Whether the phrase from `first` hangs on a noun before a preposition: "the head | of the agency"."""
    if first < 2 or tokens[first - 1].low not in LINKS:
        return False
    link, noun = tokens[first - 1], tokens[first - 2]
    if not noun.is_word or is_function(noun):
        return False
    if noun.low in AGENTS or noun.low in PAPERS or noun.low in _INFORMED:
        return True
    return noun.capital and noun.low not in DATES and link.low in ("of", "for", "from", "at", "in")


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" joins two names or two groups that speak together."""
    if at < 1 or at + 1 >= len(tokens):
        return False
    left, right = tokens[at - 1], tokens[at + 1]
    if not left.is_word or is_function(left):
        return False
    return (left.capital and right.capital) or (left.low in AGENTS and right.low in AGENTS)


_ADJECTIVE = re.compile(r"\w+(?:al|ic|ish|ese|ian|ary|ous|ive|ed|ior|ent|ant|-based|-led|-backed|-run)\Z")
_MODIFIERS = frozenset(
    "health police military government top other senior local aid rescue hospital intelligence defence defense "
    "foreign security state federal city county medical company army relief human rights law enforcement white house "
    "justice trade labor labour energy oil climate weather un us party opposition campaign prime vice deputy press "
    "chief unnamed separate key leading some emergency disaster traffic fire bank border prison school district "
    "election news family longtime veteran former industry finance treasury interior transport airport navy union "
    "church village town".split()
)


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word in lower case belongs to the name after it: a modifier, or one inside a phrase with an article."""
    word = tokens[at]
    if word.low in AGENTS or word.low in PAPERS or word.low in _MODIFIERS or _ADJECTIVE.match(word.low):
        return True
    for back in range(at - 1, max(-1, at - 4), -1):
        left = tokens[back]
        if left.low in DETERMINERS:
            return back == 0 or tokens[back - 1].low not in PREPOSITIONS or _linked(tokens, back)
        if not left.is_word or is_function(left) or left.low in PREPOSITIONS:
            return False
    return False


def _opens_clause(tokens: Sequence[Token], first: int) -> bool:
    return first == 0 or not tokens[first - 1].is_word or tokens[first - 1].low in CONJUNCTIONS


def phrase_after(tokens: Sequence[Token], first: int, *, apposition: bool = True) -> Phrase | None:
    """The noun phrase that begins at `first`; with `apposition`, the one set off by a comma behind it too."""
    if first >= len(tokens) or not tokens[first].is_word or is_function(tokens[first]):
        return None
    if tokens[first].low in PREPOSITIONS or tokens[first].text[0].isdigit():
        return None
    at, last = first, first - 1
    while at < len(tokens) and at - first < MOST_TOKENS:
        word = tokens[at]
        if word.low in LINKS:
            if last < first or not _takes_link(tokens, at, last):
                break
            at += 1
        elif word.low in ("and", "&"):
            if last < first or not _joins(tokens, at) or _clause_follows(tokens, at + 1):
                break
            at += 1
        elif not word.is_word or is_function(word) or word.low in PREPOSITIONS or word.text[0].isdigit():
            break
        elif word.low in DETERMINERS and at > first and tokens[at - 1].low not in LINKS:
            break
        elif at > first and (_is_date(tokens, at) if word.capital else _ends_name(tokens, first, at)):
            break
        else:
            last = at
            at += 1
    if last < first or tokens[last].low in DETERMINERS:
        return None
    phrase = Phrase(first, last)
    return _with_apposition(tokens, phrase) if apposition else phrase


def _takes_link(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether the preposition goes on with the name: "officials in Kabul" does, "officials on Friday" does not."""
    if at + 1 >= len(tokens) or not tokens[at + 1].is_word:
        return False
    after = tokens[at + 1]
    if after.low in DATES or after.text[0].isdigit() or is_function(after):
        return False
    head = tokens[last]
    if tokens[at].low == "of" and head.capital and head.low not in AGENTS and head.low not in _PARTS_OF_NAMES:
        return after.capital and not after.owns
    if tokens[at].low == "of":
        return after.capital or after.low in DETERMINERS or after.low in AGENTS or head.low in AGENTS
    if head.low in AGENTS or head.low in PAPERS:
        return after.capital or after.low in DETERMINERS or after.low in AGENTS
    return tokens[at].low in ("for", "from", "at") and head.capital and (after.capital or after.low == "the")


_PARTS_OF_NAMES = frozenset(
    "republic kingdom church city state states isle duke bishop secretary speaker chamber academy league order "
    "college museum library school faculty sons daughters friends bureau institutes centers centres voice".split()
)
DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday early late recent advance response addition general".split()
)


def _clause_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb stands within a few words, so that what "and" brings is a clause of its own."""
    return any(token.low in VERBS for token in tokens[at : at + 5])


def _is_date(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is a month with its day, or a weekday, after the name."""
    return tokens[at].low in DATES and (at + 1 == len(tokens) or not tokens[at + 1].capital)


def _ends_name(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether a word in lower case after a name is no part of it ("Smith outside court"), as "ministry" would be."""
    word = tokens[at].low
    if word in _NAME_PARTS or word in AGENTS or word in PAPERS or word in _MODIFIERS:
        return False
    previous = tokens[at - 1]
    if previous.low in AGENTS and not previous.owns:
        return True
    if previous.low in DETERMINERS or previous.owns or not previous.capital:
        return word.endswith("ed") and not (previous.low in DETERMINERS or previous.owns)
    return not any(t.low in AGENTS or t.low in PAPERS for t in tokens[at + 1 : at + 3])


def _with_apposition(tokens: Sequence[Token], phrase: Phrase) -> Phrase:
    comma = phrase.last + 1
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return phrase
    opening = tokens[comma + 1]
    head_speaks = tokens[phrase.last].low in AGENTS
    named = opening.capital and opening.low not in DETERMINERS and opening.low not in CONJUNCTIONS
    if not (opening.low in ("a", "an", "the", "its", "his", "her") or opening.low in AGENTS or (named and head_speaks)):
        return phrase
    inner = phrase_after(tokens, comma + 1, apposition=False)
    if inner is None or (inner.last + 1 < len(tokens) and tokens[inner.last + 1].is_word):
        return phrase
    words = tokens[inner.first : inner.last + 1]
    if not (named and head_speaks) and not any(token.low in AGENTS for token in words):
        return phrase
    return Phrase(phrase.first, inner.last)
