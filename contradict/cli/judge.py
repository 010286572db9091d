"""`contradict judge`: the relation of each given pair of passages."""

from __future__ import annotations

from typing import Annotated

import typer

from contradict.cli.environment import prepare_environment
from contradict.cli.inputs import open_lines
from contradict.cli.output import print_record, records_on_stdout


def judge(
    pairs: Annotated[str, typer.Argument(metavar="PAIRS.jsonl", help="The pairs as JSON lines; - for standard input.")],
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
    calibration: Annotated[
        str | None, typer.Option(metavar="FILE", help="What contradict calibrate made of decisions.")
    ] = None,
) -> None:
    """
    Judge given pairs of passages: contradiction, update, agreement or unrelated.

    A line has "id", "a" and "b"; each side has "text" and, if known, "date",
    "source", "before" and "after" (the sentences around it). Other fields are
    ignored. The lines are answered in order, with probabilities and a reason.

    Example: contradict judge pairs.jsonl > judged.jsonl
    """
    prepare_environment(encoder, nli)
    from contradict.judging import read_pair, read_records

    with open_lines(pairs) as (name, lines):
        records = list(read_records(lines, name=name))
    rows = [read_pair(record, where) for where, record in records]

    from contradict.calibration import load_calibration
    from contradict.encoders import load_encoder
    from contradict.nli import load_judge
    from contradict.passages import judge as judge_rows
    from contradict.report import judgement_record

    fitted = load_calibration(calibration)
    records_on_stdout()
    verdicts = judge_rows(rows, encoder=load_encoder(encoder), nli=load_judge(nli) if nli else None, calibration=fitted)
    for (_, record), row, verdict in zip(records, rows, verdicts, strict=True):
        print_record(judgement_record(row.id, verdict) | {"id": record["id"]})  # a number stays a number
