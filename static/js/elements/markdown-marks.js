// What each toolbar button writes around or before the chosen text. execCommand keeps the browser's undo working.
const MARKS = {
  bold: { around: "**" },
  italic: { around: "_" },
  link: { before: "[", after: "](https://)", select: "https://" },
  list: { lines: () => "- " },
  steps: { lines: (index) => `${index + 1}. ` },
  note: { block: (text, words) => `!!! note "${words.note}"\n${text.replace(/^/gm, "    ")}` },
  code: { block: (text) => `\`\`\`\n${text}\n\`\`\`` },
  tab: { block: (text, words) => `=== "${words.tab} 1"\n\n${text.replace(/^/gm, "    ")}\n\n=== "${words.tab} 2"\n\n    ` },
  table: { block: (_text, words) => `| ${words.column} 1 | ${words.column} 2 |\n| --- | --- |\n|  |  |` },
};

function insertText(field, text) {
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function writeMark(field, name, words) {
  const { around, before = around, after = around, lines, block, select } = MARKS[name];
  let { selectionStart: start, selectionEnd: end } = field;
  if (lines || block) start = field.value.lastIndexOf("\n", start - 1) + 1;
  const chosen = field.value.slice(start, end);
  field.setSelectionRange(start, end);
  const gap = start > 0 && field.value.slice(start - 2, start) !== "\n\n" ? "\n" : "";
  if (lines) insertText(field, gap + chosen.split("\n").map((line, index) => lines(index) + line).join("\n"));
  else if (block) insertText(field, `${gap}${block(chosen, words)}\n`);
  else {
    insertText(field, before + chosen + after);
    const at = select ? field.selectionStart - after.length + after.indexOf(select) : start + before.length;
    field.setSelectionRange(at, at + (select ? select.length : chosen.length));
  }
}
