// A dialog in which something is found by typing and chosen by keyboard or pointer. `of` says how:
// address(words), choices(answer), row(choice) for what stands in its button, choose(choice), and the words none and failed.
class PickSheet {
  constructor(dialog, of) {
    Object.assign(this, of, { dialog });
    this.field = dialog.querySelector("input");
    this.list = dialog.querySelector("ul");
    this.status = dialog.querySelector("[role=status]");
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.find(), 150); });
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => { const button = event.target.closest("button"); if (button) this.take(button); });
  }

  open() {
    this.field.value = "";
    this.list.replaceChildren();
    this.found = null;
    this.dialog.showModal();
    this.field.focus();
    this.find();
  }

  // The dialog stands inside a form of the page, which Enter must not send.
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
    if (button && this.found === this.field.value && this.dialog.open) this.take(button);
  }

  async find() {
    const words = this.field.value;
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(this.address(words), { signal: this.asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.shown = this.choices(await answer.json());
      // Somebody may be on their way through the list of fewer words.
      const inside = this.list.contains(document.activeElement);
      this.list.replaceChildren(...this.shown.map((choice) => make("li", {}, make("button", { type: "button" }, ...this.row(choice)))));
      if (inside) (this.list.querySelector("button") ?? this.field).focus();
      this.found = words;
      this.status.textContent = this.shown.length ? "" : this.none;
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = this.failed;
    }
  }

  take(button) {
    this.dialog.close();
    this.choose(this.shown[[...this.list.querySelectorAll("button")].indexOf(button)]);
  }
}
