"""`contradict evaluate`: the judge scored against labelled pairs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.environment import prepare_environment
from contradict.cli.inputs import open_lines
from contradict.cli.output import records_on_stdout, say, write_out

if TYPE_CHECKING:
    from contradict.evaluation import Calibration, Evaluation, Score
    from contradict.passages import JudgeRow
    from contradict.types import Relation


class Format(StrEnum):
    """How an evaluation is printed."""

    TEXT = "text"
    JSON = "json"


def evaluate(
    gold: Annotated[
        str,
        typer.Argument(
            metavar="GOLD.jsonl",
            help="Pairs as for judge, each with its 'relation', or exported decisions; - for stdin.",
        ),
    ],
    sure: Annotated[
        int, typer.Option(min=1, max=3, metavar="N", help="Only pairs whose 'sure' is at least N (1 to 3).")
    ] = 1,
    form: Annotated[Format, typer.Option("--format", help="For people, or as one JSON object.")] = Format.TEXT,
    encoder: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL", help="Another sentence-transformers model than the bundled one, by path or name."
        ),
    ] = None,
    nli: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Also compare claims without figures: by 'bundled', or a CrossEncoder by path or name.",
        ),
    ] = None,
) -> None:
    """
    Score the judge against labelled pairs: precision, recall and F1 per relation, confusions, calibration.

    The judge is given the pairs without their labels. Exported decisions are
    labelled pairs, too: a decision on a finding labels the pair it stands for.

    Example: contradict evaluate labelled.jsonl --sure 3
    """
    prepare_environment(encoder, nli)
    from contradict.evaluation import evaluate as score
    from contradict.evaluation import read_label
    from contradict.judging import read_pair, read_records
    from contradict.review.gold import is_decision

    with open_lines(gold) as (name, lines):
        records = list(read_records(lines, name=name))
    decisions = [(where, record) for where, record in records if is_decision(record)]
    labelled = [
        (relation, read_pair(record, where))
        for where, record in records
        if not is_decision(record)
        for relation, certainty in [read_label(record, where)]
        if certainty >= sure
    ]
    labelled += _decided(decisions)

    from contradict.encoders import load_encoder
    from contradict.nli import load_judge
    from contradict.passages import judge

    verdicts = list(
        judge([row for _, row in labelled], encoder=load_encoder(encoder), nli=load_judge(nli) if nli else None)
    )
    result = score(
        [relation for relation, _ in labelled],
        [verdict.relation for verdict in verdicts],
        [verdict.probabilities for verdict in verdicts],
    )
    records_on_stdout()
    write_out(json.dumps(result.record(), indent=2) if form is Format.JSON else as_text(result))


def _decided(records: Sequence[tuple[str, Mapping[str, object]]]) -> list[tuple[Relation, JudgeRow]]:
    """The pairs that exported decisions label; what is left out is told."""
    from contradict.judging import read_pair
    from contradict.review.gold import labelled_pairs
    from contradict.review.records import read_decision

    now = datetime.now(UTC)
    labelled, left_out = labelled_pairs(read_decision(record, where, now=now) for where, record in records)
    for why, count in left_out.items():
        say(f"{count:,} decisions left out: {why}")
    return [(each.relation, read_pair(each.pair, f"the decision on pair {each.pair['id']}")) for each in labelled]


def as_text(result: Evaluation) -> str:
    """The evaluation as tables of plain text."""
    rows = [*((relation.value, score) for relation, score in result.relations.items()), ("differs", result.differs)]
    confusion = result.confusion
    auc = "-" if result.auc is None else f"{result.auc:.3f}"
    return "\n".join(
        [
            f"{'relation':14}{'precision':>10}{'recall':>8}{'F1':>8}{'labelled':>10}{'judged':>8}",
            *(_score_line(name, score) for name, score in rows),
            "",
            f"{result.pairs} pairs, accuracy {result.accuracy:.3f}, "
            f"macro-F1 {result.macro_f1:.3f}, AUC of differing {auc}",
            "",
            "labelled (rows), judged (columns)",
            " " * 14 + "".join(f"{name.value:>15}" for name in confusion),
            *(
                f"{name.value:14}" + "".join(f"{row[other]:>15}" for other in confusion)
                for name, row in confusion.items()
            ),
            "",
            *_calibration_lines("probability that the two differ", result.calibration_differs),
            "",
            *_calibration_lines("probability of the relation judged", result.calibration_relation),
        ]
    )


def _score_line(name: str, score: Score) -> str:
    shares = f"{score.precision:>10.3f}{score.recall:>8.3f}{score.f1:>8.3f}"
    return f"{name:14}{shares}{score.labelled:>10}{score.judged:>8}"


def _calibration_lines(name: str, calibration: Calibration) -> list[str]:
    return [
        f"{name}: expected calibration error {calibration.error:.3f}",
        f"{'from':>8}{'to':>6}{'pairs':>8}{'said':>8}{'held':>8}",
        *(
            f"{row.low:>8.1f}{row.high:>6.1f}{row.count:>8}{row.confidence:>8.3f}{row.share:>8.3f}"
            for row in calibration.bins
        ),
    ]
