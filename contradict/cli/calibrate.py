"""`contradict calibrate`: the final head refitted on decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.output import say
from contradict.errors import InputError
from contradict.types import Kind, Probabilities, Relation

if TYPE_CHECKING:
    from contradict.review.records import Decision


def calibrate(
    sources: Annotated[
        list[Path], typer.Argument(metavar="DIR|FILE", help="Folders of reviewed reports, or exported decisions.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the calibration goes.")] = Path(
        "calibration.json"
    ),
) -> None:
    """
    Refit the final head on decisions, for scan --calibration and judge --calibration.

    Takes 50 decisions on figures at least, and 10 for and against each choice
    (do the two differ, is it a contradiction, do they agree) that is refitted.

    Example: contradict calibrate report -o ours.json
    """
    from contradict.calibration import fit, write_calibration
    from contradict.review.gold import labelled_pairs
    from contradict.verdicts import load_head

    head = load_head().sha256
    log = {decision.id: decision for source in sources for decision in _decisions(source)}
    labelled, left_out = labelled_pairs(log.values())
    given: list[Probabilities] = []
    labels: list[Relation] = []
    for each in labelled:
        probabilities = each.probabilities
        if each.pair.get("kind") != Kind.FIGURE:
            left_out["not on figures, which alone the head judges"] += 1
        elif probabilities is None or each.pair.get("head") != head:
            left_out["made on another head's answer; scan the articles again into the folder"] += 1
        else:
            given.append(probabilities)
            labels.append(each.relation)
    for why, count in left_out.items():
        say(f"{count:,} decisions left out: {why}")
    found = fit(given, labels, head=head)
    write_calibration(found, output)
    counts = Counter(labels)
    told = ", ".join(f"{counts[relation]:,} {relation}" for relation in Relation)
    say(f"{output}: made from {len(labels):,} decisions ({told})")
    for why in found.kept:
        say(why)
    say(f"log-loss {found.before:.3f} before, {found.after:.3f} after (on decisions held out)")
    if found.after >= found.before:
        say("that is no better; use it only when more decisions have made it so")


def _decisions(source: Path) -> Iterator[Decision]:
    """The records of a folder's log, with the pairs of its report as it is now, or those of an exported file."""
    from contradict.review.exchange import read_decisions
    from contradict.review.store import NAME, Store

    if not source.is_dir():
        try:
            with source.open("rb") as lines:
                decisions, faults = read_decisions(lines, name=str(source), now=datetime.now(UTC))
        except OSError as error:
            raise InputError(f"{source}: cannot be read ({error.strerror}); name a folder or a file") from error
        if faults:
            raise InputError(f"{faults[0]}; export decisions as jsonl")
        yield from decisions
        return
    if not (source / NAME).is_file():
        raise InputError(f"{source}: no decisions there; make some with contradict review {source}")
    with Store(source / NAME) as store:
        yield from _renewed(store.log(), source)


def _renewed(log: Sequence[Decision], directory: Path) -> Iterator[Decision]:
    """The records with the answers of the last scan, where it lists the very pair that was decided on."""
    from contradict.report.loading import read_report
    from contradict.review.described import described
    from contradict.review.matching import Matcher

    report = read_report(directory)
    matcher, findings = Matcher(report), {finding.id: finding for finding in report.findings}
    for decision in log:
        match = matcher.find(decision) if decision.undoes is None else None
        if match is not None and not match.differences:
            yield replace(decision, pair=described(findings[match.finding], report)["pair"])
        else:
            yield decision
