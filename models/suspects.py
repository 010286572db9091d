"""Pairs of real news that a scan would ask the entailment judge about, and what the judge and the head make of them.

    python suspects.py --mined .work/nli/mined.tsv.xz     # what the judge has to unlearn; train_nli.py takes it there
    python suspects.py --to-read pairs.jsonl              # what a scan would list, or nearly, to be read and labelled
    python suspects.py --asked .work/nli/asked.tsv.xz     # some of all pairs asked about, for the teacher to answer

Contradictions between outlets are rare (one in some hundred pairs of near neighbours, by reading), so what the judge
suspects and the head does not believe is nearly always none. Such pairs are labelled `nc`: entailment or neutral, not
known which. Of what the head believes, or nearly, one in some ten is a conflict: that takes the teacher (`?`), or
readers. Their labels stand in `claim_labels.jsonl`, by the ids of articles and offsets; the texts stay where they are.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from claim_rows import asked_about

from contradict.claim_verdicts import SUSPECT, judge_claims, load_claim_head
from contradict.nli import load_judge
from contradict.types import Claim, Pair, Verdict

HERE = Path(__file__).resolve().parent
BUDGET = 70_000  # pairs, the likeliest first
DISBELIEVED = 0.4  # the head's probability of a conflict up to which a suspected pair is taken for none
TO_READ = 0.55  # ... and from which it is worth reading
ASKED = 60_000  # pairs for the teacher
MOST = 2  # pairs to read with the same sentence
AROUND = 300  # characters before and after a sentence that its readers see


def conflict(verdict: Verdict) -> float:
    """The head's probability that the two accounts cannot both stand, whatever time explains."""
    return verdict.probabilities.contradiction + verdict.probabilities.update


def to_read(verdicts: Sequence[Verdict], *, seed: int) -> Iterator[Verdict]:
    """Verdicts that are worth reading, in a seeded order, few of any one sentence."""
    seen: Counter[str] = Counter()
    for i in np.random.default_rng(seed).permutation(len(verdicts)):
        verdict = verdicts[i]
        texts = [side.sentence.text.lower() for side in (verdict.pair.a, verdict.pair.b)]
        if conflict(verdict) >= TO_READ and max(seen[text] for text in texts) < MOST:
            seen.update(texts)
            yield verdict


def _shown(claim: Claim) -> dict[str, Any]:
    document, sentence = claim.document, claim.sentence
    return {
        "document": document.id,
        "start": sentence.start,
        "date": str(document.date.start) if document.date else "",
        "source": document.source,
        "before": document.text[max(0, sentence.start - AROUND) : sentence.start],
        "sentence": sentence.text,
        "after": document.text[sentence.end : sentence.end + AROUND],
    }


def write_pairs(target: Path, source: str, pairs: Iterable[tuple[Pair, str]]) -> None:
    """The sentences of pairs, with their labels, in the form of the labelled sets (`read_pairs` of nli_data.py)."""
    with lzma.open(target, "wt", encoding="utf-8") as out:
        out.write("source\tpremise\thypothesis\tlabel\n")
        for pair, label in pairs:
            a, b = (" ".join(side.sentence.text.split()) for side in (pair.a, pair.b))
            out.write(f"{source}\t{a}\t{b}\t{label}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, default=HERE.parent.parent / "shared/data/news/allsides.jsonl.xz")
    parser.add_argument("--articles", type=int, default=8000)
    parser.add_argument("--after", type=int, default=0, help="articles passed over, since they were read before")
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--mined", type=Path)
    parser.add_argument("--to-read", type=Path)
    parser.add_argument("--asked", type=Path)
    arguments = parser.parse_args()
    if not (arguments.mined or arguments.to_read or arguments.asked):
        parser.error("nothing to write: give --mined, --to-read, --asked or more of them")
    pairs = asked_about(
        arguments.news, articles=arguments.articles, seed=arguments.seed, after=arguments.after, budget=BUDGET
    )
    if arguments.asked:
        chosen = np.random.default_rng(arguments.seed).permutation(len(pairs))[:ASKED]
        write_pairs(arguments.asked, "asked", ((pairs[i], "?") for i in chosen))
    if not (arguments.mined or arguments.to_read):
        return
    verdicts = list(judge_claims(pairs, load_judge(), load_claim_head(), suspect=SUSPECT))
    print(f"{len(verdicts)} of {len(pairs)} pairs suspected")
    if arguments.mined:
        labelled = ((v.pair, "nc" if conflict(v) < DISBELIEVED else "?") for v in verdicts)
        write_pairs(arguments.mined, "news_mined", labelled)
    if arguments.to_read:
        with arguments.to_read.open("w", encoding="utf-8") as out:
            for verdict in to_read(verdicts, seed=arguments.seed):
                shown = {"a": _shown(verdict.pair.a), "b": _shown(verdict.pair.b)}
                out.write(json.dumps(shown, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
