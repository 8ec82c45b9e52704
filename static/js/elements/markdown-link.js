// Links to other articles for the editor: the button, or "[[" in the text, asks for one by words of its title.
// What is written names the article by its number, so it outlives a change of title and leads to the reader's language.
function offerLinks(editor) {
  new MarkdownPicker(editor, editor.querySelector("[data-links]"), editor.querySelector("[data-link-button]"), {
    rows: "articles",
    sign: (before, typed) => typed === "[" && before.endsWith("[[") && 2,
    row: ({ title, about, lang }) => [make("span", { text: title, lang, dir: "auto" }), make("small", { class: "quiet", text: about })],
    put: ({ title, address }, selected) => `[${(selected || title).replace(/[[\]]/g, "")}](${address})`,
  });
}
