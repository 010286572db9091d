"""Entailment judges behind one small protocol: the bundled int8 model, or any sentence-transformers CrossEncoder.

A judge answers for a premise and a hypothesis: does the first entail the second, contradict it, or neither? Its known
failing: sentences about different things can look contradictory, so ask it only about pairs on one matter. The bundled
model runs on ONNX Runtime alone; nothing here imports torch unless another model is named.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np

from contradict.errors import ModelError
from contradict.resources import model_path, read_checked

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

BUNDLED = "bundled"
"""What a user writes to name the judge that the package carries."""
FOLDER = "nli"
"""The folder of the bundled model; its model.json, written by models/export_nli.py, has the digests of the rest."""
MOST_CHARACTERS = 4096  # of one text; a judge reads some hundred tokens, and a sentence has a fraction of this
BLOCK = 2048  # pairs tokenised at once, and between two reports of progress
BATCH_TOKENS = 256  # the fastest of 128 to 4096 on two cores: larger batches leave the cache
BATCH_PAIRS = 32  # the same for a CrossEncoder
WIDTH_STEP = 8  # tokens; see `_width`

Pair = tuple[str, str]
"""Premise and hypothesis."""
OnProgress = Callable[[int], None]


class Inference(IntEnum):
    """What a premise says of a hypothesis: the columns of a judge's answers."""

    ENTAILMENT = 0
    NEUTRAL = 1
    CONTRADICTION = 2


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

    @property
    def conflict(self) -> NDArray[np.float32]:
        """(n,): the probability that the two conflict, which has no direction: the mean over both orders."""
        both = (self.given[:, Inference.CONTRADICTION] + self.turned[:, Inference.CONTRADICTION]) / 2
        return np.asarray(both, dtype=np.float32)


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

    Batches are of one width, and the width of a pair is its own; several are judged at a time, a thread each.
    """

    name = "minilm-entailment"

    def __init__(self, *, threads: int = 0) -> None:
        facts = _read_facts()
        self.sha256 = facts.digests["model.onnx"]
        self.cut = 0
        self._threads = threads or _cores()
        self._tokenizer = _load_tokenizer(facts)
        self._session = _load_session(facts)

    def judge(self, pairs: Sequence[Pair], *, on_progress: OnProgress | None = None) -> NDArray[np.float32]:
        answers, cut = _each_once(pairs, self._judge_block, on_progress)
        self.cut += cut
        return answers

    def _judge_block(self, pairs: Sequence[Pair]) -> _Answers:
        encodings = self._tokenizer.encode_batch(list(pairs))
        answers = np.empty((len(pairs), len(Inference)), dtype=np.float32)
        batches = list(_batches(encodings))
        with ThreadPoolExecutor(self._threads) as threads:
            for rows, logits in zip(batches, threads.map(self._run, _arrays(encodings, batches)), strict=True):
                answers[rows] = _softmax(logits)
        return answers, [bool(encoding.overflowing) for encoding in encodings]

    def _run(self, feed: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        return np.asarray(self._session.run(None, feed)[0], dtype=np.float32)


class CrossEncoderJudge:
    """Any sentence-transformers CrossEncoder whose labels are entailment, neutral and contradiction, in any order."""

    sha256 = ""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(name)
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                f"{name}: no sentence-transformers CrossEncoder can be loaded ({_first_line(error)}); "
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
        shown = _shown(pair[0]), _shown(pair[1])
        places.setdefault(shown, []).append(i)
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


def _shown(text: str) -> str:
    """A text as a judge is shown it: its beginning, white space squeezed, and no character that cannot be encoded."""
    if len(text) > MOST_CHARACTERS:
        text = text.lstrip()[:MOST_CHARACTERS]
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


# ---- the bundled model -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the runtime needs to know of the bundled model."""

    digests: Mapping[str, str]
    max_length: int


def _read_facts() -> _Facts:
    path = model_path(f"{FOLDER}/model.json")
    try:
        facts = json.loads(path.read_bytes())
        digests = {name: str(facts["files"][name]["sha256"]) for name in ("model.onnx", "tokenizer.json")}
        return _Facts(digests, int(facts["max_length"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{path}: cannot be read ({type(error).__name__}); install contradict again") from error


def _load_tokenizer(facts: _Facts) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(_read(facts, "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(facts.max_length, strategy="longest_first")
    return tokenizer


def _load_session(facts: _Facts) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a thread a batch: no waiting for one another
    options.log_severity_level = 3
    weights = _read(facts, "model.onnx")
    try:
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no base of their own
        raise ModelError(
            f"onnxruntime {onnxruntime.__version__} cannot run the bundled judge ({_first_line(error)}); "
            "install the version that constraints.txt names"
        ) from error


def _read(facts: _Facts, name: str) -> bytes:
    return read_checked(model_path(f"{FOLDER}/{name}"), facts.digests[name])


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _width(encoding: Encoding) -> int:
    """How wide the row of a pair is: of its own length alone, so that its sums run the same in every batch."""
    return -(-len(encoding) // WIDTH_STEP) * WIDTH_STEP


def _batches(encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    """Row numbers of batches, each of one width, the widest first so that no thread ends long after the others."""
    by_width: dict[int, list[int]] = {}
    for row, encoding in enumerate(encodings):
        by_width.setdefault(_width(encoding), []).append(row)
    for width in sorted(by_width, reverse=True):
        size = max(1, BATCH_TOKENS // width)
        for start in range(0, len(by_width[width]), size):
            yield by_width[width][start : start + size]


def _arrays(encodings: Sequence[Encoding], batches: Sequence[list[int]]) -> Iterator[dict[str, NDArray[np.int64]]]:
    """The inputs of the model for each batch: token ids, segments and mask, padded with zeros."""
    for rows in batches:
        ids, segments, mask = np.zeros((3, len(rows), _width(encodings[rows[0]])), dtype=np.int64)
        for k, row in enumerate(rows):
            encoding = encodings[row]
            ids[k, : len(encoding)] = encoding.ids
            segments[k, : len(encoding)] = encoding.type_ids
            mask[k, : len(encoding)] = 1
        yield {"input_ids": ids, "token_type_ids": segments, "attention_mask": mask}


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


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
