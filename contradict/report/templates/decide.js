// The bar under a finding: the decision, a note, which statement is trusted, later; and what undoes the last of them.

class DecisionBar {
  constructor(box, { ledger, decide, undo, snooze }) {
    Object.assign(this, { box, ledger, decide });
    this.finding = null;
    this.note = box.querySelector("textarea");
    this.noteBox = box.querySelector(".note");
    this.days = box.querySelector("#snooze-days");
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || button.disabled) return;
      if (button.dataset.choice) decide({ decision: button.dataset.choice });
      else if (button.id === "note-button") this.openNote();
      else if (button.id === "snooze-button") snooze();
      else if (button.id === "undo-button") undo();
    });
    this.note.addEventListener("blur", () => this.saveNote());
    this.note.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" && !(event.key === "Enter" && !event.shiftKey)) return;
      event.preventDefault();
      event.stopPropagation();
      this.saveNote();
      document.querySelector("#sheet .finding")?.focus({ preventScroll: true });
    });
  }

  show(finding) {
    if (finding !== this.finding) this.saveNote();
    this.finding = finding;
    this.box.hidden = !finding;
    if (!finding) return;
    const state = this.ledger.state(finding);
    for (const button of this.box.querySelectorAll("[data-choice]")) button.setAttribute("aria-pressed", String(button.dataset.choice === state.decision));
    if (document.activeElement !== this.note) {
      this.note.value = state.note || "";
      this.noteBox.hidden = !state.note;
    }
  }

  openNote() {
    this.noteBox.hidden = false;
    this.note.focus();
  }

  // A note is kept whenever the reader leaves it, so that none is lost to a closed window.
  saveNote() {
    if (!this.finding || this.note.value.trim() === (this.ledger.state(this.finding).note || "")) return;
    const finding = this.finding;
    this.decide({ note: this.note.value.trim() }, finding);
  }

  snoozedUntil() {
    return dayIso(daySpan(today())[0] + Number(this.days.value));
  }
}
