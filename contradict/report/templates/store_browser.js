// The log of decisions in this browser: one entry of its storage for each record, so that two windows lose nothing
// to each other. The entries of all reports lie together: a finding that a later report lists again has its decision.

const LOG = "contradict/decision/";
const VIEWS = "contradict/views";
const NAME = "contradict/reviewer";

class BrowserStore {
  constructor({ reviewer }) {
    this.reviewer = reviewer;
    this.findings = new Set();
    this.entries = null;
    this.memory = []; // for a browser that keeps nothing, so that the decisions of this sitting can be downloaded
    this.lasts = true;
  }

  // Of which findings the log is read.
  about(findings) {
    this.findings = new Set(findings);
    this.entries = null;
  }

  // All records about findings of this report, in the order in which they were made.
  log() {
    if (this.entries) return this.entries;
    const records = [...this.memory];
    try {
      for (let index = 0; index < localStorage.length; index++) {
        const key = localStorage.key(index);
        if (key.startsWith(LOG)) records.push(JSON.parse(localStorage.getItem(key)));
      }
    } catch {
      this.lasts = false;
    }
    this.entries = records.filter((record) => record && this.findings.has(record.finding))
      .sort((one, other) => one.turn - other.turn || (one.at < other.at ? -1 : 1));
    return this.entries;
  }

  // The records that hold: neither one that takes another back, nor one taken back.
  standing() {
    const log = this.log();
    const undone = new Set(log.map((record) => record.undoes).filter(Boolean));
    return log.filter((record) => !record.undoes && !undone.has(record.id));
  }

  async load() {
    const last = new Map();
    for (const record of this.standing()) last.set(record.finding, { ...record, mine: true });
    return { decisions: [...last.values()] };
  }

  // A record holds the whole state of its finding; what the change does not name stays as it was.
  async add(change) {
    const { decision, note, trusted, snoozed_until } = this.standing().findLast((record) => record.finding === change.finding) || EMPTY;
    return { ...this.write({ decision, note, trusted, snoozed_until, ...change, undoes: null }), mine: true };
  }

  async undo() {
    const standing = this.standing();
    const last = standing.at(-1);
    if (!last) return null;
    const { id, decision, note, trusted, snoozed_until, turn, at, ...about } = last;
    this.write({ ...about, ...EMPTY, undoes: id, id: newId() });
    return { finding: last.finding, state: standing.slice(0, -1).findLast((record) => record.finding === last.finding) || null };
  }

  async views() {
    try {
      return JSON.parse(localStorage.getItem(VIEWS)) || [];
    } catch {
      return [];
    }
  }

  async saveView(name, query) {
    const others = (await this.views()).filter((view) => view.name !== name);
    const views = query === null ? others : [...others, { name, query }];
    try {
      localStorage.setItem(VIEWS, JSON.stringify(views));
    } catch {
      // Without storage the address still holds the view.
    }
    return views;
  }

  write(record) {
    const id = record.id || newId();
    const turn = (this.log().at(-1)?.turn || 0) + 1; // and not the time alone, since clocks are set back
    const whole = { id, at: new Date().toISOString(), turn, reviewer: this.reviewer(), ...record };
    try {
      localStorage.setItem(LOG + id, JSON.stringify(whole));
    } catch {
      this.lasts = false;
      this.memory.push(whole);
    }
    this.entries.push(whole);
    return whole;
  }

  // Another window of this browser has decided something.
  follow(changed) {
    window.addEventListener("storage", (event) => {
      if (event.key !== null && !event.key.startsWith(LOG)) return;
      this.entries = null;
      changed();
    });
  }

  kept() {
    return [];
  }

  keep() {}

  // The lines that `contradict decisions import` reads, under the name that the reader goes by now.
  lines() {
    return this.log().map(({ turn, ...record }) => `${JSON.stringify({ ...record, reviewer: this.reviewer() })}\n`);
  }
}

function makeStore(config) {
  const field = at("reviewer");
  field.value = rememberedText(NAME);
  return new BrowserStore({ reviewer: () => field.value.trim() || config.reviewer });
}

async function loadData() {
  return JSON.parse(document.getElementById("data").textContent);
}

function download(name, lines) {
  const address = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function connectStore(review, store) {
  const field = at("reviewer");
  field.addEventListener("change", () => rememberText(NAME, field.value.trim()));
  const button = at("download");
  const label = () => {
    const { length } = store.log();
    button.textContent = length ? `Download (${review.ledger.mine.size.toLocaleString("en")})` : "Download";
    button.disabled = length === 0;
  };
  button.addEventListener("click", () => download("decisions.jsonl", store.lines()));
  review.onDecision = label;
  store.follow(async () => {
    review.ledger.take(await store.load());
    review.apply(review.parameters);
    label();
  });
  label();
}
