"""Sentence encoders behind one small protocol: the bundled MiniLM, or any sentence-transformers model in its place.

The bundled one runs on ONNX Runtime alone; nothing here imports torch unless another model is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from contradict.errors import ModelError
from contradict.onnx import BLOCK, Network, first_line, read_facts, shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACTS = "minilm.json"
"""Written by models/export_encoder.py: the digests of the bundled encoder's files."""
DIMENSIONS = 384
BATCH = 64  # texts, of a sentence-transformers model


class Encoder(Protocol):
    """Turns texts into vectors of unit length, so that a dot product is a cosine."""

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str:
        """SHA-256 of the weights, empty where they have none."""
        ...

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """(len(texts), dimensions) float32, rows of unit length; `on_progress` is told how many are done since."""
        ...


class OnnxEncoder:
    """The bundled all-MiniLM-L6-v2: int8 products, so that a text's vector hangs neither on the texts beside it nor on
    the number of threads.

    It reads the first 128 tokens of a text, white space squeezed. `threads` is 0 for as many as there are cores.
    """

    name = "all-MiniLM-L6-v2"

    def __init__(self, *, threads: int = 0) -> None:
        facts = read_facts(FACTS, weights="minilm.onnx", tokenizer="nli/tokenizer.json")
        self._network = Network(facts, threads=threads)
        self.sha256 = self._network.sha256

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        return encode_once([shown(text) for text in texts], self._encode_block, DIMENSIONS, on_progress)

    def _encode_block(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._network.run(texts)[0]


class SentenceTransformerEncoder:
    """Any sentence-transformers model."""

    def __init__(self, model: Any, *, name: str, sha256: str = "") -> None:
        self._model, self.name, self.sha256 = model, name, sha256

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        return encode_once(texts, self._encode_block, self._model.get_embedding_dimension(), on_progress)

    def _encode_block(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = self._model.encode(list(texts), batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)


def encode_once(
    texts: Sequence[str],
    encode_block: Callable[[Sequence[str]], NDArray[np.float32]],
    dimensions: int,
    on_progress: Callable[[int], None] | None,
) -> NDArray[np.float32]:
    """The vectors of all texts, equal ones encoded once.

    Texts go in by length, whatever their order: little padding, and the same blocks for the same texts.
    """
    count = Counter(texts)
    unique = sorted(count, key=lambda text: (len(text), text))
    row = {text: i for i, text in enumerate(unique)}
    vectors = np.empty((len(unique), dimensions), dtype=np.float32)
    for start in range(0, len(unique), BLOCK):
        block = unique[start : start + BLOCK]
        vectors[start : start + len(block)] = encode_block(block)
        if on_progress is not None:
            on_progress(sum(count[text] for text in block))
    return vectors[[row[text] for text in texts]]


def load_encoder(name: str | None = None, *, threads: int = 0) -> Encoder:
    """The bundled MiniLM where `name` is None, else the sentence-transformers model of that name or path.

    `threads` is for the bundled one, 0 for as many as there are cores. Raises `ModelError` where the model cannot be
    loaded, or where the bundled weights are not the ones expected.
    """
    if name is None:
        return OnnxEncoder(threads=threads)
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformerEncoder(SentenceTransformer(name), name=name)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"{name}: no sentence-transformers model can be loaded ({first_line(error)}); name another with --encoder"
        ) from error
