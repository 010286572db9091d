"""Pairs of real news on one event that the judge wrongly takes for contradictions: what it has to unlearn.

    python nli_mined.py .work/nli/mined.tsv.xz      # by the judge in models/nli; train_nli.py takes it where it lies

Contradictions between outlets are rare (one in some hundred pairs of near neighbours, by reading), so whatever a half
trained judge calls one among such pairs is nearly always none. The pairs are labelled `nc`: entailment or neutral, not
known which.
"""

from __future__ import annotations

import argparse
import lzma
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from nli_made import Sentence, read_sentences
from sklearn.feature_extraction.text import TfidfVectorizer

HERE = Path(__file__).resolve().parent
NEIGHBOURS = 6
NEAR, FAR = 0.8, 0.16  # cosines: above it is a reprint, below it another event
DAYS = 30
SUSPECT = 0.35  # contradiction in either order from which a pair teaches something
CHUNK = 2000
WORD = r"(?u)\b\w[\w'-]+\b"


def neighbours(sentences: list[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Pairs of sentences of different articles of one month, near in their rarer words; each once."""
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", max_df=0.03, token_pattern=WORD).fit_transform(
        [s.text for s in sentences]
    )
    article = np.array([s.article for s in sentences])
    day = np.array([_day(s.date) for s in sentences])
    seen = set()
    for start in range(0, len(sentences), CHUNK):
        near = (vectors[start : start + CHUNK] @ vectors.T).tocsr()
        for row in range(near.shape[0]):
            i = start + row
            columns = near.indices[near.indptr[row] : near.indptr[row + 1]]
            values = near.data[near.indptr[row] : near.indptr[row + 1]]
            fit = (values > FAR) & (values < NEAR) & (article[columns] != article[i])
            fit &= np.abs(day[columns] - day[i]) <= DAYS
            for column in columns[fit][np.argsort(-values[fit], kind="stable")[:NEIGHBOURS]]:
                key = min(i, int(column)), max(i, int(column))
                if key not in seen:
                    seen.add(key)
                    yield sentences[key[0]], sentences[key[1]]


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--news", type=Path, default=HERE.parent.parent / "shared/data/news/allsides.jsonl.xz")
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--most", type=int, default=12_000, help="pairs judged")
    arguments = parser.parse_args()
    from contradict.nli import Inference, judge_both, load_judge

    sentences = read_sentences(arguments.news, articles=arguments.articles, seed=arguments.seed)
    pairs = list(neighbours(sentences))
    print(f"{len(sentences)} sentences, {len(pairs)} pairs of neighbours", flush=True)
    chosen = np.random.default_rng(arguments.seed).permutation(len(pairs))[: arguments.most]
    texts = [(pairs[i][0].text, pairs[i][1].text) for i in chosen]
    answers = judge_both(load_judge(), texts)
    worst = np.maximum(answers.given[:, Inference.CONTRADICTION], answers.turned[:, Inference.CONTRADICTION])
    kept = [text for text, share in zip(texts, worst, strict=True) if share >= SUSPECT]
    with lzma.open(arguments.output, "wt", encoding="utf-8") as out:
        out.write("source\tpremise\thypothesis\tlabel\n")
        for a, b in kept:
            out.write(f"news_mined\t{a}\t{b}\tnc\n")
    print(f"{len(kept)} of {len(texts)} judged kept")


if __name__ == "__main__":
    main()
