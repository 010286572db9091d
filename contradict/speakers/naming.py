"""From a noun phrase to the speaker it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contradict.speakers.names import is_outlet, refers_to
from contradict.speakers.phrases import DATES, Phrase, Token, phrase_after
from contradict.speakers.words import AGENTS, DETERMINERS, PAPER_QUALIFIERS, PAPERS, PRONOUNS
from contradict.types import Speaker


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker with the directions in which the attribution reaches: what stands `before` it, what comes `after`."""

    speaker: Speaker
    before: bool
    after: bool
    cites: bool = False


def text_of(text: str, tokens: Sequence[Token], phrase: Phrase) -> str:
    """The words of a phrase without article, owner's ending and line breaks."""
    first = phrase.first
    while first < phrase.last and tokens[first].low in ("the", "a", "an", "its", "his", "her", "their", "both"):
        first += 1
    name = re.sub(r"\s+", " ", text[tokens[first].start : tokens[phrase.last].end])
    return re.sub(r"(?:['’]s|(?<=s)['’])\Z", "", name)


_SUBJECT_FORM = {"him": "he", "her": "she", "them": "they"}


def speaker_of(
    text: str, tokens: Sequence[Token], phrase: Phrase, previous: Speaker | None, *, pronoun: bool = False
) -> Speaker | None:
    """The speaker that a phrase names: a paper gives way to its owner, a general name to the previous speaker."""
    phrase = _without_paper(tokens, phrase)
    name = text_of(text, tokens, phrase)
    start, end = tokens[phrase.first].start, tokens[phrase.last].end
    kind = PRONOUNS.get(_SUBJECT_FORM.get(name.lower(), name.lower())) if pronoun else None
    definite = tokens[phrase.first].low in ("the", "its", "his", "her")
    if previous is not None and refers_to(name, previous.name, pronoun=kind, definite=definite):
        return Speaker(previous.name, start, end, via=previous.via if pronoun else None)
    if pronoun or not re.search(r"\w", name):
        return None
    return Speaker(name, start, end)


def _without_paper(tokens: Sequence[Token], phrase: Phrase) -> Phrase:
    """ "Moscow's estimates" are Moscow's, "a report by the WHO" the WHO's; "court documents" stay what they are."""
    papers = (k for k in range(phrase.first, phrase.last) if tokens[k].low in PAPERS and not tokens[k].capital)
    paper = next(papers, phrase.last)
    behind = owner_behind(tokens, paper + 1) if not has_owner(tokens, phrase.first, paper) else None
    if behind is not None and behind <= phrase.last:
        return Phrase(behind, phrase.last)
    last = phrase.last
    while last > phrase.first and tokens[last].low in PAPERS and not tokens[last].capital:
        last -= 1
    while phrase.first < last < phrase.last and tokens[last].low in PAPER_QUALIFIERS and not tokens[last].capital:
        last -= 1
    owner_at = next((k for k in range(last, phrase.first, -1) if tokens[k - 1].owns), None)
    owned = tokens[owner_at : last + 1] if owner_at is not None and last == phrase.last else []
    if owner_at is not None and owned and not any(token.capital or token.low in AGENTS for token in owned):
        last = owner_at - 1
    shorter = Phrase(phrase.first, last)
    words = tokens[phrase.first : last + 1]
    proper = any(token.capital and token.low not in DETERMINERS for token in words)
    speaks = tokens[last].low in AGENTS and tokens[last].low not in PAPER_QUALIFIERS
    return shorter if proper or speaks else phrase


def has_owner(tokens: Sequence[Token], first: int, paper: int) -> bool:
    """Whether a name stands before the paper and owns it: "WHO data", and not "a January report"."""
    words = tokens[first:paper]
    return any(token.capital and token.low not in DETERMINERS and token.low not in DATES for token in words)


def owner_behind(tokens: Sequence[Token], at: int) -> int | None:
    """Where the owner begins after a paper: "released on Friday by |", "from |", "of calls by |", "in |" an outlet."""
    for index in range(at, min(len(tokens) - 1, at + MOST_BEFORE_OWNER)):
        word, owner = tokens[index].low, tokens[index + 1]
        if not tokens[index].is_word:
            return None
        if owner.capital or owner.low in DETERMINERS or owner.low in AGENTS:
            if word in ("by", "from"):
                return index + 1
            if index == at and word in ("of", "in", "for") and _can_own(tokens, index + 1):
                return index + 1
    return None


MOST_BEFORE_OWNER = 8
"""How many words may stand between a paper and its owner: "a review of campaign finance data by the agency"."""


def _can_own(tokens: Sequence[Token], first: int) -> bool:
    """Whether the phrase after "of" or "in" can have made the paper: "a study in the Lancet", "figures of the bank"."""
    phrase = phrase_after(tokens, first, apposition=False)
    if phrase is None:
        return False
    words = tokens[phrase.first : phrase.last + 1]
    speaks = any(token.low in AGENTS and token.low not in PAPER_QUALIFIERS for token in words)
    return speaks or is_outlet(" ".join(token.text for token in words))
