"""Boosted trees that ask all rows alike: the leaf that each row comes to, one row at a time and all at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contradict.boosting import MOST_LEVELS, Boosted, load_trained, save_trained
from contradict.errors import ModelError

SMALL = Boosted(
    feature=np.array([[0, 1], [1, 1]], dtype=np.int32),
    border=np.array([[0.5, 2.0], [1.0, np.inf]], dtype=np.float32),
    value=np.array([[1, 2, 4, 8], [0, 16, 32, 64]], dtype=np.float32),
)


@pytest.mark.parametrize(
    ("row", "odds"),
    [((0.0, 0.0), 1), ((1.0, 0.0), 2), ((0.5, 3.0), 4 + 16), ((1.0, 3.0), 8 + 16), ((1.0, 2.0), 2 + 16)],
    ids=["neither", "the first", "the second, at a border", "both", "at a border of the second"],
)
def test_the_answers_number_the_leaf(row: tuple[float, float], odds: float) -> None:
    assert SMALL.sums(np.array(row, dtype=np.float32)[:, None]).tolist() == [odds]


def test_a_row_has_the_same_odds_alone_and_among_others() -> None:
    random = np.random.default_rng(4)
    trees, levels = 30, MOST_LEVELS
    forest = Boosted(
        random.integers(0, 5, (trees, levels)).astype(np.int32),
        random.normal(size=(trees, levels)).astype(np.float32),
        random.normal(size=(trees, 2**levels)).astype(np.float32),
    )
    columns = random.normal(size=(5, 200)).astype(np.float32)
    whole = forest.sums(columns)
    assert len(set(whole.tolist())) > 100
    assert whole.tolist() == [forest.sums(columns[:, [at]])[0] for at in range(200)]
    bits = (columns[forest.feature[0]] > forest.border[0][:, None]) << np.arange(levels)[:, None]
    assert replace(
        forest, feature=forest.feature[:1], border=forest.border[:1], value=forest.value[:1]
    ).sums(columns).tolist() == forest.value[0][bits.sum(axis=0)].tolist()  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        replace(SMALL, feature=np.array([[0, 1], [1, 2]], dtype=np.int32)),
        replace(SMALL, feature=np.array([[0, 1], [1, -1]], dtype=np.int32)),
        replace(SMALL, border=SMALL.border[:1]),
        replace(SMALL, value=SMALL.value[:, :3]),
        replace(SMALL, value=SMALL.value * np.float32(np.nan)),
        Boosted(SMALL.feature[:0], SMALL.border[:0], SMALL.value[:0]),
    ],
    ids=["no such feature", "a feature before the first", "borders missing", "leaves missing", "no numbers", "no tree"],
)
def test_trees_that_do_not_hold_together_are_told(broken: Boosted) -> None:
    assert SMALL.sound(2)
    assert not broken.sound(2)


def test_an_entry_is_credited_with_what_it_changes() -> None:
    usual = np.array([0.0, 0.0], dtype=np.float32)
    rows = np.array([[1.0, 3.0], [0.0, 0.0]], dtype=np.float32)
    assert SMALL.credits(rows, usual).tolist() == [[8 - 4, (8 + 16) - 2], [0, 0]]


def test_entries_are_credited_the_same_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(0).normal(size=(7, 2)).astype(np.float32)
    at_once = SMALL.credits(rows, rows[0])
    monkeypatch.setattr("contradict.boosting.CREDITED", 3)
    assert SMALL.credits(rows, rows[0]).tolist() == at_once.tolist()


# Their file


def write(path: Path) -> None:
    save_trained(path, {"one": SMALL, "two": SMALL}, ("a", "b"), usual=np.array([0.5, 1.5], dtype=np.float32))


def test_trees_come_back_from_their_file(tmp_path: Path) -> None:
    write(tmp_path / "trees.npz")
    found = load_trained(tmp_path / "trees.npz", ("one", "two"), arrays=("usual",))
    assert found.features == ("a", "b")
    assert found.arrays["usual"].tolist() == [0.5, 1.5]
    columns = np.array([[1.0, 0.0], [3.0, 0.0]], dtype=np.float32)
    assert found.trees["two"].sums(columns).tolist() == SMALL.sums(columns).tolist()


@pytest.mark.parametrize(
    "damage", ["missing", "empty", "text", "cut short", "flipped", "without trees", "pickled", "another feature"]
)
def test_a_damaged_file_is_a_model_error(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "trees.npz"
    write(path)
    whole = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("no weights here", encoding="utf-8")
        case "cut short":
            path.write_bytes(whole[: len(whole) // 2])
        case "flipped":
            middle = len(whole) // 2
            path.write_bytes(
                whole[:middle] + bytes(255 - byte for byte in whole[middle : middle + 64]) + whole[middle + 64 :]
            )
        case "without trees":
            np.savez_compressed(path, features=np.array(["a"]))
        case "pickled":
            np.savez_compressed(path, features=np.array([{"a": 1}], dtype=object))
        case "another feature":
            save_trained(path, {"one": replace(SMALL, feature=SMALL.feature + 9)}, ("a", "b"))
    with pytest.raises(ModelError) as raised:
        load_trained(path, ("one", "two"), arrays=("usual",))
    assert str(path) in str(raised.value)
