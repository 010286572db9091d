"""Attributions by a verb of saying: "X said", "said X", "X told Y", "X denied that", "..., saying", "X put it at"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contradict.speakers.names import owner_of_outlet
from contradict.speakers.naming import Attribution, speaker_of, text_of
from contradict.speakers.phrases import Token, names_someone, phrase_after
from contradict.speakers.subjects import Subject, subject_of
from contradict.speakers.words import (
    AGENTS,
    CONJUNCTIONS,
    DENIED,
    DENIED_AFTER,
    DENYING,
    DETERMINERS,
    PAPERS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    SHOWING,
    VERBS,
    WITH_CLAUSE,
)
from contradict.types import Speaker


def spoken(
    text: str, tokens: Sequence[Token], verb: int, found: Sequence[Attribution], previous: Speaker | None
) -> Iterator[Attribution]:
    """ "X said", "said X", "X told Y", "X denied that"."""
    word = tokens[verb].low
    denies = word in DENYING
    if denies and not _denial(tokens, verb):
        return
    subject = subject_of(tokens, verb)
    if subject is not None and tokens[subject.phrase.first].low in ("our", "my"):
        return
    if subject is None and tokens[verb - 1].low in ("and", "but") and word in SAYING:
        yield from _second_verb(text, tokens, verb, found, previous)
    if subject is None or not _can_speak(tokens, verb, subject):
        return
    speaker = speaker_of(text, tokens, subject.phrase, previous, pronoun=subject.pronoun)
    if speaker is None:
        return
    first = min(subject.phrase.first, verb)
    last = max(subject.phrase.last, verb)
    via, hearers = _hearers(text, tokens, verb) if word in _TELLING else (None, verb)
    last = max(last, hearers)
    before, after = _directions(tokens, first, last, inverted=subject.inverted, told=word in _TELLING)
    start, end = tokens[first].start, tokens[last].end
    yield Attribution(replace(speaker, start=start, end=end, via=via, denies=denies), before, after)


def _can_speak(tokens: Sequence[Token], verb: int, subject: Subject) -> bool:
    """Whether subject and verb make an attribution, by how much the verb asks of its subject and of what follows."""
    word = tokens[verb].low
    if word in _PARTICIPLES_BEFORE_TO and verb + 1 < len(tokens) and tokens[verb + 1].low == "to":
        return False
    if subject.pronoun:
        return word in SAYING or word in DENYING or word in REPORTING or _clause_after(tokens, verb)
    named = names_someone(tokens, subject.phrase)
    head = tokens[subject.phrase.last]
    if word in SHOWING:
        words = tokens[subject.phrase.first : subject.phrase.last + 1]
        known = words[0].low in DETERMINERS or any(token.capital for token in words[1:])
        return known and words[0].low not in ("our", "my") and any(token.low in PAPERS for token in words)
    if word in WITH_CLAUSE:
        return named and (subject.inverted or _clause_after(tokens, verb))
    if word in _NOUNS_TOO:
        return named and _is_verb(tokens, verb, subject)
    if word in REPORTING or word in DENYING:
        return named and not head.owns
    return named or tokens[subject.phrase.first].low in DETERMINERS


_NOUNS_TOO = frozenset("reports claims estimates forecasts projects report claim estimate forecast".split())
_OBJECT_OPENS = DETERMINERS | (PREPOSITIONS - {"of", "by", "for", "from", "against", "on", "in"})
_OBJECT_OPENS |= frozenset("that to as more up nearly almost less fewer between roughly".split())


def _is_verb(tokens: Sequence[Token], verb: int, subject: Subject) -> bool:
    """Whether "reports" or "claims" is a verb here and not a noun: "insurance claims rose", "a CBS report that"."""
    if verb + 1 == len(tokens):
        return subject.phrase.first > 0
    follows, head = tokens[verb + 1], tokens[subject.phrase.last]
    firm = subject.phrase.first > 0 or head.text.isupper() or tokens[0].low == "the"
    opens = firm and follows.low not in PREPOSITIONS and follows.low not in VERBS and not follows.low.endswith("ed")
    opens = opens or follows.capital or follows.text[0].isdigit() or follows.text in ':,."“' or follows.low in PRONOUNS
    if not opens and follows.low not in _OBJECT_OPENS:
        return False
    if head.owns or tokens[subject.phrase.first].low in ("a", "an") or not (head.capital or head.low in AGENTS):
        return False
    many = head.low.endswith("s") or head.low in ("police", "media") or " and " in _span(tokens, subject)
    return many or tokens[verb].low.endswith("s")


_PARTICIPLES_BEFORE_TO = frozenset("believed confirmed reported estimated projected calculated expects".split())


def _span(tokens: Sequence[Token], subject: Subject) -> str:
    return " ".join(token.low for token in tokens[subject.phrase.first : subject.phrase.last + 1])


def _clause_after(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a clause, a quotation or a pause follows the verb."""
    if verb + 1 >= len(tokens):
        return True
    following = tokens[verb + 1]
    return following.low in ("that", "in", "on") or following.text in ',.:;"“”—–?!' or following.low in PRONOUNS


def _denial(tokens: Sequence[Token], verb: int) -> bool:
    following = [token.low for token in tokens[verb + 1 : verb + 6]]
    flat = following and (following[0] in DENIED_AFTER or following[0].endswith("ing"))
    if flat and tokens[verb].low.startswith("den"):
        return True
    return any(word in DENIED for word in following)


