// Keeps what is typed in its form on this device until a page came back that has no error.
// With data-form, the form of that id, where there are several.
// <draft-guard data-key="article:12"><form>…</form> <div data-restore hidden>… [data-yes] [data-no]</div></draft-guard>
const sentDraft = device.get("draft.sent", null, "sessionStorage");
if (sentDraft) {
  // Coming back with the back button means that the words may never have arrived.
  const arrived = performance.getEntriesByType("navigation")[0]?.type !== "back_forward" && !document.querySelector(".error-summary, .error-page");
  if (arrived) device.set(sentDraft, null, "sessionStorage");
  device.set("draft.sent", null, "sessionStorage");
}

const typedIn = (field) => field.type === "checkbox" && !field.checked ? "" : field.value;

customElements.define("draft-guard", class extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form) ?? this.querySelector("form");
    this.name = `draft.${this.dataset.key}`;
    this.fields = [...this.form.elements].filter((field) => field.name && (this.dataset.keepUrl ? /^(text|search|email|textarea|select-one|hidden|datetime-local|checkbox)$/ : /^(text|search|email|textarea|select-one)$/).test(field.type) && !/^page/.test(field.name));
    const kept = device.get(this.name, null, "sessionStorage");
    const offer = this.querySelector("[data-restore]");
    if (offer && kept && this.fields.some((field) => field.type !== "hidden" && field.name in kept && kept[field.name] !== typedIn(field))) this.offer(offer, kept);
    this.addEventListener("input", (event) => {
      if (event.target.form !== this.form || !event.target.name) return;
      this.dirty = true; clearTimeout(this.timer); this.timer = setTimeout(() => this.keep(), 500);
    });
    this.form.addEventListener("submit", (event) => { if (event.submitter?.formTarget !== "_blank") this.sent(); });
    addEventListener("beforeunload", (event) => { if (this.dirty) { this.keep(); event.preventDefault(); } });
    if (this.dataset.keepUrl) new AutoSave(this);
  }

  // The server has every word of it.
  kept() {
    clearTimeout(this.timer);
    this.dirty = false;
    device.set(this.name, null, "sessionStorage");
  }

  offer(offer, kept) {
    offer.hidden = false;
    offer.querySelector("[data-yes]").addEventListener("click", () => { offer.hidden = true; this.restore(kept); });
    offer.querySelector("[data-no]").addEventListener("click", () => { offer.hidden = true; device.set(this.name, null, "sessionStorage"); });
  }

  keep() {
    clearTimeout(this.timer);
    device.set(this.name, Object.fromEntries(this.fields.map((field) => [field.name, typedIn(field)])), "sessionStorage");
  }

  sent() {
    this.keep();
    this.dirty = false;
    device.set("draft.sent", this.name, "sessionStorage");
  }

  restore(kept) {
    for (const field of this.fields) {
      if (field.type === "checkbox") field.checked = Boolean(kept[field.name]);
      else if (field.name in kept) field.value = kept[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
});
