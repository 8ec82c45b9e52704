// A picture opens large in a dialog. Pictures that lead somewhere else keep their link; small ones stay as they are.
customElements.define("picture-zoom", class extends HTMLElement {
  connectedCallback() {
    for (const image of this.querySelectorAll("img:not(a img, button img)")) {
      const prepare = () => { if (image.naturalWidth > image.clientWidth * 1.15 && image.clientWidth > 120) this.enable(image); };
      if (image.complete) prepare(); else image.addEventListener("load", prepare, { once: true });
    }
  }

  enable(image) {
    const button = make("button", { type: "button", class: "zoomable", "aria-label": `${this.dataset.enlarge}: ${image.alt}` });
    image.replaceWith(button);
    button.append(image);
    button.addEventListener("click", () => this.open(image));
  }

  open(image) {
    const dialog = make("dialog", { class: "zoomed", "aria-label": image.alt || this.dataset.enlarge },
      make("form", { method: "dialog" }, make("button", { text: this.dataset.close })), make("img", { src: image.src, alt: image.alt }));
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => { if (event.target.tagName !== "BUTTON") dialog.close(); });
    document.body.append(dialog);
    dialog.showModal();
  }
});
