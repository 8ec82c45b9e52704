// The search surface. What it shows is built by search-list.js; this opens it, asks, and moves the choice.
customElements.define("search-box", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = new SearchList(this);
    this.input.addEventListener("input", () => this.ask());
    this.addEventListener("keydown", (event) => this.move(event));
    this.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.list.choose(null));
    this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
    this.querySelector("form").addEventListener("submit", () => this.remember());
    // A browser may keep the page as it was left; who comes back to it wants the page, not what led away from it.
    addEventListener("pagehide", () => this.dialog.close());
    document.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-search-open], [data-search-field] input");
      if (!opener || event.ctrlKey || event.metaKey || event.shiftKey || event.detail === 0 && opener.tagName === "INPUT") return;
      event.preventDefault();
      this.open(opener.value ?? "");
    });
    for (const field of document.querySelectorAll("[data-search-field] input")) field.addEventListener("input", () => { if (!field.form.closest("[data-plain]")) { this.open(field.value); field.value = field.defaultValue; } });
    document.addEventListener("keydown", (event) => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyK" && !event.target.closest("markdown-editor");
      if (wanted || !event.shiftKey && shortcuts.single(event, "Slash")) { event.preventDefault(); this.open(); }
    });
  }

  open(text = "") {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.value = text || this.input.value;
    this.input.focus();
    this.input.setSelectionRange(text ? text.length : 0, this.input.value.length);
    this.ask(0);
  }

  ask(wait = 120) {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.timer = setTimeout(() => this.fetch(this.input.value.trim()), wait);
  }

  async fetch(query) {
    if (query.length < 2 && this.popular) return this.list.begin(this.popular);
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.suggestions}?q=${encodeURIComponent(query)}`, { signal: this.asked.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const found = await answer.json();
      this.popular = found.popular ?? [];
      if (query.length < 2) this.list.begin(this.popular); else this.list.show(query, found);
    } catch (error) {
      // Without suggestions the form still leads to the page of results.
      if (error.name !== "AbortError") this.list.show(query, { items: [], all_url: query.length < 2 ? null : this.allUrl(query) });
    }
  }

  allUrl(query) { return `${this.querySelector("form").action}?q=${encodeURIComponent(query)}`; }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.target === this.input) { event.preventDefault(); this.list.step(step); }
    // The browser would only empty the field.
    if (event.key === "Escape" && !event.isComposing && event.target === this.input) { event.preventDefault(); this.dialog.close(); }
    if (event.key === "Enter" && event.target === this.input && this.list.chosen) { event.preventDefault(); this.remember(); this.list.chosen.click(); }
  }

  remember() {
    const query = this.input.value.trim();
    if (query) device.set("searches", [query, ...device.get("searches", []).filter((one) => one !== query)].slice(0, 5));
  }
});
