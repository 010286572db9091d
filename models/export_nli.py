"""Float32 weights to the int8 ONNX file that the package carries, its scores on every dev set, and its card.

`model.json` holds the facts of an export: what the runtime needs (digests, length), then the scores.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from nli_data import LABELS, Pair, read_pairs
from nli_quantise import VARIANTS, Variant, quantise
from tokenizers import Tokenizer

from contradict.nli import allowed
from contradict.resources import sha256
from contradict.restated import restated

if TYPE_CHECKING:
    import torch
    from nli_narrow import Shape

OPSET = 18  # the exporter's; `nli_quantise.py` goes on from there
BATCH = 32
MAX_LENGTH = 128
MAX_BYTES = 35_000_000
TWO_WAY = ("equate_NewsNLI", "equate_RTE", "equate_AWPNLI")  # "not entailed" counts as neutral or contradiction


# ---- ONNX -----------------------------------------------------------------------------------------------------------


def to_onnx(folder: Path, path: Path) -> Shape:
    """Float32 ONNX of the judge with free batch and length, checked against torch on random pairs; its shape."""
    import torch
    from nli_narrow import load_narrow, of_words

    model = load_narrow(folder / "model.safetensors")
    model = of_words(model, open_tokenizer(folder)).eval()

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.of = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            return self.of(ids, None, mask).logits

    ids = torch.randint(2000, 20000, (3, 21))
    mask = torch.ones_like(ids)
    mask[1, 15:] = 0
    inputs = {"input_ids": ids, "attention_mask": mask}
    write_onnx(Logits().eval(), inputs, path)
    session = open_session(path)
    ids, mask = (torch.cat([array, array])[:5, :17] for array in (ids, mask))  # another shape than it was traced with
    inputs = {"input_ids": ids, "attention_mask": mask}
    with torch.no_grad():
        expected = model(ids, None, mask).logits.numpy()
    found = session.run(None, {name: array.numpy() for name, array in inputs.items()})[0]
    if not np.allclose(expected, found, atol=1e-3):
        raise SystemExit(f"{path}: differs from torch by {np.abs(expected - found).max():.4f}")
    return model.shape


def write_onnx(model: torch.nn.Module, inputs: Mapping[str, torch.Tensor], path: Path) -> None:
    """What the model makes of inputs of any batch and length, as the output `logits`."""
    import torch

    torch.onnx.export(
        model,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in inputs} | {"logits": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )


# ---- scores ---------------------------------------------------------------------------------------------------------


def open_session(path: Path, *, threads: int = 2) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def open_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_LENGTH, strategy="longest_first")
    tokenizer.enable_padding()
    return tokenizer


def judge(session: onnxruntime.InferenceSession, tokenizer: Tokenizer, pairs: list[tuple[str, str]]) -> np.ndarray:
    """Probabilities of entailment, neutral and contradiction, one row a pair; batches sorted by length."""
    found = np.empty((len(pairs), 3), dtype=np.float32)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    for at in range(0, len(order), BATCH):
        rows = order[at : at + BATCH]
        told = [restated(*pairs[i]) for i in rows]
        encoded = tokenizer.encode_batch([(pairs[i][0], each.text) for i, each in zip(rows, told, strict=True)])
        feed = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
        }
        logits = session.run(None, feed)[0]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        found[rows] = allowed(odds / odds.sum(axis=1, keepdims=True), told)
    return found


def is_right(pair: Pair, top: str) -> bool:
    """The rule of the shared scorer: two-way sets count anything but entailment as not entailed."""
    if pair.label == "nc":
        return top != "c"
    if pair.source.startswith(TWO_WAY) and pair.label == "n":
        return top != "e"
    return top == pair.label


def score(path: Path, folder: Path, *, limit: int | None = None) -> dict[str, dict[str, float]]:
    """Accuracy on every dev set in the given order and with both orders averaged, and pairs a second."""
    sets: dict[str, list[Pair]] = defaultdict(list)
    for pair in read_pairs(shared() / "data/nli/dev.tsv.xz"):
        if limit is None or len(sets[pair.source]) < limit:
            sets[pair.source].append(pair)
    session, tokenizer = open_session(path), open_tokenizer(folder)
    table = {}
    for source, pairs in sorted(sets.items()):
        began = time.perf_counter()
        one = judge(session, tokenizer, [(p.premise, p.hypothesis) for p in pairs])
        rate = len(pairs) / (time.perf_counter() - began)
        both = (one + judge(session, tokenizer, [(p.hypothesis, p.premise) for p in pairs])) / 2
        table[source] = {
            "one": _accuracy(pairs, one),
            "both": _accuracy(pairs, both),
            "n": len(pairs),
            "pairs_per_second": round(rate, 1),
        }
    return table


def _accuracy(pairs: list[Pair], probabilities: np.ndarray) -> float:
    tops = probabilities.argmax(axis=1)
    return round(sum(is_right(p, LABELS[t]) for p, t in zip(pairs, tops, strict=True)) / len(pairs), 4)


def shared() -> Path:
    return Path(__file__).resolve().parents[2] / "shared"


# ---- the commands ---------------------------------------------------------------------------------------------------


def evaluate(folder: Path, say: Callable[[str], None] = print, *, limit: int | None = None) -> None:
    """Scores of the ONNX files in a folder, or of its float32 weights, which are exported first."""
    if (folder / "model.safetensors").exists():
        to_onnx(folder, folder / "float32.onnx")
    for path in sorted(folder.glob("*.onnx")):
        say(f"{path.name}  {path.stat().st_size / 1e6:.1f} MB")
        for source, row in score(path, folder, limit=limit).items():
            say(
                f"  {source:22} one order {row['one']:.4f}  both {row['both']:.4f}  n {row['n']}"
                f"  {row['pairs_per_second']}/s"
            )


def export(
    folder: Path,
    target: Path,
    say: Callable[[str], None] = print,
    *,
    variants: Iterable[Variant] = VARIANTS[:1],
    limit: int | None = None,
) -> dict[str, object]:
    """Quantise by each variant, keep the best that fits, write it with tokenizer and scores."""
    target.mkdir(parents=True, exist_ok=True)
    plain = folder / "float32.onnx"
    shape = to_onnx(folder, plain)
    (target / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    scores = {"float32": score(plain, target, limit=limit)}
    best, best_path, best_mean = None, plain, 0.0
    for variant in variants:
        path = folder / f"{variant.name.replace(' ', '_').replace(',', '')}.onnx"
        quantise(plain, path, variant)
        scores[variant.name] = score(path, target, limit=limit)
        chosen_by = [row["one"] for source, row in scores[variant.name].items() if not source.startswith("equate")]
        mean = sum(chosen_by) / len(chosen_by)
        say(f"{variant.name}: {path.stat().st_size / 1e6:.1f} MB, mean without EQUATE {mean:.4f}")
        if mean > best_mean and path.stat().st_size <= MAX_BYTES:
            best, best_path, best_mean = variant, path, mean
    if best is None:
        raise SystemExit(f"no variant is within {MAX_BYTES / 1e6:.0f} MB")
    (target / "model.onnx").write_bytes(best_path.read_bytes())
    facts = {
        "variant": best.name,
        "labels": list(LABELS),
        "max_length": MAX_LENGTH,
        "shape": [shape.heads, shape.widths],
        "files": {
            n: {"bytes": (target / n).stat().st_size, "sha256": sha256(target / n)}
            for n in ("model.onnx", "tokenizer.json")
        },
        "weights_sha256": sha256(folder / "model.safetensors"),
        "scores": scores,
    }
    (target / "model.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return facts
