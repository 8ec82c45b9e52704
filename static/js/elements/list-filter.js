// Filters the rows of a long page while typing: every word must stand in a row.
customElements.define("list-filter", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.rows = [...document.querySelectorAll("[data-filtered] > li")].map((row) => [row, row.textContent.toLocaleLowerCase()]);
    this.querySelector("input").addEventListener("input", (event) => this.filter(event.target.value));
  }

  filter(text) {
    const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [row, said] of this.rows) {
      row.hidden = !words.every((word) => said.includes(word));
      if (!row.hidden) left += 1;
    }
    for (const list of document.querySelectorAll("[data-filtered]")) list.closest("section").hidden = !list.querySelector("li:not([hidden])");
    this.querySelector("[role=status]").textContent = left ? "" : this.dataset.none;
  }
});
