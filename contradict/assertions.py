"""What a sentence asserts as a whole: the claims that are compared by their sense and not by a figure or a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contradict.figures.tokens import tokenise
from contradict.lexicon import content_stems
from contradict.proper_names import sentence_names
from contradict.sentences import read_sentences
from contradict.speakers import read_speakers
from contradict.speakers.names import is_outlet
from contradict.types import Claim, Document, Kind, Matter, Sentence, Speaker

LEAST_WORDS, MOST_WORDS = 5, 70  # shorter ones are headings and cries, longer ones lists and lost full stops

_ASKED = re.compile(r"\?(?:[\"”’')\]]|\s*\Z)")
# A sentence that opens so states no fact: it supposes, wishes or commands. Some commands are nouns, too ("share prices
# fell"), and are none but before one of a few words.
_SUPPOSED = re.compile(
    r"[\"“‘'\s]{0,4}(?:(?:if|unless|suppose|supposing|imagine|should|were|let|let['’]s|lest|assuming|what if|whether"
    r"|please|click|subscribe)\b"
    r"|(?:read|watch|see|follow|sign|share|download)\s+(?:more|also|here|below|up|in|on|this|these|the|our|your|us|all)\b)",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:would|could|might|should)(?:n['’]t| not)? have (?!to\b|an?\b|the\b|no\b|any\b|some\b)\w"
    r"|\bif only\b|\bas if\b",
    re.IGNORECASE,
)
# ... unless it is said in a clause about something in the sentence, and not of what the sentence tells ("struggled to
# say how it could have gone wrong", "asked for a vote, which it should have held", "..., a step it should have taken").
_ASIDE = re.compile(
    r"(?:(?<=\w\s)(?<!\bis\s)(?<!\bwas\s)\b(?:how|why|where)(?:\s+[^\s,;():–—]+){0,5}"
    r"|\b(?:which|who)|,\s+(?:which|whom)(?:\s+[^\s,;():–—]+){0,4}"
    r"|,\s+(?:something|an?\s+(?:step|move|thing|task|job|decision|measure|duty|change))(?:\s+that)?"
    r"\s+(?:he|she|it|they|we|I|you|the|his|her|its|their|(?-i:[A-Z])[\w’'-]+)(?:\s+[^\s,;():–—]+){0,4})\s*\Z",
    re.IGNORECASE,
)
# What a speaker is said to say falsely, or never to have said, is not asserted by the sentence that quotes it.
_LIE = re.compile(
    r"\b(?:falsely|wrongly|mistakenly|erroneously|baselessly)\s+(?:claim|stat|said|say|suggest|report|alleg|assert|accus)"
    r"|\b(?:false|debunked|baseless|fake|discredited)\s+(?:claim|rumou?r|report|stor|post|alleg|theor)",
    re.IGNORECASE,
)
# How an embedded post ends: its links, its writer and its day. Looked for in the last characters of a sentence only.
_NAMED = r"(?:(?![—–-]+\s)\S{1,30} ){1,5}\(@\w{1,20}\)"
_DAY = r" [A-Z][a-z]{2,8} \d{1,2}, \d{4}"
_WRITER = re.compile(rf"\s(?:— {_NAMED}(?:{_DAY})?|[–-]{{1,2}} {_NAMED}{_DAY})\Z")
_LINK = re.compile(r"\s*(?:https?://t\.co/|pic\.twitter\.com/)\w{1,20}\s*\Z")
_SIGNATURE = 120
# What one says of oneself, and what some wish: of one who is not named another article cannot know whose it is ("I'm at
# the harbour.", "We do not want war.").
_HEAD = r"[\"“‘'\s]{0,4}(?:(?:and|but|so|well|yes|no|oh|now|look|because|please|then|thus)\b,?\s+){0,3}"
_OF_ONESELF = re.compile(rf"{_HEAD}(?:(?-i:I(?=['’\s])(?!\s[A-Z]))|my\s+(?-i:[a-z]))", re.IGNORECASE)
_WISH = re.compile(
    rf"{_HEAD}we(?:['’](?:d|ll)|\s+would|\s+do|\s+did)?"
    r"(?:\s*n['’]t|\s+not|\s+never)?(?:\s+(?:really|just|all|only|still|also))?\s+(?:want|like|love|wish|hope|hate)\b",
    re.IGNORECASE,
)
# How to reach an editor.
_CONTACT = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{1,40}")
# Who made a programme: "Presenter/Ane Holm, Producer/Tor Berg for Fjord Radio".
_TRADE = r"(?:Presenter|Producer|Director|Writer|Editor|Composer|Narrator)s?\b"
_CREDIT = re.compile(
    rf"\W{{0,3}}{_TRADE}/(?!{_TRADE})(?![a-z])[^\W\d_][\w'’.-]{{0,30}}"
    r"(?:\s+[A-Z][\w'’.-]{0,30})?(?:\s+and(?:\s+[A-Z][\w'’.-]{0,30}){1,2})?,?"
    r"(?:\s+for(?:\s+the)?(?:\s+[A-Z]\w{0,30}){1,2})?"
)
# A line of a programme ("7.00-10.30 pm ..."), and when a page was last touched.
_NOON = r"(?:noon|midnight|[ap]\.?m\b\.?)"
_CLOCK = r"\d{1,2}[.:][0-5]\d"
_LISTING = re.compile(
    rf"\W{{0,3}}(?:{_CLOCK}\s*{_NOON}\s*[-–—]\s*{_CLOCK}|{_CLOCK}\s*[-–—]\s*{_CLOCK}\s*{_NOON})"
    r"|\W{0,3}th(?:is|e) (?:post|page|story|article) was (?:first|last|originally)"
    r" (?:changed|updated|modified|published|posted) (?:at|on)\b",
    re.IGNORECASE,
)
_LABEL = 120  # characters in which a transcript says who speaks
_BEFORE = 150  # characters in which a clause that a verb belongs to begins


def read_assertions(document: Document) -> list[Claim]:
    """The assertions of a document, in the order of its text; a speaker named once speaks on through "he said"."""
    claims: list[Claim] = []
    previous: Speaker | None = None
    for sentence in read_sentences(document):
        claim = read_assertion(sentence, previous=previous)
        if claim is not None:
            claims.append(claim)
        named = read_speakers(sentence.text, previous=previous)
        previous = named[-1] if named else previous
    return claims


def read_assertion(sentence: Sentence, *, previous: Speaker | None = None) -> Claim | None:
    """The claim that a sentence makes as a whole; None for a question, a supposition, a quoted lie, a fragment.

    `previous` is the speaker named last, whom "he" and "it" may mean. How an embedded post is signed is no part of it.
    """
    speaker = _speaker(read_speakers(sentence.text, previous=previous))
    sentence = _bare(sentence)
    text = sentence.text
    if not asserts(text) or (speaker is None and (_OF_ONESELF.match(text) or _WISH.match(text))):
        return None
    tokens = tokenise(text)
    places, names = sentence_names(text)
    words = content_stems([token.low for token in tokens if token.kind == "word"])
    matter = Matter(places=places, names=names, topics=words, clause=words)
    return Claim(sentence, Kind.CLAIM, matter, speaker=speaker)


def _bare(sentence: Sentence) -> Sentence:
    """The sentence without what is no part of the claim; its `whole` keeps that: at its head who speaks in a transcript
    and as what ("ANE HOLM, HARBOUR MASTER (ON PHONE): It is getting worse.") or who made a programme, at its end how a
    post is signed.
    """
    text = sentence.text
    label, colon, _ = text[:_LABEL].partition(": ")
    start = len(label) + len(colon) if colon and label.isupper() else 0
    while found := _CREDIT.match(text, start):
        start = found.end()
    start += len(text[start:]) - len(text[start:].lstrip()) if start else 0
    end = whole = len(text.rstrip())
    for pattern in (_LINK, _LINK, _WRITER, _LINK, _LINK):
        found = pattern.search(text, max(end - _SIGNATURE, start), end)
        end = found.start() if found else end
    if (start, end) == (0, whole):
        return sentence
    return replace(sentence, start=sentence.start + start, end=sentence.start + end, whole=sentence)


def _speaker(named: Sequence[Speaker]) -> Speaker | None:
    """Whose word a sentence is: of all it names the first that is no outlet, since words come through an outlet."""
    return next((speaker for speaker in named if not is_outlet(speaker.name)), named[0] if named else None)


def asserts(text: str) -> bool:
    """Whether a sentence states something that can hold or fail."""
    words = text.split()
    return (
        LEAST_WORDS <= len(words) <= MOST_WORDS
        and any(word[0].islower() for word in words)
        and not (_ASKED.search(text) or _SUPPOSED.match(text) or _unreal(text) or _LIE.search(text))
        and not (_CONTACT.search(text) or _LISTING.match(text))
    )


def _unreal(text: str) -> bool:
    """Whether what a sentence tells is said not to have been so."""
    return any(not _ASIDE.search(text, max(at.start() - _BEFORE, 0), at.start()) for at in _UNREAL.finditer(text))
