// A form that came back with errors takes the focus to its summary.
document.querySelector(".error-summary[data-focus]")?.focus();
