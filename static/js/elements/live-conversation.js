// Shows what is new in a conversation. Parts of the page outside of it that say data-live are brought up to date with it.
customElements.define("live-conversation", class extends LiveElement {
  // A form that came back with an error stands at another address.
  get address() { return this.dataset.address + location.search; }

  show(fresh) {
    if (!fresh.getElementById("messages")) return false;
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
    return true;
  }
});
