"""Entailment judges behind one small protocol: the bundled int8 model, or any sentence-transformers CrossEncoder.

A judge answers for a premise and a hypothesis: does the first entail the second, contradict it, or neither? Its known
failing: sentences about different things can look contradictory, so ask it only about pairs on one matter. The bundled
model runs on ONNX Runtime alone; nothing here imports torch unless another model is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from contradict.errors import ModelError
from contradict.onnx import BLOCK, MOST_CHARACTERS, Network, Pair, first_line, read_facts, shown
from contradict.restated import Restated, restated
from contradict.types import Inference

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUNDLED = "bundled"
"""What a user writes to name the judge that the package carries."""
FACTS = "nli/model.json"
"""Written by models/export_nli.py: the digests of the bundled model's files."""
BATCH_PAIRS = 32  # of a CrossEncoder

OnProgress = Callable[[int], None]


class EntailmentJudge(Protocol):
    """Answers for pairs of texts, each on its own."""

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str:
        """SHA-256 of the weights, empty where they have none."""
        ...

    @property
    def cut(self) -> int:
        """Of the pairs judged so far, how many were too long and were judged by their beginning."""
        ...

    def judge(self, pairs: Sequence[Pair], *, on_progress: OnProgress | None = None) -> NDArray[np.float32]:
        """(len(pairs), 3) float32, columns as in `Inference`, rows that sum to 1; neutral where a text is blank.

        `on_progress` is told how many are done since. The order of the pairs makes no difference.
        """
        ...


@dataclass(frozen=True, slots=True)
class BothOrders:
    """The answers for pairs as given and turned around, each (n, 3) with columns as in `Inference`."""

    given: NDArray[np.float32]
    turned: NDArray[np.float32]

    def of(self, rows: Sequence[int] | slice) -> BothOrders:
        """The answers for some of the pairs."""
        return BothOrders(self.given[rows], self.turned[rows])


def judge_both(judge: EntailmentJudge, pairs: Sequence[Pair], *, on_progress: OnProgress | None = None) -> BothOrders:
    """Judges each pair in both orders; `on_progress` counts to twice the number of pairs."""
    answers = judge.judge([*pairs, *((b, a) for a, b in pairs)], on_progress=on_progress)
    return BothOrders(answers[: len(pairs)], answers[len(pairs) :])


def load_judge(name: str | None = None, *, threads: int = 0) -> EntailmentJudge:
    """The bundled judge where `name` is None or "bundled", else the sentence-transformers CrossEncoder of that name or
    path.

    `threads` is for the bundled one, 0 for as many as there are cores. Raises `ModelError` where the model cannot be
    loaded, is not the one expected, or does not have the three answers.
    """
    return OnnxJudge(threads=threads) if name in (None, BUNDLED) else CrossEncoderJudge(name)


class OnnxJudge:
    """The bundled model: int8 products, one scale for each token, so that no pair's answer hangs on another's.

    Batches are of one width, and the width of a pair is its own; several are judged at a time, a thread each. It
    reads a hypothesis in the figures and dates of its premise (`restated`).
    """

    name = "mpnet-entailment"

    def __init__(self, *, threads: int = 0) -> None:
        self._network = Network(read_facts(FACTS, weights="model.onnx", tokenizer="tokenizer.json"), threads=threads)
        self.sha256, self.cut = self._network.sha256, 0

    def judge(self, pairs: Sequence[Pair], *, on_progress: OnProgress | None = None) -> NDArray[np.float32]:
        answers, cut = _each_once(pairs, self._judge_block, on_progress)
        self.cut += cut
        return answers

    def _judge_block(self, pairs: Sequence[Pair]) -> _Answers:
        told = [restated(premise, hypothesis) for premise, hypothesis in pairs]
        logits, cut = self._network.run([(premise, each.text) for (premise, _), each in zip(pairs, told, strict=True)])
        return allowed(_softmax(logits), told), cut


