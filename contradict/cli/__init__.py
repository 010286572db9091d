"""The `contradict` command: data on stdout, everything else on stderr, one line for an error that a user can mend.

Exit statuses: 0 done; 1 `--fail-on` found what it was to fail on; 2 wrong use or unreadable input; 130 interrupted;
141 the reader of stdout went away; 70 a fault of this program, with its traceback.
"""

from contradict.cli.app import app, main

__all__ = ["app", "main"]
