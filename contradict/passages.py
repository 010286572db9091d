"""Pairs of passages, each judged on its own: of all that two sentences state, the verdict that tells most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contradict.arithmetic.outcomes import derived
from contradict.assertions import read_assertion
from contradict.calibration import Calibration, recalibrated
from contradict.claim_verdicts import load_claim_head, weighed
from contradict.claims import pairable, read_claims
from contradict.compare import COMPARABLE, Outcome, compare, time_may_explain
from contradict.encoders import Encoder
from contradict.figures import read_figures
from contradict.nli import EntailmentJudge, judge_both
from contradict.pairs import pairs_of
from contradict.printed import stated, with_printed
from contradict.sentences import read_sentences
from contradict.types import (
    LISTED,
    Answers,
    Claim,
    Document,
    Figure,
    Hedge,
    Kind,
    Matter,
    Pair,
    Probabilities,
    Relation,
    Role,
    Sentence,
    TimeSpan,
    Verdict,
)
from contradict.verdicts import decide, judge_groups, load_head, outweighed
from contradict.worded import counterparts


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of a pair to judge: a sentence with its date, outlet, and what stands before and after it."""

    text: str
    date: TimeSpan | None = None
    source: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A pair to judge, with the id that its answer carries."""

    id: str
    a: Passage
    b: Passage


def judge(
    rows: Sequence[JudgeRow],
    *,
    encoder: Encoder,
    nli: EntailmentJudge | None = None,
    calibration: Calibration | None = None,
) -> Iterator[Verdict]:
    """One verdict for each row, in order: of the figures or dates that differ most, else of the claims as a whole."""
    sides = [(_read(row.a, f"{row.id}/a"), _read(row.b, f"{row.id}/b")) for row in rows]
    told = _told(sides, nli) if nli is not None else [_Whole()] * len(sides)
    judged = judge_groups(_groups(sides, encoder), load_head())
    for (a, b), verdicts, whole in zip(sides, judged, told, strict=True):
        figures = _figures([recalibrated(verdict, calibration) for verdict in verdicts], a, b)
        chosen = _either(figures, whole.verdict) or _incomparable(a[0], b[0])
        answered = chosen is figures and not _same(chosen)
        yield chosen if answered else replace(chosen, inference=whole.inference)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is said of two sentences as a whole: a verdict, none where one asserts nothing, and what the entailment
    judge says of them in both orders."""

    verdict: Verdict | None = None
    inference: tuple[Answers, Answers] | None = None


def _told(sides: Sequence[tuple[Side, Side]], nli: EntailmentJudge) -> list[_Whole]:
    answers = judge_both(nli, [(a.text, b.text) for (a, _), (b, _) in sides])
    pairs = {}
    for number, ((sentence_a, _), (sentence_b, _)) in enumerate(sides):
        a, b = read_assertion(sentence_a), read_assertion(sentence_b)
        if a is not None and b is not None:
            pairs[number] = Pair(a, b, 0.0, 0.0)
    verdicts = weighed(list(pairs.values()), answers.of(list(pairs)), nli, load_claim_head())
    by_row = dict(zip(pairs, verdicts, strict=True))
    both = zip(answers.given.tolist(), answers.turned.tolist(), strict=True)
    return [_Whole(by_row.get(number), (tuple(a), tuple(b))) for number, (a, b) in enumerate(both)]


def _either(figures: Verdict | None, claims: Verdict | None) -> Verdict | None:
    """The figures where there are any to compare; the judge of whole claims is wrong about those too often.

    But a figure that both sentences share hides no name that they do not: where the figures do not differ, and no time
    lies between that would explain it, the claims answer if they contradict each other. Where the figures of one come
    to that of the other, they answer: to the judge of claims 9 and 6 are another figure than 15.
    """
    if figures is None or claims is None:
        return figures or claims
    hidden = not _calculated(figures) and figures.relation not in LISTED and claims.relation is Relation.CONTRADICTION
    return claims if hidden and not time_may_explain(claims.pair.a, claims.pair.b) else figures


def _same(figures: Verdict) -> bool:
    """Whether what is compared is the same in both passages, so that there is more to them: one figure, or one day."""
    a, b = figures.pair.a, figures.pair.b
    if a.figure is not None and b.figure is not None:
        return _quantity(a.figure) == _quantity(b.figure)
    return a.kind is Kind.DATE and figures.relation is Relation.AGREEMENT


def _calculated(figures: Verdict) -> bool:
    """Whether the figures of one passage come to that of the other."""
    return figures.relation is Relation.AGREEMENT and figures.pair.a.kind is Kind.CLAIM


Side = tuple[Sentence, list[Claim]]
"""The sentence of a passage and its claims."""


def _groups(sides: Sequence[tuple[Side, Side]], encoder: Encoder) -> Iterator[list[Pair]]:
    """The pairs of claims of each two passages, as they are judged: with what these print beside them."""
    differing = [_differing(a, b) for a, b in sides]
    claims = [
        (_pairable(a), _pairable(b)) if only is None else ([only[0], *_dates(a)], [only[1], *_dates(b)])
        for (a, b), only in zip(sides, differing, strict=True)
    ]
    for (a, b), only, met in zip(sides, differing, pairs_of(claims, encoder), strict=True):
        pairs = [replace(pair, alike=only is not None and not time_may_explain(pair.a, pair.b)) for pair in met]
        yield _with_printed(pairs, a[0], b[0])


