// The timeline of a finding as a small chart: figures by date, ranges as bars, one marker shape for each speaker.
// Drawn in ink alone, so that it can be read in black and white; the two figures compared are filled.

const SHAPES = [
  "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
  "M-4.6,-4.6h9.2v9.2h-9.2z",
  "M0,-5.8L5.6,4.4H-5.6z",
  "M0,-6.2L6.2,0L0,6.2L-6.2,0z",
  "M0,5.8L5.6,-4.4H-5.6z",
  "M-1.8,-5.4h3.6v3.6h3.6v3.6h-3.6v3.6h-3.6v-3.6h-3.6v-3.6h3.6z",
  "M0,-6L5.7,-1.9L3.5,4.9H-3.5L-5.7,-1.9z",
];
const OTHERS = "M-2.6,0a2.6,2.6 0 1,0 5.2,0a2.6,2.6 0 1,0 -5.2,0z";
const LOG_FROM = 30; // the ratio of largest to smallest figure from which small ones would lie on one line
const LABELLED = 14; // with more statements than this, only the compared ones are named in the chart
const MARGIN = { top: 24, right: 26, bottom: 30, left: 66, undated: 136 };

function chart(lines, width, id) {
  const points = lines.map(({ date, low, high, said, speaker, outlet, chosen, alone }) => ({
    span: daySpan(date), date, low, high, said, who: speaker || outlet || "unnamed", outlet, chosen, alone,
  })).filter((point) => point.low !== null || point.high !== null);
  if (points.length < 2) return null;
  const shapes = shapesBy(points);
  const height = points.length > 6 ? 230 : points.length > 2 ? 180 : 150;
  const dated = points.some((point) => point.span);
  const undated = dated ? points.filter((point) => !point.span) : [];
  const frame = {
    left: MARGIN.left, right: width - MARGIN.right - (undated.length ? MARGIN.undated : 0), top: MARGIN.top, bottom: height - MARGIN.bottom,
  };
  const vertical = valueScale(points, frame);
  const horizontal = dateScale(points, frame);
  const drawing = svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": `${id}-t ${id}-d` },
    svg("title", { id: `${id}-t` }, `${count(points.length, "figure")} by date`),
    svg("desc", { id: `${id}-d` }, description(points, vertical.log)),
    valueAxis(vertical, frame), dateAxis(horizontal, frame));
  if (undated.length) drawing.append(undatedBand(frame, width));
  for (const point of points) {
    const apart = undated.indexOf(point);
    point.x = apart < 0 ? horizontal.at(point.span) : frame.right + 14 + (MARGIN.undated / undated.length) * (apart + 0.5);
    point.y = vertical.at(middle(point));
    [point.top, point.foot] = reach(point, vertical, frame);
  }
  for (const point of [...points].sort((one, other) => one.chosen - other.chosen)) {
    drawing.append(pointMarks(point, shapes.get(point.who) || OTHERS, horizontal));
  }
  drawing.append(...pointLabels(points, width, frame));
  return el("figure", { class: "timeline" }, drawing, legend(shapes, points, vertical.log));
}

// The ends of the upright line through a marker: the range, or an arrow on the side that the hedge leaves open.
function reach(point, vertical, frame) {
  const foot = point.low === null ? Math.min(frame.bottom, point.y + 26) : vertical.at(point.low);
  const top = point.high === null ? Math.max(frame.top - 16, point.y - 26) : vertical.at(point.high);
  return [top, foot];
}

function shapesBy(points) {
  const counts = new Map();
  for (const point of points) counts.set(point.who, (counts.get(point.who) || 0) + 1 + 1000 * point.chosen);
  const ranked = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one));
  return new Map(ranked.slice(0, SHAPES.length).map((who, index) => [who, SHAPES[index]]));
}

function middle(point) {
  if (point.low === null) return point.high;
  return point.high === null ? point.low : (point.low + point.high) / 2;
}

