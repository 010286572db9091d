"""The news articles that speed is measured on: the first N of a shuffle with a fixed seed.

A smaller sample is the beginning of a larger one, so that sizes can be compared. A period may be named instead of a
size: articles of one month tell of the same events, and far more of them contradict each other.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commands import ROOT, Missing

NEWS = ROOT.parent / "shared" / "data" / "news" / "allsides.jsonl.xz"
SEED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Which articles of a file: the first `articles` of a shuffle (None: all), of a period where one is named.

    With `seed` None they stay in the order of the file, which tells on what is left out as repeated. `since` and
    `until` are the first and the last day of publication, as long as they are written: "2014-07".
    """

    source: Path = NEWS
    articles: int | None = None
    seed: int | None = SEED
    since: str = ""
    until: str = ""

    @property
    def words(self) -> str:
        """The sample in a few words, for tables."""
        size = "all articles" if self.articles is None else f"{self.articles:,} articles"
        period = f", {self.since or 'the first'} to {self.until or 'the last'}" if self.since or self.until else ""
        order = "in its order" if self.seed is None else f"seed {self.seed}"
        return f"{size} of {self.source.name}{period}, {order}"


def read_lines(source: Path) -> list[bytes]:
    """The lines of a file of articles, packed by xz or not. Raises `Missing` where it is not there."""
    if not source.exists():
        raise Missing(
            f"{source}: no such file; put the shared folder beside the checkout, or name articles with --data"
        )
    with lzma.open(source, "rb") if source.suffix == ".xz" else source.open("rb") as lines:
        return [line for line in lines if line.strip()]


def chosen(lines: Sequence[bytes], sample: Sample) -> list[bytes]:
    """The lines of a sample, in its order. Raises `Missing` where there are none, or fewer than were asked for."""
    if sample.since or sample.until:
        lines = [line for line in lines if _within(line, sample)]
    count = len(lines) if sample.articles is None else sample.articles
    if not lines or count > len(lines):
        raise Missing(f"{sample.words}: only {len(lines):,} articles are there; ask for fewer, or for another period")
    order = list(range(len(lines)))
    if sample.seed is not None:
        random.Random(sample.seed).shuffle(order)  # noqa: S311 (a sample, no secret)
    return [lines[number] for number in order[:count]]


def write_sample(target: Path, sample: Sample, *, lines: Sequence[bytes] | None = None) -> int:
    """Writes the articles of a sample as JSON lines and says how many; `lines` spares reading the file again."""
    articles = chosen(read_lines(sample.source) if lines is None else lines, sample)
    target.write_bytes(b"".join(line.rstrip(b"\r\n") + b"\n" for line in articles))
    return len(articles)


def add_sample_arguments(parser: argparse.ArgumentParser, *, size: int | None, period: bool = False) -> None:
    """The options that name a sample; `size` is how many articles where nothing is said, None for all."""
    parser.add_argument("--data", type=Path, default=NEWS, metavar="FILE", help=f"articles (usually {NEWS.name})")
    parser.add_argument("--seed", type=int, default=SEED, help="of the shuffle (%(default)s)")
    parser.add_argument("--in-order", dest="seed", action="store_const", const=None, help="no shuffle")
    told = "all of the period where one is named, else " * period + ("all" if size is None else f"{size:,}")
    parser.add_argument("--articles", type=int, metavar="N", help=f"how many ({told})")
    if period:
        parser.add_argument("--since", default="", metavar="DATE", help="only articles from this day, month or year on")
        parser.add_argument("--until", default="", metavar="DATE", help="and up to this one")


def sample_of(arguments: argparse.Namespace, *, size: int | None) -> Sample:
    """The sample that the options name."""
    since, until = getattr(arguments, "since", ""), getattr(arguments, "until", "")
    articles = arguments.articles if arguments.articles is not None or since or until else size
    return Sample(source=arguments.data, articles=articles, seed=arguments.seed, since=since, until=until)


def _within(line: bytes, sample: Sample) -> bool:
    date = str(json.loads(line).get("date") or "")
    return bool(date) and date[: len(sample.since)] >= sample.since and date[: len(sample.until)] <= sample.until
