"""Products of many vectors of small whole numbers, by the fastest instructions that the processor has for them.

ONNX Runtime multiplies bytes some three times as fast as a BLAS multiplies float32, and in as many threads as call it.
Entries keep to seven bits: processors without VNNI add products of bytes in 16 bits, two at a time, and larger ones
would overflow there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from contradict.onnx import load_session
from contradict.resources import model_path, read_checked

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

FILE = "products.onnx"
"""One node, made by models/export_products.py."""
SHA256 = "c946b69d7fb6486a6c573a5eb866f3371e22984cf91c5f6cbc100577ae510a94"
MOST = 63  # of an entry, either way
SHIFT = 64  # added to the rows, which the instructions want without a sign, and taken off again


class Products:
    """Multiplies rows by columns; several threads may call it at a time."""

    def __init__(self, session: InferenceSession) -> None:
        self._session = session

    def __call__(self, rows: NDArray[np.int8], turned: NDArray[np.int8]) -> NDArray[np.int32]:
        """(rows, columns) the exact products of `rows` (rows, dimensions) with `turned` (dimensions, columns).

        Entries lie between -`MOST` and `MOST`.
        """
        unsigned = (rows + np.int8(SHIFT)).view(np.uint8)
        (products,) = self._session.run(None, {"rows": unsigned, "turned": turned})
        return np.asarray(products)


@lru_cache(maxsize=1)
def load_products() -> Products:
    """Raises `ModelError` where the bundled file is missing or damaged, or ONNX Runtime cannot run it."""
    return Products(load_session(read_checked(model_path(FILE), SHA256), FILE))
