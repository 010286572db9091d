"""Benchmarks of the review application: how soon it can be worked in, and whether a decision is ever lost."""

from __future__ import annotations

from commands import ROOT, script
from floors import Better, Measure
from measuring import FAULTS, Place, in_seconds, numbers_in

EVAL = ROOT / "eval"


def review(place: Place) -> list[Measure]:
    """The review application on 5,000 made-up findings: how long until it can be worked in, keys for a decision."""
    del place
    told = script(EVAL / "bench_review.py", "pages").stdout
    weight, n = numbers_in(r"^report.html +(\S+) MB  n (\d+)$", told)
    listed = f"{n:,.0f} findings"
    measures = [
        Measure(name="report.html", value=weight, better=Better.LOWER, slack=0.5, digits=2, unit="MB", detail=listed)
    ]
    waited = "from the start of the command"
    measures += [
        in_seconds(name, numbers_in(rf"^{name} +(\S+) s", told)[0], detail=waited) for name in ("first page", "data")
    ]
    milliseconds, decided, of = numbers_in(r"^decision +(\d+) ms  n (\d+) of (\d+)$", told)
    detail = f"median of {decided:.0f}, {of - decided:,.0f} others made"
    measures.append(in_seconds("a decision", milliseconds / 1000, digits=2, detail=detail))
    if "browser        none here" in told:
        return measures
    measures += [
        in_seconds(f"{name} in Chromium", numbers_in(rf"^{name} +(\S+) s$", told)[0])
        for name in ("static opens", "app opens")
    ]
    keys, pressed = numbers_in(r"^keystrokes +(\S+)  n (\d+)$", told)
    return [*measures, FAULTS(name="keystrokes for a decision", value=keys, detail=f"n {pressed:.0f}")]


def review_kills(place: Place) -> list[Measure]:
    """The log of decisions, its writers killed at random moments a thousand times."""
    del place
    told = script(EVAL / "bench_review.py", "kills", allowed=(0, 1)).stdout
    kills, decisions = numbers_in(r"^kills +(\d+)  n (\d+) decisions", told)
    detail = f"{kills:,.0f} kills, {decisions:,.0f} decisions"
    return [
        FAULTS(name=f"decisions {name}", value=numbers_in(rf"^{name} +(\d+)$", told)[0], detail=detail)
        for name in ("lost", "doubled")
    ]
