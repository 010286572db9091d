"""The lines of a file or of standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from contradict.cli.output import say
from contradict.errors import InputError

STDIN_NAME = "<stdin>"


@contextmanager
def open_lines(path: str) -> Iterator[tuple[str, BinaryIO]]:
    """The name for messages and the open file of `path`, where `-` is standard input. Raises `InputError`."""
    if path == "-":
        if sys.stdin.isatty():
            say("reading standard input; end it with Ctrl-D")
        yield STDIN_NAME, sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 (an error in the caller's block must not read as one of opening)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give a file, or - for standard input") from error
    with file:
        yield path, file
