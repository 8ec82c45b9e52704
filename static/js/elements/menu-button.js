// A menu is a details element. This closes it: on Escape, on a click elsewhere, when the focus leaves.
customElements.define("menu-button", class extends HTMLElement {
  connectedCallback() {
    const menu = this.querySelector("details");
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) menu.open = false;
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.contains(event.target)) menu.open = false;
    });
  }
});
