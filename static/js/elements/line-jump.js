// Puts the cursor on a line of a text field: the one its links name, or the address, as in #line-12.
customElements.define("line-jump", class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    if (!this.field) return;
    this.addEventListener("click", (event) => {
      const link = event.target.closest("[data-line]");
      if (!link) return;
      event.preventDefault();
      this.jump(Number(link.dataset.line));
    });
    const named = /^#line-(\d+)$/.exec(location.hash);
    if (named) requestAnimationFrame(() => this.jump(Number(named[1])));
  }

  jump(line) {
    const lines = this.field.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    // What is wrapped is higher than one line, so this is near and not exact.
    const height = this.field.scrollHeight / Math.max(lines.length, 1);
    this.field.scrollTop = Math.max(0, (line - 1) * height - this.field.clientHeight / 3);
    this.field.scrollIntoView({ block: "center" });
  }
});
