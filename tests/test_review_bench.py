"""A slice of eval/bench_review.py that is quick enough for every run of the tests."""

from __future__ import annotations

import re
import subprocess
import sys

from conftest import ROOT


def bench(*arguments: str) -> str:
    command = [sys.executable, str(ROOT / "eval" / "bench_review.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_killed_writers_lose_and_double_nothing() -> None:
    told = bench("kills", "--kills", "40")
    assert re.search(r"^kills +40  n [1-9]", told, re.MULTILINE)
    assert re.search(r"^lost +0$", told, re.MULTILINE)
    assert re.search(r"^doubled +0$", told, re.MULTILINE)


def test_a_decision_takes_one_key_and_the_pages_open() -> None:
    told = bench("pages", "--findings", "60")
    assert re.search(r"^report.html +0\.\d+ MB  n 60$", told, re.MULTILINE)
    assert re.search(r"^first page +\d+\.\d+ s$", told, re.MULTILINE)
    assert re.search(r"^(keystrokes +1\.00  n 25|browser +none here)$", told, re.MULTILINE)
