"""Verdicts: what forbids one matter, how probabilities become a relation, and how time weighs in."""

from __future__ import annotations

import math
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contradict.boosting import Boosted
from contradict.claims import read_claims
from contradict.compare import compare
from contradict.evidence import evidence, veto
from contradict.types import Claim, Document, Kind, Pair, Probabilities, Relation, Sentence, TimeSpan, Verdict
from contradict.verdicts import Head, decide, in_time, judge_groups, judge_pairs, load_head

JUNE = date(2023, 6, 1)
JULY = date(2023, 7, 1)


def claims(text: str, *, day: date | None = JUNE, source: str = "") -> list[Claim]:
    document = Document(id=f"{text}@{day}", path="", text=text, source=source, date=TimeSpan(day, day) if day else None)
    found, _ = read_claims(Sentence(document, 0, 0, len(text)))
    return found


def claim(text: str, *, day: date | None = JUNE, source: str = "") -> Claim:
    return next(each for each in claims(text, day=day, source=source) if each.figure is not None)


def forbids(one: str, other: str, *, days: tuple[date | None, date | None] = (JUNE, JUNE), cosine: float = 0.5) -> str:
    return veto(claim(one, day=days[0]), claim(other, day=days[1]), sentence=cosine)


# Veto


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("The storm killed 43 people.", "The storm injured 90 people.", "different kinds of event"),
        ("43 people are missing.", "43 people were arrested.", "different kinds of event"),
        ("43 people died in Peru.", "90 people died in Kenya.", "different places"),
        ("43 people voted in Texas.", "90 people voted in Ohio.", "different places"),
        ("43 confirmed cases were found.", "90 suspected cases were found.", "different categories"),
        ("43 new cases were found.", "A total of 90 cases were found.", "what is new against a total"),
        ("Another 43 people died.", "90 people have died.", "what is new against a total"),
        ("The talks took 43 hours.", "The march took 90 hours.", "different spans of time"),
        ("In 2021 the police counted 43 riots.", "In 2022 the police counted 90 riots.", "different times"),
        ("Ana has won 43 delegates.", "Ana needs 90 delegates.", "what is needed against what there is"),
        ("The bill won 43 votes.", "The 90 votes needed were not there.", "what is needed against what there is"),
        ("It passed with 43 votes.", "It was unable to get 90 votes.", "what is needed against what there is"),
        (
            "43 people died in Milan.",
            "90 people died in Turin, Milan and Rome.",
            "a place against what it is a part of",
        ),
        ("The flood took 43 lives.", "The belts saved 90 lives.", "different kinds of event"),
    ],
)
def test_what_cannot_be_one_matter_is_forbidden(one: str, other: str, why: str) -> None:
    assert forbids(one, other) == forbids(other, one) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The storm killed 43 people.", "The storm left 90 people dead."),
        ("43 people died in Peru.", "90 people died in Lima."),
        ("43 people died in Peru.", "90 people died."),
        ("143 people died in Milan.", "90 people died in Turin, Milan and Rome."),
        ("43 people died in Peru.", "90 people died in Peru and Chile."),
        ("43 people voted in Portland.", "90 people voted in Oregon."),
        ("43 people died in Donbas.", "90 people died in Donbass."),
        ("By 2013 the war had killed 43 people.", "By 2014 the war had killed 40 people."),
        ("In March 2011 the flood killed 43 people.", "The flood killed 90 people in April 2011."),
        ("Ana won 304 votes to win the chair.", "Ana won 306 votes."),
        ("Ana has 43 delegates and Poe needs 12.", "Ana has 40 delegates."),
        ("43 people voted in Ohio.", "90 people voted in the United States."),
        ("43 confirmed cases were found.", "90 cases were found."),
        ("43 people are missing.", "The search goes on for 90 people."),
        ("The mast is 43 metres tall.", "The mast is 90 metres tall."),
        ("In 2021 the police counted 43 riots.", "In 2021 the police counted 90 riots."),
        ("In March 2021 rents stood at 4.3%.", "In May 2022 rents stood at 9%."),
        ("Ana needs 43 delegates.", "The 90 delegates she needs are in Peru."),
        ("Two sides need 43 trucks of grain.", "There are 90 trucks of grain."),
    ],
)
def test_what_may_be_one_matter_is_not_forbidden(one: str, other: str) -> None:
    assert forbids(one, other) == forbids(other, one) == ""


