// The list of keys, on "?".
customElements.define("keyboard-help", class extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog");
    const open = () => { if (!document.querySelector("dialog[open]")) dialog.showModal(); };
    document.addEventListener("keydown", (event) => {
      if (event.shiftKey && shortcuts.single(event, "Slash") || event.key === "?" && shortcuts.single(event, event.code)) { event.preventDefault(); open(); }
    });
    document.querySelector("[data-keyboard-help]")?.addEventListener("click", open);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
});
