// A dialog of the editor that asks for one of many by words: an article to link to, a snippet to show. Opened by a button, or
// by a sign in the text: `sign` says, for the text before the cursor, how many letters of it were that sign. `row` makes what
// stands in a button of the list, `put` gives the text that takes the place of what was chosen.
class MarkdownPicker {
  constructor(editor, dialog, button, { sign, rows, row, put }) {
    Object.assign(this, { editor, dialog, rows, row, put });
    this.field = dialog.querySelector("input");
    this.list = dialog.querySelector("ul");
    this.status = dialog.querySelector("[role=status]");
    button.addEventListener("click", () => this.ask(0));
    editor.text.addEventListener("input", (event) => {
      const typed = event.data && sign(editor.text.value.slice(0, editor.text.selectionStart), event.data);
      if (typed) this.ask(typed);
    });
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.find(), 150); });
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => { const chosen = event.target.closest("button"); if (chosen) this.choose(chosen); });
  }

  ask(typed) {
    // Where the text goes; a field behind a dialog may forget it.
    this.end = this.editor.text.selectionEnd;
    this.start = this.editor.text.selectionStart - typed;
    this.typed = typed;
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
    const address = new URL(this.dialog.dataset.url, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: this.asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const found = (await answer.json())[this.rows];
      // Somebody may be on their way through the list of fewer words.
      const inside = this.list.contains(document.activeElement);
      this.list.replaceChildren(...found.map((one) => {
        const button = make("button", { type: "button" }, ...this.row(one));
        button.chosen = one;
        return make("li", {}, button);
      }));
      if (inside) (this.list.querySelector("button") ?? this.field).focus();
      this.found = words;
      this.status.textContent = found.length ? "" : this.dialog.dataset.none;
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = this.dialog.dataset.failed;
    }
  }

  choose(button) {
    this.dialog.close();
    const field = this.editor.text;
    field.focus();
    const selected = field.value.slice(this.start + this.typed, this.end);
    const text = this.put(button.chosen, selected, field.value.slice(0, this.start), field.value.slice(this.end));
    field.setSelectionRange(this.start, this.end);
    insertText(field, text);
  }
}
