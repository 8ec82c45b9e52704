// Keeps what is typed in its form on this device until the form was sent. <draft-guard data-key="article:12">
customElements.define("draft-guard", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.name = `draft.${this.dataset.key}`;
    this.fields = [...this.form.elements].filter((field) => field.name && /^(text|search|email|textarea|select-one)$/.test(field.type));
    const kept = device.get(this.name, null, "sessionStorage");
    const changed = kept && this.fields.some((field) => field.name in kept && kept[field.name] !== field.value);
    const offer = this.querySelector("[data-restore]");
    if (changed && offer) {
      offer.hidden = false;
      offer.querySelector("[data-yes]").addEventListener("click", () => { this.restore(kept); offer.hidden = true; });
      offer.querySelector("[data-no]").addEventListener("click", () => { this.forget(); offer.hidden = true; });
    }
    this.form.addEventListener("input", () => { this.dirty = true; clearTimeout(this.timer); this.timer = setTimeout(() => this.keep(), 500); });
    this.form.addEventListener("submit", () => { this.dirty = false; this.forget(); });
    addEventListener("beforeunload", (event) => { if (this.dirty) { this.keep(); event.preventDefault(); } });
  }

  keep() { device.set(this.name, Object.fromEntries(this.fields.map((field) => [field.name, field.value])), "sessionStorage"); }

  forget() { clearTimeout(this.timer); device.set(this.name, null, "sessionStorage"); }

  restore(kept) {
    for (const field of this.fields) if (field.name in kept) field.value = kept[field.name];
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    this.fields.forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
  }
});
