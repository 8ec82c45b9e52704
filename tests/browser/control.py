"""Finding what a text calls by name: the link, button, field, choice or heading a person would see under that name."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import ElementHandle, Page

PARTS = "a[href], button, summary, input, select, textarea, option, [role=option], [role=tab], [role=menuitem]"
LABELS = "h1, h2, h3, h4, legend, th, dt, .tag, .status, label, p > strong"

# Looks where a person would: in the open window, else in the open menu, else on the page, else around it. What belongs to
# the page comes before its navigation, what can be acted on before what can only be read. A choice of a select counts
# when its select was named before.
FIND = """([name, parts, labels, choice]) => {
  const plain = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".visually-hidden, .optional, svg, kbd, small, [aria-hidden=true], textarea, select, option")
      .forEach((part) => part.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  const shown = (element) => {
    if (element.tagName === "OPTION") return shown(element.closest("select"));
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true })
      && box.width > 0 && box.height > 0 && !element.closest(".visually-hidden");
  };
  const names = (element) => [
    element.getAttribute("aria-label"), element.title, element.placeholder,
    ...(element.labels?.length ? [...element.labels].map(plain) : [plain(element)]),
  ].filter(Boolean);
  const kind = (element) => {
    const tag = element.tagName.toLowerCase();
    if (tag === "option" || tag === "select" || tag === "summary") return tag;
    if (element.readOnly) return "label";
    if (tag === "textarea") return "field";
    if (tag === "input") return { checkbox: "tick", radio: "tick", file: "file" }[element.type] ?? "field";
    return element.matches(parts) ? "press" : "label";
  };
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const menu = document.querySelector("details.menu[open]");
  const places = dialog ? [dialog] : [menu, document.querySelector("main"), document.body].filter(Boolean);
  const chosen = choice && document.querySelector(`[data-walked="${choice}"]`);
  for (const place of chosen ? [chosen, ...places] : places) {
    const found = [...place.querySelectorAll(`${parts}, ${labels}`)]
      .filter((element) => !element.disabled && names(element).includes(name) && shown(element))
      .filter((element) => element.tagName !== "OPTION" || place === chosen);
    const best = found.find((element) => kind(element) !== "label" && !element.closest("nav"))
      ?? found.find((element) => kind(element) !== "label") ?? found[0];
    if (best) return { element: best, kind: kind(best) };
  }
  return null;
}"""
SEEN = """([parts]) => [...new Set([...document.querySelectorAll(parts)]
  .filter((element) => element.checkVisibility())
  .map((element) => element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent || "")
  .map((name) => name.replace(/\\s+/g, " ").trim().slice(0, 40)).filter(Boolean))]"""


@dataclass(frozen=True)
class Control:
    """`kind` is press, summary, field, select, option, tick, file, or label for what can only be read."""

    element: ElementHandle
    kind: str


def find(page: Page, name: str, choice: str = "") -> Control | None:
    """What stands under this name now; None where nothing does. `choice` marks the select that was named before."""
    found = page.evaluate_handle(FIND, [name, PARTS, LABELS, choice])
    element = found.get_property("element").as_element() if found.json_value() is not None else None
    return Control(element, str(found.get_property("kind").json_value())) if element else None


def objections(page: Page) -> str:
    """What the page itself says is wrong."""
    said = (
        page.locator(".error-summary, .field-error, .notice, .error-page h1").locator("visible=true").all_inner_texts()
    )
    return " ".join(" ".join(said).split())


def seen(page: Page) -> list[str]:
    """The names of everything one could act on, for whoever has to mend a text."""
    names: list[str] = page.evaluate(SEEN, [PARTS])
    return names
