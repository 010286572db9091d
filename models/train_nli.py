"""Train the entailment judge, a three-way cross-encoder. Read it top to bottom.

    python train_nli.py teach --hours 3        # a wide network learns entailment: the teacher
    python nli_told.py                         # it is asked about pairs, and the judge learns from what it says
    python nli_prune.py                        # cut down to what fits 35 MB it is what the judge starts from;
    python train_nli.py start nli              # or the judge that is carried is
    python train_nli.py train --hours 2        # the judge goes on from there, or from its last checkpoint
    python train_nli.py evaluate DIR           # a folder with float32 weights, or with model.onnx
    python train_nli.py export DIR OUT         # ONNX, int8, tokenizer, card

What makes two cores enough: weights and activations in bfloat16 with a float32 master copy; plain matrix products for
attention, because the fused kernel's backward pass took 60% of a step on a Xeon; batches of nine shapes only, because
each new shape is compiled for seconds; dropout that draws one mask a sequence, not one a token; frozen word embeddings
and lowest layers. The judge learns from some 18 pairs a second on two cores of an EPYC, its teacher from some 10.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import claim_rows
import nli_compared
import nli_made
import nli_reprints
import numpy as np
import torch
from nli_data import (
    LABELS,
    Batch,
    Encoded,
    Mix,
    Pair,
    batches,
    encode,
    read_contrasts,
    read_crossed,
    read_near_misses,
    read_pairs,
    read_premises,
    read_retold,
    read_rewrites,
)
from nli_model import (
    layer_scale,
    load_tokenizer,
    loss_of,
    minilm_folder,
    rate_at,
    teaching,
)
from nli_narrow import Narrow, load_narrow, on_grid, save_narrow, stepped
from nli_recipe import DEV_SETS, JUDGE, KNOWN, SOURCES, TEACHER, Recipe
from nli_teacher import START_SHA256, Teacher, start_folder, start_teacher
from nli_threads import Threads
from nli_told import TOLD, answers, told_of
from tokenizers import Tokenizer
from torch import Tensor

from contradict.resources import sha256
from contradict.restated import restated
from contradict.types import Relation

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
WORK = HERE / ".work" / "nli"
REWRITES = HERE / "rewrites.jsonl"
NEAR_MISSES = HERE / "near_misses.jsonl"
RETOLD = HERE / "retold.jsonl"
CONTRASTS = HERE / "contrasts.jsonl"
PREMISES = HERE / "premises.jsonl"
READ = HERE / "claim_labels.jsonl"
TEACHER_WORK = HERE / ".work" / "teacher"
START = WORK / "start.safetensors"  # made by nli_prune.py
MINED = WORK / "mined.tsv.xz"
ASKED = WORK / "asked.tsv.xz"

# ---- data -----------------------------------------------------------------------------------------------------------


def training_pairs(recipe: Recipe) -> tuple[list[Pair], np.ndarray]:
    """The pairs to learn from, and what the teacher says of them (`allowed`); none that neither labels."""
    pairs = all_pairs(recipe)
    told = allowed(pairs, told_of(pairs, TOLD))
    for i in np.flatnonzero(told[:, 0] >= 0):  # the answers that are kept are on the hypotheses as they stand
        if restated(pairs[i].premise, pairs[i].hypothesis).text != pairs[i].hypothesis:
            told[i] = np.nan
    useful = [i for i, pair in enumerate(pairs) if pair.label != "?" or (recipe.told_share and told[i, 0] >= 0)]
    return [pairs[i] for i in useful], told[useful]


def allowed(pairs: Sequence[Pair], told: np.ndarray) -> np.ndarray:
    """(pairs, 3): what the teacher says, as far as the labels allow it.

    Of a pair known to be no contradiction only how it parts the rest; of one whose writer or reader knew its label,
    nothing.
    """
    told = told.copy()
    told[[pair.label == "nc" for pair in pairs], LABELS.index("c")] = 0.0
    told[[pair.label in LABELS and pair.source in KNOWN for pair in pairs]] = np.nan
    return told / np.maximum(told.sum(axis=1, keepdims=True), 1e-6)


def all_pairs(recipe: Recipe) -> list[Pair]:
    """Labelled pairs, pairs turned from them, pairs made from news, and pairs without a label; none twice, none from a
    dev set."""
    labelled = list(read_pairs(SHARED / "data/nli/train.tsv.xz"))
    archive = SHARED / "data/news/allsides.jsonl.xz"
    news = nli_made.read_sentences(archive, articles=recipe.news_articles, seed=recipe.seed)
    names = nli_made.read_names(news)
    printed = nli_made.read_sentences(archive, articles=recipe.reprint_articles, seed=recipe.seed, quoting=True)
    reprinted = nli_reprints.reprinted(printed, names, seed=recipe.seed)
    clean = [p for p in labelled if p.source in ("vitaminc_real", "lingnli", "taxinli", "healthver")]
    turned = nli_made.turn_entailments(clean, names, seed=recipe.seed)
    made = nli_made.make_pairs(news, seed=recipe.seed)
    contrasts = list(read_contrasts(CONTRASTS))
    bounded = [
        *nli_compared.compared([*clean, *contrasts], seed=recipe.seed),
        *nli_compared.compared_news([s.text for s in news], seed=recipe.seed),
    ]
    held_back = {(p.premise, p.hypothesis) for p in read_pairs(SHARED / "data/nli/dev.tsv.xz")}
    mined = list(read_pairs(MINED)) if MINED.exists() else []  # made by suspects.py
    written = [*read_near_misses(NEAR_MISSES), *read_crossed(REWRITES), *read_rewrites(REWRITES)]
    written += [*read_retold(RETOLD, archive), *contrasts, *read_premises(PREMISES)]
    read = [
        Pair("read_conflict", *_texts(row), "c")
        if row.relation is Relation.CONTRADICTION
        else Pair("read_none", *_texts(row), "nc")
        for row in claim_rows.listed(READ, archive, lots=claim_rows.OF_JUDGE)
    ]
    asked = list(read_pairs(ASKED)) if ASKED.exists() else []  # made by suspects.py, too
    round_ = [Pair("reversed", p.hypothesis, p.premise, "?") for p in clean]
    unique = {
        (p.premise, p.hypothesis): p
        for p in (*round_, *asked, *made, *bounded, *reprinted, *turned, *labelled, *mined, *written, *read)
    }
    return [p for key, p in unique.items() if key not in held_back]


def _texts(row: claim_rows.Row) -> tuple[str, str]:
    """The two sentences as `suspects.py` writes them, so that none is there twice."""
    one, other = (" ".join(side.sentence.text.split()) for side in (row.pair.a, row.pair.b))
    return one, other


# ---- training -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Progress:
    """Where a run stands."""

    chunk: int = 0
    step: int = 0
    pairs: int = 0
    seconds: float = 0.0
    drawn: dict[str, int] = field(default_factory=dict)


def blank(recipe: Recipe) -> Narrow | Teacher:
    """The network that a run starts from: the judge as cut from its teacher, or the teacher, which knows nothing of
    entailment."""
    if recipe.start == "mpnet":
        return start_teacher(recipe, WORK.parent)
    model = load_narrow(START, dropout=recipe.dropout)
    for part in (model.words, model.positions, *model.layers[: recipe.frozen_layers]):
        part.requires_grad_(False)
    return model


class Trainer:
    """bfloat16 weights that compute, float32 copies that learn, and their running average that is kept."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        # frozen parts and the steps of weights are in that file alone, and not in a checkpoint
        self.start = START_SHA256 if recipe.start == "mpnet" else sha256(START)
        self.model = blank(recipe)
        named = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        self.names = [n for n, _ in named]
        self.masters = [p.detach().clone().float() for _, p in named]
        self.average = [m.clone() for m in self.masters]
        tables, steps = self.model.state_dict(), stepped(self.model) if isinstance(self.model, Narrow) else {}
        self.steps = [tables[steps[n]].clone() if n in steps else None for n in self.names]
        self.model.bfloat16()
        self.weights = [p for _, p in self.model.named_parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [
                {
                    "params": [m],
                    "scale": layer_scale(n, recipe),
                    "lr": 0.0,
                    "weight_decay": recipe.weight_decay if m.dim() > 1 else 0.0,
                }
                for n, m in zip(self.names, self.masters, strict=True)
            ],
            betas=(0.9, 0.98),
            fused=True,
        )
        self.state = Progress()

    def step(self, batch: Batch, progress: float) -> float:
        rate = self.recipe.learning_rate * rate_at(progress, self.recipe)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        logits = self.model(batch.ids, token_type_ids=batch.types, attention_mask=batch.mask).logits
        loss = loss_of(logits, batch, self.recipe)
        loss.backward()
        for master, weight in zip(self.masters, self.weights, strict=True):
            master.grad = None if weight.grad is None else weight.grad.float()
            weight.grad = None
        torch.nn.utils.clip_grad_norm_(self.masters, 1.0)
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(self.weights, self.as_used(self.masters))
            decay = min(self.recipe.average_decay, (1 + self.state.step) / (50 + self.state.step))
            torch._foreach_lerp_(self.average, self.masters, 1 - decay)
        self.state.step += 1
        self.state.pairs += int(teaching(batch).sum())
        return float(loss.detach())

    def save(self, path: Path) -> None:
        """One file, written beside and then moved: weights, optimizer, random state, progress."""
        kept = {
            "recipe": asdict(self.recipe),
            "start": self.start,
            "state": asdict(self.state),
            "masters": self.masters,
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
        }
        torch.save(kept, path.with_suffix(".new"))
        os.replace(path.with_suffix(".new"), path)

    def restore(self, kept: dict[str, Any]) -> None:
        """Goes on from what `save` kept."""
        if kept.get("start", self.start) != self.start:
            raise SystemExit(f"{START}: not what this run started from; put that back, or remove the checkpoint")
        self.optimizer.load_state_dict(kept["optimizer"])
        with torch.no_grad():
            torch._foreach_copy_(self.masters, kept["masters"])
            torch._foreach_copy_(self.average, kept["average"])
            torch._foreach_copy_(self.weights, self.as_used(self.masters))
        torch.set_rng_state(kept["random"])
        self.state = Progress(**kept["state"])

    def as_used(self, weights: list[Tensor]) -> list[Tensor]:
        """The weights as the network computes with them: on the grid of their steps where they have one."""
        return [w if step is None else on_grid(w, step) for w, step in zip(weights, self.steps, strict=True)]

    def averaged(self) -> Narrow | Teacher:
        """A float32 model with the averaged weights, ready to save or judge."""
        with torch.random.fork_rng():  # a new network draws numbers, which the run goes on to draw
            model = blank(self.recipe)
        model.load_state_dict(dict(zip(self.names, self.as_used(self.average), strict=True)), strict=False)
        return model.eval()


