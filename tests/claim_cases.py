"""Claims as a whole for tests: read from plain sentences, a judge told its answers, and a head of two weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from contradict.assertions import read_assertion
from contradict.calibration import Scaling
from contradict.claim_verdicts import ClaimHead, Weighing
from contradict.types import Claim, Document, Inference, Pair, Sentence, TimeSpan

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPRING = date(2021, 4, 12)  # a Monday


def day(number: int) -> TimeSpan:
    """So many days after a Monday in spring."""
    that = date.fromordinal(SPRING.toordinal() + number)
    return TimeSpan(that, that)


def claim(text: str, *, document: str = "", on: int | None = 0, source: str = "") -> Claim:
    """The assertion of a sentence that is a document of its own, `on` days after a Monday in spring."""
    name = document or text
    held = Document(id=name, path=name, text=text, source=source, date=day(on) if on is not None else None)
    found = read_assertion(Sentence(held, 0, 0, len(text)))
    assert found is not None, text
    return found


def pair(a: str, b: str, *, days: int = 0) -> Pair:
    """Two assertions of two outlets, the second printed `days` later."""
    return Pair(claim(a, document="a", source="Echo"), claim(b, document="b", on=days, source="Herald"), 0.0, 0.0)


class Told:
    """An entailment judge that answers as told, neutral where it was told nothing, and remembers what it was asked."""

    name, sha256 = "told", "0" * 64

    def __init__(self, answers: Mapping[tuple[str, str], Inference] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[tuple[str, str]] = []
        self.cut = 0

    def judge(
        self, pairs: Sequence[tuple[str, str]], *, on_progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.asked += pairs
        rows = np.full((len(pairs), len(Inference)), 0.05, dtype=np.float32)
        for row, texts in zip(rows, pairs, strict=True):
            row[self.answers.get(texts, Inference.NEUTRAL)] = 0.9
        if on_progress is not None:
            on_progress(len(pairs))
        return rows


def both_ways(a: str, b: str, answer: Inference) -> dict[tuple[str, str], Inference]:
    return {(a, b): answer, (b, a): answer}


def small_head(*, threshold: float = 0.5) -> ClaimHead:
    """A head that takes for one matter what the judge is not neutral about both ways, and for what it then is the less
    sure of the judge's two contradictions, rivals or none.
    """
    return ClaimHead(
        matter=_weighing("neutral_most", -12.0),
        differs=_weighing("contradiction_least", 12.0),
        rivals=_weighing("contradiction_least", 12.0),
        threshold=threshold,
        met=Scaling(slope=0.5, bias=-2.0),
        sha256="1" * 64,
    )


def _weighing(feature: str, weight: float) -> Weighing:
    return Weighing((feature,), np.full(1, 0.5), np.ones(1), np.full(1, weight), 0.0)
