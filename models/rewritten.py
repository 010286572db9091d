"""The invented sentences and their rewrites (`rewrites.jsonl`), parted into what the entailment judge learns from and
what it never sees, so that the head of claims can learn how far its answers hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

PARTS = 4  # of which the last is held out


def read_items(path: Path, *, held_out: bool) -> Iterator[dict[str, str]]:
    """The items, those of every fourth text or the others: all rewrites of one text are in the same part."""
    numbers: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        number = numbers.setdefault(item["text"], len(numbers))
        if (number % PARTS == PARTS - 1) is held_out:
            yield item
