"""A part of a hypothesis told as its premise has it."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

CLEAR = Decimal("1.5")  # how many times as far another figure or date has to be to be left aside


class Standing(Enum):
    """What a premise says of a figure or a date of its hypothesis."""

    HOLDS = auto()
    FAILS = auto()
    OPEN = auto()
    UNTOLD = auto()


class Change(NamedTuple):
    """What stands in the place of hypothesis[start:end], and why."""

    start: int
    end: int
    told: str
    standing: Standing