def test_what_is_new_on_two_days_is_two_matters() -> None:
    assert forbids("Another 43 people died.", "Another 90 people died.", days=(JUNE, JULY))
    assert not forbids("Another 43 people died.", "Another 90 people died.", days=(JUNE, JUNE))


def test_spans_of_time_may_be_one_matter_where_the_sentences_say_the_same() -> None:
    assert not forbids("The talks took 43 hours.", "The talks took 90 hours.", cosine=0.95)


def test_a_figure_of_another_year_is_of_another_event() -> None:
    assert forbids("As of 1 May 2021, 43 people had died.", "90 people have died.") == "different times"
    assert not forbids("As of 1 May 2023, 43 people had died.", "90 people have died.")


# Decision


@pytest.mark.parametrize(
    ("shares", "relation"),
    [
        ((0.7, 0.1, 0.1, 0.1), Relation.CONTRADICTION),
        ((0.1, 0.7, 0.1, 0.1), Relation.UPDATE),
        ((0.1, 0.1, 0.7, 0.1), Relation.AGREEMENT),
        ((0.1, 0.1, 0.1, 0.7), Relation.UNRELATED),
        # Each way of differing has the smaller share, both together the larger one.
        ((0.3, 0.25, 0.05, 0.4), Relation.CONTRADICTION),
        ((0.25, 0.3, 0.05, 0.4), Relation.UPDATE),
        ((0.25, 0.2, 0.5, 0.05), Relation.AGREEMENT),
        ((0.0, 0.0, 0.0, 1.0), Relation.UNRELATED),
    ],
)
def test_first_whether_then_how_two_statements_differ(shares: tuple[float, ...], relation: Relation) -> None:
    assert decide(Probabilities(*shares)) is relation


# Judging, with trees that give every row the same shares


def leaf(share: float) -> Boosted:
    """A tree that says the same of every row."""
    sure = min(max(share, 1e-12), 1 - 1e-12)
    odds = math.log(sure / (1 - sure))
    return Boosted(
        feature=np.zeros((1, 1), dtype=np.int32),
        border=np.zeros((1, 1), dtype=np.float32),
        value=np.array([[odds, odds]], dtype=np.float32),
    )


def head(*, same: float, contradiction: float, update: float) -> Head:
    differs = contradiction + update
    features = ("sentence_similarity", "apart")
    trees = leaf(same), leaf(1 - differs), leaf(contradiction / differs if differs else 0.5)
    return Head(*trees, usual=np.zeros(2, dtype=np.float32), features=features, sha256="")


UNDECIDED = head(same=0.9, contradiction=0.4, update=0.4)


def judged(
    one: str, other: str, *, days: tuple[date | None, date | None] = (JUNE, JUNE), by: Head = UNDECIDED
) -> Verdict:
    (verdict,) = judge_pairs([Pair(claim(one, day=days[0]), claim(other, day=days[1]), 0.9, 0.9)], by)
    return verdict


@pytest.mark.parametrize(
    ("one", "other", "days", "relation"),
    [
        ("The storm killed 43 people.", "The storm killed 90 people.", (JUNE, JUNE), Relation.CONTRADICTION),
        ("The storm killed 43 people.", "The storm killed 90 people.", (JUNE, JULY), Relation.UPDATE),
        ("The storm killed 90 people.", "The storm killed 43 people.", (JUNE, JULY), Relation.CONTRADICTION),
        ("The storm killed 43 people.", "The storm killed 90 people.", (None, None), Relation.CONTRADICTION),
        ("The storm killed 43 people.", "The storm killed 90 people.", (JUNE, None), Relation.UPDATE),
        ("The storm killed 43 people.", "The storm killed 90 people.", (None, JUNE), Relation.UPDATE),
        ("43 people are missing.", "90 people are missing.", (JUNE, JULY), Relation.UPDATE),
        ("90 people are missing.", "43 people are missing.", (JUNE, JULY), Relation.UPDATE),
    ],
)
def test_the_rule_of_time_decides_where_the_forest_is_undecided(
    one: str, other: str, days: tuple[date | None, date | None], relation: Relation
) -> None:
    assert judged(one, other, days=days).relation is relation


