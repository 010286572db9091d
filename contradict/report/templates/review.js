// The page at work: reads the data, and connects the filters, the address, the queue, the finding in view and the ledger.

const WIDEST = 900; // pixels of a chart
const PRINTED = 300;
const MARKS_OFF = "contradict/marks-off";
const FULL_CONTEXT = "contradict/full-context";

const at = (id) => document.getElementById(id);

class Review {
  constructor(data, config, ledger) {
    Object.assign(this, { data, config, ledger });
    this.form = at("filters");
    this.sheet = at("sheet");
    this.all = data.findings.map((finding) => ({ finding, facet: facetsOf(data, finding) }));
    this.items = [];
    this.place = -1;
    this.view = { app: config.mode === "app", blind: config.blind, ledger, decide: (change) => this.decide(change) };
    this.queue = new Queue(at("queue"), {
      render: (item, attributes) => renderRow(data, item.finding, attributes, this.view),
      choose: (place) => this.go(place, { focus: false }),
    });
    this.bar = new DecisionBar(at("decide"), {
      ledger, decide: (change, finding) => this.decide(change, finding), undo: () => this.undo(), snooze: () => this.snooze(),
    });
    ledger.redraw = () => this.refresh();
    fillChoices(this.form, this.all);
    this.views = new Views(at("views"), ledger.store, { current: () => readForm(this.form), apply: (parameters) => this.follow(parameters) });
    this.listen();
  }

  // Whether the list hangs on what has been decided, and so must be made anew after each decision.
  get narrowed() {
    return this.parameters.has("status") || this.parameters.has("choice");
  }

  get current() {
    return this.items[this.place]?.finding || null;
  }

  // The findings that pass the filters, in the order of the report; `keep` stays in view where it still passes.
  apply(parameters, keep = this.current?.id) {
    const passes = matcher(parameters);
    const status = parameters.get("status") || "all";
    this.passing = this.all.filter(passes);
    const choice = parameters.get("choice");
    this.items = this.passing.filter(({ finding }) => hasStatus(status, finding, this.ledger) && (!choice || this.ledger.state(finding).decision === choice));
    this.parameters = parameters;
    const found = this.items.findIndex((item) => item.finding.id === keep);
    this.place = found >= 0 ? found : Math.max(0, this.nextOpen(-1));
    if (!this.items.length) this.place = -1;
    this.queue.show(this.items, this.place);
    this.refresh();
  }

  // The next open finding after a place, from the top again at the end; -1 where all are decided.
  nextOpen(place) {
    const total = this.items.length;
    for (let step = 1; step <= total; step++) {
      const next = (place + step + total) % total;
      if (this.ledger.status(this.items[next].finding) === "open") return next;
    }
    return -1;
  }

  go(place, { focus = true } = {}) {
    if (place < 0 || place >= this.items.length) return;
    this.place = place;
    this.queue.select(place);
    this.show({ focus });
    this.keepInAddress();
  }

  // Draws the finding in view anew; the keyboard stays where it was in it, or goes to it where `focus` says so.
  show({ focus = false, top = true } = {}) {
    const finding = this.current;
    const active = document.activeElement;
    const buttons = () => [...this.sheet.querySelectorAll("button, summary, a")];
    const place = this.sheet.contains(active) ? buttons().indexOf(active) : null;
    const width = Math.max(320, Math.min(WIDEST, this.sheet.clientWidth));
    this.sheet.replaceChildren(...(finding ? [renderFinding(this.data, finding, { position: this.place + 1, total: this.items.length, width }, this.view)] : []));
    this.bar.show(finding);
    if (top) at("main").scrollTop = 0;
    const article = this.sheet.firstElementChild;
    if (focus && !at("queue").contains(active)) article?.focus({ preventScroll: true });
    else if (place !== null) (buttons()[place] || article)?.focus({ preventScroll: true });
  }

  // Draws whatever hangs on decisions: the finding, the rows, the counts.
  refresh(how = { top: false }) {
    this.show(how);
    this.queue.draw();
    this.showCounts();
  }

