"""What all tests share: no network, the command line in one call, and the folder of real articles where it is there."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contradict.types import LISTED, Claim, Document, Kind, Matter, Pair, Probabilities, Relation, Sentence, Verdict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Before any library that reads them: no test may reach out, and a missing model must fail at once.
for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"):
    os.environ.setdefault(name, "1")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Outcome:
    """What a call of the command line left: its exit status and all that it printed."""

    status: int
    stdout: str
    stderr: str


RunCommand = Callable[..., Outcome]


@pytest.fixture
def contradict_command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> RunCommand:
    """Runs `contradict` in this process with `arguments` and, as standard input, `stdin`."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        from contradict.cli import main

        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        return Outcome(status, printed.out, printed.err)

    return run


@pytest.fixture
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working directory, so that neither settings nor outputs of the checkout come in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and labels that lies beside the checkout; tests that use it skip where it is not."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: it is kept out of this repository")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of the pages; they skip where there is none, or no Playwright to drive it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e .[dev]")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium to drive: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser profile of its own; whatever goes wrong in its scripts fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(20_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def verdict_on(a: Document, b: Document, relation: Relation, *, sure: float = 0.7) -> Verdict:
    """A verdict on the whole texts of two documents, as a judge would give it that is `sure` of its answer."""
    claims = [
        Claim(sentence=Sentence(document, 0, 0, len(document.text)), kind=Kind.CLAIM, matter=Matter())
        for document in (a, b)
    ]
    rest = (1 - sure) / 3
    shares = {each.value: sure if each is relation else rest for each in Relation}
    return Verdict(
        pair=Pair(claims[0], claims[1], similarity=0.5, clause_similarity=0.5),
        relation=relation,
        kind=Kind.CLAIM if relation in LISTED else Kind.NONE,
        probabilities=Probabilities(**shares),
        reason=f"{a.text} / {b.text}",
        matter="a matter",
        same_speaker=None,
        same_source=False,
    )
