// Marks the part being read in the page's contents, and lets the contents step aside while a side note passes.
customElements.define("contents-marker", class extends HTMLElement {
  connectedCallback() {
    this.links = [...this.querySelectorAll("a")];
    this.parts = this.links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let waits = false;
    const later = () => { if (!waits) { waits = true; requestAnimationFrame(() => { waits = false; this.mark(); }); } };
    for (const name of ["scroll", "resize"]) addEventListener(name, later, { passive: true });
    this.mark();
  }

  mark() {
    const line = Math.min(innerHeight / 3, 240);
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 4;
    const passed = this.parts.filter((part) => part && part.getBoundingClientRect().top <= line).length;
    const current = this.links[atEnd ? this.links.length - 1 : Math.max(0, passed - 1)];
    for (const link of this.links) {
      if (link === current) link.setAttribute("aria-current", "location"); else link.removeAttribute("aria-current");
    }
    const own = this.getBoundingClientRect();
    const crossed = getComputedStyle(this).position === "sticky" && [...this.parentElement.querySelectorAll(".prose .callout, .prose figure:not(.code) > figcaption")].some((note) => {
      const { top, bottom, left, right } = note.getBoundingClientRect();
      return top < own.bottom && bottom > own.top && left < own.right && right > own.left;
    });
    this.toggleAttribute("data-yields", crossed);
  }
});
