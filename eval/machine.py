"""Where and of what a measuring ran: the machine in words, the commit, the load at its start."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from commands import ROOT


def machine() -> str:
    """The machine in words: processor, cores, memory; timed floors hold on the one they were set on."""
    model = platform.processor() or platform.machine()
    details = Path("/proc/cpuinfo")
    if details.exists():
        found = [line for line in details.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = found[0].partition(":")[2].strip() if found else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"


def about(on: str, *, checkout: Path = ROOT) -> dict[str, str]:
    """When, where and of what a run was."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"],  # noqa: S607 (the git of whoever runs this)
        cwd=checkout, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit or "unknown",
        "machine": on,
        "python": platform.python_version(),
        "load at the start": ", ".join(f"{load:.1f}" for load in os.getloadavg()),
    }
