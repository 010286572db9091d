"""`contradict scan` against the straightforward pipeline (straightforward.py): their times, and what each one finds.

    python eval/compare_scan.py --articles 1000
    python eval/compare_scan.py --articles 4000 --most-times 30
    python eval/compare_scan.py --articles 1000 --nli my-float32-nli-model -- --jobs 1

Both run as whole processes, one after the other, on the same articles. Then the sentence pairs that the straightforward
pipeline mined are judged by the full line with the full MiniLM in float32, twice: as passages with date, outlet and the
sentences before and after, which is what `contradict judge` is given; and in their articles, which is what a scan knows
of them: an article may say at its head, and not again, of which country or which day it speaks. A mined pair is of
*listed quality* where that says contradiction or update, on a figure or a date. Of those, recall is the share that the
scan lists, counted three ways, each wider:

1. strictly: the scan lists a pair of the same two sentences (document and place of both);
2. or equal in words: it lists a pair of two sentences that have the same words, white space aside, in whatever
   documents: a sentence that is printed again is compared once, by its earliest printing;
3. or the same disagreement: it lists a pair of the same two documents, and in each the listed statement is equal to the
   judged one: the same bounds, unit and per of the figure, or the same date. Another sentence of the document says it.

Its cross-encoder would take hours on thousands of articles. With `--most-times N` it is stopped where the whole has
taken N times as long as the scan: then the ratio is a lower bound, and beside it stands what all pairs would come to
at the rate of those that were judged. What is mined and judged by the full line is the same. With `--keep DIR` a
comparison that was cut off goes on from what it has there.

The other way round: of the pairs that the scan lists on figures and dates, the share whose two sentences are among the
mined pairs, strictly and by equal words, whatever they were judged.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands import ROOT, Missing, as_program
from machine import about, machine
from matching import Key, places, unordered, words
from minilm import FullMiniLM
from news_sample import add_sample_arguments, sample_of, write_sample
from process import measured
from run_log import RESULTS, Run, append_run, latest, read_runs, seconds_words, table
from scanned import records, scan
from straightforward import MAX_PAIRS, THRESHOLD, TOP_K

from contradict.claims import pairable, read_document
from contradict.documents import read_collection
from contradict.pairs import pairs_of
from contradict.passages import JudgeRow, Passage, judge, passage_claims
from contradict.printed import Stated, stated_by, with_printed
from contradict.report.records import figure_record
from contradict.sentences import read_sentences
from contradict.types import LISTED, Claim, Document, Kind, Sentence, Verdict
from contradict.verdicts import judge_groups, load_head

if TYPE_CHECKING:
    from contradict.encoders import Encoder

SIZE = 1000
BATCH = 2000  # pairs judged at once
KINDS = frozenset({Kind.FIGURE, Kind.DATE})
RUNS, TABLE = "compare.json", "compare.md"
USAGE = ("seconds", "processor", "peak_mib", "memory", "largest_mib")
WAYS = ("strictly", "or equal in words", "or the same disagreement")


@dataclass(frozen=True, slots=True)
class Judged:
    """A mined pair of listed quality: its relation, and the keys by which it may be found."""

    relation: str
    keys: tuple[Key, ...]


def sentence_key(document: str, start: int) -> str:
    """The same sentence: its document and its place there."""
    return f"{document}\x1f{start}"


def disagreement_key(document: str, stated: Mapping[str, Any] | None, dated: str | None) -> str:
    """The same statement of a document: its bounds, unit and per, or its date."""
    if stated is None:
        return f"{document}\x1fdate\x1f{dated}"
    return "\x1f".join([document, *(str(stated[name]) for name in ("low", "high", "unit", "per", "change"))])


def keys_of_record(pair: Mapping[str, Any]) -> tuple[Key, ...]:
    """The keys of a line of pairs.jsonl, the strictest first."""
    a, b = pair["a"], pair["b"]
    return (
        unordered(*(sentence_key(side["document"], side["start"]) for side in (a, b))),
        unordered(words(a["text"]), words(b["text"])),
        unordered(
            *(
                disagreement_key(side["document"], side["figure"], (side.get("time") or {}).get("span"))
                for side in (a, b)
            )
        ),
    )


def keys_of_mined(pair: Mapping[str, Any]) -> tuple[Key, ...]:
    """The same of a mined pair, which has only its sentences."""
    a, b = pair["a"], pair["b"]
    return (
        unordered(*(sentence_key(side["document"], side["start"]) for side in (a, b))),
        unordered(words(a["text"]), words(b["text"])),
    )


def listed_as_passages(
    pairs: Sequence[Mapping[str, Any]], documents: Sequence[Document], *, encoder: Encoder
) -> list[Judged]:
    """The mined pairs that `judge` calls a contradiction or an update on a figure or a date."""
    known = {document.id: read_sentences(document) for document in documents}
    comparable = _Comparable(known)
    asked = [pair for pair in pairs if comparable(pair)]
    found = []
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        rows = [
            JudgeRow(
                str(start + number), *(_passage(known[pair[side]["document"]], pair[side]["index"]) for side in "ab")
            )
            for number, pair in enumerate(batch)
        ]
        for pair, row, verdict in zip(batch, rows, judge(rows, encoder=encoder), strict=True):
            if verdict.relation in LISTED and verdict.kind in KINDS:
                found.append(Judged(verdict.relation.value, (*keys_of_mined(pair), _stated(verdict, row.id, pair))))
        print(f"judged {start + len(batch):,} of {len(asked):,}", file=sys.stderr, flush=True)
    return found


def listed_in_articles(
    pairs: Sequence[Mapping[str, Any]], documents: Sequence[Document], *, encoder: Encoder
) -> list[Judged]:
    """The mined pairs that the full line calls so where it has read their articles whole."""
    wanted = {(pair[side]["document"], pair[side]["start"]) for pair in pairs for side in "ab"}
    claimed: dict[tuple[str, int], list[Claim]] = {}
    printed: dict[str, frozenset[Stated]] = {}
    for document in documents:
        compared = [claim for claim in read_document(document) if pairable(claim)]
        printed[document.id] = stated_by(compared)
        for claim in compared:
            if (place := (document.id, claim.sentence.start)) in wanted:
                claimed.setdefault(place, []).append(claim)

    def claims(side: Mapping[str, Any]) -> list[Claim]:
        return claimed.get((side["document"], side["start"]), [])

    sides = [(claims(pair["a"]), claims(pair["b"])) for pair in pairs]
    met = (
        [with_printed(pair, printed[pair.a.document.id], printed[pair.b.document.id]) for pair in group]
        for group in pairs_of(sides, encoder)
    )
    found = []
    judged = judge_groups(met, load_head(), keep=LISTED)
    for pair, verdicts in zip(pairs, judged, strict=True):
        listed = [verdict for verdict in verdicts if verdict.kind in KINDS]
        if listed:
            best = max(listed, key=lambda verdict: verdict.score)
            told = unordered(*(_disagreement(claim, claim.document.id) for claim in (best.pair.a, best.pair.b)))
            found.append(Judged(best.relation.value, (*keys_of_mined(pair), told)))
    return found


class _Comparable:
    """Whether two sentences state figures both, or dates both: without that, `judge` has nothing to compare."""

    def __init__(self, sentences: Mapping[str, Sequence[Sentence]]) -> None:
        self._sentences = sentences
        self._kinds: dict[tuple[str, int], frozenset[Kind]] = {}

    def __call__(self, pair: Mapping[str, Any]) -> bool:
        return bool(self._of(pair["a"]) & self._of(pair["b"]))

    def _of(self, side: Mapping[str, Any]) -> frozenset[Kind]:
        key = (side["document"], side["index"])
        if key not in self._kinds:
            _, claims = passage_claims(_passage(self._sentences[key[0]], key[1]), "")
            self._kinds[key] = frozenset(claim.kind for claim in claims)
        return self._kinds[key]


def _passage(sentences: Sequence[Sentence], index: int) -> Passage:
    """A sentence with its document's date and outlet, and the sentences before and after it."""
    document = sentences[index].document
    before = sentences[index - 1].text if index else ""
    after = sentences[index + 1].text if index + 1 < len(sentences) else ""
    return Passage(sentences[index].text, document.date, document.source, before, after)