def test_a_report_without_a_date_is_said_to_be_of_any_time() -> None:
    assert (
        "any time may lie between"
        in judged("The storm killed 43 people.", "The storm killed 90 people.", days=(JUNE, None)).reason
    )


def test_a_figure_for_a_whole_period_and_one_of_a_day_of_it_are_an_update() -> None:
    texts = ("The village had 43 police officers.", "The village had 90 police officers in 2023.")
    verdict = judged(*texts, days=(JUNE, date(2024, 1, 2)))
    assert verdict.relation is Relation.UPDATE
    assert "any time may lie between" in verdict.reason


def test_what_never_changes_contradicts_at_any_time() -> None:
    verdict = judged("The quake had a magnitude of 7.0.", "The quake had a magnitude of 7.9.", days=(JUNE, None))
    assert verdict.relation is Relation.CONTRADICTION
    assert "does not change" in verdict.reason


def test_a_total_agrees_with_the_list_that_makes_it() -> None:
    verdict = judged("The storm killed 20 children and six adults.", "The storm killed 26 people.")
    assert verdict.relation is Relation.AGREEMENT
    assert "20 and 6 make 26, so they agree" in verdict.reason


def test_the_order_in_which_two_claims_are_met_does_not_change_the_verdict() -> None:
    there = judged("The storm killed 43 people.", "The storm killed 90 people.", days=(JUNE, JULY))
    back = judged("The storm killed 90 people.", "The storm killed 43 people.", days=(JULY, JUNE))
    assert there.id == back.id
    assert (there.relation, there.reason, there.probabilities) == (back.relation, back.reason, back.probabilities)
    assert there.pair.a.said == back.pair.a.said == "43"


def test_probabilities_sum_to_one_whatever_weighs_in() -> None:
    heads = [head(same=same, contradiction=c, update=u) for same, c, u in product((0, 0.5, 1), (0, 0.3), (0, 0.7))]
    texts = ("The storm killed 43 people.", "The storm killed 90 people.", "Dozens died in the storm.",
             "Another 43 people died.", "The storm injured 43 people.")  # fmt: skip
    for by, one, other in product(heads, texts, texts):
        found = judged(one, other, by=by).probabilities
        shares = (found.contradiction, found.update, found.agreement, found.unrelated)
        assert math.isclose(sum(shares), 1, abs_tol=1e-6)
        assert all(0 <= share <= 1 for share in shares)


def test_a_veto_weighs_against_one_matter_and_is_the_reason_given() -> None:
    verdict = judged(
        "The storm killed 43 people.", "The storm injured 90 people.", by=head(same=1, contradiction=1, update=0)
    )
    assert verdict.relation is Relation.UNRELATED
    assert verdict.probabilities.unrelated > 0.5
    assert "different kinds of event" in verdict.reason


def test_a_vague_count_differs_from_nothing_that_it_allows() -> None:
    certain = head(same=1, contradiction=1, update=0)
    assert judged("Thousands died in the storm.", "The storm killed 4,310 people.", by=certain).score == 0
    assert judged("Dozens died in the storm.", "The storm killed 4,310 people.", by=certain).score > 0.9


def test_a_later_figure_that_the_earlier_allows_corrects_nothing() -> None:
    certain = head(same=1, contradiction=1, update=0)
    less, more = "The storm killed more than 40 people.", "More than 43 people died."
    assert judged(more, less, days=(JUNE, JULY), by=certain).score == 0
    assert judged(less, more, days=(JUNE, JULY), by=certain).score > 0.9
    far_less = "The storm killed at least 30 people."
    assert judged(more, far_less, days=(JUNE, JULY), by=certain).score > 0.9
    assert judged(more, less, by=certain).score == judged(less, more, by=certain).score


