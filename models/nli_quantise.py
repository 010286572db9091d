"""Float32 ONNX to int8: products with one scale an output channel and one a token, word embeddings with one a row.

A scale for each token, where the usual dynamic quantisation takes one for a whole batch, makes the answer for a pair
independent of the pairs beside it: between batches of 1 and of 8 the usual way moved a probability of a judge on MiniLM
by up to 0.41, this one not at all. It halved the distance to float32, too: over 600 development pairs the largest
change of a pair's three probabilities was 0.013 on average, not 0.027. It cost a tenth of the speed. A table of 30,522
words under one scale would lose what rare words mean, hence one for each row. What is on a grid of four bits already
(`nli_narrow.py`) takes four bits in the file, and bytes once it is loaded.

Where it is known how activations usually are (`Habits`), the bytes hold how far they are from their mean, each channel
on a scale of its own that moves between activations and weights (SmoothQuant, Xiao et al. 2023, with the mean taken out
first): what the mean itself brings is then exact, and a few large channels no longer cost the others their bits. And
weights are rounded so that they make up for one another (`nli_rounding.py`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from nli_rounding import nibbles, rounded, whole_steps
from onnx import TensorProto, helper, numpy_helper

TABLES = {
    "words": ("words.weight", "embeddings.word_embeddings.weight"),  # the judge's name for it, and the encoder's
    "positions": ("positions.weight",),
}
OPSET = 21  # the first with numbers of four bits
MIDDLE = 128  # the unsigned byte that stands for zero
REACH = 127  # activations of a token run from -REACH to REACH
EVENED = 0.65  # of the spread of channels, how much the weights take over: the best of 0.5, 0.65 and 0.8, see README.md


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to quantise: whether weights keep to 7 bits.

    Seven bits are for processors without VNNI, where sums of 8-bit products overflow 16 bits.
    """

    name: str
    seven_bits: bool = False


