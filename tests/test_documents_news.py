"""The reader on real articles, where they lie beside the checkout: dates, furniture and copies as found on the web."""

from __future__ import annotations

from pathlib import Path

import pytest

from contradict.documents import read_collection
from contradict.types import Collection


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Collection:
    return read_collection([str(shared / "data" / "seeds")])


def test_the_seeds_are_read_with_their_dates_and_outlets(seeds: Collection) -> None:
    assert [(document.id[:3], str(document.date), document.source) for document in seeds.documents] == [
        ("000", "2022-08-01", "torontotelegraph.com"),
        ("001", "2023-07-11", ""),
        ("002", "None", ""),
        ("003", "None", ""),
        ("004", "2023-09-05", "newsweek.com"),
    ]
    assert (seeds.skipped, seeds.copies, seeds.not_compared) == ((), (), ())


def test_what_is_left_out_of_the_seeds_holds_none_of_their_figures(seeds: Collection) -> None:
    figures = ("7,000", "1,831", "2,741", "4,845", "11,675", "2,029", "2,600", "16,000", "300,000", "70,000")
    for document in seeds.documents:
        for figure in figures:
            at = document.text.find(figure)
            assert not any(span.start <= at < span.end for span in document.left_out), figure


def test_stamps_of_news_agencies_agree_with_the_dates_of_their_records(shared: Path) -> None:
    import json
    import lzma

    from contradict.documents import document_from_text

    right = wrong = 0
    with lzma.open(shared / "data" / "news" / "h1n1.jsonl.xz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            found = document_from_text(record["text"], path="x", id="x").date
            right += str(found) == record["date"]
            wrong += found is not None and str(found) != record["date"]

    assert right >= 180  # of 397; the others carry no stamp with a year
    assert wrong == 0
