"""What `judge` says, in the terms of entailment; and the development sets that it is asked about."""

from __future__ import annotations

import lzma
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any


def of_sources(dev: Path, sources: Sequence[str], target: Path) -> None:
    """Writes the heading and the rows of some sources."""
    with lzma.open(dev, "rt", encoding="utf-8") as lines, lzma.open(target, "wt", encoding="utf-8") as out:
        out.write(next(lines))
        out.writelines(line for line in lines if line.split("\t", 1)[0] in sources)


def of_verdict(row: Mapping[str, Any]) -> dict[str, object]:
    """A verdict in the terms of entailment, for sets whose pairs are of one matter and have no dates.

    Of figures that differ logic decides, whatever the verdict says of one matter or two, and not the newsroom's sense
    of which estimates are near: the second follows where it allows all that the first does ("more than 20" from 32), it
    conflicts where it allows nothing of that, and is neutral else. Where no figures answer, or the same on both sides,
    it is what the entailment judge says, if it was asked. Else the relation decides: agreement is entailment, what
    differs conflicts (without dates an update is no more than a difference), two matters are neutral.
    """
    one, other = row.get("figure_a"), row.get("figure_b")
    if row.get("inference"):
        shares = row["inference"]["a_to_b"]
    elif one and other and _of_one_kind(one, other):
        shares = dict.fromkeys(("entailment", "neutral", "contradiction"), 0.0)
        shares[follows(_allowed(one), _allowed(other))] = 1.0
    else:
        told = row["probabilities"]
        shares = {
            "entailment": told["agreement"],
            "neutral": told["unrelated"],
            "contradiction": told["contradiction"] + told["update"],
        }
    return {"id": row["id"], "probabilities": shares}


def _of_one_kind(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two figures are levels of one unit, or moves of one unit the same way ("rose 5%")."""
    return all(one[field] == other[field] for field in ("unit", "per", "change"))


Allowed = tuple[Decimal, Decimal]
"""The least and the most that a figure allows."""


def follows(first: Allowed, second: Allowed) -> str:
    """How a figure stands to one before it, by what both allow."""
    if second[0] <= first[0] and first[1] <= second[1]:
        return "entailment"
    return "contradiction" if first[1] < second[0] or second[1] < first[0] else "neutral"


def _allowed(figure: Mapping[str, Any]) -> Allowed:
    """An open end is infinite, and "less than 6" ends a hair below 6."""
    low, high = (Decimal(figure[end] if figure[end] is not None else far) for end, far in OPEN.items())
    return (low + HAIR if figure["hedge"] == ">" else low, high - HAIR if figure["hedge"] == "<" else high)


OPEN = {"low": "-Infinity", "high": "Infinity"}
HAIR = Decimal("1e-9")