def _stated(verdict: Verdict, row: str, pair: Mapping[str, Any]) -> Key:
    """The key of the two statements that a verdict compares, with the articles' own ids for those of the row."""
    own = {f"{row}/{side}": pair[side]["document"] for side in "ab"}
    return unordered(*(_disagreement(claim, own[claim.document.id]) for claim in (verdict.pair.a, verdict.pair.b)))


def _disagreement(claim: Claim, document: str) -> str:
    figure = figure_record(claim.figure) if claim.figure is not None else None
    return disagreement_key(document, figure, str(claim.time.span) if claim.time is not None else None)


def counted(wanted: Sequence[tuple[Key, ...]], held: Sequence[tuple[Key, ...]]) -> list[int]:
    """How many of the wanted pairs are held by the strictest key, by that or the next, and so on."""
    depth = max((len(keys) for keys in wanted), default=0)
    found = places(wanted, held)
    return [sum(place is not None and place <= way for place in found) for way in range(depth)]


def as_markdown(runs: Sequence[Run]) -> str:
    """The latest run of every sample."""
    lines = [
        "# A scan against the straightforward pipeline",
        "",
        "Made by `python eval/compare_scan.py`; [README](../README.md) says what is measured.",
    ]
    for run in runs:
        plain, own = run["straightforward"], run["scan"]
        steps = [(f"straightforward: {step}", seconds) for step, seconds in plain["steps"].items()]
        steps += [(f"scan: {stage}", seconds) for stage, seconds in own["stages"].items()]
        lines += [
            "",
            f"## {run['sample']}",
            "",
            *(f"- {name}: {run[name]}" for name in ("date", "commit", "machine", "load at the start")),
            f"- options of the scan: `{' '.join(run['options']) or 'none'}`",
            f"- {plain['documents']:,} articles without copies, {plain['sentences']:,} sentences; cosine from "
            f"{plain['threshold']}; cross-encoder: {plain['cross-encoder']}",
            *(["- **the mining stopped at its most pairs: some above the threshold are missing**"] * plain["stopped"]),
            "",
            *table(
                ["", "seconds", "processor seconds", f"peak memory, MiB ({own['memory']})", "pairs"],
                [
                    ["straightforward", *_usage(plain), _cross_encoded(plain)],
                    ["contradict scan", *_usage(own), f"{own['pairs']:,} listed"],
                    ["ratio", *(f"{plain[key] / own[key]:.1f}" for key in ("seconds", "processor", "peak_mib")), ""],
                ],
            ),
            "",
            *_stopped(plain, own),
            *table(["step", "seconds"], [[step, seconds_words(seconds)] for step, seconds in steps]),
            "",
            f"Of {plain['pairs']:,} mined pairs, of listed quality:",
            *(
                f"- {judged['how']}: {judged['pairs']:,} "
                f"({', '.join(f'{count:,} {name}' for name, count in judged['by relation'].items()) or 'none'})"
                for judged in run["judged"]
            ),
            "",
            *table(
                ["", "of", *WAYS],
                [
                    *(
                        [
                            f"listed quality {judged['how']}, listed by the scan",
                            f"{judged['pairs']:,}",
                            *_parts(judged["found"], judged["pairs"]),
                        ]
                        for judged in run["judged"]
                    ),
                    ["listed by the scan, mined", f"{own['pairs']:,}", *_parts(run["mined"], own["pairs"])],
                ],
            ),
        ]
    return "\n".join(lines) + "\n"


