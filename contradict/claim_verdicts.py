"""The relation of two claims without figures: what the entailment judge says, weighed with what the page shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from contradict.claim_evidence import EVIDENCE, claim_evidence, is_open
from contradict.clashes import Clash, ClashKind, clashes
from contradict.compare import days_between, same_source
from contradict.errors import ModelError
from contradict.nli import EntailmentJudge, Inference
from contradict.reasons import claim_reason, matter_of
from contradict.resources import model_path, sha256
from contradict.speakers import same_speaker
from contradict.types import Claim, Kind, Pair, Probabilities, Relation, Verdict
from contradict.verdicts import in_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = "claim_head.json"
CLASSES = (Relation.CONTRADICTION, Relation.AGREEMENT, Relation.UNRELATED)
SUSPECT = 0.2  # contradiction in the order given from which a scan asks for the other order, too
BLOCK = 4096  # pairs judged at once: bounds memory


@dataclass(frozen=True, slots=True, eq=False)
class ClaimHead:
    """Multinomial logistic regression over named evidence; `threshold` is the probability that calls a contradiction.

    Shapes: mean, scale (features,); weights (classes, features); bias (classes,), classes as in `CLASSES`.
    """

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    threshold: float
    sha256: str

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """(rows, classes); each row sums to 1."""
        logits = (rows - self.mean) / self.scale @ self.weights.T + self.bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@lru_cache(maxsize=1)
def load_claim_head() -> ClaimHead:
    """The head that the package carries. Raises `ModelError` where it is missing or damaged."""
    path = model_path(HEAD)
    digest = sha256(path)
    try:
        held = json.loads(path.read_bytes())
        head = ClaimHead(
            features=tuple(held["features"]),
            mean=np.array(held["mean"], dtype=float),
            scale=np.array(held["scale"], dtype=float),
            weights=np.array(held["weights"], dtype=float),
            bias=np.array(held["bias"], dtype=float),
            threshold=float(held["threshold"]),
            sha256=digest,
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{path}: damaged ({type(error).__name__}); install contradict again") from error
    if fault := _fault(head):
        raise ModelError(f"{path}: damaged ({fault}); install contradict again")
    return head


def _fault(head: ClaimHead) -> str:
    """What makes a head unusable; empty where nothing does."""
    count = len(head.features)
    shapes = head.mean.shape, head.scale.shape, head.weights.shape, head.bias.shape
    if shapes != ((count,), (count,), (len(CLASSES), count), (len(CLASSES),)):
        return "shapes do not fit"
    if unknown := sorted(set(head.features) - EVIDENCE):
        return f"no such evidence: {', '.join(unknown)}"
    numbers = np.concatenate([head.mean, head.scale, head.weights.ravel(), head.bias])
    if not np.isfinite(numbers).all() or not head.scale.all() or not 0 < head.threshold <= 1:
        return "numbers out of range"
    return ""


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
        yield from _verdicts([block[i] for i in chosen], given[chosen], turned, head)
        if on_progress is not None:
            on_progress(len(block))


def rows_of(
    pairs: Sequence[Pair], given: NDArray[np.float32], turned: NDArray[np.float32], features: Sequence[str]
) -> NDArray[np.float64]:
    """(pairs, features) the evidence of each pair in the order of `features`."""
    rows = np.zeros((len(pairs), len(features)))
    for i, pair in enumerate(pairs):
        found = claim_evidence(pair.a, pair.b, given=given[i], turned=turned[i])
        rows[i] = [found[name] for name in features]
    return rows


def _verdicts(
    pairs: Sequence[Pair], given: NDArray[np.float32], turned: NDArray[np.float32], head: ClaimHead
) -> Iterator[Verdict]:
    if not pairs:
        return
    shares = head.probabilities(rows_of(pairs, given, turned, head.features))
    for pair, (conflict, agreement, unrelated) in zip(pairs, shares, strict=True):
        yield _verdict(pair, float(conflict), float(agreement), float(unrelated), head.threshold)


def _verdict(pair: Pair, conflict: float, agreement: float, unrelated: float, threshold: float) -> Verdict:
    pair = in_time(pair)
    a, b = pair.a, pair.b
    found = clashes(a, b)
    relation = Relation.AGREEMENT if agreement > unrelated else Relation.UNRELATED
    update = 0.0
    if conflict >= threshold:
        relation = Relation.UPDATE if explained_by_time(a, b, found) else Relation.CONTRADICTION
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


def explained_by_time(a: Claim, b: Claim, found: Sequence[Clash]) -> bool:
    """Whether what differs is a plan since carried out or dropped, or a figure that another day explains.

    `a` is the earlier, `found` all that clashes in them. The labelling guideline: "a plan since carried out"
    is an update.
    """
    days = days_between(a, b)
    if not days:
        return False
    if is_open(a.sentence.text) and not is_open(b.sentence.text):
        return True
    kinds = {clash.kind for clash in found}
    return ClashKind.FIGURE in kinds and not kinds & {ClashKind.NEGATION, ClashKind.OPPOSITE, ClashKind.DATE}