  showCounts() {
    const decided = (items) => items.filter(({ finding }) => this.ledger.status(finding) === "decided").length;
    const [total, done] = [this.all.length, decided(this.all)];
    at("progress-words").textContent = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} decided`;
    Object.assign(at("progress-bar"), { max: Math.max(1, total), value: done });
    const part = this.items.length !== total;
    at("shown").textContent = total === 0 ? "" : part
      ? `${this.items.length.toLocaleString("en")} of ${count(total, "finding")}, ${decided(this.items).toLocaleString("en")} of these decided`
      : `${count(total, "finding")}, the most worth a look first`;
    at("empty").hidden = this.items.length > 0;
    at("nothing").hidden = this.items.length > 0;
    at("empty").textContent = total ? "No finding passes these filters." : "No statements were found that contradict or replace each other.";
    for (const status of Object.keys(STATUSES)) this.countStatus(status);
    const folded = hiddenFilters(this.parameters);
    at("folded").textContent = folded ? ` (${folded})` : "";
    at("clear").hidden = ![...this.parameters.keys()].length;
    this.showTrouble();
  }

  countStatus(status) {
    const box = this.form.querySelector(`input[name=status][value=${status}]`);
    const number = this.passing.filter(({ finding }) => hasStatus(status, finding, this.ledger)).length;
    const label = box.closest("label");
    label.querySelector(".count").textContent = number.toLocaleString("en");
    label.hidden = !number && !box.checked && !["all", "open", "decided"].includes(status);
  }

  showTrouble() {
    const { trouble, waiting, refused, store, mine } = this.ledger;
    const lines = [];
    if (waiting.length && trouble) lines.push(`Not saved yet: ${trouble}. ${count(waiting.length, "change")} kept in this tab, sent again by itself.`);
    else if (trouble && !refused.length) lines.push(`${trouble}.`);
    for (const { matter, decision, why } of refused) lines.push(`Refused: ${why} (${matter}${decision ? `, ${CHOICE_WORDS[decision]}` : ""}).`);
    if (!store.lasts && mine.size) lines.push("This browser keeps nothing for this page: download the decisions before you close it.");
    at("trouble").hidden = !lines.length;
    if (at("trouble").textContent !== lines.join(" ")) at("trouble").textContent = lines.join(" ");
  }

  // A decision moves on to the next open finding; a note or a trusted statement stays where it is.
  decide(change, finding = this.current) {
    if (!finding) return;
    const here = finding === this.current;
    this.ledger.set(finding, change);
    this.announce(change);
    if (here && (change.decision || change.snoozed_until)) this.moveOn();
    else this.refresh();
    this.onDecision?.();
  }

  moveOn() {
    const next = this.nextOpen(this.place);
    const goal = next >= 0 ? this.items[next].finding.id : this.current.id;
    if (this.narrowed) this.apply(this.parameters, goal);
    this.place = this.items.findIndex((item) => item.finding.id === goal);
    if (this.place < 0) this.place = Math.min(0, this.items.length - 1);
    this.queue.select(this.place);
    this.refresh({ focus: true });
    this.keepInAddress();
  }

  announce(change) {
    const words = change.decision ? `Decided: ${CHOICE_WORDS[change.decision]}` : change.snoozed_until ? `Later, on ${dateWords(change.snoozed_until)}` : "Kept";
    const { length } = this.all.filter(({ finding }) => this.ledger.status(finding) === "decided");
    at("said").textContent = `${words}. ${length} of ${this.all.length} decided.`;
  }

  snooze() {
    if (this.current) this.decide({ snoozed_until: this.bar.snoozedUntil() });
  }

  trust(index) {
    const side = this.current && sidesOf(this.data, this.current)[index];
    if (!side?.statement || side.terms) return;
    this.decide({ trusted: this.ledger.state(this.current).trusted === side.statement ? null : side.statement });
  }

  async undo() {
    const id = await this.ledger.undo();
    at("said").textContent = id ? "Taken back." : "Nothing to take back.";
    if (!id) return;
    if (!this.items.some((item) => item.finding.id === id) || this.narrowed) this.apply(this.parameters, id);
    const place = this.items.findIndex((item) => item.finding.id === id);
    if (place >= 0) this.place = place;
    this.queue.select(this.place);
    this.refresh({ focus: true });
    this.keepInAddress();
    this.onDecision?.();
  }

  // The address says what is in view; a finding that the filters hide takes them away.
  follow(parameters) {
    const wanted = parameters.get("finding");
    const filters = new URLSearchParams(parameters);
    filters.delete("finding");
    writeForm(this.form, filters);
    this.apply(readForm(this.form), wanted ?? undefined);
    if (wanted && this.current?.id !== wanted && this.all.some((item) => item.finding.id === wanted)) {
      writeForm(this.form, new URLSearchParams());
      this.apply(readForm(this.form), wanted);
    }
    this.show();
    this.keepInAddress();
  }

  // Without a new entry in the history: going back leaves the page instead of undoing letters of a search.
  keepInAddress() {
    const parameters = new URLSearchParams(this.parameters);
    if (this.current) parameters.set("finding", this.current.id);
    this.address = `#${parameters}`;
    try {
      history.replaceState(null, "", this.address);
    } catch {
      location.replace(this.address);
    }
  }

  listen() {
    let waiting = 0;
    const changed = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        at("score-shown").textContent = Number(this.form.elements.score.value).toFixed(2);
        this.apply(readForm(this.form));
        this.show();
        this.keepInAddress();
      }, 120);
    };
    this.form.addEventListener("input", (event) => event.target.id === "views" || changed());
    this.form.addEventListener("reset", () => setTimeout(changed));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", () => location.hash === this.address || this.follow(new URLSearchParams(location.hash.slice(1))));
    window.addEventListener("beforeunload", (event) => {
      this.bar.saveNote();
      if (this.ledger.waiting.length && this.ledger.trouble) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.bar.saveNote());
    window.addEventListener("beforeprint", () => this.print());
    window.addEventListener("afterprint", () => at("printed").replaceChildren());
    at("queue").addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };
      if (!(event.key in steps) || !this.items.length) return;
      event.preventDefault();
      this.go(Math.max(0, Math.min(this.items.length - 1, this.place + steps[event.key])));
    });
    let width = this.sheet.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(this.sheet.clientWidth - width) < 24) return;
      width = this.sheet.clientWidth;
      this.show({ top: false });
    }).observe(this.sheet);
  }

  // On paper all of the list is drawn, up to a limit.
  print() {
    const view = { ...this.view, decide: null, app: false };
    at("printed").replaceChildren(...this.items.slice(0, PRINTED).map(({ finding }) => renderFinding(this.data, finding, { width: 760 }, view)));
    at("print-note").textContent = this.items.length > PRINTED ? `Printed: the first ${PRINTED} of ${count(this.items.length, "finding")}; filter to print others.` : "";
  }
}

