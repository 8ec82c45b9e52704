// Tells that one of us has this version of a conversation before them and, at most every ten seconds, that they reply.
customElements.define("agent-presence", class AgentPresence extends HTMLElement {
  static typedAt = 0;

  connectedCallback() {
    document.addEventListener("visibilitychange", this.seen = () => this.tell());
    document.addEventListener("input", this.heard = (event) => this.type(event.target));
    this.tell();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.seen);
    document.removeEventListener("input", this.heard);
  }

  type(field) {
    if (!field.closest("reply-mode:not(.is-note)") || Date.now() - AgentPresence.typedAt < 10000) return;
    AgentPresence.typedAt = Date.now();
    this.tell({ typing: "1" });
  }

  tell(more = {}) {
    if (document.visibilityState !== "visible") return;
    const body = new URLSearchParams({ version: this.dataset.version, ...more });
    // Whoever is offline is not here.
    fetch(this.dataset.address, { method: "POST", body }).catch(() => null);
  }
});
