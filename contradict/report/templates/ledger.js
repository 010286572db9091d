// What has been decided: an append-only log behind a store, and the state of every finding that follows from it.
//
// A store keeps the log: `load()` gives { decisions, settled, new, gone }, `add(change)` keeps what a change names of one
// finding and may give its new state, `undo()` takes back the last change of this reviewer and gives { finding, state } or
// null. All may fail; nothing is dropped then: what could not be kept waits, in order, and is tried again, and what the
// store refuses for good stays named on the page.

const CHOICES = ["contradiction", "update", "agreement", "unrelated", "unsure"]; // in the order of the keys 1 to 5
const CHOICE_WORDS = { contradiction: "contradiction", update: "update", agreement: "agreement", unrelated: "not the same matter", unsure: "unsure" };
const RETRY = 2000; // milliseconds
const EMPTY = { decision: null, note: "", trusted: null, snoozed_until: null };

function today() {
  const now = new Date();
  return dayIso(dayNumber(now.getFullYear(), now.getMonth(), now.getDate()));
}

class Ledger {
  constructor(store, { blind, findings, describe }) {
    Object.assign(this, { store, blind, describe });
    this.findings = new Set(findings);
    this.mine = new Map();
    this.others = new Map();
    this.settled = new Map();
    this.fresh = new Set();
    this.gone = [];
    this.waiting = store.kept();
    this.refused = [];
    this.sending = null;
    this.trouble = "";
    this.redraw = () => {};
  }

  async load() {
    this.take(await this.store.load());
    for (const change of this.waiting) this.mine.set(change.finding, { ...EMPTY, ...this.mine.get(change.finding), ...change });
    this.send();
  }

  take({ decisions, settled = [], new: fresh = [], gone = [] }) {
    this.mine.clear();
    this.others.clear();
    for (const record of decisions.filter(({ finding }) => this.findings.has(finding))) {
      if (record.mine) this.mine.set(record.finding, record);
      else if (!this.blind) this.others.set(record.finding, [...(this.others.get(record.finding) || []), record]);
    }
    this.settled = new Map(settled.map((record) => [record.finding, record]));
    this.fresh = new Set(fresh);
    this.gone = gone;
  }

  state(finding) {
    return this.mine.get(finding.id) || EMPTY;
  }

  // Whether a finding that was decided comes back, because its text has changed.
  changed(finding) {
    return this.state(finding).status === "changed";
  }

  // open, decided or snoozed; a finding that comes back is open.
  status(finding) {
    const state = this.state(finding);
    if (state.decision && !this.changed(finding)) return "decided";
    return state.snoozed_until && state.snoozed_until > today() ? "snoozed" : "open";
  }

  // Whether a finding was not among those of the run before.
  isNew(finding) {
    return this.fresh.has(finding.id);
  }

  // Whether people decided differently on a finding, and nobody has settled it.
  disputed(finding) {
    const made = [this.state(finding), ...(this.others.get(finding.id) || [])].map((state) => state.decision).filter(Boolean);
    return new Set(made).size > 1 && !this.settled.has(finding.id);
  }

  // Keeps a change of the state of a finding, at once on the page and then in the store.
  set(finding, change) {
    const record = { id: newId(), ...this.describe(finding), ...change }; // sent again under its id, it is recorded once
    if (change.decision) record.snoozed_until = null; // who decides has done with waiting
    const { status, changes, ...held } = this.state(finding); // what is recorded is about the text as it is now
    this.mine.set(finding.id, { ...EMPTY, ...held, ...record });
    this.waiting.push(record);
    this.store.keep(this.waiting);
    return this.send();
  }

  send() {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async sendAll() {
    while (this.waiting.length) {
      const change = this.waiting[0];
      try {
        const state = await this.store.add(change);
        this.waiting.shift();
        if (state && !this.waiting.some((later) => later.finding === change.finding)) this.mine.set(change.finding, state);
        this.say("");
      } catch (error) {
        if (error.final) this.refused.push({ ...this.waiting.shift(), why: error.message });
        this.say(error.message);
        if (!error.final) await new Promise((again) => setTimeout(again, RETRY));
      }
      this.store.keep(this.waiting);
    }
  }

  say(trouble) {
    if (trouble === this.trouble && !trouble) return;
    this.trouble = trouble;
    this.redraw();
  }

  // The finding whose last change was taken back, or null where there was none.
  async undo() {
    await this.send();
    try {
      const undone = await this.store.undo();
      if (!undone) return null;
      if (undone.state) this.mine.set(undone.finding, undone.state);
      else this.mine.delete(undone.finding);
      return undone.finding;
    } catch (error) {
      this.say(error.message);
      return null;
    }
  }
}
