"""The pipeline that one would write instead: embed all sentences, mine the similar pairs, cross-encode every one.

    python eval/straightforward.py --articles 1000 -o pairs.jsonl --told told.json
    python eval/straightforward.py --data articles.jsonl --nli my-float32-nli-model -o pairs.jsonl

All of it is sentence-transformers as its documentation shows it: `util.paraphrase_mining` over all sentences with the
bundled MiniLM, and a torch `CrossEncoder` in float32 on every mined pair of two articles whose cosine reaches
--threshold. Articles are read and split into sentences by this package, so that both pipelines see the same ones. Where
no entailment model is named with --nli, the cross-encoder is the MiniLM with a fresh head for three labels: its answers
are worth nothing, and it takes as long as a trained one of its size.

Each line of the output is a mined pair: `cosine`, `a` and `b` (document, index and offsets of the sentence, its text),
and `entailment`, the probability of each label. The seconds of each step, the peak of memory and the counts go to
stdout, and as JSON to --told. With --most-seconds the cross-encoder is stopped then, since it would take hours on
thousands of articles: the pairs that it was not asked about are written without `entailment`, and counted.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands import as_program
from minilm import minilm, minilm_path
from news_sample import add_sample_arguments, sample_of, write_sample
from run_log import seconds_words

from contradict.documents import read_collection
from contradict.sentences import read_sentences

if TYPE_CHECKING:
    from contradict.types import Sentence

THRESHOLD = 0.6  # cosine from which a mined pair is cross-encoded
TOP_K = 100  # of each sentence; the library's own
MAX_PAIRS = 2_000_000  # four times the library's own; where pairs above the threshold are lost by it, that is told
QUERIES, CORPUS = 1000, 100_000  # at once: 400 MB of cosines, a fifth of the library's own
BATCH = 32  # the library's own, of both models
MOST_TOKENS = 256  # of a pair; two sentences have a fifth of it
SHARE = 4096  # pairs that are cross-encoded between two looks at the clock
SEED = 0  # of the fresh head


class Clock:
    """Seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[step] = round(time.perf_counter() - started, 3)


class Timed:
    """A SentenceTransformer for `paraphrase_mining`, which encodes and mines in one call: the encoding timed apart."""

    def __init__(self, model: Any, clock: Clock) -> None:
        self._model, self._clock = model, clock

    def encode(self, texts: Sequence[str], **options: Any) -> Any:
        with self._clock("encoding"):
            return self._model.encode(texts, **options)


def mined(sentences: Sequence[Sentence], clock: Clock, *, max_pairs: int, top_k: int) -> list[tuple[float, int, int]]:
    """The most similar pairs of sentences, most similar first: cosine and the numbers of both."""
    with clock("loading the encoder"):
        model = minilm()
        from sentence_transformers.util import paraphrase_mining
    with clock("mining"):
        found = paraphrase_mining(
            Timed(model, clock),  # type: ignore[arg-type]
            [sentence.text for sentence in sentences],
            batch_size=BATCH,
            query_chunk_size=QUERIES,
            corpus_chunk_size=CORPUS,
            max_pairs=max_pairs,
            top_k=top_k,
        )
    clock.seconds["mining"] = round(clock.seconds["mining"] - clock.seconds["encoding"], 3)
    return [(float(cosine), int(i), int(j)) for cosine, i, j in found]


def cross_encoded(
    texts: Sequence[tuple[str, str]], clock: Clock, *, nli: Path | None, until: float = math.inf
) -> list[dict[str, float]]:
    """The probability of each label for every pair of texts, the first as premise; of the first ones only where the
    clock of `time.monotonic` passes `until`."""
    with clock("loading the cross-encoder"):
        import torch
        from sentence_transformers import CrossEncoder

        torch.manual_seed(SEED)
        fresh = {} if nli is not None else {"num_labels": 3}
        model = CrossEncoder(str(nli or minilm_path()), device="cpu", max_length=MOST_TOKENS, **fresh)
        labels = [str(model.config.id2label[number]) for number in range(model.config.num_labels)]
    with clock("cross-encoding"):
        answers: list[Any] = []
        while len(answers) < len(texts) and time.monotonic() < until:
            asked = list(texts[len(answers) : len(answers) + SHARE])
            answers += list(model.predict(asked, batch_size=BATCH, apply_softmax=True, show_progress_bar=False))
    return [{label: round(float(value), 4) for label, value in zip(labels, each, strict=True)} for each in answers]


