"""A folder of files as a careless or hostile hand leaves them, and what a scan of it must have said of each.

python eval/hostile.py FOLDER     makes the folder, to look at it or to scan it by hand
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONG_LINE = 50_000_000  # bytes
SEED = 7

_ARTICLE = (
    "2021-03-06\n\n"
    "The wreck off Calder Point is leaking {rate} barrels of oil a day, the coastguard said on Saturday.\n"
    "Booms were laid across the harbour mouth before dark. Fishing is banned until further notice.\n"
)
_NOUNS = "harbour tide wreck crew storm vessel coast pilot night master signal rope engine current light".split()
_VERBS = "was seen near, had been under, is not far from, would have been behind, came before".split(", ")


@dataclass(frozen=True, slots=True)
class Trap:
    """A file, how it is made, and what of it must be in the record of the run.

    `lost` are the places (its own path, or path and line) that must be listed as skipped or not compared; a file that
    is `read` must be a side of some pair.
    """

    name: str
    make: Callable[[Path], None]
    lost: tuple[str, ...] = ()
    read: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many things were to be said of the traps, and those that were not."""

    wanted: int
    missing: tuple[str, ...]


def build(folder: Path) -> None:
    """Makes the folder with every trap in it."""
    folder.mkdir(parents=True)
    for trap in TRAPS:
        trap.make(folder / trap.name)


def check(folder: Path, record: Mapping[str, Any], pairs: Sequence[Mapping[str, Any]]) -> Outcome:
    """Holds the `run.json` and the `pairs.jsonl` of a scan (with all relations listed) against the traps."""
    losses = {str(row["path"]): str(row["reason"]) for part in ("skipped", "not_compared") for row in record[part]}
    sides = {str(pair[side]["path"]) for pair in pairs for side in ("a", "b")}
    missing, wanted = [], 0
    for trap in TRAPS:
        path = folder / trap.name
        for place in trap.lost:
            wanted += 1
            if not _told(str(path) + place, trap.name, losses):
                missing.append(f"{trap.name}{place} not reported")
        if trap.read:
            wanted += 1
            if not any(side == str(path) or side.startswith(f"{path}:") for side in sides):
                missing.append(f"{trap.name} not compared")
    return Outcome(wanted, tuple(missing))


def _told(place: str, name: str, losses: Mapping[str, str]) -> bool:
    """Whether a loss is listed under its place or, with the files of its kind, by its name; a reason must be given."""
    return bool(losses.get(place)) or any(name in reason for reason in losses.values())


def _article(rate: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: _write(path, _ARTICLE.format(rate=rate).encode(encoding))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _picture(path: Path) -> None:
    """A whole PNG of 64 by 64 grey pixels."""
    noise = random.Random(SEED)  # noqa: S311 (pixels)
    rows = b"".join(b"\0" + noise.randbytes(64) for _ in range(64))
    parts = [(b"IHDR", (64).to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4) for kind, data in parts)
    )


def _long_line(path: Path) -> None:
    """An article, and then fifty megabytes of English without an end of line or of sentence."""
    choose = random.Random(SEED).choice  # noqa: S311 (filler)
    part = " ".join(f"the {choose(_NOUNS)} {choose(_VERBS)} the {choose(_NOUNS)} and" for _ in range(5_000))
    line = _ARTICLE.format(rate="6,000").replace("\n", " ") + f"{part} " * (LONG_LINE // len(part) + 1)
    path.write_text(line, encoding="utf-8")


def _broken_records(path: Path) -> None:
    good = [
        json.dumps({"id": f"wire-{rate}", "date": "2021-03-06", "source": "Wire", "text": _ARTICLE.format(rate=rate)})
        for rate in ("8,000", "9,500")
    ]
    lines = [
        good[0].encode(),
        b'{"id": "cut", "text": "The wreck',
        b"[1, 2]",
        b'{"id": "untold"}',
        b"\xff\xfe{}",
        good[1].encode(),
    ]
    path.write_bytes(b"\n".join(lines) + b"\n")


def _loop(path: Path) -> None:
    path.symlink_to("..", target_is_directory=True)


def _own_loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def _cut_gzip(path: Path) -> None:
    record = json.dumps({"id": "cut", "text": _ARTICLE.format(rate="7,000")})
    packed = gzip.compress((record + "\n").encode() * 200, mtime=0)
    path.write_bytes(packed[: len(packed) // 2])


def _bomb(path: Path) -> None:
    """An article, and then a hundred megabytes of one letter in a hundred kilobytes."""
    path.write_bytes(gzip.compress(_ARTICLE.format(rate="3,000").encode() + b"z" * 100_000_000, mtime=0))


TRAPS: Sequence[Trap] = (
    Trap("plain.txt", _article("5,000"), read=True),
    Trap("utf-16.txt", _article("12,000", "utf-16"), read=True),
    Trap("picture.txt", _picture, lost=("",)),
    Trap("empty.txt", lambda path: _write(path, b""), lost=("",)),
    Trap("one-line.txt", _long_line, lost=("",), read=True),
    Trap("broken.jsonl", _broken_records, lost=(":2", ":3", ":4", ":5"), read=True),
    Trap("loop", _loop, lost=("",)),
    Trap("own-loop.txt", _own_loop, lost=("",)),
    Trap("dangling.txt", _dangling, lost=("",)),
    Trap("pipe.txt", lambda path: os.mkfifo(path), lost=("",)),
    Trap("cut.jsonl.gz", _cut_gzip, lost=("",)),
    Trap("bomb.txt.gz", _bomb, lost=("",), read=True),
    Trap("letter.docx", lambda path: _write(path, b"PK\x03\x04"), lost=("",)),
    Trap(".hidden.txt", _article("1"), lost=("",)),
)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build(Path(sys.argv[1]))
