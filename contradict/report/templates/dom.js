// Building blocks of the page. Text only ever enters as text: nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

// Text of an article keeps its own writing direction and cannot turn around the text beside it.
function foreign(text, tag = "bdi", attributes = {}) {
  return el(tag, tag === "bdi" ? attributes : { dir: "auto", ...attributes }, text);
}

// A folded part whose content is built when it is first opened.
function folded(attributes, summary, build) {
  const details = el("details", attributes, el("summary", {}, summary));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(build());
  });
  return details;
}

function webLink(url, text) {
  if (!/^https?:\/\//i.test(url)) return foreign(text);
  return el("a", { href: url, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, text);
}

// Small things that the browser remembers; where it keeps nothing they hold for this sitting.
function rememberedText(name) {
  try {
    return localStorage.getItem(name) || "";
  } catch {
    return "";
  }
}

function rememberText(name, text) {
  try {
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch {
    // Nothing more can be done.
  }
}

// A random UUID, version 4; `crypto.randomUUID` is not there for a page opened from disk in every browser.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}
