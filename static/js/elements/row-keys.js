// j and k move through the rows of its list. The row has the focus, so Enter opens it as everywhere.
customElements.define("row-keys", class extends HTMLElement {
  connectedCallback() { document.addEventListener("keydown", this.heard = (event) => this.move(event)); }

  disconnectedCallback() { document.removeEventListener("keydown", this.heard); }

  move(event) {
    const step = shortcuts.letter(event, "j") ? 1 : shortcuts.letter(event, "k") ? -1 : 0;
    const rows = [...this.querySelectorAll(".row-title a")];
    if (!step || !rows.length) return;
    event.preventDefault();
    const here = rows.findIndex((row) => row.closest("li").contains(document.activeElement));
    const next = rows[here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1)];
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
  }
});
