"""The tags that stand on lines of their own."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BOXES = ("p", "div", "section", "article", "aside", "pre", "blockquote", "figure", "details")
LISTS = ("ul", "ol", "dl", "table", "hr")
BLOCKS = frozenset((*HEADINGS, *BOXES, *LISTS))
