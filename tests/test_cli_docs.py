"""The documentation names every command, option and setting, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import typer.main
from conftest import ROOT

from contradict.cli import app
from contradict.settings import _KEYS

DOCUMENT = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
OWN = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


def options_of_the_program() -> Iterator[tuple[str, str]]:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]  # a group has some
        for parameter in [
            *command.params,
            *(each for one in getattr(command, "commands", {}).values() for each in one.params),
        ]:
            for spelling in [*parameter.opts, *parameter.secondary_opts]:
                if spelling.startswith("-") and spelling not in OWN:
                    yield name, spelling


def section(command: str) -> str:
    """The part of the document under the heading of a command."""
    match = re.search(rf"^## `contradict {command}.*?(?=^## |\Z)", DOCUMENT, re.DOTALL | re.MULTILINE)
    assert match is not None, f"docs/commands.md has no section on {command}"
    return match[0]


def test_every_command_is_documented() -> None:
    documented = re.findall(r"^## `contradict (\w+)", DOCUMENT, re.MULTILINE)
    assert sorted(documented) == sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_every_option_stands_in_the_section_of_its_command() -> None:
    missing = [(name, option) for name, option in options_of_the_program() if f"`{option}" not in section(name)]
    assert missing == []


def test_no_option_is_documented_that_is_not_there() -> None:
    known = {option for _, option in options_of_the_program()} | OWN
    for text in (DOCUMENT, README):
        named = set(re.findall(r"`(--?[a-z][a-z-]*)", text))
        assert named - known - {"-c", "--index-url"} == set()  # of pip


def test_every_setting_of_a_file_is_documented() -> None:
    settings = DOCUMENT[DOCUMENT.index("## Settings") :]
    assert [key for key in _KEYS if f"`{key}`" not in settings] == []


def test_the_readme_is_short_and_names_every_command() -> None:
    assert len(README.splitlines()) < 150
    assert [name for name in typer.main.get_command(app).commands if f"contradict {name}" not in README] == []  # type: ignore[attr-defined]
