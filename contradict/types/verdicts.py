"""What is said of two claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from contradict.types.claims import Claim, Kind
from contradict.types.digests import digest


class Relation(StrEnum):
    """How two statements stand to each other; the labelling guideline says exactly when each holds."""

    CONTRADICTION = "contradiction"
    UPDATE = "update"
    AGREEMENT = "agreement"
    UNRELATED = "unrelated"


LISTED = frozenset({Relation.CONTRADICTION, Relation.UPDATE})
"""The relations that a report lists unless it is asked for all."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two claims that may be about the same matter, and the cosines of their masked sentences and masked clauses.

    `printed` tells of each claim whether its article prints the figure of the other one, too, and `alike` whether two
    given passages of one time are the same but for one figure; both are known when the pair is judged, and not kept
    with the verdict.
    """

    a: Claim
    b: Claim
    similarity: float
    clause_similarity: float
    printed: tuple[bool, bool] = (False, False)
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Probabilities:
    contradiction: float
    update: float
    agreement: float
    unrelated: float

    @property
    def top(self) -> Relation:
        return max(Relation, key=lambda relation: getattr(self, relation.value))


class Inference(IntEnum):
    """What a premise says of a hypothesis: the columns of a judge's answers."""

    ENTAILMENT = 0
    NEUTRAL = 1
    CONTRADICTION = 2


Answers = tuple[float, float, float]
"""An entailment judge's probabilities, in the order of `Inference`."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """The relation of a pair, with a reason that a person can check.

    `inference` is what the entailment judge says of two given passages in both orders, where it was asked and no
    figures of theirs answer, or only those that are the same.
    """

    pair: Pair
    relation: Relation
    kind: Kind
    probabilities: Probabilities
    reason: str
    matter: str
    same_speaker: bool | None
    same_source: bool
    inference: tuple[Answers, Answers] | None = None
    id: str = field(init=False)
    """Stable across runs and independent of the order of the two sides."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", digest(*sorted((self.pair.a.key, self.pair.b.key))))

    @property
    def score(self) -> float:
        """Probability that the two conflict or differ as stated."""
        return self.probabilities.contradiction + self.probabilities.update
