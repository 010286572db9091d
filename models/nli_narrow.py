"""The judge's network: its teacher (`nli_teacher.py`) with the heads and neurons that entailment needs least cut out.

The matrices of its layers and its table of words hold whole numbers from -7 to 7, times a step for each row, while it
learns as well as when it is carried: a weight is put on that grid each time it is used, and what would have changed the
weight changes a finer copy of it (the straight-through estimator, Bengio et al. 2013).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from nli_model import SequenceDropout
from nli_rounding import MOST
from safetensors import safe_open
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers.modeling_outputs import SequenceClassifierOutput
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

SIZE, HEAD, HEADS, BUCKETS = 768, 64, 12, 32
WORDS, POSITIONS, BERT_WORDS = 30527, 514, 30522
REACH = 128  # tokens of a pair at most
MOVED = 4  # MPNet's vocabulary is BERT's, after four signs of its own
BERT_SIGNS = {0: 1, 101: 0, 102: 2}  # padding, the sign before a pair and the one after a sentence
Gates = tuple[Tensor, Tensor]  # (pairs, heads) and (pairs, neurons): by how much each counts


@dataclass(frozen=True, slots=True)
class Shape:
    """Of each layer, which heads are left, and how many neurons."""

    heads: tuple[tuple[int, ...], ...]
    widths: tuple[int, ...]


WHOLE = Shape((tuple(range(HEADS)),) * 12, (3072,) * 12)


class Coarse(nn.Linear):
    """A product whose weights are whole numbers times the `step` of their row, once `on_grid` has been called."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs)
        self.register_buffer("step", torch.ones(outputs, 1))


class Layer(nn.Module):
    """One layer: attention over the heads that are left, then the neurons that are left."""

    def __init__(self, heads: tuple[int, ...], width: int, dropout: float) -> None:
        super().__init__()
        self.heads = list(heads)
        inner = HEAD * len(heads)
        self.query, self.key, self.value = (Coarse(SIZE, inner) for _ in range(3))
        self.out, self.attended = Coarse(inner, SIZE), nn.LayerNorm(SIZE, eps=1e-5)
        self.widen, self.narrow = Coarse(SIZE, width), Coarse(width, SIZE)
        self.done = nn.LayerNorm(SIZE, eps=1e-5)
        self.drop = SequenceDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor, gates: Gates | None) -> Tensor:
        batch, length, _ = x.shape
        query, key, value = (
            each(x).view(batch, length, -1, HEAD).transpose(1, 2) for each in (self.query, self.key, self.value)
        )
        shares = (query @ key.transpose(-1, -2) * HEAD**-0.5 + bias[:, self.heads]).softmax(dim=-1)
        found = shares @ value
        if gates is not None:
            found = found * gates[0][:, :, None, None]
        x = self.attended(x + self.drop(self.out(found.transpose(1, 2).reshape(batch, length, -1))))
        wide = nn.functional.gelu(self.widen(x))
        if gates is not None:
            wide = wide * gates[1][:, None, :]
        return self.done(x + self.drop(self.narrow(wide)))


class Narrow(nn.Module):
    """Ids of BERT's vocabulary in, logits of entailment, neutral, contradiction out; segments are not told apart."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words, self.positions = nn.Embedding(WORDS, SIZE), nn.Embedding(POSITIONS, SIZE)
        self.register_buffer("words_step", torch.ones(WORDS, 1))
        self.begun, self.drop = nn.LayerNorm(SIZE, eps=1e-5), SequenceDropout(dropout)
        self.distances = nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(Layer(h, w, dropout) for h, w in zip(shape.heads, shape.widths, strict=True))
        self.dense, self.logits = nn.Linear(SIZE, SIZE), nn.Linear(SIZE, 3)
        self.register_buffer("own", own_ids(), persistent=False)
        bucket = MPNetEncoder.relative_position_bucket(torch.arange(1 - REACH, REACH))
        self.register_buffer("bucket", bucket, persistent=False)

    def forward(
        self, ids: Tensor, token_type_ids: Tensor | None, attention_mask: Tensor, gates: list[Gates] | None = None
    ) -> SequenceClassifierOutput:
        del token_type_ids
        at = attention_mask.cumsum(dim=1) * attention_mask + 1
        x = self.drop(self.begun(self.words(self.own[ids].long()) + self.positions(at)))
        place = torch.arange(ids.shape[1])
        apart = self.bucket[place[None, :] - place[:, None] + REACH - 1]
        bias = self.distances(apart).permute(2, 0, 1)[None] + ((1 - attention_mask) * -1e4).to(x.dtype)[:, None, None]
        for k, layer in enumerate(self.layers):
            x = layer(x, bias, None if gates is None else gates[k])
        return SequenceClassifierOutput(logits=self.logits(self.drop(self.dense(self.drop(x[:, 0])).tanh())))


def own_ids() -> Tensor:
    """(pieces of BERT,): the id that MPNet has for each."""
    own = torch.arange(BERT_WORDS) + MOVED
    for bert, sign in BERT_SIGNS.items():
        own[bert] = sign
    return own


def from_teacher(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights of MPNetForSequenceClassification by the names of `Narrow`."""
    names = {
        "mpnet.embeddings.word_embeddings": "words",
        "mpnet.embeddings.position_embeddings": "positions",
        "mpnet.embeddings.LayerNorm": "begun",
        "mpnet.encoder.relative_attention_bias": "distances",
        "classifier.dense": "dense",
        "classifier.out_proj": "logits",
    }
    inner = {
        "attention.attn.q": "query",
        "attention.attn.k": "key",
        "attention.attn.v": "value",
        "attention.attn.o": "out",
        "attention.LayerNorm": "attended",
        "intermediate.dense": "widen",
        "output.dense": "narrow",
        "output.LayerNorm": "done",
    }
    for k in range(12):
        names |= {f"mpnet.encoder.layer.{k}.{theirs}": f"layers.{k}.{own}" for theirs, own in inner.items()}
    parted = ((*name.rsplit(".", 1), weight) for name, weight in weights.items())
    return {f"{names[module]}.{kind}": weight for module, kind, weight in parted if module in names}


