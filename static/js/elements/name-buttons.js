// Writes the name of somebody into the field of the same form, where the cursor stands.
// <form> <textarea> … <name-buttons hidden><button type="button" data-name="@Ana">…
customElements.define("name-buttons", class extends HTMLElement {
  connectedCallback() {
    const field = this.closest("form").querySelector("textarea");
    this.hidden = false;
    this.addEventListener("click", ({ target }) => {
      const name = target.closest("[data-name]")?.dataset.name;
      if (!name) return;
      const before = field.value.slice(0, field.selectionStart);
      field.focus();
      field.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}${name} `, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
});
