// Asks every two seconds whether the list in it stands as it did. What changed takes its place, and the focus stays on
// its row. Whoever is about to press on something keeps it where it is.
customElements.define("live-list", class extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.look(), 2000); }

  disconnectedCallback() { clearInterval(this.timer); }

  async look() {
    if (document.visibilityState !== "visible" || this.asking) return;
    this.asking = true;
    const headers = { "X-Poll": "1", ...(this.tag && { "If-None-Match": this.tag }) };
    const answer = await fetch(location.href, { headers, cache: "no-store" }).catch(() => null);
    const text = answer?.status === 200 ? await answer.text().catch(() => "") : "";
    this.asking = false;
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("live-list");
    if (!fresh || this.querySelector("a:hover")) return;
    this.tag = answer.headers.get("ETag");
    if (fresh.innerHTML !== this.innerHTML) this.show(fresh);
  }

  show(fresh) {
    const here = this.contains(document.activeElement) && document.activeElement.getAttribute("href");
    this.replaceChildren(...document.adoptNode(fresh).childNodes);
    if (here) [...this.querySelectorAll("a")].find((link) => link.getAttribute("href") === here)?.focus({ preventScroll: true });
  }
});