def kept_trainer(checkpoint: Path) -> Trainer:
    """The trainer of a checkpoint, by the recipe that is kept in it."""
    kept = torch.load(checkpoint, weights_only=True)
    trainer = Trainer(Recipe(**kept["recipe"]))
    trainer.restore(kept)
    return trainer


def train(recipe: Recipe, folder: Path) -> None:
    """Run the schedule to its end. Time that the process stands stopped does not count: no step counts above 5 s."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pid").write_text(str(os.getpid()))
    torch.set_flush_denormal(True)
    trainer = Trainer(recipe)
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        trainer.restore(torch.load(checkpoint, weights_only=True))
    state = trainer.state
    tokenizer = load_tokenizer(recipe.max_length)
    pairs, told = training_pairs(recipe)
    data = encode(tokenizer, pairs, told)
    mix = Mix(pairs, SOURCES, seed=recipe.seed, drawn=state.drawn)
    dev = dev_slices(tokenizer, 1000)
    log(
        folder,
        {
            "recipe": asdict(recipe),
            "pairs": len(pairs),
            "told": int((told[:, 0] >= 0).sum()),
            "from_step": state.step,
            "sources": {s: len(r) for s, r in mix.rows.items()},
        },
    )
    budget, saved, judged = recipe.hours * 3600, state.seconds, state.seconds
    trainer.model.train()
    threads, stopping = Threads(), []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    while state.seconds < budget and not stopping:
        losses, began, before = [], state.seconds, state.pairs
        rng = np.random.default_rng([recipe.seed, 1, state.chunk])
        rows = mix.draw(state.chunk, size=recipe.chunk_pairs, progress=state.seconds / budget)
        for batch in batches(
            data, rows, tokens=recipe.batch_tokens, pairs=recipe.batch_pairs, turned_share=recipe.turned_share, rng=rng
        ):
            tick = time.perf_counter()
            losses.append(trainer.step(batch, state.seconds / budget))
            state.seconds += min(5.0, time.perf_counter() - tick)
            threads.adapt()
        state.chunk += 1
        log(
            folder,
            {
                "step": state.step,
                "seconds": round(state.seconds),
                "pairs": state.pairs,
                "threads": threads.count,
                "rate": round(recipe.learning_rate * rate_at(state.seconds / budget, recipe), 7),
                "loss": round(float(np.mean(losses)), 4),
                "pairs_per_second": round((state.pairs - before) / (state.seconds - began), 1),
            },
        )
        if state.seconds - saved > 540:
            trainer.save(checkpoint)
            saved = state.seconds
        if state.seconds - judged > 1500 or (judged == 0 and state.seconds > 240):
            found = dev_accuracy(trainer.averaged(), dev)
            log(folder, {"step": state.step, "seconds": round(state.seconds), "dev": found})
            judged = state.seconds
    trainer.save(checkpoint)
    if stopping:
        return
    save(trainer.averaged(), folder / "final")
    log(
        folder,
        {
            "step": state.step,
            "seconds": round(state.seconds),
            "ended": True,
            "dev": dev_accuracy(trainer.averaged(), dev),
        },
    )


def save(model: Narrow | Teacher, folder: Path) -> None:
    """Weights and tokenizer; of the teacher as any CrossEncoder loads them."""
    if isinstance(model, Teacher):
        model.save(folder, start_folder(WORK.parent))
    else:
        folder.mkdir(parents=True, exist_ok=True)
        save_narrow(model, folder / "model.safetensors")
        (folder / "tokenizer.json").write_bytes((minilm_folder() / "tokenizer.json").read_bytes())


def log(folder: Path, row: dict[str, Any]) -> None:
    with (folder / "curve.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n")


def dev_slices(tokenizer: Tokenizer, limit: int) -> dict[str, Encoded]:
    by_source = defaultdict(list)
    for pair in read_pairs(SHARED / "data/nli/dev.tsv.xz"):
        if pair.source in DEV_SETS:
            by_source[pair.source].append(pair)
    rng = np.random.default_rng(0)
    return {
        source: encode(tokenizer, [pairs[i] for i in rng.permutation(len(pairs))[:limit]])
        for source, pairs in sorted(by_source.items())
    }


def dev_accuracy(model: Narrow | Teacher, dev: dict[str, Encoded]) -> dict[str, float]:
    """Accuracy of float32 weights run in bfloat16."""
    model.bfloat16()
    return {
        source: round(float((answers(model, data, np.arange(len(data.label))).argmax(1) == data.label).mean()), 4)
        for source, data in dev.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train", help="train, or go on from the last checkpoint")
    teaching = commands.add_parser("teach", help="the same of the teacher; then nli_told.py asks it")
    for each, recipe, work in ((training, JUDGE, WORK), (teaching, TEACHER, TEACHER_WORK)):
        each.add_argument("--hours", type=float, default=recipe.hours)
        each.add_argument("--seed", type=int, default=recipe.seed)
        each.add_argument("--work", type=Path, default=work)
    starting = commands.add_parser("start", help="what to start from, out of the folder of a carried judge")
    starting.add_argument("folder", type=Path)
    keeping = commands.add_parser("keep", help="write the averaged weights of a checkpoint as float32 safetensors")
    keeping.add_argument("target", type=Path)
    keeping.add_argument("--work", type=Path, default=WORK, help="the teacher's as well as the judge's")
    judging = commands.add_parser("evaluate", help="score a folder on every dev set")
    judging.add_argument("folder", type=Path)
    judging.add_argument("--limit", type=int, help="pairs a set")
    exporting = commands.add_parser("export", help="float32 weights to int8 ONNX with tokenizer, scores and card")
    exporting.add_argument("folder", type=Path)
    exporting.add_argument("target", type=Path)
    exporting.add_argument("--all-variants", action="store_true", help="compare ways to quantise and keep the best")
    exporting.add_argument("--limit", type=int, help="pairs a set")
    exporting.add_argument("--work", type=Path, default=WORK, help="where the run's log lies")
    run(parser.parse_args())


def run(arguments: argparse.Namespace) -> None:
    import export_nli
    import nli_card

    if arguments.command == "train":
        train(replace(JUDGE, hours=arguments.hours, seed=arguments.seed), arguments.work)
    elif arguments.command == "teach":
        train(replace(TEACHER, hours=arguments.hours, seed=arguments.seed), arguments.work)
    elif arguments.command == "start":
        from nli_carried import carried

        START.parent.mkdir(parents=True, exist_ok=True)
        save_narrow(carried(arguments.folder), START)
    elif arguments.command == "keep":
        save(kept_trainer(arguments.work / "checkpoint.pt").averaged(), arguments.target)
    elif arguments.command == "evaluate":
        export_nli.evaluate(arguments.folder, limit=arguments.limit)
    else:
        variants = export_nli.VARIANTS if arguments.all_variants else export_nli.VARIANTS[:1]
        export_nli.export(arguments.folder, arguments.target, variants=variants, limit=arguments.limit)
        nli_card.write_card(arguments.target, arguments.work, start_sha256=START_SHA256)


if __name__ == "__main__":
    main()
