"""The gate on numbers alone: it forbids only what the full line never lists, and lets through what that lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from contradict.candidates import Claims
from contradict.claims import pairable, read_document
from contradict.columns import ROW, rows_of_claims
from contradict.documents import read_collection
from contradict.gate import FEATURES, features, load_gate, possible
from contradict.matter import clause_of, masked
from contradict.static import load_static_encoder, quantised
from contradict.types import LISTED, Claim, Document, Kind, Pair, TimeSpan
from contradict.verdicts import judge_pairs, load_head


def read(text: str, *, name: str, day: int | None = 3) -> list[Claim]:
    when = TimeSpan(date(2023, 5, day), date(2023, 5, day)) if day else None
    return [each for each in read_document(Document(id=name, path="", text=text, date=when)) if pairable(each)]


def table(claims: Sequence[Claim]) -> Claims:
    encoder = load_static_encoder()
    halves = [quantised(encoder.encode([text(each) for each in claims])) for text in (masked, clause_of)]
    owners = {name: number for number, name in enumerate(dict.fromkeys(each.document.id for each in claims))}
    numbers = np.array([owners[each.document.id] for each in claims], dtype=np.int32)
    return Claims(rows_of_claims(claims), np.hstack(halves), numbers)


def pairs_of(claims: Sequence[Claim]) -> tuple[np.ndarray, np.ndarray]:
    rows = rows_of_claims(claims)
    found = [
        (i, j)
        for i, j in combinations(range(len(claims)), 2)
        if claims[i].document.id != claims[j].document.id and rows["block"][i] == rows["block"][j]
    ]
    one, other = np.array(found, dtype=np.int64).T
    return one, other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The storm killed 43 people in Peru.", "The storm killed 43 people in Peru, officials said."),
        ("The storm killed 43 people in Peru.", "The storm injured 90 people in Peru."),
        ("Peru has 43 confirmed cases of cholera.", "Peru has 90 suspected cases of cholera."),
        ("The storm killed 43 people in Peru.", "The storm killed another 9 people in Peru."),
        ("Prices in Peru are up from 43 dollars.", "Prices in Peru stand at 90 dollars."),
        ("Prices in Peru rose by 43 dollars.", "Prices in Peru stand at 90 dollars."),
    ],
    ids=["equal", "another kind of event", "another category", "what is new", "an earlier level", "a move"],
)
def test_what_a_rule_forbids_does_not_pass(one: str, other: str) -> None:
    claims = read(one, name="one")[:1] + read(other, name="two")[:1]
    rows = rows_of_claims(claims)
    assert possible(rows, np.array([0]), np.array([1])).tolist() == [False]


def test_figures_that_differ_pass() -> None:
    claims = read("The storm killed 43 people in Peru.", name="one") + read("It killed 90 people in Peru.", name="two")
    assert possible(rows_of_claims(claims), np.array([0]), np.array([1])).tolist() == [True]


def test_the_rules_forbid_nothing_that_the_full_line_lists() -> None:
    """On the sample articles, every pair of one scale judged with the cosines that speak most for one matter."""
    collection = read_collection([str(ROOT / "corpus")])
    claims = [each for document in collection.documents for each in read_document(document) if pairable(each)]
    one, other = pairs_of(claims)
    allowed = possible(rows_of_claims(claims), one, other)
    forbidden = [
        Pair(claims[i], claims[j], 0.95, 0.95)
        for i, j, allow in zip(one.tolist(), other.tolist(), allowed, strict=True)
        if not allow and claims[i].kind is Kind.FIGURE
    ]
    assert len(forbidden) > 1000
    assert list(judge_pairs(forbidden, load_head(), keep=LISTED)) == []


def test_two_reports_of_one_toll_pass_and_two_matters_do_not() -> None:
    claims = [
        *read("The storm killed 43 people in Peru on Monday.", name="one"),
        *read("At least 90 people were killed by the storm in Peru.", name="two"),
        *read("He sold 7 tractors to a farm in Norway for his wedding.", name="three"),
    ]
    found = load_gate().passes(table(claims), np.array([1, 2]))
    assert found.tolist() == [True, False]


def test_features_are_the_same_when_sides_of_one_day_are_swapped() -> None:
    claims = [
        *read("The storm killed 43 people in Peru, 12 of them children.", name="one"),
        *read("More than 90 of the confirmed dead were in Lima.", name="two"),
    ]
    one, other = pairs_of(claims)
    whole = table(claims)
    symmetric = [number for number, name in enumerate(FEATURES) if name != "role"]
    forth, back = features(whole, one, other)[symmetric], features(whole, other, one)[symmetric]
    np.testing.assert_array_equal(forth, back)


def test_dates_of_what_reads_as_one_event_pass_and_others_do_not() -> None:
    claims = [
        each
        for name, text in (
            ("one", "The ferry sank on 3 May 2021 off Peru."),
            ("two", "The ferry sank on 4 May 2021 off Peru."),
            ("three", "On 4 May 2021 the bank cut its interest rate."),
        )
        for each in read(text, name=name)
        if each.kind is Kind.DATE
    ]
    assert load_gate().passes(table(claims), np.array([1, 2])).tolist() == [True, False]


def test_rows_are_of_a_fixed_form_since_archives_hold_them() -> None:
    """Whoever changes a row raises `RULES` of contradict/archive/reading.py with it."""
    names = ROW.names or ()
    assert (ROW.itemsize, names[0], names[-1]) == (153, "block", "flags")


def test_a_gate_for_other_features_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contradict import gate
    from contradict.errors import ModelError

    with np.load(ROOT / "models" / gate.GATE) as arrays:
        kept = {name: arrays[name] for name in arrays}
    np.savez(tmp_path / gate.GATE, **{**kept, "features": kept["features"][:-1]})
    monkeypatch.setattr("contradict.gate.model_path", lambda name: tmp_path / name)
    load_gate.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"gate\.npz"):
            load_gate()
    finally:
        load_gate.cache_clear()
