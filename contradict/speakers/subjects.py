"""Who stands as the subject of a verb of saying, before it or after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from contradict.places import is_place
from contradict.speakers.phrases import Phrase, Token, names_someone, phrase_after, phrase_before
from contradict.speakers.words import (
    AGENTS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    NEGATIONS,
    PASSIVES,
    PERSON_ROLES,
    PREPOSITIONS,
    PRONOUNS,
)

MOST_APPOSITIONS = 5
"""How many stretches between commas are looked through for the name before "a lawyer from Austin, Texas, said"."""

TIME_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight morning afternoon evening night "
    "week month year weekend last this earlier late early january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec recent recently days weeks months "
    "next".split()
)
_OUTWARD = frozenset("later then now also still already first soon afterward afterwards here there".split())


class Subject(NamedTuple):
    """Tokens that name the speaker; `pronoun` where they are "he" or "it", `inverted` where they follow the verb."""

    phrase: Phrase
    pronoun: bool = False
    inverted: bool = False


def subject_of(tokens: Sequence[Token], verb: int) -> Subject | None:
    """The subject of the verb at `verb`; None where it has none that speaks ("were reported", "declined to say")."""
    at = _before_adverbs(tokens, verb - 1)
    if at < 0 or tokens[at].text in ",”\"’'—–-":
        inverted = _inverted(tokens, verb)
        if inverted is not None:
            return inverted
    if at < 0 or tokens[at].low in NEGATIONS or tokens[at].low in PASSIVES:
        return None
    return _subject_ending(tokens, at)


def _before_adverbs(tokens: Sequence[Token], at: int) -> int:
    """The last token before the verb that is no auxiliary, adverb or time: "the ministry | on Wednesday also said"."""
    skipped = at
    while skipped >= 0:
        word = tokens[skipped]
        adverb = word.low.endswith("ly") and not word.capital and word.low not in ("family", "only", "assembly", "ally")
        if word.low in AUXILIARIES or adverb or (word.low in _OUTWARD and not word.capital):
            skipped -= 1
        elif word.low in TIME_WORDS and not (word.capital and skipped == 0):
            skipped -= 1
        elif word.low in ("on", "in", "of") and skipped < at and tokens[skipped + 1].low in TIME_WORDS:
            skipped -= 1
        elif word.text[0].isdigit() and skipped > 0 and tokens[skipped - 1].low.rstrip(".") in TIME_WORDS:
            skipped -= 1
        elif word.text[0].isdigit() and skipped < at and tokens[skipped + 1].low in TIME_WORDS:
            skipped -= 1
        elif word.text == "," and skipped < at and _is_adverbial(tokens, skipped + 1, at):
            skipped -= 1
        else:
            break
    return skipped


def _is_adverbial(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether all between a comma and the verb was a time: "Smith, on Tuesday, said"."""
    return last - first <= 4 and tokens[last].text == ","


def _inverted(tokens: Sequence[Token], verb: int) -> Subject | None:
    """The subject after a verb that closes a quotation or a clause: '", said the mayor'."""
    if tokens[verb].low not in _INVERTING:
        return None
    first = verb + (2 if verb + 1 < len(tokens) and tokens[verb + 1].low.endswith("year-old") else 1)
    if first < len(tokens) and tokens[first].low in PRONOUNS:
        alone = first + 1 == len(tokens) or not tokens[first + 1].is_word
        return Subject(Phrase(first, first), pronoun=True, inverted=True) if alone else None
    phrase = phrase_after(tokens, first)
    if phrase is None or not names_someone(tokens, phrase) or tokens[phrase.first].low in TIME_WORDS:
        return None
    following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    ends = following is None or not following.is_word or following.low in _AFTER_INVERTED
    return Subject(phrase, inverted=True) if ends else None


_INVERTING = frozenset("said says say wrote writes added adds warned warns tweeted reported reports".split())
_AFTER_INVERTED = TIME_WORDS | PREPOSITIONS | {"who", "whose", "as", "when", "while", "adding"}


