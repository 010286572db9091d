"""The measures of eval/ keep to their floors: a slice that is quick enough for every run of the tests."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT

EVAL = ROOT / "eval"
FLOORS = EVAL / "floors.toml"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EVAL / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


floors: Any = load("floors")
reading: Any = load("read_findings")


def evaluate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, EVAL / "run.py", *arguments]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300, check=False)


# What the product comes to


@pytest.mark.parametrize("name", ["figures", "seeds", "pairs_dev", "nli_slice"])
def test_measures_on_the_shared_data_keep_to_their_floors(name: str, shared: Path, tmp_path: Path) -> None:
    told = evaluate("--only", name, "--no-timing", "--shared", shared, "-o", tmp_path / "table.md")

    record = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))["benchmarks"][name]
    if record["skipped"]:
        pytest.skip(f"{name}: {record['skipped']}")
    assert told.returncode == 0, told.stderr
    assert any(measure["standing"] == "holds" for measure in record["measures"].values())


@pytest.mark.parametrize("name", ["corpus", "robustness"])
def test_measures_on_data_of_our_own_keep_to_their_floors(name: str, tmp_path: Path) -> None:
    told = evaluate("--only", name, "--no-timing", "--shared", tmp_path / "nowhere", "-o", tmp_path / "table.md")

    record = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))["benchmarks"][name]
    assert told.returncode == 0, told.stderr
    assert any(measure["standing"] == "holds" for measure in record["measures"].values())


# The command


def test_a_broken_floor_fails_the_run_and_is_named(tmp_path: Path) -> None:
    table, impossible = tmp_path / "table.md", tmp_path / "floors.toml"
    impossible.write_text("", encoding="utf-8")
    assert evaluate("--only", "start", "--floors", impossible, "-o", table).returncode == 0
    here = json.loads(table.with_suffix(".json").read_text(encoding="utf-8"))["machine"]
    impossible.write_text(f'[start."--help"]\nceiling = 0\nmachine = {json.dumps(here)}\n', encoding="utf-8")

    told = evaluate("--only", "start", "--floors", impossible, "-o", table)

    assert told.returncode == 1
    assert "s is above its ceiling of 0.00 s" in told.stderr
    assert "BROKEN" in table.read_text(encoding="utf-8")


def test_a_floor_whose_measure_is_gone_fails_the_run(tmp_path: Path) -> None:
    stale = tmp_path / "floors.toml"
    stale.write_text('[start."beauty"]\nfloor = 1\n', encoding="utf-8")

    told = evaluate("--only", "start", "--floors", stale)

    assert told.returncode == 1
    assert "start: beauty: has a floor and was not measured" in told.stderr


def test_a_benchmark_without_its_data_is_skipped_with_the_reason(tmp_path: Path) -> None:
    told = evaluate("--only", "figures", "--shared", tmp_path)

    assert told.returncode == 0
    assert "| figures | skipped: data/figures/newsquant_dev.json of the shared folder is not there |" in told.stdout


# Floors

HERE = "this machine"


def measure(value: float, **fields: Any) -> Any:
    return floors.Measure(**{"name": "F1", "value": value, "better": floors.Better.HIGHER, "slack": 0.02, **fields})


def floor(**fields: Any) -> Any:
    return floors.Floor(**fields)


LESS = {"better": floors.Better.LOWER}


@pytest.mark.parametrize(
    ("floor", "measure", "standing"),
    [
        (floor(least=0.8), measure(0.8), "holds"),
        (floor(least=0.8), measure(0.79), "BROKEN"),
        (floor(least=0.8), measure(0.7996), "holds"),  # as shown: 0.800
        (floor(most=2), measure(2, **LESS), "holds"),
        (floor(most=2), measure(3, **LESS), "BROKEN"),
        (floor(most=0), measure(0, **LESS), "holds"),
        (floor(aim=0.9), measure(0.1), "no floor"),
        (floor(least=0.8, machine="another"), measure(0.1), "BROKEN"),
        (floor(least=0.8, machine="another"), measure(0.1, timed=True), "not held here"),
        (floor(least=0.8, machine=HERE), measure(0.1, timed=True), "BROKEN"),
    ],
)
def test_how_a_measure_stands_to_its_floor(floor: Any, measure: Any, standing: str) -> None:
    assert floor.standing(measure, machine=HERE) == standing


@pytest.mark.parametrize(
    ("old", "measure", "bound"),
    [
        (floor(), measure(0.9), 0.88),
        (floor(least=0.8), measure(0.9), 0.88),
        (floor(least=0.89), measure(0.9), 0.89),  # the room below 0.9 would lower it
        (floor(least=0.89), measure(0.5), 0.89),
        (floor(most=10), measure(5, **LESS), 5.02),
        (floor(most=4), measure(5, **LESS), 4),
        (floor(least=0.8, machine="another"), measure(0.9, timed=True), 0.8),
    ],
)
def test_a_floor_is_raised_and_never_lowered(old: Any, measure: Any, bound: float) -> None:
    before = floors.Floors({("pairs", "F1"): old})

    after, _ = floors.raised(before, {"pairs": [measure]}, today=date(2026, 1, 2), machine=HERE)

    assert after.of("pairs", "F1").bound == bound


def test_a_file_of_floors_is_written_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    written = floors.Floors(
        {
            ("pairs", "F1, sure"): floor(least=0.5, aim=0.9, measured=0.52, date=date(2026, 1, 2), machine='a "box"'),
            ("start", "--help"): floor(most=0.4),
        },
        [
            {
                "benchmark": "pairs",
                "measure": "F1",
                "from": 0.6,
                "to": 0.5,
                "date": date(2026, 1, 2),
                "why": "new labels",
            }
        ],
    )

    path.write_text(floors.as_toml(written), encoding="utf-8")

    assert floors.read_floors(path) == written


def test_every_floor_says_when_and_where_it_was_measured() -> None:
    pinned = {key: each for key, each in floors.read_floors(FLOORS).floors.items() if each.bound is not None}

    assert pinned
    assert [key for key, each in pinned.items() if each.measured is None or each.date is None or not each.machine] == []


def test_no_floor_was_lowered_without_a_reason() -> None:
    """Over the committed versions of the file: a bound laxer than it once was has its own row in [[lowered]]."""
    now = tomllib.loads(FLOORS.read_text(encoding="utf-8"))

    lowered = {
        f"{benchmark} {measure}"
        for version in committed_versions()
        for benchmark, measures in version.items()
        if benchmark != "lowered"
        for measure, fields in measures.items()
        if times_lowered(version, benchmark, measure) == times_lowered(now, benchmark, measure)
        if strictness(fields) > strictness(now.get(benchmark, {}).get(measure, {}))
    }

    assert lowered == set()


def strictness(fields: Mapping[str, Any]) -> float:
    """Higher for the stricter of two floors, and of two ceilings; a measure without either asks for nothing."""
    return float(fields["floor"]) if "floor" in fields else -float(fields.get("ceiling", "inf"))


def times_lowered(version: Mapping[str, Any], benchmark: str, measure: str) -> int:
    rows = version.get("lowered", [])
    return sum((row["benchmark"], row["measure"]) == (benchmark, measure) for row in rows)


def committed_versions() -> list[dict[str, Any]]:
    commits = git("log", "--format=%H", "--", "eval/floors.toml")
    if commits is None:
        pytest.skip("no git history here")
    texts = [git("show", f"{commit}:eval/floors.toml") for commit in commits.split()]
    return [tomllib.loads(text) for text in texts if text]


def git(*arguments: str) -> str | None:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


# Findings read by hand


def verdict(id: str, cause: str = "") -> Any:
    return reading.Verdict(id, not cause, cause)


def test_the_causes_of_false_findings_are_counted() -> None:
    told = reading.summary(
        [verdict("a"), verdict("b", "another event"), verdict("c", "a part"), verdict("d", "a part")]
    )

    assert told.lines() == ["true 1 of 4 read (25%)", "    2  a part", "    1  another event"]


def test_a_verdict_on_the_first_pair_counts_for_its_finding(tmp_path: Path) -> None:
    rows = [{"id": name, "pairs": [f"{name}-1", f"{name}-2"]} for name in ("x", "y", "z")]
    (tmp_path / "findings.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    told = reading.of_report(tmp_path, {"x": verdict("x"), "y-1": verdict("y-1", "a part")}, first=30)

    assert (told.read, told.true, told.unread) == (2, 1, 1)


@pytest.mark.parametrize(
    "row",
    [
        {"id": "a", "verdict": "yes", "cause": ""},
        {"id": "a", "verdict": False, "cause": ""},
        {"id": "a", "verdict": True, "cause": "a part"},
        {"id": "a", "verdict": True, "cause": "", "text": "A sentence."},
    ],
)
def test_a_verdict_that_is_no_verdict_is_refused(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "read.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match="read.jsonl:1: wanted id, verdict"):
        reading.read_verdicts(path)
