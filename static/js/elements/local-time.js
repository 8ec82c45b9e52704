// <local-time><time datetime="…">as the server wrote it</time></local-time>: the reader's own time zone.
customElements.define("local-time", class extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const value = new Date(time?.dateTime);
    if (Number.isNaN(value.valueOf())) return;
    const style = this.dataset.style === "day" ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" };
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(value);
  }
});
