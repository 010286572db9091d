"""How many planted conflicts meet before any model is asked, and how many pairs the judge would have to read for them.

    python eval/related_claims.py [--shared DIR]

The articles are those that the planted sentences stand in, with the rewrites as articles of their own among them.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from contradict.assertions import read_assertions
from contradict.claim_pairs import related
from contradict.documents import read_collection

BUDGETS = (2_500, 5_000, 10_000, 20_000, 40_000)


def squeezed(text: str) -> str:
    """A text as the scorer compares it: its words alone."""
    return re.sub(r"\W+", " ", text).strip().lower()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[1].parent / "shared")
    shared = parser.parse_args().shared
    planted = shared / "gold" / "planted_dev.jsonl"
    news = sorted((shared / "data" / "news").glob("*.jsonl.xz"))
    scorer = [sys.executable, str(shared / "tools" / "score_planted.py"), "articles", str(planted), *map(str, news)]
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        with articles.open("wb") as out:
            subprocess.run(scorer, stdout=out, check=True)  # noqa: S603 - the scorer that comes with the data
        claims = [
            claim for document in read_collection([str(articles)]).documents for claim in read_assertions(document)
        ]
    rank: dict[frozenset[str], int] = {}
    found = related(claims)
    for place, pair in enumerate(found.pairs):
        rank.setdefault(frozenset((squeezed(pair.a.sentence.text), squeezed(pair.b.sentence.text))), place)
    rows = [json.loads(line) for line in planted.read_text(encoding="utf-8").splitlines()]
    places = [rank.get(frozenset((squeezed(row["original"]["text"]), squeezed(row["conflict"])))) for row in rows]
    met = [place for place in places if place is not None]
    print(f"{len(claims):,} assertions, {len(found.pairs):,} related pairs")
    print(f"{len(met)} of {len(rows)} planted conflicts meet")
    for budget in BUDGETS:
        print(f"in the first {budget:,} pairs: {sum(place < budget for place in met)}")


if __name__ == "__main__":
    main()
