"""Candidate pairs: who meets whom, on one scale, across documents, each pair once, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from contradict.candidates import (
    FLOOR,
    SMALL,
    Claims,
    Neighbours,
    among_nearest,
    once,
    pair_keys,
    split_keys,
    update_neighbours,
)
from contradict.claims import read_claims
from contradict.columns import rows_of_claims
from contradict.neighbours import NONE, TILE_COLUMNS, TILE_ROWS, Nearest, Search, number_of
from contradict.pairs import Vectors, encode_claims
from contradict.static import quantised
from contradict.types import Claim, Document, Kind, Sentence, TimeSpan

Vector = NDArray[np.float32]


def claim(text: str, *, document: str, kind: Kind = Kind.FIGURE, day: TimeSpan | None = None) -> Claim:
    found, _ = read_claims(Sentence(Document(id=document, path="", text=text, date=day), 0, 0, len(text)))
    return next(each for each in found if each.kind is kind)


def plain(number: int, *, document: str) -> Claim:
    """A claim of which neither what is counted nor an event is known, so that vectors alone bring it to others."""
    return claim(f"They are {number} people.", document=document)


def toward(*degrees: float) -> Vectors:
    """One unit vector for each claim, by its angle: the cosine of two is that of the angle between them.

    Of many small entries each, as those of an encoder are.
    """
    turned = np.radians(np.array(degrees))
    rows = (np.repeat(np.stack([np.cos(turned), np.sin(turned)], axis=1), 64, axis=1) / 8).astype(np.float32)
    return Vectors(sentence=rows, clause=rows)


def table(claims: Sequence[Claim], vectors: Vectors) -> Claims:
    """The claims as pairing sees them, in the order of their documents."""
    owners = {name: number for number, name in enumerate(dict.fromkeys(each.document.id for each in claims))}
    numbers = np.array([owners[each.document.id] for each in claims], dtype=np.int32)
    assert (np.diff(numbers) >= 0).all(), "the claims of a document follow one another"
    halves = np.hstack([quantised(vectors.sentence), quantised(vectors.clause)])
    return Claims(rows_of_claims(claims), halves, numbers)


def met(
    claims: Claims, *, neighbours: int = 5, within: bool = False, parts: Sequence[NDArray[np.int64]] = ()
) -> Neighbours:
    """The neighbours of all claims, taken in at once or, one after another, in parts."""
    found = Neighbours.none(len(claims.rows), neighbours)
    active = np.zeros(len(claims.rows), dtype=bool)
    none = np.zeros_like(active)
    for part in parts or [np.arange(len(claims.rows))]:
        fresh = none.copy()
        fresh[part] = True
        active |= fresh
        update_neighbours(found, claims, active=active, fresh=fresh, emptied=none, within=within)
    return found


def paired(
    claims: Sequence[Claim], vectors: Vectors, *, neighbours: int = 5, within: bool = False
) -> list[tuple[int, int]]:
    keys = pair_keys(met(table(claims, vectors), neighbours=neighbours, within=within))
    return list(zip(*(side.tolist() for side in split_keys(keys)), strict=True))


# Who meets whom


def test_near_claims_of_two_documents_meet() -> None:
    claims = [plain(43, document="one"), plain(90, document="two"), plain(51, document="three")]
    assert paired(claims, toward(0, 10, 170)) == [(0, 1)]


def test_what_is_less_alike_than_the_floor_does_not_meet() -> None:
    claims = [plain(43, document="one"), plain(90, document="two")]
    edge = float(np.degrees(np.arccos(FLOOR)))
    assert paired(claims, toward(0, edge - 2)) == [(0, 1)]
    assert paired(claims, toward(0, edge + 2)) == []


def test_sentence_and_clause_count_alike() -> None:
    claims = [plain(43, document="one"), plain(90, document="two")]
    near, far = toward(0, 0).sentence, toward(0, 110).sentence
    assert paired(claims, Vectors(sentence=near, clause=toward(0, 80).sentence)) == [(0, 1)]
    assert paired(claims, Vectors(sentence=toward(0, 80).sentence, clause=near)) == [(0, 1)]
    assert paired(claims, Vectors(sentence=far, clause=far)) == []


def test_each_claim_meets_no_more_than_its_nearest() -> None:
    claims = [plain(number, document=str(number)) for number in range(40, 44)]
    assert paired(claims, toward(0, 5, 20, 45), neighbours=1) == [(0, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They paid $43.", "They paid €43."),
        ("They walked 43 miles.", "They ate 43 pounds."),
        ("They burn 43 tonnes a day.", "They burn 43 tonnes."),
        ("They are 43 people.", "They are 43% of it."),
    ],
)
def test_claims_on_two_scales_never_meet(one: str, other: str) -> None:
    assert paired([claim(one, document="one"), claim(other, document="two")], toward(0, 0)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They walked 43 miles.", "They walked 90 kilometres."),
        ("They paid $43.", "They paid 90 US dollars."),
        ("They are 43% of it.", "They are half of it."),
    ],
)
def test_claims_on_one_scale_meet_whatever_their_units(one: str, other: str) -> None:
    assert paired([claim(one, document="one"), claim(other, document="two")], toward(0, 0)) == [(0, 1)]


def test_dates_meet_dates_alone() -> None:
    text = "The ferry sank on 3 May 2021 with 43 people."
    claims = [claim(text, document=name, kind=kind) for name in ("one", "two") for kind in (Kind.FIGURE, Kind.DATE)]
    assert paired(claims, toward(0, 0, 0, 0)) == [(0, 2), (1, 3)]


def test_the_same_event_in_the_same_place_meets_though_the_words_differ() -> None:
    """A gate of similarity alone loses pairs that say the same in other words."""
    claims = [
        claim("43 people died in Peru.", document="one"),
        claim("The storm killed 90 people in Peru.", document="two"),
        claim("The storm killed 51 people in Kenya.", document="three"),
    ]
    assert paired(claims, toward(0, 85, 85 + 85), neighbours=1) == [(0, 1)]


def test_the_same_thing_counted_meets_past_nearer_neighbours() -> None:
    crowd = [plain(number, document=str(number)) for number in range(100, 120)]
    two = [claim("Owners sold 43 tractors.", document="one"), claim("Farms gave up 90 tractors.", document="two")]
    angles = [0, 60, *(index * 0.5 for index in range(20))]
    assert (0, 1) in paired([*two, *crowd], toward(*angles), neighbours=3)


# Documents


def test_claims_of_one_document_meet_only_within() -> None:
    claims = [plain(43, document="one"), plain(90, document="one"), plain(51, document="two")]
    vectors = toward(0, 1, 2)
    assert paired(claims, vectors) == [(0, 2), (1, 2)]
    assert sorted(paired(claims, vectors, within=True)) == [(0, 1), (0, 2), (1, 2)]


def test_claims_of_one_document_take_no_neighbours_from_others() -> None:
    """Ten near claims of its own document do not keep a claim from the one of another document."""
    claims = [*(plain(number, document="one") for number in range(40, 50)), plain(90, document="two")]
    assert len(paired(claims, toward(*range(10), 60), neighbours=1)) == 10


def test_a_claim_never_meets_itself() -> None:
    claims = [plain(43, document="one"), plain(90, document="one")]
    assert paired(claims, toward(0, 170), within=True) == []


# Order, number, size


def test_nothing_gives_nothing() -> None:
    assert paired([], toward()) == []
    assert paired([plain(43, document="one")], toward(0)) == []


TEXTS: tuple[Callable[[int], str], ...] = (
    lambda number: f"They are {number} people.",
    lambda number: f"The storm killed {number} people in Peru.",
    lambda number: f"They paid ${number}.",
    lambda number: f"They walked {number} miles.",
)


def crowd(size: int) -> Claims:
    random = np.random.default_rng(5)
    rows = random.normal(size=(2, size, 8)).astype(np.float32) + 1.5
    rows /= np.linalg.norm(rows, axis=2, keepdims=True)
    claims = [claim(TEXTS[i % 4](i + 3), document=f"document {i // 3}") for i in range(size)]
    return table(claims, Vectors(sentence=rows[0], clause=rows[1]))


def all_keys(nearest: Nearest) -> NDArray[np.int64]:
    return nearest.keys(np.arange(len(nearest.moved)))


def same(one: Neighbours, other: Neighbours) -> bool:
    return all(
        np.array_equal(all_keys(mine), all_keys(theirs)) for mine, theirs in zip(one.kinds, other.kinds, strict=True)
    )


def test_each_pair_comes_once_and_across_documents() -> None:
    claims = crowd(120)
    keys = pair_keys(met(claims, neighbours=6))
    one, other = split_keys(keys)
    assert len(keys) > 120
    assert (np.diff(keys) > 0).all()
    assert (one < other).all()
    assert (claims.owners[one] != claims.owners[other]).all()


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("size", [SMALL, 4 * SMALL + 40])
def test_claims_that_come_in_parts_meet_as_if_all_had_come_at_once(size: int, within: bool) -> None:
    """Groups that are written down in whole, and such as are searched in tiles."""
    claims = crowd(size)
    whole = met(claims, neighbours=4, within=within)
    order = np.random.default_rng(6).permutation(size)
    parts = [np.sort(part) for part in np.array_split(order, 5)]
    assert same(met(claims, neighbours=4, within=within, parts=parts), whole)


def test_claims_whose_neighbours_are_gone_find_the_next_ones() -> None:
    claims = crowd(240)
    stays = np.random.default_rng(7).random(240) < 0.8
    found = met(claims, neighbours=4)
    lost = np.zeros(240, dtype=bool)
    for nearest in found.kinds:
        lost |= (~np.append(stays, True)[number_of(all_keys(nearest))]).any(axis=1)
    lost &= stays
    for nearest in found.kinds:
        nearest.forget(~stays | lost)
    update_neighbours(found, claims, active=stays, fresh=np.zeros(240, dtype=bool), emptied=lost)
    assert same(found, met(claims, neighbours=4, parts=[np.flatnonzero(stays)]))


def test_a_sentence_printed_again_is_stood_for_by_its_earliest_printing() -> None:
    days = [TimeSpan(date(2023, 5, day), date(2023, 5, day)) for day in (4, 2, 3)]
    claims = [
        claim("The storm killed 43  people in Peru.", document="one", day=days[0]),
        claim("The storm killed 43 people in Peru.", document="two", day=days[1]),
        claim("The storm killed 43 people in Peru.", document="three"),
        claim("The storm killed 44 people in Peru.", document="four", day=days[2]),
    ]
    assert once(rows_of_claims(claims)).tolist() == [False, True, False, True]


def test_a_pair_stays_where_it_is_among_the_nearest_of_either_side() -> None:
    one, other = np.array([0, 0, 0, 1]), np.array([1, 2, 3, 2])
    assert among_nearest(one, other, np.array([9, 8, 7, 5]), count=1).tolist() == [True, True, True, False]
    assert among_nearest(one, other, np.array([9, 9, 9, 9]), count=1).tolist() == [True, True, True, False]
    assert among_nearest(one, other, np.array([1, 1, 1, 9]), count=1).tolist() == [True, False, True, True]
    assert among_nearest(one[:0], other[:0], one[:0], count=1).tolist() == []


# The search


def exact(vectors: NDArray[np.int8], owners: NDArray[np.int32], count: int, floor: int) -> list[list[int]]:
    """The neighbours of each row by comparing all with all."""
    products = vectors.astype(np.int64) @ vectors.astype(np.int64).T
    found = []
    for row in range(len(vectors)):
        others = [i for i in range(len(vectors)) if owners[i] != owners[row] and products[row, i] >= floor]
        found.append(sorted(others, key=lambda i: (-products[row, i], i))[:count])
    return found


def listed(nearest: Nearest) -> list[list[int]]:
    return [[int(number) for number in row if number != NONE] for row in number_of(all_keys(nearest))]


@pytest.mark.parametrize("spread", [2, 40], ids=["many equal products", "few"])
def test_the_search_finds_what_comparing_all_with_all_finds(spread: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contradict.neighbours.TILE_ROWS", 16)
    monkeypatch.setattr("contradict.neighbours.TILE_COLUMNS", 64)
    random = np.random.default_rng(9)
    vectors = random.integers(-spread, spread + 1, size=(200, 12)).astype(np.int8)
    owners = np.sort(random.integers(0, 90, 200)).astype(np.int32)
    nearest = Nearest(200, 5)
    Search(nearest, vectors, owners, 3).meet_all(np.arange(200))
    assert listed(nearest) == exact(vectors, owners, 5, 3)


def test_one_way_takes_neighbours_to_the_rows_alone() -> None:
    vectors = np.array([[3], [2], [1]], dtype=np.int8)
    nearest = Nearest(3, 2)
    numbers = np.arange(3, dtype=np.int64)
    search = Search(nearest, vectors, numbers.astype(np.int32), 0)
    search.meet(numbers[:1], numbers[1:], mutual=False)
    assert listed(nearest) == [[1, 2], [], []]


def test_tiles_hold_products_in_little_memory() -> None:
    assert 4 * TILE_ROWS * TILE_COLUMNS <= 2**25


# Encoding


class Letters:
    """An encoder that counts letters, and remembers what it was given."""

    name = "letters"
    sha256 = ""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Vector:
        self.seen += texts
        if on_progress is not None:
            on_progress(len(texts))
        rows = np.array(
            [[text.lower().count(letter) + 1 for letter in "abcdefgh#"] for text in texts], dtype=np.float32
        )
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_an_encoder_sees_no_figures() -> None:
    encoder = Letters()
    claims = [claim("The storm killed 43 people in Peru.", document="one"), claim("They paid $90.", document="two")]
    done: list[int] = []
    vectors = encode_claims(claims, encoder, on_progress=done.append)
    assert not any(character.isdigit() for text in encoder.seen for character in text)
    assert vectors.sentence.shape == vectors.clause.shape == (2, 9)
    assert sum(done) == len(encoder.seen) == 4


def test_sentences_that_differ_in_their_figures_alone_are_wholly_alike() -> None:
    claims = [claim(f"The storm killed {number} people in Peru.", document=str(number)) for number in (43, 90)]
    assert encode_claims(claims, Letters()).similarity(0, 1) == pytest.approx((1, 1), abs=1e-6)