VARIANTS = (
    Variant("int8, 7-bit weights", seven_bits=True),
    Variant("int8"),
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How activations that enter a product usually are: for each channel its mean, and how far it goes from that; for
    each two channels (channels, channels) the mean product of how far they are from theirs."""

    mean: np.ndarray
    reach: np.ndarray
    spread: np.ndarray


def quantise(source: Path, target: Path, variant: Variant, *, habits: Mapping[str, Habits] | None = None) -> None:
    """Write `target`, the model of `source` with int8 products and tables.

    What is on a grid of four bits already is kept in four. `habits` are by the name of the activations, as `entering`
    lists them.
    """
    model = onnx.load(source)
    _Products(model.graph, variant, habits or {}).replace()
    for prefix, names in TABLES.items():
        if not scale_rows(model.graph, names, prefix) and prefix == "words":
            raise SystemExit(f"{source}: no table that ends in one of {', '.join(names)}")
    _drop_unused(model.graph)
    for node in model.graph.node:
        node.ClearField("name")  # two hundred kilobytes that nothing reads
        node.ClearField("doc_string")
    del model.opset_import[:]
    model.opset_import.append(helper.make_opsetid("", OPSET))  # what the operators used here mean is the same since 18
    model.ir_version = 10
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))  # MatMulIntegerToFloat: product and scales
    model.producer_name = "contradict"
    onnx.checker.check_model(model)
    onnx.save(model, target)


def entering(source: Path) -> list[str]:
    """The names of the activations that enter products with constant weights."""
    graph = onnx.load(source).graph
    tables = {table.name for table in graph.initializer}
    return sorted({node.input[0] for node in graph.node if _is_product(node, tables)})


def _is_product(node: onnx.NodeProto, tables: Container[str]) -> bool:
    return node.op_type in ("MatMul", "Gemm") and node.input[1] in tables


@dataclass(slots=True)
class _Products:
    """Replaces each product of activations with constant weights by one of bytes.

    x W = top(x) / 127 * (round(127 x / top(x)) (W / s)) * s, with top(x) the largest magnitude of a token and s a scale
    for each output channel.
    """

    graph: onnx.GraphProto
    variant: Variant
    habits: Mapping[str, Habits]
    _rounded: dict[str, str] = field(default_factory=dict)  # activations that are bytes already, and their prefix
    _scales: dict[str, np.ndarray] = field(default_factory=dict)  # of their channels

    def replace(self) -> None:
        tables = {table.name: table for table in self.graph.initializer}
        nodes = [new for node in self.graph.node for new in self._new(node, tables)]
        del self.graph.node[:]
        self.graph.node.extend(nodes)
        self._constant("int8.step", np.float32(1 / REACH))
        self._constant("int8.middle", np.uint8(MIDDLE))
        self._constant("int8.tiny", np.float32(1e-12))
        self._constant("int8.axis", np.array([-1], dtype=np.int64))

    def _new(self, node: onnx.NodeProto, tables: dict[str, onnx.TensorProto]) -> Iterator[onnx.NodeProto]:
        if not _is_product(node, tables):
            yield node
            return
        name, activations = f"int8/{node.output[0]}", node.input[0]
        if activations not in self._rounded:
            yield from self._round(activations, tables)
        matrix = _matrix(node, tables[node.input[1]])
        if (habits := self.habits.get(activations)) is None:
            yield from self._weights(name, matrix)
        else:
            scales = self._scales[activations]
            self._add_to_bias(node, tables, habits.mean @ matrix)
            yield from self._weights(name, matrix * scales[:, None], spread=habits.spread / np.outer(scales, scales))
        prefix = self._rounded[activations]
        inputs = [f"{prefix}.bytes", f"{name}.rows", "int8.step", f"{name}.scale", "int8.middle"]
        yield helper.make_node("MatMulIntegerToFloat", inputs, [f"{name}.unit"], domain="com.microsoft")
        bias = list(node.input[2:])
        product = f"{name}.product" if bias else node.output[0]
        yield helper.make_node("Mul", [f"{name}.unit", f"{prefix}.top"], [product])
        if bias:
            yield helper.make_node("Add", [product, *bias], [node.output[0]])

    def _round(self, activations: str, tables: Mapping[str, onnx.TensorProto]) -> Iterator[onnx.NodeProto]:
        prefix = self._rounded[activations] = f"int8/{activations}"
        if activations in self.habits:
            habits = self.habits[activations]
            products = [
                node for node in self.graph.node if node.input[:1] == [activations] and _is_product(node, tables)
            ]
            largest = np.max([np.abs(_matrix(node, tables[node.input[1]])).max(axis=1) for node in products], axis=0)
            scales = (habits.reach + 1e-6) ** EVENED / (largest + 1e-6) ** (1 - EVENED)
            self._scales[activations] = scales.astype(np.float32)
            self._constant(f"{prefix}.mean", habits.mean.astype(np.float32))
            self._constant(f"{prefix}.inverse", 1 / self._scales[activations])
            yield helper.make_node("Sub", [activations, f"{prefix}.mean"], [f"{prefix}.centred"])
            activations = f"{prefix}.evened"
            yield helper.make_node("Mul", [f"{prefix}.centred", f"{prefix}.inverse"], [activations])
        yield helper.make_node("Abs", [activations], [f"{prefix}.size"])
        yield helper.make_node("ReduceMax", [f"{prefix}.size", "int8.axis"], [f"{prefix}.largest"], keepdims=1)
        yield helper.make_node("Max", [f"{prefix}.largest", "int8.tiny"], [f"{prefix}.top"])
        yield helper.make_node("Div", [activations, f"{prefix}.top"], [f"{prefix}.share"])
        yield helper.make_node("QuantizeLinear", [f"{prefix}.share", "int8.step", "int8.middle"], [f"{prefix}.bytes"])

    def _add_to_bias(self, node: onnx.NodeProto, tables: Mapping[str, onnx.TensorProto], more: np.ndarray) -> None:
        """Add `more` to the constants that are added to a product, within it or by the node after it."""
        after = next(n for n in self.graph.node if node.output[0] in n.input) if len(node.input) < 3 else node
        table = next(
            tables[name] for name in after.input if name in tables and list(tables[name].dims) == list(more.shape)
        )
        table.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(table) + more.astype(np.float32), table.name))

    def _weights(self, name: str, matrix: np.ndarray, *, spread: np.ndarray | None = None) -> Iterator[onnx.NodeProto]:
        if (coarse := whole_steps(matrix.T)) is not None:
            rows, scale = coarse[0].T, coarse[1]
            yield four_bits(self.graph, f"{name}.rows", rows)
        else:
            most = 63 if self.variant.seven_bits else 127
            scale = np.abs(matrix).max(axis=0) / most + 1e-12
            steps = matrix / scale
            rows = np.round(steps) if spread is None else rounded(steps, spread, most=most)
            self._constant(f"{name}.rows", rows.astype(np.int8))
        self._constant(f"{name}.scale", scale.astype(np.float32))

    def _constant(self, name: str, values: np.ndarray | np.generic) -> None:
        self.graph.initializer.append(numpy_helper.from_array(np.asarray(values), name))


def _matrix(node: onnx.NodeProto, table: onnx.TensorProto) -> np.ndarray:
    """The weights of a product as inputs by outputs."""
    matrix = numpy_helper.to_array(table)
    turned = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
    return np.ascontiguousarray(matrix.T) if turned else matrix


def four_bits(graph: onnx.GraphProto, name: str, numbers: np.ndarray) -> onnx.NodeProto:
    """Keeps whole numbers from -8 to 7 in four bits each; the node that makes bytes of them, under `name`."""
    graph.initializer.append(
        helper.make_tensor(f"{name}.nibbles", TensorProto.INT4, numbers.shape, nibbles(numbers), raw=True)
    )
    return helper.make_node("Cast", [f"{name}.nibbles"], [name], to=TensorProto.INT8)


def scale_rows(graph: onnx.GraphProto, names: tuple[str, ...], prefix: str) -> bool:
    """Replace the float32 table of such a name, read by one Gather, by whole numbers and a scale for each row; whether
    there is one."""
    table = next((t for t in graph.initializer if t.name.endswith(names)), None)
    if table is None:
        return False
    values = numpy_helper.to_array(table)
    gather = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    at = list(graph.node).index(gather)
    ids, out = gather.input[1], gather.output[0]
    graph.initializer.remove(table)
    nodes = []
    if (coarse := whole_steps(values)) is not None:
        rows, scale = coarse[0], coarse[1][:, None]
        nodes.append(four_bits(graph, f"{prefix}.rows", rows))
    else:
        scale = np.abs(values).max(axis=1, keepdims=True) / 127 + 1e-12
        graph.initializer.append(numpy_helper.from_array(np.round(values / scale).astype(np.int8), f"{prefix}.rows"))
    graph.initializer.append(numpy_helper.from_array(scale.astype(np.float16), f"{prefix}.scale"))
    graph.node.remove(gather)
    nodes += [
        helper.make_node("Gather", [f"{prefix}.rows", ids], [f"{prefix}.taken"]),
        helper.make_node("Cast", [f"{prefix}.taken"], [f"{prefix}.float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{prefix}.scale", ids], [f"{prefix}.half"]),
        helper.make_node("Cast", [f"{prefix}.half"], [f"{prefix}.scales"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{prefix}.float", f"{prefix}.scales"], [out]),
    ]
    for k, node in enumerate(nodes):
        graph.node.insert(at + k, node)
    return True


def _drop_unused(graph: onnx.GraphProto) -> None:
    """Take out the float32 tables that nothing reads any more."""
    read = {name for node in graph.node for name in node.input}
    kept = [table for table in graph.initializer if table.name in read]
    del graph.initializer[:]
    graph.initializer.extend(kept)
