// Asks every two seconds whether there is a new message; what was made of the page before is answered 304.
customElements.define("live-conversation", class extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.look(), 2000); }

  disconnectedCallback() { clearInterval(this.timer); }

  async look() {
    if (document.visibilityState !== "visible" || this.asking) return;
    this.asking = true;
    const headers = this.tag ? { "If-None-Match": this.tag } : {};
    const answer = await fetch(location.href, { headers, cache: "no-store" }).catch(() => null);
    this.asking = false;
    if (answer?.status !== 200) return;
    this.tag = answer.headers.get("ETag");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("messages");
    const here = this.querySelector("#messages");
    // Only what is new is added, so that it alone is read out and nothing one has marked goes away.
    for (const message of [...(fresh?.children ?? [])]) if (!document.getElementById(message.id)) here.append(document.adoptNode(message));
  }
});
