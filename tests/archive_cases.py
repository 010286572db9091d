"""Made-up articles for the tests of archives: one event told often, copies, versions, furniture, dates, equal names."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contradict.archive import Archive, Rules
from contradict.pipeline import scan_archive
from contradict.report import write_report
from contradict.settings import Settings

LETTERS = "abcdefghiklmnoprstuvwy"
FOUNDED = "The Orvik Echo was founded by 43 sailors and has 12 desks in the valley."
BACKGROUND = (
    "The storm crossed the coast of Peru late on Saturday and tore the roofs off houses in the hills above Lima. "
    "Roads into the valley were blocked by mud, and the airport stayed closed until Monday morning. "
    "Soldiers brought tents and water to the people who had gathered in the stadium."
)


class Letters:
    """An encoder that counts letters, so that sentences of the same words are near."""

    name, sha256 = "letters", ""

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        rows = np.array([[text.lower().count(c) + 1 for c in LETTERS] for text in texts], dtype=float)
        rows = rows.reshape(len(texts), len(LETTERS))
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def storm(dead: int, *, by: str = "rescue workers said", more: str = "") -> str:
    return f"The storm that crossed Peru on Sunday killed {dead} people in Lima, {by}. {more}".strip()


def dated(day: int, text: str) -> str:
    return f"Published {day} May 2023\n\n{text}\n"


def write_articles(folder: Path) -> list[Path]:
    """Files of about thirty articles, in the order in which the tests add them."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "one.txt": dated(2, storm(43)),
        "two.txt": dated(2, storm(90, by="the mayor said", more="It left 2,300 families without a roof.")),
        "copy.txt": dated(2, storm(43)),
        "long.txt": dated(3, f"{storm(61)} {BACKGROUND} The mayor put the damage at $12 million."),
        "long-version.txt": dated(3, f"{storm(66)} {BACKGROUND} The mayor put the damage at $15 million."),
        "wire/toll.txt": dated(4, storm(71, by="the army said")),
        "desk/toll.txt": dated(5, storm(58, by="police said", more="Some 1,900 families lost their homes in Lima.")),
        "repeated.txt": dated(6, storm(43, more="It left 2,400 families without a roof.")),
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    echo = [
        {
            "id": f"echo-{number}" if number != 5 else "echo-4",  # two of one id
            "source": "Orvik Echo",
            "date": f"2023-05-{number + 1:02}",
            "text": f"{storm(40 + 3 * number, by=f'a nurse of ward {number} said')}\n\n"
            f"{number + 2} bridges fell in Lima.\n\n{FOUNDED}",
        }
        for number in range(8)
    ]
    herald = [
        {"source": "Herald", "date": when, "text": storm(dead, by="the Herald counted")}
        for when, dead in (("05/06/2023", 81), ("25/06/2023", 84), ("07/06/2023", 79))  # day first, by the second
    ]
    lines = {"echo.jsonl": echo, "herald.jsonl": herald}
    for name, records in lines.items():
        (folder / name).write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return [folder / name for name in (*texts, *lines)]


def added(folder: Path, parts: Sequence[Sequence[Path]], *, within: bool = False) -> Archive:
    """An archive open for writing, to which the parts were added one after the other, each settled."""
    archive = Archive(folder, writable=True, rules=Rules(within=within, neighbours=6))
    for part in parts:
        archive.add([str(path) for path in part])
        archive.settle(Letters())
    return archive


def found(archive: Archive, output: Path, *, within: bool = False) -> dict[str, bytes]:
    """The data files of a scan of an archive."""
    result = scan_archive(archive, settings=Settings(within=within, neighbours=6), encoder=Letters())
    files = write_report(result, output)
    return {name: files[name].read_bytes() for name in ("findings.jsonl", "pairs.jsonl", "documents.jsonl")}


def at_once(place: Path, paths: Sequence[Path], *, within: bool = False) -> dict[str, bytes]:
    """What one addition of all the files comes to."""
    with added(place / "whole", [paths], within=within) as archive:
        return found(archive, place / "whole-report", within=within)
