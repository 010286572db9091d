"""The command line as a whole: help, speed, messages and exit statuses."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, RunCommand

import contradict
from contradict.errors import ContradictError, InputError, ModelError, SettingError

HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "sklearn",
    "scipy",
    "pyarrow",
    "trafilatura",
    "dateparser",
    "starlette",
    "uvicorn",
    "nltk",
)
COMMANDS = ("scan", "judge", "figures", "evaluate", "review", "calibrate")


def run_python(code: str, *, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["scan", "--help"],
        ["judge", "--help"],
        ["evaluate", "--help"],
        ["review", "--help"],
        ["decisions", "import", "--help"],
        ["calibrate", "--help"],
        ["figures"],
    ],
)
def test_help_and_figures_load_no_heavy_library(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from contradict.cli import main\n"
        f"status = main({arguments!r})\n"
        f"print('loaded:', sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
        "sys.exit(status)"
    )
    done = run_python(code, stdin="Almost 7,000 people fled in June 2023.\n")
    assert done.returncode == 0, done.stderr
    assert "loaded: []" in done.stderr


def test_help_takes_less_than_half_a_second() -> None:
    """In seconds of the processor, which other work on the machine does not lengthen; the help waits for nothing."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "contradict", "--help"], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.5


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str, contradict_command: RunCommand) -> None:
    told = contradict_command(command, "--help")
    assert told.status == 0
    assert f"contradict {command} " in told.stdout or "| contradict figures" in " ".join(told.stdout.split())
    assert "Example" in told.stdout


def test_the_version_is_printed(contradict_command: RunCommand) -> None:
    told = contradict_command("--version")
    assert (told.status, told.stdout) == (0, f"contradict {contradict.__version__}\n")


def test_no_command_prints_the_help_and_counts_as_wrong_use(contradict_command: RunCommand) -> None:
    told = contradict_command()
    assert told.status == 2
    assert "Usage: contradict" in told.stdout
    assert told.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scna"], "contradict: No such command 'scna'. Did you mean 'scan'? See 'contradict --help'.\n"),
        (["scan"], "contradict: Missing argument"),
        (["scan", "--topp", "3", "x"], "contradict: No such option: --topp"),
        (["scan", "--min-score", "2", "x"], "contradict: Invalid value for '--min-score'"),
        (["scan", "--fail-on", "agreement", "x"], "contradict: Invalid value for '--fail-on'"),
        (["judge", "missing.jsonl"], "contradict: missing.jsonl: cannot be read (No such file or directory)"),
        (["evaluate", "--sure", "4", "x"], "contradict: Invalid value for '--sure'"),
        (["figures", "--date", "soon"], "contradict: --date: 'soon' is not a date; write YYYY-MM-DD"),
    ],
)
def test_wrong_use_is_one_line_on_stderr_and_exit_status_2(
    arguments: list[str], message: str, contradict_command: RunCommand, working_folder: Path
) -> None:
    told = contradict_command(*arguments)
    assert told.status == 2
    assert told.stderr.startswith(message)
    assert told.stderr.count("\n") == 1
    assert told.stdout == ""


@pytest.mark.parametrize("error", [InputError, ModelError, SettingError, ContradictError])
def test_an_error_of_ours_is_one_line_whatever_its_kind(
    error: type[ContradictError], contradict_command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("a.txt: broken\nin two; \x1b[31mmend it")

    monkeypatch.setattr("contradict.claims.read_figures", fail)
    told = contradict_command("figures", stdin=b"5 people\n")
    assert told.status == 2
    assert told.stderr.startswith("contradict: a.txt: broken in two; ")
    assert told.stderr.count("\n") == 1
    assert "\x1b" not in told.stderr


def test_a_fault_of_the_program_is_not_taken_for_a_contradiction(
    contradict_command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("contradict.claims.read_figures", fail)
    told = contradict_command("figures", stdin=b"5 people\n")
    assert told.status == 70
    assert "ZeroDivisionError" in told.stderr
    assert told.stderr.endswith("please report it with the lines above\n")


def test_an_interrupt_is_one_line_and_exit_status_130(
    contradict_command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("contradict.claims.read_figures", interrupt)
    told = contradict_command("figures", stdin=b"5 people\n")
    assert (told.status, told.stderr) == (130, "contradict: interrupted\n")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"yes '5 people died' | {sys.executable} -m contradict figures | head -n 1; echo ${{PIPESTATUS[1]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    first, status = done.stdout.splitlines()
    assert first.startswith('{"text"')
    assert (status, done.stderr) == ("141", "")


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    command = f"echo '5 people died' | {sys.executable} -m contradict figures > {full}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, "contradict: standard output: No space left on device\n")


def test_shell_completion_is_offered(contradict_command: RunCommand) -> None:
    script = run_python(
        "from contradict.cli import main; import sys; sys.exit(main([]))",
        _CONTRADICT_COMPLETE="complete_bash",
        COMP_WORDS="contradict sc",
        COMP_CWORD="1",
    )
    assert script.stdout.split() == ["scan"]


def test_no_colour_is_printed_where_none_is_wanted() -> None:
    code = "from contradict.cli import main; main(['scan', '--help'])"
    coloured = run_python(code, FORCE_COLOR="1", TERM="xterm")
    plain = run_python(code, FORCE_COLOR="1", TERM="xterm", NO_COLOR="1")
    assert "\x1b[3" in coloured.stdout or "\x1b[1;3" in coloured.stdout
    assert "\x1b[3" not in plain.stdout
    assert "\x1b[1;3" not in plain.stdout
