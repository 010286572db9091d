"""The order of pairs: every one of them, and those of the same documents near each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from contradict.archive.ordering import by_topic

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOPICS, DOCUMENTS, CLAIMS = 10, 400, 5


def collection() -> tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
    """Owners and vectors of the claims of documents on a few topics, and pairs within these, in no order."""
    random = np.random.default_rng(3)
    topic = random.integers(0, TOPICS, DOCUMENTS)
    centres = random.normal(0, 40, (TOPICS, 16))
    owners = np.repeat(np.arange(DOCUMENTS), CLAIMS).astype(np.int32) * 3
    vectors = np.clip(centres[np.repeat(topic, CLAIMS)] + random.normal(0, 8, (len(owners), 16)), -127, 127)
    one, other = random.integers(0, len(owners), (2, 60_000))
    alike = np.repeat(topic, CLAIMS)[one] == np.repeat(topic, CLAIMS)[other]
    return owners, vectors.astype(np.int8), np.minimum(one, other)[alike], np.maximum(one, other)[alike]


def met_at_once(owners: NDArray[np.int32], one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """How many documents a hundred pairs in a row are of, on average."""
    pairs = np.stack([owners[one], owners[other]], axis=1)
    return float(np.mean([len(np.unique(pairs[at : at + 100])) for at in range(0, len(pairs), 100)]))


def test_pairs_of_one_topic_lie_together() -> None:
    owners, vectors, one, other = collection()
    order = by_topic(owners, vectors, one, other)
    assert np.array_equal(np.sort(order), np.arange(len(one)))
    assert met_at_once(owners, one[order], other[order]) < met_at_once(owners, one, other) / 2


@pytest.mark.parametrize("pairs", [0, 1])
def test_few_pairs_have_an_order_too(pairs: int) -> None:
    owners, vectors, one, other = collection()
    assert by_topic(owners, vectors, one[:pairs], other[:pairs]).tolist() == list(range(pairs))
