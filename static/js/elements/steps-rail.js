// Numbered steps can be ticked; ticks are remembered on this device, for this article. The numeral is the button.
customElements.define("steps-rail", class extends HTMLElement {
  connectedCallback() {
    const ticks = new Set(device.get(`steps.${this.dataset.key}`, []));
    this.querySelectorAll("ol.steps").forEach((list, group) => {
      [...list.children].forEach((step, index) => this.arm(step, `${group}.${index}`, list.start + index, ticks));
    });
  }

  arm(step, id, number, ticks) {
    if (step.querySelector(":scope > .step-tick")) return;
    const button = make("button", { type: "button", class: "step-tick", "aria-label": this.dataset.label.replace("{n}", number) });
    button.append(make("span", { "aria-hidden": "true", text: number.toLocaleString(document.documentElement.lang) }));
    const show = () => {
      step.classList.toggle("is-ticked", ticks.has(id));
      button.setAttribute("aria-pressed", ticks.has(id));
    };
    button.addEventListener("click", () => {
      if (!ticks.delete(id)) ticks.add(id);
      device.set(`steps.${this.dataset.key}`, ticks.size ? [...ticks] : null);
      show();
    });
    step.prepend(button);
    show();
  }
});
