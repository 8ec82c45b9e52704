// A form that came back takes the focus to what it has to say: what is wrong with it, or what it would change.
document.querySelector(".error-summary[data-focus], [data-first-focus]")?.focus();
