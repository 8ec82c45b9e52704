// Links to other articles for the editor: the button, or "[[" in the text, asks for one by words of its title.
// What is written names the article by its number, so it outlives a change of title and leads to the reader's language.
class MarkdownLink {
  constructor(editor) {
    this.editor = editor;
    this.dialog = editor.querySelector("[data-links]");
    this.field = this.dialog.querySelector("input");
    this.list = this.dialog.querySelector("ul");
    this.status = this.dialog.querySelector("[role=status]");
    editor.querySelector("[data-link-button]").addEventListener("click", () => this.ask(""));
    editor.text.addEventListener("input", (event) => { if (event.data === "[" && this.before().endsWith("[[")) this.ask("[["); });
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.find(), 150); });
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => { const button = event.target.closest("button"); if (button) this.choose(button); });
  }

  before() { return this.editor.text.value.slice(0, this.editor.text.selectionStart); }

  ask(typed) {
    // Where the link goes; a field behind a dialog may forget it.
    this.end = this.editor.text.selectionEnd;
    this.start = this.editor.text.selectionStart - typed.length;
    this.field.value = "";
    this.list.replaceChildren();
    this.found = null;
    this.dialog.showModal();
    this.field.focus();
    this.find();
  }

  // The dialog stands inside the editor's own form, which Enter must not send.
  key(event) {
    const buttons = [...this.list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && event.target === this.field) { event.preventDefault(); this.first(); }
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement) + step;
    (buttons[at] ?? (at < 0 ? this.field : document.activeElement)).focus();
  }

  // The list may still be that of fewer words.
  async first() {
    clearTimeout(this.timer);
    if (this.found !== this.field.value) await this.find();
    const button = this.list.querySelector("button");
    if (button && this.found === this.field.value && this.dialog.open) this.choose(button);
  }

  async find() {
    const words = this.field.value;
    this.asked?.abort();
    this.asked = new AbortController();
    const address = new URL(this.editor.dataset.linksUrl, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: this.asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { articles } = await answer.json();
      this.list.replaceChildren(...articles.map(({ title, address: to, about, lang }) => make("li", {},
        make("button", { type: "button", "data-to": to, "data-title": title }, make("span", { text: title, lang, dir: "auto" }), make("small", { class: "quiet", text: about })))));
      this.found = words;
      this.status.textContent = articles.length ? "" : this.editor.dataset.noLinks;
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = this.editor.dataset.linksFailed;
    }
  }

  choose(button) {
    this.dialog.close();
    const field = this.editor.text;
    const chosen = field.value.slice(this.start, this.end).replace(/^\[\[/, "");
    field.focus();
    field.setSelectionRange(this.start, this.end);
    insertText(field, `[${(chosen || button.dataset.title).replace(/[[\]]/g, "")}](${button.dataset.to})`);
  }
}
