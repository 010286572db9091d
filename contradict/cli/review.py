"""`contradict review`: the application to decide on findings in."""

from __future__ import annotations

import getpass
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contradict.cli.output import say
from contradict.errors import SettingError

if TYPE_CHECKING:
    from contradict.review.guard import Address

HIGHEST_PORT = 65_535


def review(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a report, as scan -o named it.")],
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Where to listen; another than this machine asks visitors for a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=HIGHEST_PORT, help="The port; 0 for any free one.")
    ] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")] = True,
    reviewer: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose decisions these are.", show_default="your name on this machine"),
    ] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Hide scores and the choices of others.")] = False,
) -> None:
    """
    Decide on the findings of a report, in the browser; Ctrl-C ends it.

    Decisions are kept in DIR/decisions.sqlite, each as soon as it is made, and
    are found again when DIR is scanned into once more.

    Example: contradict review report --reviewer Kari
    """
    name = _name(reviewer)
    from contradict.review.serving import serve

    def started(address: Address) -> None:
        say(f"reviewing {directory} as {name} at {address.url} (Ctrl-C ends it)")
        if browser:
            _open(address.url)

    with suppress(KeyboardInterrupt):  # the way to end it
        serve(directory, host=host, port=port, reviewer=name, blind=blind, on_start=started)


def _name(given: str | None) -> str:
    from contradict.review.records import read_name

    if given is None:
        try:
            given = getpass.getuser()
        except (OSError, KeyError) as error:  # no such user, as in some containers
            raise SettingError("--reviewer: this machine does not know your name; give one") from error
    try:
        return read_name(given)
    except ValueError as error:
        raise SettingError(f"--reviewer: {error}") from error


def _open(url: str) -> None:
    """Opens the browser beside the server, which answers as soon as it runs."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
