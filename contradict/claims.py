"""What the sentences of a document assert that can be checked: their figures and dates, of what, by whom, as of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from contradict.compare import COMPARABLE
from contradict.figures import read_figures
from contradict.figures.tokens import Token, tokenise
from contradict.matter import context_names, read_matter, sentence_names
from contradict.sentences import read_sentences
from contradict.speakers import read_speaker
from contradict.times import as_of, read_times
from contradict.types import Anchor, Claim, Document, Figure, Kind, Sentence, Speaker, TimeMention

MOST_FIGURES = 40  # figures of one sentence that are compared; a longer list is a table, not a sentence


def read_document(document: Document) -> list[Claim]:
    """All claims of a document, in the order of its text. A speaker named once speaks on through "he said" and "it added"."""
    claims: list[Claim] = []
    speaker: Speaker | None = None
    for sentence in read_sentences(document):
        found, speaker = read_claims(sentence, previous=speaker)
        claims += found
    return claims


def read_claims(sentence: Sentence, *, previous: Speaker | None = None) -> tuple[list[Claim], Speaker | None]:
    """The claims of one sentence, and the speaker whom the next sentence's pronouns may mean."""
    text = sentence.text
    figures = read_figures(text)
    published = sentence.document.date
    times = read_times(text, published=published)
    if not figures and not times:
        return [], read_speaker(text, start=0, end=len(text), previous=previous) or previous
    tokens = tokenise(text)
    places, names = sentence_names(tokens)
    surroundings = Surroundings(places, names, context_names(_around(sentence)))
    claims = []
    last: Speaker | None = previous
    for figure in figures[:MOST_FIGURES]:
        speaker = read_speaker(text, start=figure.start, end=figure.end, previous=previous)
        last = speaker or last
        claims.append(_figure_claim(sentence, figure, times, tokens, surroundings, speaker))
    claims += [_date_claim(sentence, time, tokens, surroundings, previous) for time in times if _datable(time)]
    return claims, last


class Surroundings(NamedTuple):
    """The places and names of a sentence, and those of the text around it."""

    places: frozenset[str]
    names: frozenset[str]
    context: frozenset[str]


REACH = 300  # characters of the text on each side of a sentence that tell what its article is about there


def _around(sentence: Sentence) -> str:
    text = sentence.document.text
    return text[max(sentence.start - REACH, 0) : sentence.end + REACH]


def pairable(claim: Claim) -> bool:
    """Whether a claim is ever compared: ages, ranks, scores and a bare "one" are read and kept out."""
    return claim.figure is None or claim.figure.role in COMPARABLE


def _figure_claim(
    sentence: Sentence, figure: Figure, times: Sequence[TimeMention], tokens: Sequence[Token], around: Surroundings,
    speaker: Speaker | None,
) -> Claim:  # fmt: skip
    matter = read_matter(figure, tokens, places=around.places, names=around.names, context=around.context, speaker=speaker)
    when = as_of(times, figure.start, figure.end, text=sentence.text)
    of = ', '.join(sorted(matter.places)) if matter.placed else None
    figure = replace(figure, of=of, as_of=when)
    return Claim(sentence=sentence, kind=Kind.FIGURE, matter=matter, figure=figure, speaker=speaker, as_of=when)


def _datable(time: TimeMention) -> bool:
    """Whether a time expression dates an event by day or month and does not merely bound it."""
    return time.anchor is Anchor.ON and time.span.days <= 31 and any(character.isdigit() for character in time.surface)


def _date_claim(
    sentence: Sentence, time: TimeMention, tokens: Sequence[Token], around: Surroundings, previous: Speaker | None
) -> Claim:
    matter = read_matter(None, tokens, places=around.places, names=around.names, context=around.context)
    speaker = read_speaker(sentence.text, start=time.start, end=time.end, previous=previous)
    return Claim(sentence=sentence, kind=Kind.DATE, matter=matter, time=time, speaker=speaker, as_of=None)
