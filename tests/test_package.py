"""The package: what it exports, what it depends on and why, and that importing it is cheap."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata

import pytest
from conftest import ROOT

import contradict
from contradict import errors, types

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Needed without being imported by name, each for the reason in CONTRIBUTING.md.
NOT_IMPORTED = {"lxml-html-clean", "torch"}


def normal(name: str) -> str:
    """The name of a distribution as PEP 503 compares it, without version and extras."""
    match = re.match(r"[A-Za-z0-9._-]+", name)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def imported_distributions() -> Iterator[str]:
    owners = metadata.packages_distributions()
    for path in sorted((ROOT / "contradict").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            else:
                continue
            for top in {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"contradict"}:
                yield from (normal(owner) for owner in owners[top][:1])


def test_the_dependencies_are_what_the_code_imports() -> None:
    declared = {normal(requirement) for requirement in PROJECT["dependencies"]}
    assert declared == set(imported_distributions()) | NOT_IMPORTED


def test_every_dependency_has_its_reason_and_its_pin() -> None:
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    pins = {normal(line) for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line}
    development = PROJECT["optional-dependencies"]["dev"]
    for requirement in PROJECT["dependencies"]:
        assert f"| {re.split('[<>=~]', requirement)[0]} |" in reasons
    assert {normal(requirement) for requirement in [*PROJECT["dependencies"], *development]} <= pins


def test_all_that_is_public_is_exported_and_can_be_had() -> None:
    assert len(set(contradict.__all__)) == len(contradict.__all__)
    for name in contradict.__all__:
        assert getattr(contradict, name) is not None
    for module in (types, errors):
        public = {
            name
            for name, value in vars(module).items()
            if isinstance(value, type) and value.__module__ == module.__name__
        }
        assert public <= set(contradict.__all__)
    assert set(contradict.__all__) <= set(dir(contradict))


def test_what_is_not_exported_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'scann'"):
        _ = contradict.scann


def test_importing_the_package_loads_no_other_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import contradict\n"
        "tops = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(tops - set(sys.stdlib_module_names) - {'contradict'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "[]\n"


def test_the_package_is_typed_and_licensed() -> None:
    assert (ROOT / "contradict" / "py.typed").is_file()
    assert "Apache License" in (ROOT / "LICENSE").read_text()[:200]
    assert PROJECT["license"] == "Apache-2.0"


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {contradict.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
