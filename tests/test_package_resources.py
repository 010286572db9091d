"""The weights that travel with the package: found, named when missing, and checked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from conftest import ROOT

from contradict import resources
from contradict.errors import ModelError


def test_a_checkout_reads_its_own_models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "head.json").write_text("{}")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "contradict")
    assert resources.model_path("head.json") == tmp_path / "models" / "head.json"


def test_an_installed_package_reads_only_what_travelled_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "head.json").write_text("someone else's")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "contradict")
    with pytest.raises(ModelError, match=r"_models/head\.json: this model is missing"):
        resources.model_path("head.json")
    inside = tmp_path / "contradict" / "_models"
    inside.mkdir(parents=True)
    (inside / "head.json").write_text("{}")
    assert resources.model_path("head.json") == inside / "head.json"


def test_weights_are_the_ones_expected_or_named_as_others(tmp_path: Path) -> None:
    weights = tmp_path / "weights.bin"
    weights.write_bytes(b"\x00" * 3_000_000)
    expected = hashlib.sha256(b"\x00" * 3_000_000).hexdigest()
    resources.check_sha256(weights, expected)
    resources.check_sha256(weights, expected.upper())
    weights.write_bytes(b"\x00" * 2_999_999 + b"\x01")
    with pytest.raises(ModelError, match="not the expected weights"):
        resources.check_sha256(weights, expected)


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.bin: cannot be read"):
        resources.check_sha256(tmp_path / "gone.bin", "0" * 64)


def test_every_model_that_travels_has_its_card_and_is_the_one_on_it() -> None:
    cards = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    weights = [path for path in sorted((ROOT / "models").iterdir()) if path.suffix in {".npz", ".onnx", ".safetensors"}]
    assert weights
    for path in weights:
        (line,) = [line for line in cards.splitlines() if line.startswith(f"| `{path.name}`")]
        assert f"`{resources.sha256(path)}`" in line
        assert f"## {path.name}" in cards


def test_the_entailment_judge_is_the_one_on_its_card_and_small_enough() -> None:
    folder = ROOT / "models" / "nli"
    card = (folder / "card.md").read_text(encoding="utf-8")
    for name, facts in json.loads((folder / "model.json").read_text(encoding="utf-8"))["files"].items():
        assert resources.sha256(folder / name) == facts["sha256"]
        assert f"| {name} | {(folder / name).stat().st_size:,} | `{facts['sha256']}` |" in card
    assert (folder / "model.onnx").stat().st_size <= 35_000_000
