"""The review application measured: how long until it can be worked in, and whether it ever loses a decision.

    python eval/bench_review.py pages [--findings 5000]     the pages of a report with so many made-up findings
    python eval/bench_review.py kills [--kills 1000]        writers killed at random moments, and the log read again

`pages` writes a report, starts `contradict review` on it and prints the size of the static report, the seconds by the
clock from the start of the command until its page and its data are there (in Chromium: until a finding is shown, for
the static report, too), how long a decision takes when all others are made, and how many keys were pressed for each.
Without Playwright and a Chromium the lines of the browser are left out.

`kills` starts writers, each in a process of its own, on one log; each adds decisions and names every one that the store
has acknowledged, until it is killed (SIGKILL) at a random moment, also while it opens or makes the log. In the end
every named decision must be in the log, and none twice.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the checkout, installed or not

SEED = 11
WRITERS = 2  # at once, on one log
LONGEST_LIFE = 0.15  # seconds from a writer's start to its end: long enough for some decisions, short for the opening
KEYS = 25  # decisions made by key in the browser
DECISIONS = 40  # decisions timed over HTTP
PATIENCE = 300.0


# The pages


def write_made_up(count: int, folder: Path) -> Path:
    """A report of `count` findings of three statements each, as long as those of articles; its static page."""
    from contradict.findings import find
    from contradict.report import write_report
    from contradict.types import (
        Claim,
        Collection,
        Document,
        Figure,
        Hedge,
        Kind,
        Matter,
        Pair,
        Probabilities,
        Relation,
        Role,
        Scan,
        Sentence,
        TimeSpan,
        Verdict,
    )

    def statement(number: int, place: int) -> Claim:
        value = number * (place + 1) + 100 + 50 * place
        before = f"The river rose over its banks in parish {number} on the second night of rain. " * 6
        sentence = f"The council of parish {number} put the number of flooded cellars at {value} that evening."
        day = date(2024, 1 + number % 12, 1 + (number + place) % 28)
        document = Document(
            id=f"parish-{number}-{place}",
            path=f"parish-{number}-{place}.txt",
            text=f"{before}{sentence} {before}",
            title=f"Cellars flooded in parish {number}",
            source=f"Outlet {(number + place) % 60}",
            date=TimeSpan(day, day),
        )
        exact, start = Decimal(value), sentence.index(str(value))
        figure = Figure(
            start, start + len(str(value)), str(value), exact, exact, exact, Hedge.EXACT, Role.COUNT, counted="cellars"
        )
        where = Sentence(document, 0, len(before), len(before) + len(sentence))
        return Claim(where, Kind.FIGURE, Matter(head=f"cellar{number}"), figure)

    verdicts = []
    for number in range(count):
        claims = [statement(number, place) for place in range(3)]
        relation = Relation.UPDATE if number % 3 else Relation.CONTRADICTION
        for i, j in ((0, 1), (1, 2), (0, 2)):
            sure = 0.95 - number / (2 * count) - i / 50 - j / 100
            shares = Probabilities(*((sure, 0.0) if relation is Relation.CONTRADICTION else (0.0, sure)), 0.0, 1 - sure)
            verdicts.append(
                Verdict(
                    pair=Pair(claims[i], claims[j], 0.8, 0.8),
                    relation=relation,
                    kind=Kind.FIGURE,
                    probabilities=shares,
                    reason=f"Flooded cellars in parish {number}: two figures for one evening cannot both hold.",
                    matter=f"flooded cellars, parish {number}",
                    same_speaker=None,
                    same_source=False,
                )
            )
    documents = {claim.document.id: claim.document for each in verdicts for claim in (each.pair.a, each.pair.b)}
    made = Scan(Collection(tuple(documents.values())), tuple(verdicts), find(verdicts))
    return write_report(made, folder)["report.html"]


@contextmanager
def application(folder: Path) -> Iterator[tuple[str, float]]:
    """`contradict review` at work: its address, and when it was started."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "contradict", "review", str(folder), "--no-browser", "--reviewer", "bench"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)  # noqa: S603 (our own)
    try:
        line = process.stderr.readline() if process.stderr is not None else ""
        address = re.search(r"http://\S+", line)
        if address is None:
            raise SystemExit(f"the review did not start: {line}")
        yield address[0], started
    finally:
        process.kill()
        process.wait()


def fetched(url: str, body: object = None, token: str = "") -> bytes:
    headers = {"Content-Type": "application/json", "X-Contradict-Token": token}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, headers), timeout=PATIENCE) as answer:  # noqa: S310 (our own server)
        return bytes(answer.read())


def over_http(folder: Path) -> None:
    """The seconds until page and data are there, and what a decision takes once nearly all are made."""
    with application(folder) as (url, started):
        page = fetched(url).decode("utf-8")
        print(f"first page     {time.perf_counter() - started:.2f} s")
        data = fetched(f"{url}api/findings")
        print(f"data           {time.perf_counter() - started:.2f} s  {len(data) / 1e6:.2f} MB")
        token = re.search(r'"token": ?"([^"]+)"', page)
        if token is None:
            raise SystemExit("the page carries no token")
        findings = [each["id"] for each in json.loads(data)["findings"]]
        decide_all(folder, findings[DECISIONS:])
        fetched(f"{url}api/decisions")  # reads what was added
        taken = []
        for finding in findings[:DECISIONS]:
            before = time.perf_counter()
            fetched(f"{url}api/decisions", {"finding": finding, "decision": "update"}, token[1])
            taken.append(time.perf_counter() - before)
        print(f"decision       {statistics.median(taken) * 1000:.0f} ms  n {len(taken)} of {len(findings)}")