def run(
    articles: Path,
    output: Path,
    *,
    threshold: float,
    max_pairs: int,
    top_k: int,
    nli: Path | None,
    most_seconds: float = math.inf,
) -> dict[str, Any]:
    """The whole pipeline from a file of articles to a file of pairs; what it took and counted."""
    until = time.monotonic() + most_seconds
    clock = Clock()
    with clock("reading"):
        documents = read_collection([str(articles)]).documents
    with clock("sentences"):
        sentences = [sentence for document in documents for sentence in read_sentences(document)]
    found = mined(sentences, clock, max_pairs=max_pairs, top_k=top_k)
    near = [pair for pair in found if pair[0] >= threshold]
    across = [(c, i, j) for c, i, j in near if sentences[i].document is not sentences[j].document]
    told = cross_encoded([(sentences[i].text, sentences[j].text) for _, i, j in across], clock, nli=nli, until=until)
    with clock("writing"), output.open("w", encoding="utf-8") as lines:
        for (cosine, i, j), entailment in zip_longest(across, told):
            record = {"cosine": round(cosine, 4), "a": _side(sentences[i]), "b": _side(sentences[j])}
            judged = {} if entailment is None else {"entailment": entailment}
            lines.write(json.dumps({**record, **judged}, ensure_ascii=False) + "\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 2**20
    return {
        "seconds": clock.seconds,
        "peak_mib": round(peak, 1),
        "documents": len(documents),
        "sentences": len(sentences),
        "mined": len(found),
        "mined above the threshold": len(near),
        "of two articles": len(across),
        "cross-encoded": len(told),
        "threshold": threshold,
        "mining stopped at its most pairs": len(found) == max_pairs and found[-1][0] >= threshold,
        "cross-encoder": str(nli) if nli is not None else "MiniLM with a fresh head",
    }


def _side(sentence: Sentence) -> dict[str, object]:
    return {
        "document": sentence.document.id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text.encode("utf-8", "replace").decode("utf-8"),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_sample_arguments(parser, size=None)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.jsonl", help="the mined pairs")
    parser.add_argument("--told", type=Path, metavar="FILE.json", help="also writes what it took and counted there")
    parser.add_argument("--nli", type=Path, metavar="DIR", help="a float32 entailment CrossEncoder, three labels")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="least cosine (%(default)s)")
    parser.add_argument("--top-k", type=int, default=TOP_K, help="mined for each sentence (%(default)s)")
    parser.add_argument("--max-pairs", type=int, default=MAX_PAIRS, help="mined in all (%(default)s)")
    parser.add_argument(
        "--most-seconds", type=float, default=math.inf, metavar="S", help="after these the cross-encoder is stopped"
    )
    arguments = parser.parse_args()

    def work() -> None:
        articles = arguments.output.with_suffix(f".articles-{os.getpid()}.jsonl")
        try:
            write_sample(articles, sample_of(arguments, size=None))
            told = run(
                articles,
                arguments.output,
                threshold=arguments.threshold,
                max_pairs=arguments.max_pairs,
                top_k=arguments.top_k,
                nli=arguments.nli,
                most_seconds=arguments.most_seconds,
            )
        finally:
            articles.unlink(missing_ok=True)
        if arguments.told is not None:
            arguments.told.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        for step, seconds in told["seconds"].items():
            print(f"{step:26} {seconds_words(seconds):>10} s")
        for name, value in told.items():
            if name != "seconds":
                print(f"{name:34} {value}")

    return as_program(work)


if __name__ == "__main__":
    sys.exit(main())