def _differing(a: Side, b: Side) -> tuple[Claim, Claim] | None:
    """The claims on the only two figures in which passages of the same words differ, be they ages or ranks; None where
    there are others, or where these say of whom or what something is told and not how much: "5-year notes", "the 2nd
    Circuit", "voters over 65"."""
    one, other = ([claim for claim in side[1] if claim.figure is not None] for side in (a, b))
    if not counterparts(a[0].text, [claim.stated for claim in one], b[0].text, [claim.stated for claim in other]):
        return None
    found = [(x, y) for x, y in zip(one, other, strict=True) if _quantity(x.stated) != _quantity(y.stated)]
    if len(found) != 1 or any(map(_names, found[0])):
        return None
    return _as_quantity(found[0][0]), _as_quantity(found[0][1])


def _quantity(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, figure.hedge, figure.unit, figure.per, figure.change


def _names(claim: Claim) -> bool:
    """Whether a figure says of whom or what something is told."""
    figure = claim.stated
    after = claim.sentence.text[figure.end :]
    if figure.role is Role.ORDINAL:
        return after.lstrip()[:1].isupper()
    if figure.role is Role.AGE:
        return figure.hedge is not Hedge.EXACT and "year" not in figure.surface
    return figure.role is Role.SCORE or after.startswith("-") or "-" in figure.surface


def _pairable(side: Side) -> list[Claim]:
    return [claim for claim in side[1] if pairable(claim)]


def _dates(side: Side) -> list[Claim]:
    return [claim for claim in side[1] if claim.figure is None]


def _as_quantity(claim: Claim) -> Claim:
    """The claim with an age or a rank as a measure or a count, which are compared."""
    figure = claim.stated
    if figure.role in COMPARABLE:
        return claim
    return replace(claim, figure=replace(figure, role=Role.MEASURE if figure.unit else Role.COUNT))


def _figures(verdicts: Sequence[Verdict], a: Side, b: Side) -> Verdict | None:
    """The verdict on the figures of two passages: of two that tell most, unless those of one passage come to that of
    the other; what stands in one place of the same words does so by chance."""
    telling = _telling(verdicts) if verdicts else None
    if telling is None or _nothing_new(telling) or telling.pair.alike:
        return telling
    return _come_to(min((verdict.probabilities for verdict in verdicts), key=lambda p: p.unrelated), a, b) or telling


def _come_to(told: Probabilities, a: Side, b: Side) -> Verdict | None:
    """Agreement where the figures of one passage come to the one of the other, and that is unlikely to be by chance.

    `told` is what the pair of figures that is likeliest of one matter was thought of before that is known.
    """
    found = derived(_pairable(a), _pairable(b))
    if found is None:
        return None
    probabilities = outweighed(told, found.likelier)
    if decide(probabilities) is not Relation.AGREEMENT:
        return None
    return _whole(a[0], b[0], probabilities, f"The figures of one passage come to that of the other: {found.words}.")


def passage_claims(passage: Passage, name: str) -> Side:
    """The sentence of a passage in a document of its own, with the sentences around it, and its claims that are ever
    compared."""
    side = _read(passage, name)
    return side[0], _pairable(side)


def _read(passage: Passage, name: str) -> Side:
    """The same with all its claims, ages and ranks included."""
    sentence = _sentence(passage, name)
    return sentence, read_claims(sentence)[0]


def _with_printed(pairs: Sequence[Pair], a: Sentence, b: Sentence) -> list[Pair]:
    """The pairs of two passages with what these print beside them, the sentences around included."""
    if not pairs:
        return []
    of_a, of_b = (
        stated(figure for each in read_sentences(sentence.document) for figure in read_figures(each.text))
        for sentence in (a, b)
    )
    return [with_printed(pair, of_a, of_b) for pair in pairs]


def _sentence(passage: Passage, name: str) -> Sentence:
    text = " ".join(part for part in (passage.before, passage.text, passage.after) if part)
    start = len(passage.before) + 1 if passage.before else 0
    document = Document(id=name, path=name, text=text, source=passage.source, date=passage.date)
    return Sentence(document, 0, start, start + len(passage.text))


def _telling(verdicts: Sequence[Verdict]) -> Verdict:
    """Of all figure pairs of two sentences the one to answer with: differing before agreeing before unrelated, and of
    those that agree one whose figures are not the same: that two sentences share a figure says less."""
    order = {Relation.CONTRADICTION: 0, Relation.UPDATE: 0, Relation.AGREEMENT: 1, Relation.UNRELATED: 2}

    def place(verdict: Verdict) -> tuple[int, bool, float]:
        rank = order[verdict.relation]
        return rank, _nothing_new(verdict), -verdict.score if rank == 0 else verdict.probabilities.unrelated

    return min(verdicts, key=place)


def _nothing_new(verdict: Verdict) -> bool:
    """Whether two claims agree by saying the same, or on a day alone."""
    a, b = verdict.pair.a, verdict.pair.b
    if verdict.relation is not Relation.AGREEMENT:
        return False
    comparison = compare(a.stated, b.stated) if a.figure is not None and b.figure is not None else None
    return comparison is None or comparison.outcome is Outcome.EQUAL


def _incomparable(a: Sentence, b: Sentence) -> Verdict:
    """The answer where the two sentences state nothing on one scale."""
    reason = "Nothing in the two sentences can be compared: no figures of one unit, no dates of one event."
    return _whole(a, b, Probabilities(0.0, 0.0, 0.0, 1.0), reason)


def _whole(a: Sentence, b: Sentence, probabilities: Probabilities, reason: str) -> Verdict:
    """An answer on two sentences of which no two figures are set against each other, and which do not differ."""
    sides = (Claim(a, Kind.CLAIM, Matter()), Claim(b, Kind.CLAIM, Matter()))
    return Verdict(
        pair=Pair(*sides, 0.0, 0.0),
        relation=decide(probabilities),
        kind=Kind.NONE,
        probabilities=probabilities,
        reason=reason,
        matter="",
        same_speaker=None,
        same_source=bool(a.document.source) and a.document.source == b.document.source,
    )
