"""From CatBoost to the trees that the package runs. Needs `catboost`, which the package does not."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from contradict.boosting import Boosted

if TYPE_CHECKING:
    from catboost import CatBoost


def boosted_of(model: CatBoost) -> Boosted:
    """The trees of a model of CatBoost; those with fewer levels than the deepest are asked what is never so."""
    with tempfile.TemporaryDirectory() as folder:
        model.save_model(f"{folder}/model.json", format="json")
        told = json.loads(Path(folder, "model.json").read_text(encoding="utf-8"))
    trees, (scale, bias) = told["oblivious_trees"], told["scale_and_bias"]
    levels = max(len(tree["splits"]) for tree in trees)
    feature = np.zeros((len(trees), levels), dtype=np.int32)
    border = np.full((len(trees), levels), np.inf, dtype=np.float32)
    value = np.zeros((len(trees), 2**levels), dtype=np.float32)
    for row, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            feature[row, level], border[row, level] = split["float_feature_index"], split["border"]
        value[row, : len(tree["leaf_values"])] = scale * np.array(tree["leaf_values"])
    value[0] += bias[0]
    return Boosted(feature, border, value)


def mean_of(several: Sequence[Boosted]) -> Boosted:
    """Trees that give the mean of what several sets of one depth give."""
    return Boosted(
        np.concatenate([each.feature for each in several]),
        np.concatenate([each.border for each in several]),
        np.concatenate([each.value for each in several]) / np.float32(len(several)),
    )
