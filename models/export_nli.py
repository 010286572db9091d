"""Float32 weights to the int8 ONNX file that the package carries, its scores on every dev set, and its card.

Matrix products become int8 with one scale an output channel and activations scaled as they come; word embeddings
become int8 with one scale a row, for a table of 30,522 words under one scale loses what rare words mean.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from nli_data import LABELS, Pair, read_pairs
from onnx import helper, numpy_helper
from tokenizers import Tokenizer

OPSET = 17  # the first with LayerNormalization as one operator
WORDS = "bert.embeddings.word_embeddings.weight"
BATCH = 32
MAX_LENGTH = 128
MAX_BYTES = 35_000_000
TWO_WAY = ("equate_NewsNLI", "equate_RTE", "equate_AWPNLI")  # "not entailed" counts as neutral or contradiction


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to quantise: which products stay float32, and whether weights keep to 7 bits.

    Seven bits are for processors without VNNI, where sums of 8-bit products overflow 16 bits.
    """

    name: str
    keep: tuple[str, ...] = ()
    seven_bits: bool = False


VARIANTS = (
    Variant("int8, 7-bit weights", seven_bits=True),
    Variant("int8"),
    Variant("int8, last layer's output float32", keep=("layer.5/output",)),
    Variant("int8, every layer's output float32", keep=("/output/dense",)),
)


# ---- ONNX -----------------------------------------------------------------------------------------------------------


