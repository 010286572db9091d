"""The relation of two claims as a whole, by what a judge is told to say and a head of two weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from claim_cases import Told, both_ways, claim, pair, small_head
from hypothesis import given
from hypothesis import strategies as st

from contradict import resources
from contradict.calibration import Scaling
from contradict.claim_evidence import EVIDENCE, claim_evidence
from contradict.claim_verdicts import (
    BLOCK,
    CLASSES,
    ClaimHead,
    Forest,
    Weighing,
    as_met,
    judge_claims,
    load_claim_head,
)
from contradict.errors import ModelError
from contradict.types import LISTED, Inference, Kind, Pair, Probabilities, Relation, Verdict

OPEN = "The Orvik bridge was open to lorries that night."
SHUT = "The Orvik bridge was closed to lorries that night."
SONG = "A choir sang on the Orvik bridge that night."


def verdict_on(pair: Pair, answer: Inference | None = None, *, head: ClaimHead | None = None) -> Verdict:
    """What is made of a pair that the judge answers in one way in both orders."""
    texts = pair.a.sentence.text, pair.b.sentence.text
    told = Told(both_ways(*texts, answer) if answer is not None else {})
    (verdict,) = judge_claims([pair], told, head or small_head())
    return verdict


# The relation


@pytest.mark.parametrize(
    ("answer", "relation", "kind"),
    [
        (Inference.CONTRADICTION, Relation.CONTRADICTION, Kind.CLAIM),
        (Inference.ENTAILMENT, Relation.AGREEMENT, Kind.NONE),
        (Inference.NEUTRAL, Relation.UNRELATED, Kind.NONE),
    ],
)
def test_the_relation_is_what_judge_and_head_find(answer: Inference, relation: Relation, kind: Kind) -> None:
    verdict = verdict_on(pair(OPEN, SHUT), answer)
    assert (verdict.relation, verdict.kind) == (relation, kind)
    assert verdict.probabilities.top is relation
    assert sum(getattr(verdict.probabilities, each.value) for each in Relation) == pytest.approx(1)


def test_what_says_the_same_again_and_clashes_in_nothing_agrees_whatever_the_judge_is_sure_of() -> None:
    told, again = (
        f"{who} the Orvik bridge will be repaired before lorries return." for who in ("Holm said", "He says")
    )
    verdict = verdict_on(pair(told, again), Inference.CONTRADICTION)
    assert verdict.relation is Relation.AGREEMENT
    assert verdict_on(pair(told, SONG), Inference.CONTRADICTION).relation is Relation.CONTRADICTION


def test_an_answer_in_one_order_alone_is_not_enough_for_a_head_that_wants_both() -> None:
    told = Told({(OPEN, SHUT): Inference.CONTRADICTION})
    (verdict,) = judge_claims([pair(OPEN, SHUT)], told, small_head())
    assert verdict.relation is Relation.UNRELATED


@pytest.mark.parametrize("threshold", [0.3, 0.9, 0.999])
def test_a_contradiction_is_called_from_the_threshold_up(threshold: float) -> None:
    verdict = verdict_on(pair(OPEN, SHUT), Inference.CONTRADICTION, head=small_head(threshold=threshold))
    assert (verdict.relation is Relation.CONTRADICTION) is (verdict.probabilities.contradiction >= threshold)
    assert 0.9 < verdict.probabilities.contradiction < 0.999


@pytest.mark.parametrize(
    ("a", "b", "days", "relation"),
    [
        # a plan carried out, dropped, or told on the same day
        ("The mayor will close the Orvik bridge.", "The mayor closed the Orvik bridge.", 30, Relation.UPDATE),
        ("The mayor is expected to close the bridge.", "The mayor did not close the bridge.", 30, Relation.UPDATE),
        ("The mayor will close the Orvik bridge.", "The mayor closed the Orvik bridge.", 0, Relation.CONTRADICTION),
        # what was so is now a plan: the wrong way round
        ("The mayor closed the Orvik bridge.", "The mayor will close the Orvik bridge.", 30, Relation.CONTRADICTION),
        # a figure that another day explains, and one that is denied
        ("The blast hurt 12 miners in Orvik.", "The blast hurt 40 miners in Orvik.", 2, Relation.UPDATE),
        ("The fund paid 12 loans to farmers in 2019.", "In 2021 the fund paid farmers 40 loans.", 30, Relation.UPDATE),
        ("The blast hurt 12 miners in Orvik.", "The blast never hurt 40 miners in Orvik.", 2, Relation.CONTRADICTION),
        # May and Will plan nothing
        ("The mayor closed the bridge on May 4.", "The mayor never closed the bridge.", 30, Relation.CONTRADICTION),
        # a day that was put off, and one of what was over before
        ("Crowds met in Orvik on 2 April 2021.", "Crowds met in Orvik on 3 April 2021.", 3, Relation.CONTRADICTION),
        ("The bridge opens on 4 May, Holm said.", "The bridge opens on 9 May, Holm said.", 3, Relation.UPDATE),
        ("The bridge opens on 4 May, Holm said.", "The bridge opens on 9 May, Holm said.", 0, Relation.CONTRADICTION),
        # one way on one day, the other on another; not both on one
        ("Shares of Orvik Air rose.", "Shares of Orvik Air fell.", 3, Relation.UPDATE),
        ("Shares of Orvik Air rose.", "Shares of Orvik Air fell.", 0, Relation.CONTRADICTION),
        # what happens once
        ("The police killed old Holm there.", "A neighbour shot old Holm dead.", 3, Relation.CONTRADICTION),
        # where nothing on the page clashes
        (OPEN, SONG, 30, Relation.UPDATE),
        (OPEN, SONG, 0, Relation.CONTRADICTION),
        # time alone explains nothing that does
        (OPEN, SHUT, 30, Relation.CONTRADICTION),
    ],
)
def test_what_time_explains_is_an_update(a: str, b: str, days: int, relation: Relation) -> None:
    verdict = verdict_on(pair(a, b, days=days), Inference.CONTRADICTION)
    assert (verdict.relation, verdict.kind) == (relation, Kind.CLAIM)
    assert verdict.probabilities.top is relation


@pytest.mark.parametrize(
    ("a", "b", "days", "one"),
    [
        # a Monday's paper of that day, and a Thursday's
        ("Crowds met on the bridge in Orvik on Monday.", "Crowds met on the bridge in Orvik on Thursday.", 3, False),
        # one day's papers, a day moved, a denial, and days told by their date
        ("Crowds met on the bridge in Orvik on Monday.", "Crowds met on the bridge in Orvik on Sunday.", 0, True),
        ("Crowds met on the bridge in Orvik on Monday.", "Crowds met on the bridge in Orvik on Sunday.", 1, True),
        ("Crowds met on the bridge in Orvik on Monday.", "Crowds never met in Orvik on Thursday.", 3, True),
        ("Crowds met on the Orvik bridge on 5 April 2021.", "Crowds met on the Orvik bridge on 8 April 2021.", 3, True),
        # what happens once, and what is to come
        ("The old mayor died in Orvik on Monday.", "The old mayor died in Orvik on Thursday.", 3, True),
        ("Crowds meet on the bridge in Orvik tomorrow.", "Crowds meet on the bridge in Orvik on Friday.", 3, True),
    ],
)
def test_what_two_papers_tell_of_their_own_day_is_of_two_events(a: str, b: str, days: int, one: bool) -> None:
    relation = verdict_on(pair(a, b, days=days), Inference.CONTRADICTION).relation
    assert (relation in LISTED) is one
    assert one or relation is Relation.UNRELATED


def test_the_earlier_claim_comes_first_whichever_was_given_first() -> None:
    early, late = "The mayor will close the Orvik bridge.", "The mayor closed the Orvik bridge."
    verdict = verdict_on(pair(late, early, days=-30), Inference.CONTRADICTION)
    assert verdict.relation is Relation.UPDATE
    assert verdict.pair.a.sentence.text == early


def test_undated_claims_are_explained_by_no_time() -> None:
    undated = Pair(
        claim("The mayor will close the bridge.", on=None), claim("The mayor closed the bridge.", on=None), 0.0, 0.0
    )
    assert verdict_on(undated, Inference.CONTRADICTION).relation is Relation.CONTRADICTION


def test_a_verdict_tells_whether_outlet_and_speaker_are_the_same() -> None:
    said, denied = "Ane Holm said the ferry had sailed.", "Ane Holm denied that the ferry had sailed."
    verdict = verdict_on(pair(said, denied), Inference.CONTRADICTION)
    assert (verdict.same_speaker, verdict.same_source) == (True, False)
    assert "both from Ane Holm" in verdict.reason
    assert verdict_on(pair(OPEN, SHUT)).same_speaker is None


# What is asked


def test_what_is_not_suspect_is_not_asked_about_in_the_other_order() -> None:
    told = Told({(OPEN, SHUT): Inference.CONTRADICTION})
    pairs = [pair(OPEN, SONG), pair(OPEN, SHUT)]
    found = list(judge_claims(pairs, told, small_head(), suspect=0.2))
    assert told.asked == [(OPEN, SONG), (OPEN, SHUT), (SHUT, OPEN)]
    assert [verdict.pair.b.sentence.text for verdict in found] == [SHUT]


def test_all_are_answered_in_both_orders_where_nobody_says_otherwise() -> None:
    told = Told()
    pairs = [pair(OPEN, SONG), pair(OPEN, SHUT)]
    assert len(list(judge_claims(pairs, told, small_head()))) == 2
    assert len(told.asked) == 4


def test_rivals_are_asked_about_again_as_they_would_be_if_they_were_the_same() -> None:
    a, b = "The envoy landed in Kenya by air.", "By air the envoy landed in Uganda."
    told = Told()
    assert len(list(judge_claims([pair(a, b)], told, small_head()))) == 1
    assert told.asked == [(a, b), (b, a), (a, b.replace("Uganda", "Kenya")), (b, a.replace("Kenya", "Uganda"))]


def test_rivals_are_weighed_by_a_question_of_their_own() -> None:
    rivals = small_head().rivals
    assert isinstance(rivals, Weighing)
    head = replace(small_head(), rivals=replace(rivals, bias=-99.0))
    placed = pair("The envoy landed in Kenya by air.", "By air the envoy landed in Uganda.")
    assert verdict_on(placed, Inference.CONTRADICTION).relation is Relation.CONTRADICTION
    assert verdict_on(placed, Inference.CONTRADICTION, head=head).relation is Relation.UNRELATED
    assert verdict_on(pair(OPEN, SHUT), Inference.CONTRADICTION, head=head).relation is Relation.CONTRADICTION


@pytest.mark.parametrize("days", [0, 30])
def test_where_nobody_chose_the_pair_the_same_is_less_likely_a_conflict(days: int) -> None:
    planned = pair("The mayor will close the Orvik bridge.", "The mayor closed the Orvik bridge.", days=days)
    chosen = verdict_on(planned, Inference.CONTRADICTION)
    met = as_met(chosen, Scaling(slope=0.5, bias=-2.0))
    assert met.relation is chosen.relation
    assert 0.1 < met.score < 0.6 < chosen.score
    told, before = met.probabilities, chosen.probabilities
    assert told.contradiction + told.update + told.agreement + told.unrelated == pytest.approx(1.0)
    assert (told.contradiction > 0, told.update > 0) == (before.contradiction > 0, before.update > 0)
    assert told.unrelated > before.unrelated


def test_where_nobody_chose_the_pairs_their_order_stays_and_nothing_gets_likelier() -> None:
    verdict = verdict_on(pair(OPEN, SHUT), Inference.CONTRADICTION)

    def met(share: float) -> float:
        told = replace(verdict, probabilities=Probabilities(share, 0.0, 0.0, 1 - share))
        return as_met(told, Scaling(slope=0.25, bias=-2.0)).probabilities.contradiction

    shares = [0.0, 1e-9, 0.01, 0.3, 0.64, 0.9, 0.999, 1.0]
    found = [met(share) for share in shares]
    assert found == sorted(found)
    assert all(after <= before for after, before in zip(found, shares, strict=True))
    assert 0.1 < met(0.64) < met(0.9) < 0.25


def test_no_pairs_have_no_verdicts() -> None:
    assert list(judge_claims([], Told(), small_head())) == []


def test_pairs_are_judged_in_blocks_and_every_one_counts_as_done() -> None:
    done: list[int] = []
    pairs = [pair(OPEN, SHUT)] * (BLOCK + 3)
    assert len(list(judge_claims(pairs, Told(), small_head(), on_progress=done.append))) == len(pairs)
    assert done == [BLOCK, 3]


# The reason


@pytest.mark.parametrize(
    ("a", "b", "named"),
    [
        (OPEN, SHUT, "opposite words (“open” against “closed”)"),
        (OPEN, OPEN.replace("was", "was not"), "only one denies it (“not open to lorries that”)"),
        (
            "Minister Berg opened the fair that day.",
            "Minister Holm opened the fair that day.",
            "another name (“Berg” against “Holm”)",
        ),
        (
            "The envoy landed in Kenya that day.",
            "The envoy landed in Uganda that day.",
            "another place (“Kenya” against “Uganda”)",
        ),
        (
            "The train derailed on 3 March 2021.",
            "The train derailed on 9 March 2021.",
            "another date (“3 March 2021” against “9 March 2021”)",
        ),
        ("The blast hurt 12 miners there.", "The blast hurt 40 miners there.", "another figure (“12” against “40”)"),
        (OPEN, SONG, "the two statements rule each other out"),
    ],
)
def test_the_reason_names_what_clashes(a: str, b: str, named: str) -> None:
    reason = verdict_on(pair(a, b), Inference.CONTRADICTION).reason
    assert named in reason
    assert reason.endswith("the same day, so a contradiction.")


def test_the_reason_says_what_both_are_about_and_whose_words_they_are() -> None:
    said = "Ane Holm said the Orvik bridges were open that night."
    verdict = verdict_on(pair(said, SHUT, days=2), Inference.CONTRADICTION)
    assert verdict.reason.startswith(f"{verdict.matter}: Ane Holm on 12 April 2021 against Herald on 14 April 2021; ")
    assert verdict.matter == "Orvik bridges night"
    strike = pair("Pilots of Orvik Air walked out on Monday.", "Orvik Air said its pilots never walked out.")
    assert verdict_on(strike).matter == "Pilots Orvik Air"


@pytest.mark.parametrize(
    ("answer", "ending"),
    [(Inference.ENTAILMENT, "; both say the same."), (Inference.NEUTRAL, "; neither rules out the other.")],
)
def test_the_reason_of_no_conflict_names_no_clash(answer: Inference, ending: str) -> None:
    reason = verdict_on(pair(OPEN, SHUT), answer).reason
    assert reason.endswith(ending)
    assert "opposite" not in reason


# The evidence


SENTENCES = [
    OPEN,
    SHUT,
    SONG,
    "The mayor will not close the bridge in Kenya.",
    "Their hope is that the 12 miners of Orvik are safe.",
]
answers = st.tuples(*(st.floats(0, 1, width=32) for _ in Inference))


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), answers, answers, st.integers(-50, 50))
def test_evidence_is_named_finite_and_the_same_from_either_side(
    a: str, b: str, given_order: tuple[float, ...], turned: tuple[float, ...], days: int
) -> None:
    sides = pair(a, b, days=days)
    there = claim_evidence(sides.a, sides.b, given=given_order, turned=turned)
    assert there.keys() == EVIDENCE
    assert np.isfinite(list(there.values())).all()
    assert there == claim_evidence(sides.b, sides.a, given=turned, turned=given_order)


def test_what_follows_once_rivals_are_the_same_speaks_for_a_conflict() -> None:
    sides = pair("The envoy landed in Kenya by air.", "By air the envoy landed in Uganda.")
    plain, entailed = (0.1, 0.2, 0.7), (0.9, 0.05, 0.05)
    found = claim_evidence(sides.a, sides.b, given=plain, turned=plain, mended=(plain, entailed))
    assert found["mended_entailment"] == 0.9
    assert found["mended_gain"] == pytest.approx(0.8)
    assert found["mended_relief"] == pytest.approx(0.0)
    assert found["rival_place"] == found["rival_any"] == found["rival_one"] == found["rival_sole"] == 1.0


# The file of the head


def _stored(part: Weighing | Forest) -> dict[str, object]:
    assert isinstance(part, Weighing)
    arrays = {name: getattr(part, name).tolist() for name in ("mean", "scale", "weights")}
    return {"features": list(part.features), **arrays, "bias": part.bias}


def stored(**changes: object) -> dict[str, object]:
    """The small head as a file has it, with changes to what it asks of the matter or to the whole."""
    head = small_head()
    parts = {
        name: _stored(part)
        for name, part in (("matter", head.matter), ("differs", head.differs), ("rivals", head.rivals))
    }
    of_matter = {name: value for name, value in changes.items() if name not in ("threshold", "met")}
    return {
        "matter": parts["matter"] | of_matter,
        "differs": parts["differs"],
        "rivals": parts["rivals"],
        "threshold": changes.get("threshold", head.threshold),
        "met": changes.get("met", {"slope": head.met.slope, "bias": head.met.bias}),
    }


@pytest.fixture
def head_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where an installation of its own has its head."""
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "contradict")
    path = tmp_path / "contradict" / "_models" / "claim_head.json"
    path.parent.mkdir(parents=True)
    load_claim_head.cache_clear()
    yield path
    load_claim_head.cache_clear()


