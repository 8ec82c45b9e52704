// A toolbar and a preview over a plain textarea. What the buttons write is in markdown-marks.js, pictures in markdown-picture.js, videos in markdown-video.js.
customElements.define("markdown-editor", class extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.preview = this.querySelector(".editor-preview");
    this.status = this.querySelector("[role=status]");
    this.querySelector(".editor-tools").hidden = false;
    for (const button of this.querySelectorAll("[data-mark]")) button.addEventListener("click", () => this.mark(button.dataset.mark));
    this.querySelector("[data-preview]")?.addEventListener("click", () => this.toggle());
    this.text.addEventListener("input", () => this.later());
    // A new article takes the language, and the direction, that is chosen for it.
    this.language = this.closest("form")?.elements.language;
    if (this.language?.options) this.language.addEventListener("change", () => this.speak(this.language.selectedOptions[0]));
    this.addEventListener("keydown", (event) => this.key(event));
    if (this.querySelector("[data-picture]")) new MarkdownPicture(this);
    if (this.querySelector("[data-video]")) new MarkdownVideo(this);
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

  speak({ lang, dataset }) {
    for (const part of this.closest("form").querySelectorAll("[name=title], [name=summary], [name=body], .editor-preview")) Object.assign(part, { lang, dir: dataset.dir });
    this.later();
  }

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
      if (this.language) body.append("language", this.language.value);
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
