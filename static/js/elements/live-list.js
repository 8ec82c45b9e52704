// A list that stands as it does on the server. What changed takes its place, and the focus stays on its row. Whoever is
// about to press on something keeps it where it is.
customElements.define("live-list", class extends LiveElement {
  get address() { return location.href; }

  show(page) {
    const fresh = page.querySelector("live-list");
    if (!fresh || this.querySelector("a:hover")) return false;
    if (fresh.innerHTML === this.innerHTML) return true;
    const here = this.contains(document.activeElement) && document.activeElement.getAttribute("href");
    this.replaceChildren(...document.adoptNode(fresh).childNodes);
    if (here) [...this.querySelectorAll("a")].find((link) => link.getAttribute("href") === here)?.focus({ preventScroll: true });
    return true;
  }
});