function valueScale(points, frame) {
  const values = points.flatMap((point) => [point.low, point.high]).filter((value) => value !== null);
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const log = low > 0 && high / low >= LOG_FROM;
  if (!log) {
    if (low > 0 && low < high * 0.6) low = 0;
    const room = (high - low || Math.abs(high) || 1) * 0.08;
    [low, high] = [low === 0 ? 0 : low - room, high + room];
  } else {
    [low, high] = [low / 1.3, high * 1.3];
  }
  const turn = log ? Math.log10 : (value) => value;
  const [first, last] = [turn(low), turn(high)];
  const at = (value) => frame.bottom - ((turn(value) - first) / (last - first)) * (frame.bottom - frame.top);
  return { log, at, ticks: log ? logTicks(low, high) : linearTicks(low, high, (frame.bottom - frame.top) / 40) };
}

function linearTicks(low, high, wanted) {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-6 && ticks.length < 8; tick += step) ticks.push(tick);
  return ticks;
}

function logTicks(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) ticks.push(10 ** power);
  const kept = ticks.filter((tick) => tick >= low && tick <= high);
  const every = Math.ceil(kept.length / 5);
  return kept.filter((_, index) => index % every === 0);
}

function dateScale(points, frame) {
  const spans = points.filter((point) => point.span).map((point) => point.span);
  const first = Math.min(...spans.map((span) => span[0]));
  const last = Math.max(...spans.map((span) => span[1]));
  const [left, right] = [frame.left + 30, frame.right - 34];
  if (!spans.length) return inARow(points.length, left, right, "undated");
  const edge = (day) => (last === first ? (left + right) / 2 : left + ((day - first) / (last - first)) * (right - left));
  if (last > first) return { edge, at: (span) => edge((span[0] + span[1]) / 2), ticks: dateTicks(points, edge) };
  return inARow(spans.length, left, right, `all on ${dateWords(dayIso(first))}`);
}

// Nothing to tell them apart by date: side by side in the order of the list.
function inARow(total, left, right, text) {
  let turn = 0;
  const step = (right - left) / (total + 1);
  const center = (left + right) / 2;
  return { edge: () => center, at: () => left + step * ++turn, ticks: [{ x: center, text }] };
}

function dateTicks(points, edge) {
  const dated = points.filter((point) => point.span).sort((one, other) => one.span[0] - other.span[0]);
  const ticks = dated.map((point) => ({ x: edge((point.span[0] + point.span[1]) / 2), text: dateWords(point.date, true) }));
  const kept = [];
  const room = (tick) => tick.text.length * 6.2 + 12;
  const fits = (tick) => kept.every((other) => Math.abs(other.x - tick.x) > (room(other) + room(tick)) / 2);
  for (const tick of [ticks[0], ticks[ticks.length - 1], ...ticks]) if (fits(tick)) kept.push(tick);
  return kept;
}

function valueAxis(scale, frame) {
  return svg("g", { class: "axis" }, scale.ticks.map((tick) => {
    const y = Math.round(scale.at(tick)) + 0.5;
    return [svg("line", { class: "grid", x1: frame.left, x2: frame.right, y1: y, y2: y }),
      svg("text", { x: frame.left - 8, y: y + 4, "text-anchor": "end" }, numberWords(tick))];
  }));
}

function dateAxis(scale, frame) {
  const y = frame.bottom + 0.5;
  return svg("g", { class: "axis" }, svg("line", { class: "base", x1: frame.left, x2: frame.right, y1: y, y2: y }),
    scale.ticks.map((tick) => [svg("line", { class: "base", x1: tick.x, x2: tick.x, y1: y, y2: y + 5 }),
      svg("text", { x: tick.x, y: y + 19, "text-anchor": "middle" }, tick.text)]));
}

function undatedBand(frame, width) {
  const x = frame.right + 10.5;
  return svg("g", { class: "axis" }, svg("line", { class: "apart", x1: x, x2: x, y1: frame.top - 8, y2: frame.bottom + 18 }),
    svg("text", { x: (x + width - 8) / 2, y: frame.bottom + 19, "text-anchor": "middle" }, "undated"));
}

