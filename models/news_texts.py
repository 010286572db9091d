"""What the encoders are asked about, drawn from news: masked sentences and clauses of claims. No text is kept."""

from __future__ import annotations

import json
import lzma
import random
import tempfile
from pathlib import Path

from contradict import read_collection
from contradict.claims import pairable, read_document
from contradict.matter import clause_of, masked

HELD_BACK = ("2020-03", "2020-04", "2020-05")  # months that recall is measured on


def read_texts(articles: Path, *, count: int, draws: int = 1, seed: int) -> list[str]:
    """Masked sentences and clauses of the claims in `draws` times `count` of the articles, each once."""
    with lzma.open(articles, "rt", encoding="utf-8") as lines:
        known = [line for line in lines if not str(json.loads(line).get("date", "")).startswith(HELD_BACK)]
    rng, texts = random.Random(seed), set()
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "drawn.jsonl"
        for _ in range(draws):
            drawn.write_text("".join(rng.sample(known, count)), encoding="utf-8")
            for document in read_collection([str(drawn)]).documents:
                for claim in filter(pairable, read_document(document)):
                    texts |= {masked(claim), clause_of(claim)}
    return sorted(texts)
