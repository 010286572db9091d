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


def pack_claims(claims: Sequence[Claim]) -> bytes:
    """The claims of one document; sentences and sets of words that several share are written once."""
    words: dict[frozenset[str], int] = {}
    sentences: dict[tuple[int, int, int], int] = {}
    rows = []
    for claim in claims:
        sentence, matter = claim.sentence, claim.matter
        place = sentences.setdefault((sentence.index, sentence.start, sentence.end), len(sentences))
        rows.append(
            [
                place,
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
    return deflated([list(sentences), [sorted(group) for group in words], rows])


def unpack_claims(data: bytes, document: Document) -> list[Claim]:
    """The claims that were packed, of `document`; those of one sentence share it. Raises `ArchiveError`."""
    try:
        places, groups, rows = inflated(data)
        sentences = [Sentence(document, *place) for place in places]
        words = [frozenset(group) for group in groups]
        return [_claim(row, sentences, words) for row in rows]
    except (ValueError, TypeError, KeyError, IndexError, InvalidOperation) as error:
        raise ArchiveError(f"the claims of {document.id} are damaged ({error}); make the archive anew") from error


def _claim(row: Sequence[Any], sentences: Sequence[Sentence], words: Sequence[frozenset[str]]) -> Claim:
    place, kind, head, groups, flags, figure, time, speaker, as_of = row
    sets = {name: words[group] for name, group in zip(_SETS, groups, strict=True)}
    marks = {name: bool(flag) for name, flag in zip(_FLAGS, flags, strict=True)}
    return Claim(
        sentence=sentences[place],
        kind=Kind(kind),
        matter=Matter(head=head, **sets, **marks),  # type: ignore[arg-type]  # the names are those of its fields
        figure=None if figure is None else _read_figure(figure),
        time=None if time is None else _read_time(time),
        speaker=None if speaker is None else _read_speaker(speaker),
        as_of=read_span(as_of),
    )


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
    first, last = span
    return TimeMention(start, end, surface, TimeSpan(date.fromordinal(first), date.fromordinal(last)), Anchor(anchor))


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
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), LEVEL)


def inflated(data: bytes) -> Any:
    """What was deflated. Raises `ValueError` where it is damaged."""
    try:
        return json.loads(zlib.decompress(data))
    except zlib.error as error:
        raise ValueError(str(error)) from error
