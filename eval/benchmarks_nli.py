"""Benchmarks of the entailment judge: its answers, its speed, and what was lost to int8."""

from __future__ import annotations

import json
import os
import re
import statistics
from dataclasses import replace

import entailment
from commands import ROOT, contradict, script
from floors import Better, Measure
from measuring import (
    LOW_SHARE,
    ROOM,
    ROOM_TIMED,
    SHARE,
    WITH_CLAIMS,
    Place,
    ScorerChanged,
    answers_of,
    json_lines,
    numbers_in,
    per_second,
)

EVAL = ROOT / "eval"
NLI_DEV = "dev.tsv.xz"
NLI_FIGURES = ("equate_StressTest", "equate_AWPNLI")
NLI_SLICE = 60  # pairs of each set
NLI_ROOM = 3  # pairs: so many of a short set may another machine's arithmetic decide otherwise


def nli(place: Place) -> list[Measure]:
    """The entailment judge on every development set; on those about figures `judge`, too, which should be better: by
    the figures alone, and with the entailment judge beside them."""
    dev, tool, figures = place.data(f"data/nli/{NLI_DEV}"), place.tool("score_nli.py"), place.work / "figures.tsv.xz"
    entailment.of_sources(dev, NLI_FIGURES, figures)
    pairs = script(tool, "--pairs", figures).stdout
    measures = _entailment(place)
    for by, options in (("judge", ()), ("judge --nli", WITH_CLAIMS)):
        name = by.replace(" ", "")
        judged = json_lines(answers_of(place, pairs, f"figures-{name}", *options))
        answers = "".join(json.dumps(entailment.of_verdict(row)) + "\n" for row in judged)
        scored = script(tool, figures, stdin=place.kept(f"{name}-answers.jsonl", answers)).stdout
        measures += [
            SHARE(name=f"{source}, by {by}", value=value, detail=f"n {n:.0f}")
            for source, (value, n) in _accuracies(scored).items()
        ]
    return measures


def nli_slice(place: Place) -> list[Measure]:
    """The first pairs of every development set: quick enough for every run of the tests."""
    return _entailment(place, "--limit", str(NLI_SLICE))


def nli_speed(place: Place) -> list[Measure]:
    """The int8 judge against a float32 CrossEncoder no larger: pairs a second, size, and what int8 lost."""
    dev = place.data(f"data/nli/{NLI_DEV}")
    measures = []
    for threads in sorted({1, os.cpu_count() or 1}):
        told = script(EVAL / "bench_nli.py", dev, "--threads", str(threads)).stdout
        (int8, n), (float32, _) = (numbers_in(rf"^{name} (\d+)/s\s+n (\d+)$", told) for name in ("int8", "float32"))
        of = f"{threads} thread{'s' * (threads > 1)}"
        ratio = SHARE(name=f"times float32, {of}", value=int8 / float32, slack=ROOM_TIMED * int8 / float32, digits=1)
        detail = f"{int8:.0f} and {float32:.0f} pairs a second"
        measures += [per_second(f"int8, {of}", int8, f"{n:.0f} pairs"), replace(ratio, timed=True, detail=detail)]
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
