"""Claims without figures on the line: what a scan asks the judge and lists, and what `judge` answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from claim_cases import Told, both_ways, day, small_head

from contradict.passages import JudgeRow, Passage, judge
from contradict.pipeline import scan
from contradict.settings import Settings
from contradict.static import load_static_encoder
from contradict.types import Collection, Document, Inference, Kind, Relation, Scan, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

OPEN = "The Orvik bridge was open to lorries that night."
SHUT = "The Orvik bridge was closed to lorries that night."
SONG = "A choir sang on the Orvik bridge that night."


LETTERS = "abcdefghiklmnoprstuvwy"


class Letters:
    """An encoder that counts letters, so that sentences of the same words are near."""

    name, sha256 = "letters", ""

    def encode(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        rows = np.array([[text.lower().count(c) + 1 for c in LETTERS] for text in texts], dtype=float)
        rows = rows.reshape(len(texts), len(LETTERS))
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


STORM = "The storm that crossed Peru on Sunday killed 43 people in Lima, rescue workers said."
STORM_TOLD = "The storm on Sunday killed 90 people in Lima, Peru, said the mayor, who crossed the city."
BOUGHT = "The school in Lima bought 9 drums in May and 6 drums in June."
BOUGHT_IN_ALL = "The school in Lima bought 15 drums in all."
SAILED = "Pilots of Orvik Air walked out over pay at dawn on Monday."
STAYED = "Orvik Air said its pilots never walked out over their pay."


@pytest.fixture(autouse=True)
def own_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line with the small head in place of the trained one."""
    monkeypatch.setattr("contradict.pipeline.load_claim_head", small_head)


def article(name: str, *sentences: str) -> Document:
    return Document(id=name, path=f"{name}.txt", text="\n\n".join(sentences), source=name, date=day(0))


def scanned(documents: Sequence[Document], nli: Told | None, **settings: Any) -> Scan:
    return scan(Collection(tuple(documents)), settings=Settings(**settings), encoder=Letters(), nli=nli)


TWO = (article("Echo", STORM, SAILED), article("Herald", STORM_TOLD, STAYED))
CONFLICT = both_ways(SAILED, STAYED, Inference.CONTRADICTION)


def claim_pairs(result: Scan) -> list[Verdict]:
    return [verdict for verdict in result.verdicts if verdict.kind is Kind.CLAIM]


def test_a_scan_lists_claims_that_contradict_and_says_how_many_it_asked_about() -> None:
    result = scanned(TWO, Told(CONFLICT))
    (verdict,) = claim_pairs(result)
    assert {verdict.pair.a.said, verdict.pair.b.said} == {SAILED, STAYED}
    assert verdict.relation is Relation.CONTRADICTION
    assert verdict.id in [each.id for finding in result.findings for each in finding.verdicts]
    assert result.counts["assertions"] == 4
    assert result.counts["claim pairs"] > result.counts["claim pairs left out"] == result.counts["claim pairs cut"] == 0
    assert result.models["told"] == "0" * 64
    assert result.models["claim head"] == "1" * 64
    assert {"assertions", "claim pairs"} <= result.seconds.keys()


def test_a_sentence_is_shown_with_who_speaks_though_it_is_compared_without() -> None:
    label = "ANE HOLM: "
    told = Told(CONFLICT)
    spoken = scanned((article("Echo", label + SAILED), article("Herald", STAYED)), told)
    (verdict,) = claim_pairs(spoken)
    assert {verdict.pair.a.said, verdict.pair.b.said} == {label + SAILED, STAYED}
    assert not any(label in text for pair in told.asked for text in pair)


def test_without_a_judge_or_a_budget_only_figures_and_dates_are_compared() -> None:
    alone = scanned(TWO, None)
    told = Told(CONFLICT)
    unasked = scanned(TWO, told, nli_budget=0)
    for result in (alone, unasked):
        assert claim_pairs(result) == []
        assert len(result.verdicts) == 1
        assert set(result.models) == {"letters", load_static_encoder().name, "gate", "verdict head"}
        assert "claim pairs" not in result.counts
    assert told.asked == []


def test_two_sentences_whose_figures_are_listed_are_not_listed_again_as_claims() -> None:
    told = Told(both_ways(STORM, STORM_TOLD, Inference.CONTRADICTION))
    result = scanned(TWO, told)
    assert (STORM, STORM_TOLD) in told.asked
    assert [verdict.kind for verdict in result.verdicts] == [Kind.FIGURE]


def test_a_budget_leaves_out_the_farthest_and_counts_them() -> None:
    told = Told()
    whole, part = scanned(TWO, Told()).counts, scanned(TWO, told, nli_budget=1).counts
    assert (part["claim pairs"], part["claim pairs left out"]) == (1, whole["claim pairs"] - 1)
    assert len(told.asked) == 1


def test_a_least_score_holds_for_claims_too() -> None:
    (verdict,) = claim_pairs(scanned(TWO, Told(CONFLICT), min_score=0.4))
    assert verdict.score < 0.6  # of a pair that nobody chose, however sure the judge is
    assert claim_pairs(scanned(TWO, Told(CONFLICT), min_score=0.95)) == []


