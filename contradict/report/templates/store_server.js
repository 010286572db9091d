// The log of decisions on the server of `contradict review`. What the server has not confirmed stays in this tab,
// also over a reload, and is sent again.

const WAITING = "contradict/waiting";

class ServerStore {
  constructor(token) {
    this.token = token;
    this.lasts = true;
  }

  async ask(path, body, options = {}) {
    let answer;
    try {
      answer = await fetch(path, {
        method: body === undefined ? "GET" : "POST",
        headers: { "X-Contradict-Token": this.token, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "same-origin", cache: "no-store", ...options,
      });
    } catch {
      throw new Error("the server does not answer; start it again on the same port");
    }
    if (answer.status === 401 || answer.status === 403) throw new Error("the server was started anew; load this page again");
    const record = await answer.json().catch(() => ({}));
    if (answer.ok) return record;
    const error = new Error(record.error || `the server answers ${answer.status}`);
    error.status = answer.status;
    error.final = answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429;
    throw error;
  }

  load() {
    return this.ask("/api/decisions");
  }

  // `keepalive` lets a request outlive the page that is closed right after a key was pressed.
  async add(change) {
    return (await this.ask("/api/decisions", change, { keepalive: true })).state;
  }

  async undo() {
    try {
      const { finding, state } = await this.ask("/api/undo", {});
      return { finding, state };
    } catch (error) {
      if (error.status === 409) return null;
      throw error;
    }
  }

  async views() {
    return (await this.ask("/api/views")).views;
  }

  async saveView(name, query) {
    return (await this.ask("/api/views", { name, query })).views;
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(WAITING)) || [];
    } catch {
      return [];
    }
  }

  keep(changes) {
    try {
      sessionStorage.setItem(WAITING, JSON.stringify(changes));
    } catch {
      // A tab that keeps nothing still holds them until it is closed.
    }
  }
}

function makeStore(config) {
  return new ServerStore(config.token);
}

async function loadData(store) {
  return store.ask("/api/findings");
}

// Another name is another reviewer, from the next decision on.
function connectStore(review, store) {
  const field = at("reviewer");
  field.addEventListener("change", async () => {
    await review.ledger.send();
    field.value = (await store.ask("/api/session", { reviewer: field.value })).reviewer;
    review.ledger.take(await store.load());
    review.apply(review.parameters);
  });
}
