"""The tags that stand on lines of their own."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    (
        *[
            "p",
            "div",
            "section",
            "article",
            "aside",
            "ul",
            "ol",
            "dl",
            "table",
            "pre",
            "blockquote",
            "hr",
            "figure",
            "details",
        ],
        *HEADINGS,
    )
)
