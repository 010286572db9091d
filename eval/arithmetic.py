"""The arithmetic of three sets of articles done over, and what a reader made of what was found.

    python eval/arithmetic.py [--shared DIR]           how many hold, fail or stay open, and how many are true
    python eval/arithmetic.py --print fails            every one that fails, with its sentences, for reading
    python eval/arithmetic.py --print holds --unread   every one that holds and that nobody has read
    python eval/arithmetic.py --sets allsides          of a larger set (37,544 articles, a quarter of an hour)

A line of `arithmetic_read.jsonl` is as one of `findings_read.jsonl`: `{"id": ..., "verdict": true, "cause": ""}`. Of a
calculation that fails, true means that the text does say that these parts make this whole (or gives this share, this
change) and that they do not; of one that holds, that it is a calculation and not chance. No sentences: the articles
stay where they are. Nothing is encoded, so the three sets take a minute or two.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from read_findings import Verdict, printable, read_verdicts, summary

from contradict.arithmetic import Arithmetic, check_arithmetic
from contradict.claims import read_document
from contradict.documents import Fields, read_collection
from contradict.types import Check

ROOT = Path(__file__).parents[1]
READ = ROOT / "eval" / "arithmetic_read.jsonl"
SETS = ("haiti", "h1n1", "mixed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The calculations of one set of articles."""

    name: str
    articles: int
    found: Arithmetic


def calculations(path: Path) -> Outcome:
    """Those of the articles of one file."""
    documents = read_collection([str(path)], fields=Fields()).documents
    return Outcome(path.name.partition(".")[0], len(documents), check_arithmetic(map(read_document, documents)))


def table(outcomes: Sequence[Outcome], verdicts: Mapping[str, Verdict]) -> list[str]:
    """A row for each set and kind of calculation, and what was made of those that were read."""
    lines = [f"{'set':<8}{'articles':>9}  {'kind':<8}{'hold':>6}{'fail':>6}"]
    for outcome in outcomes:
        counts = Counter((check.kind, check.holds) for check in outcome.found.checks)
        for kind in sorted({kind for kind, _ in counts}):
            row = f"{counts[kind, True]:>6}{counts[kind, False]:>6}"
            lines.append(f"{outcome.name:<8}{outcome.articles:>9,}  {kind.value:<8}{row}")
        lines.append(f"{outcome.name:<8}{'':>9}  {'open':<8}{outcome.found.undecided:>6}")
    for word, holds in (("fail", False), ("hold", True)):
        told = read_of(
            [check for outcome in outcomes for check in outcome.found.checks if check.holds is holds], verdicts
        )
        lines += [f"of those that {word}: {line}" for line in told]
    return lines


def read_of(checks: Sequence[Check], verdicts: Mapping[str, Verdict]) -> list[str]:
    """What was made of the calculations, as lines."""
    met = [verdicts.get(check.id) for check in checks]
    return summary([verdict for verdict in met if verdict], unread=met.count(None)).lines()


def shown(check: Check) -> Iterator[str]:
    """A calculation and its sentences, as lines."""
    first = check.claims[0].document
    yield f"{check.id}  {check.kind.value}  {first.source} {first.date or 'undated'}  {check.reason}"
    for text in dict.fromkeys(" ".join(claim.sentence.text.split()) for claim in check.claims):
        yield f"    {text}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", metavar="DIR", help="where the data lie")
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="NAME", help=f"which ({', '.join(SETS)})")
    parser.add_argument("--print", choices=("fails", "holds"), dest="which", help="print them instead, for reading")
    parser.add_argument("--unread", action="store_true", help="only those that nobody has read")
    arguments = parser.parse_args()
    verdicts = read_verdicts(READ) if READ.exists() else {}
    paths = [arguments.shared / "data" / "news" / f"{name}.jsonl.xz" for name in arguments.sets]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        parser.error(f"not there: {', '.join(missing)}; name the folder with --shared")
    outcomes = [calculations(path) for path in paths]
    if arguments.which is None:
        print("\n".join(table(outcomes, verdicts)))
        return 0
    for outcome in outcomes:
        for check in outcome.found.checks:
            if check.holds is (arguments.which == "holds") and not (arguments.unread and check.id in verdicts):
                print(printable("\n".join(shown(check))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
