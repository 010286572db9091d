"""The static encoder: a text's vector is the weighted mean of the vectors of its tokens, a thousandth of MiniLM's work.

It tells which claims are worth a better look; `models/train_static.py` fits it to MiniLM. Sums are of whole numbers, so
that vectors and cosines are the same to the bit on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from contradict.onnx import BLOCK, load_tokenizer, read_facts, shown
from contradict.products import MOST
from contradict.resources import model_path, read_checked

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACTS = "static.json"
"""Written by models/train_static.py: the digests of the encoder's files."""
DIMENSIONS = 256
MOST_TOKENS = 126  # of a text; MiniLM reads as many between its two marks
MOST_WORDS = 200_000  # whose tokens are remembered at once: some 50 MB
SCALE = 256
"""Of a component to a whole number of seven bits: cosines are off by 0.001 on average, hardly a component is cut."""


class StaticEncoder:
    """Whole-number vectors of the tokens of MiniLM, summed and brought to unit length.

    It reads the first 126 tokens of a text, white space squeezed. A text without tokens has the zero vector.
    """

    name = "static-minilm"

    def __init__(self) -> None:
        facts = read_facts(FACTS, weights="static.npz", tokenizer="nli/tokenizer.json")
        self.sha256 = facts.digests[facts.weights]
        self._tokenizer = load_tokenizer(facts)
        self._table = _read_table(read_checked(model_path(facts.weights), self.sha256))
        self._tokens: dict[str, list[int]] = {}

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(texts), BLOCK):
            block = texts[start : start + BLOCK]
            vectors[start : start + len(block)] = self._encode_block(block)
            if on_progress is not None:
                on_progress(len(block))
        return vectors

    def _encode_block(self, texts: Sequence[str]) -> NDArray[np.float32]:
        sums = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, ids in enumerate(self._read(texts)):
            if ids:
                sums[row] = self._table[ids].sum(axis=0)
        # Sums of whole numbers, exact below 2**24 in float32 and, of their squares, below 2**53 in float64; a root and
        # a quotient are rounded in one way everywhere.
        exact = sums.astype(np.float64)
        lengths = np.sqrt(np.einsum("ij,ij->i", exact, exact))
        return np.asarray(exact / np.maximum(lengths, 1)[:, None], dtype=np.float32)

    def _read(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """The tokens of each text: those of its words, which are none of one another's business, one after another."""
        split = [shown(text).split() for text in texts]
        if len(self._tokens) > MOST_WORDS:
            self._tokens.clear()
        new = sorted(set(chain.from_iterable(split)) - self._tokens.keys())
        encodings = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
        self._tokens.update(zip(new, (encoding.ids for encoding in encodings), strict=True))
        for words in split:
            yield list(chain.from_iterable(map(self._tokens.__getitem__, words)))[:MOST_TOKENS]


def load_static_encoder() -> StaticEncoder:
    """The bundled static encoder. Raises `ModelError` where its files are missing or not the ones expected."""
    return StaticEncoder()


@lru_cache(maxsize=1)
def static_encoder() -> StaticEncoder:
    """The same, loaded once in a process."""
    return load_static_encoder()


def quantised(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Unit vectors in whole numbers: the dot product of two, over `SCALE` squared, is their cosine."""
    return np.asarray(np.clip(np.rint(vectors * np.float32(SCALE)), -MOST, MOST), dtype=np.int8)


def _read_table(data: bytes) -> NDArray[np.float32]:
    """The tokens' vectors: whole numbers, each row of bytes times its factor."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return np.asarray(arrays["rows"].astype(np.float32) * arrays["factors"].astype(np.float32)[:, None])
