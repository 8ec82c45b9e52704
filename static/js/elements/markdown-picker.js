// A sheet of the editor that asks for one of many by words: an article to link to, a snippet to show. Opened by a button, or
// by a sign in the text: `sign` says, for the text before the cursor, how many letters of it were that sign. `rows` names the
// list in the answer, `row` makes what stands in a button of it, `put` gives the text that takes the place of what was chosen.
class MarkdownPicker {
  constructor(editor, dialog, button, { sign, rows, row, put }) {
    Object.assign(this, { editor, put });
    this.sheet = new PickSheet(dialog, {
      address: (words) => this.address(dialog.dataset.url, words),
      choices: (answer) => answer[rows],
      row,
      choose: (one) => this.choose(one),
      none: dialog.dataset.none,
      failed: dialog.dataset.failed,
    });
    button.addEventListener("click", () => this.ask(0));
    editor.text.addEventListener("input", (event) => {
      const typed = event.data && sign(editor.text.value.slice(0, editor.text.selectionStart), event.data);
      if (typed) this.ask(typed);
    });
  }

  address(url, words) {
    const address = new URL(url, location.href);
    address.searchParams.set("q", words);
    return address;
  }

  ask(typed) {
    // Where the text goes; a field behind a dialog may forget it.
    this.end = this.editor.text.selectionEnd;
    this.start = this.editor.text.selectionStart - typed;
    this.typed = typed;
    this.sheet.open();
  }

  choose(one) {
    const field = this.editor.text;
    field.focus();
    const selected = field.value.slice(this.start + this.typed, this.end);
    const text = this.put(one, selected, field.value.slice(0, this.start), field.value.slice(this.end));
    field.setSelectionRange(this.start, this.end);
    insertText(field, text);
  }
}
