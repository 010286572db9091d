// One finding: what it is about, why it is listed, its timeline, both passages, and whatever else belongs to it.

// The tables of the page's data, with names: data.findings[n].pairs[n] = [a, b, relation, score, reason, speaker, outlet].
function pairOf(data, row) {
  const [a, b, relation, score, reason, sameSpeaker, sameOutlet] = row;
  return { a: sideOf(data, a), b: sideOf(data, b), relation, score, reason, sameSpeaker, sameOutlet };
}

function sideOf(data, index) {
  const [place, start, end, speaker, asOf] = data.sides[index];
  const [article, text, before, after, cutBefore = 0, cutAfter = 0] = data.passages[place];
  const [outlet, title, date, url, path, versionOf, copies, moreCopies] = data.documents[article];
  return {
    start, end, speaker, asOf, text, before, after, cutBefore, cutAfter, outlet, title, date, url, path, versionOf, copies, moreCopies,
    said: text.slice(start, end),
  };
}

function renderFinding(data, finding, place) {
  const id = `f-${finding.id}`;
  const pairs = (finding.pairs || []).map((row) => pairOf(data, row));
  const first = pairs[0];
  const lines = finding.timeline || [];
  const picture = lines.length > 1 ? chart(lines, place.width, id) : null;
  return el("article", {
    class: "finding", id, tabindex: "-1", "aria-labelledby": `${id}-h`, "aria-posinset": place.position, "aria-setsize": place.total,
  },
  tags(finding, first),
  foreign(finding.matter, "h2", { id: `${id}-h` }),
  first ? foreign(first.reason, "p", { class: "reason" }) : null,
  picture,
  first ? el("div", { class: "sides" }, sideBox(first.a), sideBox(first.b)) : null,
  lines.length ? statements(lines, finding.moreTimeline || 0) : null,
  pairs.length > 1 || finding.morePairs ? otherPairs(pairs.slice(1), finding.morePairs || 0) : null);
}

function badge(relation) {
  return el("span", { class: `badge ${relation}` }, el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[relation]), relation);
}

function tags(finding, first) {
  const items = [badge(finding.relation)];
  if (KINDS[finding.kind]) items.push(el("span", { class: "tag" }, KINDS[finding.kind]));
  if (first && first.sameSpeaker === true) items.push(el("span", { class: "tag strong" }, "Same speaker"));
  if (first && first.sameOutlet) items.push(el("span", { class: "tag strong" }, "Same outlet"));
  const score = finding.score || 0;
  items.push(el("span", { class: "tag score", title: "Probability that the two conflict or differ as stated" }, `Score ${score.toFixed(2)}`));
  items.push(el("a", { class: "permalink", href: `#finding=${finding.id}`, title: "Address of this finding" },
    el("span", { class: "hidden" }, "Link to finding "), finding.id));
  return el("p", { class: "tags" }, items);
}

function sideBox(side) {
  const facts = [];
  if (side.speaker) facts.push(["Said by", foreign(side.speaker)]);
  if (side.asOf) facts.push(["As of", dateWords(side.asOf)]);
  if (side.versionOf) facts.push(["Later version of", foreign(side.versionOf)]);
  return el("section", { class: "side" },
    side.said ? foreign(side.said.length > 60 ? `${side.said.slice(0, 59)}\u2026` : side.said, "p", { class: "figure" }) : null,
    el("p", { class: "source" }, foreign(side.outlet || side.path, "bdi", { class: "outlet" }), el("span", { class: "date" }, dateWords(side.date))),
    side.title || side.url ? el("p", { class: "title" }, side.url ? webLink(side.url, side.title || side.url) : foreign(side.title)) : null,
    el("blockquote", { dir: "auto" }, quoted(side)),
    facts.length ? el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))) : null,
    copies(side),
    side.before || side.after ? folded({ class: "context" }, "In context", () => inContext(side)) : null);
}

function quoted(side) {
  const cut = (number) => (number ? el("span", { class: "cut" }, ` [${count(number, "character")} not shown] `) : null);
  return [cut(side.cutBefore), side.text.slice(0, side.start), side.said ? el("mark", {}, side.said) : null,
    side.text.slice(side.end), cut(side.cutAfter)];
}

function inContext(side) {
  return el("p", { class: "around", dir: "auto" }, side.before, " ", el("span", { class: "here" }, quoted(side)), " ", side.after);
}

function copies(side) {
  if (!side.copies.length && !side.moreCopies) return null;
  const names = side.copies.flatMap(([name, date], index) => [index ? ", " : "", foreign(name), date ? ` (${dateWords(date)})` : ""]);
  return el("p", { class: "copies" }, "Also printed by ", names, side.moreCopies ? ` and ${side.moreCopies} more` : "");
}

function statements(lines, more) {
  const total = lines.length + more;
  return folded({ class: "fold" }, `Timeline: ${count(total, "statement")}`, () => {
    const rows = lines.map(([date, , , said, speaker, outlet, chosen]) => el("tr", { class: chosen ? "chosen" : null },
      el("td", { class: "when" }, dateWords(date)), el("td", {}, foreign(said)), el("td", {}, foreign(outlet)), el("td", {}, foreign(speaker))));
    return scrolled("Timeline", el("table", {}, head("Date", "Figure or words", "Outlet", "Speaker"), el("tbody", {}, rows)),
      more ? `${count(more, "further statement")} only in findings.jsonl.` : "");
  });
}

function otherPairs(pairs, more) {
  const total = pairs.length + more;
  return folded({ class: "fold" }, `${count(total, "other pair")} on this matter`, () => {
    const cellOf = (side) => el("td", { class: "passage" }, el("p", { class: "source" }, foreign(side.outlet || side.path, "bdi", { class: "outlet" }),
      el("span", { class: "date" }, dateWords(side.date))), el("p", { dir: "auto" }, quoted(side)));
    const rows = pairs.map((pair) => el("tr", {}, el("td", {}, badge(pair.relation), el("p", { class: "why", dir: "auto" }, pair.reason)),
      cellOf(pair.a), cellOf(pair.b)));
    return scrolled("Other pairs", el("table", { class: "pairs" }, head("Relation", "One says", "The other says"), el("tbody", {}, rows)),
      more ? `${count(more, "further pair")} only in pairs.jsonl.` : "");
  });
}

function head(...names) {
  return el("thead", {}, el("tr", {}, names.map((name) => el("th", { scope: "col" }, name))));
}

function scrolled(name, table, remark) {
  return el("div", { class: "unfolded" }, el("div", { class: "scrolled", role: "region", "aria-label": name, tabindex: "0" }, table),
    remark ? el("p", { class: "remark" }, remark) : null);
}