def measure(arguments: argparse.Namespace) -> None:
    sample = sample_of(arguments, size=SIZE)
    with tempfile.TemporaryDirectory(prefix="compare-scan-") as folder:
        work = arguments.keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        articles = work / "articles.jsonl"
        count = write_sample(articles, sample)
        now = about(machine())
        of = {name: str(value) for name, value in sorted(vars(arguments).items()) if name not in ("keep", "out")}
        of |= {"commit": now["commit"], "machine": now["machine"]}
        where = _kept(work / "where.json", of, lambda: dict(now))
        report = (work / "report").absolute()
        own = _kept(work / "scan.json", of, lambda: _scanned(articles, report, arguments.options))
        print(f"scan: {own['seconds']:.1f} s", file=sys.stderr, flush=True)
        most = arguments.most_times * own["seconds"]
        plain = _kept(work / "straightforward.json", of, lambda: _straightforward(articles, work, arguments, most=most))
        print(f"straightforward: {plain['seconds']:.1f} s", file=sys.stderr, flush=True)
        mined = list(records(work / "mined.jsonl"))
        listed = [keys_of_record(pair) for pair in _on_figures(report)]
        documents, encoder = read_collection([str(articles)]).documents, FullMiniLM()
        quality = [
            _quality(how, judged(mined, documents, encoder=encoder), listed) for how, judged in JUDGED_AS.items()
        ]
    run: dict[str, Any] = {
        **where,
        "sample": sample.words,
        "articles": count,
        "options": arguments.options,
        "straightforward": {
            **{name: plain[name] for name in USAGE},
            "steps": plain["steps"],
            "documents": plain["documents"],
            "sentences": plain["sentences"],
            "pairs": len(mined),
            "cross-encoded": plain["cross-encoded"],
            "threshold": plain["threshold"],
            "stopped": plain["mining stopped at its most pairs"],
            "cross-encoder": plain["cross-encoder"],
        },
        "scan": {**own, "pairs": len(listed)},
        "judged": quality,
        "mined": counted([keys[:2] for keys in listed], [keys_of_mined(pair) for pair in mined]),
    }
    append_run(arguments.out / RUNS, run)
    text = as_markdown(latest(read_runs(arguments.out / RUNS), "sample"))
    (arguments.out / TABLE).write_text(text, encoding="utf-8")
    print(as_markdown([run]))


JUDGED_AS = {"as passages": listed_as_passages, "in their articles": listed_in_articles}


def _quality(how: str, pairs: Sequence[Judged], listed: Sequence[tuple[Key, ...]]) -> dict[str, Any]:
    """How many pairs are of listed quality, and how many of them the scan lists."""
    return {
        "how": how,
        "pairs": len(pairs),
        "by relation": dict(sorted(Counter(pair.relation for pair in pairs).items())),
        "found": counted([pair.keys for pair in pairs], listed),
    }


