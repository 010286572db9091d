"""The files of a report: complete or not at all, the same for the same scan, safe to open."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_report_scans import HOSTILE, article, claim, ferry_scan, finding, hostile_scan, long_scan, scan, verdict

from contradict.errors import SettingError
from contradict.report import write_report
from contradict.report.escaping import cell, web_link
from contradict.report.files import write_together
from contradict.types import Hedge, Relation

NAMES = ["findings.jsonl", "pairs.jsonl", "documents.jsonl", "pairs.csv", "report.html", "run.json"]


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_report_is_six_files_and_nothing_else(tmp_path: Path) -> None:
    written = write_report(ferry_scan(), tmp_path / "deep" / "out")
    assert list(written) == NAMES
    assert sorted(path.name for path in (tmp_path / "deep" / "out").iterdir()) == sorted(NAMES)


def test_the_same_scan_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_report(hostile_scan(), tmp_path / "1", include_all=True)
    second = write_report(hostile_scan(), tmp_path / "2", include_all=True)
    for name in NAMES:
        assert first[name].read_bytes() == second[name].read_bytes(), name


def test_only_the_run_record_knows_the_time(tmp_path: Path) -> None:
    early, late = (datetime(2024, 3, day, 9, 30, tzinfo=UTC) for day in (2, 3))
    first = write_report(ferry_scan(), tmp_path / "1", started=early, finished=early)
    second = write_report(replace(ferry_scan(), seconds={"pairs": 9.0}), tmp_path / "2", started=late, finished=late)
    differing = [name for name in NAMES if first[name].read_bytes() != second[name].read_bytes()]
    assert differing == ["run.json"]
    assert json.loads(first["run.json"].read_text(encoding="utf-8"))["started"] == "2024-03-02T09:30:00+00:00"


def test_agreements_and_unrelated_pairs_are_listed_on_request_only(tmp_path: Path) -> None:
    usual = lines(write_report(ferry_scan(), tmp_path / "1")["pairs.jsonl"])
    all_of_them = lines(write_report(ferry_scan(), tmp_path / "2", include_all=True)["pairs.jsonl"])
    assert [pair["relation"] for pair in usual] == ["contradiction"]
    assert [pair["relation"] for pair in all_of_them] == ["contradiction", "unrelated"]


def test_pairs_name_their_finding_and_a_listed_pair_of_none_is_kept(tmp_path: Path) -> None:
    made = ferry_scan()
    unjoined = verdict(made.verdicts[0].pair.a, made.verdicts[0].pair.b, Relation.UPDATE)
    pairs = lines(write_report(replace(made, verdicts=(unjoined,)), tmp_path)["pairs.jsonl"])
    assert [pair["finding"] for pair in pairs] == [made.findings[0].id, None]


def test_the_csv_has_the_pairs_of_the_jsonl_in_their_order(tmp_path: Path) -> None:
    written = write_report(hostile_scan(), tmp_path)
    assert [row["id"] for row in rows(written["pairs.csv"])] == [pair["id"] for pair in lines(written["pairs.jsonl"])]


def test_numbers_stay_numbers_in_the_csv_even_below_zero(tmp_path: Path) -> None:
    text = "The balance was -12.50 euros."
    one, other = (claim(article(name, text), text, "-12.50", low="-12.50", high="-12.50") for name in "ab")
    (row,) = rows(write_report(scan(finding(verdict(one, other))), tmp_path)["pairs.csv"])
    assert (row["a_value"], row["a_low"], row["score"], row["a_start"]) == ("-12.5", "-12.5", "0.9", "0")
    assert row["a_surface"] == "'-12.50"


def test_the_sign_of_an_exact_hedge_is_no_formula(tmp_path: Path) -> None:
    (row,) = rows(write_report(ferry_scan(), tmp_path)["pairs.csv"])
    assert row["a_hedge"] == f"'{Hedge.EXACT.value}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("   =1+1", "'=1+1"),
        ("\t=1+1", "'=1+1"),
        ("\rword", "'word"),
        ("\u00a0=1+1", "'=1+1"),
        ("\x00=1+1", "'\ufffd=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("one; =1+1", "one; '=1+1"),
        ('one;"=1+1', "one;\"'=1+1"),
        ("one\ntwo", "one two"),
        ("5,000 = many", "5,000 = many"),
        ("plain; text - here", "plain; text - here"),
        ("", ""),
    ],
)
def test_no_cell_begins_like_a_formula(text: str, written: str) -> None:
    assert cell(text) == written


@given(st.text())
def test_whatever_the_text_a_cell_is_one_harmless_line(text: str) -> None:
    written = cell(text)
    assert not written.lstrip().startswith(("=", "+", "-", "@"))
    assert len(written.splitlines()) <= 1
    written.encode("utf-8")


def test_a_cell_is_no_longer_than_a_spreadsheet_holds(tmp_path: Path) -> None:
    (row,) = rows(write_report(long_scan(), tmp_path)["pairs.csv"])
    assert len(row["a_text"]) < 32_767
    assert row["a_text"].endswith("[cut; whole in pairs.jsonl]")


def test_the_csv_opens_as_utf_8_in_a_spreadsheet(tmp_path: Path) -> None:
    assert write_report(ferry_scan(), tmp_path)["pairs.csv"].read_bytes().startswith(b"\xef\xbb\xbfid,finding,")


def test_the_run_record_lists_everything_that_was_left_out(tmp_path: Path) -> None:
    settings: dict[str, object] = {
        "neighbours": 20,
        "paths": (Path("a"), Path("b")),
        "relation": Relation.UPDATE,
        "kinds": frozenset({"b", "a"}),
        "limit": float("inf"),
        "nothing": None,
    }
    run = json.loads(write_report(replace(ferry_scan(), settings=settings), tmp_path)["run.json"].read_text("utf-8"))
    assert run["settings"] == {
        "neighbours": 20,
        "paths": ["a", "b"],
        "relation": "update",
        "kinds": ["a", "b"],
        "limit": "inf",
        "nothing": None,
    }
    assert run["skipped"] == [{"path": "scans/photo.txt", "reason": "not text", "count": 1}]
    assert run["not_compared"] == [
        {"path": "scans/fr.txt", "reason": "language not spoken by the models: fr", "count": 1}
    ]
    assert run["notes"] == [{"path": "scans/ferry.txt", "reason": "the id was not unique", "count": 2}]
    assert run["copies"] == [
        {"path": "wire/ferry.txt", "source": "North Wire", "date": "2024-03-02", "document": "harbour/ferry"}
    ]
    assert run["read"] == {
        "articles": 2,
        "period": "2024-03-02/2024-03-03",
        "undated": 0,
        "outlets": {"Harbour Post": 1, "Island Gazette": 1},
    }
    assert run["counts"] == {"documents": 2, "pairs": 2, "findings": 1}
    assert run["seconds"] == {"documents": 0.25, "pairs": 1.5}
    assert run["findings"] == {"contradiction": 1}
    assert run["pairs"] == 1
    assert run["models"] == ferry_scan().models
    assert run["versions"]["python"].startswith("3.")
    assert run["versions"]["jinja2"]


def test_the_run_record_survives_hostile_paths_and_settings(tmp_path: Path) -> None:
    run = json.loads(write_report(hostile_scan(), tmp_path)["run.json"].read_text("utf-8"))
    assert [each["path"] for each in run["skipped"]] == [text.replace("\ud800", "\ufffd") for text in HOSTILE]


def test_an_empty_scan_still_gives_a_report(tmp_path: Path) -> None:
    written = write_report(scan(), tmp_path)
    assert written["findings.jsonl"].read_bytes() == b""
    assert rows(written["pairs.csv"]) == []
    assert "No conflict found" in written["report.html"].read_text("utf-8")


def test_a_failure_in_the_middle_leaves_the_old_files_and_no_others(tmp_path: Path) -> None:
    write_together(tmp_path, {"one": ["old one"], "two": ["old two"]})

    def failing() -> Iterator[str]:
        yield "new"
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        write_together(tmp_path, {"one": ["new one"], "two": failing()})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"one": "old one", "two": "old two"}


def test_files_have_the_usual_permissions(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        written = write_together(tmp_path, {"one": ["text"]})
    finally:
        os.umask(old)
    assert stat.S_IMODE(written["one"].stat().st_mode) == 0o644


def test_a_leftover_of_another_run_is_not_touched(tmp_path: Path) -> None:
    leftover = tmp_path / f".one.{os.getpid()}-0.tmp"
    leftover.write_text("mine")
    write_together(tmp_path, {"one": ["text"]})
    assert leftover.read_text() == "mine"
    assert (tmp_path / "one").read_text() == "text"


def test_a_directory_that_cannot_be_written_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(SettingError, match=r"file.*cannot be written.*-o"):
        write_report(ferry_scan(), tmp_path / "file" / "out")


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://paper.example/story?id=1&x=2#top", True),
        ("HTTP://paper.example/", True),
        ("http://[::1]/x", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" https://paper.example/", False),
        ('https://paper.example/" onclick="x', False),
        ("https://paper.example/a b", False),
        ("https://paper.example/<b>", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//paper.example/", False),
        ("https://", False),
        ("https:///path", False),
        ("https://[broken/", False),
        ("https://paper.example/" + "x" * 3000, False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, linked: bool) -> None:
    assert web_link(address) == (address if linked else "")
