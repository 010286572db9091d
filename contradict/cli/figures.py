"""`contradict figures`: the figures of each line of text. Streams, and imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from contradict.cli.inputs import open_lines
from contradict.cli.output import print_record, records_on_stdout, say
from contradict.errors import SettingError
from contradict.isodates import read_iso
from contradict.types import Document, Figure, Sentence, TimeSpan

MOST_CHARACTERS = 10_000  # a line longer than this is many sentences, and read as such


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
    from contradict.report import figure_record

    published = _published(date)
    records_on_stdout()
    with open_lines(file) as (name, lines):
        for number, line in enumerate(lines, start=1):
            text = _decoded(line, name, number)
            print_record({"text": text, "figures": [figure_record(each) for each in _figures(text, published)]})


def _figures(text: str, published: TimeSpan | None) -> Iterator[Figure]:
    """The figures of a line, with what `scan` knows of them; a line too long for one sentence is split first."""
    from contradict.claims import read_stated
    from contradict.sentences import split_text

    document = Document(id="", path="", text=text, date=published)
    for start, end in [(0, len(text))] if len(text) <= MOST_CHARACTERS else split_text(text):
        for figure in read_stated(Sentence(document, 0, start, end)):
            yield replace(figure, start=start + figure.start, end=start + figure.end) if start else figure


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
