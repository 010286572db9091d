"""Arithmetic that the articles invite: parts and wholes, shares of counts, moves between levels.

A calculation is done over only where the words say which figure is what; one that the figures do not decide is
counted and not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contradict.arithmetic.changes import read_changes
from contradict.arithmetic.rows import MAX_FIGURES, Row, read_rows
from contradict.arithmetic.shares import read_shares
from contradict.arithmetic.spread import Across, sums_in_article
from contradict.arithmetic.sums import read_sums
from contradict.types import Check, Claim, Skipped

__all__ = ["Arithmetic", "check_arithmetic"]


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic:
    """The calculations that were decided, in the order of the articles; how many were not, and what was not read."""

    checks: tuple[Check, ...]
    undecided: int
    skipped: tuple[Skipped, ...] = ()

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.holds)

    @property
    def held(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.holds)


def check_arithmetic(articles: Iterable[Sequence[Claim]]) -> Arithmetic:
    """Does over the calculations of articles, each given as its claims in order, figures of every role included.

    A sentence printed again is checked once. Of each article only what another may be set against is held. Work grows
    with the number of figures: sums are tried of at most a dozen figures of one noun in one article, and sentences with
    very many figures are left out and told.
    """
    checks: dict[tuple[object, ...], Check] = {}
    undecided = 0
    across = Across()
    skipped: list[Skipped] = []
    for article in articles:
        rows, crowded = read_rows(article)
        if crowded:
            reason = f"more than {MAX_FIGURES} figures in one sentence, so no arithmetic on it"
            skipped.append(Skipped(article[0].document.path, reason, crowded))
        for check in _of_article(article, rows):
            if check is None:
                undecided += 1
            else:
                checks.setdefault(_key(check), check)
        across.take(article, rows)
    for check in across.checks():
        checks.setdefault(_key(check), check)
    return Arithmetic(tuple(checks.values()), undecided, tuple(skipped))


def _of_article(article: Sequence[Claim], rows: Sequence[Row]) -> Iterator[Check | None]:
    yield from read_sums(rows)
    yield from read_shares(rows)
    yield from read_changes(rows)
    yield from sums_in_article(article)


def _key(check: Check) -> tuple[object, ...]:
    """Equal for a calculation that is printed again: the words of its sentences, and its terms."""
    marks = ((" ".join(term.claim.sentence.text.split()), term.claim.stated.start, term.role) for term in check.terms)
    return check.kind, tuple(marks)