def _kept(path: Path, of: Mapping[str, Any], run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `run` tells, or what it told when it was kept at `path`, where a comparison that was cut off goes on from.

    Raises `Missing` where that is of other arguments, another machine or commit, or of what no commit tells.
    """
    if not path.exists():
        told = run()
        path.with_suffix(".new").write_text(json.dumps({"of": of, "told": told}, indent=1) + "\n", encoding="utf-8")
        path.with_suffix(".new").replace(path)
        return told
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if kept["of"] != of or of["commit"].endswith("-dirty"):
        raise Missing(f"{path} is of another comparison ({kept['of']}): name a new folder with --keep")
    return dict(kept["told"])


def _scanned(articles: Path, report: Path, options: Sequence[str]) -> dict[str, Any]:
    """A scan as a process of its own: what it took, stage by stage."""
    scanned = scan(articles, report, options=options)
    return {**scanned.usage.record(), "stages": scanned.stages}


def _straightforward(articles: Path, work: Path, arguments: argparse.Namespace, *, most: float) -> dict[str, Any]:
    """The straightforward pipeline as a process of its own, its cross-encoder stopped after the `most` seconds of the
    whole: what it took, and what it tells of itself."""
    told = (work / "told.json").absolute()
    command: list[str | Path] = [sys.executable, ROOT / "eval" / "straightforward.py", "--data", articles.absolute()]
    command += ["--in-order", "-o", (work / "mined.jsonl").absolute(), "--told", told]
    command += ["--threshold", str(arguments.threshold)]
    command += ["--top-k", str(arguments.top_k), "--max-pairs", str(arguments.max_pairs)]
    command += ["--most-seconds", str(most)]
    if arguments.nli is not None:
        command += ["--nli", arguments.nli.absolute()]
    usage = measured(command, environment={"PYTHONPATH": str(ROOT)})
    itself = json.loads(told.read_text(encoding="utf-8"))
    return {**itself, "steps": itself["seconds"], **usage.record()}


def _on_figures(report: Path) -> Iterator[dict[str, Any]]:
    return (pair for pair in records(report / "pairs.jsonl") if pair["kind"] in {kind.value for kind in KINDS})


def _asked(plain: Run) -> int:
    """How many pairs were cross-encoded: all, in the runs of before it could be stopped."""
    return int(plain.get("cross-encoded", plain["pairs"]))


def _cross_encoded(plain: Run) -> str:
    asked, pairs = _asked(plain), plain["pairs"]
    return f"{pairs:,} cross-encoded" if asked == pairs else f"{asked:,} of {pairs:,} cross-encoded"


def _stopped(plain: Run, own: Run) -> list[str]:
    """What all pairs would have come to, where the cross-encoder was stopped."""
    asked = _asked(plain)
    if asked == plain["pairs"]:
        return []
    if not asked:
        return ["It was stopped before the cross-encoder had judged a pair: the ratios are lower bounds.", ""]
    missed = plain["steps"]["cross-encoding"] * (plain["pairs"] - asked) / asked
    whole = plain["seconds"] + missed
    return [
        f"The cross-encoder was stopped: the ratios are lower bounds. All pairs, at the rate of those that it judged, "
        f"would come to {whole:,.0f} seconds, {whole / own['seconds']:.1f} times the scan.",
        "",
    ]


def _usage(run: Run) -> list[str]:
    return [seconds_words(run["seconds"]), seconds_words(run["processor"]), f"{run['peak_mib']:,.0f}"]


def _parts(found: Sequence[int], whole: int) -> list[str]:
    """Numbers and shares, one for each way of counting; empty for a way that does not apply."""
    told = [f"{part:,} ({part / whole:.3f})" for part in found if whole]
    return told + [""] * (len(WAYS) - len(told))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_sample_arguments(parser, size=SIZE, period=True)
    parser.add_argument("--nli", type=Path, metavar="DIR", help="a float32 entailment CrossEncoder, three labels")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="least cosine mined (%(default)s)")
    parser.add_argument("--top-k", type=int, default=TOP_K, help="mined for each sentence (%(default)s)")
    parser.add_argument("--max-pairs", type=int, default=MAX_PAIRS, help="mined in all (%(default)s)")
    parser.add_argument(
        "--most-times", type=float, default=math.inf, metavar="N", help="of the scan's seconds; then it is stopped"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep all there; a run cut off goes on from it")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where results go")
    parser.add_argument("options", nargs="*", metavar="-- OPTION", help="options of the scan")
    arguments = parser.parse_args()
    return as_program(lambda: measure(arguments))


if __name__ == "__main__":
    sys.exit(main())
