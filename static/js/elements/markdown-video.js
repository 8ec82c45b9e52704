// Videos for the editor: an address of an allowed site, a title, and a picture that stands for it until somebody clicks.
class MarkdownVideo {
  constructor(editor) {
    this.editor = editor;
    this.dialog = editor.querySelector("[data-video]");
    [this.address, this.name, this.still] = this.dialog.querySelectorAll("input");
    editor.querySelector("[data-video-button]").addEventListener("click", () => this.ask());
    // The dialog holds no form: it stands inside the editor's own.
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.querySelector("[data-insert]").addEventListener("click", () => this.insert());
    this.dialog.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input:not([type=file])")) { event.preventDefault(); this.insert(); } });
  }

  ask() {
    for (const field of [this.address, this.name, this.still]) field.value = "";
    this.say("");
    this.place = placeIn(this.editor.text);
    this.dialog.showModal();
    this.address.focus();
  }

  async insert() {
    const { videoNeeds, videoRefused } = this.dialog.dataset;
    const address = this.page(), title = this.name.value.trim();
    if (!address || !title) return this.say(videoNeeds, address ? this.name : this.address);
    if (!this.isAllowed(address)) return this.say(videoRefused, this.address);
    let poster = "";
    try {
      if (this.still.files[0]) poster = ` poster="${(await sendPicture(this.editor, this.still.files[0], title)).url}"`;
    } catch (error) {
      return this.say(error.message, this.still);
    }
    this.dialog.close();
    insertBlock(this.editor.text, this.place, `<video src="${quoted(address)}" title="${quoted(title)}"${poster}></video>`);
  }

  // Many copy what a site offers for embedding, which holds the address.
  page() {
    const typed = this.address.value.trim();
    const written = typed.match(/\ssrc="([^"]+)"/)?.[1] ?? typed;
    try {
      return new URL(/^[a-z]+:/i.test(written) ? written : `https://${written.replace(/^\/\//, "")}`).href;
    } catch {
      return "";
    }
  }

  isAllowed(address) {
    const { protocol, hostname } = new URL(address);
    return /^https?:$/.test(protocol) && this.dialog.dataset.hosts.split(" ").some((host) => hostname === host || hostname.endsWith(`.${host}`));
  }

  say(message, field) {
    this.dialog.querySelector("[role=alert]").textContent = message;
    field?.focus();
  }
}

function quoted(text) {
  return text.replace(/&(?=#?\w+;)/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
