"""`contradict figures`: the figures of each line of text. Streams, and imports nothing heavy."""

from __future__ import annotations

from typing import Annotated

import typer

from contradict.cli.inputs import open_lines
from contradict.cli.output import print_record, records_on_stdout, say
from contradict.errors import SettingError
from contradict.isodates import read_iso
from contradict.types import TimeSpan


def figures(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Plain text, a line each; - for standard input.")] = "-",
    date: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="When the text was published (YYYY-MM-DD), so that 'on Monday' is a day in as_of."
        ),
    ] = None,
) -> None:
    """
    Print the figures of each line of text, as one line of JSON for every line.

    A figure has its value and bounds, its hedge (almost, at least, between),
    its unit, what is counted, of whom, and as of when.

    Example: echo "Almost 7,000 people, 12% more than in June" | contradict figures
    """
    from contradict.figures import read_figures
    from contradict.report import figure_record

    published = _published(date)
    records_on_stdout()
    with open_lines(file) as (name, lines):
        for number, line in enumerate(lines, start=1):
            text = _decoded(line, name, number)
            found = read_figures(text, published=published)
            print_record({"text": text, "figures": [figure_record(figure) for figure in found]})


def _decoded(line: bytes, name: str, number: int) -> str:
    """The line without its end. A line that is not UTF-8 still gets its line of output, with a word on stderr."""
    line = line.removesuffix(b"\n").removesuffix(b"\r")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        say(f"{name}:{number}: byte {error.start + 1} is not UTF-8 and is replaced; save the text as UTF-8")
        text = line.decode("utf-8", "replace")
    return text.removeprefix("\ufeff") if number == 1 else text


def _published(date: str | None) -> TimeSpan | None:
    if date is None:
        return None
    try:
        return read_iso(date)
    except ValueError as error:
        raise SettingError(f"--date: {error}; write YYYY-MM-DD, YYYY-MM or YYYY") from error
