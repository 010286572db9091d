"""The records are those of the contract, and their numbers are plain."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from test_report_scans import claim, day, ferry_claims, ferry_scan, figure, hostile_scan, verdict

from contradict.report import figure_record, finding_record, json_line, judgement_record, pair_record
from contradict.types import Change, Probabilities, Relation


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("1E+3", "1000"),
        ("1.2E+6", "1200000"),
        ("1200000.0", "1200000"),
        ("0.50", "0.5"),
        ("2E-7", "0.0000002"),
        ("-4.10", "-4.1"),
        ("-0.0", "0"),
        ("100", "100"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)
def test_a_number_is_printed_without_exponent_and_without_idle_zeros(number: str, printed: str) -> None:
    record = figure_record(replace(figure("12 boats", "12", low="12", high="12"), value=Decimal(number)))
    assert record["value"] == printed


def test_a_figure_has_the_fields_of_the_contract() -> None:
    full = replace(
        figure("some 12 boats", "some 12", low="10.8", high="13.2"),
        change=Change.UP,
        unit="boat",
        counted="boats",
        of="fleet",
        per="day",
        as_of=day("2024-03-02"),
    )
    assert figure_record(full) == {
        "start": 0,
        "end": 7,
        "surface": "some 12",
        "value": None,
        "low": "10.8",
        "high": "13.2",
        "hedge": "=",
        "change": "up",
        "unit": "boat",
        "counted": "boats",
        "of": "fleet",
        "per": "day",
        "role": "count",
        "as_of": "2024-03-02",
    }


def test_an_open_side_of_a_figure_is_null() -> None:
    record = figure_record(figure("over 12 boats", "over 12", low="12", high=None))
    assert (record["low"], record["high"]) == ("12", None)


def test_a_pair_has_the_fields_of_the_contract_and_offsets_in_its_document() -> None:
    a, b = ferry_claims()
    record = pair_record(verdict(a, b, same_speaker=False), "f00d")
    assert list(record) == [
        "id", "finding", "relation", "kind", "score", "reason", "matter", "same_speaker", "same_source", "a", "b",
        "probabilities",
    ]  # fmt: skip
    side = record["b"]
    assert isinstance(side, dict)
    assert list(side) == [
        "document", "path", "title", "source", "date", "text", "start", "end", "figure", "speaker", "as_of",
        "statement", "time",
    ]  # fmt: skip
    assert b.document.text[side["start"] : side["end"]] == side["text"]
    assert (side["speaker"], side["date"], side["figure"]["surface"]) == ("the coastguard", "2024-03-03", "about 260")
    assert (record["finding"], record["same_speaker"], record["same_source"]) == ("f00d", False, False)


def test_a_pair_of_claims_without_figures_and_without_finding_has_nulls_there() -> None:
    record = pair_record(ferry_scan().verdicts[0], None)
    side = record["a"]
    assert isinstance(side, dict)
    assert (record["finding"], side["figure"], side["speaker"], side["as_of"]) == (None, None, None, None)


def test_a_finding_names_its_pairs_and_its_timeline() -> None:
    finding = ferry_scan().findings[0]
    record = finding_record(finding)
    assert list(record) == ["id", "matter", "relation", "score", "pairs", "timeline", "kind", "check"]
    assert (record["kind"], record["check"]) == ("figure", None)
    assert record["pairs"] == [finding.verdicts[0].id]
    contract = ("date", "low", "high", "source", "document")
    assert [tuple(line[name] for name in contract) for line in record["timeline"]] == [
        ("2024-03-02", "214", "214", "Harbour Post", "harbour/ferry"),
        ("2024-03-03", "234", "286", "Island Gazette", "gazette/ferry"),
    ]
    assert [(line["said"], line["speaker"]) for line in record["timeline"]] == [
        (line.said, line.speaker) for line in finding.timeline
    ]


def test_a_judgement_keeps_the_given_id_and_rounds_its_probabilities() -> None:
    a, b = ferry_claims()
    sure = replace(verdict(a, b), probabilities=Probabilities(1 / 3, 2 / 3, 1e-9, 0.0))
    record = judgement_record("row 7", sure)
    assert list(record) == ["id", "relation", "probabilities", "kind", "figure_a", "figure_b", "reason"]
    assert record["id"] == "row 7"
    assert record["probabilities"] == {
        "contradiction": 0.333333,
        "update": 0.666667,
        "agreement": 0.0,
        "unrelated": 0.0,
    }
    assert record["figure_a"] == figure_record(a.figure) if a.figure else None


def test_a_judgement_of_claims_without_figures_has_null_figures() -> None:
    quiet = ferry_scan().verdicts[0]
    record = judgement_record("1", quiet)
    assert (record["relation"], record["kind"]) == (Relation.UNRELATED.value, "none")
    assert (record["figure_a"], record["figure_b"]) == (None, None)


def test_a_record_is_one_line_whatever_the_text_holds() -> None:
    for each in hostile_scan().verdicts:
        line = json_line(pair_record(each, None))
        assert len(line.splitlines()) == 1
        again = json.loads(line.encode("utf-8"))
        assert again["a"]["text"] == each.pair.a.sentence.text.replace("\ud800", "\ufffd")


def test_text_in_other_scripts_stays_readable_in_a_record() -> None:
    text = "Le préfet a compté 12 bateaux."
    a, _ = ferry_claims()
    document = replace(a.document, text=text)
    assert "préfet" in json_line(pair_record(verdict(claim(document, text, "12", low="12", high="12"), a), None))
