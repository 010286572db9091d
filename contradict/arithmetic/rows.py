"""A sentence as arithmetic reads it: its figures in order and the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from contradict.types import Claim, Figure, Role, Sentence

MAX_FIGURES = 40  # of one sentence; more is a table run together, of which no words tell what sums to what
MAX_GAP = 200  # characters of the words on each side of a long gap between two figures
# "a 50-bed ward", "five-figure crowds": the number describes and counts nothing; "a 12-member jury" counts.
_TIED = re.compile(r"-(?!(?:member|person|strong|man|woman|seat|nation)\b)\w")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")  # "born 1892": now and then a year is read as a count
COUNTS = frozenset({Role.COUNT, Role.BARE, Role.MONEY, Role.MEASURE})


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """The figures of a sentence, and `gaps`: the words before the first, between each two, and after the last."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    gaps: tuple[str, ...]

    def figure(self, at: int) -> Figure:
        return self.claims[at].stated

    def before(self, at: int) -> str:
        """The words between figure `at` and the one before it."""
        return self.gaps[at]

    def after(self, at: int) -> str:
        """The words between figure `at` and the next."""
        return self.gaps[at + 1]

    def alike(self, *at: int) -> bool:
        """Whether the figures are amounts of one unit: counts, money of one currency, measures of one unit."""
        figures = [self.figure(each) for each in at]
        if len({_kind(figure) for figure in figures}) > 1 or figures[0].role not in COUNTS:
            return False
        return not any(_YEAR.fullmatch(self.figure(each).surface) or _TIED.match(self.after(each)) for each in at)


def _kind(figure: Figure) -> tuple[str, str | None, str | None]:
    role = Role.COUNT if figure.role is Role.BARE else figure.role
    return role.value, figure.unit, figure.per


def read_rows(claims: Sequence[Claim]) -> tuple[list[Row], int]:
    """The sentences of one document that state figures, in order, and how many more have too many figures to read.

    Figures that lie within another are left out.
    """
    stated = [claim for claim in claims if claim.figure is not None]
    rows, crowded = [], 0
    for _, group in groupby(stated, key=lambda claim: claim.sentence.start):
        kept: list[Claim] = []
        for claim in sorted(group, key=lambda claim: (claim.stated.start, -claim.stated.end)):
            if not kept or claim.stated.start >= kept[-1].stated.end:
                kept.append(claim)
        if len(kept) <= MAX_FIGURES:
            rows.append(_row(kept))
        else:
            crowded += 1
    return rows, crowded


def _row(claims: Sequence[Claim]) -> Row:
    sentence = claims[0].sentence
    text = sentence.text
    starts = [*(claim.stated.start for claim in claims), len(text)]
    ends = [0, *(claim.stated.end for claim in claims)]
    gaps = tuple(_clipped(text[end:start]) for end, start in zip(ends, starts, strict=True))
    return Row(sentence, tuple(claims), gaps)


def _clipped(text: str) -> str:
    """The words single-spaced; of very many the first and the last, so that no pattern runs long on hostile text."""
    if len(text) > 2 * MAX_GAP:
        text = f"{text[:MAX_GAP]} … {text[-MAX_GAP:]}"
    return " ".join(text.split())
