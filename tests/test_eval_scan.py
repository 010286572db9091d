"""What eval/ measures the speed of a scan with: the parts that need neither articles nor minutes."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import numpy as np
import pytest
from conftest import ROOT

from contradict.claims import pairable, read_document
from contradict.documents import document_from_text
from contradict.types import Claim

if TYPE_CHECKING:
    from numpy.typing import NDArray

sys.path.append(str(ROOT / "eval"))
bench_index: Any = importlib.import_module("bench_index")
bench_scan: Any = importlib.import_module("bench_scan")
chart: Any = importlib.import_module("chart")
commands: Any = importlib.import_module("commands")
compare_scan: Any = importlib.import_module("compare_scan")
exact_line: Any = importlib.import_module("exact_line")
growth: Any = importlib.import_module("growth")
matching: Any = importlib.import_module("matching")
news_sample: Any = importlib.import_module("news_sample")
process: Any = importlib.import_module("process")
profile_scan: Any = importlib.import_module("profile_scan")
recall_scan: Any = importlib.import_module("recall_scan")
run_log: Any = importlib.import_module("run_log")

SIZES = (1000, 2000, 4000, 9000)


# How a time grows


@pytest.mark.parametrize("power", [0.0, 1.0, 1.5, 2.0])
def test_the_exponent_of_a_power_is_that_power(power: float) -> None:
    taken = [3e-3 * size**power + (power == 0.0) for size in SIZES]
    assert growth.exponent(SIZES, taken) == pytest.approx(power, abs=1e-9)
    assert growth.doublings(SIZES, taken) == pytest.approx([2**power] * 3)


def test_times_too_short_to_measure_fit_nothing() -> None:
    assert growth.exponent([1000, 2000, 4000], [0.0, 0.001, 5.0]) is None
    assert growth.doublings([1000, 2000, 4000], [0.001, 3.0, 6.0]) == [None, pytest.approx(2.0)]


# A command with its processes

CHILD = "import time; held = b'x' * (60 << 20); time.sleep(0.8)"
PARENT = (
    f"import subprocess, sys; held = b'x' * (60 << 20); subprocess.run([sys.executable, '-c', {CHILD!r}], check=True)"
)


def test_memory_is_that_of_all_processes_together() -> None:
    usage = process.measured([sys.executable, "-c", PARENT])
    assert 60 < usage.largest < 120
    if not Path("/proc/self/statm").exists():
        pytest.skip("the system does not tell the memory of a process while it runs")
    assert usage.memory in {"PSS", "RSS"}
    assert 120 < usage.peak < 240
    assert usage.seconds > 0.8
    assert usage.processor > 0


def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    with pytest.raises(commands.CommandFailed, match="exit status 3: no such thing"):
        process.measured([sys.executable, "-c", "import sys; sys.stderr.write('no such thing'); sys.exit(3)"])


# The sample


def sample_lines(count: int) -> list[bytes]:
    return [b'{"id": %d, "date": "2014-%02d-05"}\n' % (number, number % 12 + 1) for number in range(count)]


def test_a_smaller_sample_is_the_beginning_of_a_larger_one() -> None:
    lines = sample_lines(50)
    small, large = (news_sample.chosen(lines, news_sample.Sample(articles=size)) for size in (10, 30))
    assert large[:10] == small
    assert len(set(large)) == 30
    assert small != lines[:10]


def test_a_period_takes_all_its_articles() -> None:
    taken = news_sample.chosen(sample_lines(50), news_sample.Sample(since="2014-03", until="2014-04"))
    assert sorted({json.loads(line)["date"] for line in taken}) == ["2014-03-05", "2014-04-05"]
    assert len(taken) == 8


def test_more_articles_than_there_are_is_told() -> None:
    with pytest.raises(commands.Missing, match="only 50 articles are there"):
        news_sample.chosen(sample_lines(50), news_sample.Sample(articles=51))


@pytest.mark.parametrize("script", [bench_scan, compare_scan, recall_scan, profile_scan])
def test_missing_articles_are_told_in_one_line(
    script: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["script", "--data", str(tmp_path / "none.jsonl.xz"), "--out", str(tmp_path)])
    assert script.main() == commands.WRONG
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())


# Results


def test_runs_are_added_one_by_one_and_the_latest_of_a_size_counts(tmp_path: Path) -> None:
    file = tmp_path / "results" / "scan.json"
    for size, seconds in ((2000, 9), (1000, 5), (2000, 8)):
        run_log.append_run(file, {"articles": size, "seconds": seconds})
    assert [run["seconds"] for run in run_log.read_runs(file)] == [9, 5, 8]
    assert [run["seconds"] for run in run_log.latest(run_log.read_runs(file), "articles")] == [5, 8]


def made_up_run(size: int, *, label: str = "scan", factor: float = 1.0) -> dict[str, object]:
    stages = {"claims": 0.01 * size * factor, "verdicts & <pairs>": 1e-6 * size**2 * factor, "findings": 0.0}
    return {
        "label": label, "articles": size, "sample": f"{size} articles", "options": [], "stages": stages,
        "seconds": sum(stages.values()), "processor": 2.0, "peak_mib": 700.0, "memory": "PSS", "largest_mib": 600.0,
        "counts": {"claims": 9 * size, "findings": 3}, "pairs": size, "findings": 3,
        "date": "2026-01-01", "commit": "abc", "machine": "one", "python": "3.11", "load at the start": "0.0",
    }  # fmt: skip


def test_the_table_has_each_stage_with_its_growth() -> None:
    runs = [made_up_run(size) for size in SIZES]
    text = bench_scan.as_markdown(runs, others=[made_up_run(2000, label="before", factor=3)])
    assert "| claims | 10.0 | 20.0 | 40.0 | 90.0 | 1.00 |" in text
    assert "| verdicts & <pairs> | 4.00 | 4.00 | 4.00 |" in text
    assert "| before | 2,000 | 72.0 | 700 | 3.0 |" in text
    assert text.count("\n| findings |") == 3


@pytest.mark.parametrize("sizes", [SIZES, SIZES[:1]])
def test_the_chart_is_well_formed_and_names_every_line(sizes: Sequence[int]) -> None:
    drawn = bench_scan.as_chart(
        [made_up_run(size) for size in sizes], others=[made_up_run(size, label="before") for size in sizes[:2]]
    )
    named: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = named.append
    parser.Parse(drawn, True)
    text = "".join(named)
    assert all(name in text for name in ("total", "claims", "verdicts & <pairs>", "before", "articles"))
    assert "findings" not in text  # it took no time


def test_names_at_the_ends_keep_apart_within_the_field() -> None:
    places = chart._apart([100, 101, 102, 300, 439, 440], least=50, most=440)
    assert all(then - now >= chart.LINE - 1e-9 for now, then in pairwise(places))
    assert places[1] == pytest.approx(101)
    assert places[3] == 300
    assert places[-1] <= 440


# The exact line


def claims_of(*texts: str) -> list[Claim]:
    documents = [document_from_text(text, path=f"{number}.txt", id=str(number)) for number, text in enumerate(texts)]
    return [claim for document in documents for claim in read_document(document) if pairable(claim)]


def alike(claims: Sequence[Claim]) -> NDArray[np.float32]:
    return np.tile(np.array([[1, 0]], dtype=np.float32), (len(claims), 1))


def test_claims_meet_across_documents_on_one_scale() -> None:
    claims = claims_of(
        "The flood killed 12 people in Elsa. The bridge cost 3 million dollars.", "The flood killed 19 people in Elsa."
    )
    pairs = list(exact_line.meeting(claims, alike(claims), alike(claims)))
    assert [{pair.a.said, pair.b.said} for pair in pairs] == [{"12", "19"}]


def test_claims_that_are_not_alike_meet_only_by_what_is_counted() -> None:
    claims = claims_of(
        "The flood killed 12 people in Elsa.", "The flood killed 19 people in Elsa.", "Rita sold 40 boats."
    )
    apart = np.eye(len(claims), dtype=np.float32)
    pairs = list(exact_line.meeting(claims, apart, apart))
    assert [{pair.a.said, pair.b.said} for pair in pairs] == [{"12", "19"}]


def test_a_sentence_printed_again_is_one_statement() -> None:
    claims = claims_of("The flood killed 12 people.", "The flood killed 12\tpeople.")
    assert len(claims) == 2
    assert len(exact_line.once(claims)) == 1


# Which pairs are in a list


def listed(a: str, b: str, *, worded: str = "", relation: str = "update", score: float = 0.7) -> Any:
    sides = [matching.Side(name, f"{worded}{name[-1]}" if worded else name) for name in (a, b)]
    return matching.Listed(*sides, relation=relation, kind="figure", score=score)


def test_a_pair_is_found_in_either_order_or_by_equal_words() -> None:
    wanted = [listed("a1", "b2", worded="w"), listed("a3", "b4", worded="w"), listed("a5", "b6", worded="w")]
    held = [listed("b2", "a1"), listed("c4", "c3", worded="w")]
    assert matching.places([pair.keys for pair in wanted], [pair.keys for pair in held]) == [0, 1, None]


def test_shares_are_told_by_relation_and_by_score() -> None:
    wanted = [listed("a", "b", score=0.95), listed("c", "d", relation="contradiction"), listed("e", "f", score=0.92)]
    told = {
        share.name: (share.strictly, share.of) for share in matching.shares(wanted, [wanted[0].keys, wanted[1].keys])
    }
    assert told == {
        "all": (2, 3),
        "contradiction (figure)": (1, 1),
        "update (figure)": (1, 2),
        "score 0.7 to 0.8": (1, 1),
        "score 0.9 to 1.0": (1, 2),
    }


def test_a_claim_and_its_line_of_the_report_are_one_statement() -> None:
    claim = claims_of("The flood killed 12 people in Elsa.")[0]
    line = {"document": "0", "text": claim.sentence.text, "figure": {"start": claim.stated.start}, "time": None}
    assert matching.side_of_record(line) == matching.side_of_claim(claim)
    assert matching.side_of_record({**line, "statement": claim.statement}) == matching.side_of_claim(claim)
    again = claims_of("The flood  killed\t12 people in Elsa.")[0]
    assert matching.side_of_claim(again).worded == matching.side_of_claim(claim).worded


def test_stages_are_read_from_ids_and_lost_pairs_are_explained(tmp_path: Path) -> None:
    (tmp_path / "met.tsv").write_text("b\ta\nc\td\n", encoding="utf-8")
    assert recall_scan.stage_keys(tmp_path / "met.tsv") == [(("a", "b"),), (("c", "d"),)]
    (tmp_path / "bad.tsv").write_text("b a\n", encoding="utf-8")
    with pytest.raises(commands.Missing, match=r"bad.tsv:1: not two statement ids"):
        recall_scan.stage_keys(tmp_path / "bad.tsv")

    sides = [{"document": name, "text": name, "figure": None, "time": None} for name in ("x", "y", "z")]
    x, y, z = (matching.side_of_record(side) for side in sides)
    record = {"a": sides[1], "b": sides[0], "relation": "agreement", "kind": "none", "score": 0.1}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    lost = [matching.Listed(x, other, "update", "figure", 0.5) for other in (y, z)]
    assert recall_scan.judged_otherwise(lost, tmp_path) == {"agreement": 1, "never met": 1}


def report_side(document: str, start: int, text: str, low: str) -> dict[str, object]:
    figure = {"low": low, "high": low, "unit": None, "per": None, "change": None}
    return {"document": document, "start": start, "text": text, "figure": figure}


def test_a_mined_pair_is_found_strictly_by_words_or_by_the_disagreement() -> None:
    def pair(a: dict[str, object], b: dict[str, object]) -> Any:
        return compare_scan.keys_of_record({"a": a, "b": b})

    one, other = report_side("A", 0, "Twelve died.", "12"), report_side("B", 5, "Nineteen died.", "19")
    mined = [pair(one, other)]
    reprinted = pair(report_side("C", 0, "Nineteen  died.", "19"), report_side("D", 9, "Twelve died.", "12"))
    elsewhere = pair(report_side("B", 90, "It killed 19.", "19"), report_side("A", 40, "It killed 12.", "12"))
    unlike = pair(report_side("B", 90, "It killed 20.", "20"), report_side("A", 40, "It killed 12.", "12"))
    assert compare_scan.counted(mined, [pair(other, one)]) == [1, 1, 1]
    assert compare_scan.counted(mined, [reprinted]) == [0, 1, 1]
    assert compare_scan.counted(mined, [elsewhere]) == [0, 0, 1]
    assert compare_scan.counted(mined, [unlike]) == [0, 0, 0]


# Neighbours and profiles


def test_the_exact_neighbours_of_a_vector_are_the_nearest_others() -> None:
    angles = np.array([0.0, 0.1, 0.3, 2.0, 2.1])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = bench_index.exact(vectors, 1).nearest
    assert found[:, 0].tolist() == [1, 0, 1, 4, 3]
    assert bench_index.recall(np.array([[1], [0], [0], [4], [3]]), found) == pytest.approx(0.8)


def test_a_vector_is_no_neighbour_of_its_own() -> None:
    found = bench_index.without_self(np.array([[0, 2, 1], [2, 1, 0], [1, 0, 3]]), 2)
    assert found.tolist() == [[2, 1], [2, 0], [1, 0]]


def test_a_function_is_named_by_its_module() -> None:
    package = str(ROOT / "contradict" / "claims.py")
    library = "/somewhere/.venv/lib/python3.11/site-packages/torch/nn/modules.py"
    assert profile_scan.named(package, 41, "read_claims") == "contradict/claims.py:41 read_claims"
    assert profile_scan.named(library, 7, "forward") == "torch/nn/modules.py:7 forward"
    assert profile_scan.named("~", 0, "<built-in method builtins.exec>") == "builtins.exec"


def test_a_comparison_goes_on_from_what_it_kept_and_from_nothing_else(tmp_path: Path) -> None:
    runs = []

    def run() -> dict[str, int]:
        runs.append(1)
        return {"seconds": len(runs)}

    for _ in range(2):
        assert compare_scan._kept(tmp_path / "scan.json", {"commit": "a"}, run) == {"seconds": 1}
    for other in ({"commit": "b"}, {"commit": "a", "threshold": "0.7"}, {"commit": "a", "machine": "another"}):
        with pytest.raises(commands.Missing, match="is of another comparison"):
            compare_scan._kept(tmp_path / "scan.json", other, run)
    assert runs == [1]


def test_a_comparison_by_uncommitted_code_does_not_go_on(tmp_path: Path) -> None:
    of = {"commit": "a-dirty"}
    compare_scan._kept(tmp_path / "scan.json", of, dict)
    with pytest.raises(commands.Missing, match="is of another comparison"):
        compare_scan._kept(tmp_path / "scan.json", of, dict)
