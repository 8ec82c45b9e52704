"""Tables that scroll by themselves when they are wider than the page."""

from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.tree import Element, Node, replace

_KEPT = ("colspan", "rowspan")


def frame_tables(root: Element, labels: Labels) -> None:
    """Put each table in a frame that can be scrolled by keyboard; say what a heading cell heads."""

    def change(element: Element) -> list[Node] | None:
        if element.tag != "table":
            return None
        for cell in element.find("td", "th"):
            _dress(cell)
        for head in element.find("thead"):
            for cell in head.find("th"):
                cell.attributes["scope"] = "col"
        frame = {"class": "table-scroll", "role": "group", "tabindex": "0", "aria-label": labels.table}
        return [Element("div", frame, [element])]

    replace(root, change)


def _dress(cell: Element) -> None:
    side = cell.attributes.get("align", "")
    cell.attributes = {name: cell.attributes[name] for name in _KEPT if name in cell.attributes}
    if side in ("center", "right"):
        cell.attributes["class"] = f"align-{side}"
    if cell.tag == "th" and cell.is_blank():
        cell.tag = "td"
