// <copy-text data-text="…" data-copied="Copied"><button type="button" hidden>Copy</button></copy-text>
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const word = button.textContent;
    button.hidden = !navigator.clipboard;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text ?? document.getElementById(this.dataset.from).textContent.trim());
      button.textContent = this.dataset.copied;
      setTimeout(() => { button.textContent = word; }, 2000);
    });
  }
});
