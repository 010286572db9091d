"""Check a scan of the sample corpus against what was planted in it.

    contradict scan corpus -o OUT
    python eval/score_corpus.py OUT/pairs.jsonl [eval/corpus_expected.jsonl]

`corpus_expected.jsonl` holds rows with `id`, `must`, `relation`, `kind` ("figure" where it is not given), `a`, `b` and
`note`. A side names the article in `file` (the id of a record, or the name of a file that is one article; a list where
copies or versions will do) and the passage in `quote` (a list where any of them will do).

A pair matches a row when its two sentences hold the two passages, in either order, and the figures compared are those
of the passages; a row on a date wants a pair on a date, a row on a claim any pair. A `find` row needs a match with one
of its relations, a `never` row must have none, a `may` row says that a match is no mistake. Besides, at most
`OTHERS_ALLOWED` listed pairs may match neither a `find` nor a `may` row. Exit status 1 when anything fails, 2 for wrong
use.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXPECTED = Path(__file__).with_name("corpus_expected.jsonl")
LISTED = ("contradiction", "update")
OTHERS_ALLOWED = 10
"""Listed pairs beyond those expected, about a tenth of the rows. Lower it as the line gets better, never raise it."""

Record = Mapping[str, Any]
_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: whether its expectation holds, and the pairs that match it with one of its relations."""

    row: Record
    ok: bool
    hits: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of every row, and the listed pairs that no `find` or `may` row asks for."""

    outcomes: tuple[Outcome, ...]
    others: tuple[Record, ...]
    listed: int

    @property
    def failed(self) -> int:
        return sum(not outcome.ok for outcome in self.outcomes) + (len(self.others) > OTHERS_ALLOWED)


def score(pairs: Sequence[Record], expected: Sequence[Record]) -> Score:
    """Hold the pairs of a scan against the rows; both as parsed from their files."""
    outcomes = []
    for row in expected:
        hits = tuple(pair for pair in pairs if pair["relation"] in row["relation"] and matches(pair, row))
        ok = {"find": bool(hits), "never": not hits, "may": True}[row["must"]]
        outcomes.append(Outcome(row, ok, hits))
    listed = [pair for pair in pairs if pair["relation"] in LISTED]
    wanted = [row for row in expected if row["must"] != "never"]
    others = tuple(pair for pair in listed if not any(matches(pair, row) for row in wanted))
    return Score(tuple(outcomes), others, len(listed))


def matches(pair: Record, row: Record) -> bool:
    """Whether a pair is about what a row says, whatever its relation."""
    kind = row.get("kind", "figure")
    if kind == "date" and pair.get("kind") != "date":
        return False
    return any(
        _holds(pair[first], row["a"], kind) and _holds(pair[second], row["b"], kind)
        for first, second in (("a", "b"), ("b", "a"))
    )


def _holds(side: Record, wanted: Record, kind: str) -> bool:
    if not _names(side) & set(_all(wanted["file"])):
        return False
    text = _squeezed(side["text"])
    quotes = [_squeezed(quote) for quote in _all(wanted["quote"])]
    return any(quote in text and (kind != "figure" or _compares(side, quote)) for quote in quotes)


def _names(side: Record) -> set[str]:
    """What an article may be called: the id of its record, and the name of its file."""
    path = re.sub(r":\d+$", "", str(side.get("path") or ""))
    return {str(side.get("document") or ""), Path(path).name} - {""}


def _compares(side: Record, quote: str) -> bool:
    """Whether the figure that was compared is the one of the passage, in digits or in words."""
    figure = side.get("figure") or {}
    surface = _squeezed(str(figure.get("surface") or ""))
    numbers = _numbers(surface) | _numbers(str(figure.get("value") or ""))
    return bool(numbers & _numbers(quote)) or (bool(surface) and surface in quote)


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)}


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


def _all(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def read_records(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _shown(pair: Record) -> str:
    return f"{pair['relation']} {pair['score']:.2f}: {pair['reason']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the outcome of each row, the other pairs and a summary; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    result = score(read_records(Path(given[0])), read_records(Path(given[1]) if len(given) > 1 else EXPECTED))
    for outcome in result.outcomes:
        hits = "; ".join(_shown(pair) for pair in outcome.hits[:2])
        print(f"{'ok  ' if outcome.ok else 'FAIL'} {outcome.row['must']:5} {outcome.row['id']:30} {hits}".rstrip())
    for pair in result.others:
        print(f"other {_shown(pair)}")
    if len(result.others) > OTHERS_ALLOWED:
        print(f"FAIL {len(result.others)} other pairs are listed, {OTHERS_ALLOWED} allowed")
    print(f"{result.failed} of the expectations failed; {result.listed} pairs listed")
    return 1 if result.failed else 0


if __name__ == "__main__":
    sys.exit(main())
