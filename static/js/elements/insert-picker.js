// Finds something by typing and puts its text into a field at the cursor: a saved reply, the link of an article.
// <insert-picker data-field="id of the field" data-address data-none data-failed data-key="s" data-trigger="/">
//   <div class="without-script">…</div> <button data-open hidden> <dialog>…</dialog></insert-picker>
customElements.define("insert-picker", class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.field);
    this.querySelector(".without-script")?.remove();
    const button = this.querySelector("[data-open]");
    button.hidden = false;
    button.addEventListener("click", () => this.ask(""));
    this.sheet ??= new PickSheet(this.querySelector("dialog"), {
      address: (words) => `${this.dataset.address}?${new URLSearchParams({ q: words })}`,
      choices: (answer) => answer.choices,
      row: ({ title, about, lang }) => [make("span", { text: title, lang: about ? null : lang, dir: "auto" }), about && make("span", { class: "choice-about", text: about, dir: "auto" })].filter(Boolean),
      choose: (choice) => this.choose(choice),
      none: this.dataset.none,
      failed: this.dataset.failed,
    });
    // Before anybody was in the field its cursor stands before the words in it, which is where nobody wants more.
    this.field.addEventListener("focus", () => { this.field.dataset.wasUsed = ""; });
    const { trigger, key } = this.dataset;
    if (trigger) this.field.addEventListener("input", (event) => { if (event.data === trigger && this.begins(trigger)) this.ask(trigger); });
    if (key) document.addEventListener("keydown", this.heard = (event) => { if (shortcuts.letter(event, key)) { event.preventDefault(); this.ask(""); } });
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.heard); }

  // Whether the sign was typed alone on its line.
  begins(sign) { return this.field.value.slice(0, this.field.selectionStart).split("\n").pop() === sign; }

  ask(typed) {
    const { value, selectionStart, selectionEnd, dataset } = this.field;
    this.start = "wasUsed" in dataset ? selectionStart - typed.length : value.length;
    this.end = "wasUsed" in dataset ? selectionEnd : value.length;
    this.sheet.open();
  }

  choose({ id, text, told }) {
    // What is marked stays: the text goes behind it.
    const at = this.start === this.end || this.field.value.slice(this.start, this.end) === this.dataset.trigger ? this.start : this.end;
    this.field.focus();
    this.field.setSelectionRange(at, this.end);
    insertText(this.field, text);
    if (id) this.field.form.append(make("input", { type: "hidden", name: "inserted", value: id }));
    const said = document.getElementById(`${this.field.id}-told`);
    if (said) said.textContent = told ?? "";
  }
});
