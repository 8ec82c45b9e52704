// Counts the letters left in a field that has a limit, in the last third of it.
customElements.define("letter-count", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea, input");
    const limit = Number(this.dataset.limit);
    const count = make("p", { class: "counter", "aria-hidden": "true" });
    this.append(count);
    const show = () => {
      const left = limit - field.value.length;
      count.textContent = left < limit / 3 || this.dataset.always !== undefined ? left.toLocaleString(document.documentElement.lang) : "";
      count.toggleAttribute("data-over", left < 0);
    };
    field.addEventListener("input", show);
    show();
  }
});
