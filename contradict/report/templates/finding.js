// One finding: what it is about, why it is listed, the statements side by side, its timeline, and whatever else belongs
// to it. `view` says what the reader may see and do: { app, blind, ledger, decide } (`decide` is absent on paper).

const NEAR = 170; // characters of the text around a sentence that stand beside it without being asked for

function renderFinding(data, finding, place, view) {
  const id = `${view.decide ? "f" : "p"}-${finding.id}`;
  const pairs = (finding.pairs || []).map((row) => pairOf(data, row));
  const sides = sidesOf(data, finding);
  const lines = (finding.timeline || []).map(lineOf);
  const state = view.ledger.state(finding);
  return el("article", { class: "finding", id, tabindex: "-1", "aria-labelledby": `${id}-h` },
    tags(finding, pairs[0], place, view),
    foreign(finding.matter, "h2", { id: `${id}-h` }),
    reasonOf(finding) ? foreign(reasonOf(finding), "p", { class: "reason" }) : null,
    changeNotice(state, view.ledger.changed(finding)),
    finding.check ? calculation(finding.check) : null,
    sides.length ? statementsBeside(sides, finding, state, view) : null,
    lines.length > 1 && !finding.check ? chart(lines, place.width, id) : null,
    aloneNote(lines),
    view.decide ? null : decisionOnPaper(state),
    otherChoices(view.ledger, finding),
    lines.length && !finding.check ? statementList(lines, finding.moreTimeline || 0) : null,
    pairs.length > 1 || finding.morePairs ? otherPairs(pairs.slice(1), finding.morePairs || 0) : null);
}

function badge(relation) {
  return el("span", { class: `badge ${relation}` }, el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[relation]), relation);
}

function tags(finding, first, place, view) {
  const items = [badge(finding.relation)];
  const tag = (text, name = "tag") => items.push(el("span", { class: name }, text));
  if (KINDS[finding.kind]) tag(KINDS[finding.kind]);
  if (first && first.sameSpeaker === true) tag("Same speaker", "tag strong");
  if (first && first.sameOutlet) tag("Same outlet", "tag strong");
  if (view.ledger.isNew(finding)) tag("New since the last run", "tag flag");
  if (view.ledger.changed(finding)) tag("Changed since decided", "tag flag");
  if (!view.blind) items.push(el("span", { class: "tag score", title: "Probability that the two differ as stated" }, `Score ${(finding.score || 0).toFixed(2)}`));
  if (place.total) items.push(el("span", { class: "tag place" }, `${(place.position).toLocaleString("en")} of ${place.total.toLocaleString("en")}`));
  items.push(el("a", { class: "permalink", href: `#finding=${finding.id}`, title: "Address of this finding" },
    el("span", { class: "hidden" }, "Link to finding "), finding.id));
  return el("p", { class: "tags" }, items);
}

function statementsBeside(sides, finding, state, view) {
  const marks = sides.length === 2 && !finding.check ? differences(sides[0].text, sides[1].text) : null;
  return el("div", { class: `sides${sides.length > 2 ? " many" : sides.length === 1 ? " one" : ""}` },
    sides.map((side, index) => sideBox(side, { runs: marks?.[index], letter: "ab"[index], trusted: state.trusted !== null && state.trusted === side.statement, finding, view })));
}

function sideBox(side, { runs, letter, trusted, finding, view }) {
  const facts = [];
  if (side.speaker) facts.push(["Said by", foreign(side.speaker)]);
  if (side.asOf) facts.push(["As of", dateWords(side.asOf)]);
  if (side.versionOf) facts.push(["Later version of", foreign(side.versionOf)]);
  const said = side.said.length > 60 ? `${side.said.slice(0, 59)}\u2026` : side.said;
  return el("section", { class: trusted ? "side trusted" : "side" },
    el("div", { class: "side-head" }, side.terms ? termsLine(side.terms) : said ? foreign(said, "p", { class: "figure" }) : null, trust(side, letter, trusted, finding, view)),
    el("p", { class: "source" }, foreign(side.outlet || side.path, "bdi", { class: "outlet" }), el("span", { class: "date" }, dateWords(side.date))),
    el("p", { class: "title" }, side.url ? webLink(side.url, side.title || side.url) : foreign(side.title || side.path), fullText(side, view)),
    el("blockquote", { dir: "auto" }, around(side.before, true), cut(side.cutBefore), markedNodes(side.text, side.terms || [side], runs),
      cut(side.cutAfter), around(side.after, false)),
    facts.length ? el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))) : null,
    copies(side));
}