def test_a_head_is_read_as_it_was_written(head_file: Path) -> None:
    head_file.write_text(json.dumps(stored()), encoding="utf-8")
    found, expected = load_claim_head(), small_head()
    assert (found.features, found.threshold, found.met) == (expected.features, expected.threshold, expected.met)
    assert found.sha256 == resources.sha256(head_file)
    rows = np.array([[0.1, 0.9, 0.0], [0.9, 0.1, 0.0], [0.4, 0.4, 1.0]])
    assert np.array_equal(found.probabilities(rows), expected.probabilities(rows))
    assert found.probabilities(rows).shape == (3, len(CLASSES))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "\udcff",
        json.dumps(stored())[:-9],
        json.dumps({"matter": stored()["matter"], "threshold": 0.5}),
        json.dumps(stored(weights=[1, 2])),
        json.dumps(stored(weights=[[1]])),
        json.dumps(stored(weights="none")),
        json.dumps(stored(bias=[1.0, 2.0])),
        json.dumps(stored(bias=float("inf"))),
        json.dumps(stored(mean=[float("nan")])),
        json.dumps(stored(scale=[0])),
        json.dumps(stored(threshold=float("inf"))),
        json.dumps(stored(threshold=None)),
        json.dumps(stored(features=["phase_of_the_moon"])),
        json.dumps(stored(met={"slope": 1.0})),
        json.dumps(stored(met={"slope": -1.0, "bias": 0.0})),
        json.dumps(stored(met={"slope": 1.0, "bias": float("nan")})),
    ],
)
def test_a_damaged_head_is_one_clear_line(text: str, head_file: Path) -> None:
    head_file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ModelError, match=r"claim_head\.json: damaged \([^\n]+\); install contradict again") as caught:
        load_claim_head()
    assert "\n" not in str(caught.value)


