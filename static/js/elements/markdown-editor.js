// A toolbar and a preview over a plain textarea. What the buttons write is in markdown-marks.js, pictures in markdown-picture.js.
customElements.define("markdown-editor", class extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.preview = this.querySelector(".editor-preview");
    this.status = this.querySelector("[role=status]");
    this.querySelector(".editor-tools").hidden = false;
    for (const button of this.querySelectorAll("[data-mark]")) button.addEventListener("click", () => this.mark(button.dataset.mark));
    this.querySelector("[data-preview]")?.addEventListener("click", () => this.toggle());
    this.text.addEventListener("input", () => this.later());
    this.addEventListener("keydown", (event) => this.key(event));
    if (this.querySelector("[data-picture]")) new MarkdownPicture(this);
    if (this.querySelector("[data-links]")) offerLinks(this);
    if (this.querySelector("[data-snippets]")) offerSnippets(this);
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const mark = !event.shiftKey && { KeyB: "bold", KeyI: "italic", KeyK: "link" }[event.code];
    if (mark) { event.preventDefault(); this.mark(mark); }
    if (event.shiftKey && event.code === "KeyP") { event.preventDefault(); this.toggle(); }
  }

  mark(name) { writeMark(this.text, name, this.dataset); }

  toggle() {
    const on = this.dataset.view !== "both";
    this.dataset.view = on ? "both" : "text";
    this.preview.hidden = !on;
    this.querySelector("[data-preview]").setAttribute("aria-pressed", on);
    if (on) this.render();
  }

  later() { clearTimeout(this.timer); if (!this.preview.hidden) this.timer = setTimeout(() => this.render(), 400); }

  async render() {
    this.asked?.abort();
    this.asked = new AbortController();
    this.preview.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams({ body: this.text.value });
      const answer = await fetch(this.dataset.previewUrl, { method: "POST", body, signal: this.asked.signal });
      const rendered = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-rendered]");
      if (!rendered) throw new Error(answer.statusText);
      const place = this.preview.scrollTop;
      this.preview.replaceChildren(...rendered.childNodes);
      this.preview.scrollTop = place;
      this.status.textContent = "";
    } catch (error) {
      if (error.name === "AbortError") return;
      this.status.textContent = this.dataset.previewFailed;
    }
    this.preview.removeAttribute("aria-busy");
  }
});
