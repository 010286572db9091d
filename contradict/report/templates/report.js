// The static report: reads the data in the page, connects the form, the address and the list.

function start() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const [desk, form, shown, empty, note] = ["desk", "filters", "shown", "empty", "print-note"].map((id) => document.getElementById(id));
  const all = data.findings.map((finding) => ({ finding, facet: facets(data, finding) }));
  const feed = new Feed(document.getElementById("findings"), (item, place) => renderFinding(data, item.finding, place));
  let current = null;

  fillOutlets(form.elements.outlet, all);
  desk.hidden = false;
  if (window.matchMedia("(max-width: 62rem)").matches) document.getElementById("drawer").open = false;

  function apply(parameters) {
    document.getElementById("score-shown").textContent = Number(form.elements.score.value).toFixed(2);
    const key = parameters.toString();
    if (key === current) return;
    current = key;
    const matches = matcher(parameters);
    const items = all.filter((item) => matches(item.finding, item.facet));
    feed.show(items);
    shown.textContent = items.length === all.length ? all.length === 1 ? "1 finding"
      : `All ${count(all.length, "finding")}, the most worth a look first`
      : `${items.length.toLocaleString("en")} of ${count(all.length, "finding")}`;
    shown.hidden = all.length === 0;
    empty.hidden = items.length > 0;
    empty.textContent = all.length ? "No finding passes these filters. Clear one of them to see more." : "No statements were found that contradict or replace each other.";
  }

  function follow() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const wanted = parameters.get("finding");
    parameters.delete("finding");
    writeForm(form, parameters);
    apply(readForm(form));
    if (wanted === null) return;
    let place = feed.items.findIndex((item) => item.finding.id === wanted);
    if (place < 0 && all.some((item) => item.finding.id === wanted)) {
      writeForm(form, new URLSearchParams());
      apply(readForm(form));
      place = feed.items.findIndex((item) => item.finding.id === wanted);
    }
    if (place >= 0) feed.reveal(place);
  }

  let waiting = 0;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const parameters = readForm(form);
      apply(parameters);
      keepInAddress(parameters);
    }, 120);
  }

  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    feed.box.focus();
  });
  form.addEventListener("input", changed);
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => {
    const printed = feed.drawAll();
    note.textContent = printed < feed.items.length ? `Printed: the first ${printed} of ${count(feed.items.length, "finding")}; filter to print others.` : "";
  });
  follow();
}

// Without a new entry in the history: going back leaves the page instead of undoing letters of a search.
function keepInAddress(parameters) {
  try {
    history.replaceState(null, "", `#${parameters}`);
  } catch {
    location.replace(`#${parameters}`);
  }
}

function fillOutlets(select, all) {
  const counts = new Map();
  for (const { facet } of all) for (const outlet of facet.outlets) counts.set(outlet, (counts.get(outlet) || 0) + 1);
  const names = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one) || (one < other ? -1 : 1));
  select.append(...names.map((name) => el("option", { value: name }, `${name} (${counts.get(name).toLocaleString("en")})`)));
  select.disabled = names.length < 2;
}

start();