def on_grid(weight: Tensor, step: Tensor) -> Tensor:
    """The weights as the nearest whole steps of their rows, none more than `MOST`."""
    return (weight / step).round().clamp(-MOST, MOST) * step


def steps_of(weight: Tensor) -> Tensor:
    """(rows, 1): the step for each row that moves its weights least, by squares."""
    largest = weight.abs().amax(dim=1, keepdim=True) / MOST + 1e-12
    tried = torch.stack([largest * share for share in torch.linspace(0.3, 1, 15)])
    missed = torch.stack([(on_grid(weight, step) - weight).square().sum(dim=1, keepdim=True) for step in tried])
    return tried.gather(0, missed.argmin(dim=0, keepdim=True))[0]


def stepped(model: Narrow) -> dict[str, str]:
    """The names of the weights on a grid, and of their steps."""
    products = [name for name, module in model.named_modules() if isinstance(module, Coarse)]
    return {"words.weight": "words_step"} | {f"{name}.weight": f"{name}.step" for name in products}


def of_words(model: Narrow, tokenizer: Tokenizer) -> Narrow:
    """The network itself, now without the vectors of pieces that English text does not come to (read as unknown)
    and without the places that no pair is long enough for."""
    unknown, ids = tokenizer.token_to_id("[UNK]"), needed(tokenizer)
    rows = model.own[ids]
    own = torch.full_like(model.own, ids.index(unknown), dtype=torch.int16)
    own[ids] = torch.arange(len(ids), dtype=torch.int16)
    model.words = nn.Embedding.from_pretrained(model.words.weight[rows])
    model.positions = nn.Embedding.from_pretrained(model.positions.weight[: REACH + 2])
    model.words_step, model.own = model.words_step[rows], own
    return model


def needed(tokenizer: Tokenizer) -> list[int]:
    """The ids of the pieces that English text comes to, in order."""
    return sorted(id_ for piece, id_ in tokenizer.get_vocab().items() if _is_needed(piece))


def _is_needed(piece: str) -> bool:
    """Not the pieces kept free, not letters beyond the Latin alphabets of Europe, not signs within words: the tokenizer
    parts words at these."""
    rest = piece.removeprefix("##")
    foreign = any(sign > "\u017f" and sign.isalpha() for sign in rest)
    return not (piece.startswith("[unused") or foreign or (rest != piece and not rest.isalnum()))


def save_narrow(model: Narrow, path: Path) -> None:
    """Weights, steps and shape as one file of safetensors."""
    save_file(model.state_dict(), path, metadata={"shape": json.dumps([model.shape.heads, model.shape.widths])})


def load_narrow(path: Path, *, dropout: float = 0.1) -> Narrow:
    """What `save_narrow` kept."""
    if not path.exists():
        raise SystemExit(
            f"{path}: no such file; nli_prune.py makes a start, `train_nli.py start` takes the carried one"
        )
    with safe_open(path, framework="pt") as kept:
        if "shape" not in (facts := kept.metadata() or {}):
            raise SystemExit(f"{path}: not the judge's weights; name a folder that `train_nli.py` saved of the judge")
        heads, widths = json.loads(facts["shape"])
        model = Narrow(Shape(tuple(map(tuple, heads)), tuple(widths)), dropout)
        model.load_state_dict({name: kept.get_tensor(name) for name in kept.keys()})  # noqa: SIM118  # it cannot be iterated
    return model
