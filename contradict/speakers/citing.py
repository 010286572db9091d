"""Attributions without a verb of saying: "according to X", "citing X", "confirmed by X", "by X's count"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contradict.speakers.names import is_body, is_outlet, owner_of_outlet
from contradict.speakers.naming import Attribution, has_owner, owner_behind, speaker_of, text_of
from contradict.speakers.phrases import Phrase, Token, is_function, names_someone, phrase_after
from contradict.speakers.subjects import TIME_WORDS, subject_of
from contradict.speakers.words import (
    AGENTS,
    DENYING,
    PAPERS,
    PLAIN_PAST,
    PREPOSITIONS,
    REPORTING,
    SAYING,
)
from contradict.types import Speaker


def according_to(
    text: str, tokens: Sequence[Token], first: int, source: int, previous: Speaker | None
) -> Iterator[Attribution]:
    """ "According to X", "as per X's estimates", "according to a report by X"."""
    phrase = _source(tokens, source, apposition=first > 1 and not tokens[first - 1].is_word)
    if phrase is None and source < len(tokens) and tokens[source].low in ("him", "her", "them", "people"):
        phrase = Phrase(source, source)
    elif phrase is not None and not names_someone(tokens, phrase):
        return
    if phrase is None:
        return
    pronoun = tokens[phrase.first].low in ("him", "her", "them")
    speaker = speaker_of(text, tokens, phrase, previous, pronoun=pronoun)
    if speaker is None:
        return
    left = tokens[first - 1] if first else None
    opens = left is None or left.text in ";:—–" or left.low in ("but", "and", "while", "that", "yet")
    following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    goes_on = following is not None and following.text in ",—–" and not _reported_next(tokens, phrase.last + 2)
    speaker = replace(speaker, start=tokens[first].start, end=tokens[phrase.last].end)
    yield Attribution(speaker, before=not opens, after=opens or goes_on)


def _reported_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether another attribution closes the sentence: "according to the mayor, Reuters reported."."""
    return any(token.low in SAYING or token.low in REPORTING for token in tokens[at : at + 5])


def _source(tokens: Sequence[Token], first: int, *, apposition: bool) -> Phrase | None:
    """The name behind a paper: in "new figures released by the ministry" it is the ministry, else the paper itself."""
    for at in range(first, min(len(tokens), first + MOST_BEFORE_PAPER)):
        if tokens[at].low in PREPOSITIONS or is_function(tokens[at]) or tokens[at].text in ',.;:"“”':
            break
        if tokens[at].low in PAPERS and not tokens[at].capital:
            behind = owner_behind(tokens, at + 1) if not has_owner(tokens, first, at) else None
            if behind is not None:
                return phrase_after(tokens, behind, apposition=apposition)
    return phrase_after(tokens, first, apposition=apposition)


MOST_BEFORE_PAPER = 8
"""How many words may stand before "report" or "figures" in the name of a source."""


def citing(text: str, tokens: Sequence[Token], index: int) -> Iterator[Attribution]:
    """ "Z said, citing W": W states it, and Z passes it on."""
    phrase = _source(tokens, index + 1, apposition=False)
    speaker = speaker_of(text, tokens, phrase, None) if phrase is not None and names_someone(tokens, phrase) else None
    if phrase is not None and speaker is not None:
        speaker = replace(speaker, start=tokens[index].start, end=tokens[phrase.last].end)
        yield Attribution(speaker, before=True, after=True, cites=True)


def quoted_as_saying(text: str, tokens: Sequence[Token], index: int, previous: Speaker | None) -> Iterator[Attribution]:
    """ "Y quoted X as saying", "X was quoted by Y as saying"."""
    passive = tokens[index + 1].low in ("as", "by", "in")
    before = subject_of(tokens, index - 1 if passive else index) if index else None
    after = phrase_after(tokens, index + (2 if passive else 1), apposition=False)
    source, carrier = (before and before.phrase, after) if passive else (after, before and before.phrase)
    speaker = speaker_of(text, tokens, source, previous) if source is not None else None
    if source is None or speaker is None:
        return
    via = text_of(text, tokens, carrier) if carrier is not None and tokens[index + 1].low != "as" else None
    first, saying = min(source.first, index), _saying_after(tokens, index)
    yield Attribution(
        replace(speaker, start=tokens[first].start, end=tokens[saying].end, via=via), before=False, after=True
    )


def _saying_after(tokens: Sequence[Token], index: int) -> int:
    return next((k for k in range(index + 1, min(len(tokens), index + 14)) if tokens[k].low == "saying"), index)


def as_saying(tokens: Sequence[Token], index: int) -> bool:
    """Whether "as saying" follows: it makes "quoted" and "reported" hand on somebody's words."""
    return tokens[_saying_after(tokens, index) - 1].low == "as"


