"""Findings: pairs about one matter joined, with their timeline, ranked, under ids that hold from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contradict.claims import read_claims
from contradict.findings import find, rank, worth
from contradict.types import (
    Claim,
    Document,
    Finding,
    Kind,
    Matter,
    Pair,
    Probabilities,
    Relation,
    Sentence,
    TimeSpan,
    Verdict,
)

SHARES = {
    Relation.CONTRADICTION: Probabilities(0.7, 0.1, 0.1, 0.1),
    Relation.UPDATE: Probabilities(0.1, 0.7, 0.1, 0.1),
}


def claim(text: str, *, document: str, day: int | None = 1, source: str = "Echo") -> Claim:
    when = TimeSpan(date(2023, 6, day), date(2023, 6, day)) if day else None
    article = Document(id=document, path="", text=text, source=source, date=when)
    found, _ = read_claims(Sentence(article, 0, 0, len(text)))
    return next(each for each in found if each.figure is not None)


def verdict(
    one: Claim,
    other: Claim,
    relation: Relation = Relation.CONTRADICTION,
    *,
    shares: Probabilities | None = None,
    matter: str = "Deaths",
) -> Verdict:
    return Verdict(
        pair=Pair(one, other, 0.9, 0.9),
        relation=relation,
        kind=Kind.FIGURE,
        probabilities=shares or SHARES[relation],
        reason="",
        matter=matter,
        same_speaker=None,
        same_source=False,
    )


def deaths(number: int, *, document: str, place: str = "Peru", day: int | None = 1) -> Claim:
    return claim(f"The storm killed {number} people in {place}.", document=document, day=day)


def grouped(findings: Sequence[Finding]) -> set[frozenset[str]]:
    return {frozenset(each.id for each in finding.verdicts) for finding in findings}


def tolls(count: int) -> list[Claim]:
    """So many reports of one death toll, a day apart."""
    return [deaths(40 + 7 * i, document=f"report {i}", day=1 + i) for i in range(count)]


# Joining


def test_no_verdict_is_no_finding() -> None:
    assert find([]) == ()


def test_many_reports_of_one_toll_are_one_finding() -> None:
    reports = tolls(8)
    verdicts = [verdict(a, b, Relation.UPDATE) for i, a in enumerate(reports) for b in reports[i + 1 :]]
    (finding,) = find(verdicts)
    assert len(finding.verdicts) == 28
    assert [statement.said for statement in finding.timeline] == [str(40 + 7 * i) for i in range(8)]


def test_two_pairs_that_share_a_statement_are_one_finding() -> None:
    one, two, three = tolls(3)
    (finding,) = find([verdict(one, two), verdict(two, three)])
    assert len(finding.verdicts) == 2


def test_two_pairs_that_share_no_statement_are_two_findings() -> None:
    one, two, three, four = tolls(4)
    assert len(find([verdict(one, two), verdict(three, four)])) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The storm killed 43 people in Peru.", "The storm killed 43 people in Kenya."),
        ("The storm killed 43 people in Peru.", "The storm injured 43 people in Peru."),
        ("Owners sold 43 tractors.", "Owners sold 43 horses."),
        ("Owners paid $43.", "Owners paid €43."),
        ("The mast is 43 metres tall.", "The load is 43 tonnes."),
    ],
)
def test_pairs_about_two_matters_are_two_findings(one: str, other: str) -> None:
    pairs = [
        verdict(claim(text, document="one"), claim(text.replace("43", "90"), document="two")) for text in (one, other)
    ]
    assert len(find(pairs)) == 2


def budgets(*wordings: str) -> list[Claim]:
    return [claim(text, document=f"{number} {text}") for number, text in enumerate(wordings)]


def test_one_conflict_of_two_figures_is_one_finding_however_it_is_worded() -> None:
    wanted, sought, asked, wish = budgets(
        "The mayor wanted $5.7 million for the bridge.",
        "The mayor sought $5 million in funding for the bridge.",
        "The mayor demanded $5 million in aid for the bridge.",
        "The request includes about $5.7 million for the bridge.",
    )
    (finding,) = find([verdict(wanted, sought), verdict(wanted, asked), verdict(wish, asked)])
    assert len(finding.verdicts) == 3


@pytest.mark.parametrize("third", ["The mayor demanded $3 million in aid.", "The mayor demanded €5 million in aid."])
def test_another_thing_and_another_figure_is_another_finding(third: str) -> None:
    wanted, sought, asked = budgets(
        "The mayor wanted $5.7 million.", "The mayor sought $5 million in funding for the bridge.", third
    )
    assert len(find([verdict(wanted, sought), verdict(wanted, asked)])) == 2


def test_one_conflict_of_two_figures_that_shares_no_statement_is_two_findings() -> None:
    wanted, sought, asked, wish = budgets(
        "The mayor wanted $5.7 million for the bridge.",
        "The mayor sought $5 million in funding for the bridge.",
        "The club demanded $5 million in aid.",
        "The request of the club includes $5.7 million.",
    )
    assert len(find([verdict(wanted, sought), verdict(asked, wish)])) == 2


def test_one_conflict_of_two_kinds_of_event_is_two_findings() -> None:
    most, killed = deaths(12, document="one"), deaths(5, document="two")
    hurt = claim("The storm injured 5 people in Peru.", document="three")
    assert len(find([verdict(most, killed), verdict(most, hurt)])) == 2


def test_a_figure_in_another_unit_is_the_same_figure() -> None:
    wanted, sought, asked = budgets(
        "The mayor wanted $5.7 million.", "The mayor sought US$5 million in funding.", "He demanded $5 million in aid."
    )
    assert len(find([verdict(wanted, sought), verdict(wanted, asked)])) == 1


def test_claims_as_a_whole_set_no_two_figures_against_each_other() -> None:
    def whole(name: str) -> Claim:
        stated = claim(f"Rita paid $43 for {name}.", document=name)
        return replace(stated, figure=None, matter=Matter(head=name))

    one, two, three = map(whole, ("cows", "land", "hay"))
    assert len(find([verdict(one, two), verdict(one, three)])) == 2


def test_every_verdict_is_in_exactly_one_finding() -> None:
    reports = tolls(6)
    verdicts = [verdict(a, b) for a, b in zip(reports, reports[2:], strict=False)]
    held = [each.id for finding in find(verdicts) for each in finding.verdicts]
    assert sorted(held) == sorted(each.id for each in verdicts)


# What a finding tells


def test_one_contradiction_makes_a_contradiction_of_the_finding() -> None:
    one, two, three = tolls(3)
    certain = Probabilities(0.0, 0.99, 0.01, 0.0)
    unsure = Probabilities(0.3, 0.2, 0.25, 0.25)
    mixed = [verdict(one, two, Relation.UPDATE, shares=certain), verdict(two, three, shares=unsure)]
    assert find(mixed)[0].relation is Relation.CONTRADICTION
    assert find(mixed[:1])[0].relation is Relation.UPDATE


def test_the_strongest_pair_leads_and_lends_matter_and_score() -> None:
    one, two, three = tolls(3)
    weak = verdict(one, two, shares=Probabilities(0.4, 0.1, 0.3, 0.2), matter="Weak")
    strong = verdict(two, three, shares=Probabilities(0.8, 0.1, 0.05, 0.05), matter="Strong")
    (finding,) = find([weak, strong])
    assert (finding.matter, finding.score) == ("Strong", strong.score)
    assert [each.id for each in finding.verdicts] == [strong.id, weak.id]


def test_a_timeline_runs_from_the_earliest_statement_to_the_latest_with_the_undated_last() -> None:
    late, early, undated = (deaths(n, document=str(n), day=day) for n, day in ((90, 20), (43, 2), (51, None)))
    (finding,) = find([verdict(late, early), verdict(late, undated)])
    assert [(statement.said, statement.date) for statement in finding.timeline] == [
        ("43", TimeSpan(date(2023, 6, 2), date(2023, 6, 2))),
        ("90", TimeSpan(date(2023, 6, 20), date(2023, 6, 20))),
        ("51", None),
    ]


def test_a_statement_of_the_timeline_names_its_bounds_its_speaker_and_its_outlet() -> None:
    one = claim("At least 43 people died in Peru, Kenya said.", document="one", source="Echo")
    (finding,) = find([verdict(one, deaths(90, document="two"))])
    statement = next(each for each in finding.timeline if each.document == "one")
    assert (statement.low, statement.high, statement.said) == (Decimal(43), None, "At least 43")
    assert (statement.speaker, statement.source) == ("Kenya", "Echo")


def test_a_move_between_two_levels_stands_in_the_timeline_with_the_level_that_holds() -> None:
    one = claim("The death toll in Peru rose from 43 to 90.", document="one")
    (finding,) = find([verdict(one, deaths(120, document="two"))])
    statement = next(each for each in finding.timeline if each.document == "one")
    assert (statement.low, statement.high) == (Decimal(90), Decimal(90))


# Ranking


def test_contradictions_come_before_updates_of_the_same_probability() -> None:
    one, two = deaths(43, document="one"), deaths(90, document="two")
    three, four = (deaths(n, document=str(n), place="Kenya") for n in (51, 70))
    findings = find([verdict(one, two, Relation.UPDATE), verdict(three, four)])
    assert [finding.relation for finding in findings] == [Relation.CONTRADICTION, Relation.UPDATE]
    assert worth(findings[0].verdicts[0]) > worth(findings[1].verdicts[0])


def test_findings_come_in_the_order_of_their_rank() -> None:
    places = ("Peru", "Kenya", "Chile", "Nepal", "Ghana")
    verdicts = [
        verdict(
            deaths(43, document=f"{place} one", place=place),
            deaths(90, document=f"{place} two", place=place),
            shares=Probabilities(share, 0.1, 0.0, 0.9 - share),
        )
        for place, share in zip(places, (0.4, 0.8, 0.3, 0.7, 0.5), strict=True)
    ]
    ranks = [rank(finding) for finding in find(verdicts)]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == 5


# Ids


def many() -> list[Verdict]:
    reports = tolls(5)
    elsewhere = [deaths(43 + i, document=f"elsewhere {i}", place="Kenya") for i in range(4)]
    return [
        *(verdict(a, b, Relation.UPDATE) for a, b in pairwise(reports)),
        *(verdict(a, b) for a, b in pairwise(elsewhere)),
        verdict(claim("Owners paid $43.", document="one"), claim("Owners paid $90.", document="two")),
    ]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_the_verdicts_changes_nothing(order: list[int]) -> None:
    verdicts = many()
    findings, again = find(verdicts), find([verdicts[i] for i in order])
    assert [finding.id for finding in again] == [finding.id for finding in findings]
    assert grouped(again) == grouped(findings)
    for one, other in zip(findings, again, strict=True):
        assert one.timeline == other.timeline
        assert [each.id for each in one.verdicts] == [each.id for each in other.verdicts]
        assert (one.matter, one.relation, one.score) == (other.matter, other.relation, other.score)


def test_a_verdict_has_the_same_id_from_either_side() -> None:
    one, two = tolls(2)
    assert verdict(one, two).id == verdict(two, one).id


def test_ids_hold_when_another_article_comes_in() -> None:
    verdicts = many()
    before = {finding.id for finding in find(verdicts)}
    more = verdict(deaths(11, document="new one", place="Nepal"), deaths(99, document="new two", place="Nepal"))
    after = {finding.id for finding in find([more, *verdicts])}
    assert before < after
    assert len(after) == len(before) + 1


def test_ids_tell_two_figures_of_one_sentence_apart() -> None:
    text = "The storm killed 43 people in Peru and 90 people in Kenya."
    found, _ = read_claims(Sentence(Document(id="one", path="", text=text), 0, 0, len(text)))
    first, second = (each for each in found if each.figure is not None)
    other = deaths(51, document="two")
    assert verdict(first, other).id != verdict(second, other).id
