"""The benchmarks: each runs the product as a user does and has the scorer of its data read what came out."""

from __future__ import annotations

import json
import os
import re
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import entailment
import hostile
import score_corpus
from commands import ROOT, Ran, contradict, script
from floors import Better, Measure
from read_findings import FIRST, of_report, read_verdicts
from scanned import read_run

EVAL = ROOT / "eval"
READ = EVAL / "findings_read.jsonl"
HELP_RUNS = 5
NLI_DEV = "dev.tsv.xz"
NLI_FIGURES = ("equate_StressTest", "equate_AWPNLI")
NLI_SLICE = 60  # pairs of each set
NLI_JUDGED = 300  # of each set on figures: `judge` takes a second for some ten pairs
NLI_ROOM = 3  # pairs: so many of a short set may another machine's arithmetic decide otherwise
OTHERS_ALLOWED_IN_SEEDS = 4
"""As tools/score_seeds.py of the shared folder has it."""

ROOM = 0.02
"""How far below the measured share a floor is set: room for another machine's arithmetic, and for trading a little of
one measure against more of another."""
ROOM_FOUND = 0.1
"""The share of what was found that may be missing: a better reading of figures now and then moves one."""
ROOM_TIMED = 0.4
"""The share of a measured time by which another run on the same machine may be slower."""
ROOM_MEMORY = 0.2

SHARE = partial(Measure, better=Better.HIGHER, slack=ROOM)
LOW_SHARE = partial(Measure, better=Better.LOWER, slack=ROOM)
FAULTS = partial(Measure, better=Better.LOWER, digits=0)
FOUND = partial(Measure, better=Better.HIGHER, digits=0)
COUNT = partial(Measure, better=Better.NEITHER, digits=0)


class Skip(Exception):
    """Why a benchmark cannot run here."""


class ScorerChanged(Exception):
    """A scorer printed something else than is read here."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of data and scorers beside the checkout, and one to work in."""

    shared: Path
    work: Path

    def data(self, name: str) -> Path:
        """A file of the shared folder. Raises `Skip` where it is not there."""
        path = self.shared / name
        if not path.exists():
            raise Skip(f"{name} of the shared folder is not there")
        return path

    def tool(self, name: str) -> Path:
        return self.data(f"tools/{name}")

    def kept(self, name: str, text: str) -> Path:
        """A file in the working folder with this text."""
        path = self.work / name
        path.write_text(text, encoding="utf-8")
        return path


Benchmark = Callable[[Place], Sequence[Measure]]


def figures(place: Place) -> list[Measure]:
    """The figures of labelled news sentences."""
    gold, tool = place.data("data/figures/newsquant_dev.json"), place.tool("score_figures.py")
    texts = place.kept("texts.txt", script(tool, "--texts", gold).stdout)
    found = place.kept("figures.jsonl", contradict("figures", texts).stdout)
    scored = script(tool, gold, stdin=found).stdout
    measures = []
    for name in ("value", "value+change"):
        precision, recall, f1 = _numbers(rf"^{re.escape(name)}\s+P (\S+) R (\S+) F1 (\S+)$", scored)
        measures.append(SHARE(name=f"{name} F1", value=f1, slack=0.005, detail=f"P {precision:.3f} R {recall:.3f}"))
    return measures


def figures_speed(place: Place) -> list[Measure]:
    """How fast figures are read on one core: by the function alone, and by the command with all that it adds."""
    articles = place.data("data/news/mixed.jsonl.xz")
    told = script(EVAL / "bench_figures.py", articles).stdout
    (speed, n), (numeric, m) = (_numbers(rf"^{name}\s+(\d+)/s\s+n (\d+)", told) for name in ("all", "with digits"))
    lines = place.kept("lines.txt", script(EVAL / "bench_figures.py", articles, "--print", "--limit", "20000").stdout)
    ran = contradict("figures", lines)
    count = len(ran.stdout.splitlines())
    return [
        _speed("read_figures, sentences", speed, f"{n:,.0f} sentences"),
        _speed("read_figures, sentences with digits", numeric, f"{m:,.0f} sentences"),
        _speed("contradict figures, lines", count / ran.processor, f"{count:,} sentences, its start included"),
    ]


