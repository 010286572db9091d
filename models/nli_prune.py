"""What the judge starts from: its teacher without the heads and neurons that entailment needs least.

    python nli_prune.py        # reads the teacher's checkpoint, writes .work/nli/start.safetensors; 8 minutes

How much a head or a neuron counts is the mean square of what the loss would gain or lose by turning it down (the
diagonal of the Fisher information of masks, Kwon et al. 2022), a pair at a time; those that count least for the weights
that they take go, until what is left fits. The products behind them are solved anew for what is left, so that they come
as near as can be to what they gave before, by least squares.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from nli_data import Batch, Mix, batches, encode
from nli_model import load_tokenizer, loss_of, teaching
from nli_narrow import HEAD, HEADS, SIZE, WHOLE, Narrow, Shape, from_teacher, on_grid, save_narrow, stepped, steps_of
from nli_recipe import SOURCES, Recipe
from torch import Tensor, nn

SHARE = 0.53  # of the weights of the layers, how many are left: with four bits each they fit 35 MB
PAIRS = 3072
OF_HEAD, OF_NEURON = 4 * HEAD * SIZE, 2 * SIZE  # weights
ALIGNED = 32  # neurons of a layer are a multiple of this, as the processor likes them
DAMPING = 1e-3  # of the mean of the diagonal, added to it


@dataclass(slots=True)
class Counts:
    """How much each head (layers, heads) and neuron (layers, neurons) counts, and for each layer the sums of products
    of what enters the two last matrices: of the heads (SIZE, SIZE), of the neurons (neurons, neurons)."""

    heads: np.ndarray
    neurons: np.ndarray
    from_heads: list[Tensor]
    from_neurons: list[Tensor]


def counted(model: Narrow, found: Iterable[Batch], recipe: Recipe) -> Counts:
    """How much each part of a whole network counts on batches of pairs."""
    widest = WHOLE.widths[0]
    counts = Counts(
        np.zeros((len(WHOLE.widths), HEADS)),
        np.zeros((len(WHOLE.widths), widest)),
        [torch.zeros(SIZE, SIZE) for _ in WHOLE.widths],
        [torch.zeros(widest, widest) for _ in WHOLE.widths],
    )
    model.requires_grad_(False).eval().bfloat16()
    real = [torch.empty(0)]

    def add(sums: Tensor) -> object:
        def hook(module: nn.Module, entering: tuple[Tensor, ...], leaving: Tensor) -> None:
            del module, leaving
            of_tokens = entering[0].detach()[real[0]].float()
            sums.add_(of_tokens.T @ of_tokens)

        return hook

    for k, layer in enumerate(model.layers):
        layer.out.register_forward_hook(add(counts.from_heads[k]))
        layer.narrow.register_forward_hook(add(counts.from_neurons[k]))
    for batch in found:
        useful = teaching(batch)  # without the rows that fill it up
        real[0] = batch.mask.bool() & useful[:, None]
        pairs = len(batch.ids)
        gates = [
            tuple(torch.ones(pairs, n, dtype=torch.bfloat16, requires_grad=True) for n in (HEADS, widest))
            for _ in WHOLE.widths
        ]
        logits = model(batch.ids, None, batch.mask, gates).logits
        (loss_of(logits, batch, recipe) * useful.sum()).backward()
        for k, (heads, neurons) in enumerate(gates):
            counts.heads[k] += heads.grad.float().square().sum(dim=0).numpy()
            counts.neurons[k] += neurons.grad.float().square().sum(dim=0).numpy()
    return counts


def chosen(counts: Counts, *, share: float) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Of each layer the heads and the neurons that are left, at least one head and `ALIGNED` neurons.

    However many heads go, neurons go until the rest fits; of these ways the one that loses least is taken.
    """
    layers, widest = counts.neurons.shape
    budget = share * layers * (HEADS * OF_HEAD + widest * OF_NEURON)
    heads, neurons = np.sort(counts.heads.ravel()), np.sort(counts.neurons.ravel())
    cut_heads = np.arange(len(heads) - layers)
    cut_neurons = len(neurons) - ((budget - (len(heads) - cut_heads) * OF_HEAD) // OF_NEURON).astype(int)
    possible = (cut_neurons >= 0) & (cut_neurons < len(neurons))
    lost = np.cumsum([0, *heads])[cut_heads] + np.cumsum([0, *neurons])[cut_neurons.clip(0, len(neurons))]
    best = np.where(possible, lost, np.inf).argmin()
    left_heads, left_neurons = [], []
    for k in range(layers):
        many = max(1, int((counts.heads[k] >= heads[cut_heads[best]]).sum()))
        wide = int((counts.neurons[k] >= neurons[cut_neurons[best]]).sum())
        wide = min(widest, max(ALIGNED, round(wide / ALIGNED) * ALIGNED))
        left_heads.append(np.sort(np.argsort(-counts.heads[k], kind="stable")[:many]))
        left_neurons.append(np.sort(np.argsort(-counts.neurons[k], kind="stable")[:wide]))
    return left_heads, left_neurons


def cut(whole: dict[str, Tensor], counts: Counts, heads: list[np.ndarray], neurons: list[np.ndarray]) -> Narrow:
    """The network of what is left, its coarse weights on their grid."""
    weights = {name: weight for name, weight in whole.items() if not name.startswith("layers.")}
    for k, (left, wide) in enumerate(zip(heads, neurons, strict=True)):
        rows = torch.from_numpy((left[:, None] * HEAD + np.arange(HEAD)).ravel())
        wide_rows = torch.from_numpy(wide)
        for name in (n for n in whole if n.startswith(f"layers.{k}.")):
            module, kind = name.split(".")[2:]
            if module in ("query", "key", "value", "widen"):
                weights[name] = whole[name][wide_rows if module == "widen" else rows]
            elif kind == "weight" and module in ("out", "narrow"):
                at, sums = (rows, counts.from_heads[k]) if module == "out" else (wide_rows, counts.from_neurons[k])
                weights[name] = solved(whole[name], sums, at)
            else:
                weights[name] = whole[name]
    shape = Shape(tuple(tuple(map(int, left)) for left in heads), tuple(len(wide) for wide in neurons))
    model = Narrow(shape)
    tables = model.state_dict() | weights
    for weight, step in stepped(model).items():
        tables[step] = steps_of(tables[weight])
        tables[weight] = on_grid(tables[weight], tables[step])
    model.load_state_dict(tables)
    return model


def solved(weight: Tensor, sums: Tensor, left: Tensor) -> Tensor:
    """(outputs, left): weights over the inputs that are left whose products come nearest to those over all."""
    among = sums[left][:, left].double()
    among += torch.eye(len(left), dtype=torch.float64) * DAMPING * among.diagonal().mean()
    return (weight.double() @ torch.linalg.solve(among, sums[left].double()).T).float()


def main() -> None:
    import train_nli

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, default=train_nli.TEACHER_WORK, help="where its checkpoint lies")
    parser.add_argument("--target", type=Path, default=train_nli.START)
    arguments = parser.parse_args()
    began = time.monotonic()
    trainer = train_nli.kept_trainer(arguments.teacher / "checkpoint.pt")
    whole = from_teacher(trainer.averaged().network.state_dict())
    model = Narrow(WHOLE)
    model.load_state_dict(model.state_dict() | whole)
    recipe = train_nli.JUDGE
    pairs, told = train_nli.training_pairs(recipe)
    data = encode(load_tokenizer(recipe.max_length), pairs, told)
    rng = np.random.default_rng([recipe.seed, 2])
    rows = Mix(pairs, SOURCES, seed=recipe.seed, drawn={}).draw(0, size=PAIRS, progress=0.5)
    found = batches(data, rows, tokens=2048, pairs=32, turned_share=0, rng=rng)
    counts = counted(model, found, recipe)
    heads, neurons = chosen(counts, share=SHARE)
    arguments.target.parent.mkdir(parents=True, exist_ok=True)
    save_narrow(cut(whole, counts, heads, neurons), arguments.target)
    print(f"heads {[len(left) for left in heads]}, neurons {[len(wide) for wide in neurons]}")
    print(f"{arguments.target}: {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
