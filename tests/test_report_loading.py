"""A report read again is the report that was written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_report_scans import article, claim, day, ferry_scan, finding, hostile_scan, long_scan, scan, verdict

from contradict.errors import InputError
from contradict.report import finding_record, pair_record, read_report, report_of, write_report
from contradict.types import Anchor, Kind, Relation, Scan, TimeMention, digest


def dated_scan() -> Scan:
    """Two articles that date one event differently."""
    sentences = ("The lift opened on 3 May 1998.", "The lift opened on 9 May 1998.")
    claims = []
    for name, sentence, number in zip("ab", sentences, (3, 9), strict=True):
        plain = claim(article(name, sentence), sentence)
        place = sentence.index(str(number))
        time = TimeMention(place, len(sentence) - 1, sentence[place:-1], day(f"1998-05-0{number}"), Anchor.ON)
        claims.append(replace(plain, kind=Kind.DATE, time=time))
    return scan(finding(verdict(claims[0], claims[1])))


@pytest.mark.parametrize("made", [ferry_scan(), hostile_scan(), long_scan(), dated_scan(), scan()])
def test_a_report_read_again_has_the_records_that_were_written(made: Scan, tmp_path: Path) -> None:
    files = write_report(made, tmp_path, include_all=True)

    report = read_report(tmp_path)

    written = [json.loads(line) for line in files["pairs.jsonl"].read_text("utf-8").splitlines()]
    read = [pair_record(pair, row["finding"]) for pair, row in zip(report.pairs.values(), written, strict=True)]
    assert read == written
    told = [json.loads(line) for line in files["findings.jsonl"].read_text("utf-8").splitlines()]
    assert [finding_record(each) for each in report.findings] == told
    assert report.run["counts"] == made.counts


def test_ids_survive_reading_again_even_where_the_text_held_a_lone_surrogate(tmp_path: Path) -> None:
    write_report(hostile_scan(), tmp_path)
    for name, pair in read_report(tmp_path).pairs.items():
        assert pair.id == name


def test_a_scan_just_made_is_a_report_of_the_same_shape(tmp_path: Path) -> None:
    write_report(ferry_scan(), tmp_path, include_all=True)
    made, read = report_of(ferry_scan()), read_report(tmp_path)
    assert list(made.pairs) == list(read.pairs)
    assert set(read.documents) <= set(made.documents)
    assert {**made.run, "started": None} == {**read.run, "started": None}


def test_a_statement_keeps_its_id_when_an_earlier_paragraph_is_edited() -> None:
    sentence = "The storm felled 12 trees and 30 poles."
    before = claim(article("storm", f"Calm. {sentence}"), sentence, "30", low="30", high="30")
    after = claim(article("storm", f"Rather less calm than before. {sentence}"), sentence, "30", low="30", high="30")
    other = claim(article("storm", f"Calm. {sentence}"), sentence, "12", low="12", high="12")
    assert before.statement == after.statement != other.statement


def test_digests_of_sound_text_are_those_of_earlier_versions() -> None:
    assert digest("a", "é") == "01be625513c14c2e"
    assert digest("\ud800") == digest("\ufffd")


def test_documents_are_written_once_and_only_where_a_pair_cites_them(tmp_path: Path) -> None:
    made = ferry_scan()
    spare = article("spare", "Nothing of note.")
    made = replace(made, collection=replace(made.collection, documents=(*made.collection.documents, spare)))
    write_report(made, tmp_path)
    assert "spare" not in read_report(tmp_path).documents
    assert len((tmp_path / "documents.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_folder_without_a_report_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"no report \(findings.jsonl, pairs.jsonl, documents.jsonl, run.json missing\)"
    ):
        read_report(tmp_path)


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("pairs.jsonl", "{", r"pairs.jsonl:1: not as a scan writes it"),
        ("pairs.jsonl", "[]", r"pairs.jsonl:1: "),
        ("pairs.jsonl", "{}", r"pairs.jsonl:1: no 'id' here"),
        ("findings.jsonl", "null", r"findings.jsonl:1: "),
        ("findings.jsonl", '{"id": 7}', r"findings.jsonl:1: .*'id' is no text"),
        ("documents.jsonl", "", r"pairs.jsonl:1: no 'harbour/ferry' here or no such line beside it"),
        ("run.json", "[1]", r"run.json: not a JSON object"),
        ("run.json", "{", r"run.json: not JSON"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(name: str, line: str, message: str, tmp_path: Path) -> None:
    write_report(ferry_scan(), tmp_path)
    (tmp_path / name).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_report(tmp_path)


def test_a_text_that_does_not_stand_at_its_place_is_refused(tmp_path: Path) -> None:
    files = write_report(ferry_scan(), tmp_path)
    text = files["documents.jsonl"].read_text("utf-8")
    files["documents.jsonl"].write_text(text.replace('"text": "', '"text": "An edit. '), encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs.jsonl:1: .*does not stand at its place"):
        read_report(tmp_path)


def test_relations_that_were_not_listed_are_read_with_the_rest(tmp_path: Path) -> None:
    write_report(ferry_scan(), tmp_path, include_all=True)
    relations = [pair.relation for pair in read_report(tmp_path).pairs.values()]
    assert relations == [Relation.CONTRADICTION, Relation.UNRELATED]
