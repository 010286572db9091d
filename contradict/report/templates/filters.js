// What is shown: the state of the form, kept in the address so that a view can be sent to a colleague.

const FIELDS = ["q", "outlet", "from", "to", "score"];
const CHOICES = ["relation", "kind"];

function boxes(form, name) {
  return [...form.querySelectorAll(`input[name="${name}"]`)];
}

// The state of the form as address parameters; whatever is at rest is left out.
function readForm(form) {
  const parameters = new URLSearchParams();
  for (const name of CHOICES) {
    const all = boxes(form, name);
    const ticked = all.filter((box) => box.checked);
    if (ticked.length === all.length) continue;
    parameters.set(name, ticked.map((box) => box.value).join(",") || "none");
  }
  for (const name of FIELDS) {
    const value = form.elements[name].value.trim();
    if (value && !(name === "score" && Number(value) === 0)) parameters.set(name, value);
  }
  return parameters;
}

function writeForm(form, parameters) {
  for (const name of CHOICES) {
    const wanted = parameters.get(name);
    for (const box of boxes(form, name)) box.checked = wanted === null || wanted.split(",").includes(box.value);
  }
  for (const name of FIELDS) form.elements[name].value = parameters.get(name) || (name === "score" ? "0" : "");
}

function plainText(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// What a finding is filtered by; the words are only gathered when somebody looks for words.
function facets(data, finding) {
  const pairs = (finding.pairs || []).map((row) => pairOf(data, row));
  const sides = pairs.flatMap((pair) => [pair.a, pair.b]);
  const lines = finding.timeline || [];
  const outlets = new Set([...sides.map((side) => side.outlet), ...lines.map((line) => line[5]), ...(finding.moreOutlets || [])]);
  outlets.delete("");
  const spans = [...lines.map((line) => line[0]), ...sides.map((side) => side.date)].filter(Boolean).map(daySpan);
  let words = null;
  return {
    outlets, spans,
    get words() {
      words ??= plainText([finding.id, finding.matter, ...pairs.map((pair) => pair.reason),
        ...sides.flatMap((side) => [side.text, side.title, side.speaker]), ...outlets, ...lines.flatMap((line) => [line[3], line[4]])].join("\n"));
      return words;
    },
  };
}

// A test of findings for the given state; dates are inclusive, all words must occur.
function matcher(parameters) {
  const tests = [];
  const choice = (name) => parameters.get(name)?.split(",");
  const [relations, kinds, outlet] = [choice("relation"), choice("kind"), parameters.get("outlet")];
  const [from, to] = ["from", "to"].map((name) => daySpan(/^\d{4}-\d{2}-\d{2}$/.test(parameters.get(name) || "") ? parameters.get(name) : ""));
  const words = plainText(parameters.get("q") || "").split(/\s+/).filter(Boolean);
  const score = Number(parameters.get("score")) || 0;
  if (relations) tests.push((finding) => relations.includes(finding.relation));
  if (kinds) tests.push((finding) => kinds.includes(finding.kind));
  if (score) tests.push((finding) => (finding.score || 0) >= score - 1e-9);
  if (outlet) tests.push((_, facet) => facet.outlets.has(outlet));
  if (from || to) {
    tests.push((_, facet) => facet.spans.some(([start, end]) => (!from || end >= from[0]) && (!to || start <= to[1])));
  }
  if (words.length) tests.push((_, facet) => words.every((word) => facet.words.includes(word)));
  return (finding, facet) => tests.every((test) => test(finding, facet));
}
