// Sends its forms by fetch, takes the full page that comes back and swaps the element of the same id.
// Whatever goes wrong before an answer, the form is sent the ordinary way. A double submit is one.
customElements.define("part-form", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    const form = event.target;
    const button = event.submitter;
    if (event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    if (this.hasAttribute("aria-busy")) return;
    this.setAttribute("aria-busy", "true");
    const body = new FormData(form, button);
    const word = button?.textContent;
    const slow = setTimeout(() => { if (button?.dataset.busy) button.textContent = button.dataset.busy; }, 300);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), headers: { Accept: "text/html" } });
      if (answer.status >= 500) throw new Error(answer.statusText);
      this.swap(new DOMParser().parseFromString(await answer.text(), "text/html"), button);
    } catch {
      if (button?.name) form.append(make("input", { type: "hidden", name: button.name, value: button.value }));
      form.submit();
    } finally {
      clearTimeout(slow);
      if (button && word) button.textContent = word;
      this.removeAttribute("aria-busy");
    }
  }

  swap(page, button) {
    const id = this.dataset.part ?? this.id;
    const fresh = page.getElementById(id);
    if (!fresh) throw new Error(`The page that came back has no #${id}`);
    const same = button?.name && `[name="${button.name}"][value="${button.value}"]`;
    document.getElementById(id).replaceWith(document.adoptNode(fresh));
    const target = fresh.querySelector(".error-summary, [aria-invalid=true]") || same && fresh.querySelector(`button${same}`) || fresh.querySelector("[data-focus]") || fresh;
    if (target === fresh) fresh.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }
});
