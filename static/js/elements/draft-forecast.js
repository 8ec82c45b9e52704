// Asks what readers would find with the words of a form, once the page is there and whenever a writer pauses.
// The parts that come back take the place of those with the same id; a part that has the focus waits for the next time.
customElements.define("draft-forecast", class extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById(this.dataset.form);
    document.addEventListener("input", this);
    this.later(0);
  }

  disconnectedCallback() { document.removeEventListener("input", this); clearTimeout(this.waiting); }

  handleEvent(event) { if (event.target.form === this.form && event.target.name) this.later(2000); }

  later(pause) { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.ask(), pause); }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const body = new URLSearchParams(new FormData(this.form));
      const answer = await fetch(this.dataset.url, { method: "POST", body, headers: { Accept: "text/html" }, signal: this.asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of this.querySelectorAll("section[id]")) {
        const fresh = page.getElementById(part.id);
        if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...document.adoptNode(fresh).childNodes);
      }
    } catch {
      // The button still asks, on a page of its own.
    }
  }
});