def test_where_all_is_listed_all_is_judged_in_both_orders() -> None:
    told = Told()
    result = scanned(TWO, told, include_all=True)
    asked = set(told.asked)
    turned = {(a, b) for a, b in asked if (b, a) in asked}
    assert len(turned) == 2 * result.counts["claim pairs"]
    listed = [verdict for verdict in result.verdicts if verdict.pair.a.kind is Kind.CLAIM]
    assert Relation.UNRELATED in {verdict.relation for verdict in listed}


def test_sentences_of_one_article_are_asked_about_only_when_wanted() -> None:
    one = [article("Echo", SAILED, STAYED)]
    assert claim_pairs(scanned(one, Told(CONFLICT))) == []
    assert len(claim_pairs(scanned(one, Told(CONFLICT), within=True))) == 1


def test_what_was_cut_in_an_earlier_scan_is_not_counted_again() -> None:
    told = Told(CONFLICT)
    told.cut = 7
    assert scanned(TWO, told).counts["claim pairs cut"] == 0


def test_the_same_scan_twice_gives_the_same_verdicts() -> None:
    first, second = (
        [(each.id, each.score, each.reason) for each in scanned(TWO, Told(CONFLICT)).verdicts] for _ in range(2)
    )
    assert first == second


# Judging


def judged(a: str, b: str, told: Told | None) -> Verdict:
    row = JudgeRow("1", Passage(a, day(0), "Echo"), Passage(b, day(0), "Herald"))
    (verdict,) = judge([row], encoder=Letters(), nli=told)
    return verdict


@pytest.mark.parametrize(
    ("a", "b", "answer", "relation", "kind"),
    [
        (OPEN, SHUT, Inference.CONTRADICTION, Relation.CONTRADICTION, Kind.CLAIM),
        (OPEN, SHUT, Inference.ENTAILMENT, Relation.AGREEMENT, Kind.NONE),
        (OPEN, SHUT, Inference.NEUTRAL, Relation.UNRELATED, Kind.NONE),
        # where figures can be compared they answer, but for a conflict beside figures that agree
        (STORM, STORM_TOLD, Inference.CONTRADICTION, Relation.CONTRADICTION, Kind.FIGURE),
        (STORM, STORM_TOLD, Inference.ENTAILMENT, Relation.CONTRADICTION, Kind.FIGURE),
        (
            STORM,
            STORM.replace("rescue workers said", "troops denied"),
            Inference.CONTRADICTION,
            Relation.CONTRADICTION,
            Kind.CLAIM,
        ),
        (STORM, STORM.replace("rescue workers", "troops"), Inference.NEUTRAL, Relation.AGREEMENT, Kind.NONE),
        (STORM, f"{STORM} Why?", Inference.CONTRADICTION, Relation.AGREEMENT, Kind.NONE),
        # nor do figures of which one comes to the other
        (BOUGHT, BOUGHT_IN_ALL, Inference.CONTRADICTION, Relation.AGREEMENT, Kind.NONE),
    ],
)
def test_a_pair_is_judged_by_its_figures_and_else_by_its_claims(
    a: str, b: str, answer: Inference, relation: Relation, kind: Kind
) -> None:
    verdict = judged(a, b, Told(both_ways(a, b, answer)))
    assert (verdict.relation, verdict.kind) == (relation, kind), verdict.reason


def test_on_another_day_the_figures_that_agree_have_the_last_word() -> None:
    denied = STORM.replace("rescue workers said", "troops denied")
    row = JudgeRow("1", Passage(STORM, day(0), "Echo"), Passage(denied, day(9), "Herald"))
    told = Told(both_ways(STORM, denied, Inference.CONTRADICTION))
    (verdict,) = judge([row], encoder=Letters(), nli=told)
    assert verdict.relation is not Relation.CONTRADICTION


def test_rows_are_answered_in_order_whether_or_not_they_assert_anything() -> None:
    texts = [(OPEN, SHUT), ("Is it open?", SHUT), (SHUT, SONG), ("", "")]
    rows = [JudgeRow(str(number), Passage(a), Passage(b)) for number, (a, b) in enumerate(texts)]
    verdicts = list(judge(rows, encoder=Letters(), nli=Told(both_ways(OPEN, SHUT, Inference.CONTRADICTION))))
    expected = [Relation.CONTRADICTION, Relation.UNRELATED, Relation.UNRELATED, Relation.UNRELATED]
    assert [verdict.relation for verdict in verdicts] == expected
    assert [(each.pair.a.sentence.text, each.pair.b.sentence.text) for each in verdicts] == texts


def test_a_verdict_tells_what_the_judge_says_in_both_orders_unless_figures_answer() -> None:
    told = judged(OPEN, SHUT, Told({(OPEN, SHUT): Inference.ENTAILMENT})).inference
    assert told is not None
    assert [row.index(max(row)) for row in told] == [Inference.ENTAILMENT, Inference.NEUTRAL]
    assert judged("Is it open?", SHUT, Told()).inference is not None
    assert judged(OPEN, SHUT, None).inference is None
    assert judged(STORM, f"{STORM} Why?", Told()).inference is not None  # of the same figures
    for a, b in ((STORM, STORM_TOLD), (BOUGHT, BOUGHT_IN_ALL)):
        assert judged(a, b, Told(both_ways(a, b, Inference.CONTRADICTION))).inference is None


def test_without_a_judge_a_pair_without_figures_cannot_be_compared() -> None:
    assert "Nothing in the two sentences can be compared" in judged(OPEN, SHUT, None).reason
