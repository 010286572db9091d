"""What the tests of the pages share: reports on the disk, the review application as a process, a few looks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from conftest import ROOT
from test_report_scans import article, claim, finding, scan, verdict

from contradict.report import write_report
from contradict.types import Relation, Scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 20  # seconds for a server to answer on a busy machine


def districts(count: int, *, updates: int = 0, edited: Mapping[int, str] = MappingProxyType({})) -> Scan:
    """Findings about one district each, of two outlets; the last `updates` of them are updates.

    `edited` gives another verb than "said" to the sentences of some districts, as a later edition of them may.
    """
    findings = []
    for number in range(count):
        sides = []
        for place, value in enumerate((number * 7 + 100, number * 11 + 250)):
            verb = edited.get(number, "said")
            text = f"Officials in district {number} {verb} that {value} households had asked for help."
            name, on = f"d{number}-{place}", f"2024-03-{1 + number % 20:02}"
            source, speaker = f"Outlet {(number + place) % 5}", "officials" if number % 2 else "the mayor"
            sides.append(
                claim(
                    article(name, text, source=source, on=on),
                    text,
                    str(value),
                    low=str(value),
                    high=str(value),
                    speaker=speaker,
                )
            )
        relation = Relation.UPDATE if number >= count - updates else Relation.CONTRADICTION
        findings.append(
            finding(
                verdict(
                    sides[0], sides[1], relation, score=0.95 - number / 100, matter=f"households in district {number}"
                )
            )
        )
    return scan(*findings)


def static_report(made: Scan, folder: Path) -> str:
    """Writes the report of a scan; the address of its page."""
    return write_report(made, folder)["report.html"].as_uri()


def opened(page: Page, address: str) -> Page:
    """The page at work; opened anew also where only the fragment of the address differs."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return page


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def progress(page: Page) -> str:
    return page.inner_text("#progress-words")


def matter(page: Page) -> str:
    return page.text_content("#sheet h2") or ""


def listed(page: Page) -> str:
    return page.inner_text("#shown")


def choices(page: Page) -> dict[str, str]:
    """What the page holds as decided: the words at the end of each row that is drawn, by matter."""
    rows = page.query_selector_all("#queue [role=option]")
    made = [(row.query_selector(".matter"), row.query_selector(".state")) for row in rows]
    return {
        name.text_content() or "": state.inner_text().removeprefix("✓ ")
        for name, state in made
        if name is not None and state is not None and state.inner_text().startswith("✓")
    }


def settled(page: Page) -> None:
    """Waits until all that was decided is kept."""
    page.wait_for_function("() => (sessionStorage.getItem('contradict/waiting') || '[]') === '[]'")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """`contradict review` on a folder, as a person starts it."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def review(folder: Path, *options: str, port: int | None = None) -> Iterator[Server]:
    """The application at work, ended when the block ends. It is quick to start, and waited for."""
    port = port or free_port()
    command = [sys.executable, "-m", "contradict", "review", str(folder), "--no-browser", "--port", str(port), *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment)
    try:
        server = Server(folder, port, process)
        _answers(server)
        yield server
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def _answers(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(server.url, timeout=PATIENCE):  # noqa: S310 (our own server)
                return
        except OSError:
            if server.process.poll() is not None or time.monotonic() > until:
                told = server.process.stderr.read().decode() if server.process.stderr is not None else ""
                raise AssertionError(f"the review application did not start: {told}") from None
            time.sleep(0.05)


def serious_issues(page: Page) -> list[tuple[str, list[str]]]:
    """The issues that axe-core calls serious or critical, each with the elements that have it."""
    carried = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed: pip install -e .[dev]"
    )
    page.evaluate((resources.files(carried) / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        (issue["id"], [node["html"][:160] for node in issue["nodes"]])
        for issue in found["violations"]
        if issue["impact"] in ("serious", "critical")
    ]