def _hearers(text: str, tokens: Sequence[Token], verb: int) -> tuple[str | None, int]:
    """The outlet that was told, and the last token of the hearers: "told the BBC |", "told some 200 fans | that"."""
    phrase = phrase_after(tokens, verb + 1, apposition=False)
    if phrase is not None:
        return owner_of_outlet(text_of(text, tokens, phrase)), phrase.last
    window = tokens[verb + 1 : verb + 16]
    that = next((k for k, token in enumerate(window) if token.low == "that"), 0)
    return None, verb + that if any(token.text[0].isdigit() for token in window[:that]) else verb


_TELLING = frozenset(("told", "tells", "tell"))


def _directions(tokens: Sequence[Token], first: int, last: int, *, inverted: bool, told: bool) -> tuple[bool, bool]:
    """Whether an attribution reaches what stands before it, and what comes after it."""
    left = tokens[first - 1].text if first else ""
    following = last + 1
    closes = following >= len(tokens) or tokens[following].text in ".?!)"
    pause = following if not closes and tokens[following].text in ",;—–" else _trails_to(tokens, following)
    quoted = not closes and tokens[following].text in ':"“'
    set_off = left in (",", '"', "”", "—", "–", "-", "'", "’", "?", "!")
    ends = closes or (pause is not None and (pause + 1 >= len(tokens) or tokens[pause].text in ".?!"))
    if inverted:
        return True, quoted or (pause is not None and not ends and _goes_on(tokens, pause))
    if not set_off:
        return ends and bool(left), not ends
    if ends:
        return True, False
    if pause is not None:
        return True, True
    closed_quote = left in ('"', "”", "'", "’")
    if told and closed_quote:
        return True, _goes_on(tokens, following)
    return quoted or closed_quote, True


def _trails_to(tokens: Sequence[Token], at: int) -> int | None:
    """The pause after a time or a setting: "said on Tuesday | .", "said in a statement | ,"; None before a clause."""
    if at >= len(tokens) or tokens[at].low not in _SETTINGS:
        return None
    for index in range(at, min(len(tokens), at + 9)):
        if tokens[index].text in '.,;?!"”':
            return index
        if tokens[index].low in ("that", "he", "she", "it", "they", "there"):
            return None
    return len(tokens) if at + 9 > len(tokens) else None


_SETTINGS = frozenset(
    "on in at during after to via by through today yesterday last this late early earlier later monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december jan feb aug sept oct nov dec".split()
)


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the speaker goes on after the pause: another quotation, or "adding that"."""
    words = ("adding", "saying", "that", "warning", "noting", "and")
    return any(token.text in '"“:' or token.low in words for token in tokens[at : at + 9])


_PUT_AT = frozenset(
    "toll cost costs losses dead damage size approval rating support odds chance rate lead total".split()
)


def put_at(text: str, tokens: Sequence[Token], index: int, previous: Speaker | None) -> Iterator[Attribution]:
    """ "The ministry put the toll at 300"."""
    window = [token.low for token in tokens[index + 1 : index + 10]]
    if not window or window[0] not in ("the", "its", "their", "his", "her", "that", "it") or "at" not in window:
        return
    if not any(word in PAPERS or word in _PUT_AT for word in window):
        return
    subject = subject_of(tokens, index)
    if subject is None or not (subject.pronoun or names_someone(tokens, subject.phrase)):
        return
    speaker = speaker_of(text, tokens, subject.phrase, previous, pronoun=subject.pronoun)
    if speaker is not None:
        start, end = tokens[subject.phrase.first].start, tokens[index].end
        yield Attribution(replace(speaker, start=start, end=end), before=False, after=True)


def gerund(
    text: str, tokens: Sequence[Token], index: int, found: Sequence[Attribution], previous: Speaker | None
) -> Iterator[Attribution]:
    """ "Putin deplored it, saying ...": the subject of the sentence goes on speaking."""
    before = tokens[index - 1] if index else None
    if before is None or before.low in ("as", "of", "by", "is", "are", "was", "were", "without", "for", "be", "been"):
        return
    if before.text == "," or (tokens[index].low == "saying" and before.low in PAPERS):
        yield from _second_verb(text, tokens, index, found, previous)


def _second_verb(
    text: str, tokens: Sequence[Token], index: int, found: Sequence[Attribution], previous: Speaker | None
) -> Iterator[Attribution]:
    """A verb without a subject of its own: the one who spoke before in the sentence, else its subject, goes on."""
    if found:
        speaker: Speaker | None = found[-1].speaker
    elif any(token.text in '"“”' for token in tokens[:index]):
        return
    else:
        phrase = phrase_after(tokens, _main_clause(tokens), apposition=False)
        named = phrase is not None and phrase.last < index - 1 and names_someone(tokens, phrase)
        speaker = speaker_of(text, tokens, phrase, previous) if named and phrase is not None else None
    if speaker is not None:
        yield Attribution(
            replace(speaker, start=tokens[index].start, end=tokens[index].end, denies=False), before=False, after=True
        )


def _main_clause(tokens: Sequence[Token]) -> int:
    """Where the main clause begins: after "On Tuesday," or at the start."""
    if tokens and not tokens[0].is_word:
        return 1
    if tokens and (tokens[0].low in PREPOSITIONS or tokens[0].low in CONJUNCTIONS):
        comma = next((k for k in range(1, min(len(tokens), 12)) if tokens[k].text == ","), None)
        return comma + 1 if comma is not None else 1
    return 0
