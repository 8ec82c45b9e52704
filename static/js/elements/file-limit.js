// Says at once, and not after a long upload, when files are too many or too large for the form.
customElements.define("file-limit", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.field.addEventListener("change", () => this.look());
  }

  look() {
    const files = [...this.field.files];
    const large = files.find((file) => file.size > Number(this.dataset.bytes));
    const wrong = large ? this.dataset.large.replace("{name}", large.name) : files.length > Number(this.dataset.most) ? this.dataset.many : "";
    this.field.setAttribute("aria-invalid", String(Boolean(wrong)));
    this.querySelector("p")?.remove();
    if (!wrong) return;
    this.append(make("p", { class: "field-error", role: "alert", text: wrong }));
    // What can not be sent must not be sent: the form would come back after a long while.
    this.field.value = "";
  }
});
