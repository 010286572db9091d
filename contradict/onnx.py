"""Bundled networks on ONNX Runtime: texts or pairs of texts in, one row of numbers for each out; nothing imports torch.

Products are of bytes with one scale for each token, batches are of one width, and the width of a row is its own: the
answer for a text is the same alone, among others, and with any number of threads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from contradict.errors import ModelError
from contradict.resources import model_path, read_checked

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MOST_CHARACTERS = 4096  # of one text; a network reads some hundred tokens, and a sentence has a fraction of this
BLOCK = 2048  # texts tokenised at once, and between two reports of progress
BATCH_TOKENS = 256  # the fastest of 128 to 4096 on two cores: larger batches leave the cache
WIDTH_STEP = 4  # tokens; see `_width`

Pair = tuple[str, str]
"""Two texts that a network reads as one."""


def shown(text: str) -> str:
    """A text as a network is shown it: its beginning, white space squeezed, and no character that cannot be encoded."""
    if len(text) > MOST_CHARACTERS:
        text = text.lstrip()[:MOST_CHARACTERS]
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


@dataclass(frozen=True, slots=True)
class Facts:
    """What the runtime needs to know of a bundled network: written beside it by its export."""

    weights: str
    tokenizer: str
    digests: Mapping[str, str]
    max_length: int


def read_facts(name: str, *, weights: str, tokenizer: str) -> Facts:
    """The facts in the bundled file `name`, whose `files` name `weights` and `tokenizer` relative to its folder.

    Raises `ModelError` where they cannot be read.
    """
    path = model_path(name)
    try:
        facts = json.loads(path.read_bytes())
        digests = {each: str(facts["files"][each]["sha256"]) for each in (weights, tokenizer)}
        length = int(facts["max_length"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{path}: cannot be read ({type(error).__name__}); install contradict again") from error
    folder = PurePosixPath(name).parent
    return Facts(
        weights=str(folder / weights),
        tokenizer=str(folder / tokenizer),
        digests={str(folder / each): digest for each, digest in digests.items()},
        max_length=length,
    )


class Network:
    """A bundled ONNX file and its tokenizer, both checked; several batches run at a time, a thread each.

    `threads` is 0 for as many as there are cores. Raises `ModelError` where a file is missing or not the one expected.
    """

    def __init__(self, facts: Facts, *, threads: int = 0) -> None:
        self.sha256 = facts.digests[facts.weights]
        self._threads = threads or _cores()
        self._tokenizer = load_tokenizer(facts)
        self._session = load_session(_read(facts, facts.weights), facts.weights)
        self._inputs = {given.name for given in self._session.get_inputs()}  # not every network tells segments apart

    def run(self, texts: Sequence[str] | Sequence[Pair]) -> tuple[NDArray[np.float32], list[bool]]:
        """One row of outputs for each text, and which were too long and read by their beginnings; at least one text."""
        encodings = self._tokenizer.encode_batch(list(texts))
        batches = list(_batches(encodings))
        with ThreadPoolExecutor(self._threads) as threads:
            found = np.concatenate(list(threads.map(self._run, _arrays(encodings, batches))))
        rows = np.empty_like(found)
        rows[[row for batch in batches for row in batch]] = found
        return rows, [bool(encoding.overflowing) for encoding in encodings]

    def _run(self, feed: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        wanted = {name: array for name, array in feed.items() if name in self._inputs}
        return np.asarray(self._session.run(None, wanted)[0], dtype=np.float32)


def load_tokenizer(facts: Facts) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(_read(facts, facts.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(facts.max_length, strategy="longest_first")
    return tokenizer


def load_session(network: bytes, name: str) -> InferenceSession:
    """A session of one thread, so that whoever wants more calls it from more. `name` is that of its file.

    Raises `ModelError` where the installed ONNX Runtime cannot run it.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a thread a batch: no waiting for one another
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no base of their own
        raise ModelError(
            f"onnxruntime {onnxruntime.__version__} cannot run the bundled {name} ({first_line(error)}); "
            "install the version that constraints.txt names"
        ) from error


def _read(facts: Facts, name: str) -> bytes:
    return read_checked(model_path(name), facts.digests[name])


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _width(encoding: Encoding) -> int:
    """How wide the row of a text is: of its own length alone, so that its sums run the same in every batch."""
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
    """The inputs of the network for each batch: token ids, segments and mask, padded with zeros."""
    for rows in batches:
        ids, segments, mask = np.zeros((3, len(rows), _width(encodings[rows[0]])), dtype=np.int64)
        for k, row in enumerate(rows):
            encoding = encodings[row]
            ids[k, : len(encoding)] = encoding.ids
            segments[k, : len(encoding)] = encoding.type_ids
            mask[k, : len(encoding)] = 1
        yield {"input_ids": ids, "token_type_ids": segments, "attention_mask": mask}


def first_line(error: BaseException) -> str:
    """The first line of an error's message, or what kind of error it is."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
