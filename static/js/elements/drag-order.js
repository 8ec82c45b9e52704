// Rows of its lists are dragged by their grip, with a mouse, a finger or a pen; their buttons do the same one place at a
// time. Either sends one request, and what comes back takes the place of the part that `data-part` names.
// <drag-order data-url data-part data-failed> <p role=status> <… id=part> <ol data-list data-group> <li data-id> … .grip
customElements.define("drag-order", class extends HTMLElement {
  connectedCallback() {
    this.sending = Promise.resolve();
    this.addEventListener("pointerdown", (event) => this.take(event));
    this.addEventListener("submit", (event) => this.press(event));
  }

  take(event) {
    const row = event.target.closest(".grip")?.closest("[data-id]");
    if (!row || event.button || !event.isPrimary) return;
    event.preventDefault();
    this.drag?.leave();
    const lists = [...this.querySelectorAll(`[data-group="${row.parentElement.dataset.group}"]`)];
    this.drag = new RowDrag(row, lists, event, (list, before) => this.put(row, list, before));
  }

  put(row, list, before) {
    const from = { list: row.parentElement, before: row.nextElementSibling };
    list.insertBefore(row, before);
    const body = new URLSearchParams({ moved: row.dataset.id, below: list.dataset.list });
    for (const one of list.querySelectorAll(":scope > [data-id]")) body.append("id", one.dataset.id);
    this.send(this.dataset.url, body, () => from.list.insertBefore(row, from.before));
  }

  press(event) {
    const { target: form, submitter } = event;
    if (form.method !== "post" || !submitter?.closest("[data-id]")) return;
    event.preventDefault();
    this.send(form.action, new URLSearchParams(new FormData(form, submitter)), () => {
      form.append(make("input", { type: "hidden", name: submitter.name, value: submitter.value }));
      form.submit();
    });
  }

  // One after the other, so that what was done last is what counts.
  send(url, body, undo) {
    this.sending = this.sending.then(async () => {
      try {
        const answer = await fetch(url, { method: "POST", body, headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(answer.statusText);
        this.swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        undo();
        this.say(this.dataset.failed);
      }
    });
  }

  swap(page) {
    const fresh = page.getElementById(this.dataset.part);
    if (!fresh) throw new Error("The page that came back has no such list");
    this.drag?.leave();
    const wasInside = this.contains(document.activeElement) || document.activeElement === document.body;
    document.getElementById(this.dataset.part).replaceWith(document.adoptNode(fresh));
    if (wasInside) fresh.querySelector("[autofocus]")?.focus({ preventScroll: true });
    this.say(page.querySelector(".notice.broken p")?.textContent ?? page.querySelector("drag-order [role=status]").textContent);
  }

  say(words) { this.querySelector("[role=status]").textContent = words; }
});
