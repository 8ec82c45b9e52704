// On the page that says that a message has arrived, or is not needed: what the form kept of it may go.
customElements.define("contact-sent", class extends HTMLElement {
  connectedCallback() { device.set("contact", null, "sessionStorage"); }
});