def to_onnx(folder: Path, path: Path) -> None:
    """Float32 ONNX with free batch and length; checked against torch on random pairs."""
    import torch
    from transformers import BertForSequenceClassification

    model = BertForSequenceClassification.from_pretrained(folder, attn_implementation="eager").eval()

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert, self.classifier = model.bert, model.classifier

        def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            hidden = self.bert.embeddings(input_ids=ids, token_type_ids=types)
            bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4  # finite: int8 scales must not see infinities
            for layer in self.bert.encoder.layer:
                hidden = layer(hidden, bias)
                hidden = hidden[0] if isinstance(hidden, tuple) else hidden
            return self.classifier(self.bert.pooler(hidden))

    ids = torch.randint(1000, 20000, (3, 21))
    types, mask = torch.zeros_like(ids), torch.ones_like(ids)
    types[:, 11:], mask[1, 15:] = 1, 0
    names = ["input_ids", "token_type_ids", "attention_mask"]
    torch.onnx.export(
        Logits().eval(),
        (ids, types, mask),
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_axes={n: {0: "batch", 1: "length"} for n in names} | {"logits": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )
    session = open_session(path)
    with torch.no_grad():
        expected = model(ids, token_type_ids=types, attention_mask=mask).logits.numpy()
    found = session.run(None, dict(zip(names, (ids.numpy(), types.numpy(), mask.numpy()), strict=True)))[0]
    if not np.allclose(expected, found, atol=1e-3):
        raise SystemExit(f"{path}: differs from torch by {np.abs(expected - found).max():.4f}")


def quantise(source: Path, target: Path, variant: Variant) -> None:
    """Int8 products and a row-scaled int8 table of word embeddings."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = onnx.load(source).graph
    kept = [n.name for n in graph.node if n.op_type == "MatMul" and any(part in n.name for part in variant.keep)]
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        reduce_range=variant.seven_bits,
        nodes_to_exclude=kept,
    )
    model = onnx.load(target)
    scale_rows(model.graph, WORDS)
    model.producer_name = "contradict"
    onnx.checker.check_model(model)
    onnx.save(model, target)


def scale_rows(graph: onnx.GraphProto, name: str) -> None:
    """Replace one float32 table, read by one Gather, by int8 rows and a scale for each."""
    table = next((t for t in graph.initializer if t.name == name or t.name.endswith(name)), None)
    if table is None:
        raise SystemExit(f"no table named {name}; the tables are {sorted(t.name for t in graph.initializer)[:9]} ...")
    values = numpy_helper.to_array(table)
    scale = np.abs(values).max(axis=1, keepdims=True) / 127 + 1e-12
    gather = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    at = list(graph.node).index(gather)
    ids, out = gather.input[1], gather.output[0]
    graph.initializer.remove(table)
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.round(values / scale).astype(np.int8), "words.rows"),
            numpy_helper.from_array(scale.astype(np.float32), "words.scale"),
        ]
    )
    graph.node.remove(gather)
    for k, node in enumerate(
        (
            helper.make_node("Gather", ["words.rows", ids], ["words.taken"], "words.take"),
            helper.make_node("Cast", ["words.taken"], ["words.float"], "words.cast", to=onnx.TensorProto.FLOAT),
            helper.make_node("Gather", ["words.scale", ids], ["words.scales"], "words.take_scale"),
            helper.make_node("Mul", ["words.float", "words.scales"], [out], "words.scaled"),
        )
    ):
        graph.node.insert(at + k, node)


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
        encoded = tokenizer.encode_batch([pairs[i] for i in rows])
        feed = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
        }
        logits = session.run(None, feed)[0]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        found[rows] = odds / odds.sum(axis=1, keepdims=True)
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


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---- the commands ---------------------------------------------------------------------------------------------------


def evaluate(folder: Path, say: Callable[[str], None] = print, *, limit: int | None = None) -> None:
    """Scores of the ONNX files in a folder, or of its float32 weights, which are exported first."""
    if (folder / "model.safetensors").exists() and not (folder / "float32.onnx").exists():
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
    to_onnx(folder, plain)
    (target / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    scores = {"float32": score(plain, target, limit=limit)}
    best, best_mean = None, 0.0
    for variant in variants:
        path = folder / f"{variant.name.replace(' ', '_').replace(',', '')}.onnx"
        quantise(plain, path, variant)
        scores[variant.name] = score(path, target, limit=limit)
        chosen_by = [row["one"] for source, row in scores[variant.name].items() if not source.startswith("equate")]
        mean = sum(chosen_by) / len(chosen_by)
        say(f"{variant.name}: {path.stat().st_size / 1e6:.1f} MB, mean without EQUATE {mean:.4f}")
        if mean > best_mean and path.stat().st_size <= MAX_BYTES:
            best, best_mean = path, mean
    if best is None:
        raise SystemExit(f"no variant is within {MAX_BYTES / 1e6:.0f} MB")
    (target / "model.onnx").write_bytes(best.read_bytes())
    facts = {
        "variant": best.stem,
        "labels": list(LABELS),
        "max_length": MAX_LENGTH,
        "opset": OPSET,
        "files": {
            n: {"bytes": (target / n).stat().st_size, "sha256": sha256(target / n)}
            for n in ("model.onnx", "tokenizer.json")
        },
        "weights_sha256": sha256(folder / "model.safetensors"),
        "scores": scores,
    }
    (target / "scores.json").write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return facts


# ---- the card -------------------------------------------------------------------------------------------------------

# source, what it is, licence as its own repository states it
DATA = (
    ("lingnli", "LingNLI (Parrish et al. 2021), hypotheses of three protocols over MNLI premises", "none stated"),
    ("vitaminc_real", "VitaminC (Schuster et al. 2021), Wikipedia revisions; text CC BY-SA 3.0", "MIT"),
    ("vitaminc_synthetic", "VitaminC, revisions made from FEVER; text CC BY-SA 3.0", "MIT"),
    ("taxinli", "TaxiNLI (Joshi et al. 2020), MNLI pairs", "C-UDA 1.0 (models are free Results)"),
    ("cad_nli", "Counterfactually augmented SNLI (Kaushik et al. 2020)", "none stated; SNLI is CC BY-SA 4.0"),
    ("conjnli", "ConjNLI (Saha et al. 2020), adversarial training set, labelled by rule", "none stated"),
    ("snli_dev", "SNLI development set (Bowman et al. 2015)", "CC BY-SA 4.0"),
    ("climate_fever", "Climate-FEVER (Diggelmann et al. 2020)", "unknown on its card"),
    ("healthver", "HealthVer (Sarrouti et al. 2021)", "none stated"),
    (
        "turned",
        "entailed hypotheses of LingNLI, VitaminC, TaxiNLI and HealthVer, altered into contradictions",
        "as those",
    ),
    (
        "news_",
        "made from 6,000 articles of the AllSides collection (Baly et al. 2020), which is not redistributed",
        "none stated",
    ),
)

CARD = """# Entailment judge

A three-way cross-encoder: does the first sentence entail the second, contradict it, or neither? MiniLM, 6 layers of
384, trained by `models/train_nli.py` (the whole recipe) and carried as int8 ONNX. Labels, in the order of the outputs:
entailment, neutral, contradiction. Input: `[CLS] first [SEP] second [SEP]`, at most {max_length} tokens.

The judge's known failing, as of every model of its kind: sentences about different things can look contradictory. Use
it only on pairs known to be about the same matter. Int8 activations take one scale a batch, so a pair's probabilities
depend on the batch it stands in: by 0.02 on average, and once in 300 by 0.2, between batches of 1 and of 32. The same
input in the same order gives the same output; who needs more judges pairs one by one.

## Files

| file | bytes | sha256 |
| --- | ---: | --- |
{files}

Start weights: all-MiniLM-L6-v2 (Apache-2.0), model.safetensors sha256 `{start}`.
Float32 weights that this was quantised from: sha256 `{weights}`. Quantised as: {variant}.

## Scores

Accuracy. "One" judges premise against hypothesis; "both" averages that with the turned order, which a symmetric
question (do these two conflict?) wants and a directed one (does this follow?) does not. The EQUATE sets were in neither
training nor any choice; the others were looked at while the mix of sources was set, and chose the quantisation.

| set | n | {heads} |
| --- | ---: | {rules} |
{scores}

## Data

| source | pairs | what | licence |
| --- | ---: | --- | --- |
{data}

No pair of a development set is in training (exact match is removed); nothing labelled for this project's own
evaluation is.

## What was tried

| what | pairs seen | xnli | vitaminc | lingnli | note |
| --- | ---: | ---: | ---: | ---: | --- |
{tried}

## The run

{run}
"""


def write_card(target: Path, work: Path, *, start_sha256: str) -> None:
    """`card.md` beside the model, from its scores, the run's log and the table of what was tried."""
    facts = json.loads((target / "scores.json").read_text(encoding="utf-8"))
    log = [json.loads(line) for line in (work / "curve.jsonl").read_text(encoding="utf-8").splitlines()]
    scores, last = facts["scores"], [row for row in log if "recipe" in row][-1]
    sets = list(scores["float32"])
    tried = (Path(__file__).with_name("nli_tried.tsv")).read_text(encoding="utf-8").splitlines()[1:]
    (target / "card.md").write_text(
        CARD.format(
            max_length=facts["max_length"],
            start=start_sha256,
            weights=facts["weights_sha256"],
            variant=facts["variant"],
            files="\n".join(f"| {n} | {f['bytes']:,} | `{f['sha256']}` |" for n, f in facts["files"].items()),
            heads=" | ".join(f"{name}, {order}" for name in scores for order in ("one", "both")),
            rules=" | ".join("---:" for _ in scores for _ in "12"),
            scores="\n".join(
                f"| {s} | {scores['float32'][s]['n']} | "
                + " | ".join(f"{rows[s][order]:.4f}" for rows in scores.values() for order in ("one", "both"))
                + " |"
                for s in sets
            ),
            data="\n".join(
                f"| {name} | {_count(last['sources'], name):,} | {what} | {licence} |" for name, what, licence in DATA
            ),
            tried="\n".join("| " + " | ".join(row.split("\t")) + " |" for row in tried),
            run=_run(log),
        ),
        encoding="utf-8",
    )


def _count(sources: dict[str, int], name: str) -> int:
    """Pairs of a source, or of all sources that begin so where the name ends in an underscore."""
    return sum(
        count for source, count in sources.items() if source == name or (name.endswith("_") and source.startswith(name))
    )


def _run(log: list[dict[str, Any]]) -> str:
    """The recipe, each start with its hours, then accuracy on up to 1,000 pairs of each set as training went on."""
    starts = [row for row in log if "recipe" in row]
    pairs, rows = 0, []
    for row in log:
        pairs = row.get("pairs", pairs) if "step" in row else pairs
        if "dev" in row:
            rows.append([row["step"], f"{pairs:,}", *(f"{accuracy:.3f}" for accuracy in row["dev"].values())])
    sets = next((row["dev"] for row in log if "dev" in row), {})
    return "\n".join(
        [
            ", ".join(f"{key} {value}" for key, value in starts[-1]["recipe"].items()) + ".",
            "",
            *(
                f"Started from step {row['from_step']}: {row['recipe']['hours']} hours, {row['pairs']:,} pairs."
                for row in starts
            ),
            "",
            *(
                f"| {' | '.join(map(str, row))} |"
                for row in (["step", "pairs seen", *sets], ["---:"] * (2 + len(sets)), *rows)
            ),
        ]
    )