def count_of(text: str, tokens: Sequence[Token], index: int) -> Iterator[Attribution]:
    """ "By the ministry's count", "on WHO figures": a paper with its owner right after the preposition."""
    end = next((k for k in range(index + 1, min(len(tokens), index + 8)) if tokens[k].low in PAPERS), None)
    if end is None or end == index + 1 or tokens[index - 1].low in PLAIN_PAST:
        return
    owner = next((k for k in range(index + 1, end) if tokens[k].owns), None)
    counted = tokens[end].low in COUNTS
    if owner is None or not counted or tokens[index].low == "from":
        return
    phrase = Phrase(index + 1, owner)
    speaker = speaker_of(text, tokens, phrase, None) if names_someone(tokens, phrase) else None
    if speaker is not None:
        yield Attribution(replace(speaker, start=tokens[index].start, end=tokens[end].end), before=True, after=True)


COUNTS = frozenset("count tally estimate estimates reckoning account calculation calculations".split())


def _next_words(tokens: Sequence[Token], first: int) -> str:
    phrase = phrase_after(tokens, first, apposition=False)
    return " ".join(token.text for token in tokens[phrase.first : phrase.last + 1]) if phrase is not None else ""


def stated_by(text: str, tokens: Sequence[Token], index: int) -> Iterator[Attribution]:
    """ "300 cases confirmed by the ministry", "confirmed on Friday by the ministry"."""
    link = _agent_link(tokens, index)
    phrase = phrase_after(tokens, link + 1, apposition=False) if link is not None else None
    if phrase is None or not names_someone(tokens, phrase):
        return
    speaker = speaker_of(text, tokens, phrase, None)
    if speaker is not None:
        start, end = tokens[index].start, tokens[phrase.last].end
        denies = tokens[index].low in DENYING
        yield Attribution(replace(speaker, start=start, end=end, denies=denies), before=True, after=False)


def is_passive(tokens: Sequence[Token], index: int) -> bool:
    """Whether the participle is followed by the one who did it."""
    return _agent_link(tokens, index) is not None


def _agent_link(tokens: Sequence[Token], index: int) -> int | None:
    """Where "by" follows a participle, times passed over; "in" where an outlet follows it."""
    for at in range(index + 1, min(len(tokens) - 1, index + 5)):
        word = tokens[at].low
        if word == "by":
            return at
        if word == "in" and at == index + 1 and is_outlet(_next_words(tokens, at + 1)):
            return at
        if word not in TIME_WORDS and word not in ("on", "in") and not tokens[at].text[0].isdigit():
            return None
    return None


_LABEL = re.compile(r"\s*([A-Z][A-Z.’'-]+(?:\s[A-Z][A-Z.’'-]+){0,4})(?:,[^:]{0,60})?(?:\s\([^)]{1,40}\))?:\s")

MAX_HEADLINE = 200
"""Characters; the speaker at the end of a longer line is none of a headline."""
_TAIL = re.compile(r"[:–—-]\s((?:[\w.’'-]++\s?){1,6})\Z")


def labels(text: str, tokens: Sequence[Token], *, taken: bool) -> list[Attribution]:
    """The speaker of a transcript ("OBAMA: ...") and of a headline ("Toll reaches 300: officials")."""
    label = _LABEL.match(text)
    if label is not None and len(label[1]) > 2:
        return [Attribution(Speaker(label[1], label.start(1), label.end(1)), before=False, after=True)]
    tail = _TAIL.search(text) if not taken and len(text) < MAX_HEADLINE else None
    if tail is None or (tail[0][0] == "-" and text[tail.start() - 1 : tail.start()].isalnum()):
        return []
    inside = [k for k, token in enumerate(tokens) if token.start >= tail.start(1)]
    phrase = phrase_after(tokens, inside[0], apposition=False) if inside else None
    if phrase is None or phrase.last != len(tokens) - 1 or not _heads_a_tail(text, tokens, phrase):
        return []
    return [Attribution(Speaker(text_of(text, tokens, phrase), tail.start(1), tail.end(1)), before=True, after=False)]


def may_be_labelled(text: str) -> bool:
    """Whether `labels` can find a speaker in a text, told without its tokens."""
    return _LABEL.match(text) is not None or (len(text) < MAX_HEADLINE and _TAIL.search(text) is not None)


def _heads_a_tail(text: str, tokens: Sequence[Token], phrase: Phrase) -> bool:
    return tokens[phrase.last].low in AGENTS or is_body(text_of(text, tokens, phrase))


_CARRIER = re.compile(
    r"\b(?:quoted|cited|carried)\s(?:by|in|on)\s"
    r"|\b(?:interview|statement|e-?mail|remarks|comments?)\s(?:\w+\s)?(?:with|to|by|on|in)\s"
    r"|\b(?:speaking|talking|writing|spoke)\s(?:to|on|in|with)\s",
    re.IGNORECASE,
)


def carrier(text: str, tokens: Sequence[Token]) -> str | None:
    """The outlet to which the words were given: "in an interview with the Financial Times"."""
    match = _CARRIER.search(text)
    if match is None:
        return None
    first = next((k for k, token in enumerate(tokens) if token.start >= match.end()), None)
    phrase = phrase_after(tokens, first, apposition=False) if first is not None else None
    return owner_of_outlet(text_of(text, tokens, phrase)) if phrase is not None else None
