// Asks every two seconds whether there is anything new; what was made of the page before is answered 304. `address` says
// where, and `show` takes what is new out of the page that comes back; it answers whether it did.
class LiveElement extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.look(), 2000); }

  disconnectedCallback() { clearInterval(this.timer); }

  async look() {
    if (document.visibilityState !== "visible" || this.asking) return;
    this.asking = true;
    const headers = { "X-Poll": "1", ...(this.tag && { "If-None-Match": this.tag }) };
    const answer = await fetch(this.address, { headers, cache: "no-store" }).catch(() => null);
    const text = answer?.status === 200 ? await answer.text().catch(() => "") : "";
    this.asking = false;
    if (text && this.show(new DOMParser().parseFromString(text, "text/html"))) this.tag = answer.headers.get("ETag");
  }
}
