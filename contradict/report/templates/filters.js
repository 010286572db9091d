// What is listed: the state of the form, kept in the address so that a view can be sent to a colleague.

const FIELDS = ["q", "status", "choice", "outlet", "speaker", "from", "to", "score", "only"];
const BOXES = ["relation", "kind"];
const AT_REST = { score: "0", status: "all" };
const STATUSES = { all: "All", open: "Open", decided: "Decided", snoozed: "Snoozed", new: "New", changed: "Changed", disputed: "Disputed" };

function boxes(form, name) {
  return [...form.querySelectorAll(`input[name="${name}"]`)];
}

// The state of the form as address parameters; whatever is at rest is left out.
function readForm(form) {
  const parameters = new URLSearchParams();
  for (const name of BOXES) {
    const all = boxes(form, name);
    const ticked = all.filter((box) => box.checked);
    if (ticked.length === all.length) continue;
    parameters.set(name, ticked.map((box) => box.value).join(",") || "none");
  }
  for (const name of FIELDS) {
    const value = (form.elements[name]?.value || "").trim();
    if (value && value !== AT_REST[name]) parameters.set(name, value);
  }
  return parameters;
}

function writeForm(form, parameters) {
  for (const name of BOXES) {
    const wanted = parameters.get(name);
    for (const box of boxes(form, name)) box.checked = wanted === null || wanted.split(",").includes(box.value);
  }
  for (const name of FIELDS) {
    if (form.elements[name]) form.elements[name].value = parameters.get(name) || AT_REST[name] || "";
  }
}

// How many filters hold, beside the words and the status, which are always in sight.
function hiddenFilters(parameters) {
  return [...parameters.keys()].filter((name) => name !== "q" && name !== "status").length;
}

// The tests of a finding that hold whatever has been decided. Dates are inclusive, all words must occur.
function matcher(parameters) {
  const tests = [];
  const choice = (name) => parameters.get(name)?.split(",");
  const [relations, kinds, only] = [choice("relation"), choice("kind"), choice("only")];
  const outlet = parameters.get("outlet");
  const [from, to] = ["from", "to"].map((name) => daySpan(/^\d{4}-\d{2}-\d{2}$/.test(parameters.get(name) || "") ? parameters.get(name) : ""));
  const words = plainText(parameters.get("q") || "").split(/\s+/).filter(Boolean);
  const speaker = plainText(parameters.get("speaker") || "");
  const score = Number(parameters.get("score")) || 0;
  if (relations) tests.push(({ finding }) => relations.includes(finding.relation));
  if (kinds) tests.push(({ finding }) => kinds.includes(finding.kind));
  if (only) tests.push(({ finding }) => only.includes(finding.id));
  if (score) tests.push(({ finding }) => (finding.score || 0) >= score - 1e-9);
  if (outlet) tests.push(({ facet }) => facet.outlets.has(outlet));
  if (speaker) tests.push(({ facet }) => facet.voices.includes(speaker));
  if (from || to) {
    tests.push(({ facet }) => facet.spans.some(([start, end]) => (!from || end >= from[0]) && (!to || start <= to[1])));
  }
  if (words.length) tests.push(({ facet }) => words.every((word) => facet.words.includes(word)));
  return (item) => tests.every((test) => test(item));
}

// Whether a finding has the status; several may hold at once, as open and new do.
function hasStatus(status, finding, ledger) {
  if (status === "new") return ledger.isNew(finding);
  if (status === "changed") return ledger.changed(finding);
  if (status === "disputed") return ledger.disputed(finding);
  return status === "all" || ledger.status(finding) === status;
}

// The outlets as choices, the most frequent first, and the speakers as suggestions.
function fillChoices(form, all) {
  const ranked = (name) => {
    const counts = new Map();
    for (const { facet } of all) for (const each of facet[name]) counts.set(each, (counts.get(each) || 0) + 1);
    return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  };
  const outlets = ranked("outlets");
  const select = form.elements.outlet;
  select.append(...outlets.map(([name, times]) => el("option", { value: name }, `${name} (${times.toLocaleString("en")})`)));
  select.disabled = outlets.length < 2;
  document.getElementById("speakers").append(...ranked("speakers").map(([name]) => el("option", { value: name })));
}

// Named filters, kept by the store; each is a name and the parameters of an address.
class Views {
  constructor(select, store, { current, apply }) {
    Object.assign(this, { select, store, current, apply });
    this.own = [];
    select.addEventListener("change", () => this.choose(select.value.slice(0, 1), select.value.slice(1)));
    store.views().then((views) => this.show(views), () => this.show([]));
  }

  async choose(action, name) {
    this.select.value = "";
    if (action === "#") this.apply(new URLSearchParams(name));
    if (action === "=") this.apply(new URLSearchParams(this.own.find((view) => view.name === name)?.query || ""));
    if (action === "-") this.show(await this.store.saveView(name, null));
    if (action !== "+") return;
    const wanted = (window.prompt("Name of this view") || "").trim().slice(0, 60);
    if (wanted) this.show(await this.store.saveView(wanted, String(this.current())));
  }

  show(views) {
    this.own = views;
    const group = (label, choices) => (choices.length ? el("optgroup", { label }, choices.map(([value, text]) => el("option", { value }, text))) : null);
    this.select.replaceChildren(...[
      el("option", { value: "" }, "Choose a view"),
      group("Ready made", [["#", "All findings"], ["#status=open&relation=contradiction", "Open contradictions"], ["#choice=unsure", "Where I was unsure"]]),
      group("Saved", views.map(({ name }) => [`=${name}`, name])),
      el("option", { value: "+" }, "Save this view\u2026"),
      group("Delete", views.map(({ name }) => [`-${name}`, `Delete \u201c${name}\u201d`])),
    ].filter(Boolean));
    this.select.value = "";
  }
}
