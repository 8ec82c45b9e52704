// Tells the server what a visible page saw: once that it was viewed, and once that it was read: visible for
// data-read-seconds in sum and at least half scrolled. A prerendered page counts from when it is shown; a page that
// comes back from the back-forward cache was counted before.
customElements.define("read-beacon", class extends HTMLElement {
  connectedCallback() {
    this.seconds = 0;
    this.deepest = 0;
    this.onsight = () => this.look();
    for (const name of ["visibilitychange", "prerenderingchange"]) document.addEventListener(name, this.onsight);
    document.addEventListener("scroll", () => this.measure(), { passive: true });
    this.look();
  }

  get isSeen() { return document.visibilityState === "visible" && !document.prerendering; }

  look() {
    clearInterval(this.timer);
    if (!this.isSeen || this.wasRead) return;
    if (!this.wasViewed) { this.wasViewed = true; for (const act of (this.dataset.act ?? "viewed").split(" ")) this.tell(act); }
    if (this.dataset.readSeconds) this.timer = setInterval(() => this.tick(), 1000);
  }

  tick() {
    this.seconds += 1;
    this.measure();
    if (this.seconds < Number(this.dataset.readSeconds) || this.deepest < 0.5) return;
    clearInterval(this.timer);
    this.wasRead = true;
    this.tell("read");
  }

  measure() {
    const text = document.querySelector(".prose") ?? document.querySelector("main");
    const { top, height } = text.getBoundingClientRect();
    this.deepest = Math.max(this.deepest, (innerHeight - top) / Math.max(height, 1));
  }

  tell(act) { report(this.dataset.url, this.dataset.token, act); }
});
