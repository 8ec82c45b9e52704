// Light or dark, remembered on this device. Choosing what the system already shows forgets the choice again, and so does
// another choice in one's preferences: what was said last counts.
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const ownTheme = document.documentElement.dataset.theme;
const keptTheme = device.get("theme");
if (keptTheme?.over === (ownTheme ?? "")) document.documentElement.dataset.theme = keptTheme.theme;
else device.set("theme", null);

customElements.define("theme-switch", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.show();
    this.addEventListener("click", () => this.toggle());
    systemDark.addEventListener("change", () => this.show());
  }

  get isDark() {
    return (document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light")) === "dark";
  }

  toggle() {
    const theme = this.isDark ? "light" : "dark";
    const usual = ownTheme ?? (systemDark.matches ? "dark" : "light");
    device.set("theme", theme === usual ? null : { theme, over: ownTheme ?? "" });
    document.documentElement.dataset.theme = theme;
    for (const one of document.querySelectorAll("theme-switch")) one.show();
  }

  show() {
    const offered = this.isDark ? "light" : "dark";
    const button = this.querySelector("button");
    button.lastElementChild.textContent = button.dataset[offered];
    const faces = this.querySelectorAll("[data-shows]");
    if (faces.length) button.title = button.dataset[offered];
    for (const face of faces) face.hidden = face.dataset.shows !== offered;
  }
});
