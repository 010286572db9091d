"""Finds who is said to state what in a sentence: every attribution, what it covers, and the one for a given span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from contradict.speakers.citing import (
    COUNTS,
    according_to,
    as_saying,
    carrier,
    citing,
    count_of,
    is_passive,
    labels,
    may_be_labelled,
    quoted_as_saying,
    stated_by,
)
from contradict.speakers.names import is_outlet
from contradict.speakers.naming import Attribution
from contradict.speakers.phrases import Token, tokenise
from contradict.speakers.saying import gerund, put_at, spoken
from contradict.speakers.words import DENYING, PLAIN_PAST, REPORTING, SAYING, SHOWING, WITH_CLAUSE
from contradict.types import Speaker

MOST_CHARACTERS = 8_000
"""Sentences are read this far; a longer one is no sentence, and its figures have no speaker there."""

_VERBS = SAYING | REPORTING | WITH_CLAUSE | SHOWING | DENYING

_GERUNDS = frozenset(
    "saying adding warning claiming insisting noting estimating confirming announcing reporting".split()
)

_OTHERS = frozenset("according citing quoting per quoted cited by put puts putting from on".split())
_TRIGGERS = _VERBS | PLAIN_PAST | _GERUNDS | _OTHERS
_TELLING = (_TRIGGERS - {"by", "from", "on"}) | COUNTS
"""What a text must have of for a trigger to lead to a speaker: "by" and "on" do before a count alone, "from" never."""

_WORDS = re.compile(r"[a-z]+")
_MARKS = re.compile(r":\s|\s[-–—]\s")


def read_speakers(text: str, *, previous: Speaker | None = None) -> tuple[Speaker, ...]:
    """Every speaker that a sentence names, in order, at the offsets of the words that attribute.

    `previous` is the speaker named last before the sentence; "he", "it", "the ministry" and a bare surname are read as
    that speaker where they can be, and a pronoun that cannot be is left out.
    """
    return tuple(attribution.speaker for attribution in find_attributions(text, previous=previous))


def read_speaker(
    text: str, *, start: int, end: int, previous: Speaker | None = None, following: Speaker | None = None
) -> Speaker | None:
    """Who is said to state `text[start:end]`, and through whom; None where the article says it in its own voice.

    The nearest attribution that reaches the span wins, one who is cited before all; where one of several is an outlet,
    it is the way by which the other's words came. `following` is the speaker of the sentence in which a quotation ends
    that this one leaves open; such a speaker, being named elsewhere, has an empty span.
    """
    reaching = []
    for attribution in find_attributions(text, previous=previous):
        distance = _reach(text, attribution, start, end)
        if distance is not None:
            reaching.append((not attribution.cites, distance, attribution.speaker.start, attribution.speaker))
    if not reaching:
        open_here = following is not None and _in_open_quote(text, start)
        return replace(following, start=0, end=0) if following is not None and open_here else None
    nearest, *others = [item[3] for item in sorted(reaching, key=lambda item: item[:3])]
    return _through(nearest, others)


@lru_cache(maxsize=16)
def find_attributions(text: str, *, previous: Speaker | None = None) -> tuple[Attribution, ...]:
    """The attributions of a sentence in order, a later one inside the words of an earlier one left out."""
    text = text[:MOST_CHARACTERS]
    words = _WORDS.findall(text.lower())
    marked = _MARKS.search(text) is not None or not _TRIGGERS.isdisjoint(words)
    if _TELLING.isdisjoint(words) and not (marked and may_be_labelled(text)):
        return ()
    tokens = tokenise(text)
    found: list[Attribution] = []
    for index, token in enumerate(tokens):
        if token.low not in _TRIGGERS:
            continue
        for attribution in _read_at(text, tokens, index, found, previous):
            if not found or attribution.speaker.start >= found[-1].speaker.end:
                found.append(attribution)
            previous = attribution.speaker
    found += labels(text, tokens, taken=bool(found))
    outlet = carrier(text, tokens) if found else None
    found = [_carried(attribution, outlet) for attribution in found]
    return tuple(_joined(sorted(found, key=lambda attribution: attribution.speaker.start)))


def _carried(attribution: Attribution, outlet: str | None) -> Attribution:
    if outlet is None or attribution.speaker.via is not None or is_outlet(attribution.speaker.name):
        return attribution
    return replace(attribution, speaker=replace(attribution.speaker, via=outlet))


def _read_at(
    text: str, tokens: Sequence[Token], index: int, found: Sequence[Attribution], previous: Speaker | None
) -> Iterator[Attribution]:
    word = tokens[index].low
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    match word:
        case "according" if after == "to":
            yield from according_to(text, tokens, index, index + 2, previous)
        case "per" if index and tokens[index - 1].low == "as":
            yield from according_to(text, tokens, index - 1, index + 1, previous)
        case "citing" | "quoting":
            yield from citing(text, tokens, index)
        case "quoted" | "reported" | "cited" if as_saying(tokens, index):
            yield from quoted_as_saying(text, tokens, index, previous)
        case "by" | "from" | "on":
            yield from count_of(text, tokens, index)
        case "put" | "puts" | "putting":
            yield from put_at(text, tokens, index, previous)
        case _ if word in PLAIN_PAST and is_passive(tokens, index):
            yield from stated_by(text, tokens, index)
        case _ if word in _GERUNDS:
            yield from gerund(text, tokens, index, found, previous)
        case _ if word in _VERBS:
            yield from spoken(text, tokens, index, found, previous)


_BARRIER = re.compile(r";|\.\s+[A-Z“\"]|\sbut\s|,\s(?:while|whereas|although|though)\s")


def _reach(text: str, attribution: Attribution, start: int, end: int) -> int | None:
    """Characters from the attribution to the span if it reaches there, else None."""
    speaker = attribution.speaker
    if attribution.before and end <= speaker.start:
        counts_them = text[end : speaker.start] == " " and text.startswith(speaker.name, speaker.start)
        return None if counts_them else speaker.start - end  # "20 unions said" tells who speaks, and not what
    if attribution.after and start >= speaker.end:
        between = text[speaker.end : start]
        quoted = between.count('"') % 2 == 1 or between.count("“") > between.count("”")
        return start - speaker.end if quoted or _BARRIER.search(between) is None else None
    return None


def _in_open_quote(text: str, position: int) -> bool:
    """Whether a quotation is open at the position and does not end in this text."""
    if text.count("“") or text.count("”"):
        return text[:position].count("“") > text[:position].count("”") and "”" not in text[position:]
    return text[:position].count('"') % 2 == 1 and '"' not in text[position:]


def _through(speaker: Speaker, others: Sequence[Speaker]) -> Speaker:
    """The speaker with the outlet by which the words came, whichever of the two stood nearer."""
    if is_outlet(speaker.name):
        source = next((other for other in others if not is_outlet(other.name)), None)
        if source is not None and source.via is None:
            return replace(source, via=speaker.name)
        return source or speaker
    if speaker.via is None:
        carrier = next((other.name for other in others if is_outlet(other.name)), None)
        return replace(speaker, via=carrier)
    return speaker


def _joined(found: Sequence[Attribution]) -> Iterator[Attribution]:
    """The attributions, a cited speaker taking the one who cites as the way by which the words came."""
    for index, attribution in enumerate(found):
        citing = None
        if attribution.cites and attribution.speaker.via is None:
            near = sorted((abs(index - k), k) for k, other in enumerate(found) if not other.cites)
            citing = found[near[0][1]].speaker.name if near else None
        speaker = attribution.speaker
        yield attribution if citing is None else replace(attribution, speaker=replace(speaker, via=citing))
