// r writes to whoever wrote, n writes to the team: the label says which, and the button that fits is the marked one.
// <reply-mode data-note="label of a note"><form>… <button name="act" value="reply"> … <button name="act" value="note">
customElements.define("reply-mode", class extends HTMLElement {
  connectedCallback() {
    this.reply = this.querySelector("label").textContent;
    document.addEventListener("keydown", this.heard = (event) => {
      const act = shortcuts.letter(event, "r") ? "reply" : shortcuts.letter(event, "n") ? "note" : "";
      if (act) { event.preventDefault(); this.begin(act); }
    });
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.heard); }

  begin(act) {
    this.classList.toggle("is-note", act === "note");
    this.querySelector("label").textContent = act === "note" ? this.dataset.note : this.reply;
    for (const button of this.querySelectorAll("[name=act]")) button.classList.toggle("primary", button.value === act);
    this.querySelector("textarea").focus();
  }
});
