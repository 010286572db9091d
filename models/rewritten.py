"""Sentences and what was written of them (`rewrites.jsonl`, `near_misses.jsonl`, `retold.jsonl`), parted into what the
entailment judge learns from and what it never sees, so that the head of claims can learn how far its answers hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from records import read_records

PARTS = 4  # of which the last is held out


def read_items(path: Path, *, held_out: bool, by: str = "text") -> Iterator[dict[str, Any]]:
    """The items, those of every fourth text or the others: all that are alike in `by` are in the same part."""
    numbers: dict[str, int] = {}
    for item in read_records(path):
        number = numbers.setdefault(item[by], len(numbers))
        if (number % PARTS == PARTS - 1) is held_out:
            yield item


def read_retold(path: Path, news: Path, *, held_out: bool) -> Iterator[dict[str, str]]:
    """The items, each with its `text` from the articles of `news`; those of articles not found are passed over."""
    chosen = list(read_items(path, held_out=held_out, by="id"))
    wanted = {item["document"] for item in chosen}
    texts = {record["id"]: record["text"] for record in read_records(news) if record["id"] in wanted}
    for item in chosen:
        if item["document"] in texts:
            text = " ".join(texts[item["document"]][item["start"] : item["end"]].split())
            yield {**item, "text": text}