// What is stated in a calculation, and what its other figures come to.
function calculation(check) {
  const bounds = ([low, high]) => low === high ? numberWords(low) : low === null ? `at most ${numberWords(high)}` : high === null ? `at least ${numberWords(low)}`
    : `${numberWords(low)} to ${numberWords(high)}`;
  const known = ([low, high]) => low !== null || high !== null;
  return el("dl", { class: "facts sum" },
    known(check.stated) ? el("div", {}, el("dt", {}, "Stated"), el("dd", {}, bounds(check.stated))) : null,
    known(check.expected) ? el("div", {}, el("dt", {}, "The others come to"), el("dd", {}, bounds(check.expected))) : null,
    check.moreTerms ? el("div", {}, el("dt", {}, "Not shown"), el("dd", {}, count(check.moreTerms, "figure"))) : null);
}

// The figures of one passage, each with its part in the calculation.
function termsLine(terms) {
  return el("ul", { class: "terms" }, terms.map(({ said, role }) => el("li", {}, foreign(shortened(said, 40), "bdi", { class: "figure" }), " ", el("span", { class: "role" }, ROLES[role] || role))));
}

function trust(side, letter, trusted, finding, view) {
  if (side.terms) return null;
  if (!view.decide || !side.statement) return trusted ? el("p", { class: "trusted-word" }, "Trusted") : null;
  const button = el("button", { type: "button", class: "trust", "aria-pressed": String(trusted) }, letter ? el("kbd", {}, letter) : null, trusted ? "Trusted" : "Trust this");
  button.addEventListener("click", () => view.decide({ trusted: trusted ? null : side.statement }));
  return button;
}

function fullText(side, view) {
  if (!view.app || side.number === undefined) return null;
  const address = `/article/${side.number}?statement=${encodeURIComponent(side.statement)}`;
  return el("a", { class: "full", href: address, target: "_blank", rel: "noopener" }, "Passage in the full text");
}

function cut(number) {
  return number ? el("span", { class: "cut" }, ` [${count(number, "character")} not shown] `) : null;
}

// The text before or after a sentence: what is nearest is in sight, the rest only where the reader wants all of it.
function around(text, before) {
  if (!text) return null;
  if (text.length <= NEAR) return el("span", { class: "around" }, before ? `${text} ` : ` ${text}`);
  const space = before ? text.indexOf(" ", text.length - NEAR) : text.lastIndexOf(" ", NEAR);
  const edge = space > 0 ? space : before ? text.length - NEAR : NEAR;
  const [first, last] = [text.slice(0, edge), text.slice(edge)];
  return before
    ? el("span", { class: "around" }, el("span", { class: "far" }, first), el("span", { class: "gap" }, "\u2026"), last, " ")
    : el("span", { class: "around" }, " ", first, el("span", { class: "far" }, last), el("span", { class: "gap" }, " \u2026"));
}

function copies(side) {
  if (!side.copies.length && !side.moreCopies) return null;
  const names = side.copies.flatMap(([name, date], index) => [index ? ", " : "", foreign(name), date ? ` (${dateWords(date)})` : ""]);
  return el("p", { class: "copies" }, "Also printed by ", names, side.moreCopies ? ` and ${side.moreCopies} more` : "");
}

// What changed since the finding was decided on: each text as it was, and as it is now.
function changeNotice(state, asks) {
  if (!state.changes?.length) return null;
  const was = state.decision ? `You decided \u201c${CHOICE_WORDS[state.decision]}\u201d` : "You had looked at this";
  return el("section", { class: "changes", "aria-label": "What changed" },
    el("p", {}, `${was}${state.at ? ` on ${dateWords(state.at.slice(0, 10))}` : ""}. It has changed since${asks ? "; decide again, as before or anew" : ", and your decision still holds"}.`),
    state.changes.map(changeLine));
}

