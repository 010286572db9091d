"""The present state follows from the log, and decisions are found again after the articles or the run have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_cases import BOATS, ROOFS, decided, found, reported, stated, two

from contradict.report import Report
from contradict.review import Choice, Decision, Status, present
from contradict.review.matching import SIMILAR, Match, Matcher, What, similarity
from contradict.review.records import ACCEPTED, DISMISSED
from contradict.review.state import fingerprint, last_of, live, new_findings, standing_of
from contradict.types import Finding

TODAY = date(2024, 3, 6)


def status(log: Sequence[Decision], report: Report, finding: Finding, reviewer: str = "Kari") -> Status | None:
    standing = present(log, Matcher(report), today=TODAY).of(reviewer).get(finding.id)
    return standing.status if standing is not None else None


def matched(decision: Decision, *findings: Finding) -> Match | None:
    return Matcher(reported(*findings)).find(decision)


def undo(of: Decision, minute: int) -> Decision:
    return Decision(id=f"undo-{minute}", at=f"2024-03-05T13:{minute:02}:00.000000Z", reviewer=of.reviewer,
                    finding=of.finding, undoes=of.id)  # fmt: skip


# From the log to the state


def test_a_finding_without_a_record_has_no_standing() -> None:
    assert status([], reported(two()), two()) is None


@pytest.mark.parametrize("choice", Choice)
def test_a_decision_decides(choice: Choice) -> None:
    report = reported(two())
    assert status([decided(two(), report, choice)], report, two()) is Status.DECIDED


def test_the_last_record_holds() -> None:
    report = reported(two())
    log = [decided(two(), report, Choice.UPDATE, minute=1), decided(two(), report, Choice.UNSURE, minute=2)]
    state = present(log, Matcher(report), today=TODAY)
    assert state.of("Kari")[two().id].decision.decision is Choice.UNSURE


def test_records_count_by_their_time_and_not_by_when_they_were_brought_in() -> None:
    report = reported(two())
    log = [decided(two(), report, Choice.UPDATE, minute=2), decided(two(), report, Choice.UNSURE, minute=1)]
    assert present(log, Matcher(report), today=TODAY).of("Kari")[two().id].decision.decision is Choice.UPDATE


def test_undo_goes_back_step_by_step_to_the_beginning() -> None:
    report, choices = reported(two()), list(Choice)
    log = [decided(two(), report, choice, minute=minute) for minute, choice in enumerate(choices)]
    for minute, choice in enumerate(reversed(choices)):
        last = last_of(log, "Kari")
        assert last is not None
        assert last.decision is choice
        log.append(undo(last, minute))
    assert last_of(log, "Kari") is None
    assert status(log, report, two()) is None


def test_nobody_takes_back_what_another_decided() -> None:
    report = reported(two())
    mine = decided(two(), report, Choice.UPDATE)
    log = [mine, replace(undo(mine, 1), reviewer="Ola")]
    assert status(log, report, two()) is Status.DECIDED


@pytest.mark.parametrize(
    ("until", "expected"), [("2024-03-07", Status.SNOOZED), ("2024-03-06", Status.OPEN), ("2024-03-01", Status.OPEN)]
)
def test_a_snoozed_finding_comes_back_on_its_day(until: str, expected: Status) -> None:
    report = reported(two())
    assert status([decided(two(), report, None, snoozed_until=until)], report, two()) is expected


def test_a_note_alone_leaves_a_finding_open() -> None:
    report = reported(two())
    assert status([decided(two(), report, None, note="ask the harbour master")], report, two()) is Status.OPEN


def test_reviewers_have_states_of_their_own() -> None:
    report = reported(two())
    log = [decided(two(), report, Choice.UPDATE), decided(two(), report, Choice.UNRELATED, reviewer="Ola")]
    state = present(log, Matcher(report), today=TODAY)
    choices = {name: state.of(name)[two().id].decision.decision for name in state.reviewers()}
    assert choices == {"Kari": Choice.UPDATE, "Ola": Choice.UNRELATED}


@given(st.lists(st.one_of(st.sampled_from(list(Choice)), st.none()), max_size=20))
def test_whatever_is_decided_and_taken_back_the_state_is_that_of_the_records_left(steps: list[Choice | None]) -> None:
    """None is an undo; held against a plain stack."""
    report, stack, log = reported(two()), list[Decision](), list[Decision]()
    for minute, step in enumerate(steps):
        if step is not None:
            log.append(decided(two(), report, step, minute=minute))
            stack.append(log[-1])
        elif (last := last_of(log, "Kari")) is not None:
            assert last == stack.pop()
            log.append(undo(last, minute))
    assert live(log) == stack
    matcher = Matcher(report)
    assert standing_of(two().id, "Kari", log, matcher, today=TODAY) == (
        present(log, matcher, today=TODAY).of("Kari").get(two().id)
    )


# Found again


def test_another_run_with_the_same_findings_changes_nothing() -> None:
    decision = decided(two(), reported(two()), Choice.CONTRADICTION)
    assert matched(decision, two(ROOFS), two()) == Match(two().id)


@pytest.mark.parametrize("choice", Choice)
def test_a_decided_finding_stays_decided_when_one_more_statement_joins_it(choice: Choice) -> None:
    third = stated("mail", "The storm sank 50 boats in Lund, the coastguard said.", "50")
    claims = [stated(name, *case) for name, case in BOATS.items()]
    grown = found(*claims, third)
    assert grown.id != two().id
    log = [decided(two(), reported(two()), choice)]
    state = present(log, Matcher(reported(grown)), today=TODAY).of("Kari")[grown.id]
    assert state.status is Status.DECIDED
    assert [(each.what, each.statement) for each in state.differences] == [(What.JOINED, third.statement)]


def test_it_stays_decided_when_the_statement_that_joins_comes_to_stand_for_it() -> None:
    third = stated("mail", "The storm sank 50 boats in Lund, the coastguard said.", "50")
    one, other = (stated(name, *case) for name, case in BOATS.items())
    assert status([decided(two(), reported(two()), "unrelated")], reported(g := found(third, one, other)), g) is (
        Status.DECIDED
    )


def test_a_finding_that_swallows_a_small_one_comes_back() -> None:
    claims = [stated(name, *case) for name, case in BOATS.items()]
    more = [
        stated(name, f"In Lund {n} boats went down, said {name}.", n) for name, n in (("mail", "50"), ("sun", "55"))
    ]
    grown = found(*more, *claims)
    assert status([decided(two(), reported(two()), "unrelated")], reported(grown), grown) is Status.CHANGED


def test_an_edit_elsewhere_in_the_article_changes_nothing() -> None:
    edited = two(before="An earlier paragraph, rewritten at length, stands here now.")
    assert edited.id == two().id
    assert status([decided(two(), reported(two()), "contradiction")], reported(edited), edited) is Status.DECIDED


EDITED = {**BOATS, "post": ("The storm sank 31 boats in the harbour of Lund on Friday evening.", "31")}
CORRECTED = {**BOATS, "post": ("The storm sank 36 boats in the harbour of Lund on Friday night.", "36")}


@pytest.mark.parametrize("choice", Choice)
def test_a_lightly_edited_sentence_brings_back_what_was_not_dismissed(choice: Choice) -> None:
    edited = two(EDITED)
    state = present([decided(two(), reported(two()), choice)], Matcher(reported(edited)), today=TODAY)
    standing = state.of("Kari")[edited.id]
    assert standing.status is (Status.DECIDED if choice in DISMISSED else Status.CHANGED)
    (difference,) = standing.differences
    assert (difference.what, difference.was, difference.now) == (What.TEXT, BOATS["post"][0], EDITED["post"][0])


@pytest.mark.parametrize("choice", [*ACCEPTED, *DISMISSED])
def test_a_corrected_figure_brings_back_whatever_was_decided(choice: Choice) -> None:
    corrected = two(CORRECTED)
    state = present([decided(two(), reported(two()), choice)], Matcher(reported(corrected)), today=TODAY)
    standing = state.of("Kari")[corrected.id]
    assert standing.status is Status.CHANGED
    first = standing.differences[0]
    assert (first.what, first.was, first.now) == (What.FIGURE, "31", "36")


def test_a_decision_made_anew_on_the_changed_text_holds() -> None:
    edited = two(EDITED)
    report = reported(edited)
    log = [decided(two(), reported(two()), "contradiction"), decided(edited, report, "contradiction", minute=1)]
    assert status(log, report, edited) is Status.DECIDED


def test_of_two_sentences_in_one_article_the_one_with_the_figure_is_meant() -> None:
    near = stated("post", "The storm sank 36 boats in the harbour of Lund on Friday evening.", "36")
    same = stated("post", EDITED["post"][0], "31", before=near.document.text)
    other = stated("echo", *BOATS["echo"])
    decision = decided(two(), reported(two()), "contradiction")
    match = matched(decision, found(near, other), found(same, other))
    assert match is not None
    assert match.finding == found(same, other).id


def test_an_article_under_another_id_is_found_by_its_very_sentence() -> None:
    moved = found(stated("post", *BOATS["post"], id="archive/2024/post"), stated("echo", *BOATS["echo"]))
    match = matched(decided(two(), reported(two()), "contradiction"), moved)
    assert match == Match(moved.id)


def test_another_sentence_is_not_taken_for_it() -> None:
    assert matched(decided(two(), reported(two()), "contradiction"), two(ROOFS)) is None


def test_the_two_sides_in_two_findings_are_no_longer_that_finding() -> None:
    boats, roofs = ([stated(name, *case) for name, case in cases.items()] for cases in (BOATS, ROOFS))
    decision = decided(two(), reported(two()), "contradiction")
    assert matched(decision, found(boats[0], roofs[1]), found(boats[1], roofs[0])) is None


def test_decisions_on_findings_that_are_gone_are_told() -> None:
    decision = decided(two(), reported(two()), "contradiction")
    assert present([decision], Matcher(reported(two(ROOFS))), today=TODAY).gone == (decision,)


def test_a_record_without_texts_is_found_by_two_of_its_statements() -> None:
    third = stated("mail", "The storm sank 50 boats in Lund, the coastguard said.", "50")
    grown = found(*(stated(name, *case) for name, case in BOATS.items()), third)
    bare = replace(decided(two(), reported(two()), "update"), texts=(), pair=None)
    assert matched(bare, grown, two(ROOFS)) is not None
    assert matched(replace(bare, statements=bare.statements[:1]), grown) is None


def test_where_findings_merge_the_decision_on_the_pair_that_stands_for_them_holds() -> None:
    boats = [stated(name, *case) for name, case in BOATS.items()]
    more = [
        stated(name, f"In Lund {n} boats went down, said {name}.", n) for name, n in (("mail", "50"), ("sun", "55"))
    ]
    before = reported(found(*boats), found(*more))
    merged = found(*boats, *more)
    log = [
        decided(found(*boats), before, "contradiction", minute=1),
        decided(found(*more), before, "unrelated", minute=2),
    ]
    state = present(log, Matcher(reported(merged)), today=TODAY).of("Kari")[merged.id]
    assert state.decision.decision is Choice.CONTRADICTION


def test_sentences_of_a_hundred_thousand_words_are_compared_within_bounds() -> None:
    words = [f"w{number % 977}" for number in range(100_000)]
    assert similarity(words, words[::-1]) < 1
    assert similarity(words, words) == 1


@given(st.lists(st.sampled_from("abcdefgh"), max_size=12), st.lists(st.sampled_from("abcdefgh"), max_size=12))
def test_similarity_is_a_share_and_nothing_below_its_floor(one: list[str], other: list[str]) -> None:
    alike = similarity(one, other)
    assert 0 <= alike <= 1
    assert similarity(one, one) == 1
    if not set(one) & set(other) and one and other:
        assert alike < SIMILAR


# New since the last run


def test_only_findings_of_other_statements_are_new() -> None:
    before = fingerprint(reported(two()))
    assert new_findings(reported(two(), two(ROOFS)), before) == [two(ROOFS).id]


def test_without_an_earlier_run_nothing_is_new() -> None:
    assert new_findings(reported(two()), None) == []


@pytest.mark.parametrize(
    "changed",
    [
        two(EDITED),
        found(*(stated(name, *case) for name, case in BOATS.items()), stated("mail", "Lund lost 50 boats.", "50")),
    ],
)
def test_a_finding_edited_or_grown_is_not_new(changed: Finding) -> None:
    assert new_findings(reported(changed), fingerprint(reported(two()))) == []


def test_a_finding_with_a_corrected_figure_is_new_where_it_was_not_decided() -> None:
    assert new_findings(reported(two(CORRECTED)), fingerprint(reported(two()))) == [two(CORRECTED).id]
