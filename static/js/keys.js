// Single keys by their place on the keyboard (event.code), so that they work on Russian and Arabic layouts too.
// "?" is the exception: layouts disagree about its place, so what was typed is accepted as well.
const shortcuts = {
  allowed: () => document.documentElement.dataset.shortcuts !== "off",
  typing: (event) => Boolean(event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")),
  single(event, code) {
    return this.allowed() && !this.typing(event) && !event.defaultPrevented && !event.repeat
      && !event.ctrlKey && !event.metaKey && !event.altKey && event.code === code;
  },
  // A letter that acts on the page: not under an open dialog.
  letter(event, name) {
    return this.single(event, `Key${name.toUpperCase()}`) && !event.shiftKey && !document.querySelector("dialog[open]");
  },
};
