"""The line from end to end with the bundled models: the sample corpus scanned, pairs judged, the same bytes twice."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, RunCommand

from contradict.documents import read_collection
from contradict.encoders import Encoder, load_encoder
from contradict.passages import JudgeRow, Passage, judge
from contradict.pipeline import scan
from contradict.report import judgement_record, pair_record, write_report
from contradict.settings import Settings
from contradict.static import load_static_encoder
from contradict.types import LISTED, Collection, Document, Relation, Scan, TimeSpan, Verdict

CORPUS = ROOT / "corpus"
SECONDS = 60
"""Longest that a scan of the sample corpus may take, reading and loading of models included; it takes about 15."""

NOT_YET = frozenset(
    """nobody-hurt broke-when fire-when remaining-institute leak-rate-revised clean-up-staff-later clean-up-cost
    injured-rise injured-rise-first from-poland""".split()
)
"""Rows of corpus_expected.jsonl not found yet. Take rows out; one comes in with the reason alone.

A claim without a figure, dates in sentences that share few words, and figures whose sentences do not name the event in
their own clause (the head then puts them below even odds). `from-poland` came in with labels of what a scan of general
news had listed: the head puts it at 0.49 since, and no longer walks into the trap `poisoned`.
"""


def day(year: int, month: int, number: int) -> TimeSpan:
    return TimeSpan(date(year, month, number), date(year, month, number))


def load_scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_corpus", ROOT / "eval" / "score_corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_corpus"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Run:
    """A scan of the sample corpus, and how long it took."""

    collection: Collection
    result: Scan
    seconds: float


@pytest.fixture(scope="module")
def started() -> float:
    return time.perf_counter()


@pytest.fixture(scope="module")
def encoder(started: float) -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def run(started: float, encoder: Encoder) -> Run:
    collection = read_collection([str(CORPUS)])
    result = scan(collection, settings=Settings(), encoder=encoder)
    return Run(collection, result, time.perf_counter() - started)


@pytest.fixture(scope="module")
def score(run: Run) -> Any:
    scorer = load_scorer()
    records = [json.loads(json.dumps(pair_record(verdict, finding.id), default=str))
               for finding in run.result.findings for verdict in finding.verdicts]  # fmt: skip
    return scorer.score(records, scorer.read_records(scorer.EXPECTED))


def failed(score: Any, must: str) -> set[str]:
    return {outcome.row["id"] for outcome in score.outcomes if not outcome.ok and outcome.row["must"] == must}


# The sample corpus


def test_the_sample_corpus_is_scanned_in_under_a_minute(run: Run) -> None:
    assert run.seconds < SECONDS
    assert run.result.counts["documents"] == len(run.collection.documents) > 15
    assert run.result.counts["pairs"] > run.result.counts["contradiction"] + run.result.counts["update"] > 0


def test_what_is_planted_in_the_corpus_is_found(score: Any) -> None:
    assert failed(score, "find") <= NOT_YET


def test_a_row_that_is_found_does_not_stay_among_those_to_come(score: Any) -> None:
    assert failed(score, "find") >= NOT_YET


def test_no_trap_of_the_corpus_is_walked_into(score: Any) -> None:
    assert failed(score, "never") == frozenset()


def test_little_is_listed_that_nobody_planted(score: Any) -> None:
    reasons = [pair["reason"] for pair in score.others]
    assert len(reasons) <= load_scorer().OTHERS_ALLOWED, "\n".join(reasons)


def test_the_corpus_needs_every_stage_of_the_line(run: Run) -> None:
    assert set(run.result.seconds) == {"link", "extract", "pair", "judge", "load", "arithmetic", "findings"}
    assert set(run.result.models) == {"all-MiniLM-L6-v2", load_static_encoder().name, "gate", "verdict head"}
    assert all(len(digest) == 64 for digest in run.result.models.values())


def test_every_listed_pair_is_in_one_finding_and_explains_itself(run: Run) -> None:
    listed = [verdict.id for finding in run.result.findings for verdict in finding.verdicts]
    assert sorted(listed) == sorted(verdict.id for verdict in run.result.verdicts)
    assert len(set(listed)) == len(listed)
    for verdict in run.result.verdicts:
        assert verdict.relation in LISTED
        assert verdict.reason.endswith(".")
        assert verdict.matter
        for claim in (verdict.pair.a, verdict.pair.b):
            assert claim.said in claim.sentence.text
            assert claim.document.text[claim.sentence.start : claim.sentence.end] == claim.sentence.text


def test_two_sentences_give_three_pairs_at_most_and_each_figure_one(run: Run) -> None:
    met: dict[frozenset[tuple[str, int]], list[Verdict]] = {}
    for verdict in run.result.verdicts:
        sides = frozenset((each.document.id, each.sentence.start) for each in (verdict.pair.a, verdict.pair.b))
        met.setdefault(sides, []).append(verdict)
    for verdicts in met.values():
        keys = [claim.key for verdict in verdicts for claim in (verdict.pair.a, verdict.pair.b)]
        assert len(verdicts) <= 3
        assert len(set(keys)) == len(keys)


def written(result: Scan, folder: Path) -> Mapping[str, bytes]:
    moment = datetime(2023, 7, 1, tzinfo=UTC)
    files = write_report(result, folder, started=moment, finished=moment)
    return {name: path.read_bytes() for name, path in files.items()}


def test_the_same_articles_give_the_same_bytes(run: Run, encoder: Encoder, tmp_path: Path) -> None:
    again = scan(read_collection([str(CORPUS)]), settings=Settings(), encoder=encoder)
    first, second = written(run.result, tmp_path / "first"), written(again, tmp_path / "second")
    assert set(first) == {"findings.jsonl", "pairs.jsonl", "documents.jsonl", "pairs.csv", "report.html", "run.json"}
    for name in set(first) - {"run.json"}:  # the run record alone says how long each stage took
        assert first[name] == second[name], name


# Documents of one's own

STORM = """The storm that crossed Peru on Sunday killed 43 people, rescue workers said.

