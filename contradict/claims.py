"""What the sentences of a document assert that can be checked: figures and dates, of what, by whom, as of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contradict.compare import is_comparable
from contradict.figures import read_figures
from contradict.figures.tokens import Token, tokenise
from contradict.lexicon import RUNNING
from contradict.matter import Surroundings, read_matter, read_surroundings
from contradict.proper_names import context_names
from contradict.sentences import read_sentences
from contradict.speakers import read_speaker, read_speakers
from contradict.times import as_of, read_times
from contradict.types import Anchor, Claim, Document, Figure, Kind, Matter, Sentence, Speaker, TimeMention, TimeSpan

QUOTATION_REACH = 5  # sentences after one that opens a quotation in which its speaker may be named


def read_document(document: Document) -> list[Claim]:
    """All claims of a document, in the order of its text.

    A speaker named once speaks on through "he said" and "it added", and back into the quotation that the name closes.
    """
    claims: list[Claim] = []
    speaker: Speaker | None = None
    sentences = read_sentences(document)
    for i, sentence in enumerate(sentences):
        following = _closing_speaker(sentences[i : i + 1 + QUOTATION_REACH]) if _opens(sentence.text) else None
        found, speaker = read_claims(sentence, previous=speaker, following=following)
        claims += found
    return claims


def _opens(text: str) -> bool:
    """Whether a quotation begins in the sentence and does not end there."""
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _closing_speaker(sentences: Sequence[Sentence]) -> Speaker | None:
    """The speaker named in the sentence that ends the quotation which the first one opens."""
    for sentence in sentences[1:]:
        if "”" in sentence.text or '"' in sentence.text:
            found = read_speakers(sentence.text)
            return found[0] if found else None
    return None


def read_claims(
    sentence: Sentence, *, previous: Speaker | None = None, following: Speaker | None = None
) -> tuple[list[Claim], Speaker | None]:
    """The claims of one sentence, and the speaker whom the next sentence's pronouns may mean.

    `previous` is the speaker named last, `following` the one named where a quotation left open here ends.
    """
    text = sentence.text
    named = read_speakers(text, previous=previous)
    last = named[-1] if named else previous
    figures = read_figures(text)
    times = read_times(text, published=sentence.document.date)
    if not figures and not times:
        return [], last
    tokens = tokenise(text)
    around = read_surroundings(text, tokens, context=context_names(_around(sentence)), before=_before(sentence))

    def speaker_of(mark: Figure | TimeMention) -> Speaker | None:
        return read_speaker(text, start=mark.start, end=mark.end, previous=previous, following=following)

    claims = [_figure_claim(sentence, figure, times, tokens, around, speaker_of(figure)) for figure in figures]
    claims += [_date_claim(sentence, time, tokens, around, speaker_of(time)) for time in times if _datable(time)]
    return claims, last


def read_stated(sentence: Sentence) -> list[Figure]:
    """The figures of one sentence as its claims state them, and nothing else of the claims: several times as fast."""
    text = sentence.text
    figures = read_figures(text)
    if not figures:
        return []
    times = read_times(text, published=sentence.document.date)
    tokens = tokenise(text)
    around = read_surroundings(text, tokens)
    speakers = (read_speaker(text, start=figure.start, end=figure.end) for figure in figures)
    return [
        _figure_claim(sentence, figure, times, tokens, around, speaker).stated
        for figure, speaker in zip(figures, speakers, strict=True)
    ]


REACH = 300  # characters of the text on each side of a sentence that tell what its article is about there


def _around(sentence: Sentence) -> str:
    text = sentence.document.text
    return text[max(sentence.start - REACH, 0) : sentence.end + REACH]


FAR = 1500  # characters before a sentence within which an article names the state that it speaks of


def _before(sentence: Sentence) -> str:
    return sentence.document.text[max(sentence.start - FAR, 0) : sentence.start]


def pairable(claim: Claim) -> bool:
    """Whether a claim is ever compared."""
    return claim.figure is None or is_comparable(claim.figure)


def _figure_claim(
    sentence: Sentence, figure: Figure, times: Sequence[TimeMention], tokens: Sequence[Token], around: Surroundings,
    speaker: Speaker | None,
) -> Claim:  # fmt: skip
    matter = read_matter(figure, tokens, around, speaker=speaker)
    when = as_of(_bearing(times, matter, sentence.document.date), figure.start, figure.end, text=sentence.text)
    of = ", ".join(sorted(matter.places)) if matter.placed else None
    figure = replace(figure, of=of, as_of=when)
    return Claim(sentence=sentence, kind=Kind.FIGURE, matter=matter, figure=figure, speaker=speaker, as_of=when)


def _bearing(times: Sequence[TimeMention], matter: Matter, published: TimeSpan | None) -> Sequence[TimeMention]:
    """The times that may tell as of when a figure stands.

    The recent day of a running toll ("killed on Sunday") is the day of the event: the toll stands as of publication.
    """
    if published is None or not matter.events & RUNNING:
        return times
    return [
        time
        for time in times
        if time.anchor in (Anchor.AS_OF, Anchor.UNTIL) or (published.start - time.span.end).days > LONG_PAST
    ]


LONG_PAST = 366  # days after which the toll of an event is closed, and the event's date tells which one is meant


def _datable(time: TimeMention) -> bool:
    """Whether a time expression dates an event by day or month and does not merely bound it."""
    return time.anchor is Anchor.ON and time.span.days <= 31 and any(character.isdigit() for character in time.surface)


def _date_claim(
    sentence: Sentence, time: TimeMention, tokens: Sequence[Token], around: Surroundings, speaker: Speaker | None
) -> Claim:
    matter = read_matter(None, tokens, around)
    return Claim(sentence=sentence, kind=Kind.DATE, matter=matter, time=time, speaker=speaker)
