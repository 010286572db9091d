"""Results kept as they come in: a JSON file that every run is added to at once, and Markdown tables of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commands import ROOT

RESULTS = ROOT / "eval" / "results"
Run = Mapping[str, Any]


def read_runs(path: Path) -> list[dict[str, Any]]:
    """All runs in the file, in the order in which they were added; none where there is no file."""
    if not path.exists():
        return []
    runs: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["runs"]
    return runs


def append_run(path: Path, run: Run) -> None:
    """Adds a run; whoever interrupts this finds the file either with it or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(json.dumps({"runs": [*read_runs(path), run]}, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


def latest(runs: Sequence[Run], *keys: str) -> list[Run]:
    """Of the runs that are equal in these keys the one that was added last, in the order of the keys."""
    kept = {tuple(run[key] for key in keys): run for run in runs}
    return [kept[key] for key in sorted(kept)]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> list[str]:
    """The lines of a Markdown table, its first `left` columns to the left, the others to the right."""
    rules = ["---" if number < left else "---:" for number in range(len(heads))]
    return [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in [heads, rules, *rows]]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def seconds_words(seconds: float | None) -> str:
    """Seconds with three digits or so; nothing where there are none."""
    if seconds is None:
        return ""
    return f"{seconds:,.0f}" if seconds >= 100 else f"{seconds:.1f}" if seconds >= 10 else f"{seconds:.2f}"
