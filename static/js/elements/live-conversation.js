// Asks every two seconds whether there is anything new; what was made of the page before is answered 304.
// Parts of the page outside of it that say data-live are brought up to date with it.
customElements.define("live-conversation", class extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.look(), 2000); }

  disconnectedCallback() { clearInterval(this.timer); }

  async look() {
    if (document.visibilityState !== "visible" || this.asking) return;
    this.asking = true;
    const headers = { "X-Poll": "1", ...(this.tag && { "If-None-Match": this.tag }) };
    // A form that came back with an error stands at another address.
    const answer = await fetch(this.dataset.address + location.search, { headers, cache: "no-store" }).catch(() => null);
    this.asking = false;
    if (answer?.status !== 200) return;
    this.tag = answer.headers.get("ETag");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (fresh.getElementById("messages")) this.show(fresh);
  }

  show(fresh) {
    // Only what is new is added, so that it alone is read out and nothing one has marked goes away.
    // A reply that was taken back leaves, and its number may be given to another message.
    const name = (message) => `${message.id} ${message.querySelector("time").dateTime}`;
    const said = [...fresh.querySelectorAll("#messages > li")];
    const [known, wanted] = [[...this.querySelectorAll("#messages > li")], new Set(said.map(name))];
    const kept = new Set(known.map(name));
    for (const message of known) if (!wanted.has(name(message))) message.remove();
    for (const message of said) if (!kept.has(name(message))) this.querySelector("#messages").append(document.adoptNode(message));
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...document.adoptNode(now).childNodes);
    }
  }
});
