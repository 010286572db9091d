"""Decisions out of a report's folder and into it, and as labelled pairs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import RunCommand
from review_cases import BOATS, NOON, ROOFS, decide, decided, found, reported, scanned, stated, summed, two
from test_report_scans import HOSTILE, hostile_scan

from contradict.errors import InputError
from contradict.report import write_report
from contradict.review import Decision, Desk, Store, read_decision
from contradict.review.gold import labelled_pairs
from contradict.types import Relation

LOG = "decisions.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report with two findings, the first of them decided by two people, the second dismissed by one."""
    report = reported(two(), two(ROOFS))
    write_report(scanned(two(), two(ROOFS)), tmp_path)
    trusted = two().verdicts[0].pair.b.statement
    with Store(tmp_path / LOG) as store:
        store.add(
            [
                decided(two(), report, "update", minute=1),
                decided(two(), report, "contradiction", minute=2, note="31, says the log book", trusted=trusted),
                decided(two(), report, "contradiction", reviewer="Ola", minute=3),
                decided(two(ROOFS), report, "unrelated", minute=4, note="two towns"),
            ]
        )
    return tmp_path


def log_of(folder: Path) -> tuple[Decision, ...]:
    with Store(folder / LOG) as store:
        return store.log()


def exported(command: RunCommand, folder: Path, form: str, *options: str) -> str:
    told = command("decisions", "export", folder, "--format", form, *options)
    assert (told.status, told.stderr) == (0, "")
    return told.stdout


# Out


def test_an_export_as_json_lines_is_the_log_itself(contradict_command: RunCommand, folder: Path) -> None:
    lines = exported(contradict_command, folder, "jsonl").splitlines()
    again = tuple(read_decision(json.loads(line), "x", now=datetime.now(UTC)) for line in lines)
    assert again == log_of(folder)


def test_one_reviewers_decisions_may_be_asked_for(contradict_command: RunCommand, folder: Path) -> None:
    (line,) = exported(contradict_command, folder, "jsonl", "--reviewer", "Ola").splitlines()
    assert json.loads(line)["reviewer"] == "Ola"
    told = contradict_command("decisions", "export", folder, "--reviewer", "Eva")
    assert (told.status, told.stdout) == (2, "")
    assert "Eva decided nothing here; decisions are there by Kari, Ola" in told.stderr


def test_the_table_has_what_holds_now_a_row_for_each_reviewer(contradict_command: RunCommand, folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(contradict_command, folder, "csv").lstrip("\ufeff"))))
    assert Counter((row["reviewer"], row["decision"]) for row in rows) == Counter(
        [("Kari", "contradiction"), ("Ola", "contradiction"), ("Kari", "unrelated")]
    )
    assert {row["a_text"] for row in rows if row["decision"] == "contradiction"} == {BOATS["post"][0]}


def test_the_brief_has_both_passages_the_note_and_whom_to_trust(contradict_command: RunCommand, folder: Path) -> None:
    brief = exported(contradict_command, folder, "markdown")
    assert "2 of 2 findings decided, 1 of them dismissed." in brief
    assert "## Contradictions" in brief
    assert BOATS["post"][0] in brief
    assert "The Echo, 2 March 2024 **(trusted)**" in brief
    assert "- Decided: contradiction, by Kari, 2024-03-05: 31, says the log book" in brief
    assert "- Decided: contradiction, by Ola, 2024-03-05" in brief
    assert ROOFS["bugle"][0] not in brief


def test_a_claim_review_is_of_the_statement_that_is_not_trusted(contradict_command: RunCommand, folder: Path) -> None:
    graph = json.loads(exported(contradict_command, folder, "claimreview", "--reviewer", "Kari"))["@graph"]
    (review,) = graph
    assert (review["@type"], review["claimReviewed"]) == ("ClaimReview", BOATS["post"][0])
    assert review["author"]["name"] == "Kari"
    assert review["reviewRating"]["alternateName"] == "Contradicted by The Echo"
    assert review["reviewRating"]["worstRating"] <= review["reviewRating"]["ratingValue"] <= 5
    assert review["itemReviewed"]["appearance"]["publisher"]["name"] == "The Post"


