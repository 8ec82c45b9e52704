// Rows of the search surface: recent and popular to begin with, suggestions while typing, all results last. A passage that
// answers is shown beside the chosen row; one that was looked at long enough counts as read.
class SearchList {
  constructor(box) {
    this.words = box.dataset;
    this.box = box;
    this.input = box.querySelector("input");
    this.rows = box.querySelector("[role=listbox]");
    this.pane = box.querySelector(".search-passage");
    this.status = box.querySelector("[role=status]");
    this.kinds = JSON.parse(this.words.kinds);
    this.rows.addEventListener("click", (event) => { if (event.target.closest("[role=option]")) box.remember(); });
    this.rows.addEventListener("pointermove", (event) => { const row = event.target.closest("[role=option]"); if (row && row !== this.chosen) this.choose(row); });
  }

  begin(popular) {
    const recent = device.get("searches", []);
    const rows = [];
    if (recent.length) {
      const clear = make("button", { type: "button", class: "link-button", text: this.words.clear });
      clear.addEventListener("click", () => { device.set("searches", null); this.begin(popular); this.input.focus(); });
      rows.push(this.heading(this.words.recent, clear), ...recent.map((query) => this.row({ title: query, url: this.box.allUrl(query) }, "brief")));
    }
    if (popular.length) rows.push(this.heading(this.words.popular), ...popular.slice(0, 5).map((one) => this.row(one, "brief")));
    this.fill(rows);
  }

  show(query, found) {
    const rows = found.items.slice(0, 8).map((item) => this.row(item, "", query));
    if (found.all_url) rows.push(this.row({ title: this.words.all.replace("{q}", query), url: found.all_url }, "brief"));
    this.fill(rows);
    this.status.textContent = found.items.length ? this.words.found.replace("{n}", found.items.length.toLocaleString(document.documentElement.lang)) : this.words.none;
  }

  heading(text, ...more) { return make("div", { role: "presentation" }, make("span", { text }), ...more); }

  row(item, look, query = "") {
    const title = make("span", { class: look ? null : "title", dir: "auto" }, ...this.typed(item.title, query));
    const about = [item.topic, this.kinds[item.kind], item.solved && this.words.aboutSolved].filter(Boolean).join(" · ");
    const row = make("a", { role: "option", href: item.url, class: look || null, tabindex: -1, "aria-selected": "false" }, title, about && make("span", { class: "about", text: about }));
    row.item = item;
    return row;
  }

  // The part not typed yet in bold.
  typed(title, query) {
    const at = title.toLocaleLowerCase().indexOf(query.toLocaleLowerCase());
    if (!query || at < 0) return [title];
    return [at && make("b", { text: title.slice(0, at) }), title.slice(at, at + query.length), make("b", { text: title.slice(at + query.length) })];
  }

  fill(rows) {
    this.rows.replaceChildren(...rows);
    [...this.rows.querySelectorAll("[role=option]")].forEach((row, place) => { row.id = `search-option-${place}`; });
    this.input.setAttribute("aria-expanded", rows.length > 0);
    this.choose(null);
  }

  // Past either end no row is chosen, and Enter opens the page of results.
  step(by) {
    const all = [null, ...this.rows.querySelectorAll("[role=option]")];
    this.choose(all[(all.indexOf(this.chosen) + by + all.length) % all.length]);
    this.chosen?.scrollIntoView({ block: "nearest" });
  }

  choose(row) {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = row;
    row?.setAttribute("aria-selected", "true");
    if (row) this.input.setAttribute("aria-activedescendant", row.id); else this.input.removeAttribute("aria-activedescendant");
    this.pass(row);
  }

  // With no row chosen the first one's passage stands there, so that the list keeps its width; it counts as read by nobody.
  pass(row) {
    clearTimeout(this.reading);
    const item = (row ?? this.rows.querySelector("[role=option]"))?.item;
    const parts = item?.passage_parts ?? [];
    this.pane.replaceChildren(...(parts.length ? [make("h3", { text: item.title, dir: "auto" }), make("p", { dir: "auto" }, ...parts.map(([text, marked]) => (marked ? make("mark", { text }) : text)))] : []));
    if (!row || !parts.length || !item.token || !this.pane.checkVisibility()) return;
    const words = parts.map(([text]) => text).join(" ").split(/\s+/).length;
    this.reading = setTimeout(() => report(this.words.events, item.token, "read"), Math.max(10, words / 4) * 1000);
  }
}
