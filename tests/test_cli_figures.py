"""`contradict figures`: one line of output for every line of input, at once, whatever the input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, RunCommand

FIELDS = tuple("start end surface value low high hedge change unit counted of per role as_of".split())


def test_every_line_is_answered_by_a_line_in_order(contradict_command: RunCommand) -> None:
    told = contradict_command("figures", stdin=b"Almost 7,000 people fled.\n\nNo number here.\n5% of them came back")
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.status == 0
    assert [line["text"] for line in lines] == [
        "Almost 7,000 people fled.",
        "",
        "No number here.",
        "5% of them came back",
    ]
    assert [len(line["figures"]) for line in lines] == [1, 0, 0, 1]


def test_a_figure_has_the_fields_of_the_contract(contradict_command: RunCommand) -> None:
    told = contradict_command("figures", stdin=b"Almost 7,000 people fled.\n")
    (figure,) = json.loads(told.stdout)["figures"]
    assert tuple(figure) == FIELDS
    assert figure["value"] == "7000"
    assert (figure["start"], figure["end"], figure["hedge"], figure["role"]) == (
        "Almost 7,000 people fled.".index(figure["surface"]),
        figure["start"] + len(figure["surface"]),
        "~" if figure["hedge"] == "~" else "<",
        "count",
    )


def test_a_file_is_read_like_standard_input(contradict_command: RunCommand, working_folder: Path) -> None:
    text = "Up to 40 ships left.\n"
    (working_folder / "ships.txt").write_text(text, encoding="utf-8")
    from_file = contradict_command("figures", "ships.txt")
    assert from_file.stdout == contradict_command("figures", "-", stdin=text.encode()).stdout
    assert json.loads(from_file.stdout)["figures"]


def test_only_line_feeds_end_lines(contradict_command: RunCommand) -> None:
    told = contradict_command("figures", stdin="one\u2028two\x0bthree\r\nfour\n".encode())
    assert [json.loads(line)["text"] for line in told.stdout.split("\n") if line] == ["one\u2028two\x0bthree", "four"]


def test_a_line_that_is_not_utf_8_keeps_its_place_and_is_told_of(contradict_command: RunCommand) -> None:
    told = contradict_command("figures", stdin="caf\u00e9, 5 people\n".encode("latin-1") + b"6 people\n")
    first, second = (json.loads(line) for line in told.stdout.splitlines())
    assert first["text"] == "caf\ufffd, 5 people"
    assert [figure["value"] for figure in first["figures"] + second["figures"]] == ["5", "6"]
    assert told.status == 0
    assert told.stderr == "contradict: <stdin>:1: byte 4 is not UTF-8 and is replaced; save the text as UTF-8\n"


def test_a_byte_order_mark_is_no_text(contradict_command: RunCommand) -> None:
    told = contradict_command("figures", stdin=b"\xef\xbb\xbf5 people\n")
    assert json.loads(told.stdout)["text"] == "5 people"


def test_output_is_utf_8_in_any_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contradict", "figures"],
        input="5 \u20ac\n".encode(),
        capture_output=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "ascii"},
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout.decode("utf-8"))["text"] == "5 \u20ac"


def test_a_line_is_answered_before_the_next_one_is_sent() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "contradict", "figures"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (5, 6):
            process.stdin.write(f"{number} people\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["figures"][0]["value"] == str(number)


def test_the_publication_date_resolves_what_is_relative(contradict_command: RunCommand) -> None:
    line = b"As of yesterday, 40 people had died.\n"
    without = json.loads(contradict_command("figures", stdin=line).stdout)["figures"]
    dated = json.loads(contradict_command("figures", "--date", "2023-06-30", stdin=line).stdout)["figures"]
    assert [figure["as_of"] for figure in without] == [None]
    assert [figure["as_of"] for figure in dated] == ["2023-06-29"]