const CHANGES = { figure: "Another figure", text: "Edited", joined: "New here", left: "No longer here" };

function changeLine({ what, source, date, was, now }) {
  const marks = was && now ? differences(was, now) : null;
  const line = (word, text, runsOfWords) => (text ? el("p", { dir: "auto" }, el("b", {}, word, " "), markedNodes(shortened(text, 600), [], runsOfWords)) : null);
  return el("div", { class: "change" }, el("p", { class: "source" }, el("b", {}, CHANGES[what] || what), foreign(source || ""), el("span", { class: "date" }, dateWords(date))),
    line(was && now ? "Then" : "", was, marks?.[0]), line(was && now ? "Now" : "", now, marks?.[1]));
}

function aloneNote(lines) {
  const alone = lines.filter((line) => line.alone);
  if (!alone.length) return null;
  const names = alone.slice(0, 5).flatMap((line, index) => [index ? ", " : "", foreign(line.said), " (", foreign(line.speaker || line.outlet || "unnamed"), ")"]);
  return el("p", { class: "alone" }, alone.length === 1 ? "One stands alone against the others: " : "These stand alone against the others: ",
    names, alone.length > 5 ? ` and ${alone.length - 5} more` : "", ".");
}

function decisionOnPaper(state) {
  if (!state.decision && !state.note) return null;
  return el("p", { class: "decided-word" }, state.decision ? [el("b", {}, "Decided: "), CHOICE_WORDS[state.decision], state.note ? ". " : ""] : el("b", {}, "Note: "),
    state.note ? foreign(state.note) : null);
}

function otherChoices(ledger, finding) {
  const made = (ledger.others.get(finding.id) || []).filter((record) => record.decision || record.note);
  const settled = ledger.settled.get(finding.id);
  if (!made.length && !settled) return null;
  const line = (name, record) => el("li", {}, el("b", {}, name), ": ", record.decision ? CHOICE_WORDS[record.decision] : "a note",
    record.note ? [" \u2013 ", foreign(record.note)] : "");
  return el("ul", { class: "others", "aria-label": "What others decided" }, made.map((record) => line(foreign(record.reviewer), record)),
    settled ? line(["Settled by ", foreign(settled.reviewer)], settled) : null);
}

function statementList(lines, more) {
  return folded({ class: "fold" }, `Timeline: ${count(lines.length + more, "statement")}`, () => {
    const grouped = new Set(lines.map((line) => line.group).filter(Boolean)).size > 1;
    const rows = lines.map((line) => el("tr", { class: line.chosen ? "chosen" : null },
      el("td", { class: "when" }, dateWords(line.date)), el("td", {}, foreign(line.said), line.alone ? " (stands alone)" : ""),
      el("td", {}, foreign(line.outlet)), el("td", {}, foreign(line.speaker)), grouped ? el("td", {}, line.group ? String(line.group) : "") : null));
    return scrolled("Timeline", el("table", {}, head("Date", "Figure or words", "Outlet", "Speaker", ...(grouped ? ["Who agree"] : [])), el("tbody", {}, rows)),
      more ? `${count(more, "further statement")} only in findings.jsonl.` : "");
  });
}

function otherPairs(pairs, more) {
  return folded({ class: "fold" }, `${count(pairs.length + more, "other pair")} on this matter`, () => {
    const cell = (side) => el("td", { class: "passage" }, el("p", { class: "source" }, foreign(side.outlet || side.path, "bdi", { class: "outlet" }),
      el("span", { class: "date" }, dateWords(side.date))), el("p", { dir: "auto" }, cut(side.cutBefore), markedNodes(side.text, [side]), cut(side.cutAfter)));
    const rows = pairs.map((pair) => el("tr", {}, el("td", {}, badge(pair.relation), el("p", { class: "why", dir: "auto" }, pair.reason)), cell(pair.a), cell(pair.b)));
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
