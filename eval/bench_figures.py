"""How many sentences a second `contradict.figures.read_figures` reads, on one core.

    python eval/bench_figures.py ../shared/data/news/mixed.jsonl.xz [--limit N] [--passes N]
    python eval/bench_figures.py ... --print [--limit N]      prints the sentences, a line each, and times nothing

The articles (JSON Lines with `text`, packed as xz or plain) are split by `contradict.sentences` first; only the reading
of figures is timed, in processor time, on which other programs bear least. Prints the median of the passes, and the
same for the sentences that hold a digit: those cost most, and a collection may consist of nothing else.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PASSES = 3


def texts(path: Path) -> Iterator[str]:
    """The articles of a file."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def rate(read: Callable[[str], object], sentences: Sequence[str], *, passes: int) -> float:
    """Sentences a second, the median of several passes."""
    speeds = []
    for _ in range(passes):
        started = time.process_time()
        for sentence in sentences:
            read(sentence)
        speeds.append(len(sentences) / (time.process_time() - started))
    return statistics.median(speeds)


def one_core() -> None:
    """Holds this process to one core, where the system lets it."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N sentences")
    parser.add_argument("--passes", type=int, default=PASSES, metavar="N")
    parser.add_argument("--print", action="store_true", dest="printed", help="print the sentences, and time nothing")
    arguments = parser.parse_args()

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the checkout, installed or not
    from contradict.figures import read_figures
    from contradict.sentences import split_text

    sentences = [text[start:end] for text in texts(arguments.articles) for start, end in split_text(text)]
    sentences = sentences[: arguments.limit]
    if arguments.printed:
        print("\n".join(" ".join(sentence.split()) for sentence in sentences))
        return 0
    numeric = [sentence for sentence in sentences if any(character.isdigit() for character in sentence)]
    if not numeric:
        parser.error(f"{arguments.articles}: no sentence with a digit")
    one_core()
    figures = sum(len(read_figures(sentence)) for sentence in numeric)  # warms up, and says what was read
    speed, slower = (rate(read_figures, each, passes=arguments.passes) for each in (sentences, numeric))
    print(f"all          {speed:.0f}/s  n {len(sentences)}")
    print(f"with digits  {slower:.0f}/s  n {len(numeric)}  figures {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
