// Pictures for the editor: pasted, dropped or chosen, sent to the server, and never without words for those who cannot see them.
class MarkdownPicture {
  constructor(editor) {
    this.editor = editor;
    this.dialog = editor.querySelector("[data-picture]");
    this.choice = this.dialog.querySelector("input[type=file]");
    this.alt = this.dialog.querySelector("[name=alt]");
    editor.querySelector("[data-picture-button]").addEventListener("click", () => this.ask());
    for (const [name, source] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) {
      editor.text.addEventListener(name, (event) => {
        const file = [...(event[source]?.files ?? [])].find((one) => one.type.startsWith("image/"));
        if (!file) return;
        event.preventDefault();
        const dropped = name === "drop" && document.caretPositionFromPoint?.(event.clientX, event.clientY);
        if (dropped?.offsetNode === editor.text) editor.text.setSelectionRange(dropped.offset, dropped.offset);
        this.ask(file);
      });
    }
    // The dialog holds no form: it stands inside the editor's own.
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.querySelector("[data-insert]").addEventListener("click", () => this.send());
    this.dialog.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === this.alt) { event.preventDefault(); this.send(); } });
  }

  ask(file = null) {
    this.file = file;
    this.place = placeIn(this.editor.text);
    this.alt.value = "";
    this.choice.value = "";
    this.dialog.querySelector("[role=alert]").textContent = "";
    this.choice.closest(".field").hidden = Boolean(file);
    this.dialog.showModal();
    (file ? this.alt : this.choice).focus();
  }

  async send() {
    const file = this.file ?? this.choice.files[0];
    const alt = this.alt.value.trim();
    const message = this.dialog.querySelector("[role=alert]");
    message.textContent = file && alt ? "" : this.editor.dataset.pictureNeeds;
    if (!file || !alt) return void (file ? this.alt : this.choice).focus();
    try {
      const said = await sendPicture(this.editor, file, alt);
      this.dialog.close();
      insertBlock(this.editor.text, this.place, said.markdown ?? `![${alt.replace(/[[\]]/g, "")}](${said.url})`);
    } catch (error) {
      message.textContent = error.message;
    }
  }
}

// Keeps a picture with its words; what is wrong with it is told in a sentence for whoever chose it.
async function sendPicture(editor, file, alt) {
  const body = new FormData();
  body.append("file", file);
  body.append("alt", alt);
  let said = {};
  try {
    const answer = await fetch(editor.dataset.uploadUrl, { method: "POST", body, headers: { Accept: "application/json" } });
    said = await answer.json();
    if (answer.ok) return said;
  } catch { /* Told below, in words. */ }
  throw new Error(said.error || editor.dataset.pictureFailed);
}
