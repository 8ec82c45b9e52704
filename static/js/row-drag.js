// One row on its way: it follows the pointer, a line shows where it would go, and the page scrolls along at its edges.
// `lists` are where it may go. Nothing else moves meanwhile, so places are measured once.
class RowDrag {
  constructor(row, lists, event, dropped) {
    Object.assign(this, { row, dropped, start: event.pageY, y: event.clientY, heard: new AbortController() });
    this.places = lists.flatMap((list) => this.placesIn(list));
    const on = (where, name, act) => where.addEventListener(name, act, { signal: this.heard.signal });
    const grip = event.target.closest(".grip");
    grip.setPointerCapture(event.pointerId);
    on(grip, "pointermove", (moved) => { this.y = moved.clientY; });
    on(grip, "pointerup", () => this.drop());
    on(grip, "pointercancel", () => this.leave());
    on(document, "keydown", (key) => { if (key.key === "Escape") this.leave(); });
    row.classList.add("is-dragged");
    this.follow();
  }

  // From above to below, each with the line of the page until which it is meant.
  placesIn(list) {
    const others = [...list.children].filter((other) => other !== this.row);
    const found = others.map((before) => {
      const box = before.getBoundingClientRect();
      // Past the middle of a row one means the place below it; past what is no row there is no place.
      return { list, before, until: scrollY + (before.dataset.id ? box.top + box.height / 2 : box.bottom) };
    });
    const last = others.at(-1);
    if (!last || last.dataset.id) found.push({ list, before: null, last, until: scrollY + list.getBoundingClientRect().bottom });
    return found;
  }

  follow() {
    if (this.heard.signal.aborted) return;
    const edge = 72;
    const pull = this.y < edge ? this.y - edge : Math.max(0, this.y - innerHeight + edge);
    if (pull) scrollBy({ top: pull / 5, behavior: "instant" });
    const y = this.y + scrollY;
    this.row.style.translate = `0 ${y - this.start}px`;
    const place = this.places.find((one) => y < one.until) ?? this.places.at(-1);
    if (place !== this.place) {
      this.unmark();
      this.marked = place.before ?? place.last ?? place.list;
      this.marked.dataset.drop = place.before ? "before" : "after";
      this.place = place;
    }
    requestAnimationFrame(() => this.follow());
  }

  unmark() { if (this.marked) delete this.marked.dataset.drop; }

  leave() {
    this.heard.abort();
    this.unmark();
    this.row.classList.remove("is-dragged");
    this.row.style.translate = "";
  }

  drop() {
    this.leave();
    const { list, before } = this.place;
    if (list !== this.row.parentElement || before !== this.row.nextElementSibling) this.dropped(list, before);
  }
}
