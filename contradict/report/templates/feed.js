// The list of findings, of which only the pages near the window are in the document: thousands scroll as smoothly as ten.

const PAGE = 15;
const GUESS = 760; // pixels of a finding before it was first drawn
const PRINTED = 300;

class Feed {
  constructor(box, render) {
    this.box = box;
    this.render = render;
    this.items = [];
    this.watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) this.toggle(entry.target, entry.isIntersecting);
    }, { rootMargin: "1500px 0px" });
  }

  show(items) {
    this.watcher.disconnect();
    this.items = items;
    const pages = [];
    for (let first = 0; first < items.length; first += PAGE) {
      const page = el("div", { class: "page", "data-first": first });
      page.style.minHeight = `${Math.min(PAGE, items.length - first) * GUESS}px`;
      pages.push(page);
    }
    this.box.replaceChildren(...pages);
    if (pages.length) this.draw(pages[0]);
    for (const page of pages) this.watcher.observe(page);
  }

  draw(page) {
    if (page.childElementCount) return;
    const first = Number(page.dataset.first);
    const width = Math.max(320, Math.min(1080, this.box.clientWidth));
    page.append(...this.items.slice(first, first + PAGE).map((item, index) => this.render(item, { position: first + index + 1, total: this.items.length, width })));
    page.style.minHeight = "";
  }

  toggle(page, near) {
    if (near) this.draw(page);
    else if (page.childElementCount && !this.inUse(page)) {
      page.style.minHeight = `${page.offsetHeight}px`;
      page.replaceChildren();
    }
  }

  // A page stays drawn while the keyboard is in it or while the reader has unfolded something there.
  inUse(page) {
    return page.contains(document.activeElement) || page.querySelector("details[open]") !== null;
  }

  // Brings a finding into view, by its place in the list.
  reveal(index) {
    const page = this.box.children[Math.floor(index / PAGE)];
    if (!page) return;
    this.draw(page);
    const article = page.children[index % PAGE];
    article.scrollIntoView();
    article.focus({ preventScroll: true });
  }

  // On paper all of the list is drawn, up to a limit; how many are printed.
  drawAll() {
    const pages = [...this.box.children].slice(0, Math.ceil(PRINTED / PAGE));
    for (const page of pages) this.draw(page);
    for (const page of [...this.box.children].slice(pages.length)) page.style.minHeight = "0";
    return Math.min(this.items.length, pages.length * PAGE);
  }
}
