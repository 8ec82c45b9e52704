"""The direction of each block of a text whose language nobody declared."""

from helpcenter.core.markdown.tags import OUTER_BLOCKS
from helpcenter.core.markdown.tree import Element


def let_blocks_turn(root: Element) -> None:
    """Let each outermost block find its direction in its first strong letter. Only the outermost: an inner block with
    a direction of its own would be passed over when the outer one looks for its first letter."""
    for element in root.elements():
        if element.tag in OUTER_BLOCKS:
            element.attributes["dir"] = "auto"
