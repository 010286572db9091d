"""What `judge` says, in the terms of entailment; and the development sets that it is asked about."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def of_sources(dev: Path, sources: Sequence[str], target: Path, *, each: int) -> None:
    """Writes the heading and the first rows of some sources, `each` of one."""
    seen = Counter[str]()
    with lzma.open(dev, "rt", encoding="utf-8") as lines, lzma.open(target, "wt", encoding="utf-8") as out:
        out.write(next(lines))
        for line in lines:
            source = line.split("\t", 1)[0]
            seen[source] += 1
            if source in sources and seen[source] <= each:
                out.write(line)


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
