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
    const grip = event.target.closest(".grip");
    if (!grip || this.drag || event.button || !event.isPrimary) return;
    event.preventDefault();
    const row = grip.closest("[data-id]");
    const heard = new AbortController();
    const on = (where, name, act) => where.addEventListener(name, act, { signal: heard.signal });
    this.drag = { row, heard, group: row.parentElement.dataset.group, start: event.pageY, y: event.clientY };
    this.drag.marks = this.places();
    grip.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
    on(grip, "pointermove", (moved) => { this.drag.y = moved.clientY; });
    on(grip, "pointerup", () => this.drop());
    on(grip, "pointercancel", () => this.leave());
    on(document, "keydown", (key) => { if (key.key === "Escape") this.leave(); });
    this.follow();
  }

  // Where the row may stand, from above to below. Nothing moves while it is dragged, so this is looked at once.
  places() {
    const { row, group } = this.drag;
    const found = [];
    for (const list of this.querySelectorAll(`[data-group="${group}"]`)) {
      const others = [...list.children].filter((other) => other !== row);
      for (const before of others) {
        const box = before.getBoundingClientRect();
        // Past the middle of a row one means the place below it; past what is no row there is no place.
        const until = before.dataset.id ? box.top + box.height / 2 : box.bottom;
        found.push({ list, before, until: until + scrollY });
      }
      const last = others.at(-1);
      if (!last || last.dataset.id) found.push({ list, before: null, last, until: list.getBoundingClientRect().bottom + scrollY });
    }
    return found;
  }

  // Every frame: the row under the pointer, the line where it would go, and the page along at its edges.
  follow() {
    const drag = this.drag;
    if (!drag) return;
    const edge = 72;
    const pull = drag.y < edge ? drag.y - edge : Math.max(0, drag.y - innerHeight + edge);
    if (pull) scrollBy({ top: pull / 5, behavior: "instant" });
    const y = drag.y + scrollY;
    drag.row.style.translate = `0 ${y - drag.start}px`;
    const place = drag.marks.find((one) => y < one.until) ?? drag.marks.at(-1);
    if (place !== drag.place) {
      this.unmark();
      drag.place = place;
      if (place) (place.before ?? place.last ?? place.list).dataset.drop = place.before ? "before" : "after";
    }
    requestAnimationFrame(() => this.follow());
  }

  unmark() { for (const marked of this.querySelectorAll("[data-drop]")) delete marked.dataset.drop; }

  leave() {
    this.drag.heard.abort();
    this.unmark();
    this.drag.row.classList.remove("is-dragged");
    this.drag.row.style.translate = "";
    this.drag = null;
  }

  drop() {
    const { row, place } = this.drag;
    const from = { list: row.parentElement, before: row.nextElementSibling };
    this.leave();
    if (!place || (place.list === from.list && place.before === from.before)) return;
    place.list.insertBefore(row, place.before);
    const body = new URLSearchParams({ moved: row.dataset.id, below: place.list.dataset.list });
    for (const one of place.list.querySelectorAll(":scope > [data-id]")) body.append("id", one.dataset.id);
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
    if (this.drag) this.leave();
    const wasInside = this.contains(document.activeElement) || document.activeElement === document.body;
    document.getElementById(this.dataset.part).replaceWith(document.adoptNode(fresh));
    if (wasInside) fresh.querySelector("[autofocus]")?.focus({ preventScroll: true });
    this.say(page.querySelector(".notice.broken p")?.textContent ?? page.querySelector("drag-order [role=status]").textContent);
  }

  say(words) { this.querySelector("[role=status]").textContent = words; }
});
