"""How exactly a figure is stated, as an interval, and calculation with such intervals."""

from __future__ import annotations

import re
from decimal import Decimal

from contradict.types import Figure, Hedge, Interval, Role

CAP = Decimal("0.05")  # trailing zeros of a number in digits may be a rounding of at most a twentieth, as in `compare`
LOOSE = Decimal("0.1")  # "a third", "doubled": words for a share or a multiple are meant within a tenth
TIGHT = Decimal("0.02")  # wider than this share of its value, an interval proves nothing by merely being met
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_HUNDRED, _THOUSAND, _MILLION, _BILLION = (Decimal(10) ** power for power in (2, 3, 6, 9))


def interval(figure: Figure) -> Interval | None:
    """What the figure states, its hedge and the rounding of its digits taken into account.

    None for a range, a move or a vague count.
    """
    if figure.value is None or figure.moved_from is not None:
        return None
    half = half_unit(figure) if figure.hedge in (Hedge.EXACT, Hedge.ABOUT) else Decimal(0)
    if figure.role is Role.PERCENT:
        half = max(half, Decimal(1).scaleb(-_written(figure)[2]) / 2)
    low = None if figure.low is None else min(figure.low, figure.value - half)
    high = None if figure.high is None else max(figure.high, figure.value + half)
    return Interval(low, high)


def half_unit(figure: Figure) -> Decimal:
    """Half of the last place that the figure means: "4.8 million" half of 0.1 million, "4,800" fifty, "4,812" nothing.

    Zeros at the end of a number below a thousand are meant, unless there are two ("300").
    """
    number, size, decimals = _written(figure)
    half = Decimal(1).scaleb(-decimals) / 2 if decimals or size > 1 else Decimal(0)
    exponent = number.normalize().as_tuple().exponent
    zeros = exponent if isinstance(exponent, int) else 0
    if zeros >= (1 if number >= _THOUSAND else 2):
        half = max(half, min(Decimal(1).scaleb(zeros) / 2, number * CAP))
    return half * size


def _written(figure: Figure) -> tuple[Decimal, Decimal, int]:
    """The number as written, what it is multiplied by, and its decimals: 4.8, a million and 1 for "4.8 million"."""
    value = abs(figure.value or Decimal(0))
    match = _NUMBER.search(figure.surface)
    number = Decimal(match.group().replace(",", "")) if match else Decimal(0)
    if match is not None and number and value:
        return number, value / number, len(match.group(1) or "")
    for size in (_MILLION, _THOUSAND):
        if value >= size and value % size == 0:
            return value / size, size, 0
    return value, Decimal(1), 0


def share(figure: Figure) -> Interval | None:
    """The per cent that a percentage or a fraction in words states.

    A percentage may be rounded or cut, so it is met within one unit of its last digit; a fraction within a tenth.
    """
    if figure.value is None or figure.moved_from is not None or figure.low is None or figure.high is None:
        return _open_share(figure)
    if figure.unit == "%":
        unit = Decimal(1).scaleb(-_written(figure)[2])
        return Interval(min(figure.low, figure.value - unit), max(figure.high, figure.value + unit))
    value = figure.value * _HUNDRED
    return Interval(min(figure.low * _HUNDRED, value * (1 - LOOSE)), max(figure.high * _HUNDRED, value * (1 + LOOSE)))


def _open_share(figure: Figure) -> Interval | None:
    """A percentage with one open side ("more than half")."""
    if figure.value is None or figure.moved_from is not None:
        return None
    factor = Decimal(1) if figure.unit == "%" else _HUNDRED
    value = figure.value * factor
    slack = Decimal(1).scaleb(-_written(figure)[2]) if figure.unit == "%" else Decimal(1)
    return Interval(None, value + slack) if figure.low is None else Interval(value - slack, None)


def met(middle: Decimal, stated: Interval, figure: Figure, *, holds: bool) -> str:
    """How a figure stands to what the others come to (`middle`): "as stated", "but 12% is stated"."""
    said = " ".join(figure.surface.split())
    if not holds:
        return f"but {said} is stated"
    if stated.low is None or stated.high is None:
        return f"which {said} allows"
    slack = (stated.high - stated.low) / 4
    return "as stated" if stated.low + slack <= middle <= stated.high - slack else f"near the {said} that is stated"


def total(intervals: list[Interval]) -> Interval:
    """The sum of intervals."""
    lows, highs = [each.low for each in intervals], [each.high for each in intervals]
    return Interval(
        None if None in lows else sum((low for low in lows if low is not None), Decimal(0)),
        None if None in highs else sum((high for high in highs if high is not None), Decimal(0)),
    )


def difference(after: Interval, before: Interval) -> Interval:
    """`after` less `before`."""
    return Interval(
        None if after.low is None or before.high is None else after.low - before.high,
        None if after.high is None or before.low is None else after.high - before.low,
    )


def percent(part: Interval, whole: Interval) -> Interval | None:
    """`part` in per cent of `whole`, open where either leaves it open; None where the whole may be nothing."""
    if whole.low is None or whole.low <= 0 or (part.low is not None and part.low < 0 and whole.high is None):
        return None
    low = None
    if part.low is not None:
        divisor = whole.high if part.low >= 0 else whole.low
        low = None if divisor is None else part.low / divisor * _HUNDRED
    high = None
    if part.high is not None:
        divisor = whole.low if part.high >= 0 else whole.high
        high = None if divisor is None else part.high / divisor * _HUNDRED
    return Interval(low, high)


def tight(found: Interval, within: Decimal = TIGHT) -> bool:
    """Whether both sides are closed and no further apart than a share of the value."""
    if found.low is None or found.high is None:
        return False
    return found.high - found.low <= within * max(abs(found.low), abs(found.high))


def plain(value: Decimal, unit: str | None = None) -> str:
    """A number for people: "1,234.5", "$825 billion", "12 km"; at most two decimals."""
    for size, name in ((_BILLION, " billion"), (_MILLION, " million")):
        if unit and abs(value) >= size:
            return _with_unit(_digits(value / size) + name, unit)
    return _with_unit(_digits(value), unit)


def _with_unit(number: str, unit: str | None) -> str:
    if unit is None:
        return number
    if unit == "%":
        return f"{number}%"
    if len(unit) == 1 and not unit.isalnum():
        return f"{unit}{number}"
    several = unit.islower() and len(unit) > _ABBREVIATED and number != "1"
    return f"{number} {_PLURALS.get(unit, f'{unit}s') if several else unit}"


_ABBREVIATED = 3  # letters of a unit that is written the same for one and for many: "kg"
_PLURALS = {"foot": "feet", "inch": "inches", "pence": "pence", "square foot": "square feet"}


def _digits(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.01")) if value % 1 else value.quantize(Decimal(1))
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
