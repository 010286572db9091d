"""`contradict judge` and `contradict evaluate` around a judge of known answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from conftest import RunCommand, verdict_on

from contradict.errors import InputError
from contradict.evaluation import calibrate, evaluate
from contradict.judging import read_pair, read_records
from contradict.passages import JudgeRow, Passage
from contradict.types import Document, Probabilities, Relation, TimeSpan, Verdict


class Answers:
    """A judge that calls a pair by the relation that its first passage names, and remembers what it was shown."""

    def __init__(self) -> None:
        self.rows: list[JudgeRow] = []
        self.nli: object = None

    def judge(
        self, rows: Sequence[JudgeRow], *, encoder: object, nli: object, calibration: object = None
    ) -> Iterator[Verdict]:
        del encoder, calibration
        self.rows, self.nli = list(rows), nli
        for row in rows:
            sides = [Document(id=text, path="", text=text) for text in (row.a.text, row.b.text)]
            yield verdict_on(sides[0], sides[1], Relation(row.a.text))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    fake = Answers()
    monkeypatch.setattr("contradict.passages.judge", fake.judge)
    monkeypatch.setattr("contradict.encoders.load_encoder", lambda _name: object())
    monkeypatch.setattr("contradict.nli.load_judge", lambda name: f"judge {name}")
    return fake


def pair_line(identity: object, answer: str, **more: object) -> str:
    return json.dumps({"id": identity, "a": {"text": answer}, "b": {"text": "other"}} | more)


def lines(*rows: str) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


def test_pairs_are_answered_in_order_under_their_own_ids(contradict_command: RunCommand, answers: Answers) -> None:
    told = contradict_command(
        "judge", "-", stdin=lines(pair_line("z", "update"), "", pair_line(7, "agreement"), pair_line("z", "unrelated"))
    )
    judged = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.status == 0
    assert [(row["id"], row["relation"]) for row in judged] == [("z", "update"), (7, "agreement"), ("z", "unrelated")]
    assert list(judged[0]) == ["id", "relation", "probabilities", "kind", "figure_a", "figure_b", "reason"]
    assert judged[0]["probabilities"] == {"contradiction": 0.1, "update": 0.7, "agreement": 0.1, "unrelated": 0.1}


@pytest.mark.parametrize("command", ["judge", "evaluate"])
def test_claims_are_judged_where_a_model_is_named(
    command: str, contradict_command: RunCommand, answers: Answers, working_folder: Path
) -> None:
    given = lines(pair_line("1", "update", relation="update"))
    assert contradict_command(command, "-", stdin=given).status == 0
    assert answers.nli is None
    assert contradict_command(command, "-", "--nli", "bundled", stdin=given).status == 0
    assert answers.nli == "judge bundled"
    assert contradict_command(command, "-", "--nli", working_folder, stdin=given).status == 0
    assert answers.nli == f"judge {working_folder}"


def test_what_is_known_of_a_passage_reaches_the_judge_and_no_label_does(
    contradict_command: RunCommand, answers: Answers, working_folder: Path
) -> None:
    side = {"text": "update", "date": "2010-01", "source": "bbc", "before": "Earlier.", "after": "Later.", "doc": 3}
    record = {"id": "1", "relation": "nonsense", "a": side, "b": {"text": "b", "date": None}, "sure": "very"}
    (working_folder / "pairs.jsonl").write_bytes(lines(json.dumps(record)))
    assert contradict_command("judge", "pairs.jsonl").status == 0
    january = TimeSpan(date(2010, 1, 1), date(2010, 1, 31))
    assert answers.rows == [
        JudgeRow(
            id="1",
            a=Passage(text="update", date=january, source="bbc", before="Earlier.", after="Later."),
            b=Passage(text="b", date=None, source="", before="", after=""),
        )
    ]


GOOD = {"text": "x"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": ', "not JSON"),
        ("[1, 2]", "not a JSON object; write"),
        ("[" * 100_000, "not JSON"),
        (json.dumps({"a": GOOD, "b": GOOD}), "no 'id'; give every pair a name"),
        (json.dumps({"id": True, "a": GOOD, "b": GOOD}), "no 'id'"),
        (json.dumps({"id": 1, "b": GOOD}), "no 'a'; give each side as an object with a 'text'"),
        (json.dumps({"id": 1, "a": GOOD, "b": "x"}), "no 'b'"),
        (json.dumps({"id": 1, "a": {}, "b": GOOD}), "no 'text' in 'a'; give the passage"),
        (json.dumps({"id": 1, "a": GOOD | {"source": 5}, "b": GOOD}), "'a.source' is not a string"),
        (json.dumps({"id": 1, "a": GOOD, "b": GOOD | {"date": "soon"}}), "'b.date': 'soon' is not a date; write YYYY"),
        (json.dumps({"id": 1, "a": GOOD, "b": GOOD | {"date": 2010}}), "'b.date': not a string"),
    ],
)
def test_a_line_that_cannot_be_judged_is_named_before_anything_is_printed(
    line: str, message: str, contradict_command: RunCommand, answers: Answers, working_folder: Path
) -> None:
    (working_folder / "pairs.jsonl").write_bytes(lines(pair_line("1", "update"), line))
    told = contradict_command("judge", "pairs.jsonl")
    assert (told.status, told.stdout) == (2, "")
    assert told.stderr.startswith(f"contradict: pairs.jsonl:2: {message}")
    assert told.stderr.count("\n") == 1


def test_a_line_in_another_encoding_is_named() -> None:
    with pytest.raises(InputError, match=r"^p:1: not UTF-8"):
        list(read_records(['{"id": "é"}'.encode("latin-1")], name="p"))


def test_a_byte_order_mark_is_passed_over() -> None:
    ((where, record),) = read_records([b"\xef\xbb\xbf" + pair_line("1", "update").encode()], name="p")
    assert read_pair(record, where).id == "1"


def test_evaluate_scores_the_answers_against_the_labels(contradict_command: RunCommand, answers: Answers) -> None:
    gold = lines(
        pair_line("1", "update", relation="update", sure=3),
        pair_line("2", "contradiction", relation="update", sure=3),
        pair_line("3", "agreement", relation="agreement", sure=2),
        pair_line("4", "unrelated", relation="contradiction", sure=1),
    )
    told = contradict_command("evaluate", "-", "--format", "json", stdin=gold)
    result = json.loads(told.stdout)
    assert told.status == 0
    assert (result["pairs"], result["accuracy"]) == (4, 0.5)
    assert result["relations"]["update"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "labelled": 2, "judged": 1}
    assert result["differs"]["precision"] == 1.0
    assert result["differs"]["recall"] == 0.6667
    assert result["confusion"]["update"] == {"contradiction": 1, "update": 1, "agreement": 0, "unrelated": 0}
    assert all(row.a.text in set(Relation) for row in answers.rows)


def test_evaluate_can_be_held_to_the_sure_pairs(contradict_command: RunCommand, answers: Answers) -> None:
    gold = lines(
        pair_line("1", "update", relation="update", sure=3), pair_line("2", "agreement", relation="update", sure=2)
    )
    told = contradict_command("evaluate", "-", "--sure", "3", "--format", "json", stdin=gold)
    assert (json.loads(told.stdout)["pairs"], json.loads(told.stdout)["accuracy"]) == (1, 1.0)


def test_evaluate_prints_tables_for_people(contradict_command: RunCommand, answers: Answers) -> None:
    gold = lines(pair_line("1", "update", relation="update"), pair_line("2", "agreement", relation="update"))
    told = contradict_command("evaluate", "-", stdin=gold)
    rows = [line.split() for line in told.stdout.splitlines()]
    assert ["update", "1.000", "0.500", "0.667", "2", "1"] in rows
    assert ["differs", "1.000", "0.500", "0.667", "2", "1"] in rows
    assert ["update", "0", "1", "1", "0"] in rows
    assert "AUC of differing -" in told.stdout  # every pair differs, so there is nothing to rank
    assert told.stdout.count("expected calibration error") == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [pair_line("1", "update", relation="quarrel")],
            "<stdin>:1: 'relation' is 'quarrel'; label the pair as one of",
        ),
        ([pair_line("1", "update")], "<stdin>:1: 'relation' is None"),
        ([pair_line("1", "update", relation="update", sure="very")], "<stdin>:1: 'sure' is 'very'; give 1, 2 or 3"),
        ([], "there is no labelled pair to evaluate on"),
    ],
)
def test_labels_that_cannot_be_used_are_named(
    rows: list[str], message: str, contradict_command: RunCommand, answers: Answers
) -> None:
    told = contradict_command("evaluate", "-", stdin=lines(*rows))
    assert (told.status, told.stdout) == (2, "")
    assert told.stderr.startswith(f"contradict: {message}")


def test_calibration_is_the_weighted_gap_between_said_and_held() -> None:
    # bin 0.2 to 0.3: said 0.25, held 1 of 2; bin 0.9 to 1: said 1.0 and 0.9, held both
    calibration = calibrate([0.25, 0.25, 1.0, 0.9], [True, False, True, True])
    assert [(row.low, row.high, row.count) for row in calibration.bins] == [(0.2, 0.3, 2), (0.9, 1.0, 2)]
    assert [row.share for row in calibration.bins] == [0.5, 1.0]
    assert calibration.error == pytest.approx((2 * 0.25 + 2 * 0.05) / 4)


def test_a_judge_that_is_always_right_and_sure_is_perfectly_calibrated() -> None:
    relations = list(Relation)
    certain = [Probabilities(**{each.value: float(each is relation) for each in Relation}) for relation in relations]
    result = evaluate(relations, relations, certain)
    assert (result.accuracy, result.macro_f1, result.auc) == (1.0, 1.0, 1.0)
    assert (result.calibration_differs.error, result.calibration_relation.error) == (0.0, 0.0)
