"""Products of whole numbers: exact at the ends of their range, and from a file that is the one expected."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contradict import products
from contradict.errors import ModelError
from contradict.products import MOST, load_products


@pytest.mark.parametrize("dimensions", [1, 31, 512])
def test_products_are_exact(dimensions: int) -> None:
    random = np.random.default_rng(3)
    rows = random.integers(-MOST, MOST + 1, size=(37, dimensions)).astype(np.int8)
    columns = random.integers(-MOST, MOST + 1, size=(53, dimensions)).astype(np.int8)
    rows[0], columns[0], columns[1] = MOST, MOST, -MOST  # where 16 bits would overflow, were there one bit more
    found = load_products()(rows, np.ascontiguousarray(columns.T))
    assert found.tolist() == (rows.astype(np.int64) @ columns.T.astype(np.int64)).tolist()
    assert found[0, :2].tolist() == [dimensions * MOST**2, -dimensions * MOST**2]


def test_no_rows_and_no_columns_have_no_products() -> None:
    multiply = load_products()
    assert multiply(np.zeros((0, 4), dtype=np.int8), np.zeros((4, 3), dtype=np.int8)).shape == (0, 3)
    assert multiply(np.zeros((2, 4), dtype=np.int8), np.zeros((4, 0), dtype=np.int8)).shape == (2, 0)


def test_another_file_than_the_bundled_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / products.FILE).write_bytes(b"something else")
    monkeypatch.setattr("contradict.products.model_path", lambda name: tmp_path / name)
    load_products.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"products\.onnx: not the expected"):
            load_products()
    finally:
        load_products.cache_clear()
