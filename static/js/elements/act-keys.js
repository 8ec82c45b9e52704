// Letters that act on this page: "e" presses the button that says aria-keyshortcuts="e".
// While words stand in the field that nobody has sent, the letter leads back to them instead of leaving the page.
customElements.define("act-keys", class extends HTMLElement {
  connectedCallback() { document.addEventListener("keydown", this.heard = (event) => this.act(event)); }

  disconnectedCallback() { document.removeEventListener("keydown", this.heard); }

  act(event) {
    const wanted = [...document.querySelectorAll("button[aria-keyshortcuts]")].find((button) => shortcuts.letter(event, button.getAttribute("aria-keyshortcuts")));
    if (!wanted) return;
    event.preventDefault();
    const unsent = [...this.querySelectorAll("textarea")].find((field) => field.value !== field.defaultValue);
    if (unsent) unsent.focus(); else wanted.click();
  }
});
