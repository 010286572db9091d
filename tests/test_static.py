"""The static encoder: near where MiniLM is, the same to the bit everywhere, and quick."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from contradict import resources, static
from contradict.encoders import load_encoder
from contradict.errors import ModelError
from contradict.onnx import BLOCK
from contradict.static import DIMENSIONS, MOST_TOKENS, SCALE, StaticEncoder, load_static_encoder, quantised

TEXTS = [
    "At least # people died when the ferry sank off the coast, the coast guard said.",
    "The ferry disaster killed # passengers, officials said on Monday.",
    "The central bank raised its main interest rate to #.",
    "Inflation was # in May, and the bank said that rates would rise.",
    "A naïve café-owner in São Paulo paid $# for a 東京 ticket; [SEP] he was #-years-old.",
    "#",
]
# Of the vectors of TEXTS: they change with models/static.npz alone.
EXPECTED = "fede428ef47a0ae4f62b0a12bff04289adb6a6e4935b51a30c2443737ebbb684"
EXPECTED_BYTES = "b56ba5be67f8b524d731147a713fbb139146cd89a3fd29b3c32f43a654153099"


@pytest.fixture(scope="module")
def bundled() -> StaticEncoder:
    return load_static_encoder()


def test_vectors_are_of_unit_length_and_near_where_those_of_minilm_are(bundled: StaticEncoder) -> None:
    vectors, exact = bundled.encode(TEXTS), load_encoder().encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    above = np.triu_indices(len(TEXTS), 1)
    assert np.corrcoef((vectors @ vectors.T)[above], (exact @ exact.T)[above])[0, 1] > 0.8


def test_a_vector_is_the_same_alone_among_others_and_in_any_order(bundled: StaticEncoder) -> None:
    texts = [*TEXTS, *(f"{text} {n} cold days." * 3 for n in range(BLOCK // 4) for text in TEXTS)]
    together = bundled.encode(texts)
    alone = load_static_encoder()
    assert np.array_equal(together[:40], np.concatenate([alone.encode([text]) for text in texts[:40]]))
    assert np.array_equal(together, bundled.encode(texts[::-1])[::-1])


def test_vectors_are_these_to_the_bit_on_every_machine(bundled: StaticEncoder) -> None:
    vectors = bundled.encode(TEXTS)
    assert hashlib.sha256(vectors.astype("<f4").tobytes()).hexdigest() == EXPECTED
    assert hashlib.sha256(quantised(vectors).tobytes()).hexdigest() == EXPECTED_BYTES


def test_tokens_of_words_are_those_of_the_text(bundled: StaticEncoder) -> None:
    encodings = bundled._tokenizer.encode_batch(TEXTS, add_special_tokens=False)
    assert list(bundled._read(TEXTS)) == [encoding.ids for encoding in encodings]


def test_words_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = load_static_encoder()
    monkeypatch.setattr(static, "MOST_WORDS", 5)
    before = [encoder.encode([text]) for text in TEXTS]
    assert len(encoder._tokens) < 20
    assert np.array_equal(np.concatenate(before), encoder.encode(TEXTS))


def test_no_texts_have_no_vectors(bundled: StaticEncoder) -> None:
    assert bundled.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b"])
def test_a_text_without_words_is_nothing(text: str, bundled: StaticEncoder) -> None:
    assert not bundled.encode([text]).any()


@pytest.mark.parametrize("text", ["x" * 100_000, "rain " * 100_000, "It rained \ud83d today.", "\x1c.\x85"])
def test_any_text_has_a_vector(text: str, bundled: StaticEncoder) -> None:
    assert np.linalg.norm(bundled.encode([text])) == pytest.approx(1, abs=1e-6)


def test_white_space_makes_no_difference_and_what_is_too_long_is_cut(bundled: StaticEncoder) -> None:
    one, other = bundled.encode(["It  rained\u00a0all\nday. ", "It rained all day."])
    assert np.array_equal(one, other)
    whole, cut = bundled.encode(["rain " * MOST_TOKENS + "snow", "rain " * MOST_TOKENS])
    assert np.array_equal(whole, cut)


def test_progress_counts_every_text(bundled: StaticEncoder) -> None:
    told: list[int] = []
    bundled.encode(["Rain."] * (BLOCK + 1), on_progress=told.append)
    assert told == [BLOCK, 1]


def test_products_of_bytes_are_exact_and_near_the_cosines(bundled: StaticEncoder) -> None:
    vectors = bundled.encode([f"{text} {n} days" for text in TEXTS for n in ("cold", "long", "late", "ten", "more")])
    whole = quantised(vectors)
    assert np.abs(whole.astype(int)).max() < 127
    exact = whole.astype(np.int64) @ whole.T.astype(np.int64)
    assert np.array_equal(whole.astype(np.float32) @ whole.T.astype(np.float32), exact.astype(np.float32))
    assert np.abs(exact / SCALE**2 - vectors @ vectors.T).mean() < 0.003


def test_what_is_beyond_a_byte_is_clipped() -> None:
    assert quantised(np.array([[1, -1, 0.0024, 0.0]], dtype=np.float32)).tolist() == [[63, -63, 1, 0]]


def test_sums_of_the_longest_text_and_of_their_squares_are_exact(bundled: StaticEncoder) -> None:
    largest = int(np.abs(bundled._table).max()) * MOST_TOKENS
    assert np.array_equal(bundled._table, np.rint(bundled._table))
    assert largest < 2**24
    assert np.square(bundled._table.astype(np.float64)).sum(axis=1).max() * MOST_TOKENS**2 < 2**53


def test_it_loads_no_heavy_library() -> None:
    code = (
        "import sys; from contradict.static import load_static_encoder; load_static_encoder().encode(['Rain.'])\n"
        "print(sorted({'torch', 'transformers', 'sklearn', 'scipy', 'onnxruntime'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "[]\n"


# What it loads


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the bundled models in an installation of its own."""
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "contradict")
    folder = tmp_path / "contradict" / "_models"
    (folder / "nli").mkdir(parents=True)
    for name in ("static.npz", "static.json", "nli/tokenizer.json"):
        shutil.copy(ROOT / "models" / name, folder / name)
    return folder


@pytest.mark.parametrize("name", ["static.npz", "nli/tokenizer.json"])
def test_one_changed_byte_is_found_before_loading(name: str, installed: Path) -> None:
    data = bytearray((installed / name).read_bytes())
    data[len(data) // 2] ^= 1
    (installed / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name}: not the expected weights \(sha256 \w+, expected \w+\)"):
        load_static_encoder()


@pytest.mark.parametrize("name", ["static.npz", "static.json", "nli/tokenizer.json"])
def test_a_missing_file_is_named(name: str, installed: Path) -> None:
    (installed / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: this model is missing"):
        load_static_encoder()


def test_its_digest_is_that_of_its_weights(bundled: StaticEncoder) -> None:
    assert bundled.sha256 == resources.sha256(ROOT / "models" / "static.npz")
