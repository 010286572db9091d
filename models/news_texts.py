"""What the encoders are asked about, drawn from news: masked sentences and clauses of claims. No text is kept."""

from __future__ import annotations

import json
import lzma
import random
import tempfile
from datetime import date
from pathlib import Path

from contradict import read_collection
from contradict.claims import pairable, read_document
from contradict.matter import clause_of, masked

HELD_BACK = (date(2020, 3, 1), date(2020, 5, 31))  # what recall is measured on: nothing learns from it


def read_texts(articles: Path, *, count: int, draws: int = 1, seed: int) -> list[str]:
    """Masked sentences and clauses of the claims in `draws` times `count` of the articles, each once."""
    with lzma.open(articles, "rt", encoding="utf-8") as lines:
        known = [line for line in lines if not _held_back(str(json.loads(line).get("date", "")))]
    rng, texts = random.Random(seed), set()
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "drawn.jsonl"
        for _ in range(draws):
            drawn.write_text("".join(rng.sample(known, count)), encoding="utf-8")
            for document in read_collection([str(drawn)]).documents:
                for claim in filter(pairable, read_document(document)):
                    texts |= {masked(claim), clause_of(claim)}
    return sorted(texts)


def _held_back(published: str) -> bool:
    """Whether a date, as an article has it, lies in what is held back, be it told to the month alone."""
    first, last = (day.isoformat()[:7] for day in HELD_BACK)
    return first <= published[:7] <= last
