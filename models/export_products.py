"""The product of two matrices of whole numbers as an ONNX file: `python models/export_products.py` (needs `onnx`)."""

from __future__ import annotations

from pathlib import Path

import onnx
from onnx import TensorProto, helper

from contradict.products import FILE, SHIFT

OPSET, IR = 13, 8  # as old as MatMulInteger with a zero point needs


def main() -> None:
    rows = helper.make_tensor_value_info("rows", TensorProto.UINT8, ["rows", "dimensions"])
    turned = helper.make_tensor_value_info("turned", TensorProto.INT8, ["dimensions", "columns"])
    products = helper.make_tensor_value_info("products", TensorProto.INT32, ["rows", "columns"])
    shift = helper.make_tensor("shift", TensorProto.UINT8, [], [SHIFT])
    node = helper.make_node("MatMulInteger", ["rows", "turned", "shift"], ["products"])
    graph = helper.make_graph([node], "products", [rows, turned], [products], [shift])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    onnx.checker.check_model(model)
    (Path(__file__).resolve().parent / FILE).write_bytes(model.SerializeToString())


if __name__ == "__main__":
    main()
