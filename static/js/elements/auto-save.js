// Keeps what a form holds on the server: every five seconds what changed, and that the page is open every twenty.
// A browser sends no more than 64 KiB for a page that is being closed: a longer text is sent a second after each pause.
// The draft-guard around the form makes one where it has a data-keep-url; what cannot be sent, that keeps on the device.
class AutoSave {
  constructor(guard) {
    this.guard = guard;
    this.form = guard.form;
    this.ticks = 0;
    guard.addEventListener("input", (event) => { if (event.target.form === this.form && event.target.name) { this.changed = true; this.stopped = false; this.soon(); } });
    this.timer = setInterval(() => this.tick(), 5000);
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.changed) this.send(true, true); });
    this.form.addEventListener("submit", (event) => { if (event.submitter?.formTarget !== "_blank") this.stop(); });
    guard.addEventListener("keydown", (event) => this.key(event));
    this.send(false);
  }

  // Ctrl+S saves the draft, Ctrl+Enter publishes, where the page offers it.
  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.repeat) return;
    if (event.target.form !== this.form || event.target.closest("dialog")) return;
    const wanted = { KeyS: "button:not([name]):not([formaction])", Enter: "button[name=publish]" }[event.code];
    const button = wanted && this.form.querySelector(`:scope > .actions > ${wanted}`);
    if (!button) return;
    event.preventDefault();
    button.click();
  }

  tick() {
    this.ticks += 1;
    if (this.changed) this.send(true);
    else if (this.ticks % 4 === 0 && !document.hidden) this.send(false);
  }

  soon() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => { if (this.changed && this.isLong(new FormData(this.form))) this.send(true); }, 1000);
  }

  // Sent in parts and not as an address is encoded, so that letters beyond ASCII take a third of the room.
  isLong(form) {
    return [...form].reduce((sum, [name, value]) => sum + 120 + new Blob([name, value.replace(/\r?\n/g, "\r\n")]).size, 0) > 62000;
  }

  // What is typed after a submit that the browser did not finish is kept again.
  stop() { this.sending?.abort(); this.changed = false; this.stopped = true; }

  async send(typed, keepalive = false) {
    if (this.stopped || (this.sending && !keepalive)) return;
    const sending = this.sending = new AbortController();
    const late = setTimeout(() => sending.abort(), 15000);
    const form = new FormData(this.form);
    const body = typed ? form : new URLSearchParams({ latest: form.get("latest") ?? "" });
    if (typed) this.changed = false;
    try {
      const answer = await fetch(this.guard.dataset.keepUrl, { method: "POST", body, keepalive: keepalive && !this.isLong(form), signal: sending.signal });
      if (!answer.ok) throw new Error(answer.status);
      const said = await answer.json();
      this.tell("[data-company]", said.company);
      this.tell("[data-unkept]", "");
      if (typed && said.kept === null) this.beginAnew();
      else if (typed) { this.guard.querySelector("[data-kept]").textContent = said.kept; if (this.changed) this.soon(); else this.guard.kept(); }
    } catch (error) {
      if (typed && !this.stopped) this.changed = true;
      if (error.name === "AbortError") return;
      this.tell("[data-unkept]", this.guard.querySelector("[data-unkept] p").dataset[error.message === "401" ? "signedOut" : "failed"]);
    } finally {
      clearTimeout(late);
      if (this.sending === sending) this.sending = null;
    }
  }

  // The words of this page were saved, and somebody came back to it and types on.
  beginAnew() {
    this.form.elements.page.value = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
    this.changed = true;
  }

  tell(where, words) {
    const notice = this.guard.querySelector(where);
    const said = notice.querySelector("p");
    if (said.textContent !== words) said.textContent = words;
    notice.hidden = !words;
  }
}
