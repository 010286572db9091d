"""The relation of two claims without figures: what the entailment judge says, weighed with what the page shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from contradict.alignment import Alignment, Rivals, align, mended
from contradict.boosting import PARTS, Boosted
from contradict.calibration import Scaling, is_sane
from contradict.claim_evidence import EVIDENCE, claim_evidence
from contradict.clashes import Clash, ClashKind, clashes
from contradict.compare import first_printed, same_source, time_may_explain
from contradict.errors import ModelError
from contradict.mentions import Mention, MentionKind
from contradict.nli import BothOrders, EntailmentJudge
from contradict.opposites import MOVES
from contradict.pleas import both_stand
from contradict.reasons import claim_reason, matter_of
from contradict.resources import model_path, sha256
from contradict.speakers import same_speaker
from contradict.times.patterns import MONTH
from contradict.types import Claim, Inference, Kind, Pair, Probabilities, Relation, TimeSpan, Verdict
from contradict.verdicts import in_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = "claim_head.json"
CLASSES = (Relation.CONTRADICTION, Relation.AGREEMENT, Relation.UNRELATED)
RIVALS = "rival_any"  # the evidence that tells whether there are rivals
SUSPECT = 0.2  # contradiction in the order given from which a scan asks for the other order, too
SAID_AGAIN = 0.7  # share of its words that each side has of the other, from which what clashes would show on the page
OWN_DAYS = 3  # between an article and the day that it reports on
BLOCK = 4096  # pairs judged at once: bounds memory
# What is planned, feared or possible against what is said to be. "May" and "Will" are a month and a name.
_OPEN = re.compile(
    r"\b(?:(?-i:will|may)|would|shall|might|could|should|plan\w*|expect\w*|hope\w*|aim\w*|intend\w*|propos\w*|consider\w*"
    r"|threaten\w*|urg\w+|call\w* (?:for|on)|want\w*|likely|possibl[ey]|about to|set to|due to|to be)\b",
    re.IGNORECASE,
)

# What happens on one day alone, and a day told by its date.
_ONCE = re.compile(
    r"\b(?:die[sd]?|dead|death|killed|born|birth|convicted|acquitted|sentenced|resign(?:s|ed)|elected|sworn in|opened"
    r"|began|begins?|begun|start(?:s|ed)|ended|ends)\b",
    re.IGNORECASE,
)
_CALENDAR = re.compile(rf"\d|\b{MONTH}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """Logistic regression over named evidence. Shapes: mean, scale, weights (features,)."""

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(rows,) for rows of the evidence in the order of `features`."""
        logits = (rows - self.mean) / self.scale @ self.weights + self.bias
        return _logistic(logits)


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Boosted trees over named evidence, which give log-odds."""

    features: tuple[str, ...]
    trees: Boosted

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(rows,) for rows of the evidence in the order of `features`."""
        odds = self.trees.sums(rows.T.astype(np.float32)).astype(np.float64)
        return _logistic(odds)


