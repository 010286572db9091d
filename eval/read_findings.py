"""Findings of a report laid out for reading by hand, and the verdicts of those who read them.

    python eval/read_findings.py DIR [-n 30] [--pairs 3]                 prints the first findings of a scan's report
    python eval/read_findings.py --verdicts eval/findings_read.jsonl     what the readers made of those they read
    python eval/read_findings.py DIR [-n 30] --verdicts FILE             the same of the first findings of this report

A line of the verdicts: `{"id": ..., "verdict": true, "cause": ""}`. The id is that of a finding or of a pair; a verdict
on a finding's first pair counts for the finding, for the id of a finding moves when its pairs do. True means that the
two passages do conflict, or that the later does update the earlier, as the finding says. `cause` names in a few words
why a false one is false ("another event", "a part against the whole"), and is empty for a true one. No sentences: the
articles stay where they are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIRST = 30
FIELDS = {"id", "verdict", "cause"}

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader made of a finding or pair."""

    id: str
    true: bool
    cause: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many were read, how many of these are true, why the others are not, and how many nobody has read."""

    read: int
    true: int
    causes: Mapping[str, int]
    unread: int = 0

    @property
    def share(self) -> float:
        return self.true / self.read if self.read else 0.0

    def lines(self) -> list[str]:
        return [
            f"true {self.true} of {self.read} read ({self.share:.0%})" + f", {self.unread} unread" * bool(self.unread),
            *(f"{count:>5}  {cause}" for cause, count in self.causes.items()),
        ]


def read_records(path: Path) -> list[Record]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """The verdicts of a file by id, a later one on an id before an earlier. Raises `ValueError` for a bad line."""
    verdicts = {}
    for number, row in enumerate(read_records(path), start=1):
        if set(row) != FIELDS or not isinstance(row["verdict"], bool) or row["verdict"] == bool(row["cause"]):
            raise ValueError(f"{path}:{number}: wanted id, verdict (true or false) and cause (for a false one)")
        verdicts[row["id"]] = Verdict(row["id"], row["verdict"], row["cause"])
    return verdicts


def summary(verdicts: Sequence[Verdict], *, unread: int = 0) -> Summary:
    """The verdicts in numbers, the commonest cause first."""
    causes = Counter(verdict.cause for verdict in verdicts if not verdict.true)
    ordered = dict(sorted(causes.items(), key=lambda item: (-item[1], item[0])))
    return Summary(len(verdicts), sum(verdict.true for verdict in verdicts), ordered, unread)


def of_report(folder: Path, verdicts: Mapping[str, Verdict], *, first: int) -> Summary:
    """What was made of the first findings of a report."""
    findings = read_records(folder / "findings.jsonl")[:first]
    ids = ([finding["id"], *finding["pairs"][:1]] for finding in findings)  # a calculation has no pairs
    met = [next((verdicts[each] for each in known if each in verdicts), None) for known in ids]
    return summary([verdict for verdict in met if verdict], unread=met.count(None))


def shown(finding: Record, pairs: Mapping[str, Record], *, most: int) -> list[str]:
    """A finding and its first pairs, as lines."""
    ids = finding["pairs"]
    lines = [f"finding {finding['id']}  {finding['relation']}  {finding['score']:.2f}  {finding['matter']}"]
    for each in ids[:most]:
        pair = pairs[each]
        lines.append(f"  pair {each}  {pair['relation']}  {pair['kind']}  {pair['score']:.2f}  {pair['reason']}")
        for side in ("a", "b"):
            lines += _side(pair[side])
    if len(ids) > most:
        lines.append(f"  and {len(ids) - most} more pairs")
    return lines


def _side(side: Record) -> list[str]:
    figure = side["figure"] or {}
    about = [side["date"] or "undated", side["source"] or "no outlet", side["document"]]
    about += [f"{name} {side[name]}" for name in ("speaker", "as_of") if side[name]]
    return [
        f"    [{figure.get('surface', '')}]  {', '.join(about)}",
        f"      {' '.join(side['text'].split())}",
    ]


def printable(text: str) -> str:
    """Without what would drive a terminal: articles are not to be trusted."""
    return "".join(character if character.isprintable() or character == "\n" else "�" for character in text)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("report", nargs="?", type=Path, metavar="DIR", help="the folder that a scan wrote")
    parser.add_argument("-n", type=int, default=FIRST, metavar="N", help=f"how many findings ({FIRST})")
    parser.add_argument("--pairs", type=int, default=3, metavar="N", help="how many pairs of each (3)")
    parser.add_argument("--verdicts", type=Path, metavar="FILE", help="sum up what readers made of them")
    arguments = parser.parse_args()
    if arguments.verdicts is not None:
        try:
            verdicts = read_verdicts(arguments.verdicts)
        except (OSError, ValueError, KeyError) as error:
            parser.error(str(error))
        if arguments.report is None:
            told = summary(list(verdicts.values()))
        else:
            told = of_report(arguments.report, verdicts, first=arguments.n)
        print("\n".join(told.lines()))
        return 0
    if arguments.report is None:
        parser.error("name the folder of a report, or --verdicts FILE, or both")
    findings = read_records(arguments.report / "findings.jsonl")
    pairs = {pair["id"]: pair for pair in read_records(arguments.report / "pairs.jsonl")}
    for number, finding in enumerate(findings[: arguments.n], start=1):
        print(printable("\n".join([f"{number}. ", *shown(finding, pairs, most=arguments.pairs), ""])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
