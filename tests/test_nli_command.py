"""`contradict nli`: lines in, lines out, in order, and quickly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, RunCommand

FAST = """
import sys
from contradict.cli import main
status = main(["nli", sys.argv[1]])
heavy = {"torch", "transformers", "sentence_transformers", "sklearn"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
sys.exit(status)
"""


def pair_line(identity: object, a: object, b: object, **more: object) -> str:
    return json.dumps({"id": identity, "a": a, "b": b} | more) + "\n"


RAIN, SNOW, DRY = ({"text": text} for text in ("It rained all day.", "Snow fell on the hills.", "It did not rain."))


def test_every_line_is_answered_in_order_under_its_own_id(contradict_command: RunCommand) -> None:
    given = pair_line("z", RAIN, DRY) + "\n" + pair_line(7, RAIN, RAIN) + pair_line("z", DRY, SNOW)
    told = contradict_command("nli", "-", stdin=given.encode())
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.status == 0
    assert [row["id"] for row in rows] == ["z", 7, "z"]
    assert [list(row) for row in rows] == [["id", "probabilities"]] * 3
    assert list(rows[0]["probabilities"]) == ["entailment", "neutral", "contradiction"]
    assert max(rows[0]["probabilities"], key=rows[0]["probabilities"].get) == "contradiction"
    assert max(rows[1]["probabilities"], key=rows[1]["probabilities"].get) == "entailment"
    assert told.stderr == "contradict: pairs judged by mpnet-entailment: 3\n"


def test_nothing_but_id_and_texts_is_looked_at(contradict_command: RunCommand) -> None:
    plain = contradict_command("nli", "-", stdin=pair_line(1, RAIN, DRY).encode())
    more = pair_line(1, RAIN | {"date": "someday", "source": 5}, DRY, label="e", relation="update")
    assert contradict_command("nli", "-", stdin=more.encode()).stdout == plain.stdout != ""


def test_pairs_that_were_too_long_are_counted(contradict_command: RunCommand) -> None:
    told = contradict_command("nli", "-", stdin=pair_line(1, {"text": "It rained. " * 200}, DRY).encode())
    assert told.stderr.endswith("mpnet-entailment: 1; too long, and judged by their beginnings: 1\n")


def test_the_same_file_gives_the_same_bytes_and_another_order_the_same_answers(contradict_command: RunCommand) -> None:
    lines = [
        pair_line(n, {"text": f"{n} people {verb} " + "very " * n}, DRY)
        for n in range(20)
        for verb in ("fled", "stayed")
    ]
    first, again, turned = (
        contradict_command("nli", "-", stdin="".join(given).encode()).stdout for given in (lines, lines, lines[::-1])
    )
    assert first == again
    assert first.splitlines() == turned.splitlines()[::-1]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": ', "not JSON"),
        (json.dumps({"a": RAIN, "b": DRY}), "no 'id'; give every pair a name"),
        (json.dumps({"id": 1, "a": RAIN}), "no 'b'; give each side as an object with a 'text'"),
        (json.dumps({"id": 1, "a": {"text": 5}, "b": DRY}), "no 'text' in 'a'; give the passage"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_before_anything_is_printed(
    line: str, message: str, contradict_command: RunCommand
) -> None:
    told = contradict_command("nli", "-", stdin=(pair_line(1, RAIN, DRY) + line).encode())
    assert (told.status, told.stdout) == (2, "")
    assert told.stderr.startswith(f"contradict: <stdin>:2: {message}")
    assert told.stderr.count("\n") == 1


def test_no_training_library_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text(pair_line(1, RAIN, DRY), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FAST, str(tmp_path / "pairs.jsonl")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[1] == "[]"


def test_a_model_that_is_not_there_is_one_line(contradict_command: RunCommand, tmp_path: Path) -> None:
    told = contradict_command("nli", "-", "--nli", tmp_path / "nowhere", stdin=pair_line(1, RAIN, DRY).encode())
    assert (told.status, told.stdout) == (2, "")
    assert told.stderr.count("\n") == 1
    assert "name another with --nli" in told.stderr
