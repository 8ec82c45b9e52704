// Sends its GET form while somebody types, and swaps the part of the page that answers. Only the newest answer counts.
customElements.define("live-form", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask(), 250);
    });
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const form = this.querySelector("form");
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: this.asking.signal });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(this.dataset.part);
      if (fresh) document.getElementById(this.dataset.part).replaceChildren(...document.adoptNode(fresh).childNodes);
    } catch {
      // The button still sends the form.
    }
  }
});
