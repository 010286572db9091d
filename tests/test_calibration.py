"""The head refitted on decisions: a mapping that is fitted, kept in a file, and applied."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import RunCommand
from hypothesis import given
from hypothesis import strategies as st
from review_cases import decided, found, reported, scanned, stated, two
from test_report_scans import verdict

from contradict.calibration import (
    LEAST,
    LEAST_EACH,
    Calibration,
    Scaling,
    fit,
    read_calibration,
    recalibrated,
    write_calibration,
)
from contradict.errors import InputError, ModelError
from contradict.report import write_report
from contradict.review import Store
from contradict.types import Kind, Probabilities, Relation
from contradict.verdicts import load_head

HEAD = "0" * 64
SAME = Calibration(Scaling(), Scaling(), Scaling(), HEAD, 0)
shares = st.floats(0, 1)


def probabilities(differ: float, contradiction: float, agreement: float) -> Probabilities:
    rest = 1 - differ
    return Probabilities(differ * contradiction, differ * (1 - contradiction), rest * agreement, rest * (1 - agreement))


def sample(count: int, *, honest: float = 1.0) -> tuple[list[Probabilities], list[Relation]]:
    """Probabilities of a head whose log-odds of differing are `honest` times what they should be, and labels."""
    chance = random.Random(7)  # noqa: S311 (made-up labels)
    given, labels = [], []
    for _ in range(count):
        true = [chance.uniform(0.05, 0.95) for _ in range(3)]
        said = 1 / (1 + math.exp(-honest * math.log(true[0] / (1 - true[0]))))
        given.append(probabilities(said, true[1], true[2]))
        if chance.random() < true[0]:
            labels.append(Relation.CONTRADICTION if chance.random() < true[1] else Relation.UPDATE)
        else:
            labels.append(Relation.AGREEMENT if chance.random() < true[2] else Relation.UNRELATED)
    return given, labels


@given(shares, shares, shares)
def test_the_calibration_that_changes_nothing_changes_nothing(differ: float, one: float, other: float) -> None:
    told = probabilities(differ, one, other)
    mapped = SAME(told)
    for relation in Relation:
        assert getattr(mapped, relation.value) == pytest.approx(getattr(told, relation.value), abs=1e-5)


@given(shares, shares, shares, st.floats(0.1, 10), st.floats(-20, 20))
def test_mapped_probabilities_are_probabilities(
    differ: float, one: float, other: float, slope: float, bias: float
) -> None:
    scaling = Scaling(slope, bias)
    mapped = Calibration(scaling, scaling, scaling, HEAD, 0)(probabilities(differ, one, other))
    values = [getattr(mapped, relation.value) for relation in Relation]
    assert all(0 <= value <= 1 for value in values)
    assert sum(values) == pytest.approx(1)


def test_what_a_rule_has_ruled_out_stays_ruled_out() -> None:
    eager = Scaling(1, 5)
    mapped = Calibration(eager, eager, eager, HEAD, 0)(Probabilities(0.0, 0.0, 0.6, 0.4))
    assert (mapped.contradiction, mapped.update) == (0, 0)


def test_a_head_that_is_too_sure_is_toned_down() -> None:
    given, labels = sample(3_000, honest=3.0)
    found = fit(given, labels, head=HEAD)
    assert found.calibration.differs.slope == pytest.approx(1 / 3, abs=0.06)
    assert found.calibration.contradiction.slope == pytest.approx(1, abs=0.2)
    assert found.after < found.before
    assert found.kept == ()


def test_the_same_decisions_give_the_same_calibration() -> None:
    given, labels = sample(200, honest=2.0)
    assert fit(given, labels, head=HEAD) == fit(given, labels, head=HEAD)


def test_too_few_decisions_are_refused_with_the_number_that_it_takes() -> None:
    given, labels = sample(LEAST - 1)
    with pytest.raises(InputError, match=f"{LEAST - 1} decisions .* too few .* takes {LEAST}"):
        fit(given, labels, head=HEAD)


def test_decisions_that_all_say_one_thing_are_refused() -> None:
    given, _ = sample(LEAST)
    with pytest.raises(InputError, match="too one-sided to calibrate on: differs stays as it is"):
        fit(given, [Relation.CONTRADICTION] * LEAST, head=HEAD)


def test_a_choice_with_too_few_decisions_stays_as_it_is_and_is_named() -> None:
    given, labels = sample(400)
    kept = [i for i, label in enumerate(labels) if label is not Relation.UNRELATED]
    found = fit([given[i] for i in kept], [labels[i] for i in kept], head=HEAD)
    assert found.calibration.agreement == Scaling()
    assert len(found.kept) == 1
    assert found.kept[0].startswith("agreement stays as it is")
    assert f"it takes {LEAST_EACH} of each" in found.kept[0]


def test_decisions_that_run_against_the_head_turn_nothing_around() -> None:
    given, labels = sample(500)
    swapped = {Relation.CONTRADICTION: Relation.UPDATE, Relation.UPDATE: Relation.CONTRADICTION}
    found = fit(given, [swapped.get(label, label) for label in labels], head=HEAD)
    assert found.calibration.contradiction == Scaling()
    assert any(each.startswith("contradiction stays") for each in found.kept)


def test_a_verdict_is_decided_anew_with_a_reason_that_fits() -> None:
    one, other = (claim for each in two().verdicts for claim in (each.pair.a, each.pair.b))
    given = replace(verdict(one, other), probabilities=Probabilities(0.5, 0.1, 0.1, 0.3))
    doubtful = replace(SAME, differs=Scaling(1.0, -4.0))
    mapped = recalibrated(given, doubtful)
    assert (mapped.relation, mapped.kind) == (Relation.UNRELATED, Kind.NONE)
    assert mapped.reason != given.reason
    kept = recalibrated(given, replace(SAME, differs=Scaling(1.0, 1.0)))
    assert (kept.relation, kept.reason) == (given.relation, given.reason)
    assert kept.score > given.score


def test_a_verdict_that_the_head_did_not_give_is_left_alone() -> None:
    one, other = (replace(claim, kind=Kind.CLAIM, figure=None) for each in two().verdicts
                  for claim in (each.pair.a, each.pair.b))  # fmt: skip
    given = verdict(one, other)
    assert recalibrated(given, replace(SAME, differs=Scaling(1.0, -9.0))) is given


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = fit(*sample(200), head=HEAD)
    write_calibration(found, tmp_path / "c.json")
    assert read_calibration(tmp_path / "c.json", head=HEAD) == found.calibration
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["sha256"] == found.calibration.sha256


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"slope": ', '"slope": 1', "not the sha256 that it states"),
        ('"decisions": 200', '"decisions": 900', "not the sha256"),
        ('"contradict-calibration"', '"something"', "no calibration"),
        ('"version": 1', '"version": 2', "of format 2, this version knows 1"),
        ('"bias"', '"base"', "damaged"),
        ("{", "", "not JSON"),
    ],
)
def test_a_damaged_file_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    write_calibration(fit(*sample(200), head=HEAD), path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        read_calibration(path, head=HEAD)


def test_a_calibration_of_another_head_is_refused(tmp_path: Path) -> None:
    write_calibration(fit(*sample(200), head=HEAD), tmp_path / "c.json")
    with pytest.raises(ModelError, match="made for another verdict head"):
        read_calibration(tmp_path / "c.json", head="1" * 64)


# The commands


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """A report of eighty findings on the answers of the installed head, every one of them decided."""
    given, labels = sample(80, honest=2.0)
    findings = []
    for number, told in enumerate(given):
        sides = [
            stated(f"{name}{number}", f"The {name} says {value} boats were lost in storm {number}.", str(value))
            for name, value in (("post", 100 + number), ("echo", 200 + number))
        ]
        plain = found(*sides)
        findings.append(replace(plain, verdicts=tuple(replace(each, probabilities=told) for each in plain.verdicts)))
    made = replace(scanned(*findings), models={"verdict head": load_head().sha256})
    write_report(made, tmp_path)
    from contradict.report import report_of

    report = report_of(made)
    with Store(tmp_path / "decisions.sqlite") as store:
        store.add(
            replace(decided(finding, report, label.value), id=f"d{number}")
            for number, (finding, label) in enumerate(zip(findings, labels, strict=True))
        )
    return tmp_path


def test_decisions_become_a_calibration_that_judge_applies(contradict_command: RunCommand, reviewed: Path) -> None:
    told = contradict_command("calibrate", reviewed, "-o", reviewed / "ours.json")
    assert (told.status, told.stdout) == (0, "")
    assert "ours.json: made from 80 decisions (" in told.stderr
    assert "log-loss " in told.stderr
    pair = {
        "id": 1,
        "a": {"text": "The storm sank 31 boats in Lund."},
        "b": {"text": "In Lund 64 boats sank in the storm."},
    }
    plain, mapped = (
        json.loads(contradict_command("judge", "-", *options, stdin=json.dumps(pair).encode()).stdout)
        for options in ((), ("--calibration", reviewed / "ours.json"))
    )
    expected = read_calibration(reviewed / "ours.json", head=load_head().sha256)(
        Probabilities(**plain["probabilities"])
    )
    for relation in Relation:
        assert mapped["probabilities"][relation.value] == pytest.approx(getattr(expected, relation.value), abs=1e-4)


def test_an_export_will_do_as_well_as_the_folder(contradict_command: RunCommand, reviewed: Path) -> None:
    contradict_command("decisions", "export", reviewed, "-o", reviewed / "d.jsonl")
    for source, name in ((reviewed, "one.json"), (reviewed / "d.jsonl", "two.json")):
        assert contradict_command("calibrate", source, "-o", reviewed / name).status == 0
    assert (reviewed / "one.json").read_bytes() == (reviewed / "two.json").read_bytes()


def test_decisions_on_another_heads_answers_are_left_out_and_counted(
    contradict_command: RunCommand, tmp_path: Path
) -> None:
    write_report(scanned(two()), tmp_path)
    with Store(tmp_path / "decisions.sqlite") as store:
        store.add([decided(two(), reported(two()), "update")])
    told = contradict_command("calibrate", tmp_path, "-o", tmp_path / "c.json")
    assert told.status == 2
    assert "1 decisions left out: made on another head's answer; scan the articles again" in told.stderr
    assert "0 decisions that can be used are too few to calibrate on; it takes 50 at least" in told.stderr
    assert not (tmp_path / "c.json").exists()


def test_a_folder_without_decisions_is_named(contradict_command: RunCommand, tmp_path: Path) -> None:
    write_report(scanned(two()), tmp_path)
    told = contradict_command("calibrate", tmp_path)
    assert told.status == 2
    assert "no decisions there; make some with contradict review" in told.stderr


def test_a_missing_calibration_is_one_line(contradict_command: RunCommand, tmp_path: Path) -> None:
    told = contradict_command("judge", "-", "--calibration", tmp_path / "none.json", stdin=b"")
    assert told.status == 2
    assert "none.json: cannot be read" in told.stderr
