// What each toolbar button writes around or before the chosen text.
// `block` gives what stands before the cursor, the chosen lines among it, and what stands behind.
const MARKS = {
  bold: { around: "**" },
  italic: { around: "_" },
  keys: { around: "++" },
  heading: { line: (line) => line.startsWith("### ") ? line.slice(4) : /^##? /.test(line) ? `#${line}` : `## ${bare(line)}` },
  list: { line: (line) => bare(line).replace(/^ */, "$&- "), is: /^ *[-*+] / },
  steps: { line: (line, number) => bare(line).replace(/^ */, `$&${number}. `), is: /^ *\d{1,9}[.)] / },
  note: { block: (lines, words) => [`!!! note "${words.note}"\n${inside(lines)}`, ""] },
  fold: { block: (lines, words) => [`??? note "${words.fold}"\n${inside(lines)}`, ""] },
  tab: { block: (lines, words) => [`=== "${words.tab} 1"\n\n${inside(lines)}`, `\n\n=== "${words.tab} 2"\n\n    `] },
  code: { around: "`", block: (lines) => [`\`\`\`\n${lines}`, "\n```"] },
  table: { block: tableOf },
};
const ITEM = /^( *)(?:[-*+]|\d{1,9}[.)]) +/;

function bare(line) { return line.replace(ITEM, "$1"); }

function inside(lines) { return lines.replace(/^/gm, "    "); }

// Each line is a row; what was copied from a spreadsheet keeps its columns.
function tableOf(lines, words) {
  const rows = lines.split("\n").map((line) => line.split("\t"));
  const columns = Math.max(2, ...rows.map((row) => row.length));
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const numbers = [...Array(columns).keys()];
  const all = [numbers.map((number) => `${words.column} ${number + 1}`), numbers.map(() => "---"), ...rows.map((cells) => numbers.map((number) => cells[number] ?? ""))].map(row).join("\n");
  // In the first cell of the last row, which is that of the cursor.
  const end = all.length - row(numbers.slice(1).map((number) => rows.at(-1)[number] ?? "")).length - 1;
  return [all.slice(0, end), all.slice(end)];
}

function writeMark(field, name, words) {
  if (name === "link") return writeLink(field);
  const mark = MARKS[name], chosen = linesOf(field);
  if (mark.line) writeLines(field, mark, chosen);
  else if (mark.block && !(mark.around && chosen.isPart && !/\n/.test(chosen.lines))) writeBlock(field, mark, words, chosen);
  else writeAround(field, mark.around);
}

// The words that were chosen wait for an address, an address for its words.
function writeLink(field) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const chosen = value.slice(start, end), isAddress = /^(?:https?:\/\/|mailto:)\S+$/.test(chosen);
  const words = isAddress ? "" : chosen, address = isAddress ? chosen : "https://";
  const at = words ? start + words.length + 3 : start + 1;
  replaceText(field, start, end, `[${words}](${address})`, at, words ? at + address.length : at);
}

// The same button again takes the marks away.
function writeAround(field, mark) {
  let { value, selectionStart: start, selectionEnd: end } = field;
  // Choosing a word by a double click takes in the space behind it.
  while (end > start && /\s/.test(value[end - 1])) end--;
  while (start < end && /\s/.test(value[start])) start++;
  const chosen = value.slice(start, end), size = mark.length;
  if (value.slice(start - size, start) === mark && value.slice(end, end + size) === mark && start >= size) replaceText(field, start - size, end + size, chosen, start - size, end - size);
  else replaceText(field, start, end, mark + chosen + mark, start + size, end + size);
}

function writeLines(field, mark, { start, end, lines }) {
  const all = lines.split("\n").filter((line, _index, every) => line.trim() || every.length === 1);
  const before = field.value.slice(0, start), above = before.trimEnd().split("\n").at(-1);
  // The same button again takes the marks of a list away.
  const write = mark.is && all.every((line) => mark.is.test(line)) ? bare : mark.line;
  // What belongs to a step stands farther in than its number.
  const step = ITEM.test(above) ? above : before.split("\n").findLast((line) => /^\S/.test(line));
  const first = Number(step?.match(/^ *(\d{1,9})[.)] /)?.[1] ?? 0) + 1;
  // A list or a heading begins after an empty line, an item right below another one.
  const gap = !before || before.endsWith("\n\n") || ITEM.test(all[0]) || (mark.is && ITEM.test(above)) ? "" : "\n";
  const text = gap + all.map((line, index) => write(line, first + index)).join("\n");
  replaceText(field, start, end, text, start + text.length);
}

function writeBlock(field, mark, words, { start, end, lines }) {
  const item = lines.match(ITEM)?.[0], indent = item ? " ".repeat(item.length) : lines.match(/^ */)[0];
  // Below an item of a list, and part of it, rather than around its number.
  const text = item ? "" : lines.split("\n").map((line) => line.startsWith(indent) ? line.slice(indent.length) : line).join("\n");
  const from = item ? end : start;
  const before = field.value.slice(0, from), after = field.value.slice(end);
  const gap = item ? "\n\n" : !before || before.endsWith("\n\n") ? "" : "\n";
  const [head, tail] = mark.block(text, words).map((part) => part.replace(/\n(?!\n|$)/g, `\n${indent}`));
  const shown = gap + indent + head;
  replaceText(field, from, end, shown + tail + (!after ? "\n" : after.startsWith("\n\n") ? "" : "\n"), from + shown.length);
}