def test_without_any_dates_a_difference_is_less_surely_a_contradiction() -> None:
    texts = ("The storm killed 43 people.", "The storm killed 90 people.")
    likelier_an_update = head(same=0.9, contradiction=0.2, update=0.6)
    assert judged(*texts, days=(JUNE, JUNE), by=likelier_an_update).relation is Relation.CONTRADICTION
    undated = judged(*texts, days=(None, None), by=head(same=0.9, contradiction=0.16, update=0.64))
    assert undated.relation is Relation.UPDATE
    assert "neither is dated" in undated.reason


def test_what_is_on_two_scales_has_no_verdict() -> None:
    pair = Pair(claim("The storm killed 43 people."), claim("Rents rose 6%."), 0.9, 0.9)
    assert list(judge_pairs([pair], UNDECIDED)) == []


def test_only_the_relations_asked_for_are_kept() -> None:
    pair = Pair(claim("The storm killed 43 people."), claim("The storm killed 90 people."), 0.9, 0.9)
    assert list(judge_pairs([pair], UNDECIDED, keep=frozenset({Relation.UPDATE}))) == []
    assert len(list(judge_pairs([pair], UNDECIDED, keep=frozenset({Relation.CONTRADICTION})))) == 1


def test_verdicts_come_in_the_order_of_the_pairs() -> None:
    texts = [f"The storm killed {number} people." for number in range(40, 60)]
    pairs = [Pair(claim(text), claim("The storm killed 90 people."), 0.9, 0.9) for text in texts]
    assert [verdict.pair.a.said for verdict in judge_pairs(pairs, UNDECIDED)] == [str(n) for n in range(40, 60)]


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_groups_are_answered_in_order_however_many_are_judged_at_once(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contradict.verdicts.BATCH", at_once)
    killed = [claim(f"The storm killed {number} people.") for number in range(40, 46)]
    rents = claim("Rents rose 6%.")
    groups = [[], [Pair(killed[0], killed[1], 0.9, 0.9), Pair(killed[0], rents, 0.9, 0.9)], [], [], []]
    groups[3] = [Pair(killed[2], other, 0.9, 0.9) for other in killed[3:]]  # larger than the least batch
    said = [[verdict.pair.b.said for verdict in verdicts] for verdicts in judge_groups(groups, UNDECIDED)]
    assert said == [[], ["41"], [], ["43", "44", "45"], []]


@pytest.mark.parametrize(
    ("days", "first"),
    [((JUNE, JULY), "43"), ((JULY, JUNE), "90"), ((None, None), "43"), ((JUNE, None), "43"), ((JUNE, JUNE), "43")],
)
def test_the_earlier_claim_comes_first(days: tuple[date | None, date | None], first: str) -> None:
    one, other = claim("The storm killed 43 people.", day=days[0]), claim("The storm killed 90 people.", day=days[1])
    assert in_time(Pair(one, other, 0.5, 0.5)).a.said == first


def test_a_verdict_tells_whether_outlet_and_speaker_are_the_same() -> None:
    texts = ("43 people died, Kenya said.", "90 people died, Kenya said.")
    sides = [claim(text, source=source) for text, source in zip(texts, ("Echo", "Herald"), strict=True)]
    (verdict,) = judge_pairs([Pair(sides[0], sides[1], 0.9, 0.9)], UNDECIDED)
    assert (verdict.same_speaker, verdict.same_source) == (True, False)
    assert "both from" in verdict.reason


# Dates


def dated(one: str, other: str, *, cosine: float = 0.95) -> list[Verdict]:
    sides = [next(each for each in claims(text, day=JULY) if each.kind is Kind.DATE) for text in (one, other)]
    return list(judge_pairs([Pair(sides[0], sides[1], cosine, cosine)], UNDECIDED))


def test_two_dates_of_what_reads_as_one_event_contradict() -> None:
    (verdict,) = dated(
        "The Marlow ferry sank off Crete on 3 May 2023.", "The Marlow ferry sank off Crete on 5 May 2023."
    )
    assert (verdict.relation, verdict.kind) == (Relation.CONTRADICTION, Kind.DATE)


def test_one_word_for_what_happened_is_event_enough() -> None:
    (verdict,) = dated("Ana Marlow resigned on 3 May 2023.", "Ana Marlow resigned on 5 May 2023.")
    assert (verdict.relation, verdict.kind) == (Relation.CONTRADICTION, Kind.DATE)


def test_a_day_within_the_month_that_the_other_names_agrees() -> None:
    (verdict,) = dated("The Marlow ferry sank off Crete on 3 May 2023.", "The Marlow ferry sank off Crete in May 2023.")
    assert verdict.relation is Relation.AGREEMENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("— Ana Marlow (@anamarlow) May 3, 2023", "— Ana Marlow (@anamarlow) May 5, 2023"),
        ("Picture taken May 3, 2023.", "Picture taken May 5, 2023."),
        ("Photo: Ana Marlow, Crete, Greece, 3 May 2023", "Photo: Ana Marlow, Crete, Greece, 5 May 2023"),
        ("Image by Ana Marlow for Getty Images, New York, 3 May 2023", "Image by Ana Marlow, New York, 5 May 2023"),
    ],
)
def test_a_name_and_a_date_alone_tell_of_no_event(one: str, other: str) -> None:
    assert dated(one, other) == []


