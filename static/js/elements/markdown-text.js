// How text comes into the field of the editor. execCommand keeps the browser's undo working.
function insertText(field, text) {
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function replaceText(field, start, end, text, from, to = from) {
  field.focus();
  field.setSelectionRange(start, end);
  insertText(field, text);
  field.setSelectionRange(from, to);
}

// The chosen text with the lines it stands in, from the beginning of the first to the end of the last.
function linesOf(field) {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const last = to > from && value[to - 1] === "\n" ? to - 1 : to;
  const end = value.indexOf("\n", last) < 0 ? value.length : value.indexOf("\n", last);
  return { start, end, lines: value.slice(start, end), isPart: from > start || last < end };
}

// Where something goes; a field behind a dialog may forget it.
function placeIn(field) { return [field.selectionStart, field.selectionEnd]; }

// Puts a block of its own there; within an item of a list it belongs to that item.
function insertBlock(field, [start, end], text) {
  const before = field.value.slice(0, start), after = field.value.slice(end);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const indent = line.trim() ? line.match(/^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?/)[0].replace(/\S/g, " ") : "";
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  field.focus();
  field.setSelectionRange(start, end);
  insertText(field, gap + (gap ? indent : "") + text + (!after || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"));
}
