"""The summary in the terminal: plain when piped, complete, and deaf to whatever articles hold."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from test_report_scans import ferry_scan, hostile_scan, large_scan, long_scan, scan

from contradict.report import print_summary
from contradict.types import Scan, Skipped


def printed(made: Scan, *, top: int = 10, terminal: bool = False, width: int = 80) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=width, color_system="truecolor" if terminal else None)
    print_summary(made, console, top=top)
    return stream.getvalue()


def test_the_summary_tells_what_was_found_where_and_why() -> None:
    text = printed(ferry_scan())
    for expected in (
        "1 contradiction\n",
        "Read: 2 articles of 2 outlets, 2 March to 3 March 2024.",
        "CONTRADICTION  people rescued  0.90",
        "    People rescued from the ferry: 214 or about 260, both on 2 March 2024.",
        "    214  Harbour Post, 2 March 2024\n",
        "    about 260  Island Gazette, 3 March 2024, said by the coastguard\n",
        "  not text (1): scans/photo.txt",
        "  language not spoken by the models: fr (1): scans/fr.txt",
        "Worth knowing about what was read: 2\n  the id was not unique (2): scans/ferry.txt (2)\n",
        "Copies of articles already read, counted once: 1",
    ):
        assert expected in text


def test_counts_and_seconds_stand_in_the_order_of_the_line() -> None:
    text = printed(ferry_scan())
    stages = [line.split() for line in text.splitlines() if line.startswith(("documents", "pairs", "findings"))]
    assert stages == [["documents", "2", "0.2"], ["pairs", "2", "1.5"], ["findings", "1"]]


def test_piped_lines_are_not_wrapped_and_carry_no_control_sequences() -> None:
    text = printed(hostile_scan(), top=100, width=40)
    assert "\x1b" not in text
    assert "    [bold red]markup[/] :smile: reason" in text.splitlines()
    assert all(character == "\n" or character.isprintable() for character in text)


def test_in_a_terminal_only_the_summary_itself_sets_styles() -> None:
    text = printed(hostile_scan(), top=100, terminal=True, width=200)
    assert "\x1b[1;31m" in text
    assert "\x1b[31m bell" not in text
    assert "[bold red]markup[/] :smile: reason" in text


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in printed(ferry_scan(), terminal=True)


def test_lines_in_a_terminal_stay_within_its_width() -> None:
    text = printed(large_scan(3), terminal=True, width=60)
    plain = [line.replace("\x1b[0m", "") for line in text.splitlines()]
    assert max(len(Console().render_str(line).plain) for line in plain if "\x1b" not in line) <= 60


def test_a_console_that_cannot_encode_a_character_does_not_fail() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    print_summary(hostile_scan(), Console(file=stream), top=100)
    stream.flush()
    assert b"\n 1. CONTRADICTION  <script>" in raw.getvalue()


def test_findings_beyond_the_top_are_counted() -> None:
    text = printed(large_scan(12), top=10)
    assert "10. " in text
    assert "11. " not in text
    assert "2 more findings in the report." in text


def test_a_finding_takes_at_most_four_lines_when_piped() -> None:
    for made in (ferry_scan(), hostile_scan(), long_scan()):
        blocks = printed(made, top=100).split("\n\n")
        assert all(block.count("\n") <= 3 for block in blocks if block.lstrip()[:1].isdigit() and "CONTRA" in block)


def test_skipped_files_are_named_by_reason_the_most_frequent_first_and_counted() -> None:
    skipped = [Skipped(f"e{number}.txt", "empty") for number in range(5)] + [Skipped("x.bin", "binary")] * 9
    skipped += [Skipped("photos/*.png", "image", count=1000)]
    skipped += [Skipped(f"r{number}", f"reason {number}") for number in range(20)]
    text = printed(scan(skipped=skipped))
    assert "Not read: 1,034" in text
    for line in (
        "  image (1,000): photos/*.png (1,000)\n  binary (9): ",
        "\n  binary (9): x.bin, x.bin, x.bin and 6 more\n  empty (5): ",
        "\n  empty (5): e0.txt, e1.txt, e2.txt and 2 more\n",
    ):
        assert line in text
    assert "15 for 15 other reasons, all in run.json" in text


def test_a_scan_without_findings_says_so() -> None:
    assert printed(scan()).startswith("No conflict found\nRead: 0 articles.")
