"""Lists: the tight ones, the ones to tick off, and the steps of an instruction."""

from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.tree import Element, Node, replace

_NOT_STEPS = frozenset(("li", "blockquote", "td", "th", "ul", "ol", "dl"))
_KEPT = ("start",)


def tighten(root: Element) -> None:
    """Take the paragraphs out of lists that were written without empty lines."""
    for item in root.find("li"):
        if "tight" not in item.classes:
            continue
        children: list[Node] = []
        for child in item.children:
            is_paragraph = isinstance(child, Element) and child.tag == "p"
            children.extend(child.children if is_paragraph and isinstance(child, Element) else [child])
        item.children = children


def label_tasks(root: Element, labels: Labels) -> None:
    """Say of each box of a task list whether it is ticked; drop every other input."""
    boxes: set[int] = set()
    for item in root.find("li"):
        box = next(item.elements(), None)
        if box is not None and box.tag == "p":
            box = next(box.elements(), None)
        if "task-list-item" in item.classes and box is not None and box.tag == "input":
            state = {"checked": ""} if "checked" in box.attributes else {}
            label = labels.done if state else labels.to_do
            box.attributes = {"class": "task-list-checkbox", "type": "checkbox", "aria-label": label, **state}
            boxes.add(id(box))

    def change(element: Element) -> list[Node] | None:
        return [] if element.tag == "input" and id(element) not in boxes else None

    replace(root, change)
    for group in root.find("ul"):
        if any("task-list-item" in item.classes for item in group.elements()):
            group.attributes["class"] = "task-list"


def number_steps(root: Element, labels: Labels) -> None:
    """Mark numbered lists that stand on their own as steps, with an id for each, counted through the article.

    Each ends with a quiet link for whoever gets no further: `?stuck=4` leads from wherever the text is shown.
    """
    number = 0
    for steps in _outermost(root):
        steps.attributes["class"] = "steps"
        for item in steps.elements():
            if item.tag == "li":
                number += 1
                item.attributes["id"] = f"step-{number}"
                name = f"{labels.stuck_here} ({number})"
                way_out = {"class": "step-stuck", "href": f"?stuck={number}", "aria-label": name}
                item.children.append(Element("a", way_out, [labels.stuck_here]))


def _outermost(parent: Element) -> list[Element]:
    found: list[Element] = []
    for child in parent.elements():
        if child.tag == "ol":
            found.append(child)
        elif child.tag not in _NOT_STEPS and not {"callout", "footnotes"}.intersection(child.classes):
            found.extend(_outermost(child))
    return found
