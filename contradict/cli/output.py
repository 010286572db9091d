"""What the commands print: records on stdout, one line each and at once; lines for people on stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from rich.console import Console


class OutputClosed(Exception):
    """The reader of stdout has gone; nothing more can be told, and nobody wants to know."""


def records_on_stdout() -> None:
    """Makes stdout UTF-8 whatever the locale."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def print_record(record: Mapping[str, object]) -> None:
    """One line of JSON. Raises `OutputClosed` where nobody reads."""
    from contradict.report import json_line

    write_out(json_line(record))


def write_out(text: str) -> None:
    """The text and an end of line, flushed. Raises `OutputClosed` where nobody reads."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise OutputClosed from error


def text_console() -> Console:
    """Stdout for text with styles; none are used where it is no terminal. Raises `OutputClosed` where nobody reads."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> NoReturn:
            raise OutputClosed

    return Output()


def say(message: str) -> None:
    """One line on stderr, under the name of the program."""
    from contradict.report.escaping import printable  # a quoted value or a file name must not drive the terminal

    print(f"contradict: {printable(message)}", file=sys.stderr)


def discard_stdout() -> None:
    """Points stdout at nothing, so that what is still buffered fails no more when the interpreter ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):  # no descriptor: a test's buffer, or closed
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)
