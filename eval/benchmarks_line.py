"""Benchmarks of the line from text to findings: figures, pairs, whole scans, and what a reader made of them."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from pathlib import Path

import hostile
import score_corpus
from commands import ROOT, Ran, contradict, script
from floors import Measure
from measuring import (
    COUNT,
    FAULTS,
    FOUND,
    LOW_SHARE,
    ROOM,
    ROOM_FOUND,
    SHARE,
    WITH_CLAIMS,
    Place,
    answers_of,
    cost_of,
    in_seconds,
    json_lines,
    numbers_in,
    per_second,
    scan_into,
    unlabelled,
)
from read_findings import FIRST, of_report, read_verdicts
from scanned import read_run

EVAL = ROOT / "eval"
READ = EVAL / "findings_read.jsonl"
HELP_RUNS = 5
ROOM_LISTED = 10  # claims: so many more of real articles may a scan list
OTHERS_ALLOWED_IN_SEEDS = 4
"""As tools/score_seeds.py of the shared folder has it."""


def figures(place: Place) -> list[Measure]:
    """The figures of labelled news sentences."""
    gold, tool = place.data("data/figures/newsquant_dev.json"), place.tool("score_figures.py")
    texts = place.kept("texts.txt", script(tool, "--texts", gold).stdout)
    found = place.kept("figures.jsonl", contradict("figures", texts).stdout)
    scored = script(tool, gold, stdin=found).stdout
    measures = []
    for name in ("value", "value+change"):
        precision, recall, f1 = numbers_in(rf"^{re.escape(name)}\s+P (\S+) R (\S+) F1 (\S+)$", scored)
        measures.append(SHARE(name=f"{name} F1", value=f1, slack=0.005, detail=f"P {precision:.3f} R {recall:.3f}"))
    return measures


def figures_speed(place: Place) -> list[Measure]:
    """How fast figures are read on one core: by the function alone, and by the command with all that it adds."""
    articles = place.data("data/news/mixed.jsonl.xz")
    told = script(EVAL / "bench_figures.py", articles).stdout
    (speed, n), (numeric, m) = (numbers_in(rf"^{name}\s+(\d+)/s\s+n (\d+)", told) for name in ("all", "with digits"))
    lines = place.kept("lines.txt", script(EVAL / "bench_figures.py", articles, "--print", "--limit", "20000").stdout)
    ran = contradict("figures", lines)
    count = len(ran.stdout.splitlines())
    return [
        per_second("read_figures, sentences", speed, f"{n:,.0f} sentences"),
        per_second("read_figures, sentences with digits", numeric, f"{m:,.0f} sentences"),
        per_second("contradict figures, lines", count / ran.processor, f"{count:,} sentences, its start included"),
    ]


def seeds(place: Place) -> list[Measure]:
    """Five articles as found on the web."""
    articles, gold, tool = place.data("data/seeds"), place.data("gold/seeds.jsonl"), place.tool("score_seeds.py")
    scanned = scan_into(place.work / "seeds", articles)
    scored = script(tool, place.work / "seeds" / "pairs.jsonl", articles, gold, allowed=(0, 1)).stdout
    return _expectations(scored, scanned, allowed=OTHERS_ALLOWED_IN_SEEDS)


def corpus(place: Place) -> list[Measure]:
    """The sample articles that come with the checkout."""
    scanned = scan_into(place.work / "corpus", ROOT / "corpus")
    scored = script(EVAL / "score_corpus.py", place.work / "corpus" / "pairs.jsonl", allowed=(0, 1)).stdout
    return _expectations(scored, scanned, allowed=score_corpus.OTHERS_ALLOWED)


def pairs_dev(place: Place) -> list[Measure]:
    """Labelled pairs with figures: all of them, and those that any editor would agree on."""
    gold, tool = place.data("gold/pairs_dev.jsonl"), place.tool("score_pairs.py")
    judged = answers_of(place, unlabelled(gold), "pairs_dev")
    measures = []
    for words, suffix in (((), ""), (("--sure", "3"), ", sure 3")):
        scored = script(tool, gold, *words, stdin=judged).stdout
        n, accuracy, macro, precision, recall, f1, auc = numbers_in(
            r"^n (\d+)\s+accuracy (\S+)\s+macro-F1 (\S+)\s+differs P (\S+) R (\S+) F1 (\S+) AUC (\S+)$", scored
        )
        measures += [
            SHARE(name=f"differs F1{suffix}", value=f1, detail=f"P {precision:.3f} R {recall:.3f}, n {n:.0f}"),
            SHARE(name=f"macro-F1{suffix}", value=macro, detail=f"accuracy {accuracy:.3f}"),
            SHARE(name=f"AUC of differing{suffix}", value=auc),
            SHARE(name=f"contradiction F1{suffix}", value=_f1(scored, "contradiction"), slack=2 * ROOM),
            SHARE(name=f"update F1{suffix}", value=_f1(scored, "update"), slack=2 * ROOM),
        ]
    right, total = numbers_in(
        r"^figures compared are the labelled ones: (\d+)/(\d+)$", script(tool, gold, stdin=judged).stdout
    )
    return [
        *measures,
        SHARE(
            name="figures compared are the labelled ones",
            value=right / max(total, 1),
            detail=f"{right:.0f}/{total:.0f}",
        ),
    ]


def claims_dev(place: Place) -> list[Measure]:
    """Pairs of claims without figures, none of which is a contradiction: a good judge is silent."""
    return _silence(place)


def planted_pairs(place: Place) -> list[Measure]:
    """Real sentences, each with a conflicting and a faithful rewrite, as pairs."""
    return _planted_pairs(place)


def claims_nli(place: Place) -> list[Measure]:
    """Both once more with the claims compared, too: `--nli bundled`."""
    return [*_silence(place, *WITH_CLAIMS), *_planted_pairs(place, *WITH_CLAIMS)]


def planted_scan(place: Place) -> list[Measure]:
    """The same rewrites as articles among the real ones, end to end."""
    scored, scanned = _planted_scan(place, place.work / "planted")
    return [*_planted(scored, "listed"), *cost_of(scanned)]


def planted_scan_nli(place: Place) -> list[Measure]:
    """The same scan with the claims compared, too; what it lists of the real articles is false but for few."""
    folder = place.work / "planted-nli"
    scored, scanned = _planted_scan(place, folder, *WITH_CLAIMS)
    real = [
        pair
        for pair in json_lines(folder / "pairs.jsonl")
        if (pair["kind"], pair["relation"]) == ("claim", "contradiction")
        and not any(pair[side]["source"].startswith("planted") for side in ("a", "b"))
    ]
    return [
        *_planted(scored, "listed"),
        FAULTS(name="claims of real articles listed", value=len(real), slack=ROOM_LISTED),
        *cost_of(scanned),
    ]


def news(place: Place) -> list[Measure]:
    """Two stories of several outlets, whole: what a scan costs, what it finds, and what readers made of that."""
    folder = place.work / "news"
    scanned = scan_into(folder, *(place.data(f"data/news/{name}.jsonl.xz") for name in ("haiti", "h1n1")))
    record = read_run(folder)
    counts = {**record["counts"], "not compared": len(record["not_compared"])}
    names = ("documents", "copies", "skipped", "not compared", "claims", "pairs", "contradiction", "update", "findings")
    return [*cost_of(scanned), *(COUNT(name=name, value=counts[name]) for name in names), *_read_by_hand(folder)]


def arithmetic(place: Place) -> list[Measure]:
    """The calculations that three sets of articles invite, done over, and what a reader made of them."""
    for name in ("haiti", "h1n1", "mixed"):
        place.data(f"data/news/{name}.jsonl.xz")
    told = script(EVAL / "arithmetic.py", "--shared", place.shared).stdout
    measures = []
    for verb in ("fail", "hold"):
        true, read = numbers_in(rf"^of those that {verb}: true (\d+) of (\d+) read", told)
        share = true / read if read else 0.0
        measures += [
            SHARE(name=f"true of those that {verb}", value=share, detail=f"{true:.0f} of {read:.0f} read"),
            FOUND(name=f"true that {verb}", value=true, slack=ROOM_FOUND * true // 1),
        ]
    return measures


def robustness(place: Place) -> list[Measure]:
    """A folder of broken and hostile files: nothing stops the run, and every loss is reported."""
    folder, report = place.work / "hostile", place.work / "hostile-report"
    hostile.build(folder)
    scanned = scan_into(report, folder, "--all")
    outcome = hostile.check(folder, read_run(report), json_lines(report / "pairs.jsonl"))
    detail = "; ".join(outcome.missing) or f"all {outcome.wanted} told"
    return [FAULTS(name="losses not reported", value=len(outcome.missing), detail=detail), *cost_of(scanned)]


def start(place: Place) -> list[Measure]:
    """How long a person waits for `--help`."""
    seconds = statistics.median(contradict("--help").seconds for _ in range(HELP_RUNS))
    return [in_seconds("--help", seconds, digits=2, detail=f"median of {HELP_RUNS}")]


def _expectations(scored: str, scanned: Ran, *, allowed: int) -> list[Measure]:
    """What the scorers of seeds and corpus say: one line a row, those failed and the pairs besides."""
    failed = re.findall(r"^FAIL (find|never)\s+(\S+)", scored, re.MULTILINE)
    found = len(re.findall(r"^ok\s+find ", scored, re.MULTILINE))
    finds = found + sum(must == "find" for must, _ in failed)
    others = len(re.findall(r"^other ", scored, re.MULTILINE))
    _, listed = numbers_in(r"^(\d+) of the expectations failed; (\d+) pairs listed$", scored)
    return [
        FAULTS(name="rows failed", value=len(failed), detail=", ".join(name for _, name in failed)),
        COUNT(name="planted found", value=found, detail=f"of {finds}"),
        FAULTS(name="other pairs listed", value=others, detail=f"{allowed} allowed, {listed:.0f} listed in all"),
        *cost_of(scanned),
    ]


def _silence(place: Place, *options: str) -> list[Measure]:
    """How often `judge` speaks where nothing contradicts."""
    gold = place.data("gold/claims_dev.jsonl")
    labels = {row["id"]: row["relation"] for row in json_lines(gold)}
    judged = Counter[str]()
    wrong = 0
    for row in json_lines(answers_of(place, unlabelled(gold), "claims_dev", *options)):
        judged[row["relation"]] += 1
        wrong += row["relation"] == "contradiction" != labels[row["id"]]
    return [
        FAULTS(name="falsely called contradiction", value=wrong, slack=1, detail=f"n {len(labels)}"),
        COUNT(name="called update", value=judged["update"], detail=f"labelled {Counter(labels.values())['update']}"),
    ]


def _planted_pairs(place: Place, *options: str) -> list[Measure]:
    """What `judge` says of the planted rewrites."""
    planted, tool = place.data("gold/planted_dev.jsonl"), place.tool("score_planted.py")
    judged = answers_of(place, script(tool, "pairs", planted).stdout, "planted", *options)
    return _planted(script(tool, "judged", planted, stdin=judged).stdout, "judged")


def _planted_scan(place: Place, folder: Path, *options: str) -> tuple[str, Ran]:
    """What the scorer says of a scan of the planted articles, and the scan."""
    planted, tool = place.data("gold/planted_dev.jsonl"), place.tool("score_planted.py")
    news = [place.data(f"data/news/{name}.jsonl.xz") for name in ("haiti", "h1n1", "mixed")]
    articles = place.kept("planted.jsonl", script(tool, "articles", planted, *news).stdout)
    scanned = scan_into(folder, articles, *options)
    return script(tool, "scanned", planted, folder / "pairs.jsonl").stdout, scanned


def _planted(scored: str, verb: str) -> list[Measure]:
    conflicts, faithful, n = numbers_in(
        rf"^conflicts {verb} (\S+)\s+faithful called contradiction (\S+)\s+n (\d+)$", scored
    )
    kinds = ", ".join(f"{kind} {share}" for kind, share in re.findall(r"^(\w+)\s+(\d+/\d+)$", scored, re.MULTILINE))
    hits, total = numbers_in(r"^figure\s+(\d+)/(\d+)$", scored)
    return [
        SHARE(name=f"conflicts {verb}", value=conflicts, detail=kinds),
        SHARE(name=f"conflicts of figures {verb}", value=hits / total, slack=1 / total),
        LOW_SHARE(name="faithful called contradiction", value=faithful, detail=f"n {n:.0f}"),
    ]


def _read_by_hand(folder: Path) -> list[Measure]:
    """How many of the first findings a reader found true; nothing where nobody has read any of them."""
    if not READ.exists():
        return []
    told = of_report(folder, read_verdicts(READ), first=FIRST)
    causes = "; ".join(f"{cause} {count}" for cause, count in told.causes.items())
    return [
        SHARE(name=f"first {FIRST} findings true", value=told.share, slack=0, detail=causes),
        COUNT(name=f"first {FIRST} findings read", value=told.read),
    ]


def _f1(scored: str, relation: str) -> float:
    return numbers_in(rf"^{relation}\s+P \S+\s+R \S+\s+F1 (\S+)\s", scored)[0]
