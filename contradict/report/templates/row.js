// A finding as one row of the queue: its sign and matter, the figures that differ, who printed them, what was decided.

function renderRow(data, finding, attributes, { ledger, blind }) {
  const [status, state] = [ledger.status(finding), ledger.state(finding)];
  const sides = sidesOf(data, finding);
  const said = finding.check ? [finding.check.reason] : sides.slice(0, 2).map((side) => side.said).filter(Boolean);
  const outlets = [...new Set(sides.map((side) => side.outlet || side.path))];
  const names = outlets.length ? outlets : [...new Set((finding.timeline || []).map((row) => row[5]).filter(Boolean))];
  const more = finding.check ? 0 : (finding.timeline || []).length + (finding.moreTimeline || 0) - 2;
  return el("div", { class: `row ${status}`, ...attributes },
    el("span", { class: `sign ${finding.relation}`, title: finding.relation }, el("span", { "aria-hidden": "true" }, SIGNS[finding.relation]), el("span", { class: "hidden" }, `${finding.relation}: `)),
    el("span", { class: "line" }, foreign(finding.matter, "bdi", { class: "matter" }), rowState(finding, { status, state, fresh: ledger.isNew(finding), blind })),
    el("span", { class: "line second" }, said.length ? [el("span", { class: "said" }, said.flatMap((text, index) => [index ? " / " : "", foreign(shortened(text, finding.check ? 60 : 24))])), el("span", { class: "stop" }, "\u00b7")] : null,
      el("span", { class: "names" }, names.slice(0, 4).flatMap((name, index) => [index ? ", " : "", foreign(name)]), more > 0 ? `, ${more} more` : "")));
}

function shortened(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}\u2026` : text;
}

// What stands at the end of the row: the decision, else what is new about it, else the score.
function rowState(finding, { status, state, fresh, blind }) {
  if (state.status === "changed") return el("span", { class: "state flag" }, "changed");
  if (status === "decided") return el("span", { class: "state" }, `\u2713 ${SHORT_CHOICE[state.decision]}`);
  if (status === "snoozed") return el("span", { class: "state" }, `until ${dateWords(state.snoozed_until, true)}`);
  if (fresh) return el("span", { class: "state flag" }, "new");
  return blind ? null : el("span", { class: "state score" }, (finding.score || 0).toFixed(2));
}

const SHORT_CHOICE = { contradiction: "contradiction", update: "update", agreement: "agreement", unrelated: "other matter", unsure: "unsure" };