Roads to the coast stay closed and most schools are shut.

{again}
"""


def article(name: str, text: str, *, on: TimeSpan | None = None, source: str = "") -> Document:
    return Document(id=name, path=f"{name}.txt", text=text, source=source or name, date=on or day(2023, 5, 2))


def relations(documents: list[Document], encoder: Encoder, *, settings: Settings) -> list[Relation]:
    result = scan(Collection(tuple(documents)), settings=settings, encoder=encoder)
    return [verdict.relation for verdict in result.verdicts]


def test_sentences_of_one_article_are_compared_only_when_asked(encoder: Encoder, run: Run) -> None:
    one = article("one", STORM.format(again="The storm that crossed Peru on Sunday killed 90 people, the mayor said."))
    assert relations([one], encoder, settings=Settings()) == []
    assert relations([one], encoder, settings=Settings(within=True)) == [Relation.CONTRADICTION]
    sides = [(verdict.pair.a.document.id, verdict.pair.b.document.id) for verdict in run.result.verdicts]
    assert [side for side in sides if side[0] == side[1]] == []


def test_the_period_leaves_out_articles_and_says_so(encoder: Encoder) -> None:
    texts = [STORM.format(again="").replace("43", number) for number in ("43", "90")]
    documents = [article("one", texts[0]), article("two", texts[1], on=day(2023, 5, 3))]
    assert relations(documents, encoder, settings=Settings()) == [Relation.UPDATE]
    late = scan(Collection(tuple(documents)), settings=Settings(since=date(2023, 5, 3)), encoder=encoder)
    assert late.verdicts == ()
    assert [(item.path, item.reason) for item in late.collection.not_compared] == [
        ("one.txt", "published before 2023-05-03")
    ]


def test_the_least_score_leaves_out_weaker_pairs(encoder: Encoder, run: Run) -> None:
    middle = sorted(verdict.score for verdict in run.result.verdicts)[len(run.result.verdicts) // 2]
    strict = scan(run.collection, settings=Settings(min_score=middle), encoder=encoder)
    kept = {verdict.id for verdict in run.result.verdicts if verdict.score >= middle}
    assert {verdict.id for verdict in strict.verdicts} >= kept
    assert all(verdict.score >= middle for verdict in strict.verdicts)
    assert len(strict.verdicts) < len(run.result.verdicts)


def test_a_calculation_that_fails_is_a_finding_and_one_that_holds_is_listed_when_asked(encoder: Encoder) -> None:
    texts = ("Of the 9 goats 3 were black and the other 4 white.", "The 6 nurses (2 men and 4 women) were tired.")
    collection = Collection(tuple(article(str(index), text) for index, text in enumerate(texts)))
    plain = scan(collection, settings=Settings(), encoder=encoder)
    assert [(finding.relation, finding.check and finding.check.reason) for finding in plain.findings] == [
        (Relation.CONTRADICTION, "3 + 4 = 7, but 9 is stated.")
    ]
    assert (plain.counts["calculations"], plain.counts["calculations that hold"], plain.verdicts) == (2, 1, ())
    asked = scan(collection, settings=Settings(arithmetic=True), encoder=encoder)
    assert [finding.relation for finding in asked.findings] == [Relation.CONTRADICTION, Relation.AGREEMENT]
    strict = scan(collection, settings=Settings(min_score=0.99), encoder=encoder)
    assert strict.findings == ()


@pytest.mark.parametrize("texts", [[], [""], ["\n\n"], ["No figure stands here.", "Nor here."], ["43 people died."]])
def test_a_collection_without_anything_to_compare_gives_nothing(texts: list[str], encoder: Encoder) -> None:
    documents = tuple(article(str(index), text) for index, text in enumerate(texts))
    result = scan(Collection(documents), settings=Settings(), encoder=encoder)
    assert (result.verdicts, result.findings) == ((), ())


def test_a_report_within_the_scanned_folder_is_never_read(contradict_command: RunCommand, working_folder: Path) -> None:
    folder = working_folder / "articles"
    folder.mkdir()
    for name, number in (("one", "43"), ("two", "90")):
        text = f"Published 2 May 2023\n\n{STORM.format(again='').replace('43', number)}"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    found = []
    for _ in range(2):
        outcome = contradict_command("scan", folder, "-o", folder / "report", "--quiet")
        assert outcome.status == 0, outcome.stderr
        found.append((folder / "report" / "findings.jsonl").read_bytes())
    record = json.loads((folder / "report" / "run.json").read_text(encoding="utf-8"))
    assert record["counts"]["documents"] == 2
    assert [item["path"] for item in record["skipped"]] == [str(folder / "report")]
    assert found[0] == found[1] != b""


# Judging

ROWS: dict[str, tuple[Passage, Passage, Relation]] = {
    "leak": (
        Passage("The Marlow wreck leaks 5,000 barrels of oil a day, its owner said.", day(2021, 3, 6), "Harbour Post"),
        Passage("The Marlow wreck leaks 12,000 barrels of oil a day, scientists said.", day(2021, 3, 6), "Saltmarsh"),
        Relation.CONTRADICTION,
    ),
    "toll rises": (
        Passage("The earthquake in Nepal killed 430 people, police said.", day(2021, 3, 6), "Echo"),
        Passage("The earthquake in Nepal killed 912 people, police said.", day(2021, 3, 9), "Herald"),
        Relation.UPDATE,
    ),
    "toll falls": (
        Passage("The earthquake in Nepal killed 912 people, police said.", day(2021, 3, 6), "Echo"),
        Passage("The earthquake in Nepal killed 430 people, police said.", day(2021, 3, 9), "Herald"),
        Relation.CONTRADICTION,
    ),
    "rounding": (
        Passage("Almost 7,000 foreign pilots have arrived in Ukraine since spring.", day(2021, 3, 6), "Echo"),
        Passage("Since spring, 6,950 foreign pilots have arrived in Ukraine.", day(2021, 3, 6), "Herald"),
        Relation.AGREEMENT,
    ),
    "dead and hurt": (
        Passage("The earthquake in Nepal killed 430 people, police said.", day(2021, 3, 6), "Echo"),
        Passage("The earthquake in Nepal injured 2,900 people, police said.", day(2021, 3, 6), "Herald"),
        Relation.UNRELATED,
    ),
    "another country": (
        Passage("An earthquake killed 430 people in Nepal.", day(2021, 3, 6), "Echo"),
        Passage("An earthquake killed 85 people in Chile.", day(2021, 3, 6), "Herald"),
        Relation.UNRELATED,
    ),
    "what is left": (
        Passage("The depot in Oslo held 4,900 pumps and lent out 2,150 pumps.", day(2021, 3, 6), "Echo"),
        Passage("The depot in Oslo has 2,750 pumps left.", day(2021, 3, 6), "Herald"),
        Relation.AGREEMENT,
    ),
    "men and police": (
        Passage("The council agreed to send 2,000 more troops and 1,500 police to Haiti.", day(2021, 3, 6), "Echo"),
        Passage("The council agreed to send 3,500 more peacekeepers to Haiti.", day(2021, 3, 6), "Herald"),
        Relation.AGREEMENT,
    ),
    "nothing to compare": (
        Passage("The mayor opened the bridge.", day(2021, 3, 6), "Echo"),
        Passage("The bridge cost £43 million.", day(2021, 3, 6), "Herald"),
        Relation.UNRELATED,
    ),
}


@pytest.fixture(scope="module")
def answers(encoder: Encoder) -> dict[str, Verdict]:
    rows = [JudgeRow(name, a, b) for name, (a, b, _) in ROWS.items()]
    return dict(zip(ROWS, judge(rows, encoder=encoder), strict=True))


@pytest.mark.parametrize("name", ROWS)
def test_a_pair_of_sentences_is_judged_as_a_careful_editor_would(name: str, answers: dict[str, Verdict]) -> None:
    assert answers[name].relation is ROWS[name][2], answers[name].reason


def test_answers_come_in_the_order_of_the_rows(encoder: Encoder, answers: dict[str, Verdict]) -> None:
    names = list(reversed(ROWS))
    rows = [JudgeRow(name, *ROWS[name][:2]) for name in names]
    again = list(judge(rows, encoder=encoder))
    assert [verdict.reason for verdict in again] == [answers[name].reason for name in names]
    assert [verdict.pair.a.document.id.split("/")[0] for verdict in again] == names


def test_the_sides_of_a_pair_may_be_given_either_way(encoder: Encoder, answers: dict[str, Verdict]) -> None:
    rows = [JudgeRow(name, b, a) for name, (a, b, _) in ROWS.items()]
    for name, verdict in zip(ROWS, judge(rows, encoder=encoder), strict=True):
        assert verdict.relation is answers[name].relation, name
        assert verdict.score == pytest.approx(answers[name].score, abs=1e-6), name


def test_the_figures_are_told_under_the_sides_that_were_given(encoder: Encoder) -> None:
    texts = ("The earthquake in Nepal killed 912 people.", "The earthquake in Nepal killed 430 people.")
    later, earlier = (Passage(text, day(2021, 3, at), "Echo") for text, at in zip(texts, (9, 6), strict=True))
    (verdict,) = judge([JudgeRow("one", later, earlier)], encoder=encoder)
    assert verdict.pair.a.said == "430"  # the earlier first
    record = judgement_record("one", verdict)
    assert [record[side]["surface"] for side in ("figure_a", "figure_b")] == ["912", "430"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Nepal built 60 schools for 900 pupils.", "Nepal built 60 schools for more than 870 pupils."), "900"),
        (("Nepal built 60 schools in May 2021.", "Nepal built 60 schools in May 2021."), "60"),
    ],
)
def test_of_figures_that_agree_those_that_are_not_the_same_say_more(
    texts: tuple[str, str], told: str, encoder: Encoder
) -> None:
    sides = [Passage(text, day(2021, 7, 6), "Echo") for text in texts]
    (verdict,) = judge([JudgeRow("one", *sides)], encoder=encoder)
    assert (verdict.relation, verdict.pair.a.said) == (Relation.AGREEMENT, told)


TOLLS = ("The storm in Peru killed 43 people on Friday.", "The storm in Peru killed 57 people on Friday.")


@pytest.mark.parametrize(
    ("beside", "differ"),
    [
        (("The mayor was away.", "The mayor was away."), True),
        (("It sank 57 boats as well.", "It sank 43 boats as well."), False),
        (("One of the dead, Ann Lee, 57, had built it.", "One of the dead, Bo Day, 43, had built it."), True),
        (("It cost between $40 and $74.", "Some 43 km of road and dozens of boats are gone."), True),
    ],
)
def test_what_both_articles_print_is_no_difference_to_the_judge_and_to_a_scan(
    beside: tuple[str, str], differ: bool, encoder: Encoder
) -> None:
    when = day(2021, 3, 6)
    sides = [Passage(text, when, source, "", after) for text, source, after in zip(TOLLS, "AB", beside, strict=True)]
    (verdict,) = judge([JudgeRow("one", *sides)], encoder=encoder)
    assert (verdict.relation in LISTED) is differ, verdict.reason
    documents = [
        Document(id=source, path=source, text=f"{text} {after}", source=source, date=when)
        for text, source, after in zip(TOLLS, "AB", beside, strict=True)
    ]
    (relation,) = relations(documents, encoder, settings=Settings()) or (None,)
    assert (relation in LISTED) is differ


def test_of_several_figures_the_one_that_differs_most_is_answered_with(encoder: Encoder) -> None:
    texts = [f"The earthquake in Nepal killed {dead} people and wrecked 60 schools." for dead in (430, 912)]
    sides = [Passage(text, day(2021, 3, 6), source) for text, source in zip(texts, ("Echo", "Herald"), strict=True)]
    rows = [JudgeRow("one", *sides)]
    (verdict,) = judge(rows, encoder=encoder)
    assert {verdict.pair.a.said, verdict.pair.b.said} == {"430", "912"}
    assert verdict.relation is Relation.CONTRADICTION


def harbour(cranes: object, barges: object, on: int | None) -> Passage:
    text = f"Inspectors from Orvik counted {cranes} cranes and {barges} barges in the harbour."
    return Passage(text, None if on is None else day(2021, 3, on), "Echo")


@pytest.mark.parametrize("when", [6, None])
@pytest.mark.parametrize(("one", "other"), [(5, 8), (5, 800), ("more than 12", 5), ("more than 5", 12)])
def test_in_the_same_words_another_figure_in_one_place_differs(
    one: object, other: object, when: int | None, encoder: Encoder
) -> None:
    (verdict,) = judge([JudgeRow("one", harbour(one, 3, when), harbour(other, 3, when))], encoder=encoder)
    assert verdict.relation in LISTED, verdict.reason
    assert {verdict.pair.a.said, verdict.pair.b.said} == {str(one), str(other)}
    assert verdict.pair.a.stated.counted == verdict.pair.b.stated.counted == "cranes"


def test_in_the_same_words_of_another_day_the_head_decides(encoder: Encoder) -> None:
    (same, later) = judge([JudgeRow(str(on), harbour(5, 3, 6), harbour(800, 3, on)) for on in (6, 19)], encoder=encoder)
    assert same.score > 0.6
    assert later.score < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The shop on 5th Avenue was shut on Monday.", "The shop on 7th Avenue was shut on Monday."),
        ("Orvik won the match 3-1 on Monday.", "Orvik won the match 3-0 on Monday."),
    ],
)
def test_in_the_same_words_a_figure_that_names_something_is_not_compared(
    one: str, other: str, encoder: Encoder
) -> None:
    when = day(2021, 3, 6)
    (verdict,) = judge([JudgeRow("one", Passage(one, when, "Echo"), Passage(other, when, "Herald"))], encoder=encoder)
    assert verdict.relation is Relation.UNRELATED, verdict.reason


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            "Ann Lee is 31 years old and has 3 boats.",
            "Ann Lee is 35 years old and has 3 boats.",
            {"31 years old", "35 years old"},
        ),
        ("Ann Lee came 3rd of 9 in Peru.", "Ann Lee came 4th of 9 in Peru.", {"3rd", "4th"}),
        ("Ann Lee swims alone for 8 hours.", "Ann Lee swims alone for 5 hours.", {"8 hours", "5 hours"}),
    ],
)
def test_in_the_same_words_ages_ranks_and_spans_are_compared_too(
    one: str, other: str, told: set[str], encoder: Encoder
) -> None:
    (verdict,) = judge([JudgeRow("one", Passage(one), Passage(other))], encoder=encoder)
    assert verdict.relation in LISTED, verdict.reason
    assert {claim.stated.surface for claim in (verdict.pair.a, verdict.pair.b)} == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        # what another figure says of the same thing is said in another place
        ("Orvik has 5 deputy mayors and 5 mayors.", "Orvik has 9 deputy mayors and 5 mayors.", {"5", "9"}),
        # nor does it come to it
        (
            "Holm ran 11 miles and Ann 5 miles in Peru.",
            "Holm ran 6 miles and Ann 5 miles in Peru.",
            {"11 miles", "6 miles"},
        ),
    ],
)
def test_in_the_same_words_no_other_figure_explains_one(one: str, other: str, told: set[str], encoder: Encoder) -> None:
    (verdict,) = judge([JudgeRow("one", Passage(one), Passage(other))], encoder=encoder)
    assert verdict.relation in LISTED, verdict.reason
    assert {verdict.pair.a.said, verdict.pair.b.said} == told


def test_the_sentences_around_a_passage_are_read_but_not_compared(encoder: Encoder) -> None:
    one = Passage(
        "The toll stands at 430.", day(2021, 3, 6), "Echo", before="The earthquake in Nepal hurt 2,900 people."
    )
    other = Passage("The toll stands at 430.", day(2021, 3, 6), "Herald", after="It hurt 7,700 people.")
    (verdict,) = judge([JudgeRow("one", one, other)], encoder=encoder)
    assert {verdict.pair.a.said, verdict.pair.b.said} == {"430"}


def test_no_rows_give_no_answers(encoder: Encoder) -> None:
    assert list(judge([], encoder=encoder)) == []