class CrossEncoderJudge:
    """Any sentence-transformers CrossEncoder whose labels are entailment, neutral and contradiction, in any order."""

    sha256 = ""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(name)
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"{name}: no sentence-transformers CrossEncoder can be loaded ({first_line(error)}); "
                "name another with --nli"
            ) from error
        self.name, self.cut = name, 0
        self._columns = _columns(name, getattr(self._model.config, "id2label", None) or {})

    def judge(self, pairs: Sequence[Pair], *, on_progress: OnProgress | None = None) -> NDArray[np.float32]:
        answers, cut = _each_once(pairs, self._judge_block, on_progress)
        self.cut += cut
        return answers

    def _judge_block(self, pairs: Sequence[Pair]) -> _Answers:
        probabilities = self._model.predict(
            list(pairs), batch_size=BATCH_PAIRS, apply_softmax=True, show_progress_bar=False
        )
        answers = np.asarray(probabilities, dtype=np.float32)[:, self._columns]
        most = self._model.max_seq_length or self._model.tokenizer.model_max_length
        encoded = self._model.tokenizer([a for a, _ in pairs], [b for _, b in pairs], truncation=False, verbose=False)
        return answers, [len(ids) > most for ids in encoded["input_ids"]]


_Answers = tuple["NDArray[np.float32]", list[bool]]
"""Probabilities, one row a pair, and which pairs were cut."""


def _each_once(
    pairs: Sequence[Pair], judge_block: Callable[[Sequence[Pair]], _Answers], on_progress: OnProgress | None
) -> tuple[NDArray[np.float32], int]:
    """The answers for all pairs, equal ones judged once, and how many were cut.

    Pairs go in by length and text, whatever their order: little padding, and the same blocks for the same pairs.
    """
    places: dict[Pair, list[int]] = {}
    shortened = set()
    for i, pair in enumerate(pairs):
        key = shown(pair[0]), shown(pair[1])
        places.setdefault(key, []).append(i)
        if max(map(len, pair)) > MOST_CHARACTERS:
            shortened.add(i)
    answers = np.zeros((len(pairs), len(Inference)), dtype=np.float32)
    order = sorted(places, key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        spoken = [pair for pair in block if all(pair)]
        found, cut = judge_block(spoken) if spoken else (answers[:0], [])
        for pair, row, is_cut in zip(spoken, found, cut, strict=True):
            answers[places[pair]] = row
            shortened.update(places[pair] if is_cut else ())
        for pair in set(block) - set(spoken):
            answers[places[pair], Inference.NEUTRAL] = 1  # nothing said is neither entailed nor contradicted
        if on_progress is not None:
            on_progress(sum(len(places[pair]) for pair in block))
    return answers, len(shortened)


# ---- the answers -----------------------------------------------------------------------------------------------------


def allowed(answers: NDArray[np.float32], told: Sequence[Restated]) -> NDArray[np.float32]:
    """The answers, (n, 3), as far as logic allows them: what is said again word for word follows, and nothing follows
    where a number was left open, which is neutral then."""
    is_said, is_open = (np.array(flags, dtype=bool) for flags in ([t.said for t in told], [t.open for t in told]))
    answers[is_said] = np.eye(len(Inference), dtype=np.float32)[Inference.ENTAILMENT]
    answers[is_open, Inference.NEUTRAL] += answers[is_open, Inference.ENTAILMENT]
    answers[is_open, Inference.ENTAILMENT] = 0.0
    return answers


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


# ---- any other model -------------------------------------------------------------------------------------------------


def _columns(name: str, labels: Mapping[int, str]) -> list[int]:
    """Which output of a model is which `Inference`. Raises `ModelError` where its labels are not these three."""
    said = {str(label).strip().lower(): int(index) for index, label in labels.items()}
    wanted = [answer.name.lower() for answer in Inference]
    if sorted(said) != sorted(wanted) or sorted(said.values()) != [0, 1, 2]:
        raise ModelError(
            f"{name}: not an entailment judge: its outputs are labelled {', '.join(map(repr, labels.values())) or '-'} "
            f"and not {', '.join(wanted)}; name another with --nli"
        )
    return [said[label] for label in wanted]
