// The list of findings beside the one in view. Only the rows near the window are in the document: thousands scroll as
// smoothly as ten. Every row is of one height, so that a place in the list is a multiplication.

const ROW = 70; // pixels, as in the style
const AROUND = 8; // rows kept above and below the window

class Queue {
  constructor(box, { render, choose }) {
    this.box = box;
    this.render = render;
    this.items = [];
    this.current = -1;
    this.sheet = el("div", { class: "rows", role: "presentation" });
    box.replaceChildren(this.sheet);
    let waiting = false;
    box.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.draw();
      });
    }, { passive: true });
    new ResizeObserver(() => this.draw()).observe(box);
    box.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) choose(Number(row.dataset.place));
    });
  }

  show(items, current) {
    this.items = items;
    this.current = current;
    this.sheet.style.height = `${items.length * ROW}px`;
    this.reveal();
    this.draw();
  }

  select(current) {
    this.current = current;
    this.reveal();
    this.draw();
  }

  // Scrolls no further than it must to have the current row in view, with a row of company.
  reveal() {
    if (this.current < 0) return;
    const [top, height] = [this.current * ROW, this.box.clientHeight];
    if (top - ROW < this.box.scrollTop) this.box.scrollTop = Math.max(0, top - ROW);
    else if (top + 2 * ROW > this.box.scrollTop + height) this.box.scrollTop = top + 2 * ROW - height;
  }

  draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - AROUND);
    const last = Math.min(this.items.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + AROUND);
    const places = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    // The current row stays, wherever the list is scrolled to: the list names it as its active one.
    if (this.current >= 0 && this.current < this.items.length && !places.includes(this.current)) places.push(this.current);
    this.sheet.replaceChildren(...places.map((place) => this.row(place)));
    if (this.current >= 0) this.box.setAttribute("aria-activedescendant", `row-${this.items[this.current].finding.id}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  row(place) {
    const item = this.items[place];
    const row = this.render(item, {
      role: "option", id: `row-${item.finding.id}`, "data-place": place, "aria-selected": String(place === this.current),
      "aria-posinset": place + 1, "aria-setsize": this.items.length,
    });
    row.style.top = `${place * ROW}px`;
    return row;
  }
}