def test_dates_of_sentences_that_say_different_things_are_not_judged() -> None:
    assert dated("The Marlow ferry sank on 3 May 2023.", "The Marlow ferry sank on 5 May 2023.", cosine=0.6) == []
    assert dated("The Marlow ferry sank on 3 May 2023.", "Voters in Peru chose a mayor on 5 May 2023.") == []


# Evidence


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("killed", "injured", "left stranded", "cost")),
    st.sampled_from(("43", "nearly 90", "between 30 and 50", "dozens of", "0", "-5", "5 trillion trillion")),
    st.sampled_from((None, JUNE)),
)
def test_evidence_is_finite_and_the_same_from_either_side(verb: str, amount: str, day: date | None) -> None:
    one, other = claim("The storm killed 51 people.", day=day), claim(f"The storm {verb} {amount} people.", day=day)
    assert one.figure is not None
    assert other.figure is not None
    there, back = compare(one.figure, other.figure), compare(other.figure, one.figure)
    if there is None or back is None:
        return
    found = evidence(one, other, there, sentence=0.5, clause=0.5)
    assert all(math.isfinite(value) for value in found.values())
    assert found == evidence(other, one, back, sentence=0.5, clause=0.5)


def test_the_bundled_head_reads_the_evidence_there_is() -> None:
    one, other = claim("The storm killed 51 people."), claim("The storm killed 43 people.")
    assert one.figure is not None
    assert other.figure is not None
    compared = compare(one.figure, other.figure)
    assert compared is not None
    assert set(load_head().features) <= set(evidence(one, other, compared, sentence=0.5, clause=0.5))
    rows = np.zeros((3, len(load_head().features)), dtype=np.float32)
    assert load_head().probabilities(rows).sum(axis=1) == pytest.approx([1, 1, 1])


def test_the_relation_is_asked_only_where_it_can_tell() -> None:
    random = np.random.default_rng(5)
    head, least = load_head(), 3.0
    rows = np.zeros((400, len(head.features)), dtype=np.float32)
    for feature in range(len(head.features)):
        splits = head.same.border[(head.same.feature == feature) & np.isfinite(head.same.border)]
        rows[:, feature] = random.choice(splits, 400) if len(splits) else 0
    whole, asked = head.probabilities(rows), head.probabilities(rows, least=least)
    same = whole[:, 3] == asked[:, 3]
    assert 20 < same.sum() < 380
    assert np.array_equal(whole[same], asked[same])
    for shares in (whole[~same], asked[~same]):
        assert (shares[:, :2].sum(axis=1) < least * shares[:, 3]).all()


# What the reason says of time


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("The storm killed 43 people.", "The storm killed 90 people.", "the same day, so a contradiction"),
        (
            "The club sold 43 boats in May 2021.",
            "The club sold 90 boats in May 2021.",
            "the same time, so a contradiction",
        ),
    ],
)
def test_a_month_that_both_speak_of_is_no_day(one: str, other: str, words: str) -> None:
    assert words in judged(one, other).reason
