"""Candidate pairs: who meets whom, on one scale, across documents, each pair once, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from contradict.claims import read_claims
from contradict.pairs import CHUNK, FLOOR, Vectors, candidates, encode_claims
from contradict.types import Claim, Document, Kind, Sentence

Vector = NDArray[np.float32]


def claim(text: str, *, document: str, kind: Kind = Kind.FIGURE) -> Claim:
    found, _ = read_claims(Sentence(Document(id=document, path="", text=text), 0, 0, len(text)))
    return next(each for each in found if each.kind is kind)


def plain(number: int, *, document: str) -> Claim:
    """A claim of which neither what is counted nor an event is known, so that vectors alone bring it to others."""
    return claim(f"They are {number} people.", document=document)


def toward(*degrees: float) -> Vectors:
    """One unit vector for each claim, by its angle: the cosine of two is that of the angle between them."""
    turned = np.radians(np.array(degrees))
    rows = np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)
    return Vectors(sentence=rows, clause=rows)


def paired(
    claims: Sequence[Claim], vectors: Vectors, *, neighbours: int = 5, within: bool = False
) -> list[tuple[int, int]]:
    index = {id(each): i for i, each in enumerate(claims)}
    found = candidates(claims, vectors, neighbours=neighbours, within=within)
    return [(index[id(pair.a)], index[id(pair.b)]) for pair in found]


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
    near, far = toward(0, 0).sentence, toward(0, 100).sentence
    (pair,) = candidates(claims, Vectors(sentence=near, clause=toward(0, 80).sentence), neighbours=5)
    assert pair.similarity == pytest.approx(1)
    assert pair.clause_similarity == pytest.approx(np.cos(np.radians(80)), abs=1e-6)
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
    assert paired(claims, toward(0, 0, 0, 0)) == [(1, 3), (0, 2)]


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


def crowd(size: int) -> tuple[list[Claim], Vectors]:
    random = np.random.default_rng(5)
    rows = random.normal(size=(2, size, 8)).astype(np.float32) + 1.5
    rows /= np.linalg.norm(rows, axis=2, keepdims=True)
    claims = [claim(TEXTS[i % 4](i + 3), document=f"document {i % (size // 3)}") for i in range(size)]
    return claims, Vectors(sentence=rows[0], clause=rows[1])


def test_each_pair_comes_once_with_its_cosines() -> None:
    claims, vectors = crowd(120)
    pairs = list(candidates(claims, vectors, neighbours=6))
    index = {id(each): i for i, each in enumerate(claims)}
    met = [frozenset((index[id(pair.a)], index[id(pair.b)])) for pair in pairs]
    assert len(set(met)) == len(met) > 120
    for pair in pairs:
        expected = vectors.similarity(index[id(pair.a)], index[id(pair.b)])
        assert (pair.similarity, pair.clause_similarity) == expected
        assert pair.a.document.id != pair.b.document.id


def test_the_same_input_gives_the_same_pairs_in_the_same_order() -> None:
    claims, vectors = crowd(120)
    assert paired(claims, vectors) == paired(claims, vectors)


def test_the_order_of_the_claims_changes_no_pair() -> None:
    claims, vectors = crowd(120)
    turned = np.random.default_rng(6).permutation(120)
    moved = [claims[i] for i in turned]
    again = paired(moved, Vectors(vectors.sentence[turned], vectors.clause[turned]))
    there = {frozenset((claims[i].key, claims[j].key)) for i, j in paired(claims, vectors)}
    assert {frozenset((moved[i].key, moved[j].key)) for i, j in again} == there


def test_more_claims_than_one_chunk_meet_as_if_all_were_compared_at_once() -> None:
    size = CHUNK + 90
    random = np.random.default_rng(8)
    rows = random.normal(size=(size, 6)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    claims = [plain(i + 3, document=f"document {i // 2}") for i in range(size)]

    near = rows @ rows.T
    for i, j in combinations(range(size), 2):
        if i // 2 == j // 2:
            near[i, j] = near[j, i] = -1
    np.fill_diagonal(near, -1)
    expected = {frozenset((i, int(j))) for i in range(size) for j in np.argsort(-near[i])[:4] if near[i, j] >= FLOOR}

    found = paired(claims, Vectors(rows, rows), neighbours=4)
    assert {frozenset(pair) for pair in found} == expected
    assert len(found) == len(expected)


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
    (pair,) = candidates(claims, encode_claims(claims, Letters()), neighbours=5)
    assert (pair.similarity, pair.clause_similarity) == pytest.approx((1, 1), abs=1e-6)