def decide_all(folder: Path, findings: list[str]) -> None:
    """Decisions on these findings by another person, as an import brings them."""
    from contradict.report import read_report
    from contradict.review import Choice, Decision, Store
    from contradict.review.described import described

    report = read_report(folder)
    known = {finding.id: finding for finding in report.findings}
    with Store(folder / "decisions.sqlite") as store:
        store.add(
            Decision(
                id=f"made-{number}",
                at="2024-03-01T12:00:00.000000Z",
                reviewer="bench",
                finding=finding,
                decision=Choice.CONTRADICTION,
                **described(known[finding], report),
            )
            for number, finding in enumerate(findings)
        )


def in_browser(folder: Path, static: Path) -> None:
    """The seconds until the pages can be worked in, and the keys that a decision takes; nothing without a browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        print("browser        none here")
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = browser.new_page()
        print(f"static opens   {opened(page, static.as_uri()):.2f} s")
        page.close()
        with application(folder) as (url, started):
            page = browser.new_page()
            opened(page, url)
            print(f"app opens      {time.perf_counter() - started:.2f} s")
            before = count(folder)
            for _ in range(KEYS):
                page.keyboard.press("1")
            until = time.perf_counter() + PATIENCE
            while count(folder) < before + KEYS and time.perf_counter() < until:
                time.sleep(0.05)
            print(f"keystrokes     {KEYS / max(count(folder) - before, 1e-9):.2f}  n {KEYS}")
        browser.close()


def opened(page: Any, address: str) -> float:
    """Seconds until the page shows a finding and takes keys."""
    page.set_default_timeout(PATIENCE * 1000)
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return time.perf_counter() - started


def count(folder: Path) -> int:
    """Different findings that were decided."""
    with sqlite3.connect(folder / "decisions.sqlite") as connection:
        return int(connection.execute("SELECT count(DISTINCT finding) FROM decisions").fetchone()[0])


def pages(findings: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, browsed = Path(temporary) / "http", Path(temporary) / "browser"
        static = write_made_up(findings, folder)
        print(f"report.html    {static.stat().st_size / 1e6:.2f} MB  n {findings}")
        shutil.copytree(folder, browsed)
        over_http(folder)
        in_browser(browsed, static)


# The kills


def write_until_killed(path: Path, told: int) -> None:
    """The writer: adds decisions and names each one that was acknowledged."""
    from contradict.review import Choice, Decision, Store

    store = Store(path)
    while True:
        made = store.append(
            lambda _, name, at: Decision(
                id=name, at=at, reviewer=f"writer {os.getpid()}", finding="f", decision=Choice.UPDATE, note="n" * 300
            )
        )
        os.write(told, made.id.encode() + b"\n")


def killed_round(path: Path, chance: random.Random) -> list[str]:
    """Starts writers on one log, kills each at a random moment, and returns what they named as acknowledged."""
    writers = [started_writer(path) for _ in range(WRITERS)]
    ends = sorted((time.perf_counter() + chance.uniform(0, LONGEST_LIFE), process) for process, _ in writers)
    for end, process in ends:
        time.sleep(max(0.0, end - time.perf_counter()))
        os.kill(process, signal.SIGKILL)
    named = []
    for process, pipe in writers:
        os.waitpid(process, 0)
        with os.fdopen(pipe, "rb") as lines:
            named += [line.decode().strip() for line in lines if line.endswith(b"\n")]
    return named


def started_writer(path: Path) -> tuple[int, int]:
    """A writer's process, and the pipe that it names its decisions in. Forked: an interpreter takes longer to start."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        os.close(reading)
        write_until_killed(path, writing)
    except BaseException as error:  # a writer that fails must not go on as a second parent
        os.write(2, f"a writer failed: {error}\n".encode())
        os._exit(1)
    os._exit(0)


def kills(total: int) -> int:
    """Kills `total` writers; 1 where anything was lost, doubled or cannot be read."""
    from contradict.review import Store

    chance = random.Random(SEED)  # noqa: S311 (moments, not secrets)
    named: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        path, done, logs, lost, doubled, held = Path(temporary) / "0.sqlite", 0, 0, 0, 0, 0
        while done < total:
            named += killed_round(path, chance)
            done += WRITERS
            if done % 100 < WRITERS or done >= total:  # a log of its own for each hundred: its making is tried, too
                with Store(path) as store:
                    ids = [each.id for each in store.log()]
                with sqlite3.connect(path) as connection:
                    if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                        raise SystemExit(f"{path}: the log is damaged")
                lost, doubled = lost + len(set(named) - set(ids)), doubled + len(ids) - len(set(ids))
                held, logs = held + len(ids), logs + 1
                path, named = Path(temporary) / f"{logs}.sqlite", []
    print(f"kills          {done}  n {held} decisions in {logs} logs")
    print(f"lost           {lost}")
    print(f"doubled        {doubled}")
    return 1 if lost or doubled or not held else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("pages").add_argument("--findings", type=int, default=5000, metavar="N")
    commands.add_parser("kills").add_argument("--kills", type=int, default=1000, metavar="N")
    arguments = parser.parse_args()
    if arguments.command == "kills":
        return kills(arguments.kills)
    pages(arguments.findings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