def test_without_a_trusted_statement_both_are_disputed(contradict_command: RunCommand, folder: Path) -> None:
    graph = json.loads(exported(contradict_command, folder, "claimreview", "--reviewer", "Ola"))["@graph"]
    assert {review["claimReviewed"] for review in graph} == {sentence for sentence, _ in BOATS.values()}
    assert {review["reviewRating"]["alternateName"].split()[0] for review in graph} == {"Disputed"}


def test_sarif_has_every_finding_and_suppresses_the_dismissed(contradict_command: RunCommand, folder: Path) -> None:
    sarif = json.loads(exported(contradict_command, folder, "sarif"))
    (run,) = sarif["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sarif["version"] == "2.1.0"
    assert [result["ruleId"] for result in run["results"]] == ["contradiction", "contradiction"]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    suppressed = [result.get("suppressions") for result in run["results"]]
    assert suppressed == [None, [{"kind": "external", "status": "accepted", "justification": "two towns"}]]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["snippet"]["text"] == BOATS["post"][0]
    assert region["charLength"] == len(BOATS["post"][0])


def test_the_fingerprint_of_the_statements_stays_when_one_more_joins(
    contradict_command: RunCommand, tmp_path: Path
) -> None:
    prints = []
    more = stated("mail", "The storm sank 50 boats in Lund, the coastguard said.", "50")
    sides = [stated(name, *case) for name, case in BOATS.items()]
    for claims in (sides, [*sides, more]):
        write_report(scanned(found(*claims)), tmp_path)
        (result,) = json.loads(exported(contradict_command, tmp_path, "sarif"))["runs"][0]["results"]
        prints.append(result["partialFingerprints"])
    assert prints[0]["statements/v1"] == prints[1]["statements/v1"]
    assert prints[0]["finding/v1"] != prints[1]["finding/v1"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "markdown", "claimreview", "sarif"])
def test_a_report_without_decisions_is_exported_and_no_log_is_made(
    form: str, contradict_command: RunCommand, tmp_path: Path
) -> None:
    write_report(scanned(two()), tmp_path)
    exported(contradict_command, tmp_path, form)
    assert not (tmp_path / LOG).exists()


@pytest.mark.parametrize("form", ["csv", "markdown", "claimreview", "sarif"])
def test_hostile_articles_and_notes_stay_text(form: str, contradict_command: RunCommand, tmp_path: Path) -> None:
    made = hostile_scan()
    write_report(made, tmp_path)
    report = reported(*made.findings)
    with Store(tmp_path / LOG) as store:
        store.add(
            decided(finding, report, "contradiction", minute=number, note=text.replace("\ud800", "\ufffd"))
            for number, (finding, text) in enumerate(zip(made.findings, HOSTILE, strict=True))
        )
    text = exported(contradict_command, tmp_path, form)
    if form in ("claimreview", "sarif"):
        json.loads(text)
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
        assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))] == []
    else:
        assert "<script" not in text
        assert "<img" not in text


