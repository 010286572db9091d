"""Random sentences with their figures, laid out for reading by hand, and what was found wrong with them.

    python eval/read_figures_sample.py ../shared/data/news/mixed.jsonl.xz [-n 200] [--seed 3]   prints them
    python eval/read_figures_sample.py --verdicts eval/figures_read.jsonl                       the errors by kind

The articles are read and split as a scan does it. A sentence may be drawn if it holds a digit or a number word (see
`NUMBER_WORDS`; "one" and "several" are such words), or if a figure was found in it: so a figure that is missed can be
met, and the sentences without any number, most of all, are not read for nothing. Each has the same chance, and its
place in the draw hangs on the seed, its document and its words alone: the same sentences come whatever is found in
them. What is mended after reading a sample is not measured by that sample: `figures_read_fresh.jsonl` is the reading of
`--seed 5 -n 100` before anything was mended for its sake.

A line of the verdicts is one sentence that was read: `{"document", "start", "figures", "errors"}`, with the id of its
document, its offset there, how many figures it has by right, and `errors`, each `{"kind", "state", "note"}`. `state` is
`open`, `mended` (wrong when the sample was first read, right since) or `new` (right at first, wrong since). No
sentences: the articles stay where they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from read_findings import printable

if TYPE_CHECKING:
    from contradict.types import Claim, Document, Sentence

SIZE, SEED = 200, 3
STATES = ("open", "mended", "new")
NUMBER_WORDS = re.compile(
    r"\d|[½⅓⅔¼¾⅛]|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|(?:twen|thir|for|four|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|trillions?|lakhs?|crores?"
    r"|dozens?|scores|tens|half|halves|halved|thirds?|quarters?|fifths?|tenths?|several|few|couple|pair|double[ds]?"
    r"|triple[ds]?|trebled|quadrupled|\w+fold|twice|thrice)\b",
    re.IGNORECASE,
)


def drawn(documents: Sequence[Document], *, size: int, seed: int) -> list[Sentence]:
    """The sample: the eligible sentences whose digest comes first."""
    from contradict.figures import read_figures
    from contradict.sentences import read_sentences

    def place(sentence: Sentence) -> str:
        return hashlib.sha256(f"{seed}\x1f{sentence.document.id}\x1f{sentence.text}".encode()).hexdigest()

    sentences = (sentence for document in documents for sentence in read_sentences(document))
    eligible = [each for each in sentences if NUMBER_WORDS.search(each.text) or read_figures(each.text)]
    return sorted(eligible, key=place)[:size]


def shown(sentence: Sentence, claims: Sequence[Claim]) -> Iterator[str]:
    """A sentence with what is around it and what was read in it, as lines."""
    from contradict.report import figure_record

    document = sentence.document
    around = document.text[max(sentence.start - 160, 0) : sentence.start], document.text[sentence.end :][:80]
    yield f"{document.id}  {sentence.start}  {document.date or 'undated'}"
    yield f"  … {_line(around[0])}"
    yield f"  {_line(sentence.text)}"
    yield f"  {_line(around[1])} …"
    for claim in claims:
        said = f"{claim.speaker.name} via {claim.speaker.via}" if claim.speaker else "the article"
        if claim.figure is None:
            yield f"    date    [{claim.said}] {claim.time.span if claim.time else ''}  by {said}"
            continue
        record = figure_record(claim.figure)
        told = {name: record[name] for name in ("unit", "counted", "of", "per", "as_of") if record[name]}
        value = record["value"] or f"{record['low']}..{record['high']}"
        of = f"{record['role']} {record['hedge']} {value} {record['change'] or ''}"
        moved = f" from {claim.figure.moved_from}" if claim.figure.moved_from is not None else ""
        yield f"    figure  [{_line(claim.said)}] {of}{moved} {told}  by {said}"


def _line(text: str) -> str:
    return " ".join(text.split())


def printed(path: Path, *, size: int, seed: int) -> Iterator[str]:
    """The sample of a collection, as lines."""
    from contradict.claims import read_document
    from contradict.documents import read_collection

    sample = drawn(read_collection([str(path)]).documents, size=size, seed=seed)
    claims: dict[tuple[str, int], list[Claim]] = {}
    for document in {sentence.document.id: sentence.document for sentence in sample}.values():
        for claim in read_document(document):
            claims.setdefault((document.id, claim.sentence.start), []).append(claim)
    for number, sentence in enumerate(sample, start=1):
        yield f"{number}. "
        yield from shown(sentence, claims.get((sentence.document.id, sentence.start), []))


def table(path: Path) -> Iterator[str]:
    """The errors of a file of verdicts by kind, before and after mending. Raises `ValueError` for a bad line."""
    before, after = Counter[str](), Counter[str]()
    sentences = figures = 0
    clean = [0, 0]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        if set(row) != {"document", "start", "figures", "errors"}:
            raise ValueError(f"{path}:{number}: wanted document, start, figures and errors")
        if any(set(error) != {"kind", "state", "note"} or error["state"] not in STATES for error in row["errors"]):
            raise ValueError(f"{path}:{number}: wanted kind, state ({', '.join(STATES)}) and note of each error")
        sentences, figures = sentences + 1, figures + row["figures"]
        first = [error["kind"] for error in row["errors"] if error["state"] != "new"]
        last = [error["kind"] for error in row["errors"] if error["state"] != "mended"]
        before.update(first)
        after.update(last)
        clean = [clean[0] + (not first), clean[1] + (not last)]
    yield f"{sentences} sentences read, {figures} figures in them by right"
    yield "| kind of error | before | after |"
    yield "| --- | ---: | ---: |"
    for kind in sorted(before | after, key=lambda kind: (-before[kind], -after[kind], kind)):
        yield f"| {kind} | {before[kind]} | {after[kind]} |"
    yield f"| all | {before.total()} | {after.total()} |"
    yield f"| sentences without any error | {clean[0]} | {clean[1]} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("-n", type=int, default=SIZE, metavar="N", help=f"how many sentences ({SIZE})")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"another seed, other sentences ({SEED})")
    parser.add_argument("--verdicts", type=Path, metavar="FILE", help="sum up what the reader found wrong")
    arguments = parser.parse_args()
    if (arguments.articles is None) == (arguments.verdicts is None):
        parser.error("name the articles to draw from, or --verdicts FILE")
    if arguments.verdicts is not None:
        try:
            print("\n".join(table(arguments.verdicts)))
        except (OSError, ValueError, KeyError) as error:
            parser.error(str(error))
        return 0
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the checkout, installed or not
    for line in printed(arguments.articles, size=arguments.n, seed=arguments.seed):
        print(printable(line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
