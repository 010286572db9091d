"""The judge's weights out of the file that is carried, for a run to start from where its checkpoint is gone.

Matrices of four bits are there as they were; the head and the places were rounded to a byte. Needs `onnx`.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from nli_narrow import REACH, Narrow, Shape, needed
from onnx import numpy_helper
from tokenizers import Tokenizer

NAMED = "of."  # what the export calls the network


def carried(folder: Path) -> Narrow:
    """The network of `model.onnx`, its shape from `model.json`, its words from `tokenizer.json`."""
    heads, widths = json.loads((folder / "model.json").read_text(encoding="utf-8"))["shape"]
    model = Narrow(Shape(tuple(map(tuple, heads)), tuple(widths)))
    kept = {t.name: numpy_helper.to_array(t) for t in onnx.load(folder / "model.onnx").graph.initializer}
    tables = model.state_dict()
    for name, table in kept.items():
        if name.startswith(NAMED):
            tables[name.removeprefix(NAMED)] = torch.from_numpy(table.copy())
        elif name.startswith("int8/") and name.endswith(".scale"):
            product = name.removesuffix(".scale")
            module = product.removeprefix("int8/").strip("/").removeprefix("of/").rsplit("/", 1)[0].replace("/", ".")
            _take(tables, f"{module}.weight", f"{module}.step", _rows(kept, product).T, table[:, None])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = needed(tokenizer)
    own, unknown = model.own[torch.tensor(ids)], ids.index(tokenizer.token_to_id("[UNK]"))
    words, step = _rows(kept, "words"), kept["words.scale"].astype(np.float32)
    for name, rows in (("words.weight", torch.from_numpy(words * step)), ("words_step", torch.from_numpy(step))):
        tables[name][:] = rows[unknown]  # as the file reads what is not in it
        tables[name][own] = rows
    places = _rows(kept, "positions") * kept["positions.scale"].astype(np.float32)
    tables["positions.weight"].zero_()
    tables["positions.weight"][: REACH + 2] = torch.from_numpy(places)
    model.load_state_dict(tables)
    return model


def _rows(kept: dict[str, np.ndarray], prefix: str) -> np.ndarray:
    """The whole numbers of a table, of four bits or of eight."""
    rows = kept[f"{prefix}.rows.nibbles"] if f"{prefix}.rows.nibbles" in kept else kept[f"{prefix}.rows"]
    return rows.astype(np.float32)


def _take(tables: dict[str, torch.Tensor], weight: str, step: str, rows: np.ndarray, scale: np.ndarray) -> None:
    tables[weight] = torch.from_numpy(np.ascontiguousarray(rows * scale))
    if step in tables:
        tables[step] = torch.from_numpy(scale.copy())
