// The tables of the page's data, with names. A row of the data is an array, in the order that page_data.py states.

function pairOf(data, row) {
  const [a, b, relation, score, reason, sameSpeaker, sameOutlet] = row;
  return { a: sideOf(data, a), b: sideOf(data, b), relation, score, reason, sameSpeaker, sameOutlet };
}

function sideOf(data, index) {
  const [place, start, end, speaker, asOf, statement] = data.sides[index];
  const [article, text, before, after, cutBefore = 0, cutAfter = 0] = data.passages[place];
  const [outlet, title, date, url, path, versionOf, copies, moreCopies, number] = data.documents[article];
  return {
    start, end, speaker, asOf, statement, text, before, after, cutBefore, cutAfter, outlet, title, date, url, path, versionOf, copies, moreCopies,
    number, said: text.slice(start, end),
  };
}

function lineOf(row) {
  const [date, low, high, said, speaker, outlet, chosen, group = null, alone = 0] = row;
  return { date, low: low ?? null, high: high ?? null, said, speaker, outlet, chosen, group, alone };
}

// The statements that a finding sets side by side: those of its first pair, else the figures of its calculation, those
// of one passage together; `terms` are then the places of the figures in it, each with its part in the calculation.
function sidesOf(data, finding) {
  if (finding.pairs?.length) return finding.pairs[0].slice(0, 2).map((index) => sideOf(data, index));
  const passages = new Map();
  for (const [role, index] of finding.check?.terms || []) {
    const side = sideOf(data, index);
    const key = data.sides[index][0];
    if (!passages.has(key)) passages.set(key, { ...side, terms: [] });
    passages.get(key).terms.push({ role, start: side.start, end: side.end, said: side.said, statement: side.statement });
  }
  return [...passages.values()];
}

// The ids of the statements of a finding that a decision names.
function statementsOf(data, finding) {
  const ids = sidesOf(data, finding).flatMap((side) => (side.terms ? side.terms.map((term) => term.statement) : [side.statement]));
  return [...new Set(ids)];
}

function reasonOf(finding) {
  return finding.check?.reason || (finding.pairs?.length ? finding.pairs[0][4] : "");
}

function plainText(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// What a finding is filtered by; the words are only gathered when somebody looks for words.
function facetsOf(data, finding) {
  const pairs = (finding.pairs || []).map((row) => pairOf(data, row));
  const sides = [...pairs.flatMap((pair) => [pair.a, pair.b]), ...(finding.check ? sidesOf(data, finding) : [])];
  const lines = (finding.timeline || []).map(lineOf);
  const outlets = new Set([...sides.map((side) => side.outlet), ...lines.map((line) => line.outlet), ...(finding.moreOutlets || [])]);
  const speakers = new Set([...sides.map((side) => side.speaker), ...lines.map((line) => line.speaker)]);
  outlets.delete("");
  speakers.delete("");
  const spans = [...lines.map((line) => line.date), ...sides.map((side) => side.date)].filter(Boolean).map(daySpan);
  let words = null;
  let voices = null;
  return {
    outlets, speakers, spans,
    get voices() {
      voices ??= plainText([...speakers].join("\n"));
      return voices;
    },
    get words() {
      words ??= plainText([finding.id, finding.matter, reasonOf(finding), ...pairs.map((pair) => pair.reason),
        ...sides.flatMap((side) => [side.text, side.title]), ...speakers, ...outlets, ...lines.map((line) => line.said)].join("\n"));
      return words;
    },
  };
}
