"""Fit the static encoder to MiniLM: `python models/train_static.py ARTICLES.jsonl.xz`. Read it top to bottom.

A text's static vector is the sum of its tokens' vectors, brought to unit length. The tokens' vectors start as what
MiniLM makes of each token alone, rare ones weighing more (as in model2vec), and are then fitted by least squares, so
that the vectors of masked sentences and clauses of news come as near as possible to MiniLM's (as in tokenlearn, with a
ridge towards the start for what the texts show seldom). Needs scipy, which scikit-learn brings.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
from news_texts import read_texts
from scipy import sparse

from contradict.encoders import load_encoder
from contradict.onnx import load_tokenizer, read_facts, shown
from contradict.resources import sha256
from contradict.static import DIMENSIONS, MOST_TOKENS

MODELS = Path(__file__).resolve().parent
SEED = 7
DRAWS, ARTICLES = 2, 5000  # so many times so many articles
WORDS = 30522
RARE = 1e-4  # a of the weight a / (a + p) of a token of frequency p (Arora et al. 2017)
RIDGE = 0.03
ROUNDS = 3  # fits, each with the lengths of texts' vectors as the last one left them
STEPS = 12  # of conjugate gradients, in which the recall has settled
REACH = 32000  # of the largest number in the table: sums of 126 tokens and of their squares stay exact


def tokens_alone() -> np.ndarray:
    """What MiniLM makes of each token between the two marks, (WORDS, 384)."""
    session = onnxruntime.InferenceSession(str(MODELS / "minilm.onnx"), providers=["CPUExecutionProvider"])
    rows = []
    for block in np.array_split(np.arange(WORDS), 64):
        ids = np.stack([np.full_like(block, 101), block, np.full_like(block, 102)], axis=1)
        feed = {"input_ids": ids, "token_type_ids": np.zeros_like(ids), "attention_mask": np.ones_like(ids)}
        rows.append(session.run(None, feed)[0])
    return np.concatenate(rows)


def counts_of(texts: list[str]) -> sparse.csr_matrix:
    """The share that each token has in each text, (texts, WORDS)."""
    tokenizer = load_tokenizer(read_facts("minilm.json", weights="minilm.onnx", tokenizer="nli/tokenizer.json"))
    encoded = tokenizer.encode_batch_fast([shown(text) for text in texts], add_special_tokens=False)
    ids = [encoding.ids[:MOST_TOKENS] for encoding in encoded]
    lengths = np.array([len(each) for each in ids])
    shares = np.repeat(1 / np.maximum(lengths, 1), lengths).astype(np.float32)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    return sparse.csr_matrix((shares, np.concatenate(ids).astype(np.int32), ends), shape=(len(texts), WORDS))


def fit(shares: sparse.csr_matrix, wanted: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Token vectors under which the texts' unit vectors are near the wanted ones.

    Each round is a ridge regression; that lengths do not count is brought in by dividing each text's shares by the
    length that its vector had after the round before.
    """
    vectors, rows = start, shares
    for _ in range(ROUNDS):
        found = rows @ start
        start = start * ((found * wanted).sum() / (found * found).sum())
        vectors = ridge(rows, wanted, start)
        lengths = np.maximum(np.linalg.norm(shares @ vectors, axis=1), 0.3)
        rows = (sparse.diags((1 / lengths).astype(np.float32)) @ shares).tocsr()
    return vectors


def ridge(rows: sparse.csr_matrix, wanted: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Minimise |rows X - wanted|^2 + RIDGE |X - start|^2 by conjugate gradients, all columns at once."""
    turned = rows.T.tocsr()
    diagonal = (np.asarray(rows.multiply(rows).sum(axis=0)).ravel() + RIDGE).astype(np.float32)[:, None]
    change = np.zeros_like(start)
    rest = turned @ (wanted - rows @ start)
    direction = scaled = rest / diagonal
    size = (rest * scaled).sum(axis=0)
    for _ in range(STEPS):
        image = turned @ (rows @ direction) + RIDGE * direction
        step = size / np.maximum((direction * image).sum(axis=0), 1e-20)
        change, rest = change + step * direction, rest - step * image
        scaled = rest / diagonal
        size, before = (rest * scaled).sum(axis=0), size
        direction = scaled + (size / np.maximum(before, 1e-20)) * direction
    return start + change


def whole_numbers(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bytes and a factor for each token: their product is the vector on a common scale.

    A turn of the whole space, which leaves cosines as they are, first makes all components about equally large.
    """
    turn, _ = np.linalg.qr(np.random.default_rng(SEED).standard_normal((DIMENSIONS, DIMENSIONS)))
    table = vectors @ turn
    table *= REACH / np.abs(table).max()
    factors = np.ceil(np.abs(table).max(axis=1) / 127).clip(1)
    return np.rint(table / factors[:, None]).astype(np.int8), factors.astype(np.uint8)


def save(rows: np.ndarray, factors: np.ndarray, facts: dict[str, object]) -> None:
    """`static.npz`, and `static.json` with the digests that the runtime checks."""
    np.savez_compressed(MODELS / "static.npz", rows=rows, factors=factors)
    files = {name: {"sha256": sha256(MODELS / name)} for name in ("static.npz", "nli/tokenizer.json")}
    facts = {"files": files, "max_length": MOST_TOKENS + 2, **facts}
    (MODELS / "static.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="JSON lines with a date and a text each")
    arguments = parser.parse_args()
    texts = read_texts(arguments.articles, count=ARTICLES, draws=DRAWS, seed=SEED)
    print(f"{len(texts)} texts; MiniLM reads them in some minutes", flush=True)
    exact = load_encoder().encode(texts)
    save(*whole_numbers(learn(texts, exact)), {"texts": len(texts)})


def learn(texts: list[str], exact: np.ndarray) -> np.ndarray:
    """Token vectors from texts and MiniLM's vectors of them."""
    _, turned = np.linalg.eigh((exact.T @ exact).astype(np.float64))
    axes = turned[:, ::-1][:, :DIMENSIONS].astype(np.float32)  # not centred: cosines are of vectors as they are
    wanted = exact @ axes
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    shares = counts_of(texts)
    frequency = np.asarray((shares > 0).sum(axis=0)).ravel()
    weights = RARE / (RARE + frequency / frequency.sum())
    alone = tokens_alone()
    start = ((alone - alone.mean(axis=0)) @ axes * weights[:, None]).astype(np.float32)
    return fit(shares, wanted, start)


if __name__ == "__main__":
    main()
