"""A chart on two logarithmic scales as SVG, written by hand: lines that are straight where a time grows as a power.

It has no background and takes its text colour from the reader's light or dark scheme. Every line is named at its end.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 860, 500
LEFT, RIGHT, TOP, BOTTOM = 74, 236, 58, 56  # around the field
LINE = 17  # pixels between two names at the right
LEAST = 0.01  # seconds; what is shorter is not drawn
COLOURS = (
    "#3f7fc1", "#d0812a", "#2f9a6c", "#a069c4", "#cf4f63", "#8a7a2c", "#2b9aa8", "#9a6a4b", "#7b88d8", "#c4609a",
)  # fmt: skip
"""Of middling lightness, so that each stands out from white and from black."""
SECONDS = (
    (0.01, "0.01 s"), (0.1, "0.1 s"), (1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3600, "1 h"),
    (36000, "10 h"), (360000, "100 h"),
)  # fmt: skip

_STYLE = """
text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #57606a }
.title { font-size: 15px; font-weight: 600; fill: #24292f }
.total { font-weight: 700; fill: #24292f }
.grid { stroke: #8b949e; stroke-opacity: .28; stroke-width: 1 }
.lead { stroke-opacity: .7; stroke-width: 1; fill: none }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round }
.strong { stroke: #24292f; stroke-width: 3 }
.dot { fill: #24292f }
.other { stroke: #6e7781; stroke-dasharray: 6 5 }
.otherdot { fill: #6e7781 }
@media (prefers-color-scheme: dark) {
text { fill: #9da7b3 }
.title, .total { fill: #e6edf3 }
.strong { stroke: #e6edf3 }
.dot { fill: #e6edf3 }
.other { stroke: #9da7b3 }
.otherdot { fill: #9da7b3 }
}"""


class Look(StrEnum):
    """How a line is drawn."""

    STAGE = "stage"
    TOTAL = "total"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its points, (articles, seconds), by size."""

    name: str
    points: Sequence[tuple[float, float]]
    look: Look = Look.STAGE


@dataclass(frozen=True, slots=True)
class _Field:
    """The field of the chart: which sizes and seconds lie where."""

    least: tuple[float, float]
    most: tuple[float, float]

    def x(self, size: float) -> float:
        return LEFT + _share(size, self.least[0], self.most[0]) * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        return HEIGHT - BOTTOM - _share(seconds, self.least[1], self.most[1]) * (HEIGHT - TOP - BOTTOM)


def log_log(lines: Sequence[Line], *, title: str, below: str) -> str:
    """The chart; `below` names the sizes. Lines without a point of `LEAST` seconds are left out."""
    drawn = [
        Line(line.name, points, line.look)
        for line in lines
        if (points := [point for point in line.points if point[0] > 0 and point[1] >= LEAST])
    ]
    if not drawn:
        raise ValueError("nothing to draw: no line has a point")
    field = _field(drawn)
    order = sorted(drawn, key=lambda line: line.look is Look.TOTAL)  # the total on top
    stages = [line.name for line in order if line.look is Look.STAGE]
    colours = {name: COLOURS[number % len(COLOURS)] for number, name in enumerate(stages)}
    parts = _axes(drawn, field, below)
    for line in order:
        parts += _drawn(line, field, colours.get(line.name, ""))
    parts += _names(order, field, colours)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            f'role="img" aria-label="{escape(title, {chr(34): "&quot;"})}">',
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}\n</style>",
            f'<text class="title" x="{LEFT}" y="28">{escape(title)}</text>',
            *parts,
            "</svg>\n",
        ]
    )


def _field(lines: Sequence[Line]) -> _Field:
    """Around all points, the seconds widened to the next mark of the scale on both sides."""
    sizes = [size for line in lines for size, _ in line.points]
    seconds = [taken for line in lines for _, taken in line.points]
    marks = [mark for mark, _ in SECONDS]
    least = max([mark for mark in marks if mark <= min(seconds)], default=LEAST)
    most = min([mark for mark in marks if mark >= max(seconds)], default=max(seconds))
    if min(sizes) == max(sizes):  # one size: a field around it
        sizes = [sizes[0] / 2, sizes[0] * 2]
    return _Field((min(sizes), least), (max(sizes), most if most > least else least * 10))


def _share(value: float, least: float, most: float) -> float:
    return math.log(value / least) / math.log(most / least)


def _axes(lines: Sequence[Line], field: _Field, below: str) -> list[str]:
    parts = []
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for mark, words in SECONDS:
        if field.least[1] <= mark <= field.most[1]:
            y = field.y(mark)
            parts.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
            parts.append(f'<text x="{LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{words}</text>')
    last = -math.inf
    for size in sorted({size for line in lines for size, _ in line.points}):
        x = field.x(size)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}"/>')
        if x - last >= 46:  # else the numbers would run into each other
            parts.append(f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{size:,.0f}</text>')
            last = x
    parts.append(f'<text x="{(LEFT + right) / 2:.1f}" y="{bottom + 42}" text-anchor="middle">{escape(below)}</text>')
    return parts


def _drawn(line: Line, field: _Field, colour: str) -> list[str]:
    points = [(field.x(size), field.y(seconds)) for size, seconds in line.points]
    stroke, dot = {
        Look.STAGE: (f'class="line" stroke="{colour}"', f'fill="{colour}"'),
        Look.TOTAL: ('class="line strong"', 'class="dot"'),
        Look.BASELINE: ('class="line other"', 'class="otherdot"'),
    }[line.look]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    radius = 4 if line.look is Look.TOTAL else 3
    return [
        f'<polyline {stroke} points="{path}"/>',
        *(f'<circle {dot} cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>' for x, y in points),
    ]


def _names(lines: Sequence[Line], field: _Field, colours: Mapping[str, str]) -> list[str]:
    """The names: of lines that reach the right edge there, with a stroke to the end; of others beside their end."""
    right, left = WIDTH - RIGHT, WIDTH - RIGHT + 30
    ends = {line.name: (field.x(line.points[-1][0]), field.y(line.points[-1][1])) for line in lines}
    order = sorted(lines, key=lambda line: (ends[line.name][1], line.name))
    reaching = [line for line in order if ends[line.name][0] > right - 1]
    places = _apart([ends[line.name][1] for line in reaching], least=TOP, most=HEIGHT - BOTTOM)
    parts = []
    for line, place in zip(reaching, places, strict=True):
        x, y = ends[line.name]
        colour = colours.get(line.name, "#8b949e")
        points = f"{x + 6:.1f},{y:.1f} {left - 20},{y:.1f} {left - 5},{place:.1f}"
        parts.append(f'<polyline class="lead" stroke="{colour}" points="{points}"/>')
        parts.append(_name(line, left, place))
    short = [line for line in order if line not in reaching]
    return parts + [_name(line, ends[line.name][0] + 10, ends[line.name][1]) for line in short]


def _name(line: Line, x: float, y: float) -> str:
    strong = ' class="total"' if line.look is Look.TOTAL else ""
    return f'<text{strong} x="{x:.1f}" y="{y + 4:.1f}">{escape(line.name)}</text>'


def _apart(wanted: Sequence[float], *, least: float, most: float) -> list[float]:
    """Places at least `LINE` apart and in the order of the wanted ones, as near to them as that allows.

    Isotonic regression of the wanted places less their number times `LINE`, by pooling neighbours that collide.
    """
    pools: list[tuple[float, int]] = []  # sum and number
    for number, y in enumerate(wanted):
        pools.append((y - number * LINE, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1] = (pools[-1][0] + total, pools[-1][1] + count)
    middles = [total / count for total, count in pools for _ in range(count)]
    last = max(most - (len(wanted) - 1) * LINE, least)
    return [min(max(middle, least), last) + number * LINE for number, middle in enumerate(middles)]
