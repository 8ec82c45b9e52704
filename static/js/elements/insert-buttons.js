// Buttons that put their text into a field at the cursor, where a page without scripts puts it at the end.
// <insert-buttons data-field="id of the field"> … <button data-text="…"> … </insert-buttons>
customElements.define("insert-buttons", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-text]");
      const field = document.getElementById(this.dataset.field);
      if (!button || !field) return;
      event.preventDefault();
      const at = "wasUsed" in field.dataset ? field.selectionEnd : field.value.length;
      field.focus();
      field.setSelectionRange(at, at);
      insertText(field, button.dataset.text);
    });
  }
});