TREES = {"feature": [[0], [1]], "border": [[0.5], [0.2]], "value": [[-2.0, 2.0], [-1.0, 1.0]]}


def test_the_matter_may_be_told_by_trees(head_file: Path) -> None:
    matter = {"features": ["contradiction_least", "neutral_most"], "trees": TREES}
    head_file.write_text(json.dumps(stored() | {"matter": matter}), encoding="utf-8")
    head = load_claim_head()
    rows = np.array([[0.9, 0.1, 0.0], [0.4, 0.9, 0.0]])
    assert head.features[:2] == ("contradiction_least", "neutral_most")
    assert head.matter.probabilities(rows[:, :2]) == pytest.approx([1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))])
    assert head.probabilities(rows).sum(axis=1) == pytest.approx([1, 1])


@pytest.mark.parametrize(
    "trees",
    [
        {},
        {"feature": [[0]], "border": [[0.5]]},
        TREES | {"feature": [[0], [2]]},
        TREES | {"value": [[1.0, 2.0]]},
        TREES | {"value": [[1.0, float("nan")], [1.0, 2.0]]},
        TREES | {"border": "none"},
        {"feature": [], "border": [], "value": []},
    ],
)
def test_damaged_trees_are_one_clear_line(trees: dict[str, object], head_file: Path) -> None:
    matter = {"features": ["contradiction_least", "neutral_most"], "trees": trees}
    head_file.write_text(json.dumps(stored() | {"matter": matter}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"claim_head\.json: damaged \([^\n]+\); install contradict again"):
        load_claim_head()


def test_a_missing_head_is_named(head_file: Path) -> None:
    with pytest.raises(ModelError, match=r"claim_head\.json: this model is missing"):
        load_claim_head()


def test_claims_are_of_two_days_only_where_both_are_dated() -> None:
    neutral = (0.0, 1.0, 0.0)
    told = [
        claim_evidence(claim(OPEN, on=0), claim(SHUT, on=on), given=neutral, turned=neutral)["other_day"]
        for on in (0, 30, None)
    ]
    assert told == [0.0, 1.0, 0.0]
