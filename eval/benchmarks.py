"""The benchmarks by name: each runs the product as a user does and has the scorer of its data read what came out."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks_line import (
    arithmetic,
    claims_dev,
    claims_nli,
    corpus,
    figures,
    figures_speed,
    news,
    pairs_dev,
    planted_pairs,
    planted_scan,
    planted_scan_nli,
    robustness,
    seeds,
    start,
)
from benchmarks_nli import nli, nli_slice, nli_speed
from benchmarks_review import review, review_kills
from measuring import Benchmark

BENCHMARKS: Mapping[str, Benchmark] = {
    each.__name__: each
    for each in (
        figures, figures_speed, seeds, corpus, pairs_dev, claims_dev, nli, nli_slice, nli_speed, planted_pairs,
        claims_nli, planted_scan, planted_scan_nli, news, arithmetic, review, review_kills, robustness,
        start,
    )
}  # fmt: skip
