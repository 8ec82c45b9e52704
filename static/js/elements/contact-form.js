// Offers answers below the message while it is typed: after 20 letters and a pause. It never covers or disables Send, and
// what is said not to be the answer does not come back. Every word is kept on the device until it has arrived (contact-sent).
customElements.define("contact-form", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.form.elements.message;
    this.dismissed = new Set();
    // Offered while typing, they need no page of their own before sending.
    this.form.elements.shown.value = "1";
    if (!this.text.value) this.text.value = device.get("contact", "", "sessionStorage");
    this.text.addEventListener("input", () => this.later());
    this.addEventListener("click", (event) => this.dismiss(event.target.closest("[data-dismiss]")));
    if (this.text.value) this.later();
  }

  later() {
    device.set("contact", this.text.value, "sessionStorage");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 600);
  }

  async ask() {
    const typed = this.text.value.trim();
    if (typed.length < 20 || typed === this.asked) return;
    this.asked = typed;
    const answer = await fetch(this.dataset.url, { method: "POST", body: new URLSearchParams({ message: typed }) }).catch(() => null);
    if (!answer?.ok || typed !== this.asked) return;
    // Whoever is about to send would press beside a button that moves.
    if (this.querySelector("form > .actions:is(:hover, :focus-within)")) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("suggestions");
    this.querySelector("#suggestions").replaceWith(document.adoptNode(fresh));
    for (const button of this.querySelectorAll("[data-dismiss]")) if (this.dismissed.has(button.dataset.dismiss)) button.closest("li").remove();
  }

  dismiss(button) {
    if (!button) return;
    this.dismissed.add(button.dataset.dismiss);
    button.closest("li").remove();
    this.text.focus();
  }
});