def test_an_export_goes_into_a_file_when_one_is_named(contradict_command: RunCommand, folder: Path) -> None:
    told = contradict_command("decisions", "export", folder, "-o", folder / "out" / "d.jsonl")
    assert (told.status, told.stdout) == (0, "")
    assert len((folder / "out" / "d.jsonl").read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize("form", ["csv", "markdown", "claimreview", "sarif"])
def test_a_calculation_which_has_no_pairs_is_decided_and_exported(
    form: str, contradict_command: RunCommand, tmp_path: Path
) -> None:
    write_report(scanned(summed()), tmp_path)
    with Store(tmp_path / LOG) as store:
        decide(Desk(tmp_path, store), summed().id, decision="contradiction", note="the clerk erred")
        (record,) = store.log()
    assert (len(record.statements), record.pair) == (3, None)
    text = exported(contradict_command, tmp_path, form)
    assert "The fire took 12 barns" in text
    assert labelled_pairs([record])[1] == Counter(["the record carries no pair"])


# In


def test_what_was_exported_can_be_brought_in_elsewhere_and_only_once(
    contradict_command: RunCommand, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write_report(scanned(two(), two(ROOFS)), elsewhere)
    lines = exported(contradict_command, folder, "jsonl")
    for expected in ("4 decisions brought in\n", "0 decisions brought in, 4 were there already\n"):
        told = contradict_command("decisions", "import", elsewhere, "-", stdin=lines.encode())
        assert (told.status, told.stdout) == (0, "")
        assert told.stderr.endswith(f"contradict: {expected}")
    assert log_of(elsewhere) == log_of(folder)
    assert exported(contradict_command, elsewhere, "markdown") == exported(contradict_command, folder, "markdown")


def test_the_static_reports_short_records_are_completed_from_the_report(
    contradict_command: RunCommand, tmp_path: Path
) -> None:
    write_report(scanned(two()), tmp_path)
    record = {
        "id": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "at": "2024-03-05T12:00:00.123Z", "reviewer": "reader",
        "finding": two().id, "decision": "contradiction", "note": "",
    }  # fmt: skip
    told = contradict_command(
        "decisions", "import", tmp_path, "-", "--reviewer", "Eva", stdin=b"\xef\xbb\xbf" + json.dumps(record).encode()
    )
    assert told.status == 0
    (decision,) = log_of(tmp_path)
    assert (decision.reviewer, decision.at) == ("Eva", "2024-03-05T12:00:00.123000Z")
    assert {mark.text for mark in decision.texts} == {sentence for sentence, _ in BOATS.values()}
    assert decision.pair is not None
    assert decision.relation == "contradiction"


BAD = [
    (b"{", "not JSON"),
    (b"[]", "not a JSON object"),
    (b"\xff", "not JSON"),
    (b'{"id": "x"}', "'at' is None"),
    (b'{"id": "x", "at": "yesterday", "reviewer": "r", "finding": "f"}', "'at' is 'yesterday'"),
    (b'{"id": "x", "at": "2024-03-05T12:00:00", "reviewer": "r", "finding": "f"}', "with its zone"),
    (b'{"id": "x", "at": "2999-03-05T12:00:00Z", "reviewer": "r", "finding": "f"}', "which is to come"),
    (b'{"id": "x", "at": "0001-01-01T00:00:00+14:00", "reviewer": "r", "finding": "f"}', "beyond the calendar"),
    (b'{"id": "x", "at": "2024-03-05T12:00:00Z", "reviewer": " ", "finding": "f"}', "no 'reviewer'"),
    (b'{"id": "x y", "at": "2024-03-05T12:00:00Z", "reviewer": "r", "finding": "f"}', "'id' is 'x y'"),
    (b'{"id": "x", "at": "2024-03-05T12:00:00Z", "reviewer": "r", "finding": "f", "decision": "no"}', "'decision' is"),
    (b'{"id": "x", "at": "2024-03-05T12:00:00Z", "reviewer": "r", "finding": "f", "statements": 5}', "'statements'"),
    (b'{"id": "x", "at": "2024-03-05T12:00:00Z", "reviewer": "r", "finding": "f", "score": NaN}', "'score' is nan"),
    (b'{"id": "x", "at": "2024-03-05T12:00:00Z", "reviewer": "r", "finding": "f", "texts": [1]}', "'texts'"),
    (b'{"id": "x", "at": "2024-03-05T12:00:00Z", "reviewer": "r", "finding": "f", "pair": []}', "'pair'"),
    (b'{"id": "x", "note": "' + b"n" * (1 << 20) + b'"}', "longer than 1,048,576 bytes"),
    (b"[" * 100_000, "not JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), BAD)
def test_a_bad_line_is_named_and_the_others_are_brought_in(
    line: bytes, message: str, contradict_command: RunCommand, folder: Path
) -> None:
    before = log_of(folder)
    good = json.dumps(before[0].record() | {"id": "another"}).encode()
    told = contradict_command("decisions", "import", folder, "-", stdin=b"\n" + line + b"\n" + good + b"\n")
    assert told.status == 0
    assert "contradict: <stdin>:2: " in told.stderr
    assert message in told.stderr
    assert told.stderr.endswith("1 decisions brought in, 1 bad lines left out\n")
    assert len(log_of(folder)) == len(before) + 1


def test_a_file_without_any_decision_is_refused(contradict_command: RunCommand, folder: Path) -> None:
    told = contradict_command("decisions", "import", folder, "-", stdin=b"finding,decision\nx,update\n")
    assert told.status == 2
    assert "no line holds a decision; export them as jsonl" in told.stderr


def test_nothing_is_brought_into_a_folder_without_a_report(contradict_command: RunCommand, tmp_path: Path) -> None:
    told = contradict_command("decisions", "import", tmp_path, "-", stdin=b"")
    assert told.status == 2
    assert list(tmp_path.iterdir()) == []


# As labelled pairs


def test_a_decision_labels_the_pair_that_stands_for_its_finding() -> None:
    report = reported(two())
    (labelled,), left_out = labelled_pairs([decided(two(), report, "update")])
    assert labelled.relation is Relation.UPDATE
    assert (labelled.pair["a"]["text"], labelled.pair["b"]["text"]) == (BOATS["post"][0], BOATS["echo"][0])
    assert labelled.pair["a"]["date"] == "2024-03-02"
    assert (labelled.pair["a"]["before"], labelled.pair["a"]["after"]) == (
        "Rain fell.", "The rest of the night was calm.",
    )  # fmt: skip
    assert left_out == Counter()


@pytest.mark.parametrize(
    ("choices", "label"),
    [
        ("update update contradiction", Relation.UPDATE),
        ("update contradiction", None),
        ("unsure", None),
        ("unsure unsure update", None),
        ("unrelated", Relation.UNRELATED),
    ],
)
def test_what_most_reviewers_decided_is_the_label(choices: str, label: Relation | None) -> None:
    report = reported(two())
    log = [
        decided(two(), report, choice, reviewer=f"reviewer {number}", minute=number)
        for number, choice in enumerate(choices.split())
    ]
    labelled, left_out = labelled_pairs(log)
    assert [each.relation for each in labelled] == ([label] if label is not None else [])
    assert left_out.total() == (0 if label is not None else 1)


def test_a_settling_decision_is_the_label_whatever_others_decided() -> None:
    report = reported(two())
    log = [
        decided(two(), report, "update"),
        decided(two(), report, "update", reviewer="Ola"),
        decided(two(), report, "contradiction", reviewer="Eva", settles=True),
    ]
    assert [each.relation for each in labelled_pairs(log)[0]] == [Relation.CONTRADICTION]


def test_exported_decisions_are_gold_for_evaluate(contradict_command: RunCommand, folder: Path) -> None:
    lines = exported(contradict_command, folder, "jsonl")
    told = contradict_command("evaluate", "-", "--format", "json", stdin=lines.encode())
    assert told.status == 0, told.stderr
    result = json.loads(told.stdout)
    assert result["pairs"] == 2
    assert result["relations"]["contradiction"]["labelled"] == 1
    assert result["relations"]["unrelated"]["labelled"] == 1


def test_evaluate_says_which_decisions_it_leaves_out(contradict_command: RunCommand) -> None:
    report = reported(two())
    log = [decided(two(), report, "update"), decided(two(), report, "contradiction", reviewer="Ola")]
    lines = "".join(json.dumps(each.record()) + "\n" for each in log)
    told = contradict_command("evaluate", "-", stdin=lines.encode())
    assert told.status == 2
    assert "1 decisions left out: reviewers disagree, and nobody has settled it" in told.stderr


def test_a_record_is_read_as_it_was_written() -> None:
    decision = decided(two(), reported(two()), "update", note="“ja”", snoozed_until="2024-05-01")
    assert read_decision(json.loads(json.dumps(decision.record())), "x", now=NOON) == decision


def test_a_record_of_tomorrow_is_read_and_one_of_next_week_is_not() -> None:
    record = decided(two(), reported(two()), "update").record()
    read_decision(record | {"at": "2024-03-06T11:00:00Z"}, "x", now=NOON)
    with pytest.raises(InputError, match="which is to come"):
        read_decision(record | {"at": "2024-03-12T11:00:00Z"}, "x", now=NOON)
