"""What a verdict comes to in the terms of entailment, by which `judge` is scored on sets of pairs."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "eval"))
entailment: Any = importlib.import_module("entailment")


def figure(low: str | None, high: str | None, hedge: str = "=", unit: str | None = None) -> dict[str, Any]:
    return {"low": low, "high": high, "hedge": hedge, "unit": unit, "per": None, "change": None}


def answer(first: dict[str, Any] | None, second: dict[str, Any] | None, *, update: float = 0.0) -> str:
    """The label that a verdict of one matter is turned into."""
    shares = {"contradiction": 0.0, "update": update, "agreement": 0.9 - update, "unrelated": 0.1}
    row = {"id": "1", "probabilities": shares, "figure_a": first, "figure_b": second}
    told = entailment.of_verdict(row)["probabilities"]
    assert sum(told.values()) == pytest.approx(1)
    return str(max(told, key=told.get))


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        (figure("32", "32"), figure("22", None, ">"), "entailment"),
        (figure("22", None, ">"), figure("32", "32"), "neutral"),
        (figure("32", "32"), figure(None, "32", "<"), "contradiction"),
        (figure("32", "32"), figure(None, "32", "<="), "entailment"),
        (figure("32", "32"), figure("32", None, ">"), "contradiction"),
        (figure("20", "40"), figure("30", "50"), "neutral"),
        (figure("5", "5"), figure("6", "6"), "contradiction"),
    ],
)
def test_logic_decides_by_what_the_figures_allow(first: dict[str, Any], second: dict[str, Any], label: str) -> None:
    assert answer(first, second) == label
    assert answer(first, second, update=0.8) == label


def test_without_figures_of_one_unit_the_relation_decides() -> None:
    assert answer(None, None) == "entailment"
    assert answer(None, None, update=0.8) == "contradiction"
    assert answer(figure("5", "5", unit="km"), figure("5", "5", unit="miles"), update=0.8) == "contradiction"
    up, down = ({**figure("5", "5", unit="%"), "change": change} for change in ("up", "down"))
    assert answer(up, down, update=0.8) == "contradiction"
    assert answer(up, figure("5", "5", unit="%"), update=0.8) == "contradiction"
    assert answer(up, {**figure("4", None, ">", unit="%"), "change": "up"}, update=0.8) == "entailment"


def test_where_no_figures_answer_it_is_what_the_entailment_judge_says() -> None:
    says = {"entailment": 0.2, "neutral": 0.7, "contradiction": 0.1}
    shares = {"contradiction": 0.9, "update": 0.0, "agreement": 0.1, "unrelated": 0.0}
    row: dict[str, Any] = {"id": "1", "probabilities": shares, "figure_a": None, "figure_b": None}
    row["inference"] = {"a_to_b": says, "b_to_a": dict.fromkeys(says, 1 / 3)}
    assert entailment.of_verdict(row)["probabilities"] == says
    row |= {"figure_a": figure("5", "5"), "figure_b": figure("5", "5")}  # the same in both: there is more to them
    assert entailment.of_verdict(row)["probabilities"] == says


def test_two_matters_are_neutral_unless_figures_were_compared() -> None:
    shares = {"contradiction": 0.1, "update": 0.1, "agreement": 0.1, "unrelated": 0.7}
    row = {"id": "1", "probabilities": shares, "figure_a": None, "figure_b": None}
    told = entailment.of_verdict(row)["probabilities"]
    assert told["neutral"] == 0.7
    assert told["contradiction"] == pytest.approx(0.2)
    row |= {"figure_a": figure("5", "5"), "figure_b": figure("6", "6")}
    assert entailment.of_verdict(row)["probabilities"]["contradiction"] == 1
