"""What the teacher says of pairs, kept by their hashes in `told/`: `python nli_told.py --teacher .work/teacher`.

It is asked first of pairs without a full label, then of the others, of each source the sooner the more it weighs. Some
40 pairs a second on two cores: what was answered is kept every few minutes, and a later call goes on from there.
"""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import torch
from nli_data import LABELS, Encoded, Pair, by_width, collate, encode
from nli_recipe import SOURCES
from torch import nn

from contradict.resources import sha256

TOLD = Path(__file__).resolve().parent / "told" / "answers.npz"
AT_ONCE = 2048  # pairs asked about between two looks at the clock
KEPT_EVERY = 300  # seconds
TOKENS, PAIRS = 4096, 128  # of a batch


def keys_of(pairs: Sequence[Pair]) -> np.ndarray:
    """(pairs,) uint64: what a pair is known by, in its order."""
    digests = (blake2b(f"{p.premise}\t{p.hypothesis}".encode(), digest_size=8).digest() for p in pairs)
    return np.frombuffer(b"".join(digests), dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Told:
    """`keys` of the pairs that were asked about, sorted, the `shares` (pairs, 3) that the teacher gave, and which
    teacher it was."""

    keys: np.ndarray
    shares: np.ndarray
    teacher: str


def read_told(path: Path) -> Told:
    """What is kept in a file; nothing where there is none."""
    if not path.exists():
        return Told(np.empty(0, dtype=np.uint64), np.empty((0, 3), dtype=np.float16), "")
    with np.load(path, allow_pickle=False) as kept:
        return Told(kept["keys"], kept["shares"], str(kept["teacher"]))


def told_of(pairs: Sequence[Pair], path: Path) -> np.ndarray:
    """(pairs, 3) float32: what the teacher says of each; not a number where it was not asked."""
    kept = read_told(path)
    told = np.full((len(pairs), 3), np.nan, dtype=np.float32)
    if len(kept.keys):
        wanted = keys_of(pairs)
        at = np.searchsorted(kept.keys, wanted).clip(max=len(kept.keys) - 1)
        known = kept.keys[at] == wanted
        told[known] = kept.shares[at[known]]
    return told


@torch.no_grad()
def answers(model: nn.Module, data: Encoded, rows: np.ndarray) -> np.ndarray:
    """(rows, 3): the shares that a network gives these pairs."""
    shares = np.empty((len(data.label), 3), dtype=np.float32)
    for width, group, _ in by_width(data, rows, tokens=TOKENS, pairs=PAIRS):
        batch = collate(data, group, np.zeros(len(group), dtype=bool), width=width)
        logits = model(batch.ids, token_type_ids=batch.types, attention_mask=batch.mask).logits
        shares[group] = logits.float().softmax(dim=-1).numpy()
    return shares[rows]


def ask(model: nn.Module, pairs: Sequence[Pair], data: Encoded, path: Path, *, teacher: str) -> Generator[int]:
    """Asks about the pairs that have no answer of this teacher yet, in order; yields how many were answered since.

    What another teacher said, or this one when it knew less, is given up.
    """
    kept = read_told(path)
    if kept.teacher != teacher:
        kept = Told(kept.keys[:0], kept.shares[:0], teacher)
    own = keys_of(pairs)
    waiting = np.flatnonzero(~np.isin(own, kept.keys))
    keys, shares, since = [kept.keys], [kept.shares], time.monotonic()
    try:
        for at in range(0, len(waiting), AT_ONCE):
            rows = waiting[at : at + AT_ONCE]
            found = answers(model, data, rows).astype(np.float16)
            keys.append(own[rows])
            shares.append(found)
            if time.monotonic() - since > KEPT_EVERY:
                _keep(Told(np.concatenate(keys), np.concatenate(shares), teacher), path)
                since = time.monotonic()
            yield len(rows)
    finally:  # also where whoever asks goes away
        _keep(Told(np.concatenate(keys), np.concatenate(shares), teacher), path)


def in_turn(pairs: Sequence[Pair], *, seed: int) -> list[Pair]:
    """The pairs in the order to be asked about: those without a full label, then the others, each at random by weight.

    So a pair comes the sooner the more its source weighs, wherever time runs out (Efraimidis and Spirakis 2006).
    """
    weights = np.array([SOURCES[pair.source][0] for pair in pairs])
    wait = np.random.default_rng(seed).exponential(size=len(pairs)) / weights
    labelled = np.array([pair.label in LABELS for pair in pairs])
    return [pairs[i] for i in np.lexsort((wait, labelled))]


def _keep(told: Told, path: Path) -> None:
    keys, first = np.unique(told.keys, return_index=True)
    with path.with_suffix(".new").open("wb") as out:
        np.savez(out, keys=keys, shares=told.shares[first], teacher=told.teacher)
    os.replace(path.with_suffix(".new"), path)


def main() -> None:
    import train_nli
    from nli_teacher_int8 import Rounded

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, default=train_nli.TEACHER_WORK, help="where its checkpoint lies")
    parser.add_argument("--target", type=Path, default=TOLD)
    arguments = parser.parse_args()
    checkpoint = arguments.teacher / "checkpoint.pt"
    trainer = train_nli.kept_trainer(checkpoint)
    model = Rounded(trainer.averaged(), arguments.teacher / "int8.onnx")
    pairs = in_turn(train_nli.all_pairs(trainer.recipe), seed=trainer.recipe.seed)
    data = encode(train_nli.load_tokenizer(trainer.recipe.max_length), pairs)
    digest = sha256(checkpoint)
    stopping: list[bool] = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    began, count = time.monotonic(), 0
    with closing(ask(model, pairs, data, arguments.target, teacher=digest)) as asking:
        for done in asking:
            count += done
            print(f"{count} pairs, {count / (time.monotonic() - began):.1f} a second", flush=True)
            if stopping:
                break


if __name__ == "__main__":
    main()
