"""The claims of a document as bytes and back: plain JSON, deflated, that names no class and runs no code when read."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from contradict.errors import ArchiveError
from contradict.types import (
    Anchor,
    Change,
    Claim,
    Document,
    Figure,
    Hedge,
    Kind,
    LeftOut,
    Matter,
    Role,
    Sentence,
    Speaker,
    TimeMention,
    TimeSpan,
)

LEVEL = 1  # of deflate: on claims a fifth larger than the best, and five times as fast
_SETS = tuple(field.name for field in fields(Matter) if field.type == "frozenset[str]")
_FLAGS = ("placed", "sure", "part")


def pack_claims(claims: Sequence[Claim], compared: Iterable[int]) -> bytes:
    """The claims of one document, and which of them are compared: lines of JSON, deflated.

    The first line has the sentences, the numbers of the claims that are compared, the sentence of each claim, and how
    many sets of words follow, a line each, which several claims may share; then comes a line for each claim.
    """
    words: dict[frozenset[str], int] = {}
    sentences: dict[tuple[int, int, int], int] = {}
    places, rows = [], []
    for claim in claims:
        sentence, matter = claim.sentence, claim.matter
        places.append(sentences.setdefault((sentence.index, sentence.start, sentence.end), len(sentences)))
        rows.append(
            [
                claim.kind.value,
                matter.head,
                [words.setdefault(getattr(matter, name), len(words)) for name in _SETS],
                [int(getattr(matter, name)) for name in _FLAGS],
                _figure(claim.figure),
                _time(claim.time),
                _speaker(claim.speaker),
                span_row(claim.as_of),
            ]
        )
    head = [list(sentences), list(compared), places, len(words)]
    return _deflated("\n".join(map(_json, [head, *(sorted(group) for group in words), *rows])))


def same_claims(one: bytes, other: bytes) -> bool:
    """Whether the packed claims of two readings of a document are the same, wherever in it a sentence is counted."""
    (head, _, rest), (head_of_other, _, rest_of_other) = (_inflated(data).partition("\n") for data in (one, other))
    (sentences, *places), (others, *their_places) = json.loads(head), json.loads(head_of_other)
    spans, their_spans = ([span for _, *span in each] for each in (sentences, others))
    return rest == rest_of_other and places == their_places and spans == their_spans


class PackedClaims:
    """The claims of one document, each read and made when it is asked for, and the same whenever it is.

    Raises `ArchiveError` where what was packed is damaged.
    """

    def __init__(self, data: bytes, document: Document) -> None:
        self._document = document
        try:
            head, *lines = _inflated(data).split("\n")
            self._sentences, self._compared, self._places, sets = json.loads(head)
        except (ValueError, TypeError) as error:
            raise self._damaged(error) from error
        self._words: list[str | frozenset[str]] = list(lines[:sets])  # a set where it was asked for
        self._lines = lines[sets:]
        self._claims: dict[int, Claim] = {}
        self._made_sentences: dict[int, Sentence] = {}

    def compared(self, place: int) -> Claim:
        """The claim at `place` among those that are compared."""
        return self._claim(self._compared[place])

    def beside(self, place: int) -> list[Claim]:
        """The claims of the same sentence that are compared, this one among them."""
        sentence = self._places[self._compared[place]]
        return [self._claim(number) for number in self._compared if self._places[number] == sentence]

    def figures(self, place: int) -> list[Figure]:
        """All figures of the sentence of the claim at `place`, in order."""
        sentence = self._places[self._compared[place]]
        claims = (self._claim(number) for number, each in enumerate(self._places) if each == sentence)
        return [claim.figure for claim in claims if claim.figure is not None]

    def all(self) -> list[Claim]:
        """All claims, compared or not, in the order of the text."""
        return [self._claim(number) for number in range(len(self._lines))]

    def _claim(self, number: int) -> Claim:
        claim = self._claims.get(number)
        if claim is None:
            try:
                claim = self._claims[number] = self._made(self._places[number], json.loads(self._lines[number]))
            except (ValueError, TypeError, KeyError, IndexError, InvalidOperation) as error:
                raise self._damaged(error) from error
        return claim

    def _made(self, place: int, row: Sequence[Any]) -> Claim:
        kind, head, groups, flags, figure, time, speaker, as_of = row
        sets = dict(zip(_SETS, map(self._set, groups), strict=True))
        marks = dict(zip(_FLAGS, map(bool, flags), strict=True))
        if place not in self._made_sentences:
            self._made_sentences[place] = Sentence(self._document, *self._sentences[place])
        return Claim(
            sentence=self._made_sentences[place],
            kind=Kind(kind),
            matter=Matter(head=head, **sets, **marks),  # type: ignore[arg-type]  # the names are those of its fields
            figure=None if figure is None else _read_figure(figure),
            time=None if time is None else _read_time(time),
            speaker=None if speaker is None else _read_speaker(speaker),
            as_of=read_span(as_of),
        )

    def _set(self, number: int) -> frozenset[str]:
        words = self._words[number]
        if isinstance(words, str):
            words = self._words[number] = frozenset(json.loads(words))
        return words

    def _damaged(self, error: Exception) -> ArchiveError:
        return ArchiveError(f"the claims of {self._document.id} are damaged ({error}); make the archive anew")


def _figure(figure: Figure | None) -> list[object] | None:
    if figure is None:
        return None
    return [
        figure.start,
        figure.end,
        figure.surface,
        *(None if number is None else str(number) for number in (figure.value, figure.low, figure.high)),
        figure.hedge.value,
        figure.role.value,
        None if figure.change is None else figure.change.value,
        figure.unit,
        figure.counted,
        figure.of,
        figure.per,
        span_row(figure.as_of),
        None if figure.moved_from is None else str(figure.moved_from),
    ]


def _read_figure(row: Sequence[Any]) -> Figure:
    start, end, surface, value, low, high, hedge, role, change, unit, counted, of, per, as_of, moved_from = row
    return Figure(
        start=start,
        end=end,
        surface=surface,
        value=_number(value),
        low=_number(low),
        high=_number(high),
        hedge=Hedge(hedge),
        role=Role(role),
        change=None if change is None else Change(change),
        unit=unit,
        counted=counted,
        of=of,
        per=per,
        as_of=read_span(as_of),
        moved_from=_number(moved_from),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _time(mention: TimeMention | None) -> list[object] | None:
    if mention is None:
        return None
    return [mention.start, mention.end, mention.surface, span_row(mention.span), mention.anchor.value]


def _read_time(row: Sequence[Any]) -> TimeMention:
    start, end, surface, span, anchor = row
    return TimeMention(start, end, surface, TimeSpan(*map(date.fromordinal, span)), Anchor(anchor))


def _speaker(speaker: Speaker | None) -> list[object] | None:
    if speaker is None:
        return None
    return [speaker.name, speaker.start, speaker.end, speaker.via, int(speaker.denies)]


def _read_speaker(row: Sequence[Any]) -> Speaker:
    name, start, end, via, denies = row
    return Speaker(name, start, end, via, bool(denies))


def span_row(span: TimeSpan | None) -> list[int] | None:
    """A span of time as the ordinals of its first and last day."""
    return None if span is None else [span.start.toordinal(), span.end.toordinal()]


def read_span(row: Sequence[int] | None) -> TimeSpan | None:
    return None if row is None else TimeSpan(date.fromordinal(row[0]), date.fromordinal(row[1]))


def left_out_rows(spans: Iterable[LeftOut]) -> list[list[object]]:
    return [[span.start, span.end, span.reason] for span in spans]


def deflated(value: object) -> bytes:
    return _deflated(_json(value))


def inflated(data: bytes) -> Any:
    """What was deflated. Raises `ValueError` where it is damaged."""
    return json.loads(_inflated(data))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _deflated(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8"), LEVEL)


def _inflated(data: bytes) -> str:
    try:
        return zlib.decompress(data).decode("utf-8")
    except zlib.error as error:
        raise ValueError(str(error)) from error
