// Gives every block of code a button that copies it and then says so. Prompts of a console session stay behind.
customElements.define("code-copy", class extends HTMLElement {
  connectedCallback() {
    // What scrolls is reached by keyboard; turning a phone or a larger text makes more of it scroll.
    this.reach = new ResizeObserver((changes) => {
      for (const { target } of changes) if (target.scrollWidth > target.clientWidth) target.tabIndex = 0; else target.removeAttribute("tabindex");
    });
    for (const pre of this.querySelectorAll("pre")) {
      if (pre.closest(".copied-frame")) continue;
      const frame = make("div", { class: "copied-frame" });
      const button = make("button", { type: "button", class: "copy", text: this.dataset.copy });
      pre.replaceWith(frame);
      frame.append(pre, button);
      this.reach.observe(pre);
      button.addEventListener("click", () => this.copy(pre, button));
    }
  }

  async copy(pre, button) {
    const code = pre.cloneNode(true);
    code.querySelectorAll(".gp, .linenos, .lineno").forEach((part) => part.remove());
    try { await navigator.clipboard.writeText(code.textContent.replace(/\n$/, "")); } catch {
      getSelection().selectAllChildren(pre);
      if (!document.execCommand("copy")) return;
      getSelection().removeAllRanges();
    }
    button.textContent = this.dataset.copied;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = this.dataset.copy; }, 2000);
  }
});
