// What each toolbar button writes around or before the chosen text. execCommand keeps the browser's undo working.
const MARKS = {
  bold: { around: "**" },
  italic: { around: "_" },
  link: { before: "[", after: "](https://)", select: "https://" },
  heading: { lines: () => "## " },
  keys: { around: "++" },
  list: { lines: () => "- " },
  steps: { lines: (index) => `${index + 1}. ` },
  note: { block: (words) => [`!!! note "${words.note}"\n    `, ""], indent: true },
  fold: { block: (words) => [`??? note "${words.fold}"\n    `, ""], indent: true },
  code: { block: () => ["```\n", "\n```"] },
  tab: { block: (words) => [`=== "${words.tab} 1"\n\n    `, `\n\n=== "${words.tab} 2"\n\n    `], indent: true },
  table: { block: (words) => [`| ${words.column} 1 | ${words.column} 2 |\n| --- | --- |\n| `, " |  |"] },
};

function insertText(field, text) {
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function writeMark(field, name, words) {
  const { around, before = around, after = around, lines, block, indent, select } = MARKS[name];
  let { selectionStart: start, selectionEnd: end } = field;
  if (lines || block) start = field.value.lastIndexOf("\n", start - 1) + 1;
  const chosen = field.value.slice(start, end);
  field.setSelectionRange(start, end);
  const gap = start > 0 && field.value.slice(start - 2, start) !== "\n\n" ? "\n" : "";
  if (lines) insertText(field, gap + chosen.split("\n").map((line, index) => lines(index) + line).join("\n"));
  else if (block) {
    const [head, tail] = block(words);
    const text = indent ? chosen.replace(/\n/g, "\n    ") : chosen;
    insertText(field, `${gap}${head}${text}${tail}\n`);
    // What is typed next belongs inside the block.
    const inside = start + gap.length + head.length + text.length;
    field.setSelectionRange(inside, inside);
  } else {
    insertText(field, before + chosen + after);
    const at = select ? field.selectionStart - after.length + after.indexOf(select) : start + before.length;
    field.setSelectionRange(at, at + (select ? select.length : chosen.length));
  }
}
