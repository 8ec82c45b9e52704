// Sections become tabs. The chosen platform is remembered across pages, by its title, and every group follows it.
let tabGroups = 0;

customElements.define("tab-group", class extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = make("div", { role: "tablist", class: "tab-list" });
    const group = (tabGroups += 1);
    [...this.querySelectorAll(":scope > .tab")].forEach((panel, place) => {
      const id = `tab-${group}-${place}`;
      this.list.append(make("button", { type: "button", role: "tab", id, "aria-controls": `${id}-panel`, text: panel.querySelector(".tab-title").textContent }));
      for (const [name, value] of Object.entries({ role: "tabpanel", id: `${id}-panel`, tabindex: "0" })) panel.setAttribute(name, value);
    });
    this.prepend(this.list);
    this.list.addEventListener("click", (event) => { const tab = event.target.closest("[role=tab]"); if (tab) this.pick(tab); });
    this.list.addEventListener("keydown", (event) => this.move(event));
    this.show(this.named(device.get("tab")) ?? this.list.firstElementChild);
  }

  named(title) { return [...this.list.children].find((tab) => tab.textContent === title); }

  pick(tab) {
    const before = tab.getBoundingClientRect().top;
    device.set("tab", tab.textContent);
    this.show(tab);
    for (const other of document.querySelectorAll("tab-group")) if (other !== this) other.show(other.named(tab.textContent));
    scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
  }

  show(chosen) {
    if (!chosen) return;
    for (const tab of this.list.children) {
      tab.setAttribute("aria-selected", tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
    }
  }

  move(event) {
    const tabs = [...this.list.children];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (this.matches(":dir(rtl)") ? -1 : 1);
    const place = { Home: 0, End: tabs.length - 1 }[event.key] ?? (tabs.indexOf(event.target) + step + tabs.length) % tabs.length;
    const next = tabs[place];
    if (!next) return;
    event.preventDefault();
    next.focus();
    this.pick(next);
  }
});