def _logistic(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of log-odds; in this form it overflows nowhere."""
    return np.asarray(0.5 * (1.0 + np.tanh(odds / 2)))


@dataclass(frozen=True, slots=True, eq=False)
class ClaimHead:
    """Three questions: are the claims about one matter; if so, do they differ; and where something stands in another's
    place, is that a conflict?

    The first two are kept apart since what answers the one misleads about the other: a rewrite that keeps to the words
    is likelier about the same matter and no likelier a contradiction. The third is asked in their place of claims with
    rivals (`alignment.py`). `threshold` is the probability that calls a contradiction, `met` tells what a probability
    is worth where nobody chose the pair.
    """

    matter: Weighing | Forest
    differs: Weighing | Forest
    rivals: Weighing | Forest
    threshold: float
    met: Scaling
    sha256: str

    @property
    def features(self) -> tuple[str, ...]:
        """All the evidence that any question reads, in the order in which `probabilities` wants it."""
        parts = (self.matter, self.differs, self.rivals)
        return tuple(sorted({RIVALS, *(name for part in parts for name in part.features)}))

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(rows, classes), classes as in `CLASSES`; each row sums to 1."""
        place = {name: at for at, name in enumerate(self.features)}
        one, differs, rivals = (
            part.probabilities(rows[:, [place[name] for name in part.features]])
            for part in (self.matter, self.differs, self.rivals)
        )
        placed = rows[:, place[RIVALS]] > 0
        conflict = np.where(placed, rivals, one * differs)
        agreement = np.where(placed, 0.0, one * (1 - differs))  # with rivals that are no conflict there are two matters
        return np.stack([conflict, agreement, 1 - conflict - agreement], axis=1)


@lru_cache(maxsize=1)
def load_claim_head() -> ClaimHead:
    """The head that the package carries. Raises `ModelError` where it is missing or damaged."""
    path = model_path(HEAD)
    digest = sha256(path)
    try:
        held = json.loads(path.read_bytes())
        matter, differs, rivals = (part_of(held[name]) for name in ("matter", "differs", "rivals"))
        met = Scaling(float(held["met"]["slope"]), float(held["met"]["bias"]))
        head = ClaimHead(matter, differs, rivals, float(held["threshold"]), met, sha256=digest)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{path}: damaged ({type(error).__name__}); install contradict again") from error
    if fault := _fault(head):
        raise ModelError(f"{path}: damaged ({fault}); install contradict again")
    return head


def part_of(held: Mapping[str, Any]) -> Weighing | Forest:
    """What answers one question, trees or a regression, as the file holds it."""
    features = tuple(held["features"])
    if "trees" in held:
        feature, border, value = (np.array(held["trees"][name]) for name in PARTS)
        return Forest(features, Boosted(feature.astype(np.int32), *(a.astype(np.float32) for a in (border, value))))
    return Weighing(
        features=features,
        mean=np.array(held["mean"], dtype=float),
        scale=np.array(held["scale"], dtype=float),
        weights=np.array(held["weights"], dtype=float),
        bias=float(held["bias"]),
    )


def _fault(head: ClaimHead) -> str:
    """What makes a head unusable; empty where nothing does."""
    for part in (head.matter, head.differs, head.rivals):
        if isinstance(part, Forest):
            if not part.trees.sound(len(part.features)):
                return "trees do not hold together"
            continue
        if {array.shape for array in (part.mean, part.scale, part.weights)} != {(len(part.features),)}:
            return "shapes do not fit"
        numbers = np.concatenate([part.mean, part.scale, part.weights, [part.bias]])
        if not np.isfinite(numbers).all() or not part.scale.all():
            return "numbers out of range"
    if unknown := sorted(set(head.features) - EVIDENCE):
        return f"no such evidence: {', '.join(unknown)}"
    return "" if 0 < head.threshold <= 1 and is_sane(head.met) else "numbers out of range"


def judge_claims(
    pairs: Sequence[Pair],
    judge: EntailmentJudge,
    head: ClaimHead,
    *,
    suspect: float = 0.0,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[Verdict]:
    """A verdict for each pair whose contradiction in the order given is at least `suspect`; 0 judges all in both."""
    for start in range(0, len(pairs), BLOCK):
        block = pairs[start : start + BLOCK]
        texts = [(pair.a.sentence.text, pair.b.sentence.text) for pair in block]
        given = judge.judge(texts)
        chosen = [i for i in range(len(block)) if given[i, Inference.CONTRADICTION] >= suspect]
        turned = judge.judge([(texts[i][1], texts[i][0]) for i in chosen])
        yield from weighed([block[i] for i in chosen], BothOrders(given[chosen], turned), judge, head)
        if on_progress is not None:
            on_progress(len(block))


def weighed(pairs: Sequence[Pair], answers: BothOrders, judge: EntailmentJudge, head: ClaimHead) -> Iterator[Verdict]:
    """A verdict for each pair, `answers` being what the judge says of their sentences."""
    for start in range(0, len(pairs), BLOCK):
        part = slice(start, start + BLOCK)
        rows = evidence_rows(pairs[part], answers.of(part), judge, head.features)
        yield from _verdicts(pairs[part], rows, head)


def evidence_rows(
    pairs: Sequence[Pair], answers: BothOrders, judge: EntailmentJudge, features: Sequence[str]
) -> NDArray[np.float64]:
    """(pairs, features) the evidence of each pair in the order of `features`, `answers` being what the judge says of
    their sentences. It is asked once more about pairs with rivals, these put in each other's place.
    """
    aligned = [align(pair.a, pair.b) for pair in pairs]
    changed = {
        i: sides
        for i, (pair, alignment) in enumerate(zip(pairs, aligned, strict=True))
        if (sides := mended(pair.a, pair.b, alignment)) is not None
    }
    asked = [(pairs[i].a.sentence.text, b) for i, (_, b) in changed.items()]
    anew = judge.judge([*asked, *((pairs[i].b.sentence.text, a) for i, (a, _) in changed.items())])
    again = {i: (anew[k], anew[k + len(changed)]) for k, i in enumerate(changed)}
    rows = np.zeros((len(pairs), len(features)))
    for i, pair in enumerate(pairs):
        found = claim_evidence(
            pair.a,
            pair.b,
            given=answers.given[i],
            turned=answers.turned[i],
            mended=again.get(i),
            alignment=aligned[i],
        )
        rows[i] = [found[name] for name in features]
    return rows


def _verdicts(pairs: Sequence[Pair], rows: NDArray[np.float64], head: ClaimHead) -> Iterator[Verdict]:
    for pair, (conflict, agreement, unrelated) in zip(pairs, head.probabilities(rows), strict=True):
        yield _verdict(pair, float(conflict), float(agreement), float(unrelated), head.threshold)


def _verdict(pair: Pair, conflict: float, agreement: float, unrelated: float, threshold: float) -> Verdict:
    pair = in_time(pair)
    a, b = pair.a, pair.b
    alignment = align(a, b)
    found = clashes(a, b, alignment=alignment)
    if conflict >= threshold and not found and min(alignment.covered) >= SAID_AGAIN:
        conflict, agreement = 0.0, agreement + conflict
    if both_stand(a.sentence.text, b.sentence.text) or each_of_its_day(a, b, alignment, found):
        conflict, unrelated = 0.0, unrelated + conflict
    relation = Relation.AGREEMENT if agreement > unrelated else Relation.UNRELATED
    update = 0.0
    if conflict >= threshold:
        relation = Relation.UPDATE if explained_by_time(a, b, alignment, found) else Relation.CONTRADICTION
        if relation is Relation.UPDATE:
            conflict, update = 0.0, conflict
    listed = relation in (Relation.CONTRADICTION, Relation.UPDATE)
    same = same_speaker(a.speaker, b.speaker)
    return Verdict(
        pair=pair,
        relation=relation,
        kind=Kind.CLAIM if listed else Kind.NONE,
        probabilities=Probabilities(conflict, update, agreement, unrelated),
        reason=claim_reason(a, b, relation, found, same_speaker=same),
        matter=matter_of(a, b),
        same_speaker=same,
        same_source=same_source(a, b),
    )


def as_met(verdict: Verdict, met: Scaling) -> Verdict:
    """The same on two claims that merely met in a scan: most pairs do without being a conflict, so its probability is
    lower there, and that of two matters higher; the relation stays, for it is worth a look."""
    told = verdict.probabilities
    conflict = told.contradiction + told.update
    kept = min(met(conflict) / conflict, 1.0) if conflict else 1.0
    probabilities = Probabilities(
        told.contradiction * kept, told.update * kept, told.agreement, told.unrelated + conflict * (1 - kept)
    )
    return replace(verdict, probabilities=probabilities)


def in_whole(verdict: Verdict) -> Verdict:
    """The same on the sentences as their articles print them, with what was left out to compare them."""
    pair = verdict.pair
    if pair.a.sentence.whole is None and pair.b.sentence.whole is None:
        return verdict
    a, b = (replace(claim, sentence=claim.sentence.whole or claim.sentence) for claim in (pair.a, pair.b))
    return replace(verdict, pair=replace(pair, a=a, b=b))


def explained_by_time(a: Claim, b: Claim, alignment: Alignment, found: Sequence[Clash]) -> bool:
    """Whether what differs is a plan since carried out or dropped, a figure, a move or a day not yet past that another
    day explains, or nothing that the page shows.

    `a` is the earlier, `found` all that clashes in them. The labelling guideline: "a plan since carried out" is an
    update, and so are levels on different days. Of the pairs of scans that were read, are of different days and differ,
    102 are updates and 33 contradictions where nothing on the page clashes; 44 and 17 where a date does.
    """
    if not time_may_explain(a, b):
        return False
    planned, still_planned = _is_open(a.sentence.text), _is_open(b.sentence.text)
    if planned and not still_planned:
        return True
    kinds = {clash.kind for clash in found}
    if ClashKind.FIGURE in kinds and not kinds & {ClashKind.NEGATION, ClashKind.OPPOSITE, ClashKind.DATE}:
        return True
    if ClashKind.NEGATION in kinds or _happens_once(a, b):
        return False
    if ClashKind.OPPOSITE in kinds:
        return all({clash.a, clash.b} <= MOVES for clash in found if clash.kind is ClashKind.OPPOSITE)
    if ClashKind.DATE in kinds:
        return not _both_past(a, b, alignment)
    return not found and planned is still_planned  # what is done is not planned any more


def _happens_once(a: Claim, b: Claim) -> bool:
    return any(_ONCE.search(claim.sentence.text) for claim in (a, b))


def _both_past(a: Claim, b: Claim, alignment: Alignment) -> bool:
    """Whether the days that clash were over when the first of both articles was printed, so that none was put off."""
    days = [each.span for rivals in _days(alignment) for each in (rivals.a, rivals.b)]
    first = first_printed(a, b)
    return first is not None and all(span is not None and span.end <= first for span in days)


def _days(alignment: Alignment) -> list[Rivals]:
    """The days of two claims that stand in each other's place."""
    return [rivals for rivals in alignment.rivals if rivals.kind is MentionKind.DATE and rivals.placed]


def each_of_its_day(a: Claim, b: Claim, alignment: Alignment, found: Sequence[Clash]) -> bool:
    """Whether two articles of different days each report on a day as far before their own, told by its place in the
    week, of what may happen on both: "on Friday" in a Saturday's paper and "on Monday" in a Tuesday's. Neither denies
    anything, and neither tells what happens once."""
    one, other = a.document.date, b.document.date
    if one is None or other is None or one.days != 1 or other.days != 1 or one == other:
        return False
    if any(clash.kind in (ClashKind.NEGATION, ClashKind.OPPOSITE) for clash in found):
        return False
    if _happens_once(a, b):
        return False
    dates = _days(alignment)
    before = [(_days_before(rivals.a, one), _days_before(rivals.b, other)) for rivals in dates]
    return bool(dates) and all(x is not None and x == y for x, y in before)


def _days_before(mention: Mention, published: TimeSpan) -> int | None:
    """How many days before it an article says that something was, at most `OWN_DAYS`; None for a day told by its date,
    a day to come, or more than a day."""
    if mention.span is None or mention.span.days != 1 or _CALENDAR.search(mention.surface):
        return None
    days = (published.start - mention.span.start).days
    return days if 0 <= days <= OWN_DAYS else None


def _is_open(text: str) -> bool:
    """Whether a sentence speaks of what is planned, expected or possible, and not of what is."""
    return bool(_OPEN.search(text))