function switchable(button, name, className) {
  const set = (held) => {
    document.body.classList.toggle(className, held);
    button.setAttribute("aria-pressed", String(held === (className === "all-context")));
    rememberText(name, held ? "on" : "");
  };
  set(Boolean(rememberedText(name)));
  button.addEventListener("click", () => set(!document.body.classList.contains(className)));
  return () => button.click();
}

function describe(data) {
  return (finding) => ({
    finding: finding.id, statements: statementsOf(data, finding),
    matter: finding.matter, relation: finding.relation, score: finding.score || 0,
  });
}

// Decisions on what this report does not list any more: kept in the log, and named in the summary.
function showGone(gone) {
  at("gone").hidden = !gone.length;
  if (!gone.length) return;
  at("gone").append(el("h3", {}, `Decided, and not in this report any more: ${gone.length.toLocaleString("en")}`),
    el("ul", { class: "paths" }, gone.map(({ matter, decision, reviewer, at: moment, note }) => el("li", {}, foreign(matter), ": ",
      decision ? CHOICE_WORDS[decision] : "a note", " (", foreign(reviewer), `, ${dateWords(moment.slice(0, 10))})`, note ? [" ", foreign(note)] : ""))));
}

async function start() {
  const config = JSON.parse(at("config").textContent);
  const store = makeStore(config);
  const data = await loadData(store);
  const findings = data.findings.map((finding) => finding.id);
  store.about?.(findings);
  const ledger = new Ledger(store, { blind: config.blind, findings, describe: describe(data) });
  await ledger.load();
  const review = new Review(data, config, ledger);
  const help = at("help");
  const marks = switchable(at("marks-button"), MARKS_OFF, "no-marks");
  const context = switchable(at("context-button"), FULL_CONTEXT, "all-context");
  const openHelp = () => help.showModal();
  at("help-button").addEventListener("click", openHelp);
  listenForKeys({
    j: () => review.go(review.place + 1), k: () => review.go(review.place - 1),
    ...Object.fromEntries(CHOICES.map((decision, index) => [String(index + 1), () => review.decide({ decision })])),
    n: () => review.current && review.bar.openNote(), u: () => review.undo(), s: () => review.snooze(),
    a: () => review.trust(0), b: () => review.trust(1), m: marks, c: context, "?": openHelp,
    "/": () => at("q").focus(),
    Escape: () => review.sheet.firstElementChild?.focus({ preventScroll: true }),
  }, help);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    review.sheet.firstElementChild?.focus();
  });
  at("summary-button").addEventListener("click", () => at("account").showModal());
  connectStore(review, store);
  showGone(ledger.gone);
  at("notice").hidden = !data.leftOut;
  at("notice").textContent = `${count(data.leftOut, "further finding")} ${data.leftOut === 1 ? "does" : "do"} not fit on this page: see findings.jsonl and pairs.jsonl.`;
  at("desk").hidden = false;
  review.follow(new URLSearchParams(location.hash.slice(1)));
  document.body.dataset.ready = "yes";
}

start().catch((error) => {
  at("trouble").hidden = false;
  at("trouble").textContent = `The findings cannot be shown: ${error.message}.`;
});
