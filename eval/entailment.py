"""What `judge` says, in the terms of entailment; and the development sets that it is asked about."""

from __future__ import annotations

import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def of_sources(dev: Path, sources: Sequence[str], target: Path) -> None:
    """Writes the rows of some sources, and the heading."""
    with lzma.open(dev, "rt", encoding="utf-8") as lines, lzma.open(target, "wt", encoding="utf-8") as out:
        out.write(next(lines))
        out.writelines(line for line in lines if line.split("\t", 1)[0] in sources)


def of_verdict(row: Mapping[str, Any]) -> dict[str, object]:
    """A verdict in the terms of entailment: agreement is that, unrelated is neutral, and what differs conflicts.

    These pairs have no dates, so that nothing tells an update from a contradiction.
    """
    relation = row["probabilities"]
    return {
        "id": row["id"],
        "probabilities": {
            "entailment": relation["agreement"],
            "neutral": relation["unrelated"],
            "contradiction": relation["contradiction"] + relation["update"],
        },
    }
