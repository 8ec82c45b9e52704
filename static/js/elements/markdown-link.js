// Links to other articles for the editor: the button, or "[[" in the text, asks for one by words of its title.
// What is written names the article by its number, so it outlives a change of title and leads to the reader's language.
class MarkdownLink {
  constructor(editor) {
    this.editor = editor;
    this.sheet = new PickSheet(editor.querySelector("[data-links]"), {
      address: (words) => this.address(words),
      choices: (answer) => answer.articles,
      row: ({ title, about, lang }) => [make("span", { text: title, lang, dir: "auto" }), make("small", { class: "quiet", text: about })],
      choose: (article) => this.choose(article),
      none: editor.dataset.noLinks,
      failed: editor.dataset.linksFailed,
    });
    editor.querySelector("[data-link-button]").addEventListener("click", () => this.ask(""));
    editor.text.addEventListener("input", (event) => { if (event.data === "[" && this.before().endsWith("[[")) this.ask("[["); });
  }

  before() { return this.editor.text.value.slice(0, this.editor.text.selectionStart); }

  address(words) {
    const address = new URL(this.editor.dataset.linksUrl, location.href);
    address.searchParams.set("q", words);
    return address;
  }

  ask(typed) {
    // Where the link goes; a field behind a dialog may forget it.
    this.end = this.editor.text.selectionEnd;
    this.start = this.editor.text.selectionStart - typed.length;
    this.sheet.open();
  }

  choose({ title, address }) {
    const field = this.editor.text;
    const chosen = field.value.slice(this.start, this.end).replace(/^\[\[/, "");
    field.focus();
    field.setSelectionRange(this.start, this.end);
    insertText(field, `[${(chosen || title).replace(/[[\]]/g, "")}](${address})`);
  }
}
