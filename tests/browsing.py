"""What the tests of the pages share: reports on the disk, the review application as a process, a few looks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from conftest import ROOT

from contradict.report import write_report
from contradict.types import Scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 20  # seconds for a server to answer on a busy machine


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