def _subject_ending(tokens: Sequence[Token], at: int) -> Subject | None:
    word = tokens[at]
    if word.text in (",", "—", "–", "-"):
        return _before_apposition(tokens, at)
    if word.low in ("who", "which") and at > 0:
        return _subject_ending(tokens, at - (2 if tokens[at - 1].text == "," else 1))
    if word.low in PRONOUNS:
        return Subject(Phrase(at, at), pronoun=True)
    phrase = phrase_before(tokens, at)
    return Subject(phrase) if phrase is not None else None


def _before_apposition(tokens: Sequence[Token], comma: int) -> Subject | None:
    """The name before what stands between commas: "Rob Fyfe, 48, a lawyer from Austin, Texas, said"."""
    mark, end = tokens[comma].text, comma
    fallback: Subject | None = None
    outermost: Subject | None = None
    for _ in range(MOST_APPOSITIONS):
        start = next((k for k in range(end - 1, -1, -1) if tokens[k].text == mark or tokens[k].text in _EDGES), -1)
        phrase = phrase_before(tokens, end - 1)
        named = Subject(phrase) if phrase is not None and names_someone(tokens, phrase) else None
        if start < 0 or tokens[start].text != mark:
            if outermost is not None and _is_setting(tokens, start + 1, phrase):
                return _with_role(tokens, outermost)
            found = _further(tokens, named) if end != comma or fallback is None else fallback
            return _with_role(tokens, found)
        if not _is_apposition(tokens, start + 1, end - 1):
            whole = phrase is not None and phrase.first <= start + 1
            if not (whole and is_place(" ".join(token.text for token in tokens[start + 1 : end]))):
                closes = phrase is not None and (whole or (end != comma and tokens[phrase.last].capital))
                return _with_role(tokens, named if closes and named is not None else fallback)
        fallback, outermost = fallback or named, named or outermost
        end = start
    return _with_role(tokens, fallback)


def _is_setting(tokens: Sequence[Token], first: int, phrase: Phrase | None) -> bool:
    """Whether the stretch says when or where and names no one: "In July, a spokesman for the union, ..., said"."""
    return tokens[first].low in PREPOSITIONS and (phrase is None or phrase.first <= first + 2)


def _further(tokens: Sequence[Token], subject: Subject | None) -> Subject | None:
    """The name before a role that is itself set off: "Eric Doubt, head of the charity - founded in 2000 - said"."""
    if subject is None:
        return None
    first = subject.phrase.first
    if first < 2 or tokens[first - 1].text != "," or tokens[first].capital:
        return subject
    before = phrase_before(tokens, first - 2)
    return Subject(before) if before is not None and tokens[before.last].capital else subject


def _with_role(tokens: Sequence[Token], subject: Subject | None) -> Subject | None:
    """The name with the role set off behind it, where that names a body: "Margaret Chan, WHO director general,"."""
    if subject is None:
        return None
    comma = subject.phrase.last + 1
    if comma + 1 >= len(tokens) or tokens[comma].text != "," or not _is_apposition(tokens, comma + 1, comma + 2):
        return subject
    role = phrase_after(tokens, comma + 1, apposition=False)
    if role is None or role.last + 1 >= len(tokens) or tokens[role.last + 1].text != ",":
        return subject
    words = tokens[role.first : role.last + 1]
    named = any(token.low in PERSON_ROLES for token in words) and any(token.capital for token in words)
    return Subject(Phrase(subject.phrase.first, role.last)) if named else subject


_EDGES = frozenset({'"', "“", "”", ";", ":"})
_SET_OFF = frozenset("who which whose aged now then formerly however meanwhile too though himself herself also".split())


def _is_apposition(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the stretch tells of the one named before it: an age, a role, a relative clause, a setting."""
    opening, words = tokens[first], tokens[first : last + 1]
    if opening.text.isdigit() or opening.low in _SET_OFF or opening.low in PREPOSITIONS:
        return True
    if opening.low.endswith(("ing", "ed")) and not opening.capital:
        return True
    role = next((k for k, token in enumerate(words) if token.low in AGENTS), None)
    if opening.low in ("a", "an", "the", "one"):
        return True
    if role is None or opening.low in CONJUNCTIONS:
        return False
    if opening.low in DETERMINERS or not opening.capital:
        return True
    held = next((k for k, token in enumerate(words) if token.low in PERSON_ROLES), None)
    return held is not None and (held == len(words) - 1 or not words[held + 1].capital)
