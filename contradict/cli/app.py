"""The commands put together, and the one place where an exception becomes a message and an exit status."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

import contradict
from contradict.cli.archive import archive
from contradict.cli.calibrate import calibrate
from contradict.cli.decisions import decisions
from contradict.cli.evaluate import evaluate
from contradict.cli.figures import figures
from contradict.cli.judge import judge
from contradict.cli.nli import nli
from contradict.cli.output import OutputClosed, discard_stdout, say
from contradict.cli.review import review
from contradict.cli.scan import scan
from contradict.cli.show import show
from contradict.cli.watch import watch
from contradict.errors import ContradictError

WRONG_USE = 2
FAULT = 70  # EX_SOFTWARE of sysexits.h: Python's own 1 would read as "a contradiction was found"
INTERRUPTED = 130
OUTPUT_CLOSED = 141  # what a shell reports for a program that SIGPIPE ended

app = typer.Typer(
    name="contradict",
    help="Finds where articles contradict each other: figures and dates that cannot both hold.",
    epilog="Start with: contradict scan FOLDER",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(scan)
app.add_typer(archive)
app.command()(watch)
app.command()(show)
app.command()(judge)
app.command()(figures)
app.command()(nli)
app.command()(evaluate)
app.command()(calibrate)
app.command()(review)
app.add_typer(decisions)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"contradict {contradict.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    return


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit status; `arguments` are those of the process unless given."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # warnings of libraries are for their programmers; -W brings them back
    try:
        status = app(None if arguments is None else list(arguments), prog_name="contradict", standalone_mode=False)
        sys.stdout.flush()
    except (ContradictError, TyperException) as error:
        if str(error):  # a call without a command has been answered with the help, and has nothing to add
            say(_one_line(error))
        return WRONG_USE
    except (OutputClosed, BrokenPipeError):
        discard_stdout()
        return OUTPUT_CLOSED
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        discard_stdout()
        say(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return WRONG_USE
    except Exception:
        traceback.print_exc()
        say("this is a fault of contradict; please report it with the lines above")
        return FAULT
    if status == INTERRUPTED:
        say("interrupted")
    return status if isinstance(status, int) else 0


def _one_line(error: ContradictError | TyperException) -> str:
    if isinstance(error, ContradictError):
        return " ".join(str(error).split())
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "contradict"
    message = " ".join(error.format_message().split())
    return f"{message} See '{where} --help'." if message.endswith(("?", ".")) else f"{message}; see '{where} --help'"
