// Snippets for the editor: the button, or "/" where a line begins, asks for one by its name or words of what it says.
// It is written on a line of its own, in the column of the line it was asked for in.
function offerSnippets(editor) {
  const line = (before) => before.slice(before.lastIndexOf("\n") + 1);
  new MarkdownPicker(editor, editor.querySelector("[data-snippets]"), editor.querySelector("[data-snippet-button]"), {
    rows: "snippets",
    sign: (before, typed) => typed === "/" && /^[ \t>]*\/$/.test(line(before)) && 1,
    row: ({ name, about, lang }) => [make("code", { text: name, dir: "ltr" }), make("small", { class: "quiet", text: about, lang, dir: "auto" })],
    put: ({ name }, selected, before, after) => {
      const begun = line(before) + selected;
      const written = `{{ snippet: ${name} }}`;
      return (/^[ \t>]*$/.test(begun) ? selected + written : `${selected}\n\n${written}`) + (/^[ \t]*(\n|$)/.test(after) ? "" : "\n\n");
    },
  });
}