function pointMarks(point, shape, horizontal) {
  const { x, y } = point;
  const group = svg("g", { class: point.chosen ? "point chosen" : "point" },
    svg("title", {}, [point.said, point.who, point.outlet !== point.who ? point.outlet : "", dateWords(point.date)].filter(Boolean).join(", ")));
  if (point.span && point.span[1] - point.span[0] > 1) {
    group.append(svg("line", { class: "span", x1: horizontal.edge(point.span[0]), x2: horizontal.edge(point.span[1]), y1: y, y2: y }));
  }
  const { top, foot } = point;
  if (point.high === null) group.append(svg("path", { class: "range", d: `M${x},${y}V${top}M${x - 4},${top + 5}L${x},${top}L${x + 4},${top + 5}` }));
  else if (point.low === null) group.append(svg("path", { class: "range", d: `M${x},${y}V${foot}M${x - 4},${foot - 5}L${x},${foot}L${x + 4},${foot - 5}` }));
  else if (foot - top > 3) group.append(svg("path", { class: "range", d: `M${x - 4},${foot}h8M${x},${foot}V${top}M${x - 4},${top}h8` }));
  if (point.alone) group.append(svg("circle", { class: "ring", cx: x, cy: y, r: 10.5 }));
  group.append(svg("path", { class: "marker", d: shape, transform: `translate(${x},${y})` }));
  return group;
}

// Each label goes to the first free place around its marker; where none is free it stays in the marker's title.
function pointLabels(points, width, frame) {
  const taken = points.map((point) => ({ x1: point.x - 7, x2: point.x + 7, y1: Math.min(point.y - 7, point.top), y2: Math.max(point.y + 7, point.foot) }));
  taken.push({ x1: frame.right + 9, x2: frame.right + 12, y1: frame.top, y2: frame.bottom });
  const free = (box) => box.x1 >= frame.left - 6 && box.x2 <= width + 8 && box.y1 >= 0 && box.y2 <= frame.bottom + 4
    && taken.every((other) => box.x2 < other.x1 || box.x1 > other.x2 || box.y2 < other.y1 || box.y1 > other.y2);
  const labels = [];
  for (const point of [...points].sort((one, other) => other.chosen - one.chosen)) {
    if (points.length > LABELLED && !point.chosen) continue;
    const text = point.said.length > 26 ? `${point.said.slice(0, 25)}\u2026` : point.said;
    const half = text.length * 3.5 + 2;
    const [over, under] = [Math.min(point.alone ? -28 : -22, point.top - point.y - 16), Math.max(point.alone ? 14 : 9, point.foot - point.y + 3)];
    const places = [[0, over], [0, under], [half + 12, -7], [-half - 12, -7], [half + 8, -22], [-half - 8, -22], [half + 8, 9], [-half - 8, 9]];
    for (const [dx, dy] of places) {
      const box = { x1: point.x + dx - half, x2: point.x + dx + half, y1: point.y + dy, y2: point.y + dy + 14 };
      if (!free(box)) continue;
      taken.push(box);
      labels.push(svg("text", { class: point.chosen ? "said chosen" : "said", x: point.x + dx, y: point.y + dy + 11, "text-anchor": "middle" }, text));
      break;
    }
  }
  return labels;
}

function description(points, log) {
  const said = points.slice(0, 40).map((point) => `${point.said} (${point.who}, ${dateWords(point.date)}${point.alone ? ", alone against the others" : ""})`).join("; ");
  const more = points.length > 40 ? `; and ${points.length - 40} more` : "";
  return `${said}${more}.${log ? " The scale is logarithmic." : ""}`;
}

function legend(shapes, points, log) {
  const entry = (shape, text, filled) => el("li", {},
    svg("svg", { class: "key", viewBox: "-8 -8 16 16", "aria-hidden": "true" },
      svg("path", { class: filled ? "marker filled" : "marker", d: shape })), foreign(text));
  const names = [...shapes].map(([who, shape]) => entry(shape, who, false));
  if (points.some((point) => !shapes.has(point.who))) names.push(entry(OTHERS, "others", false));
  if (points.some((point) => point.chosen) && points.some((point) => !point.chosen)) names.push(el("li", { class: "remark" }, "filled: the two compared"));
  if (points.some((point) => point.alone)) names.push(el("li", { class: "remark" }, "ringed: stands alone against the others"));
  if (log) names.push(el("li", { class: "remark" }, "logarithmic scale"));
  return el("figcaption", {}, el("ul", { class: "legend" }, names));
}
