// Offers what is similar while a question is written: after 10 letters of the title and a pause. It never covers or
// disables the button that posts. What is typed is kept by the draft-guard inside it.
customElements.define("ask-form", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    // Offered while typing, they need no page of their own before posting.
    this.form.elements.shown.value = "1";
    this.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), 600); });
  }

  async ask() {
    const body = new URLSearchParams({ title: this.form.elements.title.value.trim(), text: this.form.elements.text.value.trim().slice(0, 200) });
    if (body.get("title").length < 10 || `${body}` === this.asked) return;
    this.asked = `${body}`;
    const answer = await fetch(this.dataset.url, { method: "POST", body }).catch(() => null);
    if (!answer?.ok || `${body}` !== this.asked) return;
    const post = this.querySelector("form > .actions");
    // Whoever is about to post would press beside a button that moves.
    if (post.matches(":is(:hover, :focus-within)")) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("suggestions");
    this.querySelector("#suggestions").replaceWith(document.adoptNode(fresh));
    if (fresh.querySelector("li")) post.querySelector("button").textContent = post.querySelector("button").dataset.after;
  }
});
