"""`contradict nli`: the entailment judge alone."""

from __future__ import annotations

from typing import Annotated

import typer

from contradict.cli.environment import prepare_environment
from contradict.cli.inputs import open_lines
from contradict.cli.output import print_record, records_on_stdout, say


def nli(
    pairs: Annotated[str, typer.Argument(metavar="PAIRS.jsonl", help="The pairs as JSON lines; - for standard input.")],
    model: Annotated[
        str | None,
        typer.Option(
            "--nli",
            metavar="MODEL",
            help="Another sentence-transformers CrossEncoder than the bundled judge, by path or name.",
        ),
    ] = None,
) -> None:
    """
    Judge whether a text entails another, contradicts it, or neither.

    A line has "id", "a" and "b"; the "text" of a is the premise, that of b the
    hypothesis. Other fields are ignored. The lines are answered in order, with
    three probabilities.

    Example: contradict nli pairs.jsonl > judged.jsonl
    """
    prepare_environment(model)
    from contradict.judging import read_records, read_texts

    with open_lines(pairs) as (name, lines):
        rows = [read_texts(record, where) for where, record in read_records(lines, name=name)]

    from contradict.nli import load_judge
    from contradict.progress import progress_on_stderr
    from contradict.report.records import inference_record

    records_on_stdout()
    judge = load_judge(model)
    progress = progress_on_stderr()
    with progress.stage("pairs", len(rows)):
        answers = judge.judge([(a, b) for _, a, b in rows], on_progress=progress.advance)
    for (identity, _, _), answer in zip(rows, answers.tolist(), strict=True):
        print_record({"id": identity, "probabilities": inference_record(answer)})
    cut = f"; too long, and judged by their beginnings: {judge.cut}" if judge.cut else ""
    say(f"pairs judged by {judge.name}: {len(rows)}{cut}")
