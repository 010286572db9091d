"""Options that several commands have, each written once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DOCUMENTS = "Which articles"
FINDINGS = "Which findings"
FIELDS = "Names of fields in JSON, CSV and Parquet (the usual ones are found without)"
RUNNING = "Running"


class FailOn(StrEnum):
    """The relations that a run can be made to fail on."""

    CONTRADICTION = "contradiction"
    UPDATE = "update"


Archived = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The folder of the archive.")]
Within = Annotated[
    bool | None,
    typer.Option(
        "--within/--no-within",
        help="Compare the sentences of one article with each other, too.",
        rich_help_panel=DOCUMENTS,
        show_default="no-within",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Leave out articles published before this date (YYYY-MM-DD, YYYY-MM, YYYY); undated ones stay.",
        rich_help_panel=DOCUMENTS,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Leave out articles published after this date; undated ones stay.",
        rich_help_panel=DOCUMENTS,
    ),
]
MinScore = Annotated[
    float | None,
    typer.Option(
        metavar="SCORE",
        min=0,
        max=1,
        help="List no pair whose score is lower (0 to 1).",
        rich_help_panel=FINDINGS,
        show_default="0",
    ),
]
IncludeAll = Annotated[
    bool | None, typer.Option("--all", help="List agreements and unrelated pairs, too.", rich_help_panel=FINDINGS)
]
Arithmetic = Annotated[
    bool | None,
    typer.Option("--arithmetic", help="List the sums, shares and changes that hold, too.", rich_help_panel=FINDINGS),
]
Top = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        help="How many findings to print; the report has them all.",
        rich_help_panel=FINDINGS,
        show_default="10",
    ),
]
FailsOn = Annotated[
    FailOn | None, typer.Option(help="Exit with 1 when a pair of this relation is listed.", rich_help_panel=FINDINGS)
]
EncoderName = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL",
        help="Another sentence-transformers model than the bundled one, by path or name.",
        rich_help_panel=RUNNING,
    ),
]
NliName = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL",
        help="Also compare claims without figures: by 'bundled', or a CrossEncoder by path or name.",
        rich_help_panel=RUNNING,
    ),
]
NliBudget = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        help="How many pairs of claims without figures to judge, the likeliest first; 0 for none.",
        rich_help_panel=RUNNING,
        show_default="20000",
    ),
]
CalibrationFile = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="What contradict calibrate made of decisions.", rich_help_panel=RUNNING),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=0,
        help="Processor cores to use; 0 for all there are.",
        rich_help_panel=RUNNING,
        show_default="0",
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.toml",
        help="Settings, instead of the nearest contradict.toml or pyproject.toml with \\[tool.contradict].",
        rich_help_panel=RUNNING,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.", rich_help_panel=RUNNING)]
TextField = Annotated[str | None, typer.Option(metavar="NAME", help="The text.", rich_help_panel=FIELDS)]
TitleField = Annotated[str | None, typer.Option(metavar="NAME", help="The title.", rich_help_panel=FIELDS)]
DateField = Annotated[str | None, typer.Option(metavar="NAME", help="The date of publication.", rich_help_panel=FIELDS)]
SourceField = Annotated[str | None, typer.Option(metavar="NAME", help="The outlet.", rich_help_panel=FIELDS)]
UrlField = Annotated[str | None, typer.Option(metavar="NAME", help="The address.", rich_help_panel=FIELDS)]
IdField = Annotated[str | None, typer.Option(metavar="NAME", help="The identifier.", rich_help_panel=FIELDS)]
