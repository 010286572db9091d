"""`contradict show`: findings as text, as JSON lines and as a brief; plain when piped, deaf to what articles hold."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import RunCommand
from rich.console import Console
from test_report_scans import (
    article,
    claim,
    ferry_scan,
    finding,
    hostile_scan,
    large_scan,
    long_scan,
    scan,
    summed_scan,
    verdict,
)

from contradict.report import write_report
from contradict.report.passages import differences
from contradict.report.showing import print_finding, print_findings
from contradict.types import Finding, Scan


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    write_report(ferry_scan(), tmp_path)
    return tmp_path


def in_a_terminal(made: Finding) -> str:
    stream = io.StringIO()
    print_findings([made], Console(file=stream, force_terminal=True, width=200, color_system="truecolor"))
    return stream.getvalue()


def marked(one: str, other: str) -> tuple[list[str], list[str]] | None:
    found = differences(one, other)
    if found is None:
        return None
    first, second = found
    return [one[start:end] for start, end in first], [other[start:end] for start, end in second]


def test_each_finding_is_shown_with_its_reason_and_both_sides(ferry: Path, contradict_command: RunCommand) -> None:
    shown = contradict_command("show", ferry)
    lines = shown.stdout.splitlines()
    name = ferry_scan().findings[0].id
    assert shown.status == 0
    assert lines[0] == f"≠ CONTRADICTION  people rescued  0.90  {name}"
    assert lines[1] == "People rescued from the ferry: 214 or about 260, both on 2 March 2024."
    assert "  Harbour Post, 2 March 2024  Ferry runs aground off Skarholm" in lines
    assert "  Rescuers brought [214] passengers ashore before noon." in lines
    assert "  Island Gazette, 3 March 2024, said by the coastguard  Hundreds taken off stranded ferry" in lines


def test_one_finding_is_shown_whole_by_how_its_id_begins(ferry: Path, contradict_command: RunCommand) -> None:
    name = ferry_scan().findings[0].id
    shown = contradict_command("show", ferry, name[:5]).stdout
    assert "The ferry ran aground at dawn. Rescuers brought [214] passengers ashore before noon." in shown
    assert "Timeline\n  2 March 2024  214  Harbour Post\n" in shown


def test_the_json_is_a_line_for_each_finding_with_its_pairs_whole(ferry: Path, contradict_command: RunCommand) -> None:
    (line,) = contradict_command("show", ferry, "--format", "json").stdout.splitlines()
    record = json.loads(line)
    pairs = [json.loads(each) for each in (ferry / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    stored = json.loads((ferry / "findings.jsonl").read_text(encoding="utf-8"))
    assert record["pairs"] == [pair for pair in pairs if pair["finding"] == record["id"]]
    assert record | {"pairs": stored["pairs"]} == stored


def test_the_brief_is_markdown(ferry: Path, contradict_command: RunCommand) -> None:
    brief = contradict_command("show", ferry, "--format", "markdown").stdout
    assert brief.startswith("# Where the articles disagree\n")
    assert "> Rescuers brought **214** passengers ashore before noon." in brief


def test_a_calculation_is_shown_with_every_figure_marked(tmp_path: Path, contradict_command: RunCommand) -> None:
    write_report(summed_scan(), tmp_path)
    lines = contradict_command("show", tmp_path).stdout.splitlines()
    assert lines[1] == "70 + 40 = 110, but 120 is stated."
    assert lines[-1] == "  The coastguard counted [120] people on board: [70] passengers and [40] sailors."
    brief = contradict_command("show", tmp_path, "--format", "markdown").stdout
    assert "70 + 40 = 110, but 120 is stated." in brief


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_an_empty_report_is_shown(form: str, tmp_path: Path, contradict_command: RunCommand) -> None:
    write_report(scan(), tmp_path)
    shown = contradict_command("show", tmp_path, "--format", form)
    assert (shown.status, shown.stderr) == (0, "")


def test_what_cannot_be_shown_is_one_line(ferry: Path, tmp_path: Path, contradict_command: RunCommand) -> None:
    unknown = contradict_command("show", ferry, "no-such-id")
    assert (unknown.status, unknown.stdout) == (2, "")
    assert "no finding 'no-such-id'; contradict show" in unknown.stderr
    nothing = contradict_command("show", tmp_path / "nowhere")
    assert (nothing.status, len(nothing.stderr.splitlines())) == (2, 1)


def test_the_beginning_of_several_ids_is_not_enough(tmp_path: Path, contradict_command: RunCommand) -> None:
    write_report(large_scan(40), tmp_path)
    several = contradict_command("show", tmp_path, "")
    assert several.status == 2
    assert "begins the ids of 40 findings" in several.stderr


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    write_report(large_scan(300), tmp_path)
    command = f"{sys.executable} -m contradict show {tmp_path} | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("made", [hostile_scan(), long_scan()], ids=["hostile", "long"])
def test_nothing_of_an_article_drives_the_terminal(made: Scan) -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=80)
    for each in made.findings:
        print_finding(each, console)
    assert all(character == "\n" or character.isprintable() for character in stream.getvalue())
    assert max(len(line) for line in stream.getvalue().splitlines()) < 3_000


def test_in_a_terminal_the_compared_words_and_the_differing_ones_have_styles() -> None:
    text = "The mayor said that 31 boats sank in the storm."
    other = "The mayor said that 64 boats sank in the flood."
    one, two = [
        claim(article(name, each), each, number, low=number, high=number)
        for name, each, number in (("a", text, "31"), ("b", other, "64"))
    ]
    shown = in_a_terminal(finding(verdict(one, two)))
    assert "\x1b[1;7m31\x1b[0m boats" in shown
    assert "\x1b[4mstorm\x1b[0m." in shown


def test_the_differing_words_are_those_that_the_other_has_not_in_their_place() -> None:
    cases = [
        ("It rained for two days.", "It rained for three days.", (["two"], ["three"])),
        ("It rained for 2 days.", "It Rained, for 2 days.", ([], [])),
        ("The old bridge was shut.", "The bridge was shut on Monday.", (["old"], ["on Monday"])),
        ("About 1,200 people came.", "About 1,300 people came.", (["1,200"], ["1,300"])),
        ("A cat sat.", "Prices of copper rose by a tenth in March.", None),
    ]
    for one, other, expected in cases:
        assert marked(one, other) == expected