def seeds(place: Place) -> list[Measure]:
    """Five articles as found on the web."""
    articles, gold, tool = place.data("data/seeds"), place.data("gold/seeds.jsonl"), place.tool("score_seeds.py")
    scanned = _scan(place.work / "seeds", articles)
    scored = script(tool, place.work / "seeds" / "pairs.jsonl", articles, gold, allowed=(0, 1)).stdout
    return _expectations(scored, scanned, allowed=OTHERS_ALLOWED_IN_SEEDS)


def corpus(place: Place) -> list[Measure]:
    """The sample articles that come with the checkout."""
    scanned = _scan(place.work / "corpus", ROOT / "corpus")
    scored = script(EVAL / "score_corpus.py", place.work / "corpus" / "pairs.jsonl", allowed=(0, 1)).stdout
    return _expectations(scored, scanned, allowed=score_corpus.OTHERS_ALLOWED)


def pairs_dev(place: Place) -> list[Measure]:
    """Labelled pairs with figures: all of them, and those that any editor would agree on."""
    gold, tool = place.data("gold/pairs_dev.jsonl"), place.tool("score_pairs.py")
    judged = _judged(place, _unlabelled(gold), "pairs_dev")
    measures = []
    for words, suffix in (((), ""), (("--sure", "3"), ", sure 3")):
        scored = script(tool, gold, *words, stdin=judged).stdout
        n, accuracy, macro, precision, recall, f1, auc = _numbers(
            r"^n (\d+)\s+accuracy (\S+)\s+macro-F1 (\S+)\s+differs P (\S+) R (\S+) F1 (\S+) AUC (\S+)$", scored
        )
        measures += [
            SHARE(name=f"differs F1{suffix}", value=f1, detail=f"P {precision:.3f} R {recall:.3f}, n {n:.0f}"),
            SHARE(name=f"macro-F1{suffix}", value=macro, detail=f"accuracy {accuracy:.3f}"),
            SHARE(name=f"AUC of differing{suffix}", value=auc),
            SHARE(name=f"contradiction F1{suffix}", value=_f1(scored, "contradiction"), slack=2 * ROOM),
            SHARE(name=f"update F1{suffix}", value=_f1(scored, "update"), slack=2 * ROOM),
        ]
    right, total = _numbers(
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
    gold = place.data("gold/claims_dev.jsonl")
    labels = {row["id"]: row["relation"] for row in _records(gold)}
    judged = Counter[str]()
    wrong = 0
    for row in _records(_judged(place, _unlabelled(gold), "claims_dev")):
        judged[row["relation"]] += 1
        wrong += row["relation"] == "contradiction" != labels[row["id"]]
    return [
        FAULTS(name="falsely called contradiction", value=wrong, slack=1, detail=f"n {len(labels)}"),
        COUNT(name="called update", value=judged["update"], detail=f"labelled {Counter(labels.values())['update']}"),
    ]


def planted_pairs(place: Place) -> list[Measure]:
    """Real sentences, each with a conflicting and a faithful rewrite, as pairs."""
    planted, tool = place.data("gold/planted_dev.jsonl"), place.tool("score_planted.py")
    judged = _judged(place, script(tool, "pairs", planted).stdout, "planted")
    return _planted(script(tool, "judged", planted, stdin=judged).stdout, "judged")


def planted_scan(place: Place) -> list[Measure]:
    """The same rewrites as articles among the real ones, end to end."""
    planted, tool = place.data("gold/planted_dev.jsonl"), place.tool("score_planted.py")
    news = [place.data(f"data/news/{name}.jsonl.xz") for name in ("haiti", "h1n1", "mixed")]
    articles = place.kept("planted.jsonl", script(tool, "articles", planted, *news).stdout)
    scanned = _scan(place.work / "planted", articles)
    scored = script(tool, "scanned", planted, place.work / "planted" / "pairs.jsonl").stdout
    return [*_planted(scored, "listed"), *_cost(scanned)]


def news(place: Place) -> list[Measure]:
    """Two stories of several outlets, whole: what a scan costs, what it finds, and what readers made of that."""
    folder = place.work / "news"
    scanned = _scan(folder, *(place.data(f"data/news/{name}.jsonl.xz") for name in ("haiti", "h1n1")))
    record = read_run(folder)
    counts = {**record["counts"], "not compared": len(record["not_compared"])}
    names = ("documents", "copies", "skipped", "not compared", "claims", "pairs", "contradiction", "update", "findings")
    return [*_cost(scanned), *(COUNT(name=name, value=counts[name]) for name in names), *_read_by_hand(folder)]


def nli(place: Place) -> list[Measure]:
    """The entailment judge on every development set; on figures beside `judge`, which should be the better one."""
    dev, tool, some = place.data(f"data/nli/{NLI_DEV}"), place.tool("score_nli.py"), place.work / "figures.tsv.xz"
    entailment.of_sources(dev, NLI_FIGURES, some, each=NLI_JUDGED)
    pairs = place.kept("figures.jsonl", script(tool, "--pairs", some).stdout)
    judged = _records(place.kept("judged.jsonl", contradict("judge", pairs).stdout))
    answers = {
        "nli": contradict("nli", pairs).stdout,
        "judge": "".join(json.dumps(entailment.of_verdict(row)) + "\n" for row in judged),
    }
    by = {who: script(tool, some, stdin=place.kept(f"{who}-answers.jsonl", text)) for who, text in answers.items()}
    return [
        *_entailment(place),
        *(
            SHARE(name=f"{name}, first {n:.0f}, by {who}", value=value, detail=f"n {n:.0f}")
            for who, scored in by.items()
            for name, (value, n) in _accuracies(scored.stdout).items()
        ),
    ]


def nli_slice(place: Place) -> list[Measure]:
    """The first pairs of every development set: quick enough for every run of the tests."""
    return _entailment(place, "--limit", str(NLI_SLICE))


def nli_speed(place: Place) -> list[Measure]:
    """The int8 judge against a float32 CrossEncoder of its shape: pairs a second, size, and what int8 lost."""
    dev = place.data(f"data/nli/{NLI_DEV}")
    measures = []
    for threads in sorted({1, os.cpu_count() or 1}):
        told = script(EVAL / "bench_nli.py", dev, "--threads", str(threads)).stdout
        (int8, n), (float32, _) = (_numbers(rf"^{name} (\d+)/s\s+n (\d+)$", told) for name in ("int8", "float32"))
        of = f"{threads} thread{'s' * (threads > 1)}"
        ratio = SHARE(name=f"times float32, {of}", value=int8 / float32, slack=ROOM_TIMED * int8 / float32, digits=1)
        detail = f"{int8:.0f} and {float32:.0f} pairs a second"
        measures += [_speed(f"int8, {of}", int8, f"{n:.0f} pairs"), replace(ratio, timed=True, detail=detail)]
    facts = json.loads((ROOT / "models/nli/model.json").read_text(encoding="utf-8"))
    size = facts["files"]["model.onnx"]["bytes"] / 1e6
    exact, small = facts["scores"]["float32"], facts["scores"][facts["variant"]]
    lost = {name: exact[name]["one"] - small[name]["one"] for name in exact}
    shown = ", ".join(f"{name} {value:+.3f}" for name, value in lost.items())
    return [
        *measures,
        Measure(name="size", value=size, better=Better.LOWER, slack=1, digits=1, unit="MB"),
        LOW_SHARE(name="lost to int8, mean", value=statistics.mean(lost.values()), slack=0.01, detail=shown),
    ]


def arithmetic(place: Place) -> list[Measure]:
    """The calculations that three sets of articles invite, done over, and what a reader made of them."""
    for name in ("haiti", "h1n1", "mixed"):
        place.data(f"data/news/{name}.jsonl.xz")
    told = script(EVAL / "arithmetic.py", "--shared", place.shared).stdout
    measures = []
    for verb in ("fail", "hold"):
        true, read = _numbers(rf"^of those that {verb}: true (\d+) of (\d+) read", told)
        share = true / read if read else 0.0
        measures += [
            SHARE(name=f"true of those that {verb}", value=share, detail=f"{true:.0f} of {read:.0f} read"),
            FOUND(name=f"true that {verb}", value=true, slack=ROOM_FOUND * true // 1),
        ]
    return measures


def review(place: Place) -> list[Measure]:
    """The review application on 5,000 made-up findings: how long until it can be worked in, keys for a decision."""
    del place
    told = script(EVAL / "bench_review.py", "pages").stdout
    weight, n = _numbers(r"^report.html +(\S+) MB  n (\d+)$", told)
    listed = f"{n:,.0f} findings"
    measures = [
        Measure(name="report.html", value=weight, better=Better.LOWER, slack=0.5, digits=2, unit="MB", detail=listed)
    ]
    waited = "from the start of the command"
    measures += [
        _seconds(name, _numbers(rf"^{name} +(\S+) s", told)[0], detail=waited) for name in ("first page", "data")
    ]
    milliseconds, decided, of = _numbers(r"^decision +(\d+) ms  n (\d+) of (\d+)$", told)
    detail = f"median of {decided:.0f}, {of - decided:,.0f} others made"
    measures.append(_seconds("a decision", milliseconds / 1000, digits=2, detail=detail))
    if "browser        none here" in told:
        return measures
    measures += [
        _seconds(f"{name} in Chromium", _numbers(rf"^{name} +(\S+) s$", told)[0])
        for name in ("static opens", "app opens")
    ]
    keys, pressed = _numbers(r"^keystrokes +(\S+)  n (\d+)$", told)
    return [*measures, FAULTS(name="keystrokes for a decision", value=keys, detail=f"n {pressed:.0f}")]


def review_kills(place: Place) -> list[Measure]:
    """The log of decisions, its writers killed at random moments a thousand times."""
    del place
    told = script(EVAL / "bench_review.py", "kills", allowed=(0, 1)).stdout
    kills, decisions = _numbers(r"^kills +(\d+)  n (\d+) decisions", told)
    detail = f"{kills:,.0f} kills, {decisions:,.0f} decisions"
    return [
        FAULTS(name=f"decisions {name}", value=_numbers(rf"^{name} +(\d+)$", told)[0], detail=detail)
        for name in ("lost", "doubled")
    ]


def robustness(place: Place) -> list[Measure]:
    """A folder of broken and hostile files: nothing stops the run, and every loss is reported."""
    folder, report = place.work / "hostile", place.work / "hostile-report"
    hostile.build(folder)
    scanned = _scan(report, folder, "--all")
    outcome = hostile.check(folder, read_run(report), _records(report / "pairs.jsonl"))
    detail = "; ".join(outcome.missing) or f"all {outcome.wanted} told"
    return [FAULTS(name="losses not reported", value=len(outcome.missing), detail=detail), *_cost(scanned)]


def start(place: Place) -> list[Measure]:
    """How long a person waits for `--help`."""
    seconds = statistics.median(contradict("--help").seconds for _ in range(HELP_RUNS))
    return [_seconds("--help", seconds, digits=2, detail=f"median of {HELP_RUNS}")]


BENCHMARKS: Mapping[str, Benchmark] = {
    each.__name__: each
    for each in (
        figures, figures_speed, seeds, corpus, pairs_dev, claims_dev, nli, nli_slice, nli_speed, planted_pairs,
        planted_scan, news, arithmetic, review, review_kills, robustness,
        start,
    )
}  # fmt: skip


def _scan(folder: Path, *arguments: str | Path) -> Ran:
    return contradict("scan", *arguments, "-o", folder, "--quiet")


def _judged(place: Place, pairs: str, name: str) -> Path:
    """The answers of the judge, as a file."""
    return place.kept(f"{name}-judged.jsonl", contradict("judge", place.kept(f"{name}.jsonl", pairs)).stdout)


def _entailment(place: Place, *limit: str) -> list[Measure]:
    """What `contradict nli` comes to on each development set."""
    dev, tool = place.data(f"data/nli/{NLI_DEV}"), place.tool("score_nli.py")
    pairs = place.kept("pairs.jsonl", script(tool, "--pairs", dev, *limit).stdout)
    answers = place.kept("answers.jsonl", contradict("nli", pairs).stdout)
    accuracies = _accuracies(script(tool, dev, *limit, stdin=answers).stdout)
    return [
        SHARE(name=name, value=value, slack=max(ROOM, NLI_ROOM / n), detail=f"n {n:.0f}")
        for name, (value, n) in accuracies.items()
    ]


def _accuracies(scored: str) -> dict[str, tuple[float, float]]:
    """Accuracy and number of pairs of each set. Raises `ScorerChanged` where there is none."""
    rows = re.findall(r"^(\w+)\s+(\S+)\s+n (\d+)$", scored, re.MULTILINE)
    if not rows:
        raise ScorerChanged(f"no set in: {scored[-400:]}")
    return {name: (float(value), float(n)) for name, value, n in rows}


def _unlabelled(gold: Path) -> str:
    """The pairs of a labelled file without any label, so that none can be read."""
    return "".join(json.dumps({name: row[name] for name in ("id", "a", "b")}) + "\n" for row in _records(gold))


def _expectations(scored: str, scanned: Ran, *, allowed: int) -> list[Measure]:
    """What the scorers of seeds and corpus say: one line a row, those failed and the pairs besides."""
    failed = re.findall(r"^FAIL (find|never)\s+(\S+)", scored, re.MULTILINE)
    found = len(re.findall(r"^ok\s+find ", scored, re.MULTILINE))
    finds = found + sum(must == "find" for must, _ in failed)
    others = len(re.findall(r"^other ", scored, re.MULTILINE))
    _, listed = _numbers(r"^(\d+) of the expectations failed; (\d+) pairs listed$", scored)
    return [
        FAULTS(name="rows failed", value=len(failed), detail=", ".join(name for _, name in failed)),
        COUNT(name="planted found", value=found, detail=f"of {finds}"),
        FAULTS(name="other pairs listed", value=others, detail=f"{allowed} allowed, {listed:.0f} listed in all"),
        *_cost(scanned),
    ]


def _planted(scored: str, verb: str) -> list[Measure]:
    conflicts, faithful, n = _numbers(
        rf"^conflicts {verb} (\S+)\s+faithful called contradiction (\S+)\s+n (\d+)$", scored
    )
    kinds = ", ".join(f"{kind} {share}" for kind, share in re.findall(r"^(\w+)\s+(\d+/\d+)$", scored, re.MULTILINE))
    hits, total = _numbers(r"^figure\s+(\d+)/(\d+)$", scored)
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


def _cost(ran: Ran) -> list[Measure]:
    memory = Measure(
        name="peak memory", value=ran.peak, better=Better.LOWER, slack=ROOM_MEMORY * ran.peak, digits=0, unit="MiB"
    )
    clock = Measure(name="time", value=ran.seconds, better=Better.NEITHER, digits=1, unit="s")
    return [clock, _seconds("processor time", ran.processor), memory]


def _seconds(name: str, value: float, *, digits: int = 1, detail: str = "") -> Measure:
    return Measure(
        name=name,
        value=value,
        better=Better.LOWER,
        slack=ROOM_TIMED * value,
        digits=digits,
        unit="s",
        detail=detail,
        timed=True,
    )


def _speed(name: str, value: float, detail: str) -> Measure:
    return Measure(
        name=name,
        value=value,
        better=Better.HIGHER,
        slack=ROOM_TIMED * value,
        digits=0,
        unit="/s",
        detail=detail,
        timed=True,
    )


def _f1(scored: str, relation: str) -> float:
    return _numbers(rf"^{relation}\s+P \S+\s+R \S+\s+F1 (\S+)\s", scored)[0]


def _numbers(pattern: str, scored: str) -> list[float]:
    """The numbers of the one line that a pattern describes. Raises `ScorerChanged` where there is none."""
    match = re.search(pattern, scored, re.MULTILINE)
    if match is None:
        raise ScorerChanged(f"no line like {pattern!r} in: {scored[-400:]}")
    return [float(group) for group in match.groups()]


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
